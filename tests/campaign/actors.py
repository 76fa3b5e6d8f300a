"""Agents of the campaign: forked processes that publish until they are killed."""

from __future__ import annotations

import contextlib
import mmap
import os
import random
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.journal import Journal


class Clock:
    """A wall clock that all processes share and the orchestrator sets."""

    def __init__(self, file: Path, start: int) -> None:
        file.write_bytes(struct.pack("<q", start - time.time_ns() // 1_000_000))
        with file.open("r+b") as handle:
            self._shared = mmap.mmap(handle.fileno(), 8)

    @property
    def offset(self) -> int:
        """Milliseconds that it is before the real one."""
        return int(struct.unpack("<q", self._shared[:8])[0])

    def now(self) -> int:
        """Milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000 + self.offset

    def move(self, ms: int) -> None:
        """Set it forward or back."""
        self._shared[:8] = struct.pack("<q", self.offset + ms)


def _act(folder: Path, clock: Clock, seed: int, lease: bool) -> None:
    from journal_app.errors import JournalError
    from journal_app.journal import Journal

    rng = random.Random(seed)
    journal = Journal(folder, now=clock.now)
    drift = clock.now() / 1000 - time.monotonic()
    while True:
        try:
            after = clock.now() / 1000 - time.monotonic()
            if abs(after - drift) > 30:  # as the heartbeat notices it
                drift = after
                journal.publishing.wake_forgotten()
            if not lease or journal.publisher.take("agent"):
                journal.publishing.run_due()
        except JournalError:
            pass  # told in the window, and tried again by the next beat
        time.sleep(rng.uniform(0.002, 0.02))


def person(folder: Path, clock: Clock, errors: Path, act: Callable[[Journal], object]) -> int:
    """A person does something: the id of the process that does it."""
    pid = os.fork()
    if pid:
        return pid
    try:
        from journal_app.errors import JournalError
        from journal_app.journal import Journal

        with contextlib.suppress(JournalError):
            act(Journal(folder, now=clock.now))
    except BaseException:  # noqa: BLE001 (whatever it is, the campaign must hear of it)
        with errors.open("a") as handle:
            handle.write(traceback.format_exc())
    finally:
        os._exit(0)


def take_back(post: str, target: str) -> Callable[[Journal], object]:
    """Take a post back from its readers."""
    return lambda journal: journal.publishing.unpublish(post, target)


def take_off(id: str) -> Callable[[Journal], object]:
    """Take off what waits."""
    return lambda journal: journal.publishing.cancel(id)


def put_off(id: str, at: str) -> Callable[[Journal], object]:
    """Give what waits another time."""
    return lambda journal: journal.publishing.reschedule(id, at, tz="UTC")


def send_now(post: str, target: str) -> Callable[[Journal], object]:
    """Send it now instead."""
    return lambda journal: journal.publishing.publish_now(post, target)


def write_on(id: str, post: str) -> Callable[[Journal], object]:
    """Change the text and approve it."""

    def act(journal: Journal) -> None:
        entry = journal.entries.get(post)
        journal.entries.save(post, f"{entry.body} And so on.", base_rev=entry.rev)
        journal.publishing.approve(id)

    return act


class Agent:
    """One agent. `start` forks it from this process, which has everything loaded."""

    def __init__(self, folder: Path, clock: Clock, errors: Path) -> None:
        self._folder, self._clock, self._errors = folder, clock, errors
        self._pid = 0

    def start(self, seed: int, lease: bool) -> None:
        """Begin to publish."""
        self._pid = os.fork()
        if self._pid:
            return
        try:
            sys.stdin.close()
            _act(self._folder, self._clock, seed, lease)
        except BaseException:  # noqa: BLE001 (whatever it is, the campaign must hear of it)
            with self._errors.open("a") as handle:
                handle.write(traceback.format_exc())
        finally:
            os._exit(1)

    def kill(self) -> None:
        """kill -9."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
