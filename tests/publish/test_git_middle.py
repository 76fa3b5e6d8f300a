"""Killed, raced, given up, kept waiting: what stands at the remote afterwards."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from journal_app.domain.targets import Delivery, Unsure
from journal_app.errors import Cancelled
from journal_app.extend.conformance import Memory, post_of
from tests.helpers.servers.git import bare, commit, files, git, hook, log
from tests.helpers.servers.git_worlds import FolderWorld, look, send

DONE = ["Publish: Warmup ended the divergence", "The site"]


@pytest.fixture
def world(tmp_path: Path) -> FolderWorld:
    return FolderWorld(tmp_path)


CHILD = """
import sys
from pathlib import Path
from journal_app.publish.git.target import GitTarget
from tests.helpers.servers.git_worlds import FolderWorld, send
world = FolderWorld.__new__(FolderWorld)
world.kind, world.folder, world.config = GitTarget(), Path(sys.argv[1]), {
    "repository": sys.argv[2], "url": "https://example.org", "author": "A <a@b>"}
print(send(world, **dict(a.split("=") for a in sys.argv[3:])).path)
"""


def child(world: FolderWorld, home: Path, *changes: str) -> subprocess.Popen[bytes]:
    """A process of its own that publishes."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(world.folder), str(world.bare), *changes],
        env={**os.environ, "FIELD_JOURNAL_HOME": str(home)},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_killed_in_the_middle_of_a_push(world: FolderWorld, tmp_path: Path) -> None:
    began, go = tmp_path / "began", tmp_path / "go"
    wait = f"while [ ! -e {go} ]; do sleep 0.02; done"
    hook(world.bare, "pre-receive", f'rm "$0"; touch {began}; {wait}')
    process = child(world, tmp_path / "home/data")
    while not began.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    memory = Memory()
    assert look(world, memory) is None  # the server has it, and has not decided
    send(world, memory)
    go.touch()
    _settled(world.bare)
    assert log(world.bare) == DONE


def _settled(repository: Path) -> None:
    """Wait until no push is under way there."""
    until = time.monotonic() + 10
    while any((repository / "objects").glob("tmp_objdir-*")):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_two_at_once_from_one_and_from_two_computers(world: FolderWorld, tmp_path: Path) -> None:
    other = "id=01JE0000000000000000000002"
    running = [
        child(world, tmp_path / "one"),
        child(world, tmp_path / "one"),
        child(world, tmp_path / "two"),
        child(world, tmp_path / "two", other, "slug=other", "title=Other"),
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err.decode()
        assert out.startswith(b"main:")
    assert sorted(log(world.bare)) == ["Publish: Other", *DONE]
    assert len(world.live(post_of(world))) == 1


def test_giving_up_ends_git_too(world: FolderWorld, tmp_path: Path) -> None:
    hook(world.bare, "pre-receive", f"echo $$ > {tmp_path}/pid; exec sleep 60")
    asked = threading.Event()

    def check() -> None:
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().endswith("\n"):
            asked.set()
            raise Cancelled

    post = post_of(world)
    key = world.kind.natural_key(world.config, post)
    with pytest.raises(Unsure, match="gave up"):
        world.kind.publish(world.config, post, key, Delivery(check=check))
    assert asked.is_set()
    pid = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not re.search(r"sleep", _command(pid))
    with pytest.raises(Cancelled):
        world.kind.publish(world.config, post, key, Delivery(check=check))
    assert log(world.bare) == ["The site"]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_server_that_says_nothing_is_not_waited_for(world: FolderWorld) -> None:
    hook(world.bare, "pre-receive", "exec sleep 60")
    world.config["timeout"] = 1.0
    with pytest.raises(Unsure):
        send(world)


def test_only_a_push_of_its_own_is_made(world: FolderWorld, tmp_path: Path) -> None:
    other = bare(tmp_path / "other.git")
    commit(other, {"a": b"a"}, "not ours", "feature")
    git("tag", "v1", "main", at=other)
    world.config["repository"] = str(other)
    before = git("for-each-ref", at=other)
    send(world)
    after = git("for-each-ref", at=other)
    changed = set(after.splitlines()) ^ set(before.splitlines())
    assert all(line.endswith("refs/heads/main") for line in changed)
    assert "hugo.toml" in files(other)
