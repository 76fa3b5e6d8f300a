"""One holder of a name at a time, whatever happened to the one before; only known messages."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.errors import JournalError
from journal_app.runtime import single_instance as one
from journal_app.runtime.single_instance import Message

HOLD = """
import sys, time
from pathlib import Path
from journal_app.runtime import single_instance as one
held = one.claim(one.name_of(Path(sys.argv[1])))
print("held" if held else "taken", flush=True)
sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def said(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_starts_at_once_leave_one_holder(tmp_path: Path) -> None:
    processes = [hold(tmp_path) for _ in range(6)]
    try:
        words = [said(process) for process in processes]
    finally:
        for process in processes:
            process.communicate()
    assert sorted(words) == [b"held", *[b"taken"] * 5]


def test_a_killed_holder_leaves_the_name_free(tmp_path: Path) -> None:
    process = hold(tmp_path)
    assert said(process) == b"held"
    assert one.claim(one.name_of(tmp_path)) is None
    process.kill()
    process.communicate()
    held = one.claim(one.name_of(tmp_path))
    assert held is not None
    held.release()


def test_every_path_to_a_folder_has_one_name(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "journal"
    folder.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert one.name_of(link) == one.name_of(folder) == one.name_of(folder / ".." / "journal")
    assert one.name_of(folder) != one.name_of(folder.parent)
    assert one.name_of(folder) != one.name_of(folder, "capture")


def test_a_socket_that_was_left_over_is_nobody(tmp_path: Path) -> None:
    name = one.name_of(tmp_path)
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(one.address(name))
    assert not one.send(name, Message("capture"))
    assert not one.ask(name, Message("capture"))  # and nobody is waited for


def test_one_that_is_just_starting_is_waited_for(tmp_path: Path) -> None:
    name = one.name_of(tmp_path)
    held = one.claim(name)
    heard: list[bytes] = []
    ready = threading.Event()

    def listen() -> None:
        ready.wait(5)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(one.address(name))
            server.listen()
            peer, _ = server.accept()
            with peer:
                heard.append(peer.recv(600))
                peer.sendall(b"ok\n")

    thread = threading.Thread(target=listen)
    thread.start()
    threading.Timer(0.15, ready.set).start()
    assert one.ask(name, Message("open", "01HZZZZZZZZZZZZZZZZZZZZZZZ"))
    thread.join()
    assert heard == [b"open 01HZZZZZZZZZZZZZZZZZZZZZZZ\n"]
    assert held is not None
    held.release()


def test_messages() -> None:
    for message in (
        Message("capture"),
        Message("show", token="gnome-shell/x-1_TIME42"),
        Message("open", "01HZZZZZZZZZZZZZZZZZZZZZZZ"),
    ):
        assert one.read(message.line().encode()) == message


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"run rm\n", b"open\n", b"open ../../etc/passwd\n", b"capture now\n",
        b"show /etc/passwd\n", b"capture token=a b\n", b"capture token=\n", "öffne\n".encode(),
        b"open 01HZZZZZZZZZZZZZZZZZZZZZZZ x\n", b"capture " + b"a" * 600,
    ],
)  # fmt: skip
def test_anything_else_is_refused(line: bytes) -> None:
    assert one.read(line) is None


@given(st.binary(max_size=700))
def test_no_bytes_break_the_reader(line: bytes) -> None:
    message = one.read(line)
    assert message is None or message.verb in one.VERBS


def test_a_folder_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    shared = tmp_path / "field-journal"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    with pytest.raises(JournalError, match="cannot be used"):
        one.place()
