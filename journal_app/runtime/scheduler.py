"""The heartbeat. APScheduler is only the clock here: the publications table is the schedule.

Invariants: memory store only (nothing is pickled, a missed beat is never remembered); one short
beat instead of one job per post, because a wait is not woken by resume or a changed clock; a beat
that lies too far ahead (the clock was set back) is pulled in; what is due before the next beat gets
a beat of its own, so that nothing waits for the pause.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

SECONDS = 15.0  # at most: lateness that a user may see, and the cost of an idle beat
BEATS = 4  # beats that may run side by side: a slow target does not hold up the others
JUMP = 30.0  # s that the wall clock may drift from the steady one between two beats
_JOB, _EXTRA = "heartbeat", "due"


class Heartbeat:
    """Calls one function every `seconds` and at `next_at` (ms UTC), in threads of its own, at once
    when poked; `jumped` before a beat after the clock was changed or the computer slept."""

    def __init__(
        self,
        call: Callable[[], object],
        *,
        seconds: float = SECONDS,
        next_at: Callable[[], int | None] = lambda: None,
        jumped: Callable[[], object] = lambda: None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        if not 0 < seconds <= SECONDS:
            raise ValueError(f"a heartbeat is at most {SECONDS:g} s")
        self._call = call
        self._seconds = seconds
        self._next_at = next_at
        self._jumped = jumped
        self._on_error = on_error
        self._scheduler: _Clock | None = None
        self._lock = threading.Lock()
        self._drift: float | None = None
        self._looked = 0

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
                executors={"default": ThreadPoolExecutor(BEATS)},
                job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": BEATS},
            )
            if self._on_error is not None:
                scheduler.add_listener(self._tell, EVENT_JOB_ERROR)
            scheduler.add_job(
                self._beat,
                IntervalTrigger(seconds=self._seconds, timezone="UTC"),
                id=_JOB,
                next_run_time=datetime.now(scheduler.timezone),
            )
            scheduler.start()
            self._scheduler = scheduler

    def _beat(self) -> None:
        drift = time.time() - time.monotonic()
        if self._drift is not None and abs(drift - self._drift) > JUMP:
            self._jumped()
        self._drift = drift
        try:
            self._call()
        finally:
            self._beat_when_due()

    def _beat_when_due(self) -> None:
        """A beat of its own for what is due before the next one."""
        at = self._next_at()
        scheduler = self._scheduler
        now = time.time()
        if scheduler is None or at is None or at >= (now + self._seconds) * 1000:
            return
        if at <= now * 1000:  # it came up during the beat, or its target is busy: look once more
            if at == self._looked:
                return
            self._looked, at = at, int(now * 1000) + 1000
        moment = datetime.fromtimestamp(at / 1000, UTC) + timedelta(milliseconds=5)
        scheduler.add_job(
            self._beat, DateTrigger(moment, timezone="UTC"), id=_EXTRA, replace_existing=True
        )

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
