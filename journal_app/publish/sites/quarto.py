"""Quarto: nothing of a post is executed (`engine: markdown`), old addresses are aliases."""

from __future__ import annotations

import re
from typing import Any

from journal_app.domain.targets import Post
from journal_app.publish.frontmatter import KEY, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, moment
from journal_app.publish.sites.tree import Tree

_CONFIG = ("_quarto.yml", "_quarto.yaml")
_MARKED = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~^$@:'\"&])")


class Quarto(Flavor):
    """`posts/SLUG/index.qmd` with its pictures."""

    name, title, content, bundle = "quarto", "Quarto", "posts", True

    def found(self, tree: Tree) -> bool:
        """By its project file."""
        return configs.present(tree, _CONFIG)

    def home(self, tree: Tree) -> str:
        """The folder that is there: posts, blog."""
        there = tree.names(P())
        return next((name for name in ("posts", "post", "blog") if name in there), self.content)

    def facts(self, tree: Tree) -> dict[str, Any]:
        """`website: site-url` and `site-path`."""
        values = configs.first(tree, _CONFIG)
        url = configs.text(values, "website", "site-url").rstrip("/")
        path = configs.text(values, "website", "site-path").strip("/")
        return {"url": f"{url}/{path}" if url and path and not url.endswith(path) else url}

    def key(self, content: P, post: Post) -> P:
        """A page bundle in Quarto's own format."""
        return content / post.slug / "index.qmd"

    def page(self, site: Site, draft: Draft) -> str:
        """Title, dates with their offset, categories, description, aliases, our key."""
        post = draft.post
        return block(
            [
                ("title", _words(post.title)),
                ("date", moment(post.dated)),
                ("date-modified", moment(post.updated) if post.updated else None),
                ("draft", False),
                ("categories", post.tags),
                ("description", _words(post.description) or None),
                ("lang", post.language or None),
                ("canonical-url", post.canonical_url or None),
                ("aliases", ["/" + old for old in draft.old]),
                ("resources", [file.name for file in draft.files]),
                ("engine", "markdown"),
                (KEY, post.id),
            ]
        ) + _literal(literal.shown(draft.text, draft.files, ""))

    def names_old(self, site: Site) -> bool:
        """Aliases."""
        return True

    def address(self, site: Site, place: Place) -> str:
        """By its folder."""
        return f"{site.content}/{place.slug}/"


def _words(text: str) -> str:
    """Quarto reads titles and descriptions as Markdown: every mark is made a letter."""
    return _MARKED.sub(r"\\\1", text)


def _literal(text: str) -> str:
    # A braced info string runs code, and `{=html}` gives HTML to the page.
    text = literal.fences(text, lambda info: info.replace("{", "").replace("}", "").lstrip("="))
    text = text.replace("{{<", "{{{<").replace(">}}", ">}}}")
    # Pandoc reads a block between hyphens as settings, wherever it stands.
    text = literal.outside_code(
        text, lambda part: re.sub(r"(?m)^(---|\.\.\.)[ \t]*$(?<=^---)", "* * *", part)
    )
    text = re.sub(r"(`+)(\s*)\{=", r"\1\2\\{=", text)
    return literal.no_attributes(text)
