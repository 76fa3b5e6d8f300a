"""The trash: ages, and emptying that leaves what publications need."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.errors import NotFound
from journal_app.journal import Journal

DAY = 24 * 3600 * 1000


def published(journal: Journal, site: Path) -> tuple[str, str]:
    """A note and the post that grew out of it and went out."""
    site.mkdir()
    journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
    note = journal.entries.create("What we saw.").id
    post = journal.writing.draft([note], "What we saw")
    outcome = journal.publishing.publish_now(post.id, "blog")
    assert outcome.ok, outcome
    return note, post.id


def test_emptying_removes_for_good_and_says_how_much(journal: Journal) -> None:
    kept, gone = (journal.entries.create(text).id for text in ("kept", "gone words"))
    journal.entries.create(f"[[gone words]] {gone}")
    journal.entries.link(kept, f"entry:{gone}")
    journal.entries.trash(gone)
    assert [one.entry.id for one in journal.bin.listing()] == [gone]
    done = journal.bin.empty()
    assert (done.removed, done.stayed) == (1, 0)
    with pytest.raises(NotFound):
        journal.entries.get(gone)
    assert journal.entries.get(kept).links == ()
    assert journal.bin.listing() == []
    assert journal.upkeep.check().problems == ()


def test_only_what_has_lain_there_long_enough_goes(journal_folder: Path) -> None:
    now = [1_800_000_000_000]
    with Journal(journal_folder, now=lambda: now[0]) as journal:
        old = journal.entries.create("old").id
        journal.entries.trash(old)
        now[0] += 31 * DAY
        new = journal.entries.create("new").id
        journal.entries.trash(new)
        assert [one.days for one in journal.bin.listing()] == [31, 0]
        assert journal.bin.empty(30).removed == 1
        assert [one.entry.id for one in journal.bin.listing()] == [new]


def test_what_was_published_and_what_it_grew_out_of_stay(journal: Journal, tmp_path: Path) -> None:
    note, post = published(journal, tmp_path / "site")
    for id in (note, post):
        journal.entries.trash(id)
    reasons = {one.entry.id: one.stays for one in journal.bin.listing()}
    assert "published" in reasons[post] and "grew out" in reasons[note]
    done = journal.bin.empty()
    assert (done.removed, done.stayed) == (0, 2)
    assert journal.entries.restore(post).title == "What we saw"
