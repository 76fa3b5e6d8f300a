"""Everything can be found by name, by Tab and by a screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from journal_app import paths, tour
from journal_app.gui import announce
from journal_app.gui.app import Session
from journal_app.gui.capture.screenshot import Cutter
from journal_app.gui.dialogs.link import LinkDialog
from journal_app.gui.dialogs.palette import Palette
from journal_app.gui.dialogs.schedule import ScheduleDialog
from journal_app.gui.dialogs.shortcuts import ShortcutSheet
from journal_app.gui.dialogs.target import TargetDialog
from journal_app.gui.inspector.gate_dialog import GateDialog
from journal_app.gui.publish.digest_dialog import DigestDialog
from journal_app.gui.publish.preflight_dialog import PreflightDialog
from journal_app.journal import Journal

Open = Callable[[], Session]
ICONS = {path.stem for path in (paths.resources() / "icons").glob("*.svg")} - {"menu", "tag"}
STOP = Qt.FocusPolicy.TabFocus
# Parts that Qt makes and names itself, or whose owner has the name.
OWN = re.compile(r"^qt_|^_q_|ScrollBar|^QComboBoxPrivate|QtPrivate|^QAbstractSpinBox")


def stops(root: QWidget) -> Iterator[QWidget]:
    """Every widget under `root` that the keyboard can reach and that is shown."""
    for widget in (root, *root.findChildren(QWidget)):
        name = widget.objectName() or type(widget).__name__
        inside = isinstance(widget.parentWidget(), QAbstractScrollArea) and not isinstance(
            widget, QAbstractButton | QLineEdit
        )
        if (
            widget.focusPolicy().value & STOP.value
            and widget.isVisibleTo(root)
            and not OWN.match(name)
            and not inside
        ):
            yield widget


def nameless(root: QWidget) -> list[str]:
    """Widgets that a screen reader could not name, or would name after their picture."""
    bad = []
    for widget in stops(root):
        if widget.focusProxy() is not None:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name) if face is not None else ""
        name = name or widget.accessibleName()
        if not name.strip() or name in ICONS:
            where = type(widget.parentWidget()).__name__
            bad.append(f"{type(widget).__name__} {widget.objectName()!r} in {where}: {name!r}")
    return bad


@pytest.fixture
def filled(journal: Journal) -> Journal:
    """A journal that holds the sample: entries, runs, a draft."""
    tour.make_sample(journal)
    return journal


@pytest.fixture
def session(filled: Journal, open_window: Open, qtbot: QtBot) -> Session:
    """The complete window on the sample, wide enough for every pane."""
    session = open_window()
    session.window.resize(1680, 1000)
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    return session


def test_every_control_of_the_window_has_a_name(session: Session, qtbot: QtBot) -> None:
    window = session.window
    assert nameless(window) == []
    window.go("runs")
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    assert nameless(window) == []
    window.go("draft")
    window.entries.select_first()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    assert nameless(window) == []


def dialogs(session: Session) -> Iterator[QDialog]:
    """Every dialog that the window opens."""
    window, journal, jobs = session.window, session.journal, session.jobs
    yield ShortcutSheet(window)
    yield TargetDialog(journal, jobs, window.holder, window)
    yield LinkDialog(journal, jobs, window)
    yield Palette(journal, window.holder, window)
    post = journal.entries.rows(_drafts(), limit=1)[0]
    yield ScheduleDialog(journal, jobs, window.holder, post.id, window)
    yield DigestDialog(journal, jobs, window.holder, post.id, window)
    yield GateDialog(journal, jobs, window.holder, post.id, window)
    looking = PreflightDialog(journal, jobs, window.holder, window, "Preflight", take="Publish")
    looking.look(post.id)
    yield looking
    for page in ("calendar", "queue", "log", "places"):
        window.acts.publishing.show(page)
        yield window.acts.publishing.dialog
    window.acts.capture()
    yield window.acts.quick


def _drafts() -> object:
    from journal_app.domain.views import View

    return View("draft")


def test_every_control_of_the_dialogs_has_a_name(session: Session, qtbot: QtBot) -> None:
    for dialog in dialogs(session):
        dialog.show()
        qtbot.waitUntil(lambda: session.jobs.busy() == 0)
        assert nameless(dialog) == [], type(dialog).__name__
        assert dialog.windowTitle(), type(dialog).__name__
        dialog.close()


def test_every_setting_can_be_named(session: Session, qtbot: QtBot) -> None:
    window = session.window
    window.acts.preferences.show()
    dialog = window.acts.preferences.dialog
    for section in dialog.names():
        dialog.show_section(section)
        qtbot.waitUntil(lambda: session.jobs.busy() == 0)
        assert nameless(dialog) == [], section
    dialog.close()


# The dialogs of writing and putting in order: the action, the dialog, and the way of Tab in it.
OPENED = {
    "entry.history": ("HistoryDialog", ["Versions"]),
    "entry.version": ("AskLine", ["Such as: sent to the team", "Cancel", "Name"]),
    "entry.graph": ("GraphDialog", ["What is linked around this entry", "Linked entries and runs"]),
    "entry.similar": ("SimilarSheet", ["Entries like this one"]),
    "entry.template": ("AskOption", []),
    "tags.all": ("AskOption", []),
    "export": ("ExportDialog", ["Entries", "Format"]),
    "models": ("ModelsWindow", ["Pages", "Model packs"]),
    "models.devices": ("ModelsWindow", ["Pages", "Where models run", "No other device"]),
    "models.evals": ("ModelsWindow", ["Pages", "Evaluate …"]),
    "help": ("HelpDialog", []),
    "shortcuts": ("ShortcutSheet", ["Keyboard shortcuts", "Close"]),
}


def opened(name: str) -> QDialog | None:
    """The dialog of this class that is shown."""
    return next(
        (
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and type(widget).__name__ == name and widget.isVisible()
        ),
        None,
    )


@pytest.mark.parametrize("action", OPENED)
def test_a_dialog_that_an_action_opens_is_named_and_read_by_tab(
    session: Session, qtbot: QtBot, action: str
) -> None:
    name, first = OPENED[action]
    window = session.window
    window.entries.select_first()
    if action == "entry.graph":  # of the sample's entries of one moment any may be the first
        linked = next(row for row in session.journal.entries.rows() if row.n_runs)
        window.open_entry(linked.id)
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    window.actions_by_id[action].trigger()
    qtbot.waitUntil(lambda: opened(name) is not None and session.jobs.busy() == 0)
    dialog = opened(name)
    assert dialog is not None and dialog.windowTitle()
    assert nameless(dialog) == []

    def read() -> list[str]:
        return [part.accessibleName() or _said(part) for part in _chain(dialog)]

    qtbot.waitUntil(lambda: read()[: len(first)] == first)  # some is filled by the lanes
    way = read()
    lines = [part.mapTo(dialog, part.rect().center()) for part in _chain(dialog)]
    assert _reads_down_or_right(lines), way
    dialog.close()


def _said(widget: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def _reads_down_or_right(places: list[QPoint]) -> bool:
    """Whether each place is below the one before, or right of it."""
    return all(b.y() > a.y() - 12 or b.x() > a.x() for a, b in pairwise(places))


def test_the_merge_window_is_named(session: Session, qtbot: QtBot) -> None:
    entries = session.journal.entries
    first = entries.create("One\n\nTwo 100.\n", title="Warmup")
    entries.save(first.id, "One\n\nTwo 300.\n", base_rev=1, origin="cli")
    entries.save(first.id, "One\n\nTwo 500.\n", base_rev=1, origin="autosave")
    session.window.open_entry(first.id)
    session.window.actions_by_id["entry.merge"].trigger()
    qtbot.waitUntil(lambda: opened("MergeDialog") is not None)
    dialog = opened("MergeDialog")
    assert dialog is not None and "Warmup" in dialog.windowTitle()
    assert nameless(dialog) == []
    assert len(_chain(dialog)) > 3  # the choices, the result, and the ways out
    dialog.close()


def test_marking_the_screen_says_what_to_do(session: Session) -> None:
    cutter = Cutter(QPixmap(200, 100), session.window.holder, lambda _part: None)
    assert nameless(cutter) == []
    cutter.deleteLater()


def order(root: QWidget, start: QWidget) -> list[str]:
    """The names of what Tab reaches from `start`, until it comes back."""
    names, here = [], start
    while True:
        if here in set(stops(root)):
            names.append(here.accessibleName())
        following = here.nextInFocusChain()
        assert following is not None
        if following is start:
            return names
        here = following


def test_tab_goes_through_the_dialogs_in_the_order_of_reading(
    session: Session, qtbot: QtBot
) -> None:
    window = session.window
    target = TargetDialog(window.journal, window.jobs, window.holder, window)
    target.show()
    qtbot.waitUntil(lambda: bool(target.choice.cards))
    target.choose("folder")
    form = target.form
    assert form is not None
    form.set_text("path", "site")
    path = form.edits["path"].focusProxy()
    assert path is not None
    way = order(target, path)
    assert way[:3] == ["Folder", "Browse …", "Name"]
    assert way[-4:] == ["Other kind", "Test", "Cancel", "Add"]
    target.close()
    window.acts.preferences.show("Appearance")
    dialog = window.acts.preferences.dialog
    way = order(dialog, dialog.search)
    assert way[:3] == ["Search the settings", "Sections", "Theme"]
    places = [way.index(name) for name in ("Theme", "Language", "Text size", "Inspector")]
    assert places == sorted(places)
    dialog.close()


def test_tab_goes_through_each_pane_from_top_to_bottom(session: Session) -> None:
    window = session.window
    assert window.editor is not None and window.inspector is not None
    for pane in (window.sidebar, window.entries, window.editor.bar, window.inspector.summary):
        tops = [
            (part.mapTo(pane, part.rect().topLeft()).y() // 24, part)
            for part in _chain(pane)
            if part.height() > 0
        ]
        assert tops, pane.objectName()
        lines = [line for line, _ in tops]
        assert lines == sorted(lines), [part.accessibleName() for _, part in tops]


def _chain(root: QWidget) -> list[QWidget]:
    reachable, found = set(stops(root)), []
    here = root.nextInFocusChain()
    while here is not None and here is not root:
        if here in reachable:
            found.append(here)
        here = here.nextInFocusChain()
    return found


def test_no_pane_keeps_the_keyboard(session: Session, qtbot: QtBot) -> None:
    window = session.window
    assert window.editor is not None and window.inspector is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    panes = (window.sidebar, window.panes.lists, window.editor, window.inspector)
    seen: list[QWidget] = []
    window.sidebar.list.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(next(pane for pane in panes if pane is here or pane.isAncestorOf(here)))
    assert seen[:4] == seen[4:]
    assert set(seen) == set(panes)


def test_f6_and_escape_leave_the_text(session: Session, qtbot: QtBot) -> None:
    window = session.window
    assert window.editor is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    text = window.editor.page.text
    text.setFocus()
    before = text.toPlainText()
    QTest.keyClick(text, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is not text
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.entries.list
    assert text.toPlainText() == before


def test_a_row_of_the_list_says_kind_title_date_and_tags(session: Session) -> None:
    model = session.window.entries.model
    texts = [
        model.index(line).data(Qt.ItemDataRole.AccessibleTextRole)
        for line in range(model.rowCount())
    ]
    lesson = next(text for text in texts if text.startswith("lesson: The smallest salience head"))
    assert "#salience" in lesson and "3 runs" in lesson
    assert re.search(r"\d\d:\d\d", lesson), lesson


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What a screen reader was given: the text, and whether it is urgent."""
    said: list[tuple[str, bool]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
        said.append((event.message(), urgent))

    monkeypatch.setattr(announce, "send", hear)
    return said


def test_a_screen_reader_hears_what_happened(
    session: Session, qtbot: QtBot, spoken: list[tuple[str, bool]]
) -> None:
    window = session.window
    window.tell("Kept.")
    window.tell("The disk is full.", "fail")
    assert spoken == [("Kept.", False), ("The disk is full.", True)]
    spoken.clear()
    window.entries.search.setText("salience")
    qtbot.waitUntil(lambda: any("found" in text for text, _ in spoken))
    window.tray.start("Look", "io", lambda _context: None)
    qtbot.waitUntil(lambda: ("Done: Look", False) in spoken)


def test_buttons_are_large_enough_to_hit(session: Session) -> None:
    small = [
        f"{type(b).__name__} {b.accessibleName()!r} {b.width()}x{b.height()}"
        for b in session.window.findChildren(QAbstractButton)
        if b.isVisibleTo(session.window)
        and b.focusPolicy() != Qt.FocusPolicy.NoFocus
        and min(b.width(), b.height()) < 24
    ]
    assert small == []
