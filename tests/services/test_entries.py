"""What happens to entries: capture, save, clashes, revisions, tags, links, trash, attachments."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.domain.entry import Link
from journal_app.domain.views import View
from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal


def test_a_capture_keeps_text_tags_links_and_files(journal: Journal, tmp_path: Path) -> None:
    plot = tmp_path / "loss curve.png"
    plot.write_bytes(b"\x89PNG not really")
    entry = journal.entries.add(
        "Loss left at 4,200 #warmup ->run:d12", kind="failure", tags=["LR"], attach=[plot, plot]
    )
    assert entry.kind == "failure"
    assert entry.title == "Loss left at 4,200"
    assert entry.tags == ("lr", "warmup")
    assert entry.links == (Link("run", "d12"),)
    assert [file.name for file in entry.attachments] == ["loss curve.png"]
    kept = journal.folder / entry.attachments[0].path
    assert kept.read_bytes() == plot.read_bytes()
    assert f"![loss curve.png]({entry.attachments[0].path})" in entry.body


def test_a_file_that_is_not_there_keeps_nothing(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nope\.png"):
        journal.entries.add("text", attach=[tmp_path / "nope.png"])
    assert journal.entries.rows() == []


def test_a_save_from_an_old_revision_keeps_both_texts(journal: Journal) -> None:
    entry = journal.entries.add("first")
    theirs = journal.entries.save(entry.id, "theirs", base_rev=entry.rev)
    mine = journal.entries.save(entry.id, "mine", base_rev=entry.rev)
    assert theirs.copy is None
    assert mine.copy is not None
    assert journal.entries.get(entry.id).body == "theirs"
    assert journal.entries.get(mine.copy.id).body == "mine"
    assert mine.copy.links == (Link("entry", entry.id, "derived-from", "theirs"),)


def test_saving_the_same_text_makes_no_revision(journal: Journal) -> None:
    entry = journal.entries.add("same")
    assert journal.entries.save(entry.id, "same", base_rev=1).entry.rev == 1


def test_autosaves_of_one_sitting_become_one_revision(journal_folder: Path) -> None:
    clock = [1_700_000_000_000]
    with Journal(journal_folder, now=lambda: clock[0]) as journal:
        entry = journal.entries.add("a")
        for n, minutes in enumerate((0, 1, 2, 20)):
            clock[0] += minutes * 60_000
            entry = journal.entries.save(
                entry.id, "a" * (n + 2), base_rev=entry.rev, origin="autosave"
            ).entry
        kept = [(r.rev, r.origin) for r in journal.entries.revisions(entry.id)]
    assert kept == [(5, "autosave"), (4, "autosave"), (1, "cli")]


def test_an_earlier_revision_comes_back_without_losing_the_present(journal: Journal) -> None:
    entry = journal.entries.add("good")
    journal.entries.save(entry.id, "bad", base_rev=1)
    assert journal.entries.restore_revision(entry.id, 1).body == "good"
    assert [r.body for r in journal.entries.revisions(entry.id)] == ["good", "bad", "good"]
    with pytest.raises(NotFound, match="revision 9"):
        journal.entries.restore_revision(entry.id, 9)


def test_tags_in_the_text_come_and_go_with_it_and_others_stay(journal: Journal) -> None:
    entry = journal.entries.add("about #one", tags=["byhand"])
    saved = journal.entries.save(entry.id, "about #two", base_rev=1).entry
    assert saved.tags == ("byhand", "two")
    with pytest.raises(JournalError, match="written in the text"):
        journal.entries.tag(entry.id, remove=["two"])
    assert journal.entries.tag(entry.id, ["New Tag"], ["byhand"]).tags == ("new-tag", "two")


def test_a_title_of_its_own_stays_and_a_first_line_is_followed(journal: Journal) -> None:
    own = journal.entries.add("text", title="A claim")
    assert journal.entries.save(own.id, "other text", base_rev=1).entry.title == "A claim"
    line = journal.entries.add("first line")
    assert journal.entries.save(line.id, "second line", base_rev=1).entry.title == "second line"


def test_links_name_their_relation_and_go_away_again(journal: Journal) -> None:
    one, two = journal.entries.add("one"), journal.entries.add("two")
    linked, known = journal.entries.link(one.id, f"entry:{two.id[:12]}", "contradicts")
    assert known
    assert linked.links == (Link("entry", two.id, "contradicts", "two"),)
    assert journal.entries.unlink(one.id, "entry", two.id).links == ()
    with pytest.raises(JournalError, match="not a relation"):
        journal.entries.link(one.id, f"entry:{two.id}", "likes")
    _, known = journal.entries.link(one.id, "a-run-to-come")
    assert not known


def test_the_trash_keeps_and_gives_back(journal: Journal) -> None:
    entry = journal.entries.add("to the trash")
    journal.entries.trash(entry.id)
    assert journal.entries.rows() == []
    assert [row.id for row in journal.entries.rows(View("trash"))] == [entry.id]
    journal.entries.restore(entry.id)
    assert [row.id for row in journal.entries.rows()] == [entry.id]


def test_sections(journal: Journal) -> None:
    journal.entries.add("unfiled")
    journal.entries.add("filed #x")
    journal.entries.add("lesson", kind="lesson")
    post = journal.entries.create("post", kind="post")
    counts = {name: journal.entries.count(View(name)) for name in ("inbox", "today", "all")}
    assert counts == {"inbox": 1, "today": 4, "all": 4}
    assert [row.id for row in journal.entries.rows(View("draft"))] == [post.id]
    assert journal.entries.tags() == [("x", 1)]


def test_an_entry_is_named_by_its_id_its_beginning_or_its_title(journal: Journal) -> None:
    entry = journal.entries.add("A unique title")
    for ref in (entry.id, entry.id.lower(), entry.id[:14], "A unique title"):
        assert journal.entries.get(ref).id == entry.id
    with pytest.raises(NotFound, match="no entry"):
        journal.entries.get("zzzz")
    journal.entries.add("A unique title")
    with pytest.raises(JournalError, match="more than one"):
        journal.entries.get("A unique title")


def test_a_capture_with_the_same_id_twice_is_one_entry(journal: Journal) -> None:
    id = journal.store.new_id()
    for _ in range(2):
        journal.entries.add("once", id=id)
    assert len(journal.entries.rows()) == 1


def test_near_entries_are_those_linked_and_those_that_link(journal: Journal) -> None:
    one, two, three = (journal.entries.add(word) for word in ("one", "two", "three"))
    journal.entries.link(one.id, f"entry:{two.id}", "supports")
    journal.entries.link(three.id, f"entry:{one.id}", "contradicts")
    near = [(row.title, how, incoming) for row, how, incoming in journal.entries.near(one.id)]
    assert near == [("two", "supports", False), ("three", "contradicts", True)]
    journal.entries.trash(three.id)
    assert [row.title for row, _, _ in journal.entries.near(one.id)] == ["two"]
