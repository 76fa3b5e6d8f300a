"""Measure the window in use: `python -m journal_app.gui.probes.use FOLDER` prints JSON, and ends.

Milliseconds, all from the real window with its real paint events: `usable` from the start of the
process until list, editor and inspector are there; `open` from choosing an entry until its text is
painted; `frame` one page of the list further, painted; `search` from a key in the search field
until the list shows what it finds. `resident` is in MB (Linux: VmRSS). With a limit of frames the
list is scrolled in equal jumps from top to end, else page by page.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from journal_app.gui.probes.startup import process_started

WORDS = ("gradient clip", "warmup", "holdout drift", "restart 99", "tag:loss", "diverged because")
OPENED = 60


def resident_mb() -> float | None:
    """The memory of this process in MB; None where the system does not tell."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return None


def quantile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def figures(values: list[float]) -> dict[str, float]:
    """Median, 95th percentile and the worst."""
    return {
        "p50": round(quantile(values, 0.5), 2),
        "p95": round(quantile(values, 0.95), 2),
        "max": round(max(values), 2),
        "n": len(values),
    }


def measure(folder: Path, frames: int | None = 2000) -> dict[str, object]:
    """Open the window on `folder`, use it, and return the figures."""
    began = process_started()
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    from journal_app.gui.app import Session, application

    app = application()
    session = Session(folder)
    window = session.window
    window.resize(1280, 800)

    def wait(until: Callable[[], bool], seconds: float = 20.0) -> None:
        loop = QEventLoop()
        end = time.monotonic() + seconds
        look = QTimer(interval=1)
        look.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
        if not until():
            look.start()
            loop.exec()
        if not until():
            raise TimeoutError("the window did not get there")

    session.show(background=False)
    wait(lambda: window.editor is not None and window.editor.entry is not None)
    usable = (time.time() - began) * 1000
    resident = resident_mb()
    from PySide6.QtTest import QTest  # no part of a start

    from journal_app.gui.lists.searching import asks_nothing

    editor = window.editor
    assert editor is not None
    app.processEvents()

    opened: list[float] = []
    count = window.entries.model.rowCount()
    for number in range(OPENED):
        row = window.entries.model.row(number * max(1, count // OPENED) % count)
        if row is None:
            continue
        start = time.perf_counter()
        window.open_entry(row.id)
        editor.page.text.viewport().repaint()
        opened.append((time.perf_counter() - start) * 1000)
        app.processEvents()

    scrolled: list[float] = []
    bar, viewport = window.entries.list.verticalScrollBar(), window.entries.list.viewport()
    bar.setValue(0)
    steps = max(1, bar.maximum() // max(1, bar.pageStep()))
    jump = max(bar.pageStep(), bar.maximum() // min(steps, frames or steps))
    while bar.value() < bar.maximum():
        start = time.perf_counter()
        bar.setValue(bar.value() + jump)
        viewport.repaint()
        scrolled.append((time.perf_counter() - start) * 1000)
    bar.setValue(0)
    app.processEvents()

    searched: list[float] = []
    field, model = window.entries.search, window.entries.model
    for words in WORDS:
        field.clear()
        wait(lambda: not model.query)
        for letter in words:
            start = time.perf_counter()
            QTest.keyClicks(field, letter, Qt.KeyboardModifier.NoModifier)
            wanted = field.text().strip()
            if asks_nothing(wanted):  # the list stays as it is
                continue
            wait(lambda wanted=wanted: model.query == wanted)  # type: ignore[misc]
            viewport.repaint()
            searched.append((time.perf_counter() - start) * 1000)
    session.close()
    return {
        "usable": round(usable, 1),
        "resident": resident and round(resident, 1),
        "resident_after": (after := resident_mb()) and round(after, 1),
        "open": figures(opened),
        "frame": figures(scrolled or [0.0]),
        "search": figures(searched),
        "entries": count,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
