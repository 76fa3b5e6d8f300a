"""Autosave: whatever happens between two key strokes, no text is lost and no save wins unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from journal_app.domain.entry import Entry
from journal_app.errors import JournalError
from journal_app.gui.editor.autosave import Autosave, Content, Draft
from journal_app.services.entries import Saved


def entry(id: str, rev: int = 1, body: str = "") -> Entry:
    return Entry(id, "note", "t", body, rev, 0, 0)


class Desk:
    """An editor without widgets and a store that answers when the test says so."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.body = ""
        self.store: dict[str, tuple[int, str]] = {}
        self.flying: list[
            tuple[Draft, Callable[[Saved], None], Callable[[BaseException], None]]
        ] = []
        self.save = Autosave(self._submit, lambda: Content(self.body, "t", "note"), self.owner)
        self.clashes: list[tuple[str, str]] = []
        self.save.clashed.connect(lambda a, b: self.clashes.append((a, b)))

    def _submit(
        self, draft: Draft, ok: Callable[[Saved], None], bad: Callable[[BaseException], None]
    ) -> None:
        self.flying.append((draft, ok, bad))

    def open(self, id: str) -> None:
        rev, stored = self.store.setdefault(id, (1, ""))
        kept = self.save.begin(entry(id, rev, stored))
        self.body = kept.body if kept is not None else stored

    def type(self, text: str) -> None:
        self.body += text
        self.save.touched()

    def write_elsewhere(self, id: str, body: str) -> None:
        self.store[id] = (self.store[id][0] + 1, body)

    def land(self) -> None:
        """Let the oldest save reach the store, as EntryService.save does it."""
        draft, ok, _ = self.flying.pop(0)
        rev, stored = self.store[draft.id]
        body = draft.content.body
        if body == stored:
            ok(Saved(entry(draft.id, rev, stored)))
        elif rev != draft.base_rev:
            copy = f"{draft.id}-copy{len(self.store)}"
            self.store[copy] = (1, body)
            ok(Saved(entry(draft.id, rev, stored), entry(copy, 1, body)))
        else:
            self.store[draft.id] = (rev + 1, body)
            ok(Saved(entry(draft.id, rev + 1, body)))

    def fail(self) -> None:
        _, _, bad = self.flying.pop(0)
        bad(JournalError("The disk is full.", "Free some space."))


@pytest.fixture
def desk(qapp: object) -> Desk:
    made = Desk()
    made.open("A")
    return made


def test_typing_during_a_save_stays_unsaved_and_is_saved_after_it(desk: Desk) -> None:
    desk.type("one")
    desk.save.retry()
    assert desk.save.state == "saving"
    desk.type(" two")
    assert len(desk.flying) == 1, "one save at a time"
    desk.land()
    assert desk.save.state == "edited"
    assert desk.store["A"] == (2, "one")
    desk.save.retry()
    desk.land()
    assert desk.store["A"] == (3, "one two")
    assert desk.save.state == "saved" and desk.save.rev == 3


def test_a_clash_keeps_both_and_typing_goes_on_in_the_copy(desk: Desk) -> None:
    desk.type("mine")
    desk.write_elsewhere("A", "theirs")
    desk.save.retry()
    desk.type(" and more")
    desk.land()
    assert desk.store["A"][1] == "theirs"
    copy = desk.save.id
    assert copy is not None and copy != "A"
    assert desk.clashes == [("A", copy)]
    desk.save.retry()
    desk.land()
    assert desk.store[copy][1] == "mine and more"
    assert desk.store["A"][1] == "theirs"


def test_a_failed_save_keeps_the_text_and_can_be_tried_again(desk: Desk) -> None:
    desk.type("words")
    desk.save.retry()
    desk.fail()
    assert desk.save.state == "failed"
    assert desk.save.error is not None and "full" in desk.save.error.message
    assert [d.content.body for d in desk.save.unsaved()] == ["words"]
    desk.type(" more")
    assert desk.save.state == "failed"
    desk.save.retry()
    desk.land()
    assert desk.store["A"][1] == "words more" and desk.save.unsaved() == []


def test_switching_during_a_save_saves_what_was_typed_after_it_began(desk: Desk) -> None:
    desk.type("one")
    desk.save.retry()
    desk.type(" two")
    desk.open("B")
    desk.type("other")
    desk.land()
    assert len(desk.flying) == 1, "the rest of A goes at once"
    desk.land()
    assert desk.store["A"][1] == "one two"
    desk.save.retry()
    desk.land()
    assert desk.store["B"][1] == "other"


def test_coming_back_to_a_text_that_could_not_be_saved_shows_it(desk: Desk) -> None:
    desk.type("precious")
    desk.open("B")
    desk.fail()
    assert desk.body == ""
    desk.open("A")
    assert desk.body == "precious"
    assert desk.save.state == "failed"
    desk.save.retry()
    desk.land()
    assert desk.store["A"][1] == "precious"


def test_coming_back_while_its_save_runs(desk: Desk) -> None:
    desk.type("x")
    desk.open("B")
    desk.open("A")
    assert desk.body == "x"
    desk.type("y")
    desk.land()
    desk.save.retry()
    desk.land()
    assert desk.store["A"] == (3, "xy")


def test_closing_waits_for_the_save_and_for_what_was_typed_meanwhile(desk: Desk) -> None:
    ends: list[bool] = []
    desk.type("a")
    desk.save.flush(ends.append)
    assert ends == []
    desk.type("b")
    desk.land()
    assert ends == [], "the second save is under way"
    desk.land()
    assert ends == [True]
    assert desk.store["A"][1] == "ab"


def test_closing_when_the_save_fails_says_so_and_keeps_the_text(desk: Desk) -> None:
    ends: list[bool] = []
    desk.type("a")
    desk.save.flush(ends.append)
    desk.fail()
    assert ends == [False]
    assert [d.content.body for d in desk.save.unsaved()] == ["a"]


def test_closing_with_nothing_to_save_is_done_at_once(desk: Desk) -> None:
    ends: list[bool] = []
    desk.save.flush(ends.append)
    assert ends == [True]


def test_closing_saves_every_text_that_waits(desk: Desk) -> None:
    ends: list[bool] = []
    desk.type("a")
    desk.open("B")
    desk.fail()
    desk.type("b")
    desk.save.flush(ends.append)
    desk.land()
    desk.land()
    assert ends == [True]
    assert desk.store["A"][1] == "a" and desk.store["B"][1] == "b"


def test_an_entry_left_clean_is_forgotten(desk: Desk) -> None:
    desk.open("B")
    assert desk.flying == [] and desk.save.unsaved() == []


STEPS = st.lists(
    st.sampled_from(["type", "due", "land", "fail", "A", "B", "elsewhere"]), max_size=40
)


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_no_order_of_events_loses_a_word(steps: list[str]) -> None:
    desk = Desk()
    desk.open("A")
    typed: list[str] = []
    written: list[str] = []
    for n, step in enumerate(steps):
        if step == "type":
            typed.append(f"<{n}>")
            desk.type(typed[-1])
        elif step == "due":
            desk.save.retry()
        elif step == "land" and desk.flying:
            desk.land()
        elif step == "fail" and desk.flying:
            desk.fail()
        elif step in ("A", "B") and desk.save.id != step:
            desk.open(step)
        elif step == "elsewhere":
            written.append(f"[{n}]")
            desk.write_elsewhere("A", desk.store["A"][1] + written[-1])
    ends: list[bool] = []
    desk.save.flush(ends.append)
    while desk.flying:
        desk.land()
    assert ends == [True]
    everything = "".join(body for _, body in desk.store.values())
    assert [word for word in typed if word not in everything] == []
    assert [word for word in written if word not in everything] == []
    assert desk.save.unsaved() == []
