"""The loop of the agent: wait, look at the queue, let a process of its own send what is due.

The agent itself stays small: what sends (HTTP, rendering, git) is loaded by a short-lived process,
started a little before the time, so that a post leaves when it is due. Invariant: an idle agent
wakes up every PAUSE seconds, not more often.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

PAUSE = 15.0  # s between two looks
AHEAD = 2_000  # ms that the sending process is started before it is needed
SENDERS = 3  # processes that may send side by side: a slow target does not hold up the others
AGAIN = 10_000  # ms until the same row is a reason to start another one


@dataclass(frozen=True, slots=True)
class Look:
    """What the queue says: whether this process is the publisher, when there is something to do
    (ms UTC), whether a dead process left something behind."""

    publishes: bool
    next_at: int | None
    abandoned: bool = False


class AgentLoop:
    """Runs until `stop`. `look` reads the queue; `send` runs one sending process to its end;
    `trouble` hears once what a look met: the agent lives on, and looks again."""

    def __init__(
        self,
        look: Callable[[], Look],
        send: Callable[[], object],
        now: Callable[[], int],
        trouble: Callable[[Exception], object] = lambda _error: None,
    ) -> None:
        self._look, self._send, self._now, self._trouble = look, send, now, trouble
        self._said = ""
        self._awake = threading.Event()
        self._stopped = False
        self._senders: set[threading.Thread] = set()
        self._last: tuple[int | None, int] = (None, 0)  # what a sender was last started for, when
        self.looks = 0

    def wake(self) -> None:
        """Look now."""
        self._awake.set()

    def stop(self) -> None:
        """End soon; what is being sent goes on in its own process."""
        self._stopped = True
        self._awake.set()

    def run(self) -> None:
        """Look, send, wait."""
        while not self._stopped:
            self._awake.clear()
            self.looks += 1
            try:
                pause, said = self._step(self._look()), ""
            except Exception as error:  # noqa: BLE001 - a full disk today is none tomorrow
                pause, said = PAUSE, f"{type(error).__name__}: {error}"
                if said != self._said:  # the next look meets the same
                    self._trouble(error)
            self._said = said
            self._awake.wait(pause)

    def _step(self, found: Look) -> float:
        """Start what is due; the seconds until the next look."""
        if not found.publishes:
            return PAUSE
        now = self._now()
        at = found.next_at
        if found.abandoned or (at is not None and at - AHEAD <= now):
            self._start(at, now)
            return PAUSE  # the end of the sender wakes us
        return PAUSE if at is None else min(PAUSE, max(0.05, (at - AHEAD - now) / 1000))

    def _start(self, at: int | None, now: int) -> None:
        self._senders = {one for one in self._senders if one.is_alive()}
        what, when = self._last
        if len(self._senders) >= SENDERS or (what == at and 0 <= now - when < AGAIN):
            return
        self._last = (at, now)
        sender = threading.Thread(target=self._run_sender, name="agent-sender", daemon=True)
        self._senders.add(sender)
        sender.start()

    def _run_sender(self) -> None:
        try:
            self._send()
        finally:
            self._awake.set()
