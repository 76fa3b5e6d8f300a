"""What grows with a journal: opening, searching while typing, lists, counts, adding, backup.

Every figure is taken in this process on made-up journals (see `bench_fill`): milliseconds, the
median and the 95th percentile. A search is typed letter by letter, and each letter searched for,
to its end; "to first results" is what the window shows at once (see `store.search`: patience).
"""

from __future__ import annotations

import math
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal_app.cli import bench_fill
from journal_app.cli.common import Context, echo_table
from journal_app.domain import query as query_rules
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.journal import Journal

SHOWN = 100  # hits and rows, as the window asks for
TYPED = {
    "common words": ("loss warmup", "learning rate step"),
    "rare words": ("bribatisqua", "xuzanelvomen lorse"),
    "phrase": ('"noise floor"', '"gradient clip'),
    "operators": ("tag:npu spike", "kind:lesson loss", "run:bench-7 eval", "after:2024-01 plateau"),
    "CJK": ("学习率太高", "模型 loss"),
    "misspelt title": ("tokenzier", "wamup loss"),
    "nothing like it": ("qqqwwwzzz",),
}
SECTIONS = ("inbox", "today", "all", "lesson", "draft", "scheduled", "published", "trash")
FILTERS = ("tag:npu", "-tag:npu kind:decision", "has:attachment", "created:2023-12", "is:draft")
NAMES = {"k": 1_000, "m": 1_000_000}


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the 95th percentile of some times; `limit` is for the latter, or for the
    median where the promise is about it."""

    entries: int
    name: str
    p50: float
    p95: float
    unit: str = "ms"
    limit: float | None = None
    median: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        return None if self.limit is None else (self.p50 if self.median else self.p95) <= self.limit


def counts(text: str) -> list[int]:
    """`10k,100k,1m` as numbers, smallest first. Raises JournalError."""
    found = set()
    for part in text.lower().replace("_", "").split(","):
        digits, factor = part.strip(), 1
        if digits and digits[-1] in NAMES:
            digits, factor = digits[:-1], NAMES[digits[-1]]
        if not digits.isdecimal() or not int(digits):
            raise JournalError(f"{part!r} is no number of entries.", "Write --scale 10k,100k,1m.")
        found.add(int(digits) * factor)
    return sorted(found)


def make(folder: Path, count: int) -> None:
    """Make the journal in `folder` if it is not there."""
    if not (folder / "journal.db").exists():
        click.echo(f"Making a journal of {count:,} entries …", err=True)
        bench_fill.fill(folder, count)


def measure(folder: Path, count: int) -> list[Spread]:
    """The figures that need no window, of the journal in `folder`."""
    from journal_app.journal import Journal

    spread = spreader(count)

    def reopen() -> None:
        Journal(folder).close()

    figures = [spread("open the journal", _times(reopen, 9), limit=30)]
    with Journal(folder) as journal:
        figures += searches(journal, spread, 50 if count <= 100_000 else 150)
        figures += reading(journal, spread)
        figures.append(spread("add an entry", adding(journal)))
    figures.append(_backup(folder, spread))
    return figures


Spreader = Callable[..., Spread]


def spreader(count: int) -> Spreader:
    """What makes a figure of the times of a journal of `count` entries."""

    def spread(
        name: str,
        times: Sequence[float],
        *,
        unit: str = "ms",
        limit: float | None = None,
        median: bool = False,
    ) -> Spread:
        ordered = sorted(times)
        p95 = ordered[math.ceil(0.95 * len(ordered)) - 1]
        return Spread(count, name, ordered[len(ordered) // 2], p95, unit, limit, median)

    return spread


def searches(journal: Journal, spread: Spreader, limit: float) -> list[Spread]:
    """Search as it is typed, by sort of search and all together; then lists by operators alone."""
    journal.entries.search("warm")  # what is loaded once
    figures, first = [], []
    for name, queries in TYPED.items():
        times = [
            taken
            for query in queries
            for end in range(1, len(query) + 1)
            for taken in _times(partial(journal.entries.search, query[:end], limit=SHOWN), 1)
        ]
        first += [
            taken
            for query in queries
            for end in range(1, len(query) + 1)
            for taken in _times(
                partial(
                    journal.entries.search,
                    query[:end],
                    limit=SHOWN,
                    patience=query_rules.FIRST_LOOK,
                ),
                1,
            )
        ]
        figures.append(spread(f"search typed: {name}", times))
    figures.append(spread("search typed: all, to first results", first, limit=limit))
    alone = _each(partial(journal.entries.search, one, limit=SHOWN) for one in FILTERS)
    figures.append(spread("search by operators alone", alone, limit=limit))
    return figures


def reading(journal: Journal, spread: Spreader) -> list[Spread]:
    """Open entries, list pages at the top, behind a known row, and jumped to; count."""
    from journal_app.domain.views import View

    entries = journal.entries
    views = [*(View(section) for section in SECTIONS), View(tag="npu"), View(kind="decision")]
    total = entries.count(View())
    chance = random.Random(1)
    ids = [
        row.id
        for place in (0, total // 3, total // 2, max(total - SHOWN, 0))
        for row in entries.rows(View(), limit=SHOWN, offset=place)
    ]
    chance.shuffle(ids)
    ends = [
        (view, rows[-1])
        for view in views
        if (rows := entries.rows(view, limit=SHOWN, offset=entries.count(view) // 2))
    ]
    places = [total * part // 10 for part in range(1, 10)]
    first = [partial(entries.rows, view, limit=SHOWN) for view in views * 3]
    deep = [partial(entries.rows, view, limit=SHOWN, after=row) for view, row in ends * 3]
    jumps = [partial(entries.rows, View(), limit=SHOWN, offset=place) for place in places]
    counted = [partial(entries.count, view) for view in views * 3]
    return [
        spread("open an entry", _each(partial(entries.get, id) for id in ids), limit=30),
        spread("list: first page", _each(first), limit=10),
        spread("list: page behind a known row", _each(deep), limit=10),
        spread("list: page jumped to", _each(jumps), limit=50),
        spread("count a section", _each(counted), limit=10),
        spread("most used tags", _times(lambda: entries.tags(12), 20), limit=10),
    ]


def adding(journal: Journal) -> list[float]:
    """The time of captures; the entries stay in the journal."""
    line = "Loss left at step 4,200 with a warmup of 300 #warmup"
    return _times(lambda: journal.entries.add(line, origin="bench"), 30)


def _backup(folder: Path, spread: Spreader) -> Spread:
    from journal_app.journal import Journal

    with Journal(folder) as journal:
        began = time.perf_counter()
        copy = journal.store.backup("manual")
        seconds = time.perf_counter() - began
    copy.unlink()
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return spread("verified backup", [seconds], unit="s")


def _each(calls: Iterable[Callable[[], object]]) -> list[float]:
    return [taken for call in calls for taken in _times(call, 1)]


def _times(call: Callable[[], object], repeat: int) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return times


def run(
    ctx: Context, scale: str, keep: Path | None, machine: str, as_json: bool, only: str | None
) -> None:
    """Measure every size and print one table. Raises JournalError when a limit is not kept.

    `keep`: a folder whose journals (`10000`, `100000`, …) are used, and made where they lack.
    `only`: "window" for the window alone, another word for what needs none.
    """
    figures: list[Spread] = []
    with tempfile.TemporaryDirectory(prefix="journal-bench-") as place:
        for count in counts(scale):
            click.echo(f"Measuring {count:,} entries …", err=True)
            folder = (keep or Path(place)) / str(count)
            make(folder, count)
            if only != "window":
                figures += measure(folder, count)
            if only in (None, "window") and shown():
                from journal_app.cli import bench_window

                figures += bench_window.measure(folder, count, spreader(count))
            elif only in (None, "window"):
                click.echo("The window is not measured: PySide6 is not installed.", err=True)
    if as_json:
        rows = [{**asdict(figure), "holds": figure.holds} for figure in figures]
        ctx.echo_json({"machine": machine, "figures": rows})
    else:
        click.echo(machine)
        _echo(figures)
    if any(figure.holds is False for figure in figures):
        raise JournalError("A limit is not kept on this machine.")


def shown() -> bool:
    """Whether there is a window to measure."""
    from importlib.util import find_spec

    return find_spec("PySide6") is not None


def _echo(figures: Sequence[Spread]) -> None:
    """A line for each figure, a column for each size: median / 95th percentile."""
    sizes = list(dict.fromkeys(figure.entries for figure in figures))
    cells: dict[str, dict[int, str]] = {}
    for one in figures:
        both = f"{one.p50:.3g} / {one.p95:.3g} {one.unit}"
        limit = "" if one.limit is None else f" (≤ {one.limit:g}{', median' * one.median})"
        verdict = " NOT KEPT" if one.holds is False else ""
        cells.setdefault(one.name, {})[one.entries] = both + limit + verdict
    echo_table(
        [(name, *(found.get(size, "") for size in sizes)) for name, found in cells.items()],
        ("median / 95th percentile", *(f"{size:,} entries" for size in sizes)),
    )
