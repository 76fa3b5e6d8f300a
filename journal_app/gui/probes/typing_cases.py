"""`python -m journal_app.gui.probes.typing_cases CASE FOLDER [KEYS]`: typing in one case, as JSON.

`FOLDER` is a journal; the case's entry is written into it as its newest. Cases: `plain`, `preview`
and `busy` with an entry of 20 kB (beside the rendered text; while searches are typed, saves go to
the store and the index of likeness is built in its process), `long` and `long-preview` with 400 kB,
`images` with 29 large pictures in the rendered text. Every figure is in milliseconds; `opened` is
what the window's thread computed at most at a time while the entry was opened.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

from journal_app.gui.app import application
from journal_app.gui.probes.typing import Turns, in_window, summary, type_into
from journal_app.gui.probes.use import resident_mb
from journal_app.journal import Journal

if TYPE_CHECKING:
    from journal_app.gui.app import Session

CASES = ("plain", "preview", "busy", "long", "long-preview", "images")
USUAL, LONG = 20_000, 400_000  # characters
PICTURES, WIDE, HIGH = 29, 4000, 3000
SETTLE_MS = 8000  # at most, until everything that was opened stands
PIECE = """
## Run {n}: warmup {n}00 steps

The loss left the band at **step {n}20**, three evaluations after the *cosine* decay began; see
`warmup_steps = {n}00`, [[Entry {n}]] and https://example.org/runs/{n} for the whole record. What
came back after the restart was *lower* than before, and stayed there. #npu #warmup

- [ ] repeat with seed {n}
- [x] compare `eval/core` with the baseline of @run-{n}
1. the second restart, 学习率太高 and what we learned

> A plateau at {n}.2 for 400 steps is no plateau.

| step | loss | core |
|-----:|-----:|-----:|
| {n}0 | 2.31 | 0.21 |
| {n}5 | 2.11 | 0.24 |

```python
def rate(step: int) -> float:
    return min(1.0, step / {n}00)  # warmup
```

The norm is $\\|g_{n}\\|_2$ of the gradient.
"""


def text(length: int) -> str:
    """A text with everything that writers use, of at least so many characters."""
    made, size = ["# What the long run showed\n"], 0
    for n in count(1):
        piece = PIECE.replace("{n}", str(n))
        made.append(piece)
        size += len(piece)
        if size >= length:
            return "".join(made)
    raise AssertionError("count() has no end")


def prepare(folder: Path, case: str) -> None:
    """Write the entry of a case, as the newest one."""
    with Journal(folder) as journal:
        journal.entries.create("Another entry, which is open before the measured one")
        if case != "images":
            journal.entries.create(text(LONG if case.startswith("long") else USUAL))
            return
        entry = journal.entries.create("# Plots")
        parts = ["# Plots"]
        with tempfile.TemporaryDirectory() as place:
            for n in range(PICTURES):
                path = Path(place) / f"plot-{n}.png"
                _picture(path, n)
                kept = journal.attachments.attach_file(entry.id, path)
                parts.append(f"## Plot {n}\n\nWhat it shows.\n\n![plot {n}]({kept.path})")
        journal.entries.save(entry.id, body="\n\n".join(parts), base_rev=entry.rev)


def _picture(path: Path, n: int) -> None:
    """Write a PNG of 12 megapixels, different for each `n`."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for line in range(0, HIGH, 4):
        painter.fillRect(0, line, WIDE, 4, QColor.fromHsv((line * 7 + n * 11) % 360, 120, 200))
    painter.end()
    image.save(str(path))


def measure(folder: Path, case: str, keys: int) -> dict[str, object]:
    """Type in the case's entry; what it took."""
    found: dict[str, object] = {"case": case}

    def act(session: Session) -> None:
        window, editor = session.window, session.window.editor
        assert editor is not None and editor.entry is not None
        id = editor.entry.id
        if "preview" in case or case == "images":
            editor.set_preview(True)
        _settle(session)
        other = window.entries.model.row(1)
        assert other is not None
        editor.open_entry(other.id)
        _settle(session)
        turns = Turns()
        before = resident_mb()
        began = time.thread_time()
        editor.open_entry(id)
        editor.page.text.viewport().repaint()
        found["first_screen"] = (time.thread_time() - began) * 1000
        _settle(session)
        found["opened"] = turns.take()
        found["opened_all"] = (time.thread_time() - began) * 1000
        stop = _meanwhile(session) if case == "busy" else None
        found.update(asdict(summary(type_into(editor, keys))))
        found["turn"] = turns.take()
        if stop is not None:
            stop()
        if case == "images":
            found["scrolled"] = _scrolled(session, turns)
        assert editor.entry.id == id
        after = resident_mb()
        found["grown_mb"] = after - before if after and before else None

    in_window(folder, act)
    return {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in found.items()
    }


def _settle(session: Session) -> None:
    """Run the window until it has computed nothing for a while."""
    loop, quiet = QEventLoop(), [time.thread_time(), 0.0]
    end = time.monotonic() + SETTLE_MS / 1000

    def look() -> None:
        now = time.thread_time()
        quiet[1] = quiet[1] + 1 if now - quiet[0] < 0.004 else 0
        quiet[0] = now
        if quiet[1] >= 8 or time.monotonic() > end:
            loop.quit()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()


def _scrolled(session: Session, turns: Turns) -> float:
    """The most computed at a time while the rendered text is scrolled from end to end."""
    editor = session.window.editor
    assert editor is not None and editor.preview is not None
    bar = editor.preview.verticalScrollBar()
    bar.setValue(0)
    _settle(session)
    turns.take()
    loop, timer = QEventLoop(), QTimer(interval=30)

    def step() -> None:
        if bar.value() >= bar.maximum():
            loop.quit()
        bar.setValue(bar.value() + max(1, bar.pageStep() // 3))

    timer.timeout.connect(step)
    timer.start()
    loop.exec()
    timer.stop()
    return turns.take()


def _meanwhile(session: Session) -> Callable[[], None]:
    """Type searches and build the index beside it, again and again; returns what ends that."""
    field, letters = session.window.entries.search, count()
    words = "gradient clip  warmup loss  holdout drift  tag:loss  "

    def letter() -> None:
        at = next(letters) % len(words)
        field.setText("" if words[at : at + 2] == "  " else words[:at].rsplit("  ", 1)[-1])

    timer = QTimer(interval=170)
    timer.timeout.connect(letter)
    timer.start()
    similar = session.journal.similar
    job = session.jobs.submit(
        "model", lambda context: similar.build(context.progress, context.check), on_error=_unbuilt
    )

    def stop() -> None:
        timer.stop()
        job.cancel()

    return stop


def _unbuilt(_error: BaseException) -> None:
    """Without a model there is no index to build: the rest is measured all the same."""


def main(arguments: list[str]) -> None:
    """Measure one case and print its figures."""
    case, folder = arguments[0], Path(arguments[1])
    keys = int(arguments[2]) if len(arguments) > 2 else 200
    in_app = application()  # pictures are painted
    assert in_app is not None
    prepare(folder, case)
    print(json.dumps(measure(folder, case, keys)))


if __name__ == "__main__":
    main(sys.argv[1:])
