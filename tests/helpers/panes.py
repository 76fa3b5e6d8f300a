"""The parts that every test of a pane needs: lanes that post into the window's thread, a theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

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
