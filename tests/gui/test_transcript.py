"""The transcript: what was sent, what came back, run again, another prompt, two packs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.commands import Request
from journal_app.gui.assist import gate_line
from journal_app.gui.model import transcript_packs, transcript_prompt
from journal_app.gui.model.transcript import TranscriptWindow
from journal_app.gui.model.transcript_diff import DiffDialog
from journal_app.gui.model.transcript_packs import PacksDialog
from journal_app.gui.model.transcript_prompt import PromptDialog
from journal_app.services.assist import AssistService
from tests.helpers.commanding import LongestFirst, ScriptedWriter, command_service
from tests.helpers.panes import Panes, panes, settle, words

__all__ = ["panes"]

BODY = "# Warmup\n\nWith 100 warmup steps the loss left at step 4,200.\n\nCoffee was good.\n"
BEST = "With 100 warmup steps the loss left at step 4,200."


@pytest.fixture
def writer(panes: Panes, monkeypatch: pytest.MonkeyPatch) -> ScriptedWriter:
    made = ScriptedWriter("The loss left at step 4,200 with 100 warmup steps")
    command_service(panes.journal, made)
    for module in (gate_line, transcript_packs, transcript_prompt):
        monkeypatch.setattr(module, "writers", lambda: ["big", "small"])
    return made


@pytest.fixture
def window(panes: Panes, writer: ScriptedWriter, qtbot: QtBot) -> Iterator[TranscriptWindow]:
    parent = QWidget()
    parent.resize(1280, 800)
    qtbot.addWidget(parent)
    made = TranscriptWindow(panes.journal, panes.jobs, panes.holder, lambda: OPEN[0], parent)
    yield made
    made.close()


OPEN = [""]  # the id of the open entry


def test_nothing_made_says_what_belongs_here(
    window: TranscriptWindow, panes: Panes, qtbot: QtBot
) -> None:
    window.ask()
    settle(panes.jobs, qtbot)
    assert window.empty.isVisible() and not window.again.isEnabled()


def test_everything_about_an_answer_is_shown(
    window: TranscriptWindow, panes: Panes, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    journal = panes.journal
    entry = journal.entries.create(BODY)
    journal.commands.run("title", Request(entry.id))
    writer.text = "It left at step 9,999."
    answer = journal.commands.run("lesson", Request(entry.id))
    OPEN[0] = entry.id
    window.ask()
    settle(panes.jobs, qtbot)
    assert [line.row.task for line in window.model.lines] == ["lesson", "title"]
    shown = words(window.detail)
    for part in (
        "You state the lesson of a lab note",
        "9,999",
        "a number was wrong (The number 9999",
        BEST,
        "lesson/1",
        "scripted",
        "NPU, Hexagon",
        answer.id,
    ):
        assert part in shown, part
    with qtbot.waitSignal(window.cite_requested, timeout=1000) as asked:
        window.detail.cited.emit(window.detail.detail.cites[0])  # type: ignore[union-attr]
    assert asked.args[0] == entry.id and BODY[asked.args[1] : asked.args[2]] == BEST
    window.task.setCurrentIndex(window.task.findData("title"))
    settle(panes.jobs, qtbot)
    assert [line.row.task for line in window.model.lines] == ["title"]
    other = journal.entries.create("Nothing yet.")
    window.task.setCurrentIndex(0)
    OPEN[0] = other.id
    window.here.setChecked(True)
    settle(panes.jobs, qtbot)
    assert window.model.lines == [] and window.empty.isVisible()


def test_running_again_keeps_both_and_shows_what_differs(
    window: TranscriptWindow, panes: Panes, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    journal = panes.journal
    first = journal.commands.run("title", Request(journal.entries.create(BODY).id))
    window.ask(first.id)
    settle(panes.jobs, qtbot)
    assert not window.diff.isVisible()
    writer.text = "With 100 warmup steps the loss left"
    window.again.click()
    settle(panes.jobs, qtbot)
    detail = window.detail.detail
    assert detail is not None and detail.line.row.parent == first.id
    assert len(window.model.lines) == 2 and window.diff.isVisible()
    window.diff.click()
    settle(panes.jobs, qtbot)
    (dialog,) = window.findChildren(DiffDialog)
    text = dialog.view.toPlainText()
    assert "The loss left at step" in text and "100 warmup steps" in text
    dialog.reject()


def test_an_edited_prompt_runs_as_a_trial(
    window: TranscriptWindow, panes: Panes, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    journal = panes.journal
    first = journal.commands.run("title", Request(journal.entries.create(BODY).id))
    command_service(journal, writer, allowed=False, why="It was never tried.")
    window.ask(first.id)
    settle(panes.jobs, qtbot)
    window.edit.click()
    (dialog,) = window.findChildren(PromptDialog)
    _, system = dialog.fields[0]
    assert system.toPlainText().startswith("You give short titles")
    system.setPlainText("Give a shorter title.")
    writer.text = "The loss left at step 4,200 with 100 warmup steps"
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.view.outcome is not None, timeout=5000)
    pack, prompt = writer.prompts[-1]
    assert pack == "scripted" and prompt.messages[0].content == "Give a shorter title."
    assert dialog.view.trial.isVisible() and "in the model's words" in words(dialog)
    dialog.reject()
    settle(panes.jobs, qtbot)
    detail = window.detail.detail
    assert detail is not None and detail.line.row.parent == first.id
    assert "trial" in words(window.detail)


def test_two_packs_answer_the_same_side_by_side(
    window: TranscriptWindow, panes: Panes, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    journal = panes.journal
    first = journal.commands.run("title", Request(journal.entries.create(BODY).id))
    writer.says = {
        "big": "The loss left at step 4,200 with 100 warmup steps",
        "small": "With 100 warmup steps the loss left",
    }
    window.ask(first.id)
    settle(panes.jobs, qtbot)
    window.compare.click()
    (dialog,) = window.findChildren(PacksDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=5000)
    assert [side.pack.currentData() for side in dialog.sides] == ["big", "small"]
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.diff, timeout=5000)
    assert [pack for pack, _ in writer.prompts[-2:]] == ["big", "small"]
    text = dialog.diff.toPlainText()
    assert "The loss" in text and "100 warmup steps" in text
    for side in dialog.sides:
        assert "tokens/s" in side.meta.full_text() and " tokens ·" in side.meta.full_text()
    dialog.reject()
    settle(panes.jobs, qtbot)
    assert len(window.model.lines) == 3


def test_one_pack_alone_cannot_be_compared(
    window: TranscriptWindow, panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript_packs, "writers", lambda: ["small"])
    journal = panes.journal
    journal.commands.run("title", Request(journal.entries.create(BODY).id))
    window.ask()
    settle(panes.jobs, qtbot)
    window.compare.click()
    settle(panes.jobs, qtbot)
    (dialog,) = window.findChildren(PacksDialog)
    assert dialog.empty.isVisible() and not dialog.go.isEnabled()
    dialog.reject()


def test_a_summary_is_listed_with_its_sentences(
    window: TranscriptWindow, panes: Panes, qtbot: QtBot
) -> None:
    journal = panes.journal
    assist = AssistService(journal.store, LongestFirst())
    one, two = journal.entries.create(BODY), journal.entries.create("Seeds differ by 0.02.")
    assist.summarize_entry(one.id)
    assist.summarize_entries([(one.id, "Warmup"), (two.id, "Seeds")])
    window.ask()
    settle(panes.jobs, qtbot)
    assert window.model.lines[0].subject == "2 entries"
    assert not window.again.isEnabled() and "Seeds differ by 0.02." in words(window.detail)
    window.list.setCurrentIndex(window.model.index(1))
    settle(panes.jobs, qtbot)
    assert window.again.isEnabled() and not window.edit.isEnabled()
    assert "nothing was sent" in words(window.detail)


def test_esc_gives_up_what_runs_before_it_closes(
    window: TranscriptWindow, panes: Panes, writer: ScriptedWriter, qtbot: QtBot
) -> None:
    journal = panes.journal
    journal.commands.run("title", Request(journal.entries.create(BODY).id))
    window.ask()
    settle(panes.jobs, qtbot)
    writer.wait = True
    window.again.click()
    qtbot.waitUntil(lambda: len(writer.prompts) == 2, timeout=5000)
    window.reject()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=5000)
    assert window.isVisible() and window.state.text() == "Cancelled."
    window.reject()
    assert not window.isVisible()
    settle(panes.jobs, qtbot)
