"""Composing one text out of several, nothing rewritten; and text without the journal's marks.

A source gets a heading where it has a title of its own: a heading line, a first line that stands
alone, or a title that its text does not begin with. A title that is only the beginning of the
first paragraph stays in that paragraph: a heading would say it twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal_app.domain.capture import LINK, TAG
from journal_app.domain.entry import (
    EXCERPT,
    Entry,
    excerpt_of,
    plain_line,
    shorten,
    title_of,
)

TITLE_LINE = 60  # characters: a longer first line that text follows at once is a wrapped paragraph

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^( {0,3})(#{1,6})(\s)")
_TAGS = re.compile(r"(?:^|\s+)#[^\W\d_][\w/-]*(?:\s+#[^\W\d_][\w/-]*)*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")
_PART = re.compile(r"^\s{0,3}(?:[-*+]\s|\d+[.)]\s|>|\|)")
_BLOCK = re.compile(rf"{_FENCE.pattern}|{_HEADING.pattern}|{_PART.pattern}")
_STOPS = tuple(".!?:;,…。！？")
_CODE = re.compile(r"(`+[^`]*`+)")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_KEPT = 0xF0000  # private characters stand for templates while marks are taken off
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LABEL = re.compile(r"^ {0,3}\[(\^?[^\]\n]+)\]:", re.MULTILINE)


def compose(sources: Sequence[Entry]) -> str:
    """The body of a draft. Headings of a source go two levels down, below its title."""
    parts = []
    taken: set[str] = set()
    for n, source in enumerate(sources, 1):
        heading, text = _parts(source)
        text = _own_labels(text, n, taken)
        parts.append(f"## {heading}\n\n{text}".rstrip() if heading else text)
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def description_of(title: str, sources: Sequence[Entry]) -> str:
    """The first words of the first source that has any beside its title."""
    for source in sources:
        words = public_excerpt(*_parts(source))
        if words and words != title:
            return words
    return next((source.title for source in sources if source.title != title), "")


def public_excerpt(title: str, text: str) -> str:
    """The first words of a text that `title` does not say, as readers of a site may see them.

    Without pictures, tags and links of the journal; templates (`{{ … }}`) stay as written.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group().replace("/*", "").replace("*/", ""))
        return chr(_KEPT + len(kept) - 1)

    masked = _TEMPLATE.sub(keep, _PICTURE.sub("", text))
    words = excerpt_of(title, "\n".join(_untagged(line) for line in masked.splitlines()))
    for index, template in enumerate(kept):
        words = words.replace(chr(_KEPT + index), template)
    return shorten(words, EXCERPT)


def public_line(text: str) -> str:
    """A line that somebody wrote about a post, without tags and links of the journal."""
    return " ".join(_untagged(text).split())


def _untagged(line: str) -> str:
    return TAG.sub(r"\1", _TAGS.sub("", without_links(line)))


def _parts(source: Entry) -> tuple[str, str]:
    """A source's heading, empty for none, and its text without title line, tags and links."""
    lines = source.body.replace("\r\n", "\n").split("\n")
    derived = source.title == title_of(source.body)
    own = _title_lines(lines, source.title, derived)
    text = _inner([line for n, line in enumerate(lines) if n not in own])
    if own:
        line = _without_marks(_HEADING.sub("", lines[own.start])).strip()
        return (plain_line(line), text) if text.strip() else ("", line)
    return ("" if derived or _says(text, source.title) else source.title), text


def _title_lines(lines: Sequence[str], title: str, derived: bool) -> range:
    """The lines that hold nothing but the title; none where it only begins a paragraph.

    A derived title may hold marks that the text loses: then the line counts if it was taken whole.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or _FENCE.match(lines[first]) or _PART.match(lines[first]):
        return range(0)
    words = plain_line(_without_marks(lines[first]))
    if words != title and not (derived and words and title_of(words) == words):
        return range(0)
    following = lines[first + 1] if first + 1 < len(lines) else ""
    heading = _HEADING.match(lines[first])
    if not heading and _UNDERLINE.match(following):
        return range(first, first + 2)
    alone = heading or not following.strip() or _BLOCK.match(following)
    short = len(words) <= TITLE_LINE and not words.endswith(_STOPS)
    return range(first, first + 1) if alone or short else range(0)


def _says(text: str, title: str) -> bool:
    """Whether the first sentence of `text` is the title."""
    words = plain_line(text.lstrip("\n").partition("\n")[0])
    return words.startswith(title) and words[len(title) :][:1] in ("", *_STOPS)


def _inner(body: Sequence[str]) -> str:
    """Lines without tags at their ends and link marks, headings two levels down."""
    lines: list[str] = []
    fence = ""
    for line in body:
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines.append(line)
            continue
        if mark:
            fence = mark.group(1)
            lines.append(line)
            continue
        bare = _without_marks(line)
        if bare.strip() or not line.strip():
            lines.append(_HEADING.sub(_two_down, bare))
    if fence:  # an open fence would swallow what follows
        lines.append(fence)
    return "\n".join(lines).strip("\n")


def _without_marks(line: str) -> str:
    if "#" not in line and "->" not in line:
        return line
    return _TAGS.sub("", outside_code(line)).rstrip()


def outside_code(line: str) -> str:
    """A line without link marks; what stands in backticks is left as it is."""
    pieces = _CODE.split(line)
    return "".join(
        piece if index % 2 else without_links(piece) for index, piece in enumerate(pieces)
    ).rstrip()


def without_links(text: str) -> str:
    """`text` without `->run:…` marks and the space before each."""
    return re.sub(r"[ \t]*\0", "", LINK.sub("\0", text)) if "->" in text else text


def _two_down(match: re.Match[str]) -> str:
    return match.group(1) + "#" * min(6, len(match.group(2)) + 2) + match.group(3)


def _own_labels(text: str, n: int, taken: set[str]) -> str:
    """Labels of references and footnotes that another source has too get this one's number."""
    for label in dict.fromkeys(_LABEL.findall(text)):
        if label.lower() in taken:
            text = text.replace(f"[{label}]", f"[{label}-{n}]")
        taken.add(label.lower())
    return text
