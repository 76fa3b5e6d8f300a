"""Files of the open entry by action: a screenshot cut to size, a file taken off and put back."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.capture.screenshot import Cutter
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.theme import ThemeHolder

Open = Callable[[], Session]


def opened(session: Session, qtbot: QtBot, body: str) -> EditorPane:
    entry = session.journal.entries.create(body)
    session.window.open_entry(entry.id)
    editor = session.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None and editor.entry.id == entry.id)
    return editor


def test_a_file_goes_off_with_its_reference_and_comes_back(open_window: Open, qtbot: QtBot) -> None:
    session = open_window()
    editor = opened(session, qtbot, "before")
    assert editor.entry is not None
    id = editor.entry.id
    file = session.journal.entries.attach(id, b"a,b\n", "t.csv")
    editor.page.text.select(6, 6)
    editor.page.text.insert(f"\n\n![t.csv]({file.path})")
    qtbot.waitUntil(lambda: file.path in session.journal.entries.get(id).body)
    session.window.acts.files.remove(file)
    assert editor.page.text.text() == "before"
    qtbot.waitUntil(lambda: session.journal.entries.get(id).attachments == ())
    qtbot.waitUntil(lambda: "t.csv is off" in session.window.toast.text)
    session.window.toast._do()
    qtbot.waitUntil(lambda: len(session.journal.entries.get(id).attachments) == 1)
    assert file.path in editor.page.text.text()
    assert (session.journal.folder / file.path).read_bytes() == b"a,b\n"


def test_without_an_open_entry_it_is_told(open_window: Open) -> None:
    session = open_window()
    assert session.window.editor is not None
    session.window.editor.open_entry(None)
    for id in ("entry.attach", "entry.screenshot"):
        session.window.toast.hide()
        session.window.actions_by_id[id].trigger()
        assert "Open an entry first" in session.window.toast.text
    assert session.window.isVisible()


def test_a_full_disk_leaves_the_text_and_says_so(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_window()
    editor = opened(session, qtbot, "text")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    monkeypatch.setattr(os, "fsync", full)
    editor.paste.image(image, "screenshot.png")
    qtbot.waitUntil(lambda: "No space left" in editor.notice.text)
    assert editor.page.text.text() == "text"
    assert list((session.journal.folder / "attachments").rglob("*.p*")) == []


# ---------------------------------------------------------------------- cutting a screenshot


@pytest.fixture
def cut(qtbot: QtBot) -> tuple[Cutter, list[QPixmap | None]]:
    picture = QPixmap(400, 300)
    picture.fill(QColor("white"))
    kept: list[QPixmap | None] = []
    cutter = Cutter(picture, ThemeHolder("light"), kept.append)
    cutter.setGeometry(QRect(0, 0, 400, 300))
    cutter.show()
    qtbot.waitExposed(cutter)
    return cutter, kept


def test_a_drag_keeps_its_part(cut: tuple[Cutter, list[QPixmap | None]], qtbot: QtBot) -> None:
    cutter, kept = cut
    qtbot.mousePress(cutter, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    qtbot.mouseMove(cutter, QPoint(40, 110))
    qtbot.mouseRelease(cutter, Qt.MouseButton.LeftButton, pos=QPoint(40, 110))
    assert kept[0] is not None
    assert (kept[0].width(), kept[0].height()) == (61, 51)


def test_a_click_keeps_nothing_and_the_keyboard_does_all(
    cut: tuple[Cutter, list[QPixmap | None]], qtbot: QtBot
) -> None:
    cutter, kept = cut
    qtbot.mouseClick(cutter, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    assert kept == []
    qtbot.keyClick(cutter, Qt.Key.Key_Right)
    qtbot.keyClick(cutter, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(cutter, Qt.Key.Key_Return)
    assert kept[0] is not None
    assert (kept[0].width(), kept[0].height()) == (200, 158)


def test_enter_keeps_all_and_esc_nothing(qtbot: QtBot) -> None:
    for key, size in ((Qt.Key.Key_Return, 400), (Qt.Key.Key_Escape, 0)):
        picture = QPixmap(400, 300)
        picture.fill(QColor("white"))
        kept: list[QPixmap | None] = []
        cutter = Cutter(picture, ThemeHolder("light"), kept.append)
        cutter.setGeometry(QRect(0, 0, 400, 300))
        cutter.show()
        qtbot.keyClick(cutter, key)
        assert (kept[0].width() if kept[0] is not None else 0) == size
