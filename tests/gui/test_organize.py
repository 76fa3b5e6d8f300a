"""Favourites, saved searches, tags, many entries at once, templates and the day, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.dialogs.ask import AskLine, AskOption
from journal_app.gui.lists.places import ENTRIES
from journal_app.journal import Journal

Open = Callable[[], Session]
NO_KEYS = Qt.KeyboardModifier.NoModifier


def three(journal: Journal) -> list[str]:
    return [journal.entries.create(f"note {n}").id for n in range(3)]


def choose(session: Session, first: int, last: int) -> None:
    model = session.window.entries.model
    lines = QItemSelection(model.index(first), model.index(last))
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    session.window.entries.list.selectionModel().select(lines, flags)


def visible(kind: type[QDialog]) -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def keys(session: Session) -> list[str]:
    return [place.key for place in session.window.sidebar.model.places]


def idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.jobs.busy() == 0, timeout=5000)


def test_several_entries_are_tagged_at_once_and_taken_back(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    ids = three(journal)
    session = open_window()
    window = session.window
    choose(session, 0, 2)
    assert window.entries.bulk.isVisible()
    window.entries.bulk.buttons["tag"].click()
    (ask,) = visible(AskOption)
    assert isinstance(ask, AskOption)
    ask.field.setText("warmup")
    ask.take.click()
    qtbot.waitUntil(lambda: all(journal.entries.get(id).tags == ("warmup",) for id in ids))
    qtbot.waitUntil(lambda: window.toast.isVisible())
    qtbot.waitUntil(lambda: "tag:warmup" in keys(session))
    assert window.entries.picked.count == 3  # the refresh did not end the selection
    window.toast._do()
    qtbot.waitUntil(lambda: all(journal.entries.get(id).tags == () for id in ids))
    window.entries.bulk.buttons["clear"].click()
    assert not window.entries.bulk.isVisible()


def test_delete_puts_the_chosen_ones_into_the_trash(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    ids = three(journal)
    session = open_window()
    choose(session, 0, 1)
    qtbot.keyClick(session.window.entries.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sum(journal.entries.get(i).trashed_at is not None for i in ids) == 2)
    qtbot.waitUntil(lambda: session.window.entries.model.rowCount() == 1)
    session.window.toast._do()
    qtbot.waitUntil(lambda: session.window.entries.model.rowCount() == 3)


def test_all_of_a_long_list_can_be_chosen(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    for n in range(250):
        journal.entries.create(f"note {n}")
    session = open_window()
    session.window.entries.list.selectAll()
    assert session.window.entries.picked.count == 250
    session.window.acts.organize.bulk.set_kind("lesson")
    qtbot.waitUntil(lambda: session.window.sidebar.place("lesson").count == 250, timeout=20_000)


def test_entries_are_dropped_on_a_tag_a_kind_and_the_trash(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    ids = three(journal)
    journal.entries.tag(ids[0], ["lr"])
    session = open_window()
    model = session.window.sidebar.model
    qtbot.waitUntil(lambda: "tag:lr" in keys(session))  # read in a lane

    def drop(key: str, id: str) -> bool:
        line = keys(session).index(key)
        data = QMimeData()
        data.setData(ENTRIES, id.encode())
        action = Qt.DropAction.CopyAction
        return model.dropMimeData(data, action, -1, -1, model.index(line))

    assert drop("tag:lr", ids[1]) and drop("lesson", ids[1]) and drop("trash", ids[2])
    assert not drop("inbox", ids[0])
    qtbot.waitUntil(lambda: journal.entries.get(ids[2]).trashed_at is not None)
    idle(session, qtbot)
    changed = journal.entries.get(ids[1])
    assert (changed.tags, changed.kind) == (("lr",), "lesson")


def test_a_dragged_entry_is_a_link_in_a_text(open_window: Open, journal: Journal) -> None:
    journal.entries.create("Some title")
    session = open_window()
    data = session.window.entries.picked.mime()
    assert session.window.editor is not None
    text = session.window.editor.page.text
    text.set_text("see ")
    text.moveCursor(QTextCursor.MoveOperation.End)
    assert text.canInsertFromMimeData(data)
    text.insertFromMimeData(data)
    assert text.text() == "see [[Some title]]"


def test_files_dropped_on_the_list_become_an_entry(
    open_window: Open, qtbot: QtBot, journal: Journal, tmp_path: Path
) -> None:
    three(journal)
    session = open_window()
    file = tmp_path / "plot one.txt"
    file.write_text("x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    viewport = session.window.entries.list.viewport()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(5, 5), copy, data, left, NO_KEYS))
    drop = QDropEvent(QPoint(5, 5).toPointF(), copy, data, left, NO_KEYS)
    QApplication.sendEvent(viewport, drop)
    qtbot.waitUntil(lambda: journal.entries.count(session.window.entries.model.view) == 4)
    entry = journal.entries.get(journal.entries.rows()[0].id)
    assert [one.name for one in entry.attachments] == ["plot one.txt"]
    assert entry.title == "plot one"


def test_a_star_puts_an_entry_into_the_sidebar(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    id = three(journal)[1]
    session = open_window()
    window = session.window
    assert "head:starred" not in keys(session)  # nothing to see before there is something
    window.open_entry(id)
    window.actions_by_id["entry.star"].trigger()
    qtbot.waitUntil(lambda: f"entry:{id}" in keys(session))
    window.entries.select_first()
    window.go(f"entry:{id}")
    assert window.entries.current == id
    window.actions_by_id["entry.star"].trigger()
    qtbot.waitUntil(lambda: f"entry:{id}" not in keys(session))


def test_a_search_is_saved_shown_and_removed(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    three(journal)
    session = open_window()
    window = session.window
    window.entries.search.setText("note kind:note")
    window.actions_by_id["search.save"].trigger()
    (ask,) = visible(AskLine)
    assert isinstance(ask, AskLine)
    ask.field.setText("All notes")
    ask.take.click()
    qtbot.waitUntil(lambda: any(key.startswith("search:") for key in keys(session)))
    key = next(key for key in keys(session) if key.startswith("search:"))
    window.entries.search.clear()
    window.go(key)
    assert window.entries.search.text() == "note kind:note"
    window.acts.organize.menu(key, QPoint(10, 10))
    (menu,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
    next(way for way in menu.actions() if way.text() == "Remove").trigger()
    menu.close()
    qtbot.waitUntil(lambda: key not in keys(session))
    assert journal.searches.all() == []


def test_a_heading_closes_and_stays_closed(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    journal.entries.add("a #lr")
    session = open_window()
    sidebar = session.window.sidebar
    qtbot.waitUntil(lambda: "tag:lr" in keys(session))
    sidebar.list.setCurrentIndex(sidebar.model.index(keys(session).index("head:tags")))
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Left)
    assert "tag:lr" not in keys(session) and "head:tags" in keys(session)
    qtbot.waitUntil(lambda: journal.settings.get("window.sidebar") == "head:tags")
    sidebar.refresh()
    idle(session, qtbot)
    assert "tag:lr" not in keys(session)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Right)
    assert "tag:lr" in keys(session)


def test_tags_that_lie_in_others_and_more_than_twelve(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    journal.entries.add("x #eval/core")
    journal.entries.add("y #eval/core #eval")
    for n in range(14):
        journal.entries.add(f"z #t{n:02}")
    session = open_window()
    qtbot.waitUntil(lambda: "tags" in keys(session))
    places = {place.key: place for place in session.window.sidebar.model.places}
    assert places["tag:eval/core"].depth == 1 and places["tag:eval/core"].text == "core"
    assert (places["tag:eval"].count, places["tag:eval/core"].count) == (2, 2)
    session.window.go("tag:eval")  # with everything that lies in it
    assert session.window.entries.model.rowCount() == 2
    session.window.go("tags")
    qtbot.waitUntil(lambda: bool(visible(AskOption)))
    (ask,) = visible(AskOption)
    assert isinstance(ask, AskOption) and ask.list.count() == 16
    ask.field.setText("t13")
    ask.take.click()
    assert session.window.sidebar.key == "tag:t13"
    assert session.window.entries.model.rowCount() == 1


def test_f2_renames_in_the_list(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    id = journal.entries.create("first words\n\nmore").id
    session = open_window()
    listing = session.window.entries.list
    listing.setFocus()
    qtbot.keyClick(listing, Qt.Key.Key_F2)
    field = listing.viewport().findChild(QLineEdit)
    assert field is not None and field.text() == "first words"
    field.setText("A title of its own")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: journal.entries.get(id).title == "A title of its own")
    assert journal.entries.get(id).body == "first words\n\nmore"


def test_an_entry_begins_from_a_template(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    session = open_window()
    session.window.actions_by_id["entry.template"].trigger()
    qtbot.waitUntil(lambda: bool(visible(AskOption)))
    (ask,) = visible(AskOption)
    assert isinstance(ask, AskOption)
    ask.field.setText("contract")
    ask.take.click()
    qtbot.waitUntil(lambda: len(journal.entries.rows()) == 1)
    assert journal.entries.rows()[0].kind == "contract"


def test_the_note_of_the_day_is_made_once(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    session = open_window()
    for _ in range(2):
        session.window.actions_by_id["entry.today"].trigger()
        idle(session, qtbot)
    (row,) = journal.entries.rows()
    assert session.window.entries.current == row.id and row.tags == ("daily",)


def test_emptying_the_trash_asks_and_the_way_out_is_the_default(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    id = three(journal)[0]
    journal.entries.trash(id)
    session = open_window()
    for answer in ("Keep them", "Remove"):
        session.window.actions_by_id["trash.empty"].trigger()
        qtbot.waitUntil(lambda: bool(visible(QMessageBox)))
        (box,) = visible(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert box.defaultButton().text() == "Keep them"
        next(way for way in box.buttons() if way.text() == answer).click()
        idle(session, qtbot)
        assert len(journal.bin.listing()) == (1 if answer == "Keep them" else 0)
