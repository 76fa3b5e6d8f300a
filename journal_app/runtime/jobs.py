"""Work off the window's thread, in lanes; results come back through one `post` function.

Lanes: `store` keeps the order of writes (1 thread), `io` publishes and imports (4), `model` talks
to the model host (1), `search` reads for what is being typed (1). Invariants: callbacks run only
inside `post`; chunks and progress are handed over coalesced (one hand-over pending at most) and
before the end of their job; each job ends in exactly one of done, error, cancelled. Qt is not known
here.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, Literal, TypeVar

from journal_app.errors import Cancelled
from journal_app.runtime.events import Post, call_at_once

T = TypeVar("T")
Lane = Literal["store", "io", "model", "search"]
LANES: dict[Lane, int] = {"store": 1, "io": 4, "model": 1, "search": 1}


class JobContext:
    """What a job is handed: asks whether to go on, tells how far it is."""

    def __init__(self, job: Job[object]) -> None:
        self._job = job

    @property
    def cancelled(self) -> bool:
        """Whether the user gave up."""
        return self._job.cancelled

    def check(self) -> None:
        """Raises Cancelled when the user gave up."""
        if self._job.cancelled:
            raise Cancelled

    def emit(self, chunk: object) -> None:
        """Hand a piece of the result over as soon as may be. Raises Cancelled."""
        self.check()
        self._job._pass_on(chunk=chunk)

    def progress(self, done: int, total: int) -> None:
        """Tell how far the job is; only the latest counts. Raises Cancelled."""
        self.check()
        self._job._pass_on(progress=(done, total))


class Job(Generic[T]):
    """One piece of work under way."""

    def __init__(
        self,
        work: Callable[[JobContext], T],
        post: Post,
        on_done: Callable[[T], None] | None,
        on_error: Callable[[Exception], None] | None,
        on_cancelled: Callable[[], None] | None,
        on_chunks: Callable[[list[object]], None] | None,
        on_progress: Callable[[int, int], None] | None,
        keeps: bool,
    ) -> None:
        self.keeps = keeps
        self._work = work
        self._post = post
        self._on_done = on_done
        self._on_error = on_error
        self._on_cancelled = on_cancelled
        self._on_chunks = on_chunks
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._chunks: list[object] = []
        self._progress: tuple[int, int] | None = None
        self._pending = False
        self._cancel = threading.Event()
        self._ended = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the job to end at its next check; one that has not begun never does."""
        self._cancel.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the work has ended (its callbacks were posted); False at the timeout."""
        return self._ended.wait(timeout)

    def _pass_on(self, chunk: object = None, progress: tuple[int, int] | None = None) -> None:
        with self._lock:
            if progress is not None:
                self._progress = progress
            else:
                self._chunks.append(chunk)
            first, self._pending = not self._pending, True
        if first:
            self._post(self._hand_over)

    def _hand_over(self) -> None:
        with self._lock:
            chunks, self._chunks = self._chunks, []
            progress, self._progress = self._progress, None
            self._pending = False
        if chunks and self._on_chunks is not None:
            self._on_chunks(chunks)
        if progress is not None and self._on_progress is not None:
            self._on_progress(*progress)

    def _run(self) -> None:
        try:
            end = self._result()

            def finish() -> None:
                self._hand_over()
                end()

            self._post(finish)
        finally:
            self._ended.set()

    def _result(self) -> Callable[[], None]:
        """Do the work; the function that tells how it ended."""
        try:
            if self.cancelled:
                raise Cancelled
            result = self._work(JobContext(self))  # type: ignore[arg-type]
        except Cancelled:
            return self._on_cancelled or _nothing
        except Exception as error:  # noqa: BLE001 (the job's owner is told)
            return _telling(self._on_error, error)
        on_done = self._on_done
        return (lambda: on_done(result)) if on_done is not None else _nothing


def _nothing() -> None:
    """What an end does that nobody asked for."""


def _telling(on_error: Callable[[Exception], None] | None, error: Exception) -> Callable[[], None]:
    def tell() -> None:
        if on_error is None:
            raise error  # nobody handles it: a bug, and the program's error hook shall see it
        on_error(error)

    return tell


class Jobs:
    """The lanes of one program. `post` runs a function where callbacks belong (the window's
    thread); the default runs it at once in the worker."""

    def __init__(self, post: Post = call_at_once) -> None:
        self._post = post
        self._queues: dict[Lane, queue.SimpleQueue[Job[object] | None]] = {}
        self._threads: dict[Lane, list[threading.Thread]] = {}
        self._live: set[Job[object]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(
        self,
        lane: Lane,
        work: Callable[[JobContext], T],
        *,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_chunks: Callable[[list[object]], None] | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Job[T]:
        """Queue `work` in a lane. Raises RuntimeError after `shutdown`."""
        job: Job[T] = Job(
            work,
            self._post,
            on_done,
            on_error,
            on_cancelled,
            on_chunks,
            on_progress,
            keeps=lane == "store",
        )
        with self._lock:
            if self._closed:
                raise RuntimeError("the lanes are closed")
            waiting = self._queues.setdefault(lane, queue.SimpleQueue())
            self._live.add(job)  # type: ignore[arg-type]
            threads = self._threads.setdefault(lane, [])
            if len(threads) < LANES[lane]:
                threads.append(self._worker(lane, len(threads), waiting))
        waiting.put(job)  # type: ignore[arg-type]
        return job

    def _worker(
        self, lane: Lane, n: int, waiting: queue.SimpleQueue[Job[object] | None]
    ) -> threading.Thread:
        def loop() -> None:
            while (job := waiting.get()) is not None:
                try:
                    job._run()
                finally:
                    with self._lock:
                        self._live.discard(job)

        # Daemon: a target that never answers must not keep the program from ending.
        thread = threading.Thread(target=loop, name=f"{lane}-{n}", daemon=True)
        thread.start()
        return thread

    def busy(self) -> int:
        """How many jobs wait or run."""
        with self._lock:
            return len(self._live)

    def shutdown(self, timeout: float = 10.0, *, cancel: bool = True) -> bool:
        """Take no more work, cancel (or finish) what there is, wait for the threads.

        Jobs of the `store` lane are never cancelled: what the user wrote is kept. False when a
        thread still works at the timeout; it ends with the program.
        """
        with self._lock:
            self._closed = True
            threads = [thread for lane in self._threads.values() for thread in lane]
            jobs = list(self._live)
            for lane, waiting in self._queues.items():
                for _ in self._threads[lane]:
                    waiting.put(None)
        if cancel:
            for job in jobs:
                if not job.keeps:
                    job.cancel()
        deadline = time.monotonic() + timeout
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)
