"""One way for every change, ours or another process's, to reach the panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.bridge import UiBridge
    from journal_app.journal import Journal

POLL = 500  # ms between looks for another process's writes
GATHER = 30  # ms: changes that come close together refresh once


class Refresher(QObject):
    """Gathers changes and hands them out once."""

    changed = Signal(list)

    def __init__(
        self,
        journal: Journal,
        bridge: UiBridge,
        explain: Callable[[JournalError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._journal = journal
        self._explain = explain
        self._pending: list[Change] = []
        self._stopped = False
        self._told = ""
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER)
        self._gather.timeout.connect(self._hand_out)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self._look)
        journal.subscribe(lambda changes: bridge.post(lambda: self._take(changes)))

    def start(self) -> None:
        """Begin to look for another process's writes."""
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Look and hand out no more."""
        self._stopped = True
        self._poll.stop()
        self._gather.stop()

    def _take(self, changes: Sequence[Change]) -> None:
        if self._stopped or not changes:
            return
        self._pending.extend(changes)
        self._gather.start()

    @Slot()
    def _look(self) -> None:
        try:
            changes = self._journal.poll()
        except Exception as error:  # of the storage: told in plain words; anything else is a bug
            plain = error if isinstance(error, JournalError) else self._journal.explain(error)
            if plain is None:
                raise
            if plain.message != self._told:  # once, not at each look: the next may go well
                self._told = plain.message
                self._explain(plain)
            return
        self._told = ""
        self._take(changes)

    @Slot()
    def _hand_out(self) -> None:
        changes, self._pending = self._pending, []
        self.changed.emit(changes)
