"""What the index for "more like this" costs on this machine: building, searching, memory.

Building is measured on entries of about 120 words with the real model; searching on made-up unit
vectors, since its time depends on their number alone. Agreement with an exact comparison of all
vectors is told beside it.
"""

from __future__ import annotations

import math
import os
import random
import statistics
import tempfile
import time
from array import array
from pathlib import Path
from typing import Any

import click

from journal_app.cli.common import Context, echo_table

BUILT = 400  # entries that the model really reads
ASKED = 60
DIMS = 384


def measure(count: int) -> dict[str, Any]:
    """Entries per second, search times in milliseconds, resident bytes. Raises JournalError."""
    from journal_app.cli.bench_fill import fill
    from journal_app.journal import Journal

    with tempfile.TemporaryDirectory(prefix="field-journal-index-") as temporary:
        folder = Path(temporary) / "built"
        fill(folder, BUILT)
        with Journal(folder) as journal:
            started = time.perf_counter()
            journal.similar.build()
            rate = BUILT / (time.perf_counter() - started)
            device = journal.model_host.device().label
        return {
            "entries_per_second": round(rate, 1),
            "device": device,
            "threads": 1,
            "vectors": count,
            **_search(Path(temporary) / "many", count),
        }


def _search(folder: Path, count: int) -> dict[str, Any]:
    from journal_app.journal import Journal
    from journal_app.models.memory import resident

    with Journal(folder) as journal:
        before = resident(os.getpid())
        model = journal.similar.status().model
        _vectors(journal, count, model)
        chance = random.Random(7)
        ids = [
            row["id"]
            for row in journal.store.read().execute("SELECT id FROM entries ORDER BY n LIMIT 5000")
        ]
        started = time.perf_counter()
        journal.similar.near(ids[0])
        first = time.perf_counter() - started
        times = []
        for _ in range(ASKED):
            started = time.perf_counter()
            journal.similar.near(chance.choice(ids))
            times.append((time.perf_counter() - started) * 1000)
        times.sort()
        started = time.perf_counter()
        journal.similar.status()
        look = time.perf_counter() - started
        pid = journal.model_host.pid
        return {
            "first_ms": round(first * 1000, 1),
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[math.ceil(0.95 * len(times)) - 1], 1),
            "status_ms": round(look * 1000, 1),
            "resident_here": resident(os.getpid()),
            "resident_here_before": before,
            "resident_search_process": resident(pid) if pid is not None else None,
        }


def _vectors(journal: Any, count: int, model: str) -> None:
    """So many entries of one line with a random unit vector each (normal in every component)."""
    chance = random.Random(count)
    # A pool of components, cut at random places: a normal for each would take minutes.
    pool = array("b", (max(-127, min(127, round(chance.gauss(0, 42)))) for _ in range(1 << 20)))
    flat = pool.tobytes()
    start = 1_700_000_000_000
    for first in range(0, count, 20_000):
        with journal.store.write() as w:
            numbers = range(first, min(first + 20_000, count))
            w.db.executemany(
                "INSERT INTO entries (n, id, kind, title, excerpt, rev, created_at, updated_at)"
                " VALUES (?, ?, 'note', ?, '', 1, ?, ?)",
                ((n + 1, f"{n:026d}", f"Entry {n}", start + n, start + n) for n in numbers),
            )
            w.changed("index", model)
            seq = w.changes[-1].seq
            w.db.executemany(
                "INSERT INTO embeddings (n, model, rev, seq, scale, vector)"
                " VALUES (?, ?, 1, ?, 0.0012, ?)",
                (
                    (n + 1, model, seq, flat[at : at + DIMS])
                    for n in numbers
                    for at in (chance.randrange(len(flat) - DIMS),)
                ),
            )


def tell(figures: dict[str, Any], as_json: bool) -> None:
    """Print the figures."""
    if as_json:
        Context.echo_json(figures)
        return
    megabytes = ("resident_here", "resident_here_before", "resident_search_process")
    rows = [
        (name, f"{value / 1e6:.0f} MB" if name in megabytes and value is not None else value)
        for name, value in figures.items()
    ]
    echo_table(rows, ("figure", "value"))
    click.echo("The promise: 100,000 vectors searched in 50 ms (95th percentile).")
