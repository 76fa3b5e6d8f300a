"""Capture from anywhere: the capture window, its draft, and the ear of the running window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from journal_app.errors import JournalError
from journal_app.gui.bridge import UiBridge
from journal_app.gui.capture.instance import Ear
from journal_app.gui.capture.window import QuickCapture
from journal_app.gui.theme import ThemeHolder
from journal_app.journal import Journal
from journal_app.runtime import single_instance as one
from journal_app.runtime.jobs import Jobs
from journal_app.runtime.single_instance import Message

Make = Callable[[], QuickCapture]


@pytest.fixture
def make(journal: Journal, qtbot: QtBot) -> Iterator[Make]:
    """A capture window without any other; each ends as the program ends it."""
    bridge = UiBridge()
    jobs = Jobs(bridge.post)
    made: list[QuickCapture] = []

    def start() -> QuickCapture:
        quick = QuickCapture(journal, jobs, ThemeHolder("light"))
        qtbot.addWidget(quick)
        made.append(quick)
        quick.ask()
        return quick

    yield start
    for quick in made:
        quick.finish()
    jobs.shutdown()
    bridge.close()


def drafts(journal: Journal) -> list[str]:
    found = sorted((journal.folder / "drafts").glob("*.json"))
    return [json.loads(path.read_text())["text"] for path in found]


def test_type_ctrl_enter_gone(make: Make, journal: Journal, qtbot: QtBot) -> None:
    quick = make()
    qtbot.keyClicks(quick.text, "warm up longer #lr ->run:d12")
    quick.kind.setCurrentIndex(quick.kind.findData("lesson"))
    with qtbot.waitSignal(quick.kept, timeout=5000) as kept:
        qtbot.keyClick(quick.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept.args is not None
    entry = journal.entries.get(kept.args[0])
    assert (entry.kind, entry.title, entry.tags) == ("lesson", "warm up longer", ("lr",))
    assert not quick.isVisible() and quick.text.toPlainText() == ""
    qtbot.waitUntil(lambda: drafts(journal) == [])


def test_what_is_typed_lies_on_the_disk_within_two_seconds(
    make: Make, journal: Journal, qtbot: QtBot
) -> None:
    quick = make()
    qtbot.keyClicks(quick.text, "half a thought")
    qtbot.waitUntil(lambda: drafts(journal) == ["half a thought"], timeout=2000)
    assert journal.entries.rows() == []


def test_esc_and_the_end_of_the_program_leave_the_text_for_later(
    make: Make, journal: Journal, qtbot: QtBot
) -> None:
    quick = make()
    quick.text.setPlainText("for later")
    qtbot.keyClick(quick.text, Qt.Key.Key_Escape)
    assert not quick.isVisible()
    quick.ask()
    assert quick.text.toPlainText() == "for later"
    quick.finish()
    qtbot.waitUntil(lambda: drafts(journal) == ["for later"])
    again = make()
    qtbot.waitUntil(lambda: again.text.toPlainText() == "for later")


def test_a_failed_save_keeps_text_and_draft(
    make: Make, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise JournalError("The disk is full.", "Free some space.")

    quick = make()
    monkeypatch.setattr(journal.entries, "add", full)
    quick.text.setPlainText("must not go")
    quick.keep()
    qtbot.waitUntil(lambda: quick.error.text() == "The disk is full. Free some space.")
    assert quick.isVisible() and quick.text.toPlainText() == "must not go"
    qtbot.waitUntil(lambda: drafts(journal) == ["must not go"])


def test_a_draft_that_cannot_be_written_is_told(
    make: Make, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: object) -> None:
        raise JournalError("What you type cannot be kept.", "Keep the note now.")

    quick = make()
    monkeypatch.setattr(journal.drafts, "keep", full)
    quick.text.setPlainText("text")
    qtbot.waitUntil(lambda: "cannot be kept" in quick.error.text())
    monkeypatch.undo()
    quick.text.setPlainText("text again")
    qtbot.waitUntil(lambda: quick.error.text() == "")


def test_where_it_was_made_is_seen_and_can_be_taken_away(
    make: Make, journal: Journal, qtbot: QtBot
) -> None:
    quick = make()
    qtbot.waitUntil(lambda: "host" in quick.context.facts)
    chips = {c.accessibleName().partition(":")[0]: c for c in quick.findChildren(QPushButton)}
    chips["Remove computer"].click()
    assert "host" not in quick.context.facts
    quick.text.setPlainText("private")
    with qtbot.waitSignal(quick.kept, timeout=5000) as kept:
        quick.keep()
    assert kept.args is not None
    context = journal.entries.get(kept.args[0]).context
    assert "host" not in context and "directory" in context


def test_with_the_setting_off_nothing_is_looked_for(
    make: Make, journal: Journal, qtbot: QtBot
) -> None:
    journal.settings.set("capture.context", "off")
    quick = make()
    quick.text.setPlainText("bare")
    with qtbot.waitSignal(quick.kept, timeout=5000) as kept:
        quick.keep()
    assert kept.args is not None
    assert journal.entries.get(kept.args[0]).context == {} and not quick.context.isVisible()


# ---------------------------------------------------------------------- the ear


@pytest.fixture
def heard(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[str, list[Message]]]:
    name = one.name_of(tmp_path)
    claim = one.claim(name)
    assert claim is not None
    messages: list[Message] = []
    ear = Ear(claim, messages.append)
    assert ear.start()
    yield name, messages
    ear.stop()
    claim.release()


def say(qtbot: QtBot, name: str, line: bytes) -> bytes:
    """Send a line from this thread, as a peer would, and wait for the answer."""
    peer = QLocalSocket()
    peer.connectToServer(one.address(name))
    assert peer.waitForConnected(2000)
    peer.write(line)
    peer.flush()
    qtbot.waitUntil(lambda: peer.bytesAvailable() > 0, timeout=5000)
    answer = bytes(peer.readAll().data())
    peer.abort()
    return answer


def test_the_ear_takes_known_verbs_and_nothing_else(
    heard: tuple[str, list[Message]], qtbot: QtBot
) -> None:
    name, messages = heard
    assert say(qtbot, name, b"capture\n") == b"ok\n"
    assert say(qtbot, name, b"open 01HZZZZZZZZZZZZZZZZZZZZZZZ\n") == b"ok\n"
    for line in (b"run rm -rf /\n", b"open /etc/passwd\n", b"\xff\xfe\n", b"a" * 2000):
        assert say(qtbot, name, line) == b"no\n"
    assert [m.verb for m in messages] == ["capture", "open"]


def test_a_socket_left_over_is_taken_over(tmp_path: Path, qtbot: QtBot) -> None:
    import socket

    name = one.name_of(tmp_path)
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(one.address(name))
    claim = one.claim(name)
    assert claim is not None
    messages: list[Message] = []
    ear = Ear(claim, messages.append)
    assert ear.start()
    assert say(qtbot, name, b"show\n") == b"ok\n"
    ear.stop()
    claim.release()
    assert cast(list[Message], messages)[0].verb == "show"


def test_only_the_user_may_speak(heard: tuple[str, list[Message]]) -> None:
    socket_file = Path(one.address(heard[0]))
    assert socket_file.stat().st_mode & 0o077 == 0
    assert socket_file.parent.stat().st_mode & 0o077 == 0
