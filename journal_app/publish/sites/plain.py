"""Plain HTML pages without a generator: a page per post, an index, an Atom feed, a JSON feed.

Invariant: index and feeds are made of the pages that stand there, and of nothing else; a page says
in a block of JSON what they need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from journal_app.domain.due import Due, local, rfc3339
from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish import frontmatter, html
from journal_app.publish.sites import feeds
from journal_app.publish.sites.feeds import Item, Owner
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, moved, quoted
from journal_app.publish.sites.tree import Tree

INDEX = "field-journal-index"  # the key of files that belong to no post
_FACTS = re.compile(r'<script type="application/json" id="field-journal">(.*?)</script>', re.DOTALL)
_TEXT = re.compile(r"<!-- text -->\n(.*)\n<!-- /text -->", re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>", re.IGNORECASE)
_STYLE = """:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 44rem; }
body { margin: 2rem auto; padding: 0 1rem; }
img { max-width: 100%; height: auto; }
pre { overflow-x: auto; padding: .75rem; background: rgba(127, 127, 127, .12); }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .25rem .5rem; }
time { opacity: .7; }
"""


class Plain(Flavor):
    """`posts/SLUG/index.html` with its pictures; `index.html`, `feed.xml`, `feed.json` above it."""

    name, title, content, bundle = "html", "plain HTML with feeds", "posts", True

    def found(self, tree: Tree) -> bool:
        """Pages and no generator: it is asked last."""
        return tree.read(P("index.html")) is not None

    def home(self, tree: Tree) -> str:
        """The folder that is there: posts, blog."""
        return next((name for name in ("posts", "blog") if tree.names(P(name))), self.content)

    def facts(self, tree: Tree) -> dict[str, Any]:
        """The site's title."""
        data = tree.read(P("index.html")) or b""
        found = _TITLE.search(data[:20_000].decode("utf-8", "replace"))
        return {"title": " ".join(unescape(found[1]).split()) if found else ""}

    def check(self, site: Site, tree: Tree) -> tuple[str, ...]:
        """A feed without addresses would be none."""
        _base(site)
        return (f"index and feeds in {site.content}",)

    def key(self, content: P, post: Post) -> P:
        """A page bundle."""
        return content / post.slug / "index.html"

    def page(self, site: Site, draft: Draft) -> str:
        """The whole page; its looks are in `style.css`, which is the user's to change."""
        post = draft.post
        body = html.page(post, {file.reference: file.name for file in draft.files})
        facts = {
            "title": post.title,
            "published": rfc3339(post.dated.at, post.dated.tz),
            "updated": _when(post.updated or post.dated),
            "slug": post.slug,
            "tags": list(post.tags),
            "description": post.description,
            "language": post.language,
        }
        day = local(post.dated.at, post.dated.tz)
        canonical = post.canonical_url or f"{_base(site)}/{quoted(self.address(site, draft.place))}"
        tags = "".join(f" · {escape(tag)}" for tag in post.tags)
        return _document(
            post.title,
            post.id,
            post.language,
            f'<link rel="canonical" href="{escape(canonical)}">\n'
            f'<meta name="description" content="{escape(post.description)}">\n'
            f'<script type="application/json" id="field-journal">{_json(facts)}</script>\n',
            "../",
            f"<article>\n<h1>{escape(post.title)}</h1>\n"
            f'<p><time datetime="{facts["published"]}">{day:%Y-%m-%d}</time>{tags}</p>\n'
            f"<!-- text -->\n{body.strip()}\n<!-- /text -->\n</article>\n"
            '<p><a href="../">All posts</a></p>',
        )

    def address(self, site: Site, place: Place) -> str:
        """By its folder."""
        return f"{site.content}/{place.slug}/"

    def redirect(self, site: Site, old: Place, to: str, post: Post) -> tuple[P, str]:
        """In the place of the page."""
        return old.key, moved(to, post.id)

    def derived(self, site: Site, tree: Tree) -> Mapping[P, bytes]:
        """Index and feeds of the pages that stand there."""
        folder = site.content
        base = _base(site)
        title = str(site.facts.get("title") or urlsplit(base).hostname or base)
        owner = Owner(title, f"{base}/{quoted(str(folder))}/")
        items = sorted(
            (item for name in tree.names(folder) if (item := self._item(site, tree, name))),
            key=lambda item: (item.published_at, item.key),
            reverse=True,
        )
        made = {
            folder / "index.html": _index(title, items),
            folder / "feed.xml": feeds.atom(owner, items),
            folder / "feed.json": feeds.json_feed(owner, items),
        }
        for path in made:
            there = tree.read(path)
            if there is not None and not _ours(path, there):
                raise JournalError(
                    f"{path} is already there and is not from this journal, so it was left alone.",
                    "Name another folder of posts with --content, or move the file away.",
                )
        if tree.read(folder / "style.css") is None:
            made[folder / "style.css"] = _STYLE
        return {path: text.encode("utf-8") for path, text in made.items()}

    def _item(self, site: Site, tree: Tree, name: str) -> Item | None:
        data = None if name.startswith(".") else tree.read(site.content / name / "index.html")
        key = frontmatter.key_of(data) if data is not None else None
        if data is None or key is None:
            return None
        page = data.decode("utf-8", "replace")
        facts, text = _FACTS.search(page), _TEXT.search(page)
        try:
            values = json.loads(facts[1]) if facts else None
        except ValueError:
            return None
        if not isinstance(values, dict) or text is None:
            return None
        address = f"{_base(site)}/{quoted(f'{site.content}/{name}/')}"
        return feeds.item(key, address, name, values, text[1])


def _when(due: Due) -> str:
    return rfc3339(due.at, due.tz)


def _base(site: Site) -> str:
    if not site.base:
        raise JournalError(
            "A site of plain pages needs its address: feeds are made of it.",
            "Write --url https://example.org/",
        )
    return site.base


def _ours(path: P, data: bytes) -> bool:
    if path.suffix == ".html":
        return frontmatter.key_of(data) == INDEX
    return feeds.MARK.encode() in data


def _json(values: Mapping[str, Any]) -> str:
    """JSON that cannot end the block that it stands in."""
    text = json.dumps(values, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _index(title: str, items: list[Item]) -> str:
    rows = "".join(
        f'<li><a href="{escape(quoted(item.name))}/">{escape(item.title)}</a> '
        f'<time datetime="{item.published}">{item.published[:10]}</time></li>\n'
        for item in items
    )
    return _document(title, INDEX, "", "", "", f"<h1>{escape(title)}</h1>\n<ul>\n{rows}</ul>")


def _document(title: str, key: str, language: str, head: str, up: str, body: str) -> str:
    lang = f' lang="{escape(language)}"' if language else ""
    return (
        f'<!doctype html>\n<html{lang}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<meta name="{frontmatter.KEY}" content="{escape(key)}">\n'
        f"{head}"
        f'<link rel="alternate" type="application/atom+xml" href="{up}feed.xml">\n'
        f'<link rel="alternate" type="application/feed+json" href="{up}feed.json">\n'
        f'<link rel="stylesheet" href="{up}style.css">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
