"""Markdown into sentences, each an exact slice of the text it came from.

Invariants: spans are in order, do not overlap, and start and end on something that is not space;
`text` is the slice without its marks, never different words. Headings give context and are
sentences only where there is nothing else. Front matter, code blocks, comments, rules, link
definitions and lines that are nothing but a link are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from journal_app.domain.sentences import plain, split

Kind = Literal["prose", "bullet", "row", "heading"]
LONG_BULLET = 320  # characters: a longer bullet is a paragraph, and is split like one

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^\r\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+")
_TAGS_ONLY = re.compile(r"[ \t]*(?:</?[A-Za-z][^<>]*>[ \t]*)+$")
_LINK_ONLY = re.compile(
    r"[ \t]*(?:!?\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|\[!\[.*\]\(.*\)|<?[a-z][a-z0-9+.-]*://\S+>?"
    r"|<?www\.\S+>?)[ \t]*[.,;]?[ \t]*$",
    re.IGNORECASE,
)
_RUN_IN = re.compile(r"[ \t]*(?:\*\*[^*\n]{1,80}\*\*|__[^_\n]{1,80}__)[ \t]*:?[ \t]*$")
_CELL = re.compile(r"(?:\\.|`[^`]*`|[^|\\`]|`|\\)+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `source[start:end]` is its origin, `text` the same words without marks.

    `section` is the heading above it, `lead` the bold run-in head above its list; `place` counts
    from 0 among the `places` sentences of its section.
    """

    start: int
    end: int
    text: str
    kind: Kind = "prose"
    section: str = ""
    lead: str = ""
    place: int = 0
    places: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without its line end

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True)
class _Block:
    """Consecutive lines that read as one piece, from `start` to `end`."""

    kind: Kind
    start: int
    end: int
    section: str
    lead: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a Markdown (or plain) text, in order."""
    found: list[Sentence] = []
    headings: list[Sentence] = []
    for block in _blocks(text):
        piece = text[block.start : block.end]
        if block.kind == "row":
            found.append(_row(text, block))
            continue
        words = plain(piece)
        whole = block.kind == "heading" or (block.kind == "bullet" and len(words) <= LONG_BULLET)
        spans = [(0, len(piece))] if whole else split(piece)
        target = headings if block.kind == "heading" else found
        for start, end in spans:
            made = _trimmed(text, block.start + start, block.start + end, block)
            if made is not None:
                target.append(made)
    found = [sentence for sentence in found if sentence.text]
    return _placed(found or headings)


def _trimmed(text: str, start: int, end: int, block: _Block) -> Sentence | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    words = plain(text[start:end])
    if not any(letter.isalnum() for letter in words):
        return None
    return Sentence(start, end, words, block.kind, block.section, block.lead)


def _row(text: str, block: _Block) -> Sentence:
    """A table row as one sentence: `header: cell; header: cell`. Empty text if it has no words."""
    heads = [cell.strip() for cell in block.lead.split("\x1f")]
    cells = _cells(text[block.start : block.end])
    parts = []
    for index, cell in enumerate(cells):
        value = plain(cell)
        if value and any(letter.isalnum() for letter in value):
            head = plain(heads[index]) if index < len(heads) else ""
            parts.append(f"{head}: {value}" if head and head != value else value)
    return Sentence(block.start, block.end, "; ".join(parts), "row", block.section)


def _cells(line: str) -> list[str]:
    return [match.group().strip() for match in _CELL.finditer(line.strip().strip("|"))]


def _placed(found: list[Sentence]) -> list[Sentence]:
    """Number the sentences within their sections."""
    groups: list[list[Sentence]] = []
    for sentence in found:
        if groups and groups[-1][0].section == sentence.section:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return [
        replace(sentence, place=place, places=len(group))
        for group in groups
        for place, sentence in enumerate(group)
    ]


def _lines(text: str) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(text):
        lines.append(_Line(match.start(), match.group(1)))
        if match.end() == len(text):
            break
    return lines


def _after_front_matter(lines: list[_Line]) -> int:
    """The index of the first line of text: after a closed `---` or `+++` block at the top."""
    first = lines[0].text.lstrip("\ufeff").rstrip() if lines else ""
    if first in ("---", "+++"):
        closing = ("---", "...") if first == "---" else ("+++",)
        for index in range(1, len(lines)):
            if lines[index].text.rstrip() in closing:
                return index + 1
            if lines[index].blank and index == 1:
                return 0  # a rule, then text: not front matter
    return 0


def _blocks(text: str) -> Iterator[_Block]:
    lines = _lines(text)
    index = _after_front_matter(lines)
    section = lead = ""
    open_block: _Block | None = None
    in_list = False
    after_blank = True
    while index < len(lines):
        line = lines[index]
        body = _QUOTE.match(line.text)
        offset = body.end() if body else 0
        content = line.text[offset:]
        if index == 0 and content.startswith("\ufeff"):
            content, offset = content[1:], offset + 1
        skip = _skipped(lines, index, content, in_list, open_block is not None)
        if skip:
            if open_block:
                yield open_block
                open_block = None
            index += skip
            if _RULE.match(content):
                in_list, lead = False, ""
            after_blank = True
            continue
        if not content.strip():
            if open_block:
                yield open_block
                open_block = None
            index, after_blank = index + 1, True
            continue
        start, end = line.start + offset, line.start + len(line.text)
        heading = _HEADING.match(content)
        underlined = open_block and open_block.kind == "prose" and _SETEXT.match(content)
        if heading or underlined:
            if underlined and open_block:
                section = plain(text[open_block.start : open_block.end])
                yield _Block("heading", open_block.start, open_block.end, section, "")
                open_block = None
            else:
                if open_block:
                    yield open_block
                    open_block = None
                assert heading is not None
                section = plain(heading.group(2) or "")
                if section:
                    yield _Block("heading", start + heading.start(2), end, section, "")
            lead, in_list, index, after_blank = "", False, index + 1, True
            continue
        if _table_at(lines, index):
            if open_block:
                yield open_block
                open_block = None
            heads = "\x1f".join(_cells(content))
            index += 2
            while index < len(lines) and "|" in lines[index].text:
                row = lines[index]
                trimmed = row.text.strip().strip("|").strip()
                if trimmed:
                    first = row.start + row.text.index(trimmed)
                    yield _Block("row", first, first + len(trimmed), section, heads)
                index += 1
            after_blank = True
            continue
        item = _ITEM.match(content)
        if item:
            if open_block:
                yield open_block
            open_block = _Block("bullet", start + item.end(), end, section, lead)
            in_list = True
        elif _RUN_IN.match(content) and open_block is None:
            lead = plain(content).rstrip(": ")
            if not _followed_by_item(lines, index + 1):
                open_block = _Block("prose", start, end, section, "")
        elif open_block is not None:
            open_block.end = end
        else:
            if after_blank and not content.startswith((" ", "\t")):
                in_list, lead = False, ""
            open_block = _Block("bullet" if in_list else "prose", start, end, section, lead)
        index, after_blank = index + 1, False
    if open_block:
        yield open_block


def _followed_by_item(lines: list[_Line], index: int) -> bool:
    while index < len(lines) and lines[index].blank:
        index += 1
    return index < len(lines) and _ITEM.match(lines[index].text) is not None


def _table_at(lines: list[_Line], index: int) -> bool:
    return (
        "|" in lines[index].text
        and index + 1 < len(lines)
        and "-" in lines[index + 1].text
        and _DELIMITER.match(lines[index + 1].text) is not None
        and ("|" in lines[index + 1].text or lines[index].text.strip().startswith("|"))
    )


def _skipped(lines: list[_Line], index: int, content: str, in_list: bool, inside: bool) -> int:
    """How many lines from `index` hold no sentence: code, comments, rules, bare links."""
    fence = _FENCE.match(content)
    if fence and not (fence.group(1)[0] == "`" and "`" in fence.group(2)):
        mark = fence.group(1)
        for at in range(index + 1, len(lines)):
            closing = _QUOTE.sub("", lines[at].text, count=1).strip()
            if len(closing) >= len(mark) and not closing.strip(mark[0]):
                return at + 1 - index
        return len(lines) - index
    if content.lstrip().startswith("<!--"):
        for at in range(index, len(lines)):
            if "-->" in lines[at].text:
                tail = lines[at].text.partition("-->")[2]
                return at + 1 - index if not tail.strip() else at - index
        return len(lines) - index
    if inside and _SETEXT.match(content):
        return 0
    indented = content.startswith(("    ", "\t")) and not in_list and not inside
    if (
        (indented and content.strip())
        or _RULE.match(content)
        or _DEFINITION.match(content)
        or _TAGS_ONLY.match(content)
        or _LINK_ONLY.match(content)
    ):
        return 1
    return 0
