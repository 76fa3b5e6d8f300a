"""Hugo: page bundles with aliases; `public/` is never cleaned by it, see the help."""

from __future__ import annotations

import re
from typing import Any

from journal_app.domain.due import local
from journal_app.publish.frontmatter import KEY, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, below, moment
from journal_app.publish.sites.tree import Tree

_ENDINGS = ("toml", "yaml", "yml", "json")
_OWN = tuple(f"hugo.{e}" for e in _ENDINGS)
_SHARED = tuple(f"config.{e}" for e in _ENDINGS)
_PARTS = tuple(f"config/_default/{n}.{e}" for n in ("hugo", "config") for e in _ENDINGS)


class Hugo(Flavor):
    """`content/posts/SLUG/index.md` with its pictures."""

    name, title, content, bundle = "hugo", "Hugo", "content/posts", True

    def found(self, tree: Tree) -> bool:
        """By a file of its own, or a config that only Hugo would understand."""
        if configs.present(tree, (*_OWN, *_PARTS)):
            return True
        values = configs.lowered(configs.first(tree, _SHARED))
        return "baseurl" in values and ("title" in values or "theme" in values)

    def home(self, tree: Tree) -> str:
        """The section that is there: posts, post, blog."""
        root = self.facts(tree)["content"]
        there = tree.names(P(root))
        name = next((n for n in ("posts", "post", "blog", "articles") if n in there), "posts")
        return f"{root}/{name}"

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Address, folder of content, forms of addresses."""
        values = configs.lowered(configs.first(tree, (*_OWN, *_PARTS, *_SHARED)))
        links = configs.first(tree, [f"config/_default/permalinks.{e}" for e in _ENDINGS])
        links = links or values.get("permalinks") or {}
        pages = links.get("page") if isinstance(links, dict) else None
        language = str(values.get("defaultcontentlanguage") or "en")
        languages = values.get("languages")
        one = (
            configs.lowered(languages).get(language.lower()) if isinstance(languages, dict) else {}
        )
        own = configs.lowered(one) if isinstance(one, dict) else {}
        return {
            "url": configs.text(values, "baseurl"),
            "content": configs.text(own, "contentdir")
            or configs.text(values, "contentdir")
            or "content",
            "links": pages if isinstance(pages, dict) else links,
            "language": language if values.get("defaultcontentlanguageinsubdir") is True else "",
            "ugly": values.get("uglyurls") is True,
        }

    def page(self, site: Site, draft: Draft) -> str:
        """Title, dates with their offset, slug, tags, description, aliases, our key."""
        post = draft.post
        return block(
            [
                ("title", post.title),
                ("date", moment(post.dated)),
                ("lastmod", moment(post.updated) if post.updated else None),
                ("draft", False),
                ("slug", post.slug),
                ("tags", post.tags),
                ("description", post.description or None),
                ("canonicalURL", post.canonical_url or None),
                ("aliases", ["/" + old for old in draft.old]),
                (KEY, post.id),
            ]
        ) + literal.for_hugo(draft.text, draft.files)

    def names_old(self, site: Site) -> bool:
        """Aliases."""
        return True

    def address(self, site: Site, place: Place) -> str:
        """By the permalinks of the section, else by its folder."""
        folder = below(site.content, str(site.facts.get("content") or "content"))
        section = folder.partition("/")[0]
        links = site.facts.get("links")
        pattern = links.get(section) if isinstance(links, dict) else None
        path = _filled(pattern, place, folder) if isinstance(pattern, str) else folder + place.slug
        path = "/".join(part for part in path.split("/") if part)
        language = site.facts.get("language")
        path = f"{language}/{path}" if language else path
        return path + (".html" if site.facts.get("ugly") else "/")


def _filled(pattern: str, place: Place, folder: str) -> str:
    day = local(place.dated.at, place.dated.tz)
    sections = folder.strip("/")
    words = {
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "monthname": f"{day:%B}".lower(),
        "day": f"{day:%d}",
        "yearday": str(day.timetuple().tm_yday),
        "weekday": str((day.weekday() + 1) % 7),
        "weekdayname": f"{day:%A}".lower(),
        "section": sections.partition("/")[0],
        "sections": sections,
        "sections[1:]": sections.partition("/")[2],
        "slug": place.slug,
        "slugorfilename": place.slug,
        "slugorcontentbasename": place.slug,
        "title": place.slug,
        "filename": place.slug,
        "contentbasename": place.slug,
    }
    return re.sub(
        r":([a-z]+(?:\[1:\])?)", lambda m: words.get(m[1], m[0]), pattern, flags=re.IGNORECASE
    )
