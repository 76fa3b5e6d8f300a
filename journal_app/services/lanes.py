"""Lanes: what is awake is looked at target by target, those of several targets side by side.

Invariants: the posts of one target go one after the other; what becomes due while a slow target is
at work does not wait for it; a row that cannot be worked on holds up no other.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from journal_app.errors import JournalError
from journal_app.store import publications, queue

if TYPE_CHECKING:
    from journal_app.domain.publishing import Outcome
    from journal_app.store.database import Store

BATCH = 100  # rows looked at in one go
TURNS = 3  # looks at one publication in one run: uncertain, to be sent again, sent
LANES = 16  # targets that are sent to side by side: they mostly wait
POLL = 1.0  # s between two looks for what becomes due while lanes are at work
LOOK_AGAIN = 15_000  # ms until an uncertain one is read again
BROKEN = 5 * 60_000  # ms until a row that cannot be worked on is tried again

Tend = Callable[[str], "Outcome | None"]


class Lanes:
    """The lanes of one process. Several threads may run them; a target is in one of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._busy: set[str] = set()
        self._untold: list[Outcome] = []  # of a run that ended with an error
        self._lock = threading.Lock()

    def run(self, clock: Callable[[], int], tend: Tend) -> list[Outcome]:
        """Let `tend` look at each publication that is awake by `clock`, until none is.

        Raises what went wrong first, when all others were looked at; the next run tells the rest.
        """
        seen: Counter[str] = Counter()
        groups = self._take_groups(clock(), seen)
        if not groups:
            return self._told([])
        outcomes: list[Outcome] = []
        errors: list[Exception] = []
        tasks: set[Future[list[Outcome]]] = set()
        with ThreadPoolExecutor(LANES, "sending") as lanes:
            while groups or tasks:
                tasks |= {lanes.submit(self._tend_all, g, tend, errors) for g in groups}
                done, tasks = wait(tasks, POLL, FIRST_COMPLETED)
                outcomes += [outcome for task in done for outcome in task.result()]
                groups = self._take_groups(clock(), seen)
        if errors:
            with self._lock:
                self._untold += outcomes
            raise errors[0]
        return self._told(outcomes)

    def _told(self, outcomes: list[Outcome]) -> list[Outcome]:
        with self._lock:
            untold, self._untold = self._untold, []
        return [*untold, *outcomes]

    def _take_groups(self, now: int, seen: Counter[str]) -> list[tuple[str, list[str]]]:
        groups: dict[str, list[str]] = {}
        with self._lock:
            for id, target in queue.awake(self._store.read(), now, BATCH, self._busy):
                if seen[id] < TURNS:
                    groups.setdefault(target, []).append(id)
                    seen[id] += 1
            self._busy |= groups.keys()
        return list(groups.items())

    def _tend_all(
        self, group: tuple[str, list[str]], tend: Tend, errors: list[Exception]
    ) -> list[Outcome]:
        target, ids = group
        done: list[Outcome | None] = []
        try:
            for id in ids:
                try:
                    done.append(tend(id))
                except Exception as error:  # noqa: BLE001 - raised when the others were looked at
                    errors.append(error)
                    self._put_off(id, LOOK_AGAIN if isinstance(error, JournalError) else BROKEN)
        finally:
            with self._lock:
                self._busy.discard(target)
            self._store.close_reader()
        return [outcome for outcome in done if outcome is not None]

    def _put_off(self, id: str, ms: int) -> None:
        # Where even that cannot be written, the next run meets the row again.
        with contextlib.suppress(Exception), self._store.write() as w:
            publications.put_off(w, id, w.now + ms)
