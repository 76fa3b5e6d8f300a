"""Files of entries: kept once, listed with their state, taken off with their references."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal
from journal_app.services.attachments import without
from journal_app.store import attachments as stored
from tests.conftest import Cli


def make(folder: Path, name: str, data: bytes = b"data") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_is_kept_once_however_often(journal: Journal, tmp_path: Path) -> None:
    one, two = journal.entries.add("one"), journal.entries.add("two")
    first = journal.attachments.attach_file(one.id, make(tmp_path, "a.bin"))
    second = journal.attachments.attach_file(two.id, make(tmp_path, "b.bin"))
    assert first.path == second.path and first.sha256 == second.sha256
    files = [p for p in (journal.folder / "attachments").rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in files] == [b"data"]


def test_missing_and_damaged_files_are_named(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.add("one")
    for name in ("gone.bin", "short.bin", "other.bin", "fine.bin"):
        journal.attachments.attach_file(entry.id, make(tmp_path, name, name.encode() * 9))
    at = {k.file.name: journal.folder / k.file.path for k in journal.attachments.of(entry.id)}
    at["gone.bin"].unlink()
    at["short.bin"].write_bytes(b"x")
    whole = at["other.bin"].read_bytes()
    at["other.bin"].write_bytes(whole[::-1])

    def states(*, verify: bool) -> dict[str, str]:
        return {k.file.name: k.state for k in journal.attachments.of(entry.id, verify=verify)}

    assert states(verify=False) == {
        "fine.bin": "ok", "gone.bin": "missing", "other.bin": "ok", "short.bin": "damaged",
    }  # fmt: skip
    assert states(verify=True)["other.bin"] == "damaged"
    problems = "\n".join(journal.upkeep.check().problems)
    assert problems.count("missing") == 1 and problems.count("changed on disk") == 2


def test_a_file_too_large_or_a_folder_is_refused(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = journal.entries.add("one")
    monkeypatch.setattr(stored, "LARGEST", 3)
    with pytest.raises(JournalError, match="at most"):
        journal.attachments.attach_file(entry.id, make(tmp_path, "a.bin"))
    with pytest.raises(JournalError, match="is a folder"):
        journal.attachments.attach_file(entry.id, tmp_path)
    with pytest.raises(NotFound):
        journal.attachments.attach_file(entry.id, tmp_path / "none")
    assert journal.attachments.of(entry.id) == []


def test_references_leave_the_text_with_their_lines() -> None:
    path = "attachments/ab/abc.png"
    assert without(f"one\n\n![a]({path})\n\ntwo", path) == "one\n\ntwo"
    assert without(f"one ![a]({path}) two", path) == "one  two"
    assert without(f"![a\\]b]({path})", path) == ""
    assert without(f"x\n![a]({path})\ny", path) == "x\ny"
    assert without("![a](attachments/ab/other.png)", path) == "![a](attachments/ab/other.png)"


def test_on_the_command_line(cli: Cli, journal_folder: Path, tmp_path: Path) -> None:
    id = cli("add", "one").stdout.strip()
    make(tmp_path, "t.csv", b"a,b\n1,2\n")
    kept = cli("attach", id, str(tmp_path / "t.csv"))
    assert kept.returncode == 0
    body = json.loads(cli("show", id, "--json").stdout)["body"]
    assert body == f"one\n\n![t.csv]({kept.stdout.strip()})"
    (one,) = json.loads(cli("attachments", id, "--json").stdout)
    assert one["name"] == "t.csv" and one["state"] == "ok"
    assert cli("attachments", id, "--save", "t.csv", str(tmp_path / "back.csv")).returncode == 0
    assert (tmp_path / "back.csv").read_bytes() == b"a,b\n1,2\n"
    assert cli("attachments", id, "--remove", "t.csv").returncode == 0
    assert json.loads(cli("show", id, "--json").stdout)["body"] == "one"
    assert "no file" in cli("attachments", id, "--remove", "t.csv").stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_refused_at_once(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.add("one")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(JournalError, match="a pipe, a socket or a device"):
            journal.attachments.attach_file(entry.id, path)


def test_a_file_that_outgrows_the_limit_while_it_is_read_leaves_nothing(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = journal.entries.add("one")
    growing = make(tmp_path, "log.txt", b"x" * 50)
    monkeypatch.setattr(stored, "LARGEST", 60)
    real = Path.open

    def opened(path: Path, mode: str = "r") -> object:
        if path == growing:
            with real(path, "wb") as file:
                file.write(b"x" * 70)
        return real(path, mode)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(JournalError, match="at most 1"):
        journal.attachments.attach_file(entry.id, growing)
    assert [p for p in (journal.folder / "attachments").rglob("*") if p.is_file()] == []


def test_a_copy_never_takes_the_place_of_a_file(cli: Cli, tmp_path: Path) -> None:
    id = cli("add", "one", "--attach", str(make(tmp_path, "a.bin", b"kept"))).stdout.strip()
    mine = make(tmp_path, "mine.bin", b"mine")
    refused = cli("attachments", id, "--save", "a.bin", str(mine))
    assert refused.returncode == 1 and "is there already" in refused.stderr
    assert mine.read_bytes() == b"mine"
    free = tmp_path / "free.bin"
    saved = cli("attachments", id, "--save", "a.bin", str(free))
    assert saved.stdout.strip() == str(free) and free.read_bytes() == b"kept"
