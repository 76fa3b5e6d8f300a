"""The keys of a writer, on the text alone: carets, tables, folds, focus, Vim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from journal_app.gui.bridge import UiBridge
from journal_app.gui.editor.carets import Carets
from journal_app.gui.editor.documents import Documents
from journal_app.gui.editor.focus_mode import FocusMode
from journal_app.gui.editor.folding import AT_ONCE, Folding
from journal_app.gui.editor.outline_pane import OutlinePane
from journal_app.gui.editor.page import Page
from journal_app.gui.editor.scroll_sync import interpolated
from journal_app.gui.editor.table_keys import TableKeys
from journal_app.gui.editor.text_area import MarkdownEdit
from journal_app.gui.theme import ThemeHolder
from journal_app.runtime.jobs import Jobs

Key = Qt.Key


@pytest.fixture
def holder(qapp: object) -> ThemeHolder:
    made = ThemeHolder("light")
    made.apply()
    return made


@pytest.fixture
def page(holder: ThemeHolder, qtbot: QtBot) -> Page:
    made = Page(holder)
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.show()
    made.text.setFocus()
    return made


@pytest.fixture
def put(page: Page) -> Callable[[str], MarkdownEdit]:
    """Show a text with the caret at ¦ (and an anchor at ^)."""

    def show(text: str) -> MarkdownEdit:
        caret = text.replace("^", "").find("¦")
        anchor = text.replace("¦", "").find("^")
        page.text.set_text(text.replace("¦", "").replace("^", ""))
        page.text.select(anchor if anchor >= 0 else caret, caret)
        return page.text

    return show


Put = Callable[[str], MarkdownEdit]


def shown(edit: MarkdownEdit) -> str:
    text, at = edit.text(), edit.offset()
    return text[:at] + "¦" + text[at:]


# ---------------------------------------------------------------------- keys every writer gets


def test_an_inserted_item_numbers_the_list_in_one_step(put: Put, qtbot: QtBot) -> None:
    edit = put("1. a¦\n2. b\n3. c\n\ntext")
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit) == "1. a\n2. ¦\n3. b\n4. c\n\ntext"
    edit.undo()
    assert edit.text() == "1. a\n2. b\n3. c\n\ntext"


def test_a_quote_goes_on_and_ends(put: Put, qtbot: QtBot) -> None:
    edit = put("> a¦")
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit) == "> a\n> ¦"
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit) == "> a\n¦"


def test_marks_go_around_the_selection_and_links_close(put: Put, qtbot: QtBot) -> None:
    edit = put("a ^word¦ b 🎉")
    qtbot.keyClicks(edit, "*")
    assert edit.text() == "a *word* b 🎉" and edit.textCursor().selectedText() == "word"
    edit.undo()
    assert edit.text() == "a word b 🎉"
    edit = put("[log]¦")
    qtbot.keyClicks(edit, "(x)")
    assert shown(edit) == "[log](x)¦"
    edit = put("f¦")
    qtbot.keyClicks(edit, "(")
    assert shown(edit) == "f(¦", "in prose a bracket is a bracket"


def test_an_edit_behind_wide_characters_lands(put: Put) -> None:
    edit = put("🎉🎉 学习 word¦")
    edit.replace([(0, 1, "x"), (6, 10, "loss")])
    assert edit.text() == "x🎉 学习loss" or edit.text() == "x🎉 学习 loss"
    edit.undo()
    assert edit.text() == "🎉🎉 学习 word"


# ---------------------------------------------------------------------- more than one caret


def test_carets_type_delete_and_move_together(
    put: Put, page: Page, holder: ThemeHolder, qtbot: QtBot
) -> None:
    carets = Carets(page.text, holder)
    edit = put("¦one\ntwo\nthree")
    carets.add_line(down=True)
    carets.add_line(down=True)
    assert carets.count == 3
    qtbot.keyClicks(edit, "- ")
    assert edit.text() == "- one\n- two\n- three"
    qtbot.keyClick(edit, Key.Key_Backspace)
    qtbot.keyClick(edit, Key.Key_End)
    qtbot.keyClicks(edit, "!")
    assert edit.text() == "-one!\n-two!\n-three!"
    edit.undo()
    assert edit.text() == "-one\n-two\n-three", "one step for all"
    qtbot.keyClick(edit, Key.Key_Escape)
    assert carets.count == 1


def test_every_occurrence_is_changed_at_once(
    put: Put, page: Page, holder: ThemeHolder, qtbot: QtBot
) -> None:
    carets = Carets(page.text, holder)
    edit = put("run¦ a run, Run, rerun")
    carets.add_next()
    carets.add_next()
    carets.add_next()
    assert carets.count == 3, "letters count, case too"
    carets.add_next()
    assert carets.count == 3, "once round"
    qtbot.keyClicks(edit, "eval")
    assert edit.text() == "eval a eval, Run, reeval"
    carets.clear()
    put("x¦ x x")
    carets.add_all()
    assert carets.count == 3
    assert page.grab().toImage().width() > 0


def test_as_many_lines_as_carets_are_dealt_out(put: Put, page: Page, holder: ThemeHolder) -> None:
    carets = Carets(page.text, holder)
    edit = put("a¦\nb\nc")
    carets.add_line(down=True)
    carets.add_line(down=True)
    data = QMimeData()
    data.setText("1\n2\n3")
    edit.insertFromMimeData(data)
    assert edit.text() == "a1\nb2\nc3"
    data.setText("x")
    edit.insertFromMimeData(data)
    assert edit.text() == "a1x\nb2x\nc3x"


def test_a_click_ends_the_other_carets(
    put: Put, page: Page, holder: ThemeHolder, qtbot: QtBot
) -> None:
    carets = Carets(page.text, holder)
    put("a¦\nb")
    carets.add_line(down=True)
    qtbot.mouseClick(page.text.viewport(), Qt.MouseButton.LeftButton)
    assert carets.count == 1


# ---------------------------------------------------------------------- tables


@pytest.fixture
def keys(page: Page) -> TableKeys:
    return TableKeys(page.text)


def test_tab_goes_through_the_cells_and_brings_order(
    put: Put, keys: TableKeys, qtbot: QtBot
) -> None:
    edit = put("|a¦|b|\n|-|-|\n|long|1|")
    qtbot.keyClick(edit, Key.Key_Tab)
    assert edit.textCursor().selectedText() == "b"
    assert edit.text() == "| a    | b   |\n| ---- | --- |\n| long | 1   |"
    qtbot.keyClick(edit, Key.Key_Tab)
    assert edit.textCursor().selectedText() == "long"
    qtbot.keyClick(edit, Key.Key_Backtab)
    assert edit.textCursor().selectedText() == "b"
    for _ in range(3):
        qtbot.keyClick(edit, Key.Key_Tab)
    qtbot.keyClicks(edit, "new")
    assert edit.text().endswith("\n| new     |     |") or edit.text().endswith("| new")
    qtbot.keyClick(edit, Key.Key_Tab)
    assert edit.text().endswith("| new  |     |")


def test_enter_adds_a_row_and_an_empty_row_ends_the_table(
    put: Put, keys: TableKeys, qtbot: QtBot
) -> None:
    edit = put("| a   | b   |\n| --- | --- |\n| 1   | 2¦   |")
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit).endswith("\n| ¦    |     |")
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit) == "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n¦"


def test_enter_behind_a_line_of_heads_begins_a_table(
    put: Put, keys: TableKeys, qtbot: QtBot
) -> None:
    edit = put("before\n\n| step | loss |¦")
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(edit).endswith("| step | loss |\n| ---- | ---- |\n| ¦     |      |")
    edit.undo()
    assert edit.text() == "before\n\n| step | loss |"
    for not_one in ("```\n| a | b |¦", "words\n| a | b |¦", "|||¦", "| a |¦"):
        edit = put(not_one)
        qtbot.keyClick(edit, Key.Key_Return)
        assert "---" not in edit.text()


def test_a_row_is_put_in_order_when_it_is_left(put: Put, keys: TableKeys, qtbot: QtBot) -> None:
    edit = put("| a¦ | b |\n|---|---|\n\nend")
    edit.insert("学习率")
    for _ in range(3):
        qtbot.keyClick(edit, Key.Key_Down)
    assert edit.text() == "| a学习率 | b   |\n| ------- | --- |\n\nend"
    edit.undo()
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    assert edit.document().isRedoAvailable(), "looking around does not cost the redo"


def test_columns_and_rows_by_command(put: Put, keys: TableKeys) -> None:
    edit = put("| a¦ | b |\n|---|---|\n| 1 | 2 |")
    assert keys.add_column(right=True) and keys.set_align("right")
    assert edit.text().split("\n")[1] == "| --- | --: | --- |"
    assert keys.move_column(-1) and keys.remove_column()
    assert keys.add_row(below=True)
    assert edit.text() == "| a   | b   |\n| --- | --- |\n|     |     |\n| 1   | 2   |"
    put("no table¦")
    assert not keys.add_row(below=True)


# ---------------------------------------------------------------------- folds and outline

TEXT = "# One\ntext\n## Two\n- a\n  - b\n## Three\nend"


def hidden(edit: MarkdownEdit) -> list[int]:
    document = edit.document()
    every = (document.findBlockByNumber(n) for n in range(document.blockCount()))
    return [block.blockNumber() for block in every if not block.isVisible()]


@pytest.fixture
def folding(page: Page, holder: ThemeHolder) -> Iterator[Folding]:
    bridge = UiBridge()
    jobs = Jobs(bridge.post)
    made = Folding(page, holder, jobs)
    yield made
    made.stop()
    jobs.shutdown()


def test_a_long_text_is_looked_through_in_a_worker_and_folds(
    page: Page, folding: Folding, qtbot: QtBot
) -> None:
    many = "\n".join(f"## Part {n}\nits words" for n in range(4000))
    assert len(many) > AT_ONCE
    page.text.set_text(many)
    qtbot.waitUntil(lambda: len(folding._folds) == 4000)
    assert folding.toggle(2) and hidden(page.text) == [3]


def test_a_section_folds_and_nothing_is_lost(put: Put, folding: Folding, page: Page) -> None:
    edit = put(TEXT.replace("## Two", "## Two¦"))
    before = page.text.document().size().height()
    assert folding.toggle() and hidden(edit) == [3, 4]
    assert page.text.document().size().height() < before
    assert edit.text() == TEXT
    assert folding.toggle() and hidden(edit) == []


def test_the_caret_is_never_in_hidden_text(put: Put, folding: Folding, qtbot: QtBot) -> None:
    edit = put(TEXT.replace("- b", "- b¦"))
    assert folding.toggle(2) and hidden(edit) == [3, 4]
    assert edit.textCursor().blockNumber() == 2, "it is pulled out"
    qtbot.keyClick(edit, Key.Key_Right)
    assert edit.textCursor().blockNumber() == 5, "it steps over"
    qtbot.keyClick(edit, Key.Key_Left)
    assert edit.textCursor().blockNumber() == 2
    edit.select_span(edit.text().index("- b"), edit.text().index("- b") + 3)
    assert hidden(edit) == [], "what was found is shown"


def test_folds_stay_with_their_heading_while_one_writes_above(
    put: Put, folding: Folding, qtbot: QtBot
) -> None:
    edit = put(TEXT.replace("\ntext", "\ntext¦"))
    folding.toggle(2)
    qtbot.keyClick(edit, Key.Key_Return)
    qtbot.keyClicks(edit, "more")
    qtbot.waitUntil(lambda: not folding._timer.isActive())
    assert hidden(edit) == [4, 5] and folding.closed == {3}


def test_fold_and_unfold_everything(put: Put, folding: Folding) -> None:
    edit = put(TEXT + "¦")
    folding.fold_all()
    assert hidden(edit) == [3, 4, 6] and edit.textCursor().block().isVisible()
    folding.unfold_all()
    assert hidden(edit) == []


def test_the_outline_lists_follows_and_jumps(put: Put, page: Page, qtbot: QtBot) -> None:
    outline = OutlinePane(page.text)
    qtbot.addWidget(outline)
    outline.resize(220, 400)
    edit = put(TEXT.replace("- a", "- a¦"))
    outline.show()
    outline.refresh()
    assert [outline.list.item(n).text().strip() for n in range(3)] == ["One", "Two", "Three"]
    assert outline.list.currentRow() == 1
    jumps: list[int] = []
    outline.jumped.connect(jumps.append)
    outline.list.setCurrentRow(2)
    qtbot.keyClick(outline.list, Key.Key_Return)
    assert jumps == [5]
    edit.append_paragraph("## Four")
    qtbot.waitUntil(lambda: len(outline.headings) == 4)
    put("nothing")
    qtbot.waitUntil(lambda: outline.headings == [])
    assert outline.list.isHidden()


def test_focus_dims_all_but_one_paragraph(put: Put, page: Page, holder: ThemeHolder) -> None:
    focus = FocusMode(page, holder)
    edit = put("one\n\ntwo¦\ntwo\n\nthree")
    focus.set_on(True)
    dim = [mark.cursor.selectedText() for mark in edit.layer("focus")]
    assert dim == ["one\u2029\u2029", "\u2029\u2029three"]
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert len(edit.layer("focus")) == 1
    focus.set_on(False)
    assert edit.layer("focus") == []


def test_the_typewriter_keeps_the_line_in_the_middle(put: Put, page: Page, qtbot: QtBot) -> None:
    put("line\n" * 80 + "¦")
    page.set_typewriter(True)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.show_caret()
    assert abs(page.caret_height() - page.viewport().height() // 2) < 40


# ---------------------------------------------------------------------- one document per entry


def test_undo_never_crosses_entries(page: Page, holder: ThemeHolder, qtbot: QtBot) -> None:
    documents = Documents(page.text, holder, page)
    documents.open("a", "first", 0)
    page.text.append_paragraph("more")
    documents.open("b", "second", 0)
    page.text.undo()
    page.text.redo()
    assert page.text.text() == "second"
    qtbot.keyClicks(page.text, "x")
    documents.open("a", "first\n\nmore", 0)
    assert page.text.text() == "first\n\nmore"
    page.text.undo()
    assert page.text.text() == "first", "its own undo came back"
    documents.open("b", "xsecond", 0)
    page.text.undo()
    assert page.text.text() == "second"
    documents.open("a", "written elsewhere", 0)
    page.text.undo()
    assert page.text.text() == "written elsewhere"


def test_caret_and_place_come_back_and_documents_are_few(page: Page, holder: ThemeHolder) -> None:
    documents = Documents(page.text, holder, page)
    documents.open("0", "abc", 0)
    page.text.select(1, 2)
    for number in range(1, 30):
        documents.open(str(number), f"text {number}", 7)
    assert len(page.findChildren(QTextDocument)) < 40
    kept = documents.open("29", "text 29", 0)
    assert documents.shown is kept
    documents.open("28", "text 28", 9)
    assert documents.open("29", "text 29", 3).place == 9


def test_a_copy_after_a_clash_keeps_its_undo(page: Page, holder: ThemeHolder) -> None:
    documents = Documents(page.text, holder, page)
    documents.open("a", "first", 0)
    page.text.append_paragraph("mine")
    documents.renamed("a", "copy")
    documents.open("b", "other", 0)
    documents.open("copy", "first\n\nmine", 0)
    page.text.undo()
    assert page.text.text() == "first"


# ---------------------------------------------------------------------- scrolling together


def test_heights_are_interpolated() -> None:
    pairs = [(0.0, 0.0), (100.0, 300.0), (200.0, 400.0)]
    assert [interpolated(pairs, x) for x in (-5, 0, 50, 100, 150, 999)] == [
        0,
        0,
        150,
        300,
        350,
        400,
    ]
    assert interpolated([], 3) == 3
