"""The window and other processes: one window for a journal, capture from outside, kills."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal_app.journal import Journal
from journal_app.runtime import single_instance as one
from journal_app.services.drafts import DraftService
from tests.conftest import Cli

TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from journal_app.gui.app import application
from journal_app.gui.bridge import UiBridge
from journal_app.gui.capture.window import QuickCapture
from journal_app.gui.theme import ThemeHolder
from journal_app.journal import Journal
from journal_app.runtime.jobs import Jobs

app = application()
bridge = UiBridge()
quick = QuickCapture(Journal(Path(sys.argv[1])), Jobs(bridge.post), ThemeHolder("light"))
quick.ask()
words = iter(range(10_000))

def word():
    quick.text.insertPlainText(f"w{next(words)} ")
    print(quick.text.toPlainText().count(" "), flush=True)

timer = QTimer(interval=50)
timer.timeout.connect(word)
timer.start()
app.exec()
"""


@pytest.fixture
def start(journal_folder: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program without waiting for its end."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "journal_app", "--journal", str(journal_folder), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


Start = Callable[..., "subprocess.Popen[bytes]"]


def listens(folder: Path, role: str = "window") -> bool:
    """Whether somebody answers within twenty seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if one.send(one.name_of(folder, role), one.Message("show")):
            return True
    return False


def test_two_starts_are_one_window_and_a_kill_leaves_no_wreck(
    start: Start, cli: Cli, journal_folder: Path
) -> None:
    first = start("window")
    assert listens(journal_folder)
    assert cli("window").returncode == 0  # it brought the first one forward and left
    assert cli("capture", "--window").returncode == 0
    id = cli("add", "an entry").stdout.strip()
    assert cli("window", "--entry", id).returncode == 0
    assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start("window")  # the socket of the first still lies there
    assert listens(journal_folder)
    assert second.poll() is None


def test_two_starts_in_the_same_moment_leave_one(start: Start, journal_folder: Path) -> None:
    processes = [start("window") for _ in range(3)]
    assert listens(journal_folder)
    until = time.monotonic() + 30
    while sum(p.poll() is None for p in processes) > 1 and time.monotonic() < until:
        listens(journal_folder)
    alive = [p for p in processes if p.poll() is None]
    assert len(alive) == 1
    assert {p.returncode for p in processes if p not in alive} == {0}


def test_a_second_window_only_when_asked_for(start: Start, journal_folder: Path) -> None:
    first = start("window")
    assert listens(journal_folder)
    second = start("window", "--another")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(3)
    assert first.poll() is None


def test_capture_without_a_window_starts_one_of_its_own(
    start: Start, cli: Cli, journal_folder: Path
) -> None:
    light = start("capture", "--window")
    assert listens(journal_folder, "capture")
    assert cli("capture", "--window").returncode == 0  # the same window again
    assert light.poll() is None


def test_kill_9_while_typing_loses_at_most_two_seconds(journal_folder: Path) -> None:
    chance = random.Random(20261122)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", TYPING, str(journal_folder)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        typed: list[tuple[float, int]] = []
        until = float("inf")
        while time.monotonic() < until:
            line = process.stdout.readline()
            typed.append((time.monotonic(), int(line)))
            if len(typed) == 1:
                until = time.monotonic() + chance.uniform(0.3, 3.5)
        process.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        process.communicate()
        due = max((count for at, count in typed if at < killed - 2.0), default=0)
        with Journal(journal_folder) as journal:
            drafts = DraftService(journal.store)
            left = drafts.take()
            assert left.text.count(" ") >= due, (left.text, typed[-1])
            drafts.drop()
            drafts.release()


def test_capture_from_a_pipe_and_in_a_line(cli: Cli) -> None:
    id = cli("capture", "--kind", "lesson", "--tag", "x", stdin="from a pipe #lr\n").stdout.strip()
    assert "from a pipe" in cli("show", id).stdout
    assert cli("capture", "in", "a", "line").returncode == 0
    empty = cli("capture", stdin="  \n")
    assert empty.returncode == 1 and "nothing to keep" in empty.stderr
    assert cli("capture", "--window", "text").returncode == 2
