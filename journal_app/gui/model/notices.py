"""What the gate has to tell, in a quiet line above the status bar: gates that closed, evals due.

Nothing of it delays the start, and no eval ever starts by itself: minutes of work are offered when
nobody has done anything for a while, and begin when the user says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout

from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.notice import Notice, Way

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.window import MainWindow
    from journal_app.journal import Journal

AFTER = 4_000  # ms from the start to the first look
QUIET = 20_000  # ms without a key, a click or a job: the user does something else
DAY = 24 * 3600 * 1000
FOLLOW = 5_000  # ms between looks whether the model process came or went
_BUSY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


@dataclass(frozen=True, slots=True)
class Told:
    """What the gate says: lines for people, and the packs whose eval should run again."""

    lines: tuple[str, ...]
    due: tuple[str, ...]


def read(journal: Journal) -> Told:
    """Ask the gate; loads no model. Run it in a lane."""
    lines = tuple(journal.gate.notices())
    due = []
    for pack in dict.fromkeys(record.identity.pack for record in journal.gate.history()):
        try:
            if journal.gate.due(pack):
                due.append(pack)
        except JournalError:
            continue  # not installed any more: nothing to evaluate
    return Told(lines, tuple(due))


class GateNotices(QObject):
    """The line, and when it is looked at."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.notice = Notice(window.root)
        layout = window.root.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(layout.count() - 1, self.notice)
        self._told = Told((), ())
        self._said: tuple[str, ...] = ()  # who closed the line is not told the same again
        self._pid: int | None = None
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self.look)
        self._daily = QTimer(self, interval=DAY)
        self._daily.timeout.connect(self.look)
        self._idle = QTimer(self, singleShot=True, interval=QUIET)
        self._idle.timeout.connect(self._offer)
        self._follow = QTimer(self, interval=FOLLOW)
        self._follow.timeout.connect(self._follow_host)
        window.refresher.changed.connect(self._stale)

    def start(self) -> None:
        """Look soon, once a day, and after each eval."""
        self._soon.start()
        self._daily.start()
        self._follow.start()

    def stop(self) -> None:
        """Look no more."""
        for timer in (self._soon, self._daily, self._idle, self._follow):
            timer.stop()
        self._watch(False)

    @Slot()
    def look(self) -> None:
        """Ask the gate, in a lane."""
        journal = self._window.journal
        self._window.jobs.submit(
            "io",
            lambda _context: read(journal),
            on_done=self.show_told,
            on_error=self._window.failed,
        )

    def show_told(self, told: Told) -> None:
        """Show what is to be known; an eval that is due is offered once the window is idle."""
        self._told = told
        if not told.lines:
            self._said = ()
            self.notice.drop("gate")
            self._watch(False)
        elif told.lines != self._said:
            self._watch(bool(told.due))
            if not told.due:
                self._show(())

    def _watch(self, on: bool) -> None:
        """Wait until nobody has done anything for a while."""
        handle = self._window.windowHandle()  # keys and clicks come here, and little else
        if handle is not None:
            handle.removeEventFilter(self)
        if on:
            if handle is not None:
                handle.installEventFilter(self)
            self._idle.start()
        else:
            self._idle.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works here: wait anew."""
        if event.type() in _BUSY and self._idle.isActive():
            self._idle.start()
        return False

    @Slot()
    def _offer(self) -> None:
        if self._window.jobs.busy() or not self._told.due:
            self._idle.start()
            return
        self._watch(False)
        pack = self._told.due[0]
        self._show(((tr("Evaluate now"), lambda: self._evaluate(pack)),))

    def _show(self, ways: tuple[Way, ...]) -> None:
        text = " ".join(self._told.lines)
        show: Way = (tr("Show evals"), self._show_evals)
        self._said = self._told.lines
        self.notice.tell("gate", "stale", text, (*ways, show))

    def _evaluate(self, pack: str) -> None:
        self.notice.drop("gate")
        self._window.acts.models.evaluate(pack)

    def _show_evals(self) -> None:
        self._window.acts.models.show("evals")

    @Slot(list)
    def _stale(self, changes: list[Change]) -> None:
        if any(change.noun == "model_eval" for change in changes):
            self.look()

    @Slot()
    def _follow_host(self) -> None:
        """The status bar names what is loaded: follow the process as it comes and goes."""
        pid = self._window.journal.model_host.pid
        if pid != self._pid:
            self._pid = pid
            self._window.read_facts()
