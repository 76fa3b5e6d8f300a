"""The capture line: `text #tag ->run:ID` becomes text, tags and links."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from journal_app.domain.entry import KINDS, Link
from journal_app.errors import JournalError

# A tag stands alone: at the start or after a space or opening bracket, starts with a letter, and
# is not a Markdown heading (`# x`), a hex colour in code, or an issue number (`#12`).
TAG = re.compile(r"(?:(?<=^)|(?<=[\s(\[]))#([^\W\d_][\w/-]*)", re.MULTILINE)
LINK = re.compile(r"(?:(?<=^)|(?<=\s))->(?:([a-z-]+):)?(run|eval|entry):(\S+)", re.MULTILINE)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
_RELATIONS = {
    "": "about",
    "about": "about",
    "supports": "supports",
    "contradicts": "contradicts",
    "from": "derived-from",
    "derived-from": "derived-from",
}


@dataclass(frozen=True, slots=True)
class Capture:
    """A parsed capture: the text to keep, its tags in order, its links."""

    text: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]


def parse(text: str) -> Capture:
    """Read tags and links out of `text`; tags stay in the text, links leave it.

    `->run:ID`, `->eval:ID`, `->entry:ID`; with a relation: `->supports:run:ID`. What stands in code
    is left alone. Raises JournalError where nothing but links remains.
    """
    text = clean_text(text)
    code = [m.span() for m in CODE.finditer(text)]

    def free(position: int) -> bool:
        before = bisect_right(code, (position, len(text))) - 1
        return before < 0 or position >= code[before][1]

    tags = [m.group(1).rstrip("/-").lower() for m in TAG.finditer(text) if free(m.start())]
    links: list[Link] = []
    kept: list[str] = []
    last = 0
    for match in LINK.finditer(text):
        relation = _RELATIONS.get(match.group(1) or "")
        if relation is None or not free(match.start()):
            continue
        links.append(Link(match.group(2), match.group(3).rstrip(".,;)"), relation))
        kept.append(text[last : match.start()].rstrip(" "))
        last = match.end()
    kept.append(text[last:])
    body = "".join(kept).strip("\n").rstrip()
    if not body.strip():
        raise JournalError("There is nothing to keep: the text is empty.", "Write at least a word.")
    return Capture(body, tuple(dict.fromkeys(tags)), tuple(dict.fromkeys(links)))


def clean_text(text: str) -> str:
    """`text` without what no database or file can hold: NUL and lone surrogates become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def clean_tag(tag: str) -> str:
    """A tag as it is stored: no leading #, lower case, spaces as hyphens."""
    cleaned = re.sub(r"[^\w/-]+", "-", tag.strip().lstrip("#").strip()).strip("-/").lower()
    if not cleaned:
        raise JournalError(f"{tag!r} is not a tag.", "A tag has at least one letter or digit.")
    return cleaned


def clean_kind(kind: str) -> str:
    """A known kind, or an error that lists them."""
    if kind not in KINDS:
        raise JournalError(f"{kind!r} is not a kind of entry.", "Kinds: " + ", ".join(KINDS) + ".")
    return kind
