"""Drafts out of entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.domain.entry import Link
from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal


def test_a_draft_carries_text_tags_evidence_and_files(journal: Journal, tmp_path: Path) -> None:
    plot = tmp_path / "loss.png"
    plot.write_bytes(b"\x89PNG plot")
    one = journal.entries.add(
        "# Warmup matters\n\nIt diverged. #lr ->supports:run:d12", tags=["warmup"], attach=[plot]
    )
    two = journal.entries.add("Evals agree #lr ->eval:e1 ->run:d12", kind="lesson")
    post = journal.writing.draft([one.id, two.id[:12], one.id], "What the warmup did")
    assert (post.kind, post.title, post.rev) == ("post", "What the warmup did", 1)
    assert post.tags == ("lr", "warmup")
    assert set(post.links) == {
        Link("run", "d12", "supports"),
        Link("eval", "e1", "about"),
        Link("run", "d12", "about"),
        Link("entry", one.id, "derived-from", "Warmup matters"),
        Link("entry", two.id, "derived-from", "Evals agree"),
    }
    assert [file.name for file in post.attachments] == ["loss.png"]
    assert post.front == {"slug": "what-the-warmup-did", "description": "It diverged."}
    assert post.body == (
        f"## Warmup matters\n\nIt diverged.\n\n![loss.png]({post.attachments[0].path})\n\n"
        "Evals agree\n"
    )
    again = journal.writing.draft([one.id, two.id], "What the warmup did")
    assert again.body == post.body
    assert again.id != post.id


def test_a_draft_of_nothing_is_refused_and_leaves_nothing(journal: Journal) -> None:
    entry = journal.entries.add("text")
    with pytest.raises(JournalError, match="at least one entry"):
        journal.writing.draft([], "T")
    with pytest.raises(JournalError, match="needs a title"):
        journal.writing.draft([entry.id], "  ")
    with pytest.raises(NotFound):
        journal.writing.draft([entry.id, "nosuch"], "T")
    journal.entries.trash(entry.id)
    with pytest.raises(JournalError, match="in the trash"):
        journal.writing.draft([entry.id], "T")
    assert journal.entries.rows() == []


def test_nothing_private_of_the_front_comes_along(journal: Journal) -> None:
    source = journal.entries.create("words", title="t", front={"private": "x", "mood": "low"})
    assert set(journal.writing.draft([source.id], "T").front) == {"slug", "description"}


def test_a_draft_of_one_line_describes_itself_by_it(journal: Journal) -> None:
    source = journal.entries.create("Lost `4k` ->run:secret #lr")
    post = journal.writing.draft([source.id], "T")
    assert post.body == "Lost `4k`\n"
    assert post.front["description"] == "Lost 4k"
