"""Pelican: metadata as lines; titles escaped, because its templates put them out as they are."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from journal_app.domain.due import local, rfc3339
from journal_app.domain.targets import Post
from journal_app.publish.frontmatter import KEY
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site
from journal_app.publish.sites.tree import Tree

_CONFIG = ("publishconf.py", "pelicanconf.py")


class Pelican(Flavor):
    """`content/SLUG.md`, pictures in `content/images/SLUG/`."""

    name, title, content = "pelican", "Pelican", "content"

    def found(self, tree: Tree) -> bool:
        """By its settings."""
        return configs.present(tree, ("pelicanconf.py",))

    def home(self, tree: Tree) -> str:
        """The first of ARTICLE_PATHS below PATH."""
        facts = self.facts(tree)
        return str(P(facts["root"]) / facts["articles"])

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Address, folders, form of addresses; what is published counts before what is tried."""
        values = {
            **configs.parsed(tree, "pelicanconf.py"),
            **configs.parsed(tree, "publishconf.py"),
        }
        articles = values.get("ARTICLE_PATHS")
        first = articles[0] if isinstance(articles, (list, tuple)) and articles else ""
        link = values.get("ARTICLE_URL")
        return {
            "url": configs.text(values, "SITEURL"),
            "root": configs.text(values, "PATH").removeprefix("./").strip("/") or "content",
            "articles": first if isinstance(first, str) else "",
            "link": link if isinstance(link, str) else "{slug}.html",
        }

    def pictures(self, site: Site, place: Place) -> P:
        """Beside the posts, in a folder of their own."""
        return P(str(site.facts.get("root") or "content")) / "images" / place.slug

    def page(self, site: Site, draft: Draft) -> str:
        """Title, dates with their offset, tags, slug, summary, status, our key."""
        post = draft.post
        mark = "; " if any("," in tag for tag in post.tags) else ", "
        fields = [
            ("Title", _words(post.title)),
            ("Date", rfc3339(post.dated.at, post.dated.tz)),
            ("Modified", rfc3339(post.updated.at, post.updated.tz) if post.updated else ""),
            ("Tags", mark.join(_tag(tag) for tag in post.tags)),
            ("Slug", post.slug),
            ("Summary", _summary(post.description)),
            ("Canonical_url", post.canonical_url),
            ("Status", "published"),
            (KEY, post.id),
        ]
        place = f"{{static}}/images/{draft.place.slug}/"
        return _head(fields) + literal.shown(literal.no_attributes(draft.text), draft.files, place)

    def address(self, site: Site, place: Place) -> str:
        """By ARTICLE_URL."""
        return _filled(str(site.facts.get("link") or "{slug}.html"), place)

    def redirect(self, site: Site, old: Place, to: str, post: Post) -> tuple[P, str]:
        """Pelican copies no file to any address: a hidden article leads on."""
        link = escape(to)
        return old.key, _head(
            [
                ("Title", "Moved"),
                ("Date", rfc3339(old.dated.at, old.dated.tz)),
                ("Slug", old.slug),
                ("Status", "hidden"),
                (KEY, post.id),
            ]
        ) + (
            f'<meta http-equiv="refresh" content="0; url={link}">\n\n'
            f'<p><a href="{link}">This page has moved.</a></p>\n'
        )


def _head(fields: list[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields if value) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _tag(text: str) -> str:
    """Without what would begin HTML, and without the mark between tags."""
    return _line(text.replace(";", " ").replace("<", "‹").replace(">", "›"))


def _words(text: str) -> str:
    return escape(_line(text), quote=False)


def _summary(text: str) -> str:
    """Read as Markdown by Pelican: its marks become letters."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!])", r"\\\1", _words(text))


def _filled(pattern: str, place: Place) -> str:
    day = local(place.dated.at, place.dated.tz)
    path = re.sub(r"\{date:([^}]*)\}", lambda m: day.strftime(m[1]), pattern)
    return path.replace("{slug}", place.slug).lstrip("/")
