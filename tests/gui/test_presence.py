"""What makes the running window reachable: messages, settings at once, the tray."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.capture.presence import Presence
from journal_app.gui.capture.system_tray import SystemTray
from journal_app.runtime import single_instance as one
from journal_app.runtime.single_instance import Message

Open = Callable[[], Session]


@pytest.fixture
def running(open_window: Open) -> Iterator[Session]:
    session = open_window()
    claim = one.claim(one.name_of(session.journal.folder))
    assert claim is not None
    session.presence = Presence(session.window, claim)
    session.presence.start()
    yield session


def test_messages_of_other_processes_are_followed(running: Session, qtbot: QtBot) -> None:
    window = running.window
    assert running.presence is not None
    running.presence.ear.heard(Message("capture"))
    assert window.acts.quick.isVisible()
    window.acts.quick.reject()
    entry = running.journal.entries.add("somewhere down the list")
    window.showMinimized()
    running.presence.ear.heard(Message("open", entry.id.lower()))
    assert not window.isMinimized()
    qtbot.waitUntil(
        lambda: (
            window.editor is not None
            and window.editor.entry is not None
            and window.editor.entry.id == entry.id
        )
    )
    running.presence.ear.heard(Message("open", "01HZZZZZZZZZZZZZZZZZZZZZZZ"))  # told, not raised


def test_the_capture_window_is_made_before_it_is_asked_for(running: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: running.window.acts._quick is not None, timeout=5000)
    assert not running.window.acts.quick.isVisible()


def test_the_name_is_free_after_the_end(running: Session) -> None:
    name = one.name_of(running.journal.folder)
    assert one.claim(name) is None
    running.close()
    held = one.claim(name)
    assert held is not None
    held.release()


def test_a_key_changed_in_the_settings_is_taken_at_once(
    running: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert running.presence is not None
    bound: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        running.presence.hotkey, "bind", lambda keys, *, asked: bound.append((keys, asked))
    )
    running.journal.settings.set("capture.hotkey", "F9")
    qtbot.waitUntil(lambda: bound[-1:] == [("F9", True)])


def test_a_key_that_is_taken_is_told_in_the_window(running: Session) -> None:
    assert running.presence is not None
    running.presence.hotkey.trouble.emit("Ctrl+Alt+J belongs to another program.")
    assert "another program" in running.window.toast.text


def test_closing_into_the_tray_keeps_the_program_and_the_text(
    running: Session, qtbot: QtBot
) -> None:
    window = running.window
    entry = running.journal.entries.add("text")
    window.open_entry(entry.id)
    assert window.editor is not None
    qtbot.waitUntil(lambda: window.editor.page.text.text() == "text")
    window.editor.page.text.append_paragraph("typed just before")
    window.stays = lambda: True
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted() and not window.isVisible()
    qtbot.waitUntil(lambda: "just before" in running.journal.entries.get(entry.id).body)
    window.come_forward()
    assert window.isVisible()
    window.quit()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_without_a_tray_closing_quits(running: Session) -> None:
    running.journal.settings.set("window.close", "tray")
    assert running.presence is not None
    running.presence._follow_settings()
    assert running.presence.tray is None and running.window.stays is None


def test_the_menu_of_the_tray_says_what_goes_out_next(running: Session, qtbot: QtBot) -> None:
    tray = SystemTray(running.window)
    tray.refresh()
    qtbot.waitUntil(
        lambda: tray.upcoming.text() == "Nothing scheduled" and bool(tray.device.text())
    )
    assert tray.capture.text().startswith("Capture a note")
    tray.capture.trigger()
    assert running.window.acts.quick.isVisible()
    tray._show_next("Warm up longer, Thu 09:00")
    assert tray.upcoming.text() == "Next: Warm up longer, Thu 09:00"
    tray.upcoming.trigger()
    assert running.window.sidebar.key == "scheduled"
