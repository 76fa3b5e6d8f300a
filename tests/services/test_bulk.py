"""Changes to many entries: one transaction, exact undo, and what had to be left alone."""

from __future__ import annotations

import pytest

from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.services.bulk import Done
from journal_app.store import favourites


def three(journal: Journal) -> list[str]:
    return [journal.entries.create(f"note {n}", tags=["old"]).id for n in range(3)]


def tags(journal: Journal, ids: list[str]) -> list[tuple[str, ...]]:
    return [journal.entries.get(id).tags for id in ids]


def test_tags_and_back(journal: Journal) -> None:
    ids = three(journal)
    journal.entries.tag(ids[0], ["new"])
    done = journal.bulk.tag(ids, add=["new"], remove=["old"])
    assert tags(journal, ids) == [("new",)] * 3
    journal.bulk.undo(done)
    assert tags(journal, ids) == [("new", "old"), ("old",), ("old",)]


def test_what_a_text_says_is_left_alone_and_told(journal: Journal) -> None:
    ids = three(journal)
    ids.append(journal.entries.create("text with #old", title="Written", tags=["old"]).id)
    done = journal.bulk.tag(ids, remove=["old"])
    assert len(done.changed) == 3
    assert done.skipped[0][0] == "Written" and "#old" in done.skipped[0][1]
    assert tags(journal, ids)[3] == ("old",)


def test_kinds_and_back_are_revisions(journal: Journal) -> None:
    ids = three(journal)
    done = journal.bulk.set_kind(ids, "lesson")
    assert {journal.entries.get(id).kind for id in ids} == {"lesson"}
    journal.bulk.undo(done)
    assert {journal.entries.get(id).kind for id in ids} == {"note"}
    assert journal.entries.get(ids[0]).rev == 3
    with pytest.raises(JournalError):
        journal.bulk.set_kind(ids, "poem")


def test_trash_stars_and_links_and_back(journal: Journal) -> None:
    ids = three(journal)
    other = journal.entries.create("other").id
    thrown = journal.bulk.trash(ids[:2])
    starred = journal.bulk.star(ids)
    linked = journal.bulk.link(ids, f"entry:{other}", "supports")
    assert journal.entries.get(ids[0]).trashed_at is not None
    assert favourites.ids(journal.store.read()) == [ids[2]]
    assert journal.entries.get(ids[2]).links[0].target_id == other
    for done in (linked, starred, thrown):
        journal.bulk.undo(done)
    assert [journal.entries.get(id).trashed_at for id in ids] == [None] * 3
    assert favourites.ids(journal.store.read()) == []
    assert journal.entries.get(ids[2]).links == ()


def test_undo_does_not_touch_a_text_that_was_written_on(journal: Journal) -> None:
    ids = three(journal)
    done = journal.bulk.set_kind(ids, "lesson")
    entry = journal.entries.get(ids[0])
    journal.entries.save(ids[0], "more", base_rev=entry.rev)
    journal.bulk.undo(done)
    assert journal.entries.get(ids[0]).body == "more"
    assert journal.entries.get(ids[1]).kind == "note"


def test_a_failure_in_the_middle_changes_nothing(journal: Journal) -> None:
    ids = three(journal)
    with pytest.raises(JournalError):
        journal.bulk.trash([*ids, "01ARZ3NDEKTSV4RRFFQ69G5FAV"])
    assert journal.entries.get(ids[0]).trashed_at is None


def test_a_tag_gets_another_name_in_texts_too(journal: Journal) -> None:
    a = journal.entries.create("#warmup helps", tags=["warmup"]).id
    b = journal.entries.create("plain", tags=["warmup/deep", "lr"]).id
    c = journal.entries.create("other", tags=["warmups"]).id
    done = journal.bulk.rename_tag("warmup", "lr")
    assert journal.entries.get(a).body == "#lr helps"
    assert tags(journal, [a, b, c]) == [("lr",), ("lr", "lr/deep"), ("warmups",)]
    journal.bulk.undo(done)
    assert journal.entries.get(a).body == "#warmup helps"
    assert tags(journal, [a, b]) == [("warmup",), ("lr", "warmup/deep")]
    with pytest.raises(JournalError, match="No entry has"):
        journal.bulk.rename_tag("nothing", "x")
    assert journal.bulk.rename_tag("lr", "LR") == Done()


def test_the_list_in_three_orders_in_pages(journal: Journal) -> None:
    for number, title in enumerate(["b", "C", "a", "B"]):
        journal.entries.create("x", title=title, created_at=1000 - number)
    for order, expected in (("created", "bCaB"), ("title", "abBC")):
        view = View(order=order)
        rows = journal.entries.rows(view)
        assert "".join(row.title for row in rows) == expected
        behind = journal.entries.rows(view, limit=2, after=rows[1])
        assert behind == rows[2:]


def test_a_search_for_many_finds_every_entry_and_none_that_only_nearly_fits(
    journal: Journal,
) -> None:
    with journal.store.write():
        ids = [journal.entries.create(f"entry {n}\n\nscratch paper").id for n in range(450)]
    journal.entries.create("Scratchpad of another sort")  # as if the word were still typed
    journal.entries.create("Skratch")  # a slip of the keyboard away
    assert len(journal.entries.search("scratch", limit=10_000)) < 450
    assert journal.bulk.found("scratch") == ids
    assert journal.bulk.found("scratch OR skratch")[:-1] == ids
    assert set(journal.documents.choose(query="scratch")) == set(ids)
    assert journal.bulk.found("  ") == [] == journal.bulk.found("scratch -entry")


@pytest.mark.parametrize("query", ["like:nope", "scratch before:banana", "tag:ol", "-has:secret"])
def test_a_search_that_is_not_understood_changes_nothing(journal: Journal, query: str) -> None:
    ids = three(journal)
    with pytest.raises(JournalError, match="Nothing was done"):
        journal.bulk.found(query)
    with pytest.raises(JournalError, match="Nothing was done"):
        journal.documents.choose(query=query)
    assert tags(journal, ids) == [("old",)] * 3
