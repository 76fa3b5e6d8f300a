"""The one way from a worker thread into the window: a queue of closures behind one signal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal, Slot


class UiBridge(QObject):
    """Runs closures in the thread that made this object. Lives as long as the application."""

    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._waiting = False
        self._closed = False
        self._posted.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, fn: Callable[[], None]) -> None:
        """Run `fn` soon in the window's thread, in the order of the calls. Safe in any thread.

        After `close()` the call is dropped: there is nobody left to show it to.
        """
        with self._lock:
            if self._closed:
                return
            self._queue.append(fn)
            if self._waiting:
                return
            self._waiting = True
        self._posted.emit()

    def close(self) -> None:
        """Drop what waits and everything that comes later."""
        with self._lock:
            self._closed = True
            self._queue.clear()

    @Slot()
    def _drain(self) -> None:
        # A closure may post again or raise; what was queued after it must still run, in a new
        # turn of the event loop, so that painting and typing are not held up.
        with self._lock:
            batch = len(self._queue)
        try:
            for _ in range(batch):
                with self._lock:
                    if not self._queue:
                        break
                    fn = self._queue.popleft()
                fn()
        finally:
            with self._lock:
                more = bool(self._queue)
                self._waiting = more
            if more:
                self._posted.emit()
