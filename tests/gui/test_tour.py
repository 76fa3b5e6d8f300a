"""The tour points at what is there, turns by the keys, and never stands before the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journal_app import tour
from journal_app.gui.app import Session
from journal_app.gui.dialogs.tour_card import beside
from journal_app.gui.dialogs.tour_guide import NAME, STEPS, Guide, start
from journal_app.journal import Journal

Open = Callable[[], Session]


@pytest.fixture
def session(journal: Journal, open_window: Open, qtbot: QtBot) -> Session:
    tour.make_sample(journal)
    session = open_window()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    return session


@pytest.mark.parametrize("size", [(1680, 1000), (1280, 800), (900, 600)])
def test_each_step_shows_its_control_and_stays_inside(
    session: Session, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = session.window
    window.resize(*size)
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    guide = start(window)
    for step in range(len(STEPS)):
        assert guide.step == step
        spot, card = STEPS[step].spot(window), guide.card.geometry()
        assert window.root.rect().contains(card), (step, card)
        if size[0] > 1000:
            assert not spot.isEmpty(), step
            assert window.root.rect().intersects(spot), step
        assert guide.card.accessibleName()
        guide.turn(1)
    assert window.findChild(Guide, NAME) is None


def test_keys_turn_the_pages_and_escape_ends(
    session: Session, journal: Journal, qtbot: QtBot
) -> None:
    window = session.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.entries.list.setFocus()
    window.actions_by_id["tour"].trigger()
    guide = window.findChild(Guide, NAME)
    assert guide is not None and guide.card.hasFocus()
    QTest.keyClick(guide.card, Qt.Key.Key_Right)
    QTest.keyClick(guide.card, Qt.Key.Key_Right)
    QTest.keyClick(guide.card, Qt.Key.Key_Left)
    assert guide.step == 1
    QTest.keyClick(guide.card, Qt.Key.Key_Escape)
    assert window.findChild(Guide, NAME) is None
    assert QApplication.focusWidget() is window.entries.list
    qtbot.waitUntil(lambda: journal.settings.get("window.tour") == "seen")


def test_what_is_typed_goes_to_the_text(session: Session, qtbot: QtBot) -> None:
    window = session.window
    assert window.editor is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    text = window.editor.page.text
    text.setFocus()
    window.actions_by_id["tour"].trigger()
    guide = window.findChild(Guide, NAME)
    assert guide is not None
    QTest.keyClick(guide.card, Qt.Key.Key_X)
    assert "x" in text.toPlainText()[:1] + text.toPlainText()[-1:]
    assert QApplication.focusWidget() is text


def test_the_first_tour_takes_no_keyboard_and_comes_once(
    session: Session, journal: Journal, qtbot: QtBot
) -> None:
    window = session.window
    focus = QApplication.focusWidget()
    window.acts.preferences.first_tour()
    guide = window.findChild(Guide, NAME)
    assert guide is not None
    assert QApplication.focusWidget() is focus
    QTest.keyClick(window.entries.list, Qt.Key.Key_Escape)
    assert window.findChild(Guide, NAME) is None
    qtbot.waitUntil(lambda: journal.settings.get("window.tour") == "seen")
    window.acts.preferences.first_tour()
    assert window.findChild(Guide, NAME) is None


def test_the_inspector_is_left_as_it_was(session: Session, qtbot: QtBot) -> None:
    window = session.window
    window.resize(1680, 1000)
    window.panes.want_inspector(False)
    guide = start(window)
    for _ in range(3):
        guide.turn(1)
    assert window.panes.inspector_shown
    guide.end()
    assert not window.panes.inspector_shown


def test_a_card_finds_a_place_on_each_side() -> None:
    card, room = QRect(0, 0, 320, 160), QRect(0, 0, 1000, 700)
    for spot in (
        QRect(0, 0, 200, 40),
        QRect(900, 300, 100, 40),
        QRect(300, 0, 500, 40),
        QRect(200, 600, 700, 90),
        QRect(0, 0, 1000, 700),
        QRect(),
    ):
        placed = QRect(beside(spot, card, room), card.size())
        assert room.contains(placed), spot
        assert spot == room or not placed.intersects(spot), spot
