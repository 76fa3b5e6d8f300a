"""Ask from anywhere, this week, the user's own commands, and the summary panel's badges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.generate import Permission
from journal_app.domain.rewriter import Rewriter
from journal_app.gui.app import Session
from journal_app.gui.assist import gate_line
from journal_app.gui.assist.ask_window import AskWindow
from journal_app.gui.assist.built_in import TEXTS
from journal_app.gui.assist.own_commands import OwnCommands
from journal_app.gui.assist.week import WeekDialog, since
from journal_app.gui.inspector.panel import Inspector
from journal_app.journal import Journal
from journal_app.services.assist import AssistService
from tests.helpers.commanding import LongestFirst, ScriptedWriter, command_service
from tests.helpers.encoder import FakeEncoder
from tests.helpers.panes import Panes, panes, settle, words

__all__ = ["panes"]

Open = Callable[[], Session]
WARM = "# Warmup\n\nWith 100 warmup steps the loss left at step 4,200.\n\nCoffee was good.\n"
EVAL = "# Harness\n\nThe eval harness read the wrong tokenizer, so ARC-Easy was at chance.\n"
BEST = "With 100 warmup steps the loss left at step 4,200."


def rewording(journal: Journal, writer: ScriptedWriter, *, allowed: bool = True) -> None:
    """Summaries by scripted models."""
    rewriter = Rewriter(writer, FakeEncoder(), lambda: Permission("scripted", allowed, "no"))
    journal.__dict__["assist"] = AssistService(journal.store, LongestFirst(), rewriter=rewriter)


@pytest.fixture
def asking(panes: Panes, qtbot: QtBot) -> Iterator[AskWindow]:
    command_service(panes.journal, ScriptedWriter("With 100 steps the loss left at step 4,200."))
    parent = QWidget()
    parent.resize(1200, 800)
    qtbot.addWidget(parent)
    made = AskWindow(panes.journal, panes.jobs, panes.holder, parent)
    made.show()
    settle(panes.jobs, qtbot)
    yield made
    made.close()


def test_a_question_from_anywhere_is_answered_and_remembered(
    asking: AskWindow, panes: Panes, qtbot: QtBot
) -> None:
    entry = panes.journal.entries.create(WARM)
    assert asking.empty.isVisible() and not asking.side.isVisible()
    qtbot.keyClicks(asking.field, "why did 100 warmup steps fail")
    assert "of 512 tokens" in asking.budget.text()
    qtbot.keyClick(asking.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asking.view.outcome is not None, timeout=5000)
    assert "in the model's words" in words(asking.view)
    with qtbot.waitSignal(asking.cite_requested, timeout=1000) as asked:
        qtbot.keyClick(asking.view.rows[0], Qt.Key.Key_Return)
    id, start, end = asked.args
    assert id == entry.id and WARM[start:end] == BEST
    settle(panes.jobs, qtbot)
    assert asking.history.count() == 1 and asking.side.isVisible()
    qtbot.keyClicks(asking.field, "x")
    qtbot.waitUntil(lambda: not panes.jobs.busy(), timeout=5000)
    asking.history.setCurrentRow(0)
    qtbot.waitUntil(lambda: asking.field.text().endswith("fail"), timeout=5000)
    with qtbot.waitSignal(asking.insert_requested, timeout=1000) as put:
        qtbot.mouseClick(asking.insert, Qt.MouseButton.LeftButton)
    assert put.args == ["With 100 steps the loss left at step 4,200"]
    settle(panes.jobs, qtbot)


def test_a_missing_model_comes_with_the_way_to_it(
    asking: AskWindow, panes: Panes, qtbot: QtBot
) -> None:
    models = QAction(asking)
    models.setObjectName("models")
    opened: list[bool] = []
    models.triggered.connect(lambda: opened.append(True))
    asking.pages.setCurrentWidget(asking.view)
    asking.runner.failed.emit("It is not installed.", "`journal model install` fetches it.")
    assert words(asking.view) == "It is not installed." and asking.view.way.isVisible()
    asking.view.way.click()
    assert opened == [True]
    asking.runner.failed.emit("It broke.", "Try `journal model verify`.")
    assert words(asking.view) == "It broke. Try “journal model verify”."
    assert not asking.view.way.isVisible()
    settle(panes.jobs, qtbot)


def test_an_unknown_answer_offers_nothing_to_insert(
    asking: AskWindow, panes: Panes, qtbot: QtBot
) -> None:
    asking.field.setText("what is the capital of Mongolia")
    asking.ask()
    qtbot.waitUntil(lambda: asking.view.outcome is not None, timeout=5000)
    assert "not in your notes" in words(asking.view) and not asking.insert.isVisible()
    settle(panes.jobs, qtbot)


def test_a_week_names_the_entry_of_each_sentence(panes: Panes, qtbot: QtBot) -> None:
    journal = panes.journal
    rewording(journal, ScriptedWriter(), allowed=False)
    first, second = journal.entries.create(WARM), journal.entries.create(EVAL)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = WeekDialog(journal, panes.jobs, panes.holder, parent)
    dialog.show()
    settle(panes.jobs, qtbot)
    assert {row.cite.entry_id for row in dialog.rows} == {first.id, second.id}
    assert "Warmup" in words(dialog) and "2 entries" in dialog.meta.full_text()
    with qtbot.waitSignal(dialog.cite_requested, timeout=1000) as asked:
        qtbot.keyClick(dialog.rows[0], Qt.Key.Key_Return)
    assert asked.args[0] == first.id
    assert dialog.text().splitlines()[0].startswith(f"- {BEST} (")
    assert "No writer is installed" in words(dialog)
    assert journal.entries.get(first.id).body == WARM, "nothing is written"
    dialog.reject()


def test_an_empty_week_says_what_belongs_here(panes: Panes, qtbot: QtBot) -> None:
    rewording(panes.journal, ScriptedWriter())
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = WeekDialog(panes.journal, panes.jobs, panes.holder, parent)
    dialog.show()
    settle(panes.jobs, qtbot)
    assert dialog.empty.isVisible() and not dialog.copy.isVisible()
    dialog.reject()


def test_a_week_begins_on_monday() -> None:
    from datetime import datetime

    wednesday = int(datetime(2026, 11, 25, 15, 0).timestamp() * 1000)
    monday = datetime.fromtimestamp(since("monday", wednesday) / 1000)
    assert (monday.isoformat(), monday.weekday()) == ("2026-11-23T00:00:00", 0)
    assert since("7d", wednesday) == wednesday - 7 * 24 * 3600 * 1000
    assert since("monday", since("monday", wednesday)) == since("monday", wednesday)


def test_own_commands_are_listed_and_broken_ones_named(panes: Panes, qtbot: QtBot) -> None:
    journal = panes.journal
    command_service(journal, ScriptedWriter())
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = OwnCommands(journal, panes.jobs, panes.holder, parent)
    dialog.show()
    settle(panes.jobs, qtbot)
    folder = journal.folder / "commands"
    assert dialog.empty.isVisible() and (folder / "README.md").is_file()
    example = folder / "example.toml.txt"
    (folder / "standup.toml").write_text(example.read_text("utf-8"), encoding="utf-8")
    (folder / "odd.toml").write_text('title = "Odd"\nwords = false\nbudgte = 3\n', "utf-8")
    dialog.again.click()
    settle(panes.jobs, qtbot)
    assert "/standup" in words(dialog) and "budgte" in words(dialog)
    assert journal.commands.get("standup").title == "Standup"


@pytest.mark.parametrize(
    ("says", "badge"),
    [
        ("The loss left at step 4,200 with 100 warmup steps.", "reworded · checked"),
        ("The loss left at step 9,999.", "kept as written: a number was wrong"),
    ],
)
def test_the_summary_says_of_each_sentence_how_it_came_to_be(
    panes: Panes, qtbot: QtBot, says: str, badge: str
) -> None:
    rewording(panes.journal, ScriptedWriter(says))
    inspector = Inspector(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(inspector)
    inspector.resize(300, 800)
    inspector.show()
    inspector.show_entry(panes.journal.entries.create(BEST).id)
    settle(panes.jobs, qtbot)
    inspector.summary.start()
    settle(panes.jobs, qtbot)
    (sentence,) = inspector.summary.sentences
    assert badge in words(inspector.summary)
    assert ("9999" in sentence.toolTip()) == ("9,999" in says)
    settle(panes.jobs, qtbot)


def test_why_nothing_is_reworded_leads_to_the_models(
    panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate_line, "standing", lambda _journal: "It was never tried here.")
    rewording(panes.journal, ScriptedWriter(), allowed=False)
    inspector = Inspector(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(inspector)
    asked: list[bool] = []
    models = QAction(inspector)
    models.setObjectName("models")
    models.triggered.connect(lambda: asked.append(True))
    inspector.show()
    inspector.show_entry(panes.journal.entries.create(WARM).id)
    settle(panes.jobs, qtbot)
    assert "never tried" not in words(inspector.summary)
    inspector.summary.start()
    settle(panes.jobs, qtbot)
    assert "It was never tried here." in words(inspector.summary)
    assert "extracted" in words(inspector.summary)
    inspector.summary.gate.way.click()
    assert asked


def test_actions_open_the_windows(open_window: Open, journal: Journal, qtbot: QtBot) -> None:
    entry = journal.entries.create(WARM)
    session = open_window()
    window = session.window
    command_service(session.journal, ScriptedWriter("The loss left at step 4,200."))
    rewording(session.journal, ScriptedWriter(), allowed=False)
    window.acts.run("action:ask")
    assert window.acts.assist.asking.isVisible()
    window.acts.assist.asking.reject()
    window.acts.run("action:transcript")
    assert window.acts.assist.transcripts.isVisible()
    window.acts.assist.transcripts.reject()
    window.go("week")
    qtbot.waitUntil(lambda: bool(window.findChildren(WeekDialog)), timeout=5000)
    (week,) = window.findChildren(WeekDialog)
    qtbot.waitUntil(lambda: bool(week.rows) and session.jobs.busy() == 0, timeout=5000)
    week.rows[0].ask()
    assert window.editor is not None and window.editor.entry is not None
    assert window.editor.entry.id == entry.id
    assert window.editor.page.text.textCursor().selectedText() == BEST
    week.reject()
    assert window.sidebar.key != "week"
    window.acts.run("action:entry.command")
    popup = window.editor.linking.completion.popup
    qtbot.waitUntil(popup.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: session.jobs.busy() == 0, timeout=5000)


def test_f6_reaches_the_card(open_window: Open, journal: Journal, qtbot: QtBot) -> None:
    journal.entries.create(WARM)
    session = open_window()
    window = session.window
    command_service(session.journal, ScriptedWriter("Short warmup diverges"))
    editor = window.editor
    assert editor is not None
    slash = editor.linking.completion.slash
    slash.read()
    qtbot.waitUntil(lambda: bool(slash.commands), timeout=5000)
    editor.focus_editor()
    slash.run(slash.command("title"))
    qtbot.waitUntil(lambda: slash.card.outcome is not None, timeout=5000)
    window.acts.run("action:pane.next")
    assert slash.card.isAncestorOf(window.focusWidget() or window)
    focus: Any = window.focusWidget()
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert slash.shown is None and editor.page.text.hasFocus()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0, timeout=5000)


def test_the_example_of_a_command_works(journal: Journal, tmp_path: Path) -> None:
    service = command_service(journal, ScriptedWriter("We tried 100 steps."))
    from journal_app.gui.assist.own_commands import prepare

    folder = prepare(journal)
    (folder / "example.toml.txt").rename(folder / "standup.toml")
    service.reload()
    assert service.problems() == [] and service.get("standup").origin
    assert prepare(journal) == folder and not (folder / "example.toml.txt").exists()


def test_the_built_in_commands_are_there_for_the_translators(journal: Journal) -> None:
    service = command_service(journal, ScriptedWriter())
    shown = {text for one in service.commands() for text in (one.title, one.help)}
    assert shown == set(TEXTS)
