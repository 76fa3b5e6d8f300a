"""What the window does while nobody looks: publishes when due, backs up daily."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from journal_app.journal import Journal
from journal_app.runtime.jobs import JobContext, Jobs

if TYPE_CHECKING:
    from journal_app.runtime.scheduler import Heartbeat


class Background:
    """The heartbeat and the daily backup. Errors go to `failed` in the window's thread."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        post: Callable[[Callable[[], None]], None],
        failed: Callable[[Exception], None],
        backed_up: Callable[[], None],
    ) -> None:
        self._journal, self._jobs, self._post, self._failed = journal, jobs, post, failed
        self._backed_up = backed_up
        self._heartbeat: Heartbeat | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin, in the io lane: loading the clock takes longer than a frame."""
        self._jobs.submit("io", self._load, on_done=self._begin, on_error=self._failed)
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
            self._heartbeat.poke()

    def stop(self) -> None:
        """Publish nothing more; what is being sent ends first."""
        self._stopped = True
        if self._heartbeat is not None:
            self._heartbeat.stop()
            self._heartbeat = None

    def _load(self, _context: JobContext) -> Heartbeat:
        from journal_app.runtime.scheduler import Heartbeat

        def told(error: BaseException) -> None:
            if isinstance(error, Exception):
                self._post(lambda: self._failed(error))

        return Heartbeat(self._journal.publishing.run_due, on_error=told)

    def _begin(self, heartbeat: Heartbeat) -> None:
        if not self._stopped:
            self._heartbeat = heartbeat
            heartbeat.start()
