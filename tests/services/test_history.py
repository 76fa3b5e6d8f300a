"""Revisions: list, compare, name, restore, thin, on a real journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.domain import revisions
from journal_app.errors import JournalError
from journal_app.journal import Journal

DAY = 24 * 3600 * 1000


def written(journal: Journal, *texts: str, origin: str = "cli") -> str:
    entry = journal.entries.create(texts[0])
    for text in texts[1:]:
        entry = journal.entries.save(entry.id, text, base_rev=entry.rev, origin=origin).entry
    return entry.id


def test_heads_come_newest_first_in_pages(journal: Journal) -> None:
    id = written(journal, "one", "two", "three")
    assert [head.rev for head in journal.history.heads(id)] == [3, 2, 1]
    assert [head.rev for head in journal.history.heads(id, limit=1, offset=1)] == [2]
    assert journal.history.count(id) == 3
    assert journal.history.before(id, 1) is None


def test_two_revisions_are_compared(journal: Journal) -> None:
    id = written(journal, "the loss is 0.912", "the loss is 0.874 and stable")
    blocks = journal.history.compare(id, 1, 2)
    assert ("removed", "912") in [(p.op, p.text) for b in blocks for p in b.pieces]
    assert journal.history.size(id, 1).added == 5
    assert journal.history.size(id, 2) == journal.history.size(id, 2)


def test_a_named_revision_survives_the_autosaves_after_it(journal: Journal) -> None:
    id = written(journal, "one")
    first = journal.entries.save(id, "two", base_rev=1, origin="autosave").entry
    journal.history.name(id, None, "before the rewrite")
    second = journal.entries.save(id, "three", base_rev=first.rev, origin="autosave").entry
    journal.entries.save(id, "four", base_rev=second.rev, origin="autosave")
    heads = {head.rev: head.named for head in journal.history.heads(id)}
    assert heads == {1: "", 2: "before the rewrite", 4: ""}
    assert journal.history.find(id, "before the rewrite") == 2
    journal.history.name(id, 2, "")
    assert all(not head.named for head in journal.history.heads(id))


def test_a_name_is_given_once_and_is_no_number(journal: Journal) -> None:
    id = written(journal, "one", "two")
    journal.history.name(id, 1, "first")
    with pytest.raises(JournalError, match="called 'first' already"):
        journal.history.name(id, 2, "first")
    with pytest.raises(JournalError, match="number"):
        journal.history.name(id, 2, "7")
    with pytest.raises(JournalError, match="no version"):
        journal.history.find(id, "second")


def test_restoring_is_a_new_revision_and_loses_nothing(journal: Journal) -> None:
    id = written(journal, "one", "two")
    restored = journal.history.restore(id, 1)
    assert (restored.body, restored.rev) == ("one", 3)
    assert journal.history.revision(id, 2).body == "two"
    again = journal.history.restore(id, 2)
    assert again.body == "two"


def test_a_list_of_revisions_reads_no_text(journal: Journal) -> None:
    id = written(journal, "one", "two")
    asked: list[str] = []
    journal.store.read().set_trace_callback(asked.append)
    journal.history.heads(id)
    journal.store.read().set_trace_callback(None)
    assert asked and not any("body" in sql or "SELECT *" in sql for sql in asked)


def test_old_autosaves_are_thinned_and_what_matters_stays(journal_folder: Path) -> None:
    now = [1_700_000_000_000 - 1_700_000_000_000 % DAY]
    with Journal(journal_folder, now=lambda: now[0]) as journal:
        entry = journal.entries.create("0")
        for number in range(1, 200):
            now[0] += 6 * 60 * 1000  # each a revision of its own
            entry = journal.entries.save(
                entry.id, str(number), base_rev=entry.rev, origin="autosave"
            ).entry
        journal.history.name(entry.id, 50, "kept")
        assert journal.upkeep.thin() == 0
        now[0] += 400 * DAY
        gone = journal.upkeep.thin()
        left = journal.history.heads(entry.id)
        assert gone == 200 - len(left) and gone > 100
        assert {1, 50, 200} <= {head.rev for head in left}
        assert journal.upkeep.thin() == 0
        assert journal.entries.get(entry.id).body == "199"


def test_thinning_looks_only_at_entries_with_very_many(journal: Journal) -> None:
    written(journal, "one", "two", origin="autosave")
    assert revisions.MANY >= 100 and journal.upkeep.thin() == 0
