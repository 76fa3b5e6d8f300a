"""What the window says aloud by itself: how much a search found, and that the text is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from journal_app.gui.announce import announce
from journal_app.gui.language import tr, trn

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

PAUSE = 700  # ms without a letter: nobody wants to hear a number for each one


class Speaker(QObject):
    """Speaks for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._query = ""
        self._saved = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._found)
        window.entries.model.modelReset.connect(self._searched)
        if window.editor is not None:
            window.editor.entry_saved.connect(self._stored)

    @Slot()
    def _searched(self) -> None:
        query = self._window.entries.model.query
        if query != self._query:  # the same search reads again after each change
            self._query = query
            self._timer.start()

    @Slot()
    def _found(self) -> None:
        entries = self._window.entries
        if self._query:
            n = entries.model.rowCount()
            announce(entries, trn("{n} entry found|{n} entries found", n))

    @Slot(str)
    def _stored(self, id: str) -> None:
        """Once for each entry: the text is stored every few seconds while someone writes."""
        if id != self._saved:
            self._saved = id
            announce(self._window, tr("Saved."))
