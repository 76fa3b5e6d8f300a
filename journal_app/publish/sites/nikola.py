"""Nikola: metadata in a comment, pictures and redirects under `files/`."""

from __future__ import annotations

import re
from typing import Any

from journal_app.domain.due import rfc3339
from journal_app.errors import JournalError
from journal_app.publish.frontmatter import KEY
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site
from journal_app.publish.sites.tree import Tree


class Nikola(Flavor):
    """`posts/SLUG.md`, pictures in `files/images/SLUG/`."""

    name, title, content = "nikola", "Nikola", "posts"

    def found(self, tree: Tree) -> bool:
        """Sphinx has a conf.py too: this one names a blog."""
        code = configs.source(tree, "conf.py")
        return bool(re.search(r"^(?:BLOG_TITLE|POSTS)\s*=", code, re.MULTILINE))

    def home(self, tree: Tree) -> str:
        """The first folder of POSTS that takes Markdown."""
        posts = self.facts(tree)["posts"]
        return next((folder for folder, _ in posts), self.content)

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Address, form of addresses, [folder of posts, where they are read]."""
        values = configs.parsed(tree, "conf.py")
        posts = values.get("POSTS")
        found = []
        for entry in posts if isinstance(posts, (list, tuple)) else ():
            if not (isinstance(entry, (list, tuple)) and len(entry) > 1):
                continue
            pattern, to = entry[0], entry[1]
            if isinstance(to, dict):
                to = to.get(values.get("DEFAULT_LANG", "en"), "")
            if isinstance(pattern, str) and isinstance(to, str) and pattern.endswith(".md"):
                found.append((str(P(pattern).parent), to.strip("/")))
        folders = values.get("FILES_FOLDERS")
        copied = next(iter(folders.items()), None) if isinstance(folders, dict) else None
        return {
            "url": configs.text(values, "SITE_URL"),
            "posts": found,
            "known": isinstance(posts, (list, tuple)),
            "pretty": values.get("PRETTY_URLS", True) is not False,
            "copied": copied or ("files", ""),
        }

    def check(self, site: Site, tree: Tree) -> tuple[str, ...]:
        """Nikola makes pages of what POSTS names, and of nothing else."""
        folders = [folder for folder, _ in site.facts["posts"]]
        if site.facts["known"] and str(site.content) not in folders:
            raise JournalError(
                f"POSTS in conf.py takes no Markdown from {site.content}.",
                f'Add ("{site.content}/*.md", "posts", "post.tmpl") to POSTS in conf.py.',
            )
        return ()

    def pictures(self, site: Site, place: Place) -> P:
        """In the folder that is copied as it is: Nikola's own one for pictures takes no others."""
        return P(str(site.facts["copied"][0])) / "images" / place.slug

    def page(self, site: Site, draft: Draft) -> str:
        """Title, slug, dates with their offset, tags, description, status, our key."""
        post = draft.post
        fields = [
            ("title", post.title),
            ("slug", post.slug),
            ("date", rfc3339(post.dated.at, post.dated.tz)),
            ("updated", rfc3339(post.updated.at, post.updated.tz) if post.updated else ""),
            ("tags", ", ".join(tag.replace(",", " ") for tag in post.tags)),
            ("description", post.description),
            ("canonical_url", post.canonical_url),
            ("status", "published"),
            ("type", "text"),
            (KEY, post.id),
        ]
        lines = "".join(f".. {name}: {_line(value)}\n" for name, value in fields if value)
        read = P("/") / str(site.facts["copied"][1]).strip("/") / "images" / draft.place.slug
        text = literal.shown(draft.text, draft.files, f"{read}/")
        return f"<!--\n{lines}-->\n\n{literal.no_attributes(_literal(text))}"

    def address(self, site: Site, place: Place) -> str:
        """By POSTS and PRETTY_URLS."""
        posts = dict(site.facts.get("posts") or ())
        folder = posts.get(str(site.content), "posts")
        end = "/" if site.facts.get("pretty", True) else ".html"
        return f"{folder}/{place.slug}{end}" if folder else f"{place.slug}{end}"

    def static(self, site: Site) -> P:
        """FILES_FOLDERS."""
        return P(str(site.facts["copied"][0]))


def _line(text: str) -> str:
    return " ".join(text.split()).replace("-->", "--\u200b>")


def _literal(text: str) -> str:
    """Shortcodes are looked for in code too: one of them gives the first brace."""
    return text.replace("{{%", "{{% raw %}}{{{% /raw %}}{%")
