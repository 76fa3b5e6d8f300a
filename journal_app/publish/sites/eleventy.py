"""Eleventy: Markdown that no template engine reads; pictures where the site copies files from."""

from __future__ import annotations

import re
from typing import Any

from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish.frontmatter import KEY, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import (
    Draft,
    Flavor,
    P,
    Place,
    Site,
    below,
    moment,
    moved,
    relative,
)
from journal_app.publish.sites.tree import Tree

_CONFIG = (".eleventy.js", *(f"eleventy.config.{e}" for e in ("js", "mjs", "cjs", "ts")))
_COPIED = re.compile(
    r"""addPassthroughCopy\(\s*(?:["'`]([\w./-]+)["'`]|\{\s*["'`]([\w./-]+)["'`]\s*:\s*["'`]([\w./-]*)["'`])"""
)
_FOLDERS = ("img", "images", "assets", "static", "public", "media", "files")


class Eleventy(Flavor):
    """`posts/SLUG/index.md`; pictures in a folder that the site copies (passthrough)."""

    name, title, content = "eleventy", "Eleventy (11ty)", "posts"

    def found(self, tree: Tree) -> bool:
        """By its config, or by its package."""
        if configs.present(tree, _CONFIG):
            return True
        return '"@11ty/eleventy"' in configs.source(tree, "package.json")

    def home(self, tree: Tree) -> str:
        """The folder of posts below the folder that Eleventy reads."""
        root = P(self.facts(tree)["input"])
        for name in ("posts", "blog", "content/blog", "content/posts"):
            if tree.names(root / name):
                return str(root / name)
        return str(root / self.content)

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Folder that is read, folders that are copied: (where it lies, where it is read)."""
        code = configs.without_comments("".join(configs.source(tree, one) for one in _CONFIG))
        root = configs.quoted(code, "input") or "."
        copied = []
        for found in _COPIED.finditer(code):
            lies = P((found[1] or found[2]).strip("/"))
            read = P(found[3].strip("/")) if found[2] else lies
            if found[1] and lies.is_relative_to(P(root)):
                read = lies.relative_to(P(root))
            if not lies.suffix and ".." not in (*lies.parts, *read.parts):
                copied.append((str(lies), str(read)))
        # A folder of pictures is the likelier one; the site's whole public folder comes after it.
        copied.sort(key=lambda one: P(one[0]).name not in _FOLDERS[:2])
        return {"url": "", "input": str(P(root)), "copied": copied}

    def check(self, site: Site, tree: Tree) -> tuple[str, ...]:
        """Whether posts may show pictures."""
        copied = site.facts.get("copied")
        if not copied:
            return ("posts with pictures wait for a folder that Eleventy copies (passthrough)",)
        return (f"pictures lie in {copied[0][0]}",)

    def key(self, content: P, post: Post) -> P:
        """A folder of its own, so that the address is the same however it is set up."""
        return content / post.slug / "index.md"

    def pictures(self, site: Site, place: Place) -> P:
        """In the folder that the site copies."""
        copied = site.facts.get("copied")
        return P(copied[0][0]) / place.slug if copied else place.key.parent

    def page(self, site: Site, draft: Draft) -> str:
        """Title, dates with their offset, tags, description, address, our key."""
        post = draft.post
        copied = site.facts.get("copied")
        if draft.files and not copied:
            raise JournalError(
                "This Eleventy site copies no folder, so pictures would be missing.",
                'Add `eleventyConfig.addPassthroughCopy("img");` to its settings.',
            )
        address = self.address(site, draft.place)
        place = ""
        if copied:
            folder = "" if copied[0][1] == "." else copied[0][1] + "/"
            place = relative(address, f"{folder}{draft.place.slug}/")
        return block(
            [
                ("title", post.title),
                ("date", moment(post.dated)),
                ("updated", moment(post.updated) if post.updated else None),
                ("draft", False),
                ("permalink", f"/{address}"),
                ("tags", post.tags),
                ("description", post.description or None),
                ("canonical_url", post.canonical_url or None),
                ("templateEngineOverride", "md"),  # no Liquid, no Nunjucks in the text
                (KEY, post.id),
            ]
        ) + literal.no_attributes(literal.shown(draft.text, draft.files, place))

    def address(self, site: Site, place: Place) -> str:
        """By its folder."""
        return f"{below(site.content, str(site.facts.get('input', '.')))}{place.slug}/"

    def redirect(self, site: Site, old: Place, to: str, post: Post) -> tuple[P, str]:
        """A page without a layout in the place of the old one."""
        head = block(
            [
                ("permalink", f"/{self.address(site, old)}"),
                ("layout", False),
                ("eleventyExcludeFromCollections", True),
                ("templateEngineOverride", False),
                (KEY, post.id),
            ]
        )
        return old.key.with_suffix(".html"), head + moved(to, post.id)
