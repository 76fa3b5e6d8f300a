"""Changes on their way to whoever shows data: gathered, then handed over in one go.

Invariant: listeners run only inside `post`; any thread may tell. A hand-over is posted only if none
is pending, so that a thousand commits cost a window one refresh.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from journal_app.domain.changes import Change

Post = Callable[[Callable[[], None]], None]
Listener = Callable[[list[Change]], None]


def call_at_once(fn: Callable[[], None]) -> None:
    """The `post` of programs without a window."""
    fn()


class Events:
    """Gathers changes and hands them to listeners through `post`."""

    def __init__(self, post: Post = call_at_once) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._waiting: list[Change] = []
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of changes; the returned function ends it (a second call does nothing)."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def tell(self, changes: list[Change]) -> None:
        """Pass changes on, from any thread."""
        if not changes:
            return
        with self._lock:
            first = not self._waiting
            self._waiting.extend(changes)
        if first:
            self._post(self._hand_over)

    def _hand_over(self) -> None:
        with self._lock:
            changes, self._waiting = self._waiting, []
            listeners = list(self._listeners)
        if changes:
            for listener in listeners:
                listener(changes)
