"""Measure typing: a window on a journal, real key events into its first entry, real paint events.

Of each key the milliseconds from the press to the end of the paint that shows the letter, and what
the window's thread computed in them, which other programs do not lengthen. `turn` is the most that
it computed between two looks at its events. What is typed is taken back. (`typing_cases` has the
texts and what goes on beside the typing.)
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.gui.app import Session
    from journal_app.gui.editor.pane import EditorPane

WORDS = "the loss of this run came back after the warm up "
GAP_MS = 45  # between two keys: about 220 characters a minute times five
LONGEST_S = 20  # to wait for the first entry
FIRST = 10  # keys that are not counted: what they load is loaded once


@dataclass(frozen=True, slots=True)
class Typing:
    """How long keys took to the screen, in milliseconds; `cpu_…`: of them computed here."""

    keys: int
    median: float
    p95: float
    longest: float
    cpu_median: float
    cpu_p95: float
    cpu_longest: float


@dataclass(frozen=True, slots=True)
class Key:
    """One key to the screen, in milliseconds, and what was computed for it."""

    wall: float
    cpu: float


class Turns:
    """The longest the window's thread computes between two looks at its events, in milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._since = time.thread_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._turned)

    def _turned(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, (now - self._since) * 1000)
        self._since = now

    def take(self) -> float:
        """The longest since the last call."""
        longest, self.longest = self.longest, 0.0
        return longest


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


def type_into(pane: EditorPane, keys: int) -> list[Key]:
    """Type into the middle of the open entry. The text is put back."""
    text = pane.page.text
    cursor = text.textCursor()
    block = text.document().findBlockByNumber(text.document().blockCount() // 2)
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    text.setTextCursor(cursor)
    text.setFocus()
    taken: list[Key] = []
    pressed: list[tuple[float, float]] = []
    loop = QEventLoop()

    def painted() -> None:
        if pressed:
            wall, cpu = pressed.pop()
            now = (time.perf_counter() - wall) * 1000
            taken.append(Key(now, (time.thread_time() - cpu) * 1000))

    watcher = _Painted(text.viewport(), painted)

    def press() -> None:
        if len(taken) >= keys + FIRST:
            loop.quit()
            return
        if pressed:  # the last one was not painted yet
            return
        letter = WORDS[len(taken) % len(WORDS)]
        key = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
        pressed.append((time.perf_counter(), time.thread_time()))
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


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, 95th percentile, longest."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return statistics.median(ordered), p95, ordered[-1]


def summary(taken: Sequence[Key]) -> Typing:
    """The figures of a run of keys."""
    walls, cpus = spread([key.wall for key in taken]), spread([key.cpu for key in taken])
    return Typing(len(taken), *walls, *cpus)


def in_window(folder: Path, act: Callable[[Session], None]) -> None:
    """Open the window on `folder` and, once its first entry is shown, call `act`; then close it."""
    from journal_app.gui.app import Session, application

    app = application()
    session = Session(folder)
    done: list[bool] = []
    deadline = time.perf_counter() + LONGEST_S

    def begin() -> None:
        editor = session.window.editor
        if editor is None or editor.entry is None:
            if time.perf_counter() > deadline:
                app.quit()
            else:
                QTimer.singleShot(50, begin)
            return
        try:
            act(session)
            done.append(True)
        finally:
            editor.flush(lambda _ok: app.quit())

    session.window.resize(1920, 1080)  # the preview has room beside the text
    session.show(background=False)
    QTimer.singleShot(500, begin)
    app.exec()
    session.close()
    if not done:
        raise JournalError("There is no entry to type into.", "Measure a journal with entries.")
