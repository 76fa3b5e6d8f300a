"""Entries: pieces of writing with a kind, tags, links and revisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "note",
    "lesson",
    "failure",
    "decision",
    "hypothesis",
    "contract",
    "dataset",
    "review",
    "post",
)
RELATIONS = ("about", "supports", "contradicts", "derived-from")
EXCERPT = 180  # characters: two lines of a list row
TITLE = 120
TABLES = (".csv", ".tsv")  # attachments that a text shows as tables
LONG_LINE = 80  # characters: a longer first line is a paragraph, and its first sentence the title

_BLOCK = re.compile(r"^\s{0,3}(?:(?:#{1,6}|>|[-*+]|\d+[.)])\s+)+(?:\[[ xX]\]\s+)?")
_LINK = re.compile(r"!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([\[\]\\`|])")  # what `domain.links.label` puts a \ before
_NAMED = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`+|~~")
_BAR = re.compile(r"(?<!\\)\|")  # between the cells of a table
_SENTENCE = re.compile(r"(.{20,}?)(?:[.!?](?=\s)|[。！？])")
_TAGS_AT_END = re.compile(r"(?:\s+#[^\W\d_][\w/-]*)+\s*$")


@dataclass(frozen=True, slots=True)
class Link:
    """entry → run, eval result or entry. `title` and `detail` are filled where it is known."""

    target_kind: str
    target_id: str
    relation: str = "about"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an entry: everything but the body."""

    id: str
    kind: str
    title: str
    excerpt: str
    rev: int
    created_at: int
    updated_at: int
    trashed_at: int | None
    tags: tuple[str, ...] = ()
    n_runs: int = 0
    n_evals: int = 0
    status: str = ""  # of a post: '', 'scheduled', 'late', 'published', 'failed', …
    n: int = 0  # counts entries in the order in which the journal got them


@dataclass(frozen=True, slots=True)
class Attachment:
    """A content-addressed file. `path` is relative to the journal folder."""

    sha256: str
    name: str
    path: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whole. Times are milliseconds since 1970 UTC."""

    id: str
    kind: str
    title: str
    body: str
    rev: int
    created_at: int
    updated_at: int
    trashed_at: int | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    front: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)  # where it was captured; private


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of an entry."""

    entry_id: str
    rev: int
    kind: str
    title: str
    body: str
    created_at: int
    origin: str


def reference(attachment: Attachment) -> str:
    """The Markdown that shows (image, table) or names (other file) an attachment."""
    name = re.sub(r"([\[\]\\])", r"\\\1", attachment.name)
    shown = attachment.media_type.startswith("image/") or attachment.path.endswith(TABLES)
    mark = "!" if shown else ""
    return f"{mark}[{name}]({attachment.path})"


def plain_line(line: str) -> str:
    """A Markdown line without its marks: headings, bullets, emphasis, link targets."""
    text = _LINK.sub(lambda found: _ESCAPED.sub(r"\1", found[1]), _BLOCK.sub("", line))
    if "[[" in text:
        text = _NAMED.sub(lambda found: found[2] or found[1].replace("#", " › "), text)
    return _EMPHASIS.sub("", text).strip()


def _words(line: str) -> str:
    """A Markdown line as its words: of a row of a table its cells, of a line of dashes nothing."""
    text = plain_line(line)
    if not text.strip("|-: "):
        return ""
    if text.startswith("|"):
        text = " ".join(_BAR.sub(" ", text).replace("\\|", "|").split())
    return text


def _claim(line: str) -> str:
    """A line as a title: a long one is cut after its first sentence, else at a word."""
    if len(line) > LONG_LINE and (sentence := _SENTENCE.match(line)):
        line = sentence.group(1)
    return shorten(line, TITLE)


def title_of(body: str) -> str:
    """The title that a text gives itself: its first line with words, or that line's beginning."""
    fenced = False
    for line in body.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        text = _words(line)
        if text and not fenced:
            return _claim(_TAGS_AT_END.sub("", text) or text)
    return shorten(body.strip().splitlines()[0].strip("`~ ") if body.strip() else "", TITLE)


def excerpt_of(title: str, body: str) -> str:
    """The first words of the body that the title does not already say."""
    words: list[str] = []
    length = 0
    for line in body.splitlines():
        text = _words(line)
        if not text or text.startswith(("```", "~~~", "---")):
            continue
        if not words and text.startswith(title):
            text = text[len(title) :].lstrip(".!?。！？ ")
            if not _TAGS_AT_END.sub("", " " + text).strip():
                continue
        words.append(text)
        length += len(text) + 1
        if length > EXCERPT:
            break
    return shorten(" ".join(words), EXCERPT)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where there is one, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:.") + "…"
