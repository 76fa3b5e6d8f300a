"""What can be done to the days of a view with the pointer: choose, drag, drop, ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QToolTip

from journal_app.gui.language import tr
from journal_app.gui.lists.places import ENTRIES
from journal_app.gui.plain import tip
from journal_app.gui.publish import words
from journal_app.gui.publish.days import Box, Days, Spot
from journal_app.gui.publish.pills import Pen

if TYPE_CHECKING:
    from journal_app.gui.publish.shown import Mark
    from journal_app.gui.theme import ThemeHolder

PUBLICATION = "application/x-journal-publication"  # the id of one


class Grid(Days):
    """Days that can be pointed at. A press chooses; what is pressed can be dragged away."""

    def __init__(self, holder: ThemeHolder, name: str) -> None:
        super().__init__(holder, name)
        self._pressed: tuple[QPointF, Mark] | None = None
        self.dragged: Mark | None = None  # may have left what is shown while it is dragged

    # ------------------------------------------------------------------ pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses; a publication may be dragged from there."""
        self.by_key = False
        spot, box = self.spot_at(event.position()), self.box_at(event.position())
        if spot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if box is not None and box.mark is not None:
            self._pressed = event.position(), box.mark
            self.choose(box.day, box.mark.id)
        else:
            self.choose(box.day if box is not None else spot.day)
            if box is not None and box.kind == "more":
                self.opened.emit(box.day, "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is under the pointer; on an empty place, schedule a draft there."""
        spot, box = self.spot_at(event.position()), self.box_at(event.position())
        if spot is None or (box is not None and box.kind == "more"):
            return
        if box is not None and box.mark is not None:
            self.opened.emit(box.day, box.mark.id)
        else:
            self.wanted.emit("draft")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; far enough from where a publication was pressed, drag it."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way = (event.position() - self._pressed[0]).manhattanLength()
            if way >= QApplication.startDragDistance():
                mark, self._pressed = self._pressed[1], None
                self._drag(mark)
            return
        found = self.box_at(event.position())
        if found is not self.hover:
            self.hover = found
            hand = found is not None
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged."""
        self._pressed = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer, or of what is chosen."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = next((b for b in self.boxes if b.mark and b.mark.id == self.picked), None)
            centre = (box.area.center() if box else QPointF(self.rect().center())).toPoint()
            self.menu_asked.emit(self.day, self.picked, self.viewport().mapToGlobal(centre))
            return
        at = QPointF(event.pos())
        spot, box = self.spot_at(at), self.box_at(at)
        if spot is not None:
            picked = box.mark.id if box is not None and box.mark is not None else ""
            self.choose(spot.day, picked)
            self.menu_asked.emit(spot.day, picked, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is under the pointer; forget it when the pointer leaves."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self.box_at(QPointF(event.pos()))
            text = self.tip_of(box) if box is not None else ""
            if text:
                QToolTip.showText(event.globalPos(), tip(text), self)
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave and self.hover is not None:
            self.hover = None
            self.viewport().update()
        return super().viewportEvent(event)

    def tip_of(self, box: Box) -> str:
        """What the pointer is told about a box."""
        if box.mark is not None:
            return words.said(box.mark.item, self.shown.tz)
        if box.slot is not None:
            slot = box.slot
            free = tr("Free slot of “{name}”: drop a draft here.", name=slot.slot.cadence)
            return f"{free} {slot.slot.note}".strip()
        return tr("Show the whole day")

    # ------------------------------------------------------------------ drag and drop

    def _drag(self, mark: Mark) -> None:
        self.dragged = mark
        data = QMimeData()
        data.setData(PUBLICATION, mark.id.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        scale = self.devicePixelRatioF()
        picture = QPixmap(int(160 * scale), int(22 * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        area = QRectF(0, 0, 160, 22)
        Pen(painter, self.holder.theme).item(area, mark, chosen=True, hover=False)
        painter.end()
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(20, 11))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Publications and drafts can be dropped."""
        data = event.mimeData()
        if data.hasFormat(PUBLICATION) or data.hasFormat(ENTRIES):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would fall."""
        self._show_over(self._target(event.position()))
        if self.over is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It would fall nowhere here."""
        self._show_over(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what fell where."""
        spot, data = self._target(event.position()), event.mimeData()
        self._show_over(None)
        if spot is None:
            return
        event.acceptProposedAction()
        if data.hasFormat(PUBLICATION):
            self.moved.emit(bytes(data.data(PUBLICATION).data()).decode(), spot)
        elif data.hasFormat(ENTRIES):
            for id in bytes(data.data(ENTRIES).data()).decode().split()[:1]:
                self.dropped.emit(id, spot)

    def _target(self, at: QPointF) -> Spot | None:
        """Where a drop at a point falls: into a free slot, else onto the day."""
        box = self.box_at(at)
        if box is not None and box.slot is not None:
            return Spot(box.day, box.slot.minute, box.slot.target)
        return self.spot_at(at)

    def _show_over(self, spot: Spot | None) -> None:
        if spot != self.over:
            self.over = spot
            self.viewport().update()
