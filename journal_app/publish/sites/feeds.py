"""Feeds of a site of plain pages: Atom (RFC 4287) and JSON Feed 1.1.

Invariants: an entry's id never changes, whatever its title, address or date; times are RFC 3339 as
the page has them; the same pages make the same bytes.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

MARK = "made by Field Journal"
NEWEST = 50  # entries in a feed
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_LINK = re.compile(r'\b(src|href)="([^"]*)"')
_ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Owner:
    """What a feed says of the site: its title, the address of the index."""

    title: str
    home: str


@dataclass(frozen=True, slots=True)
class Item:
    """A page as feeds tell it. `name` is its folder, `html` its text with whole addresses."""

    key: str
    url: str
    name: str
    title: str
    published: str
    updated: str
    published_at: float
    updated_at: float
    tags: tuple[str, ...]
    description: str
    language: str
    html: str


def item(key: str, url: str, name: str, facts: Mapping[str, Any], html: str) -> Item | None:
    """What a page says of itself; None where its facts are no facts (changed by hand)."""
    published, updated = facts.get("published"), facts.get("updated")
    tags = facts.get("tags")
    try:
        at = datetime.fromisoformat(str(published)).timestamp()
        later = datetime.fromisoformat(str(updated)).timestamp()
    except ValueError:
        return None
    whole = _LINK.sub(
        lambda m: f'{m[1]}="{escape(_joined(url, unescape(m[2])))}"', html.replace("\x00", "")
    )
    return Item(
        key,
        url,
        name,
        str(facts.get("title") or name),
        str(published),
        str(updated),
        at,
        later,
        tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        str(facts.get("description") or ""),
        str(facts.get("language") or ""),
        whole,
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def stable_id(key: str) -> str:
    """The id of a post as a URN: its ULID is a number of 128 bits, as a UUID is."""
    if len(key) == 26 and set(key) <= set(_ULID) and key[0] < "8":
        number = 0
        for letter in key:
            number = number * 32 + _ULID.index(letter)
        return uuid.UUID(int=number).urn
    return uuid.uuid5(uuid.NAMESPACE_URL, f"field-journal:{key}").urn


def atom(owner: Owner, items: Sequence[Item]) -> str:
    """The newest entries, whole."""
    shown = items[:NEWEST]
    newest = max(shown, key=lambda item: item.updated_at, default=None)
    updated = newest.updated if newest else datetime(1970, 1, 1, tzinfo=UTC).isoformat()
    home = _xml(owner.home)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_xml(owner.title)}</title>\n"
        f"<id>{uuid.uuid5(uuid.NAMESPACE_URL, owner.home).urn}</id>\n"
        f"<updated>{updated}</updated>\n"
        f"<author><name>{_xml(owner.title)}</name></author>\n"
        f"<generator>{MARK}</generator>\n"
        f'<link rel="alternate" type="text/html" href="{home}"/>\n'
        f'<link rel="self" type="application/atom+xml" href="{home}feed.xml"/>\n'
        + "".join(_entry(one) for one in shown)
        + "</feed>\n"
    )


def _entry(item: Item) -> str:
    tags = "".join(f'<category term="{_xml(tag)}"/>\n' for tag in item.tags)
    summary = f"<summary>{_xml(item.description)}</summary>\n" if item.description else ""
    lang = f' xml:lang="{_xml(item.language)}"' if item.language else ""
    return (
        f"<entry{lang}>\n<title>{_xml(item.title)}</title>\n<id>{stable_id(item.key)}</id>\n"
        f'<link rel="alternate" type="text/html" href="{_xml(item.url)}"/>\n'
        f"<published>{item.published}</published>\n<updated>{item.updated}</updated>\n"
        f'{tags}{summary}<content type="html">{_xml(item.html)}</content>\n</entry>\n'
    )


def _xml(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def json_feed(owner: Owner, items: Sequence[Item]) -> str:
    """https://www.jsonfeed.org/version/1.1/"""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": owner.title,
        "home_page_url": owner.home,
        "feed_url": f"{owner.home}feed.json",
        "_generator": {"about": MARK},
        "items": [_json_item(one) for one in items[:NEWEST]],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": stable_id(item.key),
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published,
        "date_modified": item.updated,
        "tags": list(item.tags),
        "summary": item.description,
        "language": item.language,
    }
    return {name: value for name, value in found.items() if value}
