"""The window "Models" over fakes: the gate evaluates without a model, no model process runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.model.window import ModelsWindow
from tests.helpers import gates
from tests.helpers.gates import FakeEvaluator, FakeHost

Open = Callable[[], Session]


@pytest.fixture
def evaluator() -> FakeEvaluator:
    """What evaluates in these tests."""
    return FakeEvaluator()


@pytest.fixture
def session(open_window: Open, evaluator: FakeEvaluator) -> Session:
    """A window whose gate runs the fake evaluator, and whose model process is a fake."""
    session = open_window()
    gates.use_gate(session.journal, evaluator)
    session.journal._host = FakeHost()
    return session


def show(session: Session, qtbot: QtBot, page: str = "packs") -> ModelsWindow:
    """The window, open and filled."""
    acts = session.window.acts.models
    acts.show(page)  # type: ignore[arg-type]
    settle(session, qtbot)
    return acts.dialog


def settle(session: Session, qtbot: QtBot) -> None:
    """Wait until every job has ended and told."""
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    qtbot.wait(1)


def texts(widget: QWidget) -> str:
    """Everything that a part says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def column(table: QTableWidget, number: int) -> list[str]:
    """What stands in a column, from top to bottom."""
    items = [table.item(row, number) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def answer(qtbot: QtBot, word: str) -> None:
    """Press a button of the question that is shown."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    found = [one for one in box.buttons() if one.text().replace("&", "") == word]
    assert found, [one.text() for one in box.buttons()]
    found[0].click()
