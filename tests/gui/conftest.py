"""Tests of the window: offscreen, on real journals; a warning of Qt fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from journal_app.gui.app import Session, application

# What the offscreen platform says of itself on any use; nothing a user could see.
HARMLESS = ("This plugin does not support", "QFontDatabase: Cannot find font directory")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one application, as the program makes it."""
    return application()


@pytest.fixture(autouse=True)
def qt_warnings(qapp: QApplication) -> Iterator[None]:
    """Fail the test for every warning that Qt prints."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said, said


@pytest.fixture
def open_window(journal_folder: Path, qtbot: object) -> Iterator[Callable[[], Session]]:
    """Open the window on this test's journal and wait until it is complete."""
    sessions: list[Session] = []

    def start() -> Session:
        session = Session(journal_folder, theme="light")
        sessions.append(session)
        session.show(background=False)
        qtbot.waitUntil(lambda: session.window.whole)  # type: ignore[attr-defined]
        # Counts, tags and status come from the lanes: what a user sees a moment after the start.
        qtbot.waitUntil(lambda: session.jobs.busy() == 0)  # type: ignore[attr-defined]
        return session

    yield start
    for session in sessions:
        session.window.hide()  # as when a user closes it: what is not seen stops its timers
        session.close()
        session.window.deleteLater()
