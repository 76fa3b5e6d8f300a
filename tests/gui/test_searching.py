"""Search in the window: off its thread, the newest letters win, hints, completion, far pages."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journal_app.domain.views import View
from journal_app.gui.app import Session
from journal_app.gui.lists.entry_model import KEPT_PAGES, PAGE, ROW, SNIPPET, EntryModel
from journal_app.gui.lists.search_hints import SearchHints
from journal_app.journal import Journal

Open = Callable[[], Session]


@pytest.fixture
def window(journal: Journal, open_window: Open) -> Session:
    journal.entries.add("Warmup under 300 steps diverges #npu", kind="lesson")
    journal.entries.add("Tokenizer path was wrong #npu/int4")
    journal.entries.add("Something else")
    return open_window()


def shown(session: Session) -> list[str]:
    model = session.window.entries.model
    return [model.index(n).data() for n in range(model.rowCount())]


def hints(session: Session, qtbot: QtBot) -> SearchHints:
    entries = session.window.entries
    entries.search.setFocus()
    entries.search.clear()
    qtbot.waitUntil(lambda: entries._hints is not None)
    assert entries._hints is not None
    return entries._hints


def test_a_search_runs_in_another_thread(
    window: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    real = window.journal.entries.search

    def look(*words: object, **options: object) -> object:
        threads.append(threading.current_thread().name)
        return real(*words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(window.journal.entries, "search", look)
    window.window.entries.search.setText("warmup")
    qtbot.waitUntil(lambda: shown(window) == ["Warmup under 300 steps diverges"])
    assert threads == ["search-0"]
    window.window.entries.search.clear()
    qtbot.waitUntil(lambda: len(shown(window)) == 3)


def test_newer_letters_interrupt_the_older_search(
    window: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first search would never end by itself; it is told to, and its answer never shows."""
    began, ended = threading.Event(), threading.Event()
    real = window.journal.entries.search

    def look(text: str, *, stop: Callable[[], bool], **options: object) -> object:
        if text == "slow":
            began.set()
            while not stop():
                ended.wait(0.001)
            ended.set()
        return real(text, stop=stop, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(window.journal.entries, "search", look)
    entries = window.window.entries
    entries.search.setText("slow")
    qtbot.waitUntil(began.is_set)
    entries.search.setText("tokenizer")
    qtbot.waitUntil(lambda: entries.model.query == "tokenizer")
    assert ended.is_set()
    assert shown(window) == ["Tokenizer path was wrong"]


def test_a_search_over_its_patience_shows_what_it_has_and_goes_on(
    window: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    real = window.journal.entries.search
    shown_first: list[list[str]] = []
    entries = window.window.entries

    def look(text: str, *, patience: float, **options: object) -> object:
        found = real(text, **options)  # type: ignore[arg-type]
        if patience < 1:
            return replace(found, hits=found.hits[:1], hurried=True)
        qtbot_saw.wait(2)
        return found

    qtbot_saw = threading.Event()
    monkeypatch.setattr(window.journal.entries, "search", look)
    entries.search.setText("tag:npu")
    qtbot.waitUntil(lambda: entries.model.rowCount() == 1)
    shown_first.append(shown(window))
    qtbot_saw.set()
    qtbot.waitUntil(lambda: entries.model.rowCount() == 2)
    assert shown_first[0][0] == shown(window)[0]


def test_enter_goes_to_the_first_hit_though_the_answer_is_not_there_yet(
    window: Session, qtbot: QtBot
) -> None:
    entries = window.window.entries
    entries.search.setFocus()
    qtbot.keyClicks(entries.search, "tokenizer")
    qtbot.keyClick(entries.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entries.list.currentIndex().data() == "Tokenizer path was wrong")
    assert entries.list.currentIndex().row() == 0


def test_a_similar_title_is_marked(window: Session, qtbot: QtBot) -> None:
    entries = window.window.entries
    entries.search.setText("tokenizre")
    qtbot.waitUntil(lambda: shown(window) == ["Tokenizer path was wrong"])
    assert entries.model.index(0).data(SNIPPET).startswith("Similar title")


def test_what_is_not_understood_is_said_below_the_field(window: Session, qtbot: QtBot) -> None:
    help = hints(window, qtbot)
    window.window.entries.search.setText("warmup before:soon")
    qtbot.waitUntil(lambda: "before:soon" in help.line.text())
    assert help.line.isVisible()
    assert shown(window) == ["Warmup under 300 steps diverges"], "the rest is searched"
    window.window.entries.search.setText("warmup")
    qtbot.waitUntil(lambda: not help.line.isVisible())


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
        ("loss tag:n", False, ["npu", "npu/int4"]),
        ("-tag:npu/", False, ["npu/int4"]),
        ("kind:le", False, ["lesson"]),
        ("has:im", False, ["image"]),
        ("is:fav", False, ["favourite"]),
        ("after:t", False, ["today"]),
        ("no:thing", False, []),
        ("ta", False, []),
        ("ta", True, ["tag"]),
        ("loss -k", True, ["kind"]),
    ],
)
def test_what_may_be_typed_is_offered(
    window: Session, qtbot: QtBot, before: str, asked: bool, expected: list[str]
) -> None:
    found = hints(window, qtbot).choices(before, asked=asked)
    assert [choice.key for choice in found] == expected


def test_an_operator_and_its_value_are_typed_by_keys(window: Session, qtbot: QtBot) -> None:
    help = hints(window, qtbot)
    field = window.window.entries.search
    qtbot.keyClick(field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert help.list.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "tag:"
    qtbot.keyClicks(field, "np")
    assert [help.list.item(n).text() for n in range(help.list.count())] == ["npu", "npu/int4"]
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "tag:npu "
    assert not help.list.isVisible()
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    qtbot.keyClicks(field, "kind:")
    assert help.list.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not help.list.isVisible()
    assert field.text() == "tag:npu kind:", "the first Esc only closes the list"


def test_a_far_row_is_read_from_the_nearest_known_one(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    count = 6 * PAGE + 7
    for n in range(count):
        journal.entries.create(f"Entry {n}")
    whole = [row.title for row in journal.entries.rows(limit=count)]
    asked: list[int] = []
    real = journal.entries.rows

    def rows(view: View, *, limit: int, offset: int, after: object) -> object:
        asked.append(offset)
        return real(view, limit=limit, offset=offset, after=after)  # type: ignore[arg-type]

    monkeypatch.setattr(journal.entries, "rows", rows)
    model = EntryModel(journal)
    model.show(View())
    assert model.rowCount() == count
    seen = [model.index(n).data(ROW).title for n in range(count)]
    assert seen == whole
    assert set(asked) == {0}, "page after page, none is counted from the top"
    asked.clear()
    model.show(View())
    assert model.index(5 * PAGE).data(ROW).title == whole[5 * PAGE]
    assert model.index(5 * PAGE + PAGE).data(ROW).title == whole[6 * PAGE]
    assert asked == [5 * PAGE, 0]
    assert KEPT_PAGES > 2
    model.deleteLater()


def test_a_change_that_moves_no_number_lays_no_list_out_again(
    window: Session, qtbot: QtBot
) -> None:
    resets: list[int] = []
    model, entries = window.window.entries.model, window.journal.entries
    model.modelReset.connect(lambda: resets.append(1))
    first = model.row(2)
    assert first is not None
    entries.save(first.id, "Tokenizer path is right now", base_rev=first.rev)
    qtbot.waitUntil(lambda: "Tokenizer path is right now" in shown(window))
    assert not resets
    entries.add("One more")
    qtbot.waitUntil(lambda: "One more" in shown(window))
    assert resets and model.rowCount() == 4


def test_a_known_line_is_found_without_reading_pages(
    window: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = window.window.entries.model
    row = model.row(1)
    assert row is not None
    monkeypatch.setattr(model, "_read", lambda page: pytest.fail(f"page {page} was read"))
    assert model.line_of(row.id, (0, 250)) == 1
