"""What a paste becomes: a table, a link, Markdown, or the text as it is.

Nothing is guessed from little: lines become a table only where every line has the same columns and,
for commas, where a head over columns of numbers says that it is data. `html_paste` has HTML's part.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

ROWS = 200  # of a pasted table; the rest goes into an attached file
COLUMNS = 40
LONGEST = 4 * 1024 * 1024  # characters looked at
CELL = 400  # characters of a cell in the text

_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[ ,.’']\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s?%?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?")
_EMPTY = frozenset({"", "-", "–", "—", "nan", "n/a", "na", "null", "none", "inf", "-inf"})
_BOOLEAN = frozenset({"true", "false", "yes", "no"})


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, all as long as each other. `head` is whether the first one names columns."""

    rows: tuple[tuple[str, ...], ...]
    head: bool

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows below the head."""
        return self.rows[1:] if self.head else self.rows


def is_number(cell: str) -> bool:
    """Whether a cell is a number as people and programs write one."""
    cell = cell.strip()
    return any(c.isdigit() for c in cell) and bool(_NUMBER.fullmatch(cell))


def _is_data(cell: str) -> bool:
    word = cell.strip().lower()
    return is_number(cell) or bool(_DATE.fullmatch(cell.strip())) or word in _BOOLEAN


def grid(text: str, *, spreadsheet: bool = False) -> Grid | None:
    """The table in a text of lines, None where it is not plainly one.

    `spreadsheet`: it came with an HTML table beside it, so its tabs part cells.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text or len(text) > LONGEST or "\n" not in text:
        return None
    for delimiter in ("\t", ",", ";"):
        if delimiter in text.partition("\n")[0] and (found := _split(text, delimiter)) is not None:
            return found if spreadsheet or _is_plain(found, delimiter) else None
    return None


def _split(text: str, delimiter: str) -> Grid | None:
    try:
        rows = [
            tuple(cell.strip() for cell in row)
            for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
            if row
        ]
    except csv.Error:
        return None
    if len(rows) < 2 or not 2 <= len(rows[0]) <= COLUMNS:
        return None
    if any(len(row) != len(rows[0]) for row in rows):
        return None
    return Grid(tuple(rows), _has_head(rows))


def _is_plain(found: Grid, delimiter: str) -> bool:
    """Whether these lines can be nothing but a table."""
    if delimiter == "\t":
        return all(row[0] for row in found.rows)  # else it may be indented text
    return found.head and bool(_numeric_columns(found.body))


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Names above something: no cell of the first row is data, and none but the first is empty."""
    first = rows[0]
    return not any(_is_data(cell) for cell in first) and all(first[1:])


def _numeric_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns that hold nothing but numbers, dates and gaps, and at least one of the former."""
    found = []
    for column in range(len(rows[0])):
        cells = [row[column] for row in rows]
        if all(_is_data(c) or c.lower() in _EMPTY for c in cells) and any(map(_is_data, cells)):
            found.append(column)
    return found


def table(found: Grid, limit: int = ROWS) -> str:
    """The Markdown of a table, its numbers to the right, at most `limit` rows."""
    head = found.rows[0] if found.head else tuple("" for _ in found.rows[0])
    body = found.body[:limit]
    right = set(_numeric_columns(body)) if body else set()
    rows = [[_cell(cell) for cell in row] for row in (head, *body)]
    wide = [max(3, *(_width(row[n]) for row in rows)) for n in range(len(head))]
    lines = [
        "| " + " | ".join(_pad(cell, wide[n], n in right) for n, cell in enumerate(row)) + " |"
        for row in rows
    ]
    rule = ("-" * (w - 1) + ":" if n in right else "-" * w for n, w in enumerate(wide))
    return "\n".join([lines[0], "| " + " | ".join(rule) + " |", *lines[1:]])


def _width(text: str) -> int:
    """Columns of a text in a fixed font."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _pad(cell: str, wide: int, right: bool) -> str:
    free = " " * (wide - _width(cell))
    return free + cell if right else cell + free


def _cell(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return text if len(text) <= CELL else text[: CELL - 1].rstrip("\\") + "…"


def as_csv(found: Grid) -> bytes:
    """The whole table as a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(found.rows)
    return out.getvalue().encode()


def address(text: str) -> str | None:
    """The one web or mail address that a text is; None for anything else."""
    text = text.strip()
    if not text or len(text) > 4096 or any(c.isspace() or c in '<>"`\\^{|}' for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.hostname:
        return text
    return text if parts.scheme == "mailto" and "@" in parts.path else None


def link(words: str, target: str) -> str:
    """Words as a link; brackets in them and round brackets in the address stay harmless."""
    words = re.sub(r"([\[\]\\])", r"\\\1", words)
    plain = target.count("(") == target.count(")") and ")" not in target.partition("(")[0]
    return f"[{words}]({target})" if plain else f"[{words}](<{target}>)"


def in_code(before: str) -> bool:
    """Whether the end of `before` lies inside a fenced block of code."""
    fence = ""
    for line in before.split("\n"):
        found = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if found is None:
            continue
        if not fence:
            fence = found.group(1)
        elif found.group(1).startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return bool(fence)
