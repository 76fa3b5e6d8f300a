"""Completion in the text: opens by typing only, takes what is chosen, stands in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from journal_app.domain.views import View
from journal_app.gui.editor.completion import Completion, Trigger, trigger
from journal_app.gui.editor.completion_commands import commands, offered
from journal_app.gui.editor.pane import EditorPane
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]


@pytest.fixture
def pane(panes: Panes, qtbot: QtBot) -> Iterator[EditorPane]:
    window = QMainWindow()
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    window.setCentralWidget(made)
    qtbot.addWidget(window)
    panes.events.listen(made.stale)
    window.resize(900, 700)
    window.show()
    window.activateWindow()
    made.open_entry(panes.journal.entries.create("").id)
    made.page.text.setFocus()
    yield made
    made.close()
    window.close()


def shown(pane: EditorPane) -> list[str]:
    popup = pane.linking.completion.popup
    return [choice.text for choice in popup.choices()] if popup.isVisible() else []


def typed(pane: EditorPane, qtbot: QtBot, words: str) -> Completion:
    """Type, and wait until what was asked for has come."""
    qtbot.keyClicks(pane.page.text, words)
    arrived: list[bool] = []

    def idle() -> bool:
        return pane.jobs.busy() == 0

    qtbot.waitUntil(idle, timeout=5000)
    # Results are posted before their job ends: one more job's result comes after them.
    pane.jobs.submit("io", lambda _context: True, on_done=arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=5000)
    return pane.linking.completion


def add_run(journal: Journal, id: str, name: str) -> None:
    with journal.store.write() as w:
        w.db.execute(
            "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
            " reader, imported_at, updated_at) VALUES (?, 'x', ?, '', ?, 'finished', '', '', 0, 0)",
            (id, id, name),
        )


@pytest.mark.parametrize(
    ("before", "kind", "rest"),
    [
        ("/", "/", ""), ("a /ta", "/", "ta"), ("see [[wa up", "[[", "wa up"), ("#lr", "#", "lr"),
        ("x @na-1", "@", "na-1"), ("![[x", "[[", "x"), ("[[a]] [[b", "[[", "b"),
        ("\ud83d\ude00 [[\ud83d\ude00", "[[", "😀"),
    ],
)  # fmt: skip
def test_what_asks_for_names(before: str, kind: str, rest: str) -> None:
    found = trigger(before)
    assert found is not None and (found.kind, found.typed) == (kind, rest)
    assert len(before) - found.start >= len(kind)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "a",
        "a/b",
        "/usr/",
        "# ",
        "a#b",
        "#1",
        "me@x",
        "[[a]]",
        "[[a|b",
        "[a",
        "https://x/@",
        "##",
    ],
)
def test_what_asks_for_nothing(before: str) -> None:
    assert trigger(before) is None


def test_a_trigger_says_where_it_begins() -> None:
    assert trigger("see [[wa") == Trigger("[[", 4, "wa")


def test_a_command_is_found_by_a_few_letters_and_put_in_place(
    pane: EditorPane, qtbot: QtBot
) -> None:
    completion = typed(pane, qtbot, "/")
    assert len(shown(pane)) > 20 and shown(pane)[0] == "Heading"
    typed(pane, qtbot, "tab")
    assert shown(pane)[:2] == ["Table", "Table of runs"]
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Tab)
    assert pane.page.text.text().startswith("| ") and not completion.popup.isVisible()
    assert pane.page.text.textCursor().positionInBlock() == 2
    qtbot.keyClick(pane.page.text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    typed(pane, qtbot, "\r/quote")
    before = pane.page.text.text()
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text().endswith("\n> ")
    pane.page.text.undo()
    assert pane.page.text.text() == before  # one step


def test_a_block_that_is_asked_for_inside_a_line_begins_a_new_one(
    pane: EditorPane, qtbot: QtBot
) -> None:
    typed(pane, qtbot, "words /head")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == "words \n## "
    typed(pane, qtbot, "/date")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text().startswith("words \n## 20")


@pytest.mark.parametrize("path", ["/usr/bin/env ok", "/tmp/x ", "a /q/r "])
def test_a_path_can_be_typed(pane: EditorPane, qtbot: QtBot, path: str) -> None:
    typed(pane, qtbot, path)
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == f"{path}\n"


def test_entries_are_completed_and_linked_by_title(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    target = journal.entries.create("x", title="Warm up longer")
    journal.entries.create("x", title="Twins")
    second = journal.entries.create("y", title="Twins")
    typed(pane, qtbot, "see [[wul")
    assert shown(pane) == ["Warm up longer", "Create “wul”"]
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == "see [[Warm up longer]]"
    typed(pane, qtbot, " [[twi")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text().endswith(f"[Twins](entry:{second.id})")
    qtbot.waitUntil(lambda: pane.autosave.idle and pane.jobs.busy() == 0, timeout=5000)
    assert pane.entry is not None
    assert set(journal.links.targets(pane.entry.id).values()) == {target.id, second.id}


def test_a_name_that_nothing_has_is_created(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    typed(pane, qtbot, "[[Brand new")
    assert shown(pane) == ["Create “Brand new”"]
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == "[[Brand new]]"
    qtbot.waitUntil(lambda: pane.jobs.busy() == 0, timeout=5000)
    assert journal.links.entry_named("Brand new") is not None


def test_tags_and_runs_are_completed(pane: EditorPane, journal: Journal, qtbot: QtBot) -> None:
    journal.entries.add("x #warmup #wide")
    add_run(journal, "R1", "nano-d12")
    add_run(journal, "R2", "nano d20")
    typed(pane, qtbot, "#wa")
    assert shown(pane) == ["#warmup"]
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    typed(pane, qtbot, "@nan")
    assert sorted(shown(pane)) == ["nano d20", "nano-d12"]
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Down)
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() in ("#warmup @nano-d12 ", "#warmup [nano d20](run:R2) ")


def test_a_run_card_and_a_table_of_runs(pane: EditorPane, journal: Journal, qtbot: QtBot) -> None:
    add_run(journal, "R1", "nano-d12")
    typed(pane, qtbot, "/run card")
    typed(pane, qtbot, "\b" * 9 + "/card")
    assert shown(pane)[0] == "Run card"
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(pane) == ["nano-d12"], timeout=5000)
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == "![[run:R1]]"
    typed(pane, qtbot, " /tabr")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "| Run |" in pane.page.text.text(), timeout=5000)
    assert "| [nano-d12](run:R1) | finished |" in pane.page.text.text()


def test_templates_are_offered_and_filled(pane: EditorPane, qtbot: QtBot) -> None:
    typed(pane, qtbot, "/")
    names = [c for c in pane.linking.completion.popup.choices() if c.key.startswith("template:")]
    assert names
    qtbot.keyClicks(pane.page.text, names[0].text.split()[0].lower())
    assert names[0].text in shown(pane)
    pane.linking.completion.take(names[0])
    qtbot.waitUntil(lambda: len(pane.page.text.text()) > 20, timeout=5000)
    assert "/" not in pane.page.text.text()[:1] and "{{" not in pane.page.text.text()


def test_a_footnote_is_written_at_the_end(pane: EditorPane, qtbot: QtBot) -> None:
    pane.page.text.set_text("claim\n\nlast[^3]")
    pane.page.text.select_span(5, 5)
    typed(pane, qtbot, " /foot")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    qtbot.keyClicks(pane.page.text, "why")
    assert pane.page.text.text() == "claim [^4]\n\nlast[^3]\n\n[^4]: why"


def test_esc_closes_it_for_this_word_and_the_caret_may_leave(
    pane: EditorPane, qtbot: QtBot
) -> None:
    completion = typed(pane, qtbot, "a /t")
    assert shown(pane)
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Escape)
    typed(pane, qtbot, "a")
    assert not completion.popup.isVisible()
    typed(pane, qtbot, " /t")
    assert shown(pane)
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Home)
    assert not completion.popup.isVisible()
    qtbot.keyClick(pane.page.text, Qt.Key.Key_End)  # moving there opens nothing
    assert not completion.popup.isVisible()


def test_code_stays_in_peace(pane: EditorPane, qtbot: QtBot) -> None:
    pane.page.text.set_text("```\n\n```")
    pane.page.text.select_span(4, 4)
    completion = typed(pane, qtbot, "@x /t #tag [[")
    assert not completion.popup.isVisible()


def test_an_input_method_may_write_the_name(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    journal.entries.create("x", title="学习率预热")
    typed(pane, qtbot, "[[")
    event = QInputMethodEvent("yure", [])
    QApplication.sendEvent(pane.page.text, event)
    event = QInputMethodEvent()
    event.setCommitString("预热")
    QApplication.sendEvent(pane.page.text, event)
    qtbot.waitUntil(lambda: shown(pane)[:1] == ["学习率预热"], timeout=5000)


def test_the_list_stays_inside_the_window(pane: EditorPane, qtbot: QtBot) -> None:
    pane.page.text.set_text("line\n" * 60 + "x" * 60)
    pane.page.text.select_span(10_000, 10_000)
    pane.page.show_caret()
    completion = typed(pane, qtbot, " /")
    popup, window = completion.popup, pane.window()
    for width, height in ((900, 700), (640, 440), (660, 300)):
        window.resize(width, height)
        completion.close()
        typed(pane, qtbot, "\b/")
        assert popup.isVisible() and window.rect().contains(popup.geometry())


def test_every_command_has_an_icon_and_is_found_by_its_name(pane: EditorPane) -> None:
    for command in commands():
        assert offered(command.name.split()[0].lower(), (), {}, 30), command
        first = offered(command.name.lower().replace(" ", ""), (), {}, 30)
        assert first[0].key == f"command:{command.id}", command.name
        assert not pane.linking.completion.popup.isVisible()


def test_nothing_is_offered_by_text_that_the_program_puts_in(
    pane: EditorPane, journal: Journal
) -> None:
    pane.page.text.insert("see [[wa")
    assert not pane.linking.completion.popup.isVisible()
    assert journal.entries.count(View("all")) == 1


def test_the_chosen_line_is_spoken(
    pane: EditorPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "journal_app.gui.editor.completion_popup.announce", lambda _place, text: said.append(text)
    )
    typed(pane, qtbot, "/sub")
    assert said[-1] == "Subheading, ###"


def test_the_open_entry_is_not_offered_to_itself(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    journal.entries.create("", title="Small heads")
    assert pane.entry is not None
    open_one = journal.entries.create("", title="Small things")
    pane.open_entry(open_one.id)
    typed(pane, qtbot, "[[small")
    assert "Small things" not in shown(pane)
    assert "Small heads" in shown(pane)
