"""The editor pane on a real journal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.editor.text_area import MarkdownEdit
from journal_app.journal import Journal
from journal_app.services.entries import Saved
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]


@pytest.fixture
def pane(panes: Panes, qtbot: QtBot) -> EditorPane:
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    panes.events.listen(made.stale)
    made.resize(800, 700)
    made.show()
    return made


def settled(pane: EditorPane) -> Callable[[], bool]:
    return lambda: pane.autosave.idle and pane.jobs.busy() == 0


def test_what_is_typed_is_in_the_journal_soon(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("First", kind="note")
    pane.open_entry(entry.id)
    assert pane.bar.state_text.startswith("saved")
    pane.page.text.append_paragraph("Second #lr")
    assert pane.bar.state_text == "edited"
    qtbot.waitUntil(settled(pane), timeout=5000)
    stored = journal.entries.get(entry.id)
    assert stored.body == "First\n\nSecond #lr" and stored.tags == ("lr",)
    assert pane.bar.state_text.startswith("saved")


def test_a_title_of_its_own_is_kept_and_one_that_follows_follows(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("Body text", title="Own title")
    pane.open_entry(entry.id)
    assert pane.page.title.title() == "Own title"
    pane.page.text.append_paragraph("more")
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).title == "Own title"
    pane.page.title.setPlainText("")
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).title == "Body text"


def test_a_save_under_way_while_typing_goes_on(
    pane: EditorPane, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = journal.entries.create("start")
    pane.open_entry(entry.id)
    begun, go_on = threading.Event(), threading.Event()
    save = journal.entries.save

    def slow(id: str, body: str, **rest: object) -> Saved:
        begun.set()
        assert go_on.wait(10)
        return save(id, body, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(journal.entries, "save", slow)
    pane.page.text.insert("one ")
    qtbot.waitUntil(begun.is_set, timeout=5000)
    pane.page.text.insert("two ")
    go_on.set()
    ends: list[bool] = []
    pane.flush(ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=5000)
    assert ends == [True]
    assert journal.entries.get(entry.id).body == "one two start"
    assert pane.page.text.text() == "one two start"


def test_another_process_wrote_while_one_typed(
    pane: EditorPane, journal: Journal, journal_folder: Path, qtbot: QtBot
) -> None:
    entry = journal.entries.create("start")
    pane.open_entry(entry.id)
    pane.page.text.append_paragraph("mine")
    with Journal(journal_folder) as other:
        other.entries.save(entry.id, "theirs", base_rev=entry.rev, origin="cli")
    ends: list[bool] = []
    pane.flush(ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=5000)
    assert journal.entries.get(entry.id).body == "theirs"
    copy = pane.entry
    assert copy is not None and copy.id != entry.id
    assert journal.entries.get(copy.id).body == "start\n\nmine"
    assert pane.page.text.text() == "start\n\nmine"
    assert "Both versions are kept" in pane.notice.text and not pane.notice.isHidden()


def test_another_process_wrote_and_nobody_typed(
    pane: EditorPane, panes: Panes, journal: Journal, journal_folder: Path, qtbot: QtBot
) -> None:
    entry = journal.entries.create("start")
    journal.poll()
    pane.open_entry(entry.id)
    with Journal(journal_folder) as other:
        other.entries.save(entry.id, "new words", base_rev=entry.rev, origin="cli")
    panes.events.tell(journal.poll())
    qtbot.waitUntil(lambda: pane.page.text.text() == "new words", timeout=5000)
    pane.page.text.append_paragraph("mine")
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).body == "new words\n\nmine"


@pytest.mark.skipif(sys.platform == "win32", reason="SQLite's page limit stands in for a full disk")
def test_a_full_disk_keeps_the_text_and_says_so(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("start")
    pane.open_entry(entry.id)
    with journal.store.write() as w:
        w.db.execute("PRAGMA max_page_count = 1")
    text = "word " * 40_000
    pane.page.text.append_paragraph(text)
    ends: list[bool] = []
    pane.flush(ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=5000)
    assert ends == [False]
    assert pane.bar.state_text == "not saved"
    assert "full" in pane.notice.text and not pane.notice.isHidden()
    other = journal.entries.rows()[0]
    assert other.id == entry.id
    assert pane.page.text.text().endswith("word ")
    with journal.store.write() as w:
        w.db.execute("PRAGMA max_page_count = 1000000")
    pane.autosave.retry()
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).body == "start\n\n" + text
    assert pane.notice.isHidden()


def test_a_read_only_journal_keeps_the_text(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("start")
    other = journal.entries.create("other")
    pane.open_entry(entry.id)
    journal.store._writer.execute("PRAGMA query_only = ON")
    pane.page.text.append_paragraph("kept")
    # A lane that is idle has posted its answer; only the signal says that the answer was heard.
    with qtbot.waitSignal(pane.autosave.failed, timeout=5000):
        pane.open_entry(other.id)
    pane.open_entry(entry.id)
    assert pane.page.text.text() == "start\n\nkept"
    journal.store._writer.execute("PRAGMA query_only = OFF")
    pane.autosave.retry()
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).body == "start\n\nkept"


def test_switching_entries_saves_the_first_and_clears_undo(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    first = journal.entries.create("first")
    second = journal.entries.create("second")
    pane.open_entry(first.id)
    pane.page.text.append_paragraph("more")
    pane.open_entry(second.id)
    qtbot.waitUntil(lambda: pane.jobs.busy() == 0, timeout=5000)
    assert journal.entries.get(first.id).body == "first\n\nmore"
    pane.page.text.undo()
    assert pane.page.text.text() == "second"
    assert pane.autosave.idle


def test_looking_at_an_entry_writes_nothing(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    ids = [journal.entries.create(body).id for body in ("a\r\nb\r\n", "# T\n\n x\u00a0y", "")]
    for id in [*ids, *ids]:
        pane.open_entry(id)
        pane.set_preview(True)
        pane.set_preview(False)
        qtbot.waitUntil(lambda: pane.jobs.busy() == 0, timeout=5000)
    pane.open_entry(None)
    assert [journal.entries.get(id).rev for id in ids] == [1, 1, 1]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("plain words here", "words"),
        ("emoji 🎉🎉 then words here", "words"),
        ("line\r\nline 🎉\r\nthen words", "words"),
        ("学习率 words 曲线", "words"),
    ],
)
def test_a_source_is_selected_at_its_characters(
    pane: EditorPane, journal: Journal, body: str, wanted: str
) -> None:
    entry = journal.entries.create(body)
    pane.open_entry(entry.id)
    start = body.index(wanted)
    pane.select_span(start, start + len(wanted))
    assert pane.page.text.textCursor().selectedText() == wanted


def test_kind_and_tags_change_through_the_chips(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("text #written", tags=["written", "hand"])
    pane.open_entry(entry.id)
    pane.page.chips._set_kind("lesson")
    pane.page.chips.tag_added.emit("New Tag")
    pane.page.chips.tag_removed.emit("hand")
    qtbot.waitUntil(
        lambda: set(journal.entries.get(entry.id).tags) == {"written", "new-tag"}, timeout=5000
    )
    qtbot.waitUntil(settled(pane), timeout=5000)
    assert journal.entries.get(entry.id).kind == "lesson"


def test_a_draft_is_made_and_opened(pane: EditorPane, journal: Journal, qtbot: QtBot) -> None:
    entry = journal.entries.create("Finding", kind="lesson", title="A finding")
    pane.open_entry(entry.id)
    with qtbot.waitSignal(pane.open_requested, timeout=5000) as asked:
        qtbot.mouseClick(pane.bar.next, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    post = journal.entries.get(asked.args[0])
    assert post.kind == "post" and post.title == "A finding"
    pane.open_entry(post.id)
    assert pane.bar.next.text() == "Schedule"


def test_a_pasted_image_becomes_an_attachment(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create("")
    pane.open_entry(entry.id)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    data = QMimeData()
    data.setImageData(image)
    pane.page.text.insertFromMimeData(data)
    qtbot.waitUntil(lambda: "![pasted-" in pane.page.text.text(), timeout=5000)
    kept = journal.entries.get(entry.id).attachments
    assert len(kept) == 1 and kept[0].path in pane.page.text.text()
    assert (journal.folder / kept[0].path).read_bytes().startswith(b"\x89PNG")


def test_a_dropped_file_that_cannot_be_read_is_told(
    pane: EditorPane, journal: Journal, tmp_path: Path, qtbot: QtBot
) -> None:
    pane.open_entry(journal.entries.create("text").id)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(os.fspath(tmp_path / "gone.csv"))])
    pane.page.text.insertFromMimeData(data)
    qtbot.waitUntil(lambda: "gone.csv" in pane.notice.text, timeout=5000)
    assert pane.page.text.text() == "text"


def test_a_missing_entry_is_told_not_raised(pane: EditorPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.message, timeout=1000):
        pane.open_entry("01HZZZZZZZZZZZZZZZZZZZZZZZ")
    assert pane.entry is None and pane.empty.isVisible()


# ---------------------------------------------------------------------- the text itself


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")))
@settings(max_examples=120, deadline=None)
def test_a_text_goes_in_and_out_unchanged(text: str) -> None:
    from PySide6.QtWidgets import QApplication

    assert QApplication.instance() or QApplication([])
    edit = MarkdownEdit()
    edit.set_text(text)
    assert edit.text() == text.replace("\u2029", "\n")
    edit.deleteLater()


def typed(qtbot: QtBot, start: str, keys: Callable[[MarkdownEdit], None]) -> str:
    edit = MarkdownEdit()
    qtbot.addWidget(edit)
    edit.set_text(start)
    edit.select_span(len(start), len(start))
    keys(edit)
    return edit.text()


@pytest.mark.parametrize(
    ("start", "after"),
    [
        ("- a", "- a\n- "),
        ("- [x] a", "- [x] a\n- [ ] "),
        ("9. a", "9. a\n10. "),
        ("  * a 🎉", "  * a 🎉\n  * "),
        ("- a\n- ", "- a\n"),
        ("text", "text\n"),
    ],
)
def test_enter_goes_on_with_a_list(qtbot: QtBot, start: str, after: str) -> None:
    assert typed(qtbot, start, lambda e: qtbot.keyClick(e, Qt.Key.Key_Return)) == after


def test_tab_moves_an_item_and_back(qtbot: QtBot) -> None:
    assert typed(qtbot, "- a", lambda e: qtbot.keyClick(e, Qt.Key.Key_Tab)) == "  - a"
    assert typed(qtbot, "  - a", lambda e: qtbot.keyClick(e, Qt.Key.Key_Backtab)) == "- a"


def test_copied_text_is_plain_and_exact(qtbot: QtBot) -> None:
    edit = MarkdownEdit()
    qtbot.addWidget(edit)
    edit.set_text("a\u00a0b\nc")
    edit.selectAll()
    data = edit.createMimeDataFromSelection()
    assert data.text() == "a\u00a0b\nc" and not data.hasHtml()


def test_a_path_at_the_start_of_a_line_can_be_typed(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    pane.open_entry(journal.entries.create("").id)
    qtbot.keyClicks(pane.page.text, "/usr/bin/env ok")
    qtbot.keyClick(pane.page.text, Qt.Key.Key_Return)
    assert pane.page.text.text() == "/usr/bin/env ok\n"
