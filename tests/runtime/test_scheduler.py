"""The heartbeat beats, survives errors and a clock that was set back, and ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest

from journal_app.runtime import clock
from journal_app.runtime.scheduler import Heartbeat

WAIT = 10.0


class Count:
    """Counts calls; `reach` waits for a number of them."""

    def __init__(self) -> None:
        self.n = 0
        self._more = threading.Condition()

    def __call__(self) -> None:
        with self._more:
            self.n += 1
            self._more.notify_all()

    def reach(self, n: int) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self.n >= n, WAIT)


def threads() -> set[str]:
    return {t.name for t in threading.enumerate()}


def test_it_beats_at_once_and_again_and_ends() -> None:
    before = threads()
    count = Count()
    heart = Heartbeat(count, seconds=0.05)
    heart.start()
    heart.start()
    assert heart.running
    assert count.reach(3)
    heart.stop()
    heart.stop()
    assert not heart.running
    assert threads() == before


def test_an_error_in_a_beat_is_told_and_the_next_one_comes() -> None:
    count = Count()
    errors: list[BaseException] = []

    def beat() -> None:
        count()
        if count.n == 1:
            raise OSError("the folder is away")

    heart = Heartbeat(beat, seconds=0.05, on_error=errors.append)
    heart.start()
    assert count.reach(3)
    heart.stop()
    assert [str(error) for error in errors] == ["the folder is away"]


def test_a_poke_beats_now() -> None:
    count = Count()
    heart = Heartbeat(count, seconds=15)
    heart.start()
    assert count.reach(1)
    heart.poke()
    assert count.reach(2)
    heart.stop()
    heart.poke()


def test_a_beat_that_lies_an_hour_ahead_is_pulled_in() -> None:
    # What a clock that was set back by an hour leaves: the next beat is an hour away.
    count = Count()
    heart = Heartbeat(count, seconds=0.1)
    heart.start()
    assert count.reach(1)
    inner = heart._scheduler
    assert inner is not None
    inner.modify_job("heartbeat", next_run_time=datetime.now(inner.timezone) + timedelta(hours=1))
    assert count.reach(count.n + 2)
    heart.stop()


def test_a_pause_longer_than_the_promise_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 15"):
        Heartbeat(Count(), seconds=60)


def test_the_clock_knows_this_process_from_dead_and_distant_ones() -> None:
    own = clock.identity()
    host, pid, start = own.rsplit("/", 2)
    assert clock.alive(own) is True
    assert clock.alive(f"{host}/{pid}/other") is False
    assert clock.alive("elsewhere/1/1") is None
    assert clock.alive("") is None
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from journal_app.runtime import clock; print(clock.identity(), flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    other = child.stdout.readline().strip()
    assert clock.alive(other) is True
    child.stdin.close()
    child.stdout.close()
    child.wait(WAIT)
    assert clock.alive(other) is False
    assert start


def test_this_computer_has_a_zone() -> None:
    from zoneinfo import ZoneInfo

    assert ZoneInfo(clock.local_zone())
