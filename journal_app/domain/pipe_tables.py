"""Pipe tables in Markdown: where they are, their cells, their neat form.

A wide character (Chinese, Japanese, Korean, most emoji) takes two columns, a combining one none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Align = Literal["", "left", "center", "right"]

_RULE_CELL = re.compile(r"\s*(:?)-+(:?)\s*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_MARKS: dict[Align, tuple[str, str]] = {
    "": ("-", "-"),
    "left": (":", "-"),
    "center": (":", ":"),
    "right": ("-", ":"),
}


def width(text: str) -> int:
    """How many columns a text takes in a fixed font."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def spans(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand between their bars: offsets of their raw content.

    A bar behind a backslash belongs to the cell; one in a code span parts cells all the same, as
    the specification of GitHub's Markdown has it.
    """
    bars: list[int] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char == "\\":
            at += 2
            continue
        if char == "|":
            bars.append(at)
        at += 1
    if not bars:
        return []
    edges = bars if not line[: bars[0]].strip() else [-1, *bars]
    if line[edges[-1] + 1 :].strip():
        edges = [*edges, len(line)]
    return [(left + 1, right) for left, right in pairwise(edges)]


def _rule(line: str) -> tuple[Align, ...] | None:
    """The alignments of a delimiter row; None for any other line."""
    if "-" not in line or "|" not in line:
        return None
    found: list[Align] = []
    for start, end in spans(line):
        cell = _RULE_CELL.fullmatch(line[start:end])
        if cell is None:
            return None
        left, right = cell.groups()
        found.append("center" if left and right else "left" if left else "right" if right else "")
    return tuple(found) or None


@dataclass(frozen=True, slots=True)
class Table:
    """A table at lines `first` to `last` (both included); `rows[0]` is its head."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[Align, ...]

    def line_of(self, row: int) -> int:
        """The line of a row: the delimiter row stands below the head."""
        return self.first + row + (1 if row else 0)

    def row_at(self, line: int) -> int:
        """The row at a line; the delimiter row counts as the head."""
        return max(0, min(line - self.first - 1, len(self.rows) - 1))


def is_row(line: str) -> bool:
    """Whether a line may be a row of a table."""
    return "|" in line and bool(spans(line))


def table_at(lines: Sequence[str], line: int) -> Table | None:
    """The table that a line belongs to."""
    if not 0 <= line < len(lines) or not is_row(lines[line]):
        return None
    first = last = line
    while first > 0 and is_row(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and is_row(lines[last + 1]):
        last += 1
    while first < last and _rule(lines[first + 1]) is None:
        first += 1
    if first >= last or line < first or _fenced(lines, first):
        return None
    aligns = _rule(lines[first + 1])
    if aligns is None:
        return None
    body = [lines[first], *lines[first + 2 : last + 1]]
    rows = [tuple(row[a:b].strip() for a, b in spans(row)) for row in body]
    count = max(len(aligns), *(len(row) for row in rows))
    none: Align = ""
    return Table(
        first,
        last,
        tuple(row + ("",) * (count - len(row)) for row in rows),
        (*aligns, *[none] * (count - len(aligns))),
    )


def _fenced(lines: Sequence[str], line: int) -> bool:
    """Whether a line stands inside a fenced block."""
    fence = ""
    for text in lines[:line]:
        mark = _FENCE.match(text)
        if mark is None:
            continue
        if not fence:
            fence = mark.group(1)
        elif mark.group(1).startswith(fence) and not text[mark.end() :].strip():
            fence = ""
    return bool(fence)


def lines_of(table: Table) -> list[str]:
    """The neat lines of a table: every column as wide as its widest cell."""
    columns = range(len(table.aligns))
    wide = [max(3, *(width(row[n]) for row in table.rows)) for n in columns]

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_pad(cells[n], wide[n], table.aligns[n]) for n in columns) + " |"

    rules = [
        _MARKS[table.aligns[n]][0] + "-" * (wide[n] - 2) + _MARKS[table.aligns[n]][1]
        for n in columns
    ]
    return [row(table.rows[0]), f"| {' | '.join(rules)} |", *(row(r) for r in table.rows[1:])]


def _pad(cell: str, wide: int, align: Align) -> str:
    free = wide - width(cell)
    before = free if align == "right" else free // 2 if align == "center" else 0
    return " " * before + cell + " " * (free - before)


def column_at(line: str, offset: int) -> int:
    """The column of a caret in a row."""
    cells = spans(line)
    for number, (_, end) in enumerate(cells):
        if offset <= end:
            return number
    return max(0, len(cells) - 1)


def cell_span(line: str, column: int) -> tuple[int, int]:
    """The offsets of a cell's words in a row, without the spaces around them."""
    cells = spans(line)
    if not cells:
        return 0, 0
    start, end = cells[min(column, len(cells) - 1)]
    raw = line[start:end]
    if not raw.strip():
        at = min(start + 1, end)
        return at, at
    return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))


def add_row(table: Table, at: int) -> Table:
    """An empty row before row `at`; never above the head."""
    at = max(1, min(at, len(table.rows)))
    empty = ("",) * len(table.aligns)
    return replace(table, rows=(*table.rows[:at], empty, *table.rows[at:]))


def remove_row(table: Table, at: int) -> Table:
    """Without a row; the head stays."""
    if at == 0 or at >= len(table.rows):
        return table
    return replace(table, rows=(*table.rows[:at], *table.rows[at + 1 :]))


def move_row(table: Table, at: int, by: int) -> Table:
    """A row of the body one further down or up."""
    to = at + by
    if at < 1 or not 1 <= to < len(table.rows):
        return table
    rows = list(table.rows)
    rows[at], rows[to] = rows[to], rows[at]
    return replace(table, rows=tuple(rows))


def add_column(table: Table, at: int) -> Table:
    """An empty column before column `at`."""
    at = max(0, min(at, len(table.aligns)))
    return replace(
        table,
        rows=tuple((*row[:at], "", *row[at:]) for row in table.rows),
        aligns=(*table.aligns[:at], "", *table.aligns[at:]),
    )


def remove_column(table: Table, at: int) -> Table:
    """Without a column; the last one stays."""
    if len(table.aligns) < 2:
        return table
    return replace(
        table,
        rows=tuple((*row[:at], *row[at + 1 :]) for row in table.rows),
        aligns=(*table.aligns[:at], *table.aligns[at + 1 :]),
    )


def move_column(table: Table, at: int, by: int) -> Table:
    """A column one further right or left."""
    to = at + by
    if not 0 <= to < len(table.aligns):
        return table
    order = list(range(len(table.aligns)))
    order[at], order[to] = order[to], order[at]
    return replace(
        table,
        rows=tuple(tuple(row[n] for n in order) for row in table.rows),
        aligns=tuple(table.aligns[n] for n in order),
    )


def set_align(table: Table, at: int, align: Align) -> Table:
    """A column with another alignment."""
    return replace(table, aligns=(*table.aligns[:at], align, *table.aligns[at + 1 :]))
