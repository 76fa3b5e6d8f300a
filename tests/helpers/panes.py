"""The parts that every test of a pane needs: lanes that post into the window's thread, a theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.bridge import UiBridge
from journal_app.gui.theme import ThemeHolder
from journal_app.journal import Journal
from journal_app.runtime.events import Events
from journal_app.runtime.jobs import Jobs


@dataclass
class Panes:
    """What a pane is built from."""

    journal: Journal
    jobs: Jobs
    holder: ThemeHolder
    events: Events

    def idle(self) -> bool:
        """Whether no job waits or runs."""
        return self.jobs.busy() == 0


@pytest.fixture
def panes(qapp: object, journal: Journal) -> Iterator[Panes]:
    """A journal with lanes, changes and a theme, torn down in the order of the program."""
    bridge = UiBridge()
    jobs = Jobs(bridge.post)
    events = Events(bridge.post)
    journal.subscribe(events.tell)
    holder = ThemeHolder("light")
    holder.apply()
    yield Panes(journal, jobs, holder, events)
    assert jobs.shutdown(10)
    bridge.close()


def settle(jobs: Jobs, qtbot: QtBot, turns: int = 4) -> None:
    """Wait until nothing is under way and what came back was shown; one job may begin the next."""
    arrived: list[bool] = []
    for turn in range(turns):
        qtbot.waitUntil(lambda: jobs.busy() == 0, timeout=5000)
        jobs.submit("io", lambda _context: True, on_done=arrived.append)
        qtbot.waitUntil(partial(_longer, arrived, turn), timeout=5000)


def _longer(arrived: list[bool], than: int) -> bool:
    return len(arrived) > than


def words(widget: QWidget) -> str:
    """Every word that is seen."""
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def parent(panes: Panes, qtbot: QtBot) -> QWidget:
    """A window that dialogs stand on."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made
