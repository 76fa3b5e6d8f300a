"""The agent as a real process: it publishes with no window, alone, small, and on time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from journal_app.journal import Journal
from journal_app.runtime.agent.loop import PAUSE, AgentLoop, Look
from journal_app.runtime.agent.waker import Door, knock

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


def until(what: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something of another process to come true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


@pytest.fixture
def start(journal_folder: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "journal_app", "--journal", str(journal_folder)]
        process = subprocess.Popen(
            [*words, "agent", "run"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        running.append(process)
        assert process.stderr is not None
        assert "runs; Ctrl+C ends it" in process.stderr.readline()
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        assert process.stderr is not None
        process.stderr.close()


def a_post(folder: Path, site: Path) -> str:
    site.mkdir(exist_ok=True)
    with Journal(folder) as journal:
        if not journal.targets.listing():
            journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
        return journal.entries.create("Loss fell.", kind="post", title="The agent did it").id


def soon(seconds: float) -> str:
    return datetime.fromtimestamp(time.time() + seconds, UTC).isoformat(timespec="seconds")


def test_it_publishes_what_is_scheduled_while_it_sleeps(
    cli: Cli, journal_folder: Path, tmp_path: Path, start: Callable[[], subprocess.Popen[str]]
) -> None:
    post = a_post(journal_folder, tmp_path / "site")
    agent = start()
    with Journal(journal_folder) as journal:
        until(lambda: journal.publisher.status() is not None)
        holder = journal.publisher.status()
        assert holder is not None
        assert holder.role == "agent"
        assert f"/{agent.pid}/" in holder.holder
    due = time.time() + 4
    done = cli("schedule", post, "--target", "blog", "--at", soon(4), "--tz", "UTC")
    assert done.returncode == 0, done.stderr
    page = tmp_path / "site/content/posts/the-agent-did-it/index.md"
    until(page.exists)  # the agent was told: it does not sleep on for the rest of its pause
    assert page.stat().st_mtime - due < PAUSE / 2
    until(lambda: "Nothing waits" in cli("queue").stdout)


def test_one_publishes_and_the_other_takes_over_when_it_is_killed(
    journal_folder: Path, tmp_path: Path, start: Callable[[], subprocess.Popen[str]]
) -> None:
    a_post(journal_folder, tmp_path / "site")
    first = start()
    with Journal(journal_folder) as journal:
        until(lambda: journal.publisher.status() is not None)
        second = start()
        holder = journal.publisher.status()
        assert holder is not None
        assert f"/{first.pid}/" in holder.holder
        assert not journal.publisher.take("window")  # a window watches
        os.kill(first.pid, signal.SIGKILL)
        first.wait(10)
        found = journal.publisher.status()
        assert found is None or f"/{second.pid}/" in found.holder
        knock(journal_folder)

        def taken_over() -> bool:
            found = journal.publisher.status()
            return found is not None and f"/{second.pid}/" in found.holder

        until(taken_over)


def test_it_ends_when_asked_and_lets_go(
    journal_folder: Path, tmp_path: Path, start: Callable[[], subprocess.Popen[str]]
) -> None:
    a_post(journal_folder, tmp_path / "site")
    agent = start()
    with Journal(journal_folder) as journal:
        until(lambda: journal.publisher.status() is not None)
        agent.terminate()
        assert agent.wait(20) == 0
        assert journal.publisher.status() is None
        assert journal.publisher.take("window")


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_it_stays_small(
    journal_folder: Path, tmp_path: Path, start: Callable[[], subprocess.Popen[str]]
) -> None:
    a_post(journal_folder, tmp_path / "site")
    agent = start()
    with Journal(journal_folder) as journal:
        until(lambda: journal.publisher.status() is not None)
    assert psutil.Process(agent.pid).memory_info().rss < 40_000_000


# ---------------------------------------------------------------------- the loop alone


def test_an_idle_loop_waits_its_whole_pause() -> None:
    loop = AgentLoop(lambda: Look(True, None), lambda: None, lambda: 0)
    assert loop._step(Look(True, None)) == PAUSE
    assert loop._step(Look(False, 5)) == PAUSE  # another one publishes
    assert loop._step(Look(True, 10**15)) == PAUSE


def test_a_loop_starts_the_sender_ahead_of_time_and_once() -> None:
    sent: list[int] = []
    now = 1_000_000
    loop = AgentLoop(lambda: Look(True, None), lambda: sent.append(1), lambda: now)
    assert loop._step(Look(True, now + 10_000)) == pytest.approx(8)
    loop._step(Look(True, now + 1_500))
    loop._step(Look(True, now + 1_500))
    until(lambda: sent)
    assert sent == [1]
    loop._step(Look(True, now + 1_600, True))
    until(lambda: len(sent) == 2)


def test_a_knock_is_heard_and_carries_nothing(journal_folder: Path) -> None:
    journal_folder.mkdir(exist_ok=True)
    heard: list[int] = []
    assert not knock(journal_folder)
    door = Door(journal_folder, lambda: heard.append(1))
    try:
        assert knock(journal_folder)
        until(lambda: heard == [1])
    finally:
        door.close()
