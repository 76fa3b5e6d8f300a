"""The shape of a Markdown text: its headings, and what can be folded. Lines count from 0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal_app.domain.editing import ITEM

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_MARKS = re.compile(r"(\*\*|__|~~|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; `level` 1 to 6."""

    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines that can be hidden behind line `head`: `head + 1` to `last`."""

    head: int
    last: int


def outline(lines: Sequence[str]) -> list[Heading]:
    """The headings in their order; what stands in a fenced block is none."""
    return [
        Heading(line, level, _plain(title))
        for line, level, title in _headings(lines, _fences(lines))
    ]


def current(headings: Sequence[Heading], line: int) -> int:
    """The number of the heading that a line stands under; -1 above the first."""
    found = -1
    for number, heading in enumerate(headings):
        if heading.line > line:
            break
        found = number
    return found


def folds(lines: Sequence[str]) -> list[Fold]:
    """What can be folded: sections under headings, fenced blocks, items with lines below them."""
    fences = _fences(lines)
    found = [Fold(first, last) for first, last in fences if last > first]
    headings = _headings(lines, fences)
    open_: list[tuple[int, int]] = []  # level, line
    for line, level, _ in [*headings, (len(lines), 0, "")]:
        while open_ and open_[-1][0] >= level:
            _, head = open_.pop()
            last = _trimmed(lines, head, line - 1)
            if last > head:
                found.append(Fold(head, last))
        open_.append((level, line))
    inside = {n for first, last in fences for n in range(first, last + 1)}
    heads = {line for line, _, _ in headings}
    found += _items(lines, inside, heads)
    return sorted(found, key=lambda fold: (fold.head, fold.last))


def fold_at(found: Sequence[Fold], line: int) -> Fold | None:
    """The innermost fold that a line heads or lies in."""
    heads = [fold for fold in found if fold.head == line]
    if heads:
        return heads[0]
    around = [fold for fold in found if fold.head < line <= fold.last]
    return min(around, key=lambda fold: fold.last - fold.head, default=None)


def _items(lines: Sequence[str], inside: set[int], heads: set[int]) -> list[Fold]:
    found: list[Fold] = []
    open_: list[tuple[int, int]] = []  # indent, line

    def close(indent: int, last: int) -> None:
        while open_ and open_[-1][0] >= indent:
            _, head = open_.pop()
            end = _trimmed(lines, head, last)
            if end > head:
                found.append(Fold(head, end))

    for line, text in enumerate(lines):
        if not text.strip() or (line in inside and line - 1 in inside):
            continue  # what stands in a block belongs to where the block begins
        indent = len(text) - len(text.lstrip())
        if line in heads:
            close(0, line - 1)
            continue
        close(indent, line - 1)
        if line not in inside and ITEM.match(text):
            open_.append((indent, line))
    close(0, len(lines) - 1)
    return found


def _trimmed(lines: Sequence[str], head: int, last: int) -> int:
    """The last line with words in it."""
    while last > head and not lines[last].strip():
        last -= 1
    return last


def _headings(
    lines: Sequence[str], fences: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    inside = {n for first, last in fences for n in range(first, last + 1)}
    found: list[tuple[int, int, str]] = []
    for line, text in enumerate(lines):
        if "#" not in text or line in inside:
            continue
        match = _HEADING.match(text)
        if match is not None:
            found.append((line, len(match.group(1)), match.group(2)))
    return found


def _fences(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First and last line of every fenced block; an open one goes to the end."""
    found: list[tuple[int, int]] = []
    mark, first = "", 0
    for line, text in enumerate(lines):
        if "`" not in text and "~" not in text:
            continue
        fence = _FENCE.match(text)
        if fence is None:
            continue
        if not mark:
            mark, first = fence.group(1), line
        elif fence.group(1).startswith(mark) and not text[fence.end() :].strip():
            found.append((first, line))
            mark = ""
    if mark:
        found.append((first, _trimmed(lines, first, len(lines) - 1)))
    return found


def _plain(title: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", title)).strip()
