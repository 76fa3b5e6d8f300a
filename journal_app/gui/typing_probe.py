"""Measure typing: `python -m journal_app.gui.typing_probe FOLDER [KEYS]` opens the window on a
journal, types into its first entry with real key events, and prints JSON: milliseconds from the key
press to the end of the paint that shows the letter (median, p95, longest). What is typed is taken
back."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.gui.editor import EditorPane

WORDS = "the loss of this run came back after the warm up "
GAP_MS = 45  # between two keys: about 220 characters a minute times five
LONGEST_S = 20  # to wait for the first entry
FIRST = 10  # keys that are not counted: what they load is loaded once


@dataclass(frozen=True, slots=True)
class Typing:
    """How long keys took to the screen, in milliseconds."""

    keys: int
    median: float
    p95: float
    longest: float


class _Painted(QObject):
    """Notes when the widget has painted."""

    def __init__(self, widget: QWidget, note: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._note = widget, note
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After the paint event come the events that wait: the first tells the end of the paint."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._note)
        return False


def type_into(pane: EditorPane, keys: int) -> list[float]:
    """Type into the middle of the open entry; milliseconds of each key. The text is put back."""
    text = pane.page.text
    cursor = text.textCursor()
    block = text.document().findBlockByNumber(text.document().blockCount() // 2)
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    text.setTextCursor(cursor)
    text.setFocus()
    taken: list[float] = []
    pressed: list[float] = []
    loop = QEventLoop()

    def painted() -> None:
        if pressed:
            taken.append((time.perf_counter() - pressed.pop()) * 1000)

    watcher = _Painted(text.viewport(), painted)

    def press() -> None:
        if len(taken) >= keys + FIRST:
            loop.quit()
            return
        if pressed:  # the last one was not painted yet
            return
        letter = WORDS[len(taken) % len(WORDS)]
        key = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
        pressed.append(time.perf_counter())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.postEvent(text, event)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(press)
    timer.start(GAP_MS)
    loop.exec()
    timer.stop()
    text.viewport().removeEventFilter(watcher)
    watcher.deleteLater()
    while text.document().isUndoAvailable():
        text.undo()
    return taken[FIRST:]


def summary(taken: Sequence[float]) -> Typing:
    """The figures of a run of keys."""
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Typing(len(ordered), statistics.median(ordered), p95, ordered[-1])


def measure(
    folder: Path, keys: int = 200, meanwhile: Callable[[object], None] | None = None
) -> Typing:
    """Open the window on `folder` and type into its first entry; `meanwhile` gets the session first
    and may start other work."""
    from journal_app.gui.app import Session, application

    app = application()
    session = Session(folder)
    found: list[Typing] = []
    deadline = time.perf_counter() + LONGEST_S

    def begin() -> None:
        editor = session.window.editor
        if editor is None or editor.entry is None:
            if time.perf_counter() > deadline:
                app.quit()
            else:
                QTimer.singleShot(50, begin)
            return
        if meanwhile is not None:
            meanwhile(session)
        found.append(summary(type_into(editor, keys)))
        editor.flush(lambda _ok: app.quit())

    session.show(background=False)
    QTimer.singleShot(500, begin)
    app.exec()
    session.close()
    if not found:
        raise JournalError("There is no entry to type into.", "Measure a journal with entries.")
    return found[0]


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    print(json.dumps(asdict(measure(Path(sys.argv[1]), count))))
