"""The list of what waits. What stands in slots can be dragged in its queue, or moved by Alt+Up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from journal_app.gui.language import tr
from journal_app.gui.publish.item_rows import ItemDelegate, ItemModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journal_app.domain.publishing import QueueItem
    from journal_app.gui.theme import ThemeHolder


def in_queue(item: QueueItem) -> bool:
    """Whether it waits in a slot, so that it has a place in the order."""
    return item.publication.slot is not None and item.publication.state in ("scheduled", "pushed")


def position(items: Sequence[QueueItem], id: str, line: int | None = None) -> int:
    """The place (from 1) of a publication in the queue of its target; of one that is put before
    the row `line`, the place that it gets."""
    mine = next(one for one in items if one.publication.id == id)
    target = mine.publication.target
    queue = [
        (n, one.publication.id)
        for n, one in enumerate(items)
        if in_queue(one) and one.publication.target == target
    ]
    if line is None:
        return next(n for n, (_line, one) in enumerate(queue, 1) if one == id)
    return 1 + sum(1 for at, one in queue if at < line and one != id)


class QueueList(QListView):
    """`put` carries a publication and the place that it gets in its queue."""

    put = Signal(str, int)
    opened = Signal()
    taken_off = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, model: ItemModel, holder: ThemeHolder) -> None:
        super().__init__()
        self._model, self._holder = model, holder
        self._line = -1  # the row before which what is dragged would fall
        self.setAccessibleName(tr("What waits to go out"))
        self.setModel(model)
        self.setItemDelegate(ItemDelegate(holder, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def current(self) -> QueueItem | None:
        """The chosen publication."""
        return self._model.item(self.currentIndex().row())

    def _menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes off, Alt and an arrow move in the queue."""
        item, key = self.current, event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.taken_off.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and item is not None:
            self._shift(item, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _shift(self, item: QueueItem, step: int) -> None:
        if in_queue(item):
            place = position(self._model.items, item.publication.id) + step
            if place >= 1:
                self.put.emit(item.publication.id, place)

    # ------------------------------------------------------------------ dragging

    def _line_at(self, at: QPoint) -> int:
        index = self.indexAt(at)
        if not index.isValid():
            return self._model.rowCount()
        middle = self.visualRect(index).center().y()
        return index.row() + (1 if at.y() > middle else 0)

    def _dragged(self) -> QueueItem | None:
        item = self.current
        return item if item is not None and in_queue(item) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only own rows, and of these what has a place."""
        if event.source() is self and self._dragged() is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would fall; scroll at the edges."""
        super().dragMoveEvent(event)
        self._show(self._line_at(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        """It would fall nowhere."""
        self._show(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which place it gets; the queue is dealt anew, rows are not moved here."""
        self._show(-1)
        item = self._dragged()
        if item is None:
            event.ignore()
            return
        line = self._line_at(event.position().toPoint())
        id = item.publication.id
        place = position(self._model.items, id, line)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if place != position(self._model.items, id):
            self.put.emit(id, place)

    def _show(self, line: int) -> None:
        self._line = line
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where what is dragged would fall."""
        super().paintEvent(event)
        if self._line < 0 or not self._model.rowCount():
            return
        last = self._line >= self._model.rowCount()
        index = self._model.index(self._model.rowCount() - 1 if last else self._line)
        area = self.visualRect(index)
        y = area.bottom() if last else area.top()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._holder.theme.color("accent"), 2))
        painter.drawLine(8, y, self.viewport().width() - 8, y)
        painter.end()
