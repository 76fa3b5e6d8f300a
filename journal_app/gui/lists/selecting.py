"""Several entries chosen at once: who they are, keeping them over a refresh, dragging them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QObject,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from journal_app.gui.lists.entry_model import PAGE, EntryModel
from journal_app.gui.lists.places import ENTRIES

if TYPE_CHECKING:
    from journal_app.journal import Journal

FEW = 200  # entries whose ids the rows on hand give; more are read in a lane
KEPT = 2000  # chosen entries that a refresh finds again one by one


class Selection(QObject):
    """The chosen lines of the list. `changed` carries how many there are."""

    changed = Signal(int)

    def __init__(self, journal: Journal, view: QListView, model: EntryModel) -> None:
        super().__init__(view)
        self._journal, self._view, self._model = journal, view, model
        self._kept: dict[str, int] = {}
        self._kept_all = False
        self._pressed: QPoint | None = None
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.selectionModel().selectionChanged.connect(self._told)
        view.viewport().installEventFilter(self)

    @property
    def count(self) -> int:
        """How many entries are chosen."""
        ranges = self._view.selectionModel().selection()
        return sum(ranges.at(n).height() for n in range(ranges.size()))

    @property
    def lines(self) -> list[int]:
        """The chosen lines, from the top."""
        ranges = self._view.selectionModel().selection()
        parts = [(ranges.at(n).top(), ranges.at(n).bottom()) for n in range(ranges.size())]
        return [line for top, bottom in sorted(parts) for line in range(top, bottom + 1)]

    def ids(self) -> Callable[[], list[str]]:
        """What gives the ids of the chosen entries; of very many it reads, so call it in a lane."""
        lines = self.lines
        if len(lines) <= FEW or self._model.query:
            rows = [self._model.row(line) for line in lines]
            found = [row.id for row in rows if row is not None]
            return lambda: found
        entries, view = self._journal.entries, self._model.view

        def read() -> list[str]:
            known = entries.rows(view, limit=lines[-1] + 1)
            return [known[line].id for line in lines if line < len(known)]

        return read

    def clear(self) -> None:
        """Only the current entry is chosen from now on."""
        index = self._view.currentIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if index.isValid():
            self._view.selectionModel().select(index, flags)
        else:
            self._view.selectionModel().clearSelection()

    # ------------------------------------------------------------------ over a refresh

    def keep(self) -> None:
        """Remember what is chosen, where it is more than one entry."""
        self._kept, self._kept_all = {}, False
        count = self.count
        if count < 2:
            return
        if count == self._model.rowCount():
            self._kept_all = True
            return
        for line in self.lines[:KEPT]:
            row = self._model.row(line)
            if row is not None:
                self._kept[row.id] = line

    def put_back(self) -> None:
        """Choose again what `keep` remembered, as far as the list still has it near its place."""
        chosen = QItemSelection()
        if self._kept_all and self._model.rowCount():
            chosen.select(self._model.index(0), self._model.index(self._model.rowCount() - 1))
        for page in {line // PAGE for line in self._kept.values()}:
            for line in range(page * PAGE, min((page + 1) * PAGE, self._model.rowCount())):
                row = self._model.row(line)
                if row is not None and row.id in self._kept:
                    chosen.select(self._model.index(line), self._model.index(line))
        if not chosen.isEmpty():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._view.selectionModel().select(chosen, flags)
        self._kept, self._kept_all = {}, False
        self.changed.emit(self.count)

    @Slot(QItemSelection, QItemSelection)
    def _told(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self.changed.emit(self.count)

    # ------------------------------------------------------------------ dragging

    def mime(self) -> QMimeData:
        """The chosen entries: ids for the sidebar, [[Title]] for a text."""
        rows = [self._model.row(line) for line in self.lines[:FEW]]
        found = [row for row in rows if row is not None]
        data = QMimeData()
        data.setData(ENTRIES, "\n".join(row.id for row in found).encode())
        data.setText("\n".join(f"[[{row.title}]]" for row in found))
        return data

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A pressed entry that is moved far enough is dragged."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                on_row = self._view.indexAt(event.position().toPoint()).isValid()
                left = event.button() == Qt.MouseButton.LeftButton
                self._pressed = event.position().toPoint() if on_row and left else None
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                far = (event.position().toPoint() - self._pressed).manhattanLength()
                if far >= QApplication.startDragDistance():
                    self._pressed = None
                    self._drag()
                return True  # never the rubber band: a drag begins on what was pressed
        return False

    def _drag(self) -> None:
        if self.count:
            drag = QDrag(self._view)
            drag.setMimeData(self.mime())
            drag.exec(Qt.DropAction.CopyAction)
