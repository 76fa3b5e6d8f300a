"""Commands after a slash: offered, run on the entry, answered below; the text is the user's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from journal_app.domain.commands import Request
from journal_app.gui.assist.card import CommandCard
from journal_app.gui.assist.cites import cites
from journal_app.gui.assist.lines import Line, Typed, for_argument
from journal_app.gui.dialogs.palette import Choice
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.language import tr
from tests.helpers.commanding import ScriptedWriter, command_service
from tests.helpers.panes import Panes, panes, settle

__all__ = ["panes"]

BODY = (
    "Two runs, same data.\n\nWith 100 warmup steps the loss left at step 4,200.\n\n"
    "With 500 it held to the end.\n"
)
BEST = "With 100 warmup steps the loss left at step 4,200."


@pytest.fixture
def writer(panes: Panes) -> ScriptedWriter:
    made = ScriptedWriter("The loss left at step 4,200 with 100 warmup steps")
    command_service(panes.journal, made)
    return made


@pytest.fixture
def pane(panes: Panes, writer: ScriptedWriter, qtbot: QtBot) -> Iterator[EditorPane]:
    window = QMainWindow()
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    window.setCentralWidget(made)
    qtbot.addWidget(window)
    panes.events.listen(made.stale)
    window.resize(900, 700)
    window.show()
    window.activateWindow()
    made.open_entry(panes.journal.entries.create(BODY).id)
    made.page.text.setFocus()
    made.page.text.moveCursor(QTextCursor.MoveOperation.End)
    yield made
    made.close()
    window.close()


def typed(pane: EditorPane, qtbot: QtBot, words: str) -> list[Choice]:
    qtbot.keyClicks(pane.page.text, words)
    settle(pane.jobs, qtbot)
    popup = pane.linking.completion.popup
    return popup.choices() if popup.isVisible() else []


def enter(pane: EditorPane, qtbot: QtBot) -> None:
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    settle(pane.jobs, qtbot)


def ran(pane: EditorPane, qtbot: QtBot, words: str) -> CommandCard:
    """Type a command, run it, and wait for its answer."""
    typed(pane, qtbot, words)
    enter(pane, qtbot)
    card = pane.linking.completion.slash.shown
    assert card is not None
    qtbot.waitUntil(lambda: not card.running, timeout=5000)
    return card


def test_the_commands_stand_in_a_group_with_what_they_do(pane: EditorPane, qtbot: QtBot) -> None:
    found = {choice.key: choice for choice in typed(pane, qtbot, "/")}
    names = [key for key in found if key.startswith("assist:")]
    assert {"assist:ask", "assist:summary", "assist:compare", "assist:since"} <= set(names)
    assert len(names) == 13
    assert found["assist:ask"].text == "/ask QUESTION" and "its entry" in found["assist:ask"].note
    assert typed(pane, qtbot, "tld")[0].key == "assist:tldr"


def test_a_command_runs_below_the_text_and_its_word_goes(pane: EditorPane, qtbot: QtBot) -> None:
    text = pane.page.text
    card = ran(pane, qtbot, "/title")
    assert text.text() == BODY, "the word of the command is gone and nothing came in"
    assert (
        card.outcome is not None
        and card.outcome.answer.text == "The loss left at step 4,200 with 100 warmup steps"
    )
    assert card.view.by.text() == "in the model's words"
    assert card.view.rows[0].cite.line == 3
    text.undo()
    assert text.text() == BODY + "/title", "one step"


def test_insert_is_the_users_act_and_one_step_of_undo(pane: EditorPane, qtbot: QtBot) -> None:
    text = pane.page.text
    card = ran(pane, qtbot, "/summary")
    qtbot.mouseClick(card.insert, Qt.MouseButton.LeftButton)
    assert text.text().startswith(BODY + "- ") and BEST not in text.text().splitlines()[-1]
    text.undo()
    assert text.text() == BODY


def test_apply_sets_the_title_and_adds_tags(pane: EditorPane, qtbot: QtBot) -> None:
    journal = pane.journal
    card = ran(pane, qtbot, "/title")
    assert card.apply.isVisible() and card.apply.text() == tr("Use as title")
    card.apply.click()
    assert pane.page.title.title() == "The loss left at step 4,200 with 100 warmup steps"
    journal.entries.add("warmup warmup #warmup")
    card = ran(pane, qtbot, "/tags")
    assert card.outcome is not None
    assert card.outcome.answer.by == "rules" and card.view.by.text() == "from your notes"
    card.apply.click()
    settle(pane.jobs, qtbot)
    assert pane.entry is not None
    assert "warmup" in journal.entries.get(pane.entry.id).tags


def test_a_question_is_typed_in_the_line_and_answered_with_citations(
    pane: EditorPane, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    writer.text = "With 100 steps the loss left at step 4,200."
    typed(pane, qtbot, "/as")
    enter(pane, qtbot)
    assert pane.page.text.text() == BODY + "/ask ", "the name is completed, the question follows"
    (line,) = typed(pane, qtbot, "why did warmup of 100 steps fail")
    assert "of 512 tokens" in line.note and "warmup of 100" in line.text
    enter(pane, qtbot)
    card = pane.linking.completion.slash.shown
    assert card is not None
    qtbot.waitUntil(lambda: card.outcome is not None, timeout=5000)
    assert pane.page.text.text() == BODY
    row = next(row for row in card.view.rows if row.cite.text == BEST)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert pane.page.text.textCursor().selectedText() == BEST


def test_without_a_question_enter_does_nothing(pane: EditorPane, qtbot: QtBot) -> None:
    typed(pane, qtbot, "/ask ")
    enter(pane, qtbot)
    assert pane.page.text.text() == BODY + "/ask "
    assert pane.linking.completion.slash.shown is None


def test_what_the_journal_does_not_say_is_said_calmly(pane: EditorPane, qtbot: QtBot) -> None:
    card = ran(pane, qtbot, "/ask what is the capital of Mongolia")
    assert card.outcome is not None and not card.outcome.answer.known
    assert card.view.by.text() == "not in your notes" and not card.insert.isVisible()
    qtbot.waitUntil(lambda: "does not say" in card.view.text.toPlainText(), timeout=5000)


def test_a_long_question_is_amber(pane: EditorPane, qtbot: QtBot) -> None:
    typed(pane, qtbot, "/ask x")
    pane.page.text.insert(" word" * 700)
    (line,) = typed(pane, qtbot, "y")
    assert isinstance(line, Line) and line.tone == "stale"


def test_days_and_runs_are_completed(pane: EditorPane, qtbot: QtBot) -> None:
    with pane.journal.store.write() as w:
        for id, name in (("R1", "nano-d12"), ("R2", "nano-d20")):
            w.db.execute(
                "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
                " reader, imported_at, updated_at)"
                " VALUES (?, 'x', ?, '', ?, 'finished', '', '', 0, 0)",
                (id, id, name),
            )
    assert "7d" in [choice.text for choice in typed(pane, qtbot, "/since ")]
    card = ran(pane, qtbot, "7d")
    assert card.outcome is not None and card.outcome.request.argument == "7d"
    found = typed(pane, qtbot, "/compare nano-d1")
    assert found[0].text == "nano-d12"
    enter(pane, qtbot)
    typed(pane, qtbot, "nano-d20")
    assert pane.page.text.text().endswith("/compare nano-d12 nano-d20")
    enter(pane, qtbot)
    card = pane.linking.completion.slash.card
    qtbot.waitUntil(lambda: not card.running, timeout=5000)
    assert "no metric" in card.view.text.toPlainText() or card.view.state.isVisible()


def test_a_selection_is_shortened_and_replaced(
    pane: EditorPane, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    writer.text = BEST
    text = pane.page.text
    part = "With 100 warmup steps the loss left at step 4,200.\n\nWith 500 it held to the end."
    start = BODY.index(part)
    text.select_span(start, start + len(part))
    pane.linking.completion.ask()
    settle(pane.jobs, qtbot)
    popup = pane.linking.completion.popup
    lines = {choice.key: choice for choice in popup.choices()}
    assert "run-assist:ask" not in lines and "of 1,024 tokens" in lines["run-assist:shorten"].note
    pane.linking.completion.take(lines["run-assist:shorten"])
    card = pane.linking.completion.slash.card
    qtbot.waitUntil(lambda: card.outcome is not None, timeout=5000)
    assert text.text() == BODY and card.replace.isVisible()
    assert card.view.rows[0].cite.line == 3, "counted in the entry, not in the selection"
    card.replace.click()
    assert text.text() == BODY.replace(part, BEST)
    text.undo()
    assert text.text() == BODY


def test_a_selection_that_was_changed_is_not_replaced(pane: EditorPane, qtbot: QtBot) -> None:
    text = pane.page.text
    told: list[str] = []
    pane.message.connect(lambda words, _level: told.append(words))
    text.select_span(0, 20)
    slash = pane.linking.completion.slash
    slash.read()
    settle(pane.jobs, qtbot)
    slash.run(slash.command("shorten"), selected=True)
    qtbot.waitUntil(lambda: slash.card.outcome is not None, timeout=5000)
    text.replace([(4, 8, "other")])
    before = text.text()
    slash.replace()
    assert text.text() == before and "changed since" in told[-1]


def test_esc_cancels_what_is_being_written(
    pane: EditorPane, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    writer.wait, writer.text = True, "Words that come"
    typed(pane, qtbot, "/lesson")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    slash = pane.linking.completion.slash
    qtbot.waitUntil(lambda: slash.card.view.stream.text() == "Words", timeout=5000)
    assert slash.card.cancel.isVisible() and not slash.card.insert.isVisible()
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not slash.card.running, timeout=5000)
    assert slash.card.view.state.text() == "Cancelled."
    assert not slash.card.view.stream.isVisible()
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Escape)
    assert slash.shown is None and pane.page.text.hasFocus()
    settle(pane.jobs, qtbot)


def test_leaving_the_entry_gives_the_command_up(
    pane: EditorPane, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    writer.wait = True
    typed(pane, qtbot, "/lesson")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    slash = pane.linking.completion.slash
    qtbot.waitUntil(lambda: bool(writer.prompts), timeout=5000)
    pane.open_entry(pane.journal.entries.create("another").id)
    assert slash.shown is None
    settle(pane.jobs, qtbot)
    assert slash.shown is None and pane.page.text.text() == "another"


def test_a_closed_gate_is_said_and_the_notes_answer(
    panes: Panes, pane: EditorPane, qtbot: QtBot
) -> None:
    command_service(panes.journal, ScriptedWriter("x"), allowed=False, why="It was never tried.")
    card = ran(pane, qtbot, "/lesson")
    assert card.view.by.text() == "from your notes"
    assert "It was never tried." in card.view.why.text()


def test_a_failed_check_falls_back_and_says_so(
    pane: EditorPane, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    writer.text = "It diverged at step 9,999."
    card = ran(pane, qtbot, "/lesson")
    assert card.outcome is not None and card.outcome.answer.by == "rules"
    assert "a number was wrong" in card.view.why.text() and "9,999" not in card.outcome.answer.text


def test_a_command_of_the_user_is_offered_without_a_restart(pane: EditorPane, qtbot: QtBot) -> None:
    typed(pane, qtbot, "/")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Escape)
    typed(pane, qtbot, "\b")
    folder = pane.journal.folder / "commands"
    folder.mkdir()
    (folder / "standup.toml").write_text(
        'title = "Standup"\nhelp = "What was done."\nwords = false\nkeep = 1\n', encoding="utf-8"
    )
    (folder / "broken.toml").write_text("title = 3\n", encoding="utf-8")
    slash = pane.linking.completion.slash
    with qtbot.waitSignal(slash.problems_changed, timeout=5000) as told:
        typed(pane, qtbot, "/")
    assert "broken.toml" in told.args[0][0] and "title" in told.args[0][0]
    found = typed(pane, qtbot, "standup")
    assert found[0].key == "assist:standup" and found[0].note == "What was done."
    enter(pane, qtbot)
    qtbot.waitUntil(lambda: slash.card.outcome is not None, timeout=5000)
    assert pane.page.text.text() == BODY


def test_prose_that_names_a_command_stays_prose(pane: EditorPane, qtbot: QtBot) -> None:
    typed(pane, qtbot, "see /title of the paper")
    enter(pane, qtbot)
    typed(pane, qtbot, "/usr/ask me")
    enter(pane, qtbot)
    assert pane.page.text.text() == BODY + "see /title of the paper\n/usr/ask me\n"


def test_a_source_is_found_again_in_a_text_that_changed(panes: Panes, writer: object) -> None:
    journal = panes.journal
    entry = journal.entries.create(BODY)
    answer = journal.commands.run("tldr", Request(entry.id))
    (one,) = cites(journal, answer.sentences, entry.id)
    assert BODY[one.start : one.end] == one.source and one.line == 3
    journal.entries.save(entry.id, "New first line.\n\n" + BODY, base_rev=entry.rev, title="t")
    (one,) = cites(journal, answer.sentences, entry.id)
    assert one.line == 5
    journal.entries.save(
        entry.id, "All is new.", base_rev=journal.entries.get(entry.id).rev, title="t"
    )
    (one,) = cites(journal, answer.sentences, entry.id)
    assert one.line == 0 and one.end == 0


def test_a_slash_of_the_button_leaves_with_esc(pane: EditorPane, qtbot: QtBot) -> None:
    completion, text = pane.linking.completion, pane.page.text
    settle(pane.jobs, qtbot)
    before = text.text()
    for body in (before, f"{before}Next"):
        text.setPlainText(body)
        text.moveCursor(QTextCursor.MoveOperation.End)
        completion.ask()
        settle(pane.jobs, qtbot)
        assert completion.popup.isVisible() and text.text().endswith("/")
        qtbot.keyClick(text, Qt.Key.Key_Escape)
        assert text.text() == body
    completion.ask()
    qtbot.keyClicks(text, "x")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert text.text().endswith("/x")  # what was typed stays
    settle(pane.jobs, qtbot)


def test_runs_that_are_named_are_not_offered_again(pane: EditorPane) -> None:
    compare = Typed(command_service(pane.journal, ScriptedWriter()).get("compare"), "s-1 s-2")
    offered = for_argument(compare, None, [("a", "s-2", "finished"), ("b", "s-22", "finished")])
    assert [one.key for one in offered] == ["run-assist:compare", "assist-add:s-22"]
