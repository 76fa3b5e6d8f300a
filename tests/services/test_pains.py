"""What users of other journals complain of, tried on this one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from journal_app.domain.views import View
from journal_app.journal import Journal

NOW = 1_800_000_000_000


def test_a_clock_that_goes_back_hides_no_conflict(journal_folder: Path) -> None:
    """Conflicts are found by the revision that a text started from, never by the time."""
    clock = [NOW]
    with Journal(journal_folder, now=lambda: clock[0]) as journal:
        entry = journal.entries.create("first text")
        clock[0] += 60_000
        journal.entries.save(entry.id, "text of the laptop", base_rev=entry.rev)
        clock[0] -= 3_600_000  # the other machine is an hour behind
        saved = journal.entries.save(entry.id, "text of the desktop", base_rev=entry.rev)
        assert journal.entries.get(entry.id).body == "text of the laptop"
        assert saved.copy is not None
        assert journal.entries.get(saved.copy.id).body == "text of the desktop"


def test_lists_and_counts_never_read_a_text(journal: Journal) -> None:
    """Slow lists elsewhere come from loading bodies: here SQLite itself refuses to read one."""
    for n in range(20):
        journal.entries.add(f"note {n} #tag", kind="lesson" if n % 2 else "note")
    db = journal.store.read()
    read: list[str] = []

    def watch(
        action: int, table: str | None, _column: str | None, _base: str | None, _by: str | None
    ) -> int:
        if action == sqlite3.SQLITE_READ and table in ("entry_text", "revisions"):
            read.append(str(table))
        return sqlite3.SQLITE_OK

    db.set_authorizer(watch)
    try:
        for section in ("all", "inbox", "today", "lesson", "draft", "published", "trash"):
            journal.entries.rows(View(section))
            journal.entries.count(View(section))
        journal.entries.rows(View("all", tag="tag"))
        journal.entries.tags()
        assert read == []
        journal.entries.get(journal.entries.rows()[0].id)
        assert "entry_text" in read, "the watch sees a text that is read"
    finally:
        db.set_authorizer(None)


def test_files_do_not_swell_the_database(journal: Journal, tmp_path: Path) -> None:
    """Search elsewhere dies with blobs in the rows: here a file lies beside the database, once."""
    before = journal.store.file.stat().st_size
    big = tmp_path / "weights.bin"
    big.write_bytes(bytes(range(256)) * 8192)
    for n in range(3):
        journal.entries.add(f"note {n}", attach=[big])
    journal.upkeep.backup()
    assert journal.store.file.stat().st_size - before < 200_000
    kept = [p for p in (journal.folder / "attachments").glob("*/*") if p.is_file()]
    assert [p.stat().st_size for p in kept] == [big.stat().st_size]


def test_pictures_survive_when_the_journal_and_the_original_move(tmp_path: Path) -> None:
    """Links to where a picture was break: here the journal owns a copy, named from the text."""
    original = tmp_path / "Screenshot 2026-11-22.png"
    original.write_bytes(b"\x89PNG picture")
    with Journal(tmp_path / "here") as journal:
        entry = journal.entries.add("see the curve", attach=[original])
    original.unlink()
    shutil.move(tmp_path / "here", tmp_path / "there")
    with Journal(tmp_path / "there") as journal:
        found = journal.entries.get(entry.id)
        path = found.attachments[0].path
        assert f"({path})" in found.body
        assert (journal.folder / path).read_bytes() == b"\x89PNG picture"


def test_a_note_of_400_000_characters_is_kept_found_and_listed(journal: Journal) -> None:
    """Go-to elsewhere takes half a minute with such a note in the collection."""
    body = "Long log\n\n" + "step loss 0.123 é\n" * 22_000 + "needle-in-the-log"
    entry = journal.entries.create(body)
    assert journal.entries.get(entry.id).body == body
    assert [hit.row.id for hit in journal.entries.search('"needle-in-the-log"')] == [entry.id]
    assert len(journal.entries.rows()[0].excerpt) < 300


def test_words_of_one_and_two_chinese_characters_are_found(journal: Journal) -> None:
    entry = journal.entries.create("模型在验证集上过拟合")
    journal.entries.create("the model did not overfit")
    for words in ("拟", "拟合", "过拟合", "验证集上"):
        assert [hit.row.id for hit in journal.entries.search(words)] == [entry.id], words


def test_taking_a_shrunken_folder_in_again_deletes_nothing(
    journal: Journal, tmp_path: Path
) -> None:
    """Deletions elsewhere are replicated "as designed": taking in never takes away."""
    folder = tmp_path / "vault"
    folder.mkdir()
    for n in range(10):
        (folder / f"Note {n}.md").write_text(f"text {n}\n", encoding="utf-8")
    journal.collections.take_in(folder)
    for path in list(folder.glob("*.md"))[1:]:
        path.unlink()
    journal.collections.take_in(folder)
    titles = {row.title for row in journal.entries.rows()}
    assert {f"Note {n}" for n in range(10)} <= titles
