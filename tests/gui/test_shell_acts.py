"""What a user of the window relies on at its edges: drops, errors, the end, finding, titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.domain.due import Due
from journal_app.domain.publishing import Outcome, Plan, Publication
from journal_app.errors import JournalError
from journal_app.gui.actions import ACTIONS
from journal_app.gui.app import Session
from journal_app.gui.background import Background
from journal_app.gui.dialogs.target import TargetDialog
from journal_app.gui.dialogs.target_form import TargetForm
from journal_app.gui.editor.highlighter import titled
from journal_app.gui.editor.unsaved_dialog import UnsavedDialog
from journal_app.journal import Journal

Open = Callable[[], Session]
T = TypeVar("T")
RECORDS = paths.resources() / "samples" / "lm_eval"


def dialog_of(session: Session, kind: type[T]) -> T:
    """The open dialog of a kind."""
    shown = [w for w in session.window.findChildren(QWidget) if w.isVisible()]
    return next(w for w in reversed(shown) if isinstance(w, kind))


def test_dropped_records_are_imported_and_counted(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    window = session.window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(RECORDS))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(window, drop)
    assert drop.isAccepted()
    qtbot.waitUntil(lambda: "Imported lm_eval" in window.toast.text, timeout=20_000)
    shown = session.journal.experiments.count()
    assert shown > 0
    qtbot.waitUntil(
        lambda: [p.count for p in window.sidebar.model.places if p.key == "runs"] == [shown]
    )


def test_words_dropped_on_the_window_are_not_records(open_window: Open) -> None:
    window = open_window().window
    data = QMimeData()
    data.setText("only words")
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_nothing_found_offers_to_clear(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.add("alpha")
    entries = open_window().window.entries
    assert entries.empty.action is not None
    entries.search.setText("nowhere")
    qtbot.waitUntil(lambda: entries.empty.isVisible())
    assert entries.empty.action.text() == "Clear search"
    entries.empty.action.click()
    qtbot.waitUntil(lambda: entries.model.rowCount() == 1)
    assert entries.search.text() == ""


def test_a_failing_look_is_told_once_and_heals(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_window()
    refresher, told = session.window.refresher, list[str]()
    refresher._explain = lambda error: told.append(error.message)
    poll, looks = session.journal.poll, list[int]()

    def busy() -> list[object]:
        looks.append(1)
        db = session.journal.store.read()
        db.execute("SELECT * FROM no_such_table")
        raise AssertionError("not reached")

    monkeypatch.setattr(session.journal, "poll", busy)
    for _ in range(3):
        refresher._look()
    assert len(looks) == 3
    assert len(told) == 1
    assert "no_such_table" in told[0]
    monkeypatch.setattr(session.journal, "poll", poll)
    refresher._look()
    assert refresher._poll.isActive()


def uncertain(state: str = "unknown") -> Outcome:
    """What a beat says of a post that may have gone out."""
    due = Due("2027-01-15 08:00:00", "UTC", 1_800_000_000_000)
    post = Publication(
        id="P",
        post_id="E",
        target="blog",
        rev=1,
        due=due,
        state=state,
        natural_key="x",
        plan=Plan("a-post", (), "", due),
    )
    return Outcome(post, "A post", "Nobody knows whether it went out.")


def test_an_uncertain_publication_is_told_once(open_window: Open) -> None:
    session = open_window()
    told: list[Outcome] = []
    background = Background(
        session.journal,
        session.jobs,
        lambda call: call(),
        lambda error: None,
        lambda: None,
        told.append,
    )
    for _ in range(3):
        background.take([uncertain()])
    assert len(told) == 1
    background.take([uncertain("failed")])
    assert len(told) == 2
    session.window.acts.outcome(uncertain())
    assert "did not go out" in session.window.toast.text


def test_a_text_that_cannot_be_saved_is_offered_at_the_end(
    open_window: Open,
    qtbot: QtBot,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    entry = journal.entries.create("start")
    session = open_window()
    window = session.window
    editor = window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None)
    save = session.journal.entries.save

    def full(*_args: object, **_options: object) -> None:
        raise JournalError("The disk is full.", "Free some space.")

    monkeypatch.setattr(session.journal.entries, "save", full)
    editor.page.text.append_paragraph("worth keeping")
    window.close()
    qtbot.waitUntil(
        lambda: any(isinstance(w, UnsavedDialog) for w in QApplication.topLevelWidgets())
    )
    dialog = dialog_of(session, UnsavedDialog)
    assert window.isVisible()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "start\n\nworth keeping"
    assert dialog.save(tmp_path / "kept.md")
    assert (tmp_path / "kept.md").read_text(encoding="utf-8") == "start\n\nworth keeping"
    assert not dialog.save(tmp_path / "no" / "such" / "kept.md")
    assert "cannot be written" in dialog.state.text()
    monkeypatch.setattr(session.journal.entries, "save", save)
    dialog.again.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    with Journal(journal.folder) as again:
        assert again.entries.get(entry.id).body == "start\n\nworth keeping"


def test_typed_words_are_stored_before_a_summary(
    open_window: Open, qtbot: QtBot, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = journal.entries.create("First line here.")
    session = open_window()
    window = session.window
    assert window.editor is not None
    assert window.inspector is not None
    qtbot.waitUntil(lambda: window.editor is not None and window.editor.entry is not None)
    read: list[str] = []
    monkeypatch.setattr(
        window.inspector.summary, "_summarize", lambda entry: read.append(entry.body)
    )
    window.editor.page.text.append_paragraph("Just typed.")
    window.actions_by_id["entry.summarize"].trigger()
    qtbot.waitUntil(lambda: read == ["First line here.\n\nJust typed."], timeout=5000)
    assert session.journal.entries.get(entry.id).body == read[0]


def test_a_place_to_publish_is_added_in_the_window(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_window()
    (tmp_path / "My Site").mkdir()
    (tmp_path / "My Site" / "hugo.toml").write_text('title = "x"', encoding="utf-8")
    session.window.actions_by_id["target.add"].trigger()
    dialog = dialog_of(session, TargetDialog)
    assert not dialog.take.isEnabled()
    form = folder_form(dialog, tmp_path / "My Site", qtbot)
    assert form.name.text() == "my-site"
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(session.journal.targets.listing()))
    found = session.journal.targets.listing()[0]
    assert (found.name, found.config["flavor"]) == ("my-site", "hugo")
    qtbot.waitUntil(lambda: "my-site" in session.window.toast.text)
    session.window.actions_by_id["target.add"].trigger()
    again = dialog_of(session, TargetDialog)
    folder_form(again, tmp_path / "My Site", qtbot)
    again.take.click()
    qtbot.waitUntil(again.notice.isVisible)
    assert "already" in again.notice.text
    again.reject()


def folder_form(dialog: TargetDialog, folder: Path, qtbot: QtBot) -> TargetForm:
    """The settings of a folder, filled in."""
    qtbot.waitUntil(lambda: bool(dialog.choice.cards))
    dialog.choose("folder")
    form = dialog.form
    assert form is not None
    form.set_text("path", str(folder))
    return form


def test_find_in_the_entry_goes_round(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.create("one two\none three")
    window = open_window().window
    assert window.editor is not None
    editor = window.editor
    qtbot.waitUntil(lambda: editor.entry is not None)
    window.actions_by_id["entry.find"].trigger()
    bar = editor.find_bar
    bar.field.setText("ONE")
    assert bar.state.text() == "1 of 2"
    first = editor.page.text.textCursor().position()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert editor.page.text.textCursor().position() == 11
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert editor.page.text.textCursor().position() == first
    bar.field.setText("four")
    assert bar.state.text() == "Not found"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_the_palette_offers_every_action_and_place(open_window: Open, qtbot: QtBot) -> None:
    window = open_window().window
    palette = window.acts.palette
    palette.ask(actions=True)
    for action in ACTIONS:
        palette.field.setText(action.text)
        qtbot.waitUntil(lambda: not palette._timer.isActive())
        assert f"action:{action.id}" in [choice.key for choice in palette.choices()]
    palette.field.setText("Go to Runs")
    qtbot.waitUntil(lambda: not palette._timer.isActive())
    assert palette.choices()[0].key == "place:runs"
    palette.reject()
    window.acts.run("place:trash")
    assert window.sidebar.key == "trash"


def test_every_action_is_harmless_in_an_empty_journal(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    window = session.window
    asks = {"quit", "import", "import.file", "capture", "palette", "goto", "shortcuts"}
    for action in ACTIONS:
        if action.id not in asks | {"target.add", "entry.new", "entry.today", "backup"}:
            window.actions_by_id[action.id].trigger()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0, timeout=5000)
    assert session.journal.entries.rows() == []


def test_the_contrast_theme_is_kept(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    session.window.actions_by_id["theme.contrast"].trigger()
    assert session.holder.theme.name == "contrast"
    qtbot.waitUntil(lambda: session.journal.settings.get("theme") == "contrast")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("# A heading\n\nwords", "heading"),
        ("A title\n\nwords", "line"),
        ("A title #tag\n\nwords", "line"),
        ("A title\nwords at once", "no"),
        ("Only one line", "whole"),
        ("- an item\n\nwords", "no"),
        ("", "no"),
        ("word " * 60 + "\n\nmore", "no"),
    ],
)
def test_where_a_text_shows_its_title(body: str, place: str) -> None:
    assert titled(body) == place


def test_the_inspector_lies_inside_a_narrower_window(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    journal.entries.create("A title\n\nwords")
    journal.settings.set(
        "window.state", '{"size": [1280, 800], "panes": [208, 328, 300], "full": false}'
    )
    window = open_window().window
    assert window.editor is not None
    assert window.inspector is not None
    window.acts.show_inspector()
    assert not window.inspector.isWindow()
    assert window.inspector.geometry().right() == window.panes.width() - 1
    editor, inspector = window.editor, window.inspector

    def clear_of_it() -> bool:
        edge = editor.page.text.mapTo(window, QPoint(editor.page.text.width(), 0)).x()
        return edge <= inspector.mapTo(window, QPoint(0, 0)).x()

    qtbot.waitUntil(clear_of_it)
    bar = editor.bar.next
    assert (
        bar.mapTo(window, QPoint(0, bar.height())).y() < inspector.mapTo(window, QPoint(0, 0)).y()
    )
    window.resize(1010, 800)  # too narrow for both: now it does lie over the text
    qtbot.waitUntil(lambda: editor.page.viewport().width() > 0 and not clear_of_it())


def test_a_narrow_window_shows_one_of_list_and_text(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    entry = journal.entries.create("words")
    window = open_window().window
    window.resize(900, 700)
    qtbot.waitUntil(lambda: window.panes.mode == "narrow")
    assert window.sidebar.width() < 300
    window.open_entry(entry.id)
    assert window.editor is not None
    assert window.editor.isVisible()
    assert not window.entries.isVisible()
    assert window.focusWidget() is window.editor.page.text
