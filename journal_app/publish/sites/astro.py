"""Astro: content collections of Markdown; no MDX, so that nothing in the text is run."""

from __future__ import annotations

from typing import Any

from journal_app.errors import JournalError
from journal_app.publish.frontmatter import KEY, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, below, moment
from journal_app.publish.sites.tree import Tree

_CONFIG = tuple(f"astro.config.{e}" for e in ("mjs", "ts", "js", "mts", "cjs"))

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".avif", ".tiff")


class Astro(Flavor):
    """`src/content/blog/SLUG/index.md` with its pictures, which Astro makes smaller."""

    name, title, content, bundle = "astro", "Astro", "src/content/blog", True

    def found(self, tree: Tree) -> bool:
        """By its config."""
        return configs.present(tree, _CONFIG)

    def home(self, tree: Tree) -> str:
        """The collection that is there: blog, posts, post."""
        there = tree.names(P("src/content"))
        name = next((n for n in ("blog", "posts", "post", "articles") if n in there), "blog")
        return f"src/content/{name}"

    def facts(self, tree: Tree) -> dict[str, Any]:
        """`site` and `base`, where they are written as plain strings."""
        code = "".join(configs.source(tree, path) for path in _CONFIG)
        code = configs.without_comments(code)
        url = configs.quoted(code, "site").rstrip("/")
        base = configs.quoted(code, "base").strip("/")
        return {
            "url": f"{url}/{base}" if url and base else url,
            "slash": configs.quoted(code, "trailingSlash") != "never",
        }

    def page(self, site: Site, draft: Draft) -> str:
        """Title, description, dates with their offset, tags, our key."""
        post = draft.post
        for file in draft.files:
            if P(file.name).suffix not in _PICTURES:
                raise JournalError(
                    f"Astro takes no file {file.name} along with a post: only pictures.",
                    "Put it into the site's public folder yourself and link its address.",
                )
        return block(
            [
                ("title", post.title),
                ("description", post.description),  # the blog's schema wants one
                ("pubDate", moment(post.dated)),
                ("updatedDate", moment(post.updated) if post.updated else None),
                ("draft", False),
                ("slug", post.slug),
                ("tags", post.tags),
                ("canonicalURL", post.canonical_url or None),
                (KEY, post.id),
            ]
        ) + literal.shown(draft.text, draft.files, "./")

    def address(self, site: Site, place: Place) -> str:
        """By the collection, as Astro's own blog has it."""
        slash = "/" if site.facts.get("slash", True) else ""
        return f"{below(site.content, 'src/content')}{place.slug}{slash}"

    def static(self, site: Site) -> P:
        """Copied as it is."""
        return P("public")
