"""MkDocs with the blog of Material for MkDocs."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from journal_app.domain.due import local
from journal_app.publish.frontmatter import KEY, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, moment
from journal_app.publish.sites.tree import Tree

_CONFIG = ("mkdocs.yml", "mkdocs.yaml")
_DATES = {"yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "dd": "%d"}


class MkDocs(Flavor):
    """`docs/blog/posts/SLUG.md` with its pictures in `docs/blog/posts/SLUG/`."""

    name, title, content = "mkdocs", "MkDocs Material (blog)", "docs/blog/posts"

    def found(self, tree: Tree) -> bool:
        """By its config."""
        return configs.present(tree, _CONFIG)

    def home(self, tree: Tree) -> str:
        """The blog's folder of posts."""
        return str(self.facts(tree)["posts"])

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Address, folders, form of addresses, plugins that would run what a text says."""
        values = configs.first(tree, _CONFIG)
        plugins = _named(values.get("plugins"))
        blog = plugins.get("blog", plugins.get("material/blog"))
        settings = blog or {}
        docs = configs.text(values, "docs_dir") or "docs"
        folder = configs.text(settings, "blog_dir") or "blog"
        posts = configs.text(settings, "post_dir") or "{blog}/posts"
        return {
            "url": configs.text(values, "site_url"),
            "docs": docs,
            "posts": str(P(docs) / posts.replace("{blog}", folder)),
            "blog": "" if folder in (".", "/") else folder.strip("/"),
            "on": blog is not None,
            "link": configs.text(settings, "post_url_format") or "{date}/{slug}",
            "days": configs.text(settings, "post_url_date_format") or "yyyy/MM/dd",
            "pretty": values.get("use_directory_urls", True) is not False,
            "macros": "macros" in plugins,
            "snippets": any("snippets" in one for one in _named(values.get("markdown_extensions"))),
        }

    def check(self, site: Site, tree: Tree) -> tuple[str, ...]:
        """Whether the blog is switched on."""
        if site.facts["on"]:
            return ()
        return ("the blog plugin is not on in mkdocs.yml: posts become plain pages",)

    def pictures(self, site: Site, place: Place) -> P:
        """Beside the page, in a folder of its name."""
        return place.key.with_suffix("")

    def page(self, site: Site, draft: Draft) -> str:
        """Dates with their offset, slug, tags, description, our key; the title is a heading."""
        post = draft.post
        dates = [f"  created: {moment(post.dated)}\n"]
        if post.updated:
            dates.append(f"  updated: {moment(post.updated)}\n")
        head = block(
            [
                ("draft", False),
                ("slug", post.slug),
                ("tags", post.tags),
                ("description", post.description or None),
                ("canonical_url", post.canonical_url or None),
                ("render_macros", False if site.facts.get("macros") else None),
                (KEY, post.id),
            ]
        )
        head = head.replace("---\n", "---\ndate:\n" + "".join(dates), 1)
        text = literal.shown(draft.text, draft.files, f"{draft.place.key.stem}/")
        text = literal.no_attributes(literal.fences(text, _runs_nothing))
        if site.facts.get("snippets"):
            text = re.sub(r"(?m)(-{1,}8<-{1,})", r";\1", text)
        # A title in the front matter would be put out as HTML.
        return f"{head}# {_words(post.title)}\n\n{text}"

    def address(self, site: Site, place: Place) -> str:
        """By the blog's form of addresses."""
        facts = site.facts
        end = "/" if facts.get("pretty", True) else ".html"
        if not facts.get("on", True):
            folder = place.key.parent.relative_to(P(str(facts["docs"])))
            return f"{folder}/{place.key.stem}{end}"
        day = local(place.dated.at, place.dated.tz)
        pattern = re.sub("|".join(_DATES), lambda m: _DATES[m[0]], str(facts["days"]))
        path = str(facts["link"])
        for name, value in (
            ("date", day.strftime(pattern)),
            ("slug", place.slug),
            ("file", place.key.stem),
            ("categories", ""),
        ):
            path = path.replace("{" + name + "}", value)
        whole = [part for part in f"{facts['blog']}/{path}".split("/") if part]
        return "/".join(whole) + end

    def static(self, site: Site) -> P:
        """What is no page is copied."""
        return P(str(site.facts.get("docs") or "docs"))


def _named(value: Any) -> dict[str, Any]:
    """Plugins or extensions by name, with their settings."""
    if isinstance(value, dict):
        return {str(name): _settings(one) for name, one in value.items()}
    found: dict[str, Any] = {}
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict):
            found.update({str(name): _settings(settings) for name, settings in one.items()})
        elif isinstance(one, str):
            found[one] = {}
    return found


def _settings(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _runs_nothing(info: str) -> str:
    """A fence with `exec` in its info string is run by markdown-exec."""
    return info.split()[0] if "exec" in info and info.split() else info


def _words(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!])", r"\\\1", escape(" ".join(text.split()), quote=False))
