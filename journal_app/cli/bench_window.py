"""The window on a large journal, in processes of its own: start, memory, opening, scrolling,
searching, capture, typing. The probes (`gui/probes/`) say what each figure begins and ends with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.cli.bench_scale import Spread, Spreader

STARTS = 5  # of the window, after one that fills the system's caches
NOTES = 9  # processes of `journal add`
LIMITED = 100_000  # the entries for which the limits of memory and start are promised


def measure(folder: Path, count: int, spread: Spreader) -> list[Spread]:
    """Everything about the window on the journal in `folder`. Raises JournalError."""
    promised = count <= LIMITED
    uses = [_probe("use", str(folder)) for _ in range(STARTS + 1)][1:]

    def all_of(name: str, figure: str) -> list[float]:
        return [float(use[name][figure]) for use in uses]

    figures = [
        spread(
            "window usable, from process start",
            [float(use["usable"]) for use in uses],
            limit=500 if promised else None,
            median=True,
        ),
        spread("window, an entry opened and painted", all_of("open", "p50"), limit=30, median=True),
        spread("window, slowest frame of the whole list", all_of("frame", "max"), limit=50),
        spread(
            "window, search as it is typed, 95th percentile",
            all_of("search", "p95"),
            limit=50 if promised else 150,
            median=True,
        ),
    ]
    if all(use["resident"] is not None for use in uses):
        memory = [float(use["resident"]) for use in uses]
        after = [float(use["resident_after"]) for use in uses]
        limit = 130 if promised else None
        figures.append(
            spread("window, resident once usable", memory, unit="MB", limit=limit, median=True)
        )
        figures.append(spread("window, resident after the use above", after, unit="MB"))
    captured = _probe("capture", str(folder))
    figures.append(
        spread("capture window shown, running window", captured["shown"], limit=150, median=True)
    )
    figures.append(spread("`journal capture --window`, whole", captured["command"]))
    figures.append(spread("`journal add`, whole process", _adds(folder), limit=100, median=True))
    return [*figures, *typing(folder, spread)] if promised else figures


def typing(folder: Path, spread: Spreader) -> list[Spread]:
    """From a key to the screen: alone, and while search, saving and the index of likeness work."""
    figures = []
    for case, name in (
        ("plain", "20 kB"),
        ("preview", "20 kB, preview"),
        ("busy", "20 kB, busy"),
        ("long", "400 kB"),
    ):
        found = _probe("typing_cases", case, str(folder))
        figures.append(
            spread(
                f"key to screen, {name}: median and 95th percentile",
                (found["median"], found["median"], found["p95"]),
                limit=16,
            )
        )
    return figures


def _adds(folder: Path) -> list[float]:
    command = [sys.executable, "-m", "journal_app", "--journal", str(folder), "add"]
    times = []
    for _ in range(NOTES + 1):
        began = time.perf_counter()
        _run([*command, "Loss left at step 4,200 #warmup"])
        times.append((time.perf_counter() - began) * 1000)
    return times[1:]


def _probe(module: str, *arguments: str) -> dict[str, Any]:
    said = _run([sys.executable, "-m", f"journal_app.gui.probes.{module}", *arguments])
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found


def _run(command: list[str]) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise JournalError(f"{' '.join(command[1:])} failed: {done.stderr.strip()[-400:]}")
    return done.stdout
