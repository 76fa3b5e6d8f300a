"""Writing in the whole pane and window: find and replace, spelling, Vim, counts, scrolling."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QMenu
from pytestqt.qtbot import QtBot

from journal_app.domain import finding
from journal_app.gui.app import Session
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.editor.writing import Counts
from journal_app.gui.probes.typing import Key as Typed
from journal_app.gui.probes.typing import summary, type_into
from journal_app.journal import Journal
from journal_app.runtime import dictionaries
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]

Key, Mod = Qt.Key, Qt.KeyboardModifier
Open = Callable[[], Session]


@pytest.fixture
def pane(panes: Panes, qtbot: QtBot) -> Iterator[EditorPane]:
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    panes.events.listen(made.stale)
    made.resize(900, 700)
    made.show()
    yield made
    made.writing.stop()


def open_text(pane: EditorPane, text: str, **more: str) -> str:
    entry = pane.journal.entries.create(text, **more)  # type: ignore[arg-type]
    pane.open_entry(entry.id)
    pane.page.text.setFocus()
    return entry.id


# ---------------------------------------------------------------------- find and replace


def test_replace_all_is_one_step_and_counts(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "run 1, Run 2, rerun 3")
    bar, text = pane.find_bar, pane.page.text
    bar.ask(replace=True)
    bar.whole.setChecked(True)
    bar.field.setText("run")
    assert bar.state.text() == "1 of 2" and len(text.layer("found")) == 1
    bar.new.setText("eval")
    bar.replace_all()
    qtbot.waitUntil(lambda: text.text() == "eval 1, eval 2, rerun 3")
    assert bar.state.text() == "2 replaced"
    text.undo()
    assert text.text() == "run 1, Run 2, rerun 3"
    bar.leave()
    assert text.layer("found") == [] and text.hasFocus()


def test_patterns_replace_with_groups_one_by_one(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "lr=1 lr=2")
    bar, text = pane.find_bar, pane.page.text
    bar.ask(replace=True)
    bar.regex.setChecked(True)
    bar.field.setText(r"lr=(\d)")
    qtbot.waitUntil(lambda: bar.state.text() == "1 of 2")
    bar.new.setText(r"\1!")
    qtbot.keyClick(bar.new, Key.Key_Return)
    qtbot.waitUntil(lambda: text.text() == "1! lr=2")
    qtbot.waitUntil(lambda: bar.state.text() == "1 of 1")
    qtbot.keyClick(bar.new, Key.Key_Return)
    qtbot.waitUntil(lambda: text.text() == "1! 2!")


def test_a_bad_or_endless_pattern_is_told_and_the_window_goes_on(
    pane: EditorPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "SECONDS", 0.3)
    open_text(pane, "x" * 4000)
    bar, text = pane.find_bar, pane.page.text
    bar.ask()
    bar.regex.setChecked(True)
    bar.field.setText("(")
    qtbot.waitUntil(lambda: "no pattern" in bar.state.text())
    bar.field.setText("(x+x+)+y")
    qtbot.keyClicks(text, "still here")
    assert "still here" in text.text()
    qtbot.waitUntil(lambda: "too long" in bar.state.text())


def test_hits_are_marked_anew_while_one_writes(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "one two one")
    bar, text = pane.find_bar, pane.page.text
    bar.ask()
    bar.field.setText("one")
    text.append_paragraph("one")
    qtbot.waitUntil(lambda: bar.state.text().endswith("3") or bar.state.text() == "3 found")
    assert len(text.layer("found")) >= 2


# ---------------------------------------------------------------------- undo of one entry


def test_undo_comes_back_with_the_entry_and_saves_nothing_strange(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    other = journal.entries.create("other")
    id = open_text(pane, "first")
    qtbot.keyClicks(pane.page.text, "x")
    pane.open_entry(other.id)
    qtbot.waitUntil(lambda: pane.autosave.unsaved() == [])
    pane.page.text.undo()
    assert pane.page.text.text() == "other" and pane.autosave.idle
    pane.open_entry(id)
    assert pane.page.text.text() == "xfirst" and pane.autosave.idle
    pane.page.text.undo()
    assert pane.page.text.text() == "first"
    qtbot.waitUntil(lambda: journal.entries.get(id).body == "first", timeout=5000)


def test_a_long_text_is_coloured_in_slices_and_looking_saves_nothing(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    body = "# Long\n" + "\n".join(f"line {n} with **bold** words" for n in range(1500))
    id = open_text(pane, body)
    rev = journal.entries.get(id).rev
    last = pane.page.text.document().lastBlock()
    assert not last.layout().formats()
    qtbot.waitUntil(lambda: bool(last.layout().formats()))
    assert pane.autosave.idle and journal.entries.get(id).rev == rev


# ---------------------------------------------------------------------- counts


def test_words_and_what_is_selected_are_counted(pane: EditorPane, qtbot: QtBot) -> None:
    told: list[Counts] = []
    pane.writing.counted.connect(told.append)
    open_text(pane, "one two three")
    qtbot.waitUntil(lambda: bool(told) and told[-1] == Counts(3, 13, 0, 0))
    pane.page.text.select_span(0, 7)
    qtbot.waitUntil(lambda: told[-1] == Counts(3, 13, 2, 7))
    pane.page.text.append_paragraph("word " * 6000)
    qtbot.waitUntil(lambda: told[-1].words == 6003, timeout=5000)


# ---------------------------------------------------------------------- Vim


def test_vim_keys_and_back(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "one two\nthree 🎉 four")
    text, writing = pane.page.text, pane.writing
    writing.use("editor.keys", "vim")
    qtbot.keyClicks(text, "dw")
    assert text.text() == "two\nthree 🎉 four"
    qtbot.keyClicks(text, "jw")
    qtbot.keyClicks(text, "x")
    assert text.text() == "two\nthree  four"
    qtbot.keyClicks(text, "u")
    assert text.text() == "two\nthree 🎉 four"
    qtbot.keyClick(text, Key.Key_R, Mod.ControlModifier)
    assert text.text() == "two\nthree  four"
    qtbot.keyClicks(text, "ggAnew")
    qtbot.keyClick(text, Key.Key_Return)
    qtbot.keyClick(text, Key.Key_Escape)
    assert text.text() == "twonew\n\nthree  four"
    qtbot.keyClicks(text, "Vy")
    assert writing.vim is not None and writing.vim.vim.mode == "normal"
    qtbot.keyClicks(text, "viw")
    assert writing.vim.vim.mode == "visual"
    writing.use("editor.keys", "standard")
    before = text.text()
    text.select(0, 0)
    qtbot.keyClicks(text, "dd")
    assert text.text() == "dd" + before


def test_vim_saves_on_w(pane: EditorPane, journal: Journal, qtbot: QtBot) -> None:
    id = open_text(pane, "one")
    pane.writing.use("editor.keys", "vim")
    qtbot.keyClicks(pane.page.text, "x:w")
    qtbot.keyClick(pane.page.text, Key.Key_Return)
    qtbot.waitUntil(lambda: journal.entries.get(id).body == "ne")


# ---------------------------------------------------------------------- spelling

AFF = "SET UTF-8\nTRY esianrtolcd\nREP 1\nREP teh the\n"
WORDS = ("the", "loss", "falls", "again", "run")


@pytest.fixture
def dictionary(journal_folder: Path) -> Path:
    pytest.importorskip("spylls")
    folder = journal_folder / "dictionaries"
    folder.mkdir(exist_ok=True)
    (folder / "xx_XX.aff").write_text(AFF, encoding="utf-8")
    (folder / "xx_XX.dic").write_text(f"{len(WORDS)}\n" + "\n".join(WORDS), encoding="utf-8")
    return folder


def underlined(pane: EditorPane) -> list[str]:
    return [mark.cursor.selectedText() for mark in pane.page.text.layer("spelling")]


def test_unknown_words_are_underlined_offered_and_learned(
    pane: EditorPane, dictionary: Path, qtbot: QtBot
) -> None:
    open_text(pane, "teh loss falls `agian`\n\n```\nagian\n```\n\nagian Fnord x")
    pane.writing.use("editor.spelling", "xx_XX")
    qtbot.waitUntil(lambda: underlined(pane) == ["teh", "agian", "Fnord"], timeout=20_000)
    menu = QMenu()
    qtbot.addWidget(menu)
    text = pane.page.text
    text.select_span(0, 0)
    text.menu_asked.emit(menu, text.textCursor())
    qtbot.waitUntil(lambda: menu.actions()[0].text() == "the")
    menu.actions()[0].trigger()
    assert text.text().startswith("the loss")
    text.undo()
    assert text.text().startswith("teh loss")
    at = text.text().index("Fnord")
    text.select_span(at, at)
    again = QMenu()
    qtbot.addWidget(again)
    text.menu_asked.emit(again, text.textCursor())
    add = next(action for action in again.actions() if "Fnord" in action.text())
    add.trigger()
    qtbot.waitUntil(lambda: "Fnord" not in underlined(pane), timeout=5000)
    assert (dictionary / dictionaries.WORDS).read_text(encoding="utf-8") == "Fnord\n"
    pane.writing.use("editor.spelling", "off")
    assert underlined(pane) == []


def test_what_is_missing_is_said(
    pane: EditorPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_text(pane, "text")
    monkeypatch.setattr(dictionaries, "folders", lambda _journal: iter(()))
    monkeypatch.setattr(dictionaries, "installed", lambda: True)
    pane.writing.use("editor.spelling", "de_DE")
    spelling = pane.writing.spelling
    assert spelling is not None
    qtbot.waitUntil(lambda: "de_DE" in spelling.missing)
    monkeypatch.setattr(dictionaries, "installed", lambda: False)
    pane.writing.use("editor.spelling", "fr_FR")
    assert "pip install" in spelling.missing
    menu = QMenu()
    qtbot.addWidget(menu)
    pane.page.text.menu_asked.emit(menu, pane.page.text.textCursor())
    said: list[str] = []
    pane.message.connect(lambda words, _level: said.append(words))
    menu.actions()[-1].trigger()
    assert said == [spelling.missing]


def test_the_dictionary_process_answers(dictionary: Path) -> None:
    asked = [{"check": ["the", "teh"]}, {"suggest": "teh"}, {"add": "teh"}, {"check": ["teh"]}]
    done = subprocess.run(
        [sys.executable, "-m", "journal_app.runtime.dictionaries", str(dictionary / "xx_XX"),
         str(dictionary / "words.txt")],
        input="".join(json.dumps(line) + "\n" for line in asked), text=True, capture_output=True,
        check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["bad"] == ["teh"] and answers[1]["suggestions"][0] == "the"
    assert answers[3]["bad"] == []


def test_dictionaries_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICPATH", str(tmp_path / "more"))
    for folder, name in (("dictionaries", "de_DE"), ("more", "de_DE"), ("more", "en_US")):
        (tmp_path / folder).mkdir(exist_ok=True)
        for end in (".aff", ".dic"):
            (tmp_path / folder / f"{name}{end}").touch()
    (tmp_path / "more" / "alone_XX.aff").touch()
    found = dictionaries.find(tmp_path)
    assert found["de_DE"] == tmp_path / "dictionaries" / "de_DE"
    assert found["en_US"] == tmp_path / "more" / "en_US" and "alone_XX" not in found


def test_the_context_menu_opens_with_the_usual_lines(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "text")
    text = pane.page.text
    seen: list[QMenu] = []
    text.menu_asked.connect(lambda menu, _place: seen.append(menu))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), text.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(text.viewport(), event)
    assert len(seen) == 1 and len(seen[0].actions()) > 3
    seen[0].close()


# ---------------------------------------------------------------------- beside the preview

LONG = "\n\n".join(f"## Part {n}\n\n" + "words of the part. " * (n % 7 * 12 + 5) for n in range(40))


def test_text_and_preview_scroll_together(pane: EditorPane, qtbot: QtBot) -> None:
    pane.resize(1300, 700)
    open_text(pane, LONG)
    pane.set_preview(True)
    view = pane.preview
    assert view is not None
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 500)
    ours, theirs = pane.page.verticalScrollBar(), view.verticalScrollBar()
    qtbot.waitUntil(lambda: ours.maximum() > 500)
    ours.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert theirs.value() == theirs.maximum()
    ours.setSliderPosition(ours.maximum() // 2)
    middle = theirs.value()
    assert 0.3 < middle / theirs.maximum() < 0.7
    place = ours.value()
    theirs.setSliderPosition(middle + 40)
    assert place < ours.value() < place + 200
    here = theirs.value()
    ours.setValue(ours.value() + 50)  # not the user: nothing follows
    assert theirs.value() == here


# ---------------------------------------------------------------------- the window


def test_shortcuts_reach_the_text(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.create("one\ntwo")
    window = open_window().window
    editor = window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None)
    text = editor.page.text
    text.setFocus()
    text.select(0, 3)
    qtbot.keyClick(text, Key.Key_B, Mod.ControlModifier)
    assert text.text() == "**one**\ntwo"
    qtbot.keyClick(text, Key.Key_Down, Mod.AltModifier)
    assert text.text() == "two\n**one**"
    text.select(0, 0)
    for held in (Mod.ShiftModifier, Mod.ControlModifier):  # desktops take one of the two
        qtbot.keyClick(text, Key.Key_Down, Mod.AltModifier | held)
        assert editor.writing.carets.count == 2
        qtbot.keyClick(text, Key.Key_Escape)
        assert editor.writing.carets.count == 1 and text.hasFocus()
    qtbot.keyClick(text, Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    assert text.text().startswith("- [ ] two")


def test_nothing_but_the_text_and_back(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.create("one")
    window = open_window().window
    editor = window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None)
    window.actions_by_id["write.alone"].trigger()
    assert not window.sidebar.isVisible() and not window.entries.isVisible()
    assert not window.status.isVisible() and editor.page.text.isVisible()
    window.resize(1500, 900)
    assert not window.entries.isVisible(), "another width shows no pane"
    qtbot.keyClick(editor.page.text, Key.Key_Escape)
    assert window.sidebar.isVisible() and window.entries.isVisible() and window.status.isVisible()


def test_the_outline_opens_at_the_left_and_closes(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    journal.entries.create("# One\n\ntext\n\n## Two\n\nmore")
    window = open_window().window
    editor = window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None)
    window.actions_by_id["entry.outline"].trigger()
    outline = editor.writing.outline
    assert outline.isVisible() and [h.title for h in outline.headings] == ["One", "Two"]
    outline.list.setCurrentRow(1)
    qtbot.keyClick(outline.list, Key.Key_Return)
    assert editor.page.text.textCursor().block().text() == "## Two"
    window.actions_by_id["entry.outline"].trigger()
    window.actions_by_id["entry.outline"].trigger()
    assert not outline.isVisible()


def test_the_probe_types_and_takes_it_back(pane: EditorPane, qtbot: QtBot) -> None:
    open_text(pane, "one\ntwo\nthree")
    taken = type_into(pane, 5)
    assert len(taken) == 5 and all(key.cpu > 0 and 0 < key.wall < 2000 for key in taken)
    assert pane.page.text.text() == "one\ntwo\nthree"
    told = summary([Typed(3.0, 1.0), Typed(1.0, 0.5), Typed(2.0, 0.7)])
    assert (told.median, told.cpu_median, told.longest) == (2.0, 0.7, 3.0)
