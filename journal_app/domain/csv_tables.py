"""Tables out of CSV text: what a reader sees of an attached file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from html import escape

ROWS = 200  # shown of one table
COLUMNS = 40
CELL = 400  # characters shown of one cell
MOST_BYTES = 4 * 1024 * 1024  # read of one file

_NUMBER = re.compile(r"[+-]?(?:\d[\d,_ ]*)?(?:\.\d+)?(?:[eE][+-]?\d+)?\s?%?|nan|[+-]?inf", re.I)


@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a table; `more` counts the rows that are not in `rows`."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    more: int
    cut: bool = False  # the file was longer than was read: `more` is a lower bound


def read(data: bytes, *, cut: bool = False) -> Table | str:
    """The table in the bytes of a CSV file, or plain words that say why there is none.

    `cut` tells that `data` is only the beginning of the file; its last line is left out.
    """
    if b"\x00" in data:
        return "This is not a text file."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if cut:
        text = text.rpartition("\n")[0]
    first = text.partition("\n")[0]
    mark = max(",;\t|", key=first.count)
    rows: list[tuple[str, ...]] = []
    more = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=mark, strict=False):
            if not any(cell.strip() for cell in row):
                continue
            if len(rows) > ROWS:
                more += 1
            else:
                rows.append(tuple(_shown(cell) for cell in row[:COLUMNS]))
    except csv.Error as error:
        return f"The table cannot be read: {error}."
    if not rows:
        return "The table is empty."
    wide = max(len(row) for row in rows)
    whole = [row + ("",) * (wide - len(row)) for row in rows]
    head, body = whole[0], whole[1:]
    numeric = tuple(
        any(row[n] for row in body) and all(_is_number(row[n]) for row in body) for n in range(wide)
    )
    return Table(head, tuple(body), numeric, more, cut)


def html(table: Table, more: str = "") -> str:
    """The table as HTML. `more` is the line below it that says how many rows are missing."""
    sides = [' align="right"' if numeric else "" for numeric in table.numeric]

    def line(tag: str, cells: tuple[str, ...]) -> str:
        inner = "".join(
            f"<{tag}{side}>{escape(cell)}</{tag}>" for cell, side in zip(cells, sides, strict=True)
        )
        return f"<tr>{inner}</tr>"

    body = "\n".join(line("td", row) for row in table.rows)
    after = f'\n<p class="more">{escape(more)}</p>' if more else ""
    return (
        f'<table class="csv">\n<thead>{line("th", table.head)}</thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>{after}"
    )


def _shown(cell: str) -> str:
    words = " ".join(cell.split())
    return words if len(words) <= CELL else words[:CELL] + " …"


def _is_number(cell: str) -> bool:
    return not cell or bool(_NUMBER.fullmatch(cell))
