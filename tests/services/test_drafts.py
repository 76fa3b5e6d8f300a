"""What is typed into the capture window survives its process and never becomes two notes."""

from __future__ import annotations

import json
import os

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.services.drafts import FOLDER, Draft, DraftService


def test_a_draft_is_there_again_for_the_next_process(journal: Journal) -> None:
    first = DraftService(journal.store)
    draft = first.take()
    assert draft.text == ""
    first.keep(Draft(draft.id, "half a thought", "lesson"))
    first.release()
    again = DraftService(journal.store).take()
    assert again == Draft(draft.id, "half a thought", "lesson")


def test_two_processes_never_share_one(journal: Journal) -> None:
    one, other = DraftService(journal.store), DraftService(journal.store)
    one.keep(Draft(one.take().id, "mine"))
    assert other.take().text == ""
    other.keep(Draft("01HZZZZZZZZZZZZZZZZZZZZZZZ", "the other's"))
    names = sorted(path.name for path in (journal.folder / FOLDER).iterdir())
    assert names == ["capture-1.json", "capture-2.json"]
    one.drop()
    one.release()
    other.release()
    assert DraftService(journal.store).take().text == "the other's"


def test_a_note_that_was_kept_is_not_offered_again(journal: Journal) -> None:
    first = DraftService(journal.store)
    draft = Draft(first.take().id, "kept just before the kill")
    first.keep(draft)
    journal.entries.add(draft.text, id=draft.id)
    first.release()
    assert DraftService(journal.store).take().text == ""


def test_an_empty_text_leaves_nothing_behind(journal: Journal) -> None:
    service = DraftService(journal.store)
    draft = service.take()
    service.keep(Draft(draft.id, "x"))
    service.keep(Draft(draft.id, "  "))
    assert list((journal.folder / FOLDER).iterdir()) == []


@pytest.mark.parametrize("left", ["", "{", "[1]", '{"id": 1}', "\x00"])
def test_a_damaged_draft_is_passed_over(journal: Journal, left: str) -> None:
    (journal.folder / FOLDER).mkdir()
    (journal.folder / FOLDER / "capture-1.json").write_text(left)
    assert DraftService(journal.store).take().text == ""


def test_an_unknown_kind_becomes_a_note(journal: Journal) -> None:
    (journal.folder / FOLDER).mkdir()
    data = {"id": "01HZZZZZZZZZZZZZZZZZZZZZZZ", "text": "t", "kind": "opera"}
    (journal.folder / FOLDER / "capture-1.json").write_text(json.dumps(data))
    assert DraftService(journal.store).take().kind == "note"


def test_a_full_disk_is_told_and_leaves_the_older_draft(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = DraftService(journal.store)
    draft = service.take()
    service.keep(Draft(draft.id, "the older text"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError, match="No space left"):
        service.keep(Draft(draft.id, "the newer text"))
    service.release()
    assert [p.suffix for p in (journal.folder / FOLDER).iterdir()] == [".json"]
    assert DraftService(journal.store).take().text == "the older text"
