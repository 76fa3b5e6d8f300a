"""The store: one writer, changes after the commit, refused and damaged files, migrations."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from journal_app.domain.changes import Change
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.store import backups, migrate
from journal_app.store.database import Store


def test_a_rolled_back_write_changes_nothing_and_tells_nobody(journal: Journal) -> None:
    heard: list[Change] = []
    journal.subscribe(heard.extend)
    with pytest.raises(ValueError, match="stop"), journal.store.write() as w:
        w.db.execute("INSERT INTO preferences VALUES ('a', '1')")
        w.changed("preference", "a")
        raise ValueError("stop")
    assert heard == []
    assert journal.store.read().execute("SELECT count(*) FROM preferences").fetchone()[0] == 0
    assert journal.store.read().execute("SELECT count(*) FROM change_log").fetchone()[0] == 0


def test_threads_write_one_after_the_other_and_every_commit_is_heard(journal: Journal) -> None:
    heard: list[Change] = []
    journal.subscribe(heard.extend)
    threads = [
        threading.Thread(target=lambda: [journal.entries.add("x") for _ in range(10)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.entries.count(View()) == 80
    assert len(heard) == 80
    assert len({change.seq for change in heard}) == 80


def test_another_process_is_noticed_and_own_writes_are_not_told_twice(
    journal: Journal, journal_folder: Path
) -> None:
    assert journal.poll() == []
    own = journal.entries.add("mine")
    with Journal(journal_folder) as other:
        foreign = other.entries.add("theirs")
    told = journal.poll()
    assert [change.id for change in told] == [foreign.id]
    assert own.id not in [change.id for change in told]
    assert journal.poll() == []


def test_a_newer_file_is_refused_and_left_alone(journal_folder: Path) -> None:
    file = journal_folder / "journal.db"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = file.read_bytes()
    with pytest.raises(JournalError, match="newer Field Journal") as caught:
        Journal(journal_folder)
    assert "Update" in caught.value.hint
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.db") as db:
        db.execute("CREATE TABLE recipes (name)")
    db.close()
    with pytest.raises(JournalError, match="another program"):
        Journal(tmp_path)


def test_a_damaged_file_is_reported_with_the_copy_to_restore(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        kept = journal.entries.add("kept before the damage")
        copy = journal.upkeep.backup()
    file = journal_folder / "journal.db"
    file.write_bytes(b"this is no database" * 1000)
    with pytest.raises(JournalError, match="damaged") as caught:
        Journal(journal_folder)
    assert f"journal backup restore {copy.name}" in caught.value.hint
    _, aside = backups.restore(journal_folder, copy.name, now=1)
    assert aside is not None
    assert aside.read_bytes().startswith(b"this is no database")
    with Journal(journal_folder) as journal:
        assert journal.entries.get(kept.id).body == "kept before the damage"


def test_a_copy_that_does_not_verify_pushes_no_good_copy_out(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        for n in range(400):
            journal.entries.add(f"entry {n} " + "words " * 50)
        good = [journal.upkeep.backup("daily") for _ in range(2)]
    file = journal_folder / "journal.db"
    data = bytearray(file.read_bytes())
    for page in range(20, 40):  # tear pages in the middle, keep the header
        data[page * 4096 : page * 4096 + 2048] = b"\xff" * 2048
    file.write_bytes(bytes(data))
    with pytest.raises(JournalError):
        backups.take(file, now=2_000_000_000_000, reason="daily", keep=1)
    assert sorted(backups.listing(journal_folder)) == sorted(good)
    assert not list((journal_folder / "backups").glob("*.partial"))


def test_old_copies_go_only_after_a_newer_one_counts(journal: Journal) -> None:
    taken = [
        backups.take(journal.store.file, now=1_700_000_000_000 + n, reason="daily", keep=3)
        for n in range(5)
    ]
    assert backups.listing(journal.folder) == list(reversed(taken[2:]))


def test_the_daily_copy_is_taken_once_and_only_after_a_change(journal: Journal) -> None:
    assert journal.upkeep.backup_if_due() is None
    journal.entries.add("something")
    assert journal.upkeep.backup_if_due() is not None
    assert journal.upkeep.backup_if_due() is None


def test_a_step_that_fails_changes_nothing(tmp_path: Path, migrated: Path) -> None:
    folder = tmp_path / "steps"
    folder.mkdir()
    for _, step in migrate.steps():
        (folder / step.name).write_text(step.read_text())
    (folder / f"{len(migrate.steps()) + 1:04}_breaks.py").write_text(
        "def upgrade(db):\n"
        "    db.execute('CREATE TABLE half (a)')\n"
        "    db.execute(\"UPDATE entries SET kind = 'changed'\")\n"
        "    raise RuntimeError('power cut')\n"
    )
    copied = tmp_path / "journal"
    with Journal(copied) as journal:
        journal.entries.add("before")
    connection = sqlite3.connect(copied / "journal.db", isolation_level=None)
    saved: list[str] = []
    with pytest.raises(RuntimeError, match="power cut"):
        migrate.upgrade(connection, copied / "journal.db", lambda: saved.append("x"), folder)
    connection.close()
    assert saved == ["x"], "a backup comes first"
    with Journal(copied) as journal:
        assert journal.entries.rows()[0].kind == "note"
        names = journal.store.read().execute("SELECT name FROM sqlite_master").fetchall()
        assert "half" not in [row["name"] for row in names]


def test_many_processes_may_create_the_same_journal_at_once(tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def create() -> None:
        try:
            Store(tmp_path / "new").close()
        except JournalError as error:
            problems.append(error)

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    Store(tmp_path / "new", create=False).close()


def test_opening_without_a_journal_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="no journal") as caught:
        Journal(tmp_path / "nowhere", create=False)
    assert "journal add" in caught.value.hint


def test_a_damaged_newest_copy_is_passed_over(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        journal.entries.add("kept")
        good = backups.take(journal.store.file, now=1_700_000_000_000)
        bad = backups.take(journal.store.file, now=1_700_000_001_000)
    bad.write_bytes(bad.read_bytes()[:5000])
    (journal_folder / "journal.db").write_bytes(b"no database" * 1000)
    with pytest.raises(JournalError) as caught:
        Journal(journal_folder)
    assert good.name in caught.value.hint
    with pytest.raises(JournalError, match="is damaged"):
        backups.restore(journal_folder, bad.name, now=1)


@pytest.mark.parametrize("left", [None, b""])
def test_an_empty_or_missing_database_beside_backups_is_no_new_journal(
    journal_folder: Path, left: bytes | None
) -> None:
    with Journal(journal_folder) as journal:
        journal.entries.add("kept")
        copy = journal.upkeep.backup()
    for path in journal_folder.glob("journal.db*"):
        path.unlink()
    if left is not None:
        (journal_folder / "journal.db").write_bytes(left)
    with pytest.raises(JournalError, match="has backups") as caught:
        Journal(journal_folder)
    assert copy.name in caught.value.hint


def test_a_restore_brings_attachments_back(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        entry = journal.entries.add("with a file")
        file = journal.entries.attach(entry.id, b"picture", "a.png")
        copy = journal.upkeep.backup()
    (journal_folder / file.path).unlink()
    backups.restore(journal_folder, copy.name, now=1)
    assert (journal_folder / file.path).read_bytes() == b"picture"


def test_a_journal_that_nobody_can_write_can_be_read(
    journal_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(journal_folder) as journal:
        journal.entries.add("readable")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    with Journal(journal_folder) as journal:
        assert [row.title for row in journal.entries.rows()] == ["readable"]
        assert journal.entries.search("readable")
        with pytest.raises(JournalError, match="read-only"):
            journal.entries.add("refused")
