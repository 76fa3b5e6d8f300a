"""The window does what its user came for: capture, find, go, throw away and take back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.gui.actions import ACTIONS
from journal_app.gui.app import Session
from journal_app.gui.lists.entry_model import PAGE
from journal_app.gui.probes import shots
from journal_app.journal import Journal

Open = Callable[[], Session]


def titles(session: Session) -> list[str]:
    """What the list shows, line by line."""
    model = session.window.entries.model
    return [str(model.data(model.index(n))) for n in range(model.rowCount())]


def test_captured_notes_show_at_once(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    quick = session.window.acts.quick
    quick.ask()
    qtbot.keyClicks(quick.text, "warmup helps #warmup")
    qtbot.keyClick(quick.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: titles(session) == ["warmup helps"])
    assert not quick.isVisible()
    assert quick.text.toPlainText() == ""
    model = session.window.sidebar.model
    qtbot.waitUntil(
        lambda: (
            [(p.key, p.count) for p in model.places if p.key.startswith("tag:")]
            == [("tag:warmup", 1)]
        )
    )


def test_an_empty_capture_creates_nothing(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    quick = session.window.acts.quick
    quick.ask()
    quick.text.setPlainText("  \n ")
    quick.keep()
    assert not quick.isVisible()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    assert session.journal.entries.rows() == []


def test_a_failed_capture_keeps_the_text(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_window()

    def full(*_args: object, **_options: object) -> None:
        raise JournalError("The disk is full.", "Free some space.")

    monkeypatch.setattr(session.journal.entries, "add", full)
    quick = session.window.acts.quick
    quick.ask()
    quick.text.setPlainText("a thought worth keeping")
    quick.keep()
    qtbot.waitUntil(lambda: quick.error.isVisible())
    assert "disk is full" in quick.error.text()
    assert quick.isVisible()
    assert quick.text.toPlainText() == "a thought worth keeping"
    quick.reject()
    quick.ask()
    assert quick.text.toPlainText() == "a thought worth keeping"


def test_another_process_s_note_shows_within_a_second(
    open_window: Open, qtbot: QtBot, journal_folder: Path
) -> None:
    session = open_window()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    environment = {**os.environ, "JOURNAL_DIR": str(journal_folder)}
    subprocess.run(
        [sys.executable, "-m", "journal_app", "add", "from a terminal"],
        env=environment,
        check=True,
        capture_output=True,
    )
    qtbot.waitUntil(lambda: titles(session) == ["from a terminal"], timeout=1000)


def test_search_as_you_type_and_back(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    for text in ("alpha diverged", "beta held", "学习率预热不足"):
        journal.entries.add(text)
    session = open_window()
    field = session.window.entries.search
    qtbot.keyClicks(field, "diver")
    qtbot.waitUntil(lambda: titles(session) == ["alpha diverged"])
    field.setText("预热")
    qtbot.waitUntil(lambda: titles(session) == ["学习率预热不足"])
    field.setText("nowhere")
    qtbot.waitUntil(lambda: session.window.entries.empty.isVisible())
    assert "nowhere" in session.window.entries.empty.text.text()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(session)) == 3)


def test_trash_can_be_undone(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.add("keep me")
    gone = journal.entries.add("throw me away")
    session = open_window()
    window = session.window
    qtbot.waitUntil(lambda: window.entries.current == gone.id)
    window.actions_by_id["entry.trash"].trigger()
    qtbot.waitUntil(lambda: titles(session) == ["keep me"])
    undo = next(b for b in window.toast.findChildren(QAbstractButton) if b.text() == "Undo")
    undo.click()
    qtbot.waitUntil(lambda: "throw me away" in titles(session))
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)


def test_sections_count_and_filter(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.add("a lesson", kind="lesson")
    journal.entries.add("a plain note")
    session = open_window()
    sidebar = session.window.sidebar
    qtbot.waitUntil(lambda: sidebar.place("lesson").count == 1)
    assert sidebar.place("inbox").count == 1
    sidebar.choose("lesson")
    assert titles(session) == ["a lesson"]
    sidebar.choose("failure")
    assert session.window.entries.empty.isVisible()


def test_a_long_list_is_read_in_pages(open_window: Open, journal: Journal) -> None:
    with journal.store.write():
        for n in range(PAGE * 2 + 5):
            journal.entries.create(f"entry number {n}")
    session = open_window()
    model = session.window.entries.model
    assert model.rowCount() == PAGE * 2 + 5
    assert titles(session)[-1] == "entry number 0"
    line = model.line_of(model.row(150).id)
    assert line == 150


def test_the_chosen_entry_stays_when_others_arrive(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    first = journal.entries.add("first")
    journal.entries.add("second")
    session = open_window()
    window = session.window
    window.open_entry(first.id)
    session.journal.entries.add("third")
    qtbot.waitUntil(lambda: len(titles(session)) == 3)
    assert window.entries.current == first.id
    assert window.entries.list.currentIndex().row() == 2
    assert window.editor is not None
    assert window.editor.entry.id == first.id


def test_the_palette_finds_actions_and_entries(
    open_window: Open, qtbot: QtBot, journal: Journal
) -> None:
    entry = journal.entries.add("Donaudampfschifffahrt im Tokenizer")
    session = open_window()
    palette = session.window.acts.palette
    palette.ask(actions=True)
    assert palette.choices()[0].key == "action:capture"
    qtbot.keyClicks(palette.field, "donau")
    qtbot.waitUntil(lambda: f"entry:{entry.id}" in [c.key for c in palette.choices()])
    palette.field.setText("thdark")
    qtbot.waitUntil(lambda: palette.choices()[:1] and palette.choices()[0].key.endswith("dark"))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.holder.theme.name == "dark")
    qtbot.waitUntil(lambda: session.journal.settings.get("theme") == "dark")


def test_panes_by_width(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.add("something to read")
    session = open_window()
    window, panes = session.window, session.window.panes
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: panes.mode == "wide" and panes.inspector_shown)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: panes.mode == "middle")
    assert not panes.inspector_shown
    window.actions_by_id["inspector"].trigger()
    assert panes.inspector_shown
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not panes.inspector_shown
    window.resize(900, 700)
    qtbot.waitUntil(lambda: panes.mode == "narrow")
    assert panes.lists.isVisible() and not panes.mains.isVisible()
    window.entries.entered.emit(window.entries.current)
    assert panes.mains.isVisible() and not panes.lists.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert panes.lists.isVisible()


def test_runs_show_card_entries_and_evals(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    window = session.window
    window.go("runs")
    assert window.runs_view is not None
    assert window.runs_view.list.empty.isVisible()
    assert not window.panes.inspector_shown
    session.journal.experiments.import_path(paths.resources() / "samples" / "nanochat" / "salience")
    model = window.runs_view.list.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    run = model.runs[0]
    entry = session.journal.entries.add(f"what it taught ->run:{run.id}")
    window.open_run(run.id)
    buttons = [b.text() for b in window.runs_view.detail.findChildren(QAbstractButton)]
    assert entry.title in buttons
    next(
        b for b in window.runs_view.detail.findChildren(QAbstractButton) if b.text() == entry.title
    ).click()
    assert window.entries.current == entry.id
    assert window.panes.inspector_shown


def test_keys_reach_their_places(open_window: Open, qtbot: QtBot, journal: Journal) -> None:
    journal.entries.add("a text", kind="lesson")
    session = open_window()
    window = session.window
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.sidebar.key == "lesson")
    window.entries.list.setFocus()
    qtbot.keyClick(window.entries.list, Qt.Key.Key_Slash)
    qtbot.waitUntil(lambda: window.entries.search.hasFocus())
    qtbot.keyClicks(window.entries.search, "a/b?")
    assert window.entries.search.text() == "a/b?"  # in a field they are letters
    window.sidebar.list.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.entries.list.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.editor is not None
    assert window.editor.page.text.hasFocus()


def test_an_import_shows_its_progress_and_result(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_window()
    window = session.window
    window.acts.import_path(paths.resources() / "samples" / "nanochat" / "salience")
    assert window.tray.isVisibleTo(window.status)
    qtbot.waitUntil(lambda: "new runs" in window.toast.text)
    assert not window.tray.isVisibleTo(window.status)
    nothing = tmp_path / "notes.txt"
    nothing.write_text("no record of anything", encoding="utf-8")
    window.acts.import_path(nothing)
    qtbot.waitUntil(lambda: "notes.txt is not a record" in window.toast.text)


def test_closing_keeps_size_and_waits_for_the_text(
    open_window: Open, qtbot: QtBot, journal: Journal, journal_folder: Path
) -> None:
    entry = journal.entries.add("a text")
    session = open_window()
    window = session.window
    window.resize(1500, 850)
    assert window.editor is not None
    window.editor.page.text.setPlainText("a text, changed just before the end")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    with Journal(journal_folder) as later:
        assert later.entries.get(entry.id).body == "a text, changed just before the end"
        assert "1500" in later.settings.get("window.state")


def test_actions_are_complete_and_their_keys_differ(open_window: Open) -> None:
    window = open_window().window
    assert set(window.actions_by_id) == {action.id for action in ACTIONS}
    keys = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(keys) == len(set(keys))


def test_what_can_be_used_has_a_name(open_window: Open, journal: Journal) -> None:
    journal.entries.add("one")
    window = open_window().window
    window.go("runs")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and not (widget.accessibleName() or widget.objectName().startswith("qt_"))
        and not isinstance(widget.parent(), QLineEdit)
    ]
    assert not nameless, [(type(w), w.parent()) for w in nameless]


def test_pictures_of_the_window(journal_folder: Path, journal: Journal, tmp_path: Path) -> None:
    journal.entries.add("shown in the picture")
    made = shots.take(journal_folder, tmp_path / "shots", sizes=((1280, 800),))
    assert [path.name for path in made] == ["window-light-1280x800.png", "window-dark-1280x800.png"]
    assert all(path.stat().st_size > 10_000 for path in made)


def test_the_probe_measures_a_start(journal_folder: Path, journal: Journal) -> None:
    journal.entries.add("seen first")
    done = subprocess.run(
        [sys.executable, "-m", "journal_app.gui.probes.startup", str(journal_folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert 50 < float(done.stdout) < 20_000


def test_the_clock_runs_and_the_first_backup_is_told(
    journal_folder: Path, journal: Journal, qtbot: QtBot, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('title = "t"\n', encoding="utf-8")
    note = journal.entries.add("what we found")
    post = journal.writing.draft([note.id], "Found")
    journal.targets.add("site", "folder", {"path": str(site), "flavor": "hugo"})
    session = Session(journal_folder, theme="light")
    session.show(background=True)
    window = session.window
    qtbot.waitUntil(lambda: window.status.backup.text().startswith("Backed up"), timeout=10_000)
    qtbot.waitUntil(
        lambda: session.background is not None and session.background.beats, timeout=10_000
    )
    session.journal.publishing.publish_now(post.id, "site")
    qtbot.waitUntil(lambda: window.sidebar.place("published").count == 1)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not session.background.beats
    window.deleteLater()


def test_a_window_that_closes_is_gone_before_what_is_being_sent_ends(
    open_window: Callable[[], Session],
) -> None:
    session = open_window()
    session.window.acts.publishing.show()
    shown: list[bool] = []
    publishing = session.window.acts.publishing.dialog

    def ends() -> None:
        shown.append(session.window.isVisible() or publishing.isVisible())

    session.window.before_close = ends
    session.window._closing.finish()
    assert shown == [False]
