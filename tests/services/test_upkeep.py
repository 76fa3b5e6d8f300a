"""A second place for backups, and folders that sync programs carry."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.store import attachments
from tests.conftest import Cli


def test_a_backup_also_goes_to_the_second_folder_with_attachments(
    journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "curve.png").write_bytes(b"picture")
    journal.entries.add("kept twice", attach=[tmp_path / "curve.png"])
    other = tmp_path / "other disk"
    journal.settings.set("backup.folder", str(other))
    copy = journal.upkeep.backup()
    twin = other / copy.name
    with sqlite3.connect(twin) as db:
        titles = [row[0] for row in db.execute("SELECT title FROM entries")]
    db.close()
    assert "kept twice" in titles
    assert [p.read_bytes() for p in other.glob("attachments/*/*")] == [b"picture"]


def test_settings_are_in_the_backup(journal: Journal) -> None:
    journal.settings.set("theme", "dark")
    copy = journal.upkeep.backup()
    with sqlite3.connect(copy) as db:
        found = dict(db.execute("SELECT key, value FROM preferences"))
    db.close()
    assert found["theme"] == "dark"


def test_a_second_folder_that_is_gone_is_told_and_the_backup_kept(
    journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    journal.entries.add("a note")
    journal.settings.set("backup.folder", str(tmp_path / "file" / "folder"))
    with pytest.raises(JournalError, match=r"could not be copied to .*file"):
        journal.upkeep.backup()
    assert len(journal.upkeep.backups()) == 1


def test_a_second_folder_without_a_full_path_is_refused(journal: Journal) -> None:
    journal.entries.add("a note")
    journal.settings.set("backup.folder", "some-folder")
    with pytest.raises(JournalError, match="no full path"):
        journal.upkeep.backup()
    assert len(journal.upkeep.backups()) == 1


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("OneDrive - Some Company/journal", "OneDrive"),
        ("Dropbox/notes/journal", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud"),
        ("Nextcloud/journal", "Nextcloud"),
    ],
)
def test_a_journal_in_a_carried_folder_is_warned_about(
    tmp_path: Path, place: str, program: str
) -> None:
    with Journal(tmp_path / place) as journal:
        report = journal.upkeep.check()
        assert report.problems == ()
        assert program in report.warnings[0]


def test_a_syncthing_folder_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    with Journal(tmp_path / "shared" / "journal") as journal:
        assert "Syncthing" in journal.upkeep.warnings()[0]


def test_a_plain_folder_gives_no_warning(journal: Journal) -> None:
    assert journal.upkeep.warnings() == ()


def test_files_that_nothing_shows_are_listed_and_removed_when_asked(
    cli: Cli, journal: Journal, tmp_path: Path
) -> None:
    kept = {}
    for name in ("shown", "earlier", "gone", "fresh"):
        (tmp_path / f"{name}.bin").write_bytes(name.encode())
        kept[name] = journal.entries.add(name, attach=[tmp_path / f"{name}.bin"])
    paths = {name: journal.folder / one.attachments[0].path for name, one in kept.items()}
    earlier = kept["earlier"]
    journal.entries.save(earlier.id, "earlier, without the file", base_rev=earlier.rev)
    journal.attachments.detach(earlier.id, earlier.attachments[0])  # a revision shows it
    for name in ("gone", "fresh"):
        journal.entries.trash(kept[name].id)
    journal.bin.empty()
    half = journal.folder / "attachments" / ".0123456789ab.partial"
    half.write_bytes(b"killed")
    foreign = journal.folder / "attachments" / "README.txt"
    foreign.write_text("mine")
    for path in (half, foreign, *(paths[name] for name in ("shown", "earlier", "gone"))):
        os.utime(path, (1e9, 1e9))
    listed = json.loads(cli("check", "--files", "--json").stdout)
    assert {one["path"] for one in listed["unused"]} == {str(half), str(paths["gone"])}
    assert half.exists()  # listing removes nothing
    assert "2 files removed" in cli("check", "--files", "--remove", "--yes").stdout
    left = {path for path in (journal.folder / "attachments").rglob("*") if path.is_file()}
    assert left == {foreign, paths["shown"], paths["earlier"], paths["fresh"]}
    assert journal.upkeep.check().problems == ()
    assert cli("check", "--remove").returncode == 1


def test_a_file_that_is_kept_again_is_not_removed(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"a")
    first = journal.entries.add("one", attach=[tmp_path / "a.bin"])
    path = journal.folder / first.attachments[0].path
    journal.entries.trash(first.id)
    journal.bin.empty()
    os.utime(path, (1e9, 1e9))
    assert journal.upkeep.unused_files() == [path]
    attachments.put_file(journal.folder, tmp_path / "a.bin")  # its row follows in a moment
    assert journal.upkeep.remove_unused_files() == []
