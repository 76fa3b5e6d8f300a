"""The draft of the capture window: read once, written half a second after a key.

One write at a time, so that an older text never lands on a newer one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journal_app.errors import JournalError
from journal_app.services.drafts import Draft

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

SOON = 400  # ms from a key to the disk


class CaptureDraft(QObject):
    """Keeps what `read` gives."""

    found = Signal(object)  # a Draft that another process left behind
    failed = Signal(str)

    def __init__(
        self, journal: Journal, jobs: Jobs, read: Callable[[], tuple[str, str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._read = journal, jobs, read
        self._draft: Draft | None = None
        self._writing = False
        self._stopped = False
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._write)
        if not journal.store.read_only:
            jobs.submit("io", lambda _context: journal.drafts.take(), on_done=self._taken)

    @property
    def id(self) -> str:
        """The id that the note will have."""
        if self._draft is None:
            self._draft = self._journal.drafts.fresh()
        return self._draft.id

    def touched(self) -> None:
        """Something was typed."""
        if not self._timer.isActive() and not self._stopped:
            self._timer.start()

    def kept(self) -> None:
        """It is a note now; what is typed from here on is another one."""
        self._draft = self._journal.drafts.fresh()
        self._write()

    def finish(self) -> None:
        """Write what there is and let the draft go; in the lane that is never cancelled."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        if self._journal.store.read_only:
            return
        draft, drafts = self._now(), self._journal.drafts

        def last(_context: object) -> None:
            try:
                drafts.keep(draft)
            finally:
                drafts.release()

        self._jobs.submit("store", last)

    def _now(self) -> Draft:
        text, kind = self._read()
        return Draft(self.id, text, kind)

    def _taken(self, draft: Draft) -> None:
        if self._stopped:
            return
        if draft.text and not self._read()[0].strip():
            self._draft = draft
            self.found.emit(draft)
        elif self._draft is None:
            self._draft = Draft(draft.id)
        self.touched()

    @Slot()
    def _write(self) -> None:
        if self._writing or self._stopped or self._journal.store.read_only:
            if self._writing:
                self._timer.start()
            return
        draft = self._now()
        self._writing = True
        self._jobs.submit(
            "io",
            lambda _context: self._journal.drafts.keep(draft),
            on_done=lambda _none: self._written(""),
            on_error=self._trouble,
        )

    def _written(self, trouble: str) -> None:
        self._writing = False
        self.failed.emit(trouble)

    def _trouble(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            self._writing = False
            raise error
        self._written(f"{error.message} {error.hint}".strip())
