"""Work of a dialog that asks a target or the web: what is done, a bar, Cancel. Nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from journal_app.errors import JournalError
from journal_app.gui.announce import announce
from journal_app.gui.language import tr
from journal_app.gui.tray import fill
from journal_app.gui.widgets import ElidedLabel, button

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs

T = TypeVar("T")


class Asking(QWidget):
    """One piece of work at a time; hidden while there is none. An answer that comes after Cancel,
    after other work was begun or after the dialog was closed is dropped."""

    changed = Signal()  # it began or ended

    def __init__(self, journal: Journal, jobs: Jobs) -> None:
        super().__init__()
        self._journal, self._jobs = journal, jobs
        self._job: Job[Any] | None = None
        self._turn = 0
        self.firm = False  # whether work is under way that is not given up
        self.doing = ElidedLabel("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = button(tr("Cancel"), self.cancel, "link")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.doing, 1)
        head.addWidget(self.cancel_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(head)
        rows.addWidget(self.bar)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def run(
        self,
        title: str,
        work: Callable[[JobContext], T],
        done: Callable[[T], object],
        failed: Callable[[JournalError], object],
        piece: Callable[[object], object] | None = None,
        *,
        firm: bool = False,
    ) -> None:
        """Do `work` in the io lane. `failed` gets errors that people can read; a bug raises.
        `piece` gets what the work emits before its end. `firm` work cannot be given up: its answer
        is always told."""
        if self.firm:
            return  # one thing at a time
        self.stop()
        self._turn += 1
        turn = self._turn

        def finished(result: T) -> None:
            if self._end(turn):
                done(result)

        def wrong(error: Exception) -> None:
            mine = self._end(turn)
            plain = error if isinstance(error, JournalError) else self._journal.explain(error)
            if plain is None:
                raise error
            if mine:
                failed(plain)

        self.doing.set_text(title)
        self.bar.setAccessibleName(title)
        self.cancel_button.setAccessibleName(tr("Cancel: {title}", title=title))
        fill(self.bar, 0, 0)
        self.firm = firm
        self.cancel_button.setVisible(not firm)
        self.show()
        announce(self, title)
        self._job = self._jobs.submit(
            "io",
            work,
            on_done=finished,
            on_error=wrong,
            on_cancelled=lambda: self._ended(turn),
            on_progress=lambda made, total: self._far(turn, made, total),
            on_chunks=lambda chunks: self._piece(turn, chunks, piece),
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Give up: what it answers does not matter any more."""
        if self._job is not None:
            self.stop()
            announce(self, tr("Cancelled"))

    def stop(self) -> None:
        """The same, silently: the dialog closes, or asks for something else."""
        if self._job is not None and not self.firm:
            self._job.cancel()
            self._end(self._turn)

    def _far(self, turn: int, made: int, total: int) -> None:
        if turn == self._turn and self._job is not None:
            fill(self.bar, made, total)

    def _piece(
        self, turn: int, chunks: list[object], piece: Callable[[object], object] | None
    ) -> None:
        if piece is not None and chunks and turn == self._turn and self._job is not None:
            piece(chunks[-1])

    def _ended(self, turn: int) -> None:
        self._end(turn)

    def _end(self, turn: int) -> bool:
        """Whether it was this piece of work that was waited for."""
        if turn != self._turn or self._job is None:
            return False
        self._job, self.firm = None, False
        self.hide()
        self.changed.emit()
        return True
