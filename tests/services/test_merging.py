"""A clash keeps both versions; a merge makes one of them and loses nothing."""

from __future__ import annotations

import pytest

from journal_app.domain import merge
from journal_app.domain.entry import Entry
from journal_app.errors import JournalError
from journal_app.journal import Journal

BASE = "Warmup of 100 steps.\n\nDepth 12.\n"


def clash(journal: Journal, mine: str, theirs: str) -> tuple[Entry, Entry]:
    """An entry changed elsewhere to `theirs` while `mine` was typed: the entry and the copy."""
    entry = journal.entries.create(BASE, title="Warmup")
    journal.entries.save(entry.id, theirs, base_rev=1, origin="cli")
    saved = journal.entries.save(entry.id, mine, base_rev=1, origin="autosave")
    assert saved.copy is not None
    return saved.entry, saved.copy


def test_changes_in_two_places_need_no_decision(journal: Journal) -> None:
    entry, copy = clash(
        journal, BASE.replace("100", "300"), BASE.replace("Depth 12", "Depth 16 too")
    )
    found = journal.merging.look(copy.id)
    assert found.clean and found.base_rev == 1 and found.entry.id == entry.id
    merged = journal.merging.accept(found, merge.text_of(found.parts))
    assert merged.body == "Warmup of 300 steps.\n\nDepth 16 too.\n"
    assert merged.title == "Warmup" and merged.rev == entry.rev + 1
    assert journal.entries.get(copy.id).trashed_at is not None
    assert journal.entries.restore(copy.id).body == BASE.replace("100", "300")


def test_a_change_in_one_place_is_a_conflict(journal: Journal) -> None:
    _entry, copy = clash(journal, BASE.replace("100", "300"), BASE.replace("100", "500"))
    found = journal.merging.look(copy.id)
    (one,) = merge.conflicts(found.parts)
    assert "300" in one.mine and "500" in one.theirs


def test_the_nearest_revision_stands_in_for_a_base_that_was_merged_away(journal: Journal) -> None:
    entry = journal.entries.create("one\n\ntwo\n")
    second = journal.entries.save(entry.id, "one!\n\ntwo\n", base_rev=1, origin="autosave").entry
    journal.entries.save(entry.id, "one!\n\ntwo more\n", base_rev=second.rev, origin="autosave")
    saved = journal.entries.save(
        entry.id, "zero\n\none!\n\ntwo\n", base_rev=second.rev, origin="autosave"
    )
    assert saved.copy is not None
    found = journal.merging.look(saved.copy.id)
    assert found.base_rev == 1  # revision 2 was an autosave that the next one replaced
    assert merge.text_of(found.parts) == "zero\n\none!\n\ntwo more\n"


def test_tags_and_files_of_the_copy_come_along(journal: Journal) -> None:
    _entry, copy = clash(journal, BASE + "mine\n", "theirs\n" + BASE)
    journal.entries.tag(copy.id, ["extra"])
    journal.entries.attach(copy.id, b"x", "a.txt")
    found = journal.merging.look(copy.id)
    merged = journal.merging.accept(found, merge.text_of(found.parts))
    assert merged.tags == ("extra",)
    assert [file.name for file in merged.attachments] == ["a.txt"]


def test_a_merge_of_texts_that_changed_meanwhile_writes_nothing(journal: Journal) -> None:
    entry, copy = clash(journal, BASE + "mine\n", "theirs\n" + BASE)
    found = journal.merging.look(copy.id)
    journal.entries.save(entry.id, "newer", base_rev=entry.rev, origin="cli")
    with pytest.raises(JournalError, match="changed meanwhile"):
        journal.merging.accept(found, "x")
    assert journal.entries.get(entry.id).body == "newer"
    assert journal.entries.get(copy.id).trashed_at is None


def test_two_entries_without_an_ancestor_can_be_merged_by_name(journal: Journal) -> None:
    a = journal.entries.create("a\nb\n")
    b = journal.entries.create("a\nc\nb\n")
    with pytest.raises(JournalError, match="not another version"):
        journal.merging.look(b.id)
    assert journal.merging.look(b.id, a.id).base_rev is None
    with pytest.raises(JournalError, match="itself"):
        journal.merging.look(a.id, a.id)


def test_a_copy_that_was_written_on_still_knows_where_it_came_from(journal: Journal) -> None:
    entry, copy = clash(journal, BASE + "mine\n", "theirs\n" + BASE)
    journal.entries.save(copy.id, BASE + "mine, longer\n", base_rev=copy.rev, origin="autosave")
    assert journal.merging.original(copy.id) == entry.id
    found = journal.merging.look(copy.id)
    assert merge.text_of(found.parts) == "theirs\n" + BASE + "mine, longer\n"
