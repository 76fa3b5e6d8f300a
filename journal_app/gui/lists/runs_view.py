"""The runs: their list in the list pane, the chosen one in the main pane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from journal_app.gui.lists.run_detail import RunDetail
from journal_app.gui.lists.runs_list import RunsList

if TYPE_CHECKING:
    from journal_app.gui.panes import Panes
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal


class RunsView(QObject):
    """Puts list and detail into the panes and keeps them together."""

    def __init__(
        self, journal: Journal, holder: ThemeHolder, now: Callable[[], int], panes: Panes
    ) -> None:
        super().__init__(panes)
        self._panes = panes
        self.list = RunsList(journal, holder, now)
        self.detail = RunDetail(journal, holder)
        panes.lists.addWidget(self.list)
        panes.mains.addWidget(self.detail)
        self.list.opened.connect(self.detail.show_run)
        self.list.list.clicked.connect(lambda _index: panes.show_main(True))

    def show(self) -> None:
        """Show the runs; the first is chosen where none is."""
        self.list.refresh()
        self._panes.lists.setCurrentWidget(self.list)
        self._panes.mains.setCurrentWidget(self.detail)
        self._panes.set_inspectable(False)
        self.list.select_first()

    def open(self, run_id: str) -> None:
        """Show a run, also one that the list does not hold."""
        self.list.select(run_id)
        self.detail.show_run(run_id)

    def refresh(self) -> None:
        """Read again."""
        self.list.refresh()
        self.detail.refresh()
