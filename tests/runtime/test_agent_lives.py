"""The agent outlives what it meets: a full disk, a guest that breaks off, a restored journal."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from journal_app.domain.targets import AccessDenied, Secret, TryLater
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.runtime import clock, single_instance
from journal_app.runtime.agent import waker
from journal_app.runtime.agent.loop import AgentLoop, Look
from journal_app.runtime.http import Web
from tests.helpers.servers.base import FakeSite, Reply

WAIT = 10.0


def test_what_a_look_meets_is_told_once_and_looked_at_again() -> None:
    told: list[str] = []
    loop: AgentLoop

    def look() -> Look:
        if loop.looks == 3:
            loop.stop()
        loop.wake()
        raise JournalError("The disk is full.")

    loop = AgentLoop(look, lambda: None, lambda: 0, lambda error: told.append(str(error)))
    loop.run()
    assert (loop.looks, told) == (3, ["The disk is full."])


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe there")
def test_a_guest_that_breaks_off_or_says_too_much_does_not_close_the_door(tmp_path: Path) -> None:
    knocks = threading.Semaphore(0)
    door = waker.Door(tmp_path, knocks.release)
    try:
        address = single_instance.address(single_instance.name_of(tmp_path, "agent"))
        for said in (b"", b"\x00\x00\x10\x00" + b"x" * 4096, b"\xff" * 8):
            with socket.socket(socket.AF_UNIX) as guest:
                guest.connect(address)
                guest.sendall(said)
            assert knocks.acquire(timeout=WAIT)
        assert waker.knock(tmp_path)
        assert knocks.acquire(timeout=WAIT)
    finally:
        door.close()


def test_an_agent_goes_on_with_a_restored_journal(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        copy = journal.upkeep.backup()
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "journal_app", "--journal", str(journal_folder)),
                *("agent", "run"),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            assert "runs" in process.stderr.readline()
            fresh = journal_folder / "fresh.db"  # as where the former one was damaged
            shutil.copy(copy, fresh)
            fresh.replace(journal.store.file)
            assert journal.store.replaced()
            with Journal(journal_folder) as again:
                for _ in range(200):
                    if again.publisher.status() is not None:
                        break
                    waker.knock(journal_folder)
                    threading.Event().wait(0.05)
                holder = again.publisher.status()
            assert holder is not None
            assert f"/{process.pid}/" in holder.holder
        finally:
            process.terminate()
            process.wait(WAIT)
            process.stderr.close() if process.stderr else None


def test_where_a_number_may_have_been_given_anew_nobody_is_said_to_live(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host = socket.gethostname()
    own = clock.identity()
    monkeypatch.setattr(clock, "_started", lambda _pid: None)
    assert clock.alive(f"{host}/{os.getppid()}/abc") is None
    assert clock.alive(f"{host}/4000000/abc") is False
    assert clock.alive(own) is True
    monkeypatch.setattr(socket, "gethostname", lambda: "another-network")
    assert clock.identity() == own


# ---------------------------------------------------------------------- the way out


class Dripping(FakeSite):
    """A site whose answer never ends."""

    def handle(self, request: object) -> Reply:
        return 200, {"Content-Type": "text/plain"}, b"x" * 300_000


@pytest.mark.parametrize("secret", ["abc\ndef", "schlüssel", "a\x00b"])
def test_a_key_that_no_header_carries_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(AccessDenied) as refused:
        Web("https://site.example", {"Authorization": Secret(secret)})
    assert secret not in str(refused.value)


def test_an_answer_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal_app.runtime.http.STEPS", 0)
    with (
        Dripping() as site,
        Web(site.url, timeout=2) as web,
        pytest.raises(TryLater, match="no answer in time"),
    ):
        web.read("page")
