"""The backup of the day is taken while nobody waits for it, once, and its failure is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.runtime import single_instance
from journal_app.services.upkeep import SMALL
from journal_app.store import backups


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A journal that takes longer to copy than a process takes to start."""
    folder = tmp_path / "journal"
    with Journal(folder) as journal:
        for number in range(3):
            journal.entries.add(f"log {number} " + "0123456789 " * (SMALL // 20))
    assert (folder / "journal.db").stat().st_size > SMALL
    return folder


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "journal_app", "--journal", str(folder), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait(until: Callable[[], bool], seconds: float = 30) -> None:
    """Look at another process's work, which tells nobody when it is done."""
    pause = Event()
    for _ in range(int(seconds * 50)):
        if until():
            return
        pause.wait(0.02)
    raise TimeoutError


def free(folder: Path) -> bool:
    """Whether no process holds the lock of the backup."""
    claim = single_instance.claim(single_instance.name_of(folder, "backup"))
    if claim is not None:
        claim.release()
    return claim is not None


def test_notes_do_not_wait_for_the_backup_and_it_is_taken_once(large: Path) -> None:
    notes = [start(large, "add", f"note {n}") for n in range(4)]
    for note in notes:
        _, err = note.communicate(timeout=60)
        assert (note.returncode, err) == (0, "")
    wait(lambda: bool(backups.listing(large)) and free(large))
    (copy,) = backups.listing(large)
    assert copy.name.endswith("-daily.db") and backups.verdict(copy) == "ok"
    assert not list((large / "backups").glob("*.partial*"))


def test_a_note_is_kept_while_another_process_takes_the_backup(large: Path) -> None:
    claim = single_instance.claim(single_instance.name_of(large, "backup"))
    assert claim is not None
    note = start(large, "add", "in between")
    assert note.communicate(timeout=60)[1] == "" and note.returncode == 0
    assert backups.listing(large) == []  # it neither waited nor took a second one
    claim.release()


def test_a_backup_that_failed_unseen_is_told_by_the_next_command(large: Path) -> None:
    (large / "backups").write_text("in the way of the folder")
    first = start(large, "add", "one")
    assert first.communicate(timeout=60)[1] == ""
    wait(lambda: backups.failure(large) is not None and free(large))
    second = start(large, "add", "two")
    _, err = second.communicate(timeout=60)
    assert second.returncode == 0  # what it did stands all the same
    assert "The last automatic backup failed" in err and "backups" in err
    check = start(large, "check")
    assert "The last automatic backup failed" in check.communicate(timeout=60)[0]
    (large / "backups").unlink()
    with Journal(large) as journal:
        journal.upkeep.backup()
        assert journal.upkeep.failure() is None


def test_what_a_killed_backup_left_is_cleared(large: Path) -> None:
    (large / "backups").mkdir()
    left = large / "backups" / "journal-20260101T000000000Z-daily.partial"
    left.write_bytes(b"half")
    with Journal(large) as journal:
        assert journal.upkeep.backup_if_due() is not None
    assert not left.exists()


def test_a_second_folder_that_is_gone_is_remembered(large: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with Journal(large) as journal:
        journal.settings.set("backup.folder", str(tmp_path / "file" / "folder"))
        with pytest.raises(JournalError):
            journal.upkeep.backup_if_due()
        assert any("failed" in line for line in journal.upkeep.warnings())
