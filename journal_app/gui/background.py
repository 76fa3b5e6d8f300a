"""What the window does while nobody looks: publishes when due, backs up daily."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from journal_app.domain.publishing import Outcome
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs
    from journal_app.runtime.scheduler import Heartbeat

BACKUP_LOOK = 30 * 60 * 1000  # ms between looks whether the daily copy is due


class Background:
    """The heartbeat and the daily backup. Everything it tells comes in the window's thread.

    An outcome is told once: a publication that stays uncertain comes back with each beat.
    """

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        post: Callable[[Callable[[], None]], None],
        failed: Callable[[Exception], None],
        backed_up: Callable[[], None],
        ended: Callable[[Outcome], None],
    ) -> None:
        self._journal, self._jobs, self._post, self._failed = journal, jobs, post, failed
        self._backed_up, self._ended = backed_up, ended
        self._heartbeat: Heartbeat | None = None
        self._stopped = self._poked = False
        self._told: set[tuple[str, str, str]] = set()
        self._said = ""
        self._backup = QTimer(interval=BACKUP_LOOK)
        self._backup.timeout.connect(self.back_up)

    def start(self) -> None:
        """Begin, in the io lane: loading the clock takes longer than a frame."""
        self._jobs.submit("io", self._load, on_done=self._begin, on_error=self._failed)
        self._backup.start()
        self.back_up()

    def back_up(self) -> None:
        """Take the copy of the day, if it is due."""
        self._jobs.submit(
            "io",
            lambda _context: self._journal.upkeep.backup_if_due(),
            on_done=lambda copy: self._backed_up() if copy is not None else None,
            on_error=self._failed,
        )

    @property
    def beats(self) -> bool:
        """Whether the queue is watched."""
        return self._heartbeat is not None and self._heartbeat.running

    def poke(self) -> None:
        """Look at the queue now: a schedule was changed."""
        if self._heartbeat is not None:
            self._poked = True
            self._heartbeat.poke()

    def stop(self) -> None:
        """Publish nothing more; what is being sent ends first."""
        self._stopped = True
        self._backup.stop()
        if self._heartbeat is not None:
            self._heartbeat.stop()
            self._heartbeat = None
            self._journal.publisher.release()
            self._journal.looked(3)

    def take(self, outcomes: list[Outcome]) -> None:
        """Tell what came of the publications; called by the beat, in its thread."""
        for outcome in outcomes:
            self._post(lambda one=outcome: self._tell(one))  # type: ignore[misc]

    def _tell(self, outcome: Outcome) -> None:
        key = (outcome.publication.id, outcome.publication.state, outcome.message)
        if key not in self._told:
            self._told.add(key)
            self._ended(outcome)

    def _load(self, _context: JobContext) -> Heartbeat:
        from journal_app.runtime.agent.waker import knock
        from journal_app.runtime.scheduler import Heartbeat

        journal = self._journal

        def beat() -> None:
            poked, self._poked = self._poked, False
            if journal.publisher.take("window"):
                self.take(journal.tend())
            elif poked:  # the agent publishes: it is to look before its pause is over
                knock(journal.folder)

        def next_at() -> int | None:
            return journal.publishing.next_wake() if journal.publisher.take("window") else None

        def told(error: BaseException) -> None:
            if isinstance(error, Exception):
                self._post(lambda: self._trouble(error))

        jumped = journal.publishing.wake_forgotten
        jumped()
        return Heartbeat(beat, next_at=next_at, jumped=jumped, on_error=told)

    def _trouble(self, error: Exception) -> None:
        if str(error) != self._said:  # the next beat meets the same
            self._said = str(error)
            self._failed(error)

    def _begin(self, heartbeat: Heartbeat) -> None:
        if not self._stopped:
            self._heartbeat = heartbeat
            heartbeat.start()
