"""The heartbeat. APScheduler is only the clock here: the publications table is the schedule.

Invariants: memory store only (nothing is pickled, a missed beat is never remembered); one short
beat instead of one job per post, because a wait is not woken by resume or a changed clock; a beat
that lies too far ahead (the clock was set back) is pulled in.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

SECONDS = 15.0  # at most: lateness that a user may see, and the cost of an idle beat
_JOB = "heartbeat"


class Heartbeat:
    """Calls one function every `seconds`, in a thread of its own, at once when poked."""

    def __init__(
        self,
        call: Callable[[], object],
        *,
        seconds: float = SECONDS,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        if not 0 < seconds <= SECONDS:
            raise ValueError(f"a heartbeat is at most {SECONDS:g} s")
        self._call = call
        self._seconds = seconds
        self._on_error = on_error
        self._scheduler: _Clock | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether it beats."""
        return self._scheduler is not None

    def start(self) -> None:
        """Beat now and from now on; a second call does nothing."""
        with self._lock:
            if self._scheduler is not None:
                return
            # A beat that takes longer than the pause is no news: the next one is simply left out.
            logging.getLogger("apscheduler").setLevel(logging.ERROR)
            scheduler = _Clock(
                self._seconds,
                timezone="UTC",
                executors={"default": ThreadPoolExecutor(1)},
                job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            )
            if self._on_error is not None:
                scheduler.add_listener(self._tell, EVENT_JOB_ERROR)
            scheduler.add_job(
                self._call,
                IntervalTrigger(seconds=self._seconds, timezone="UTC"),
                id=_JOB,
                next_run_time=datetime.now(scheduler.timezone),
            )
            scheduler.start()
            self._scheduler = scheduler

    def poke(self) -> None:
        """Beat soon: after a schedule was changed, on resume, when the network is back."""
        scheduler = self._scheduler
        if scheduler is not None:
            scheduler.modify_job(_JOB, next_run_time=datetime.now(scheduler.timezone))

    def stop(self, wait: bool = True) -> None:
        """End it; with `wait`, a beat under way ends first. A second call does nothing."""
        with self._lock:
            scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=wait)

    def _tell(self, event: JobExecutionEvent) -> None:
        if self._on_error is not None:
            self._on_error(event.exception)


class _Clock(BackgroundScheduler):  # type: ignore[misc]
    """A BackgroundScheduler whose next beat is never further away than the pause."""

    def __init__(self, seconds: float, **options: Any) -> None:
        self._pause = timedelta(seconds=seconds)
        super().__init__(**options)

    def _process_jobs(self) -> float | None:
        now = datetime.now(self.timezone)
        job = self.get_job(_JOB)
        if job is not None and job.next_run_time and job.next_run_time > now + 2 * self._pause:
            job.modify(next_run_time=now)
        wait: float | None = super()._process_jobs()
        return wait if wait is None else min(wait, self._pause.total_seconds())
