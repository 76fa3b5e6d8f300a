"""Search while it is typed: off the window's thread, new letters interrupt older ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from journal_app.domain.query import FIRST_LOOK, parse
from journal_app.errors import JournalError
from journal_app.gui.lists.entry_model import PAGE

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs
    from journal_app.store.search import Found

LAST = 10.0  # seconds after which a search is given up


def asks_nothing(words: str) -> bool:
    """Whether a search has nothing to look for yet, such as an operator without its word."""
    return parse(words, date.today()).empty


class Searcher(QObject):
    """Asks one search at a time. `found` carries the words and what they found: at once, and again
    where the first look was too short."""

    found = Signal(str, object)
    failed = Signal(object)  # a JournalError

    def __init__(self, journal: Journal, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._journal, self._jobs = journal, jobs
        self._job: Job[Found] | None = None
        self._asked = ""

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(self, words: str) -> None:
        """Search; an older search is interrupted and never answered."""
        self.stop()
        self._asked = words

        def work(context: JobContext) -> Found:
            def look(patience: float) -> Found:
                return self._journal.entries.search(
                    words, limit=PAGE, patience=patience, stop=lambda: context.cancelled
                )

            first = look(FIRST_LOOK)
            if not first.hurried:
                return first
            context.emit(first)
            return look(LAST)

        job: Job[Found]

        def tell(found: Found, *, last: bool) -> None:
            if self._job is job:
                if last:
                    self._job = None
                self.found.emit(words, found)

        def fail(error: Exception) -> None:
            if self._job is not job:
                return
            self._job = None
            plain = error if isinstance(error, JournalError) else self._journal.explain(error)
            if plain is None:
                raise error
            self.failed.emit(plain)

        job = self._job = self._jobs.submit(
            "search",
            work,
            on_done=lambda found: tell(found, last=True),
            on_error=fail,
            on_chunks=lambda chunks: tell(chunks[-1], last=False),  # type: ignore[arg-type]
        )

    def stop(self) -> None:
        """Give up the search that runs."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
