"""Lanes, results, chunks, cancelling, shutdown; and changes on their way to a window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from journal_app.domain.changes import Change
from journal_app.runtime.events import Events
from journal_app.runtime.jobs import JobContext, Jobs

WAIT = 10.0


class Window:
    """A stand-in for the window's thread: functions wait until the test runs them."""

    def __init__(self) -> None:
        self.posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, fn: Callable[[], None]) -> None:
        self.posted.put(fn)

    def drain(self) -> int:
        n = 0
        while not self.posted.empty():
            self.posted.get()()
            n += 1
        return n


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def jobs(window: Window) -> Iterator[Jobs]:
    made = Jobs(window.post)
    yield made
    assert made.shutdown(WAIT)


def test_a_result_comes_back_in_the_windows_thread(jobs: Jobs, window: Window) -> None:
    seen: list[tuple[int, str]] = []
    worker: list[str] = []

    def work(ctx: JobContext) -> int:
        worker.append(threading.current_thread().name)
        return 7

    job = jobs.submit(
        "io", work, on_done=lambda r: seen.append((r, threading.current_thread().name))
    )
    assert job.wait(WAIT)
    assert seen == []
    window.drain()
    assert seen == [(7, threading.current_thread().name)]
    assert worker[0].startswith("io-")


def test_an_error_comes_back_and_the_lane_goes_on(jobs: Jobs, window: Window) -> None:
    errors: list[Exception] = []
    done: list[int] = []

    def broken(ctx: JobContext) -> int:
        return 1 // 0

    jobs.submit("store", broken, on_error=errors.append)
    after = jobs.submit("store", lambda ctx: 1, on_done=done.append)
    assert after.wait(WAIT)
    window.drain()
    assert isinstance(errors[0], ZeroDivisionError)
    assert done == [1]
    unheard = jobs.submit("store", broken)
    assert unheard.wait(WAIT)
    with pytest.raises(ZeroDivisionError):
        window.drain()


def test_the_store_lane_keeps_the_order(jobs: Jobs, window: Window) -> None:
    seen: list[int] = []
    last = [jobs.submit("store", lambda ctx, n=n: seen.append(n)) for n in range(200)][-1]
    assert last.wait(WAIT)
    assert seen == list(range(200))


def test_chunks_come_together_in_order_before_the_end(jobs: Jobs, window: Window) -> None:
    told: list[object] = []

    def work(ctx: JobContext) -> str:
        for n in range(1000):
            ctx.emit(n)
            ctx.progress(n + 1, 1000)
        return "end"

    job = jobs.submit(
        "model",
        work,
        on_chunks=told.extend,
        on_progress=lambda done, total: told.append((done, total)),
        on_done=told.append,
    )
    assert job.wait(WAIT)
    assert window.drain() == 2  # one hand-over for all that waited, one for the end
    assert told == [*range(1000), (1000, 1000), "end"]


def test_cancelling_ends_a_job_at_its_check_and_one_that_waits_never_begins(
    jobs: Jobs, window: Window
) -> None:
    began = threading.Event()
    told: list[str] = []
    ran: list[int] = []

    def work(ctx: JobContext) -> None:
        began.set()
        while True:
            ctx.check()

    running = jobs.submit(
        "model", work, on_cancelled=lambda: told.append("running"), on_error=lambda e: ran.append(0)
    )
    waiting = jobs.submit(
        "model", lambda ctx: ran.append(1), on_cancelled=lambda: told.append("waiting")
    )
    assert began.wait(WAIT)
    waiting.cancel()
    running.cancel()
    assert waiting.wait(WAIT)
    window.drain()
    assert told == ["running", "waiting"]
    assert ran == []


def test_shutdown_cancels_readers_and_finishes_writes(window: Window) -> None:
    jobs = Jobs(window.post)
    gate = threading.Event()
    began = threading.Event()
    written: list[int] = []
    ended: list[str] = []

    def read(ctx: JobContext) -> None:
        began.set()
        while True:
            ctx.check()

    jobs.submit("io", read, on_cancelled=lambda: ended.append("cancelled"))
    jobs.submit("store", lambda ctx: gate.wait(WAIT))
    for n in range(3):
        jobs.submit("store", lambda ctx, n=n: written.append(n))
    assert began.wait(WAIT)
    assert not jobs.shutdown(0.05)  # the gate is shut: told, and nothing hangs
    gate.set()
    assert jobs.shutdown(WAIT)
    window.drain()
    assert written == [0, 1, 2]
    assert ended == ["cancelled"]
    assert jobs.busy() == 0
    with pytest.raises(RuntimeError, match="closed"):
        jobs.submit("io", lambda ctx: None)


def test_changes_of_many_commits_are_told_once(window: Window) -> None:
    events = Events(window.post)
    seen: list[list[Change]] = []
    stop = events.listen(seen.append)
    changes = [Change(n, "entry", f"e{n}", "created") for n in range(50)]
    threads = [threading.Thread(target=events.tell, args=([c],)) for c in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events.tell([])
    assert window.drain() == 1
    assert sorted(c.seq for c in seen[0]) == list(range(50))
    stop()
    stop()
    events.tell(changes)
    window.drain()
    assert len(seen) == 1
