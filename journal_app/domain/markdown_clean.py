"""The sieve behind the Markdown renderer: what is not named here does not come through.

It runs over everything that was rendered, and over HTML from anywhere. Nothing is let through
because it looks harmless.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from journal_app.domain.callouts import KINDS
from journal_app.domain.markdown_links import (
    ANCHOR,
    INSIDE,
    LINKS,
    attachment_path,
    link_target,
)

if TYPE_CHECKING:
    from nh3 import Cleaner

CODE = "hl-"  # prefix of the classes of highlighted code
TAGS = frozenset(
    "a abbr blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img li mark ol p pre s "
    "section span strong sub sup table tbody td th thead tr ul".split()
)
BLOCKS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "table", "ul", "ol",
    "dl", "dt", "dd", "div", "section",
)  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title", "width"},
    "ol": {"start", "class"},
    "td": {"align"},
    "th": {"align"},
    "span": {"class", "id"},
    **{
        tag: {"class"}
        for tag in ("code", "pre", "div", "section", "sup", "hr", "li", "p", "table", "ul")
    },
}
_CLASS = re.compile(
    r"(?:hl-[a-z0-9]{1,4}|language-[\w+#.-]{1,30}|blocked|task|done|footnotes?(?:-\w{1,9})?"
    r"|math|unresolved|mention|entry|csv|more|callout(?:-title)?"
    r"|embed(?:-(?:csv|run|entry|file))?|callout-(?:" + "|".join(sorted(KINDS)) + "))",
    re.ASCII,
)
_DROPPED = {"script", "style", "title", "iframe", "noscript", "template", "textarea", "xmp"}


def clean(html: str, *, inside: bool = False) -> str:
    """HTML from anywhere with only the allowed tags, attributes and addresses left.

    `inside` lets the window's own addresses (`entry:`, `run:`, …) through.
    """
    return _cleaner(inside).clean(html)


@lru_cache(maxsize=2)
def _cleaner(inside: bool) -> Cleaner:
    import nh3

    def judged(tag: str, name: str, value: str) -> str | None:
        return _attribute(name, value, inside=inside)

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={
            tag: set(_ATTRIBUTES.get(tag, ())) | ({"id"} if tag in BLOCKS else set())
            for tag in TAGS
        },
        attribute_filter=judged,
        clean_content_tags=set(_DROPPED),
        url_schemes=set(LINKS | INSIDE if inside else LINKS),
        link_rel="noopener noreferrer",
    )


def _attribute(name: str, value: str, *, inside: bool) -> str | None:
    """The last word on one attribute: its value, or None to drop it."""
    if name == "href":
        return link_target(value, inside=inside)
    if name == "src":
        return value if attachment_path(value) is not None else None
    if name == "id":
        return value if ANCHOR.fullmatch(value) else None
    if name == "class":
        kept = [word for word in value.split() if _CLASS.fullmatch(word)]
        return " ".join(kept) or None
    if name == "align":
        return value if value in ("left", "right", "center") else None
    if name in ("start", "width"):
        most = 10 if name == "start" else 5
        return value if value.isascii() and value.isdecimal() and len(value) < most else None
    return value
