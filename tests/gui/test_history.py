"""Versions and merges in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.dialogs.history import HistoryDialog
from journal_app.gui.dialogs.history_list import PAGE
from journal_app.gui.dialogs.merge import MergeDialog
from journal_app.journal import Journal

Open = Callable[[], Session]
BASE = "Warmup of 100 steps.\n\nDepth 12.\n"


def dialog(kind: type[QDialog]) -> QDialog:
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


def shown(kind: type[QDialog]) -> bool:
    return any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets())


def written(journal: Journal, n: int) -> str:
    entry = journal.entries.create("the loss is 0")
    for number in range(1, n):
        entry = journal.entries.save(
            entry.id, f"the loss is {number}", base_rev=entry.rev, origin="cli"
        ).entry
    return entry.id


def history(session: Session, qtbot: QtBot, id: str) -> HistoryDialog:
    session.window.open_entry(id)
    session.window.actions_by_id["entry.history"].trigger()
    qtbot.waitUntil(lambda: shown(HistoryDialog))
    found = dialog(HistoryDialog)
    assert isinstance(found, HistoryDialog)
    return found


def test_the_last_change_is_shown_and_another_can_be_restored(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    id = written(journal, 3)
    session = open_window()
    versions = history(session, qtbot, id)
    qtbot.waitUntil(lambda: "12" in versions.view.toPlainText())  # 1 went, 2 came
    assert not versions.restore.isEnabled()  # the newest is what stands there
    versions.list.setCurrentIndex(versions.model.index(2))
    assert versions.restore.isEnabled()
    versions.restore.click()
    qtbot.waitUntil(lambda: journal.entries.get(id).body == "the loss is 0")
    qtbot.waitUntil(lambda: not shown(HistoryDialog))
    assert "1" in session.window.toast.text
    session.window.toast._do()
    qtbot.waitUntil(lambda: journal.entries.get(id).body == "the loss is 2")


def test_any_two_versions_can_be_compared(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    id = written(journal, 5)
    versions = history(open_window(), qtbot, id)
    selection = versions.list.selectionModel()
    selection.select(versions.model.index(4), QItemSelectionModel.SelectionFlag.Select)
    qtbot.waitUntil(lambda: versions.heading.full_text() == "1 → 5")
    assert not versions.restore.isEnabled()
    versions.beside.setChecked(True)
    qtbot.waitUntil(lambda: "the loss is 0" in versions.view.toPlainText())
    assert "the loss is 4" in versions.view.toPlainText()
    versions.reject()


def test_a_version_gets_a_name(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    id = written(journal, 2)
    versions = history(open_window(), qtbot, id)
    versions.list.setCurrentIndex(versions.model.index(1))
    versions.name.setText("as sent")
    versions.name.editingFinished.emit()
    qtbot.waitUntil(lambda: [h.named for h in journal.history.heads(id)] == ["", "as sent"])
    qtbot.waitUntil(lambda: versions.model.index(1).data() == "as sent")
    versions.reject()


def test_thousands_of_versions_are_listed_in_pages(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    id = written(journal, 2)
    with journal.store.write() as w:
        w.db.executemany(
            "INSERT INTO revisions (entry_id, rev, kind, title, body, created_at, origin)"
            " VALUES (?, ?, 'note', 't', 'words', 0, 'cli')",
            [(id, -number) for number in range(2000)],
        )
    session = open_window()
    versions = history(session, qtbot, id)
    assert versions.model.rowCount() == PAGE
    versions.model.fetchMore(versions.model.index(-1))
    assert versions.model.rowCount() == 2 * PAGE
    sizes = versions.model._sizes
    qtbot.waitUntil(lambda: bool(sizes) and all(size is not None for size in sizes.values()))
    assert len(sizes) < 100  # only what can be seen was compared
    versions.reject()


def clash(journal: Journal, mine: str, theirs: str) -> tuple[str, str]:
    entry = journal.entries.create(BASE, title="Warmup")
    journal.entries.save(entry.id, theirs, base_rev=1, origin="cli")
    saved = journal.entries.save(entry.id, mine, base_rev=1, origin="autosave")
    assert saved.copy is not None
    return entry.id, saved.copy.id


def test_a_clean_merge_is_one_click_and_one_undo(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    entry, copy = clash(journal, BASE.replace("100", "300"), BASE + "More.\n")
    session = open_window()
    session.window.open_entry(copy)
    assert session.window.editor is not None
    assert session.window.editor.notice.isVisible()  # it says that there is another version
    session.window.actions_by_id["entry.merge"].trigger()
    merged = "Warmup of 300 steps.\n\nDepth 12.\nMore.\n"
    qtbot.waitUntil(lambda: journal.entries.get(entry).body == merged)
    qtbot.waitUntil(lambda: session.window.toast.isVisible())
    assert journal.entries.get(copy).trashed_at is not None
    session.window.toast._do()
    qtbot.waitUntil(lambda: journal.entries.get(copy).trashed_at is None)
    assert journal.entries.get(entry).body == BASE + "More.\n"


def test_what_clashes_is_chosen_with_the_keyboard(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    entry, copy = clash(journal, BASE.replace("100", "300"), BASE.replace("100", "500"))
    session = open_window()
    session.window.open_entry(entry)
    session.window.actions_by_id["entry.merge"].trigger()
    qtbot.waitUntil(lambda: shown(MergeDialog))
    merge = dialog(MergeDialog)
    assert isinstance(merge, MergeDialog)
    assert "<<<<<<<" in merge.text.toPlainText()
    merge.keep.click()  # refused: one place is open
    assert shown(MergeDialog) and journal.entries.get(copy).trashed_at is None
    qtbot.keyClick(merge, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert "500" in merge.text.toPlainText() and "300" in merge.text.toPlainText()
    qtbot.keyClick(merge, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert merge.text.toPlainText() == BASE.replace("100", "300")
    merge.text.appendPlainText("by hand")
    merge.keep.click()
    qtbot.waitUntil(lambda: "by hand" in journal.entries.get(entry).body)
    assert "300" in journal.entries.get(entry).body
    assert journal.entries.get(copy).trashed_at is not None


def test_after_a_clash_list_and_actions_mean_the_copy_that_is_written_in(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    entry = journal.entries.create(BASE, title="Warmup").id
    session = open_window()
    window = session.window
    window.open_entry(entry)
    assert window.editor is not None
    window.editor.page.text.append_paragraph("mine")
    journal.entries.save(entry, BASE + "theirs", base_rev=1, origin="cli")
    window.editor.flush(lambda _saved: None)
    qtbot.waitUntil(lambda: window.editor.autosave.id not in (None, entry))
    copy = window.editor.autosave.id
    assert window.entries.current == copy

    def marked() -> str:
        row = window.entries.model.row(window.entries.list.currentIndex().row())
        return row.id if row is not None else ""

    qtbot.waitUntil(lambda: marked() == copy)
    assert journal.entries.get(entry).body == BASE + "theirs"
