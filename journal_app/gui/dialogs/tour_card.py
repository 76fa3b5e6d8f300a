"""The tour's picture: everything fades but one control, and a card beside it says what it does.

Invariant: only the card takes the mouse and, while it has the focus, five keys. Whatever else is
typed goes to where the focus was before, so that the tour never stands between a thought and the
text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.announce import announce
from journal_app.gui.language import tr
from journal_app.gui.widgets import IconButton, button, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

WIDTH, GAP, MARGIN = 320, 18, 12
FADED = 0.55  # of the window's ground over what the step is not about
RADIUS = 10


class TourCard(QFrame):
    """One step in words, with its buttons."""

    turned = Signal(int)  # +1 next, -1 back
    ended = Signal()

    def __init__(self, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.before: QWidget | None = None
        self.title = label("", "subtitle", wrap=True)
        self.text = label("", "muted", wrap=True)
        self.count = label("", "meta")
        self.back = button(tr("Back"), lambda: self.turned.emit(-1))
        self.next = button(tr("Next"), lambda: self.turned.emit(1), "primary")
        self.close_ = IconButton("x", tr("End the tour"), holder)
        self.close_.setFixedSize(28, 28)
        self.close_.clicked.connect(lambda _checked=False: self.ended.emit())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(self.text)
        rows.addSpacing(4)
        rows.addLayout(foot)

    def say(self, title: str, text: str, step: int, steps: int) -> None:
        """Show step number `step` (from 1) of `steps`."""
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(tr("{step} of {steps}", step=step, steps=steps))
        self.back.setVisible(step > 1)
        last = step == steps
        self.next.setText(tr("Done") if last else tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.setAccessibleName(f"{title}. {text}")
        self.setAccessibleDescription(tr("Right and Left turn the pages, Esc ends the tour."))
        announce(self, f"{title}. {text}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right, Left, Enter and Esc are the tour's; a letter belongs to the text."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turned.emit(1)
        elif key == Qt.Key.Key_Left:
            self.turned.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.text() and self.before is not None:
            before = self.before
            before.setFocus(Qt.FocusReason.OtherFocusReason)
            QCoreApplication.sendEvent(before, QKeyEvent(event))
        else:
            super().keyPressEvent(event)


class TourOverlay(QWidget):
    """Lies over the window, lets every click through, and shows where the step points."""

    def __init__(self, root: QWidget, holder: ThemeHolder, spot: Callable[[], QRect]) -> None:
        super().__init__(root)
        self._root, self._holder, self._spot = root, holder, spot
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.card = TourCard(holder, root)
        holder.changed.connect(self.update)
        root.installEventFilter(self)
        self.place()

    def place(self) -> None:
        """Cover the window and put the card beside the spot, inside the window."""
        self.setGeometry(self._root.rect())
        self.card.adjustSize()
        self.card.move(beside(self._spot(), self.card.rect(), self._root.rect()))
        self.raise_()
        self.card.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        moved = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if watched is self._root and event.type() in moved:
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fade all but the spot; a ring around it, and an arrow from the card."""
        theme = self._holder.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(self._spot())
        faded = QPainterPath()
        faded.addRect(QRectF(self.rect()))
        if not spot.isEmpty():
            hole = QPainterPath()
            hole.addRoundedRect(spot, RADIUS, RADIUS)
            faded -= hole
        ground = QColor(theme.color("bg"))
        ground.setAlphaF(FADED)
        painter.fillPath(faded, ground)
        if not spot.isEmpty():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawPolygon(arrow(spot, QRectF(self.card.geometry())))
        painter.end()


def beside(spot: QRect, card: QRect, room: QRect) -> QPoint:
    """Where a card goes: right of the spot, left, below, above, else into the middle."""
    width, height = card.width(), card.height()
    middle = QPoint((room.width() - width) // 2, (room.height() - height) // 2)
    if spot.isEmpty():
        return middle
    top = min(max(MARGIN, spot.center().y() - height // 2), room.height() - height - MARGIN)
    left = min(max(MARGIN, spot.center().x() - width // 2), room.width() - width - MARGIN)
    if spot.right() + GAP + width + MARGIN <= room.width():
        return QPoint(spot.right() + GAP, top)
    if spot.left() - GAP - width >= MARGIN:
        return QPoint(spot.left() - GAP - width, top)
    if spot.bottom() + GAP + height + MARGIN <= room.height():
        return QPoint(left, spot.bottom() + GAP)
    if spot.top() - GAP - height >= MARGIN:
        return QPoint(left, spot.top() - GAP - height)
    return middle


def arrow(spot: QRectF, card: QRectF) -> QPolygonF:
    """A triangle at the card's edge that points at the spot; nothing where they overlap."""
    x = min(max(spot.center().x(), card.left() + 20), card.right() - 20)
    y = min(max(spot.center().y(), card.top() + 20), card.bottom() - 20)
    if card.left() > spot.right():
        tip, edge = QPointF(card.left() - 10, y), card.left()
        return QPolygonF([tip, QPointF(edge, y - 8), QPointF(edge, y + 8)])
    if card.right() < spot.left():
        tip, edge = QPointF(card.right() + 10, y), card.right()
        return QPolygonF([tip, QPointF(edge, y - 8), QPointF(edge, y + 8)])
    if card.top() > spot.bottom():
        tip, edge = QPointF(x, card.top() - 10), card.top()
        return QPolygonF([tip, QPointF(x - 8, edge), QPointF(x + 8, edge)])
    if card.bottom() < spot.top():
        tip, edge = QPointF(x, card.bottom() + 10), card.bottom()
        return QPolygonF([tip, QPointF(x - 8, edge), QPointF(x + 8, edge)])
    return QPolygonF()
