"""The lines of the navigation: sections, headings and tags; how they are kept and painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.theme import META, SMALL, ThemeHolder, ui_font
from journal_app.gui.widgets import keyboard

PLACE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT, HEAD_HEIGHT = 30, 36


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the navigation. A heading has no key; the runs have a key but no view."""

    key: str
    text: str
    icon: str = ""
    view: View | None = None
    count: int | None = None


def _section(section: str, text: str, icon: str) -> Place:
    return Place(section, text, icon, View(section))


SECTIONS: tuple[Place, ...] = (
    _section("inbox", "Inbox", "inbox"),
    _section("today", "Today", "sun"),
    _section("all", "All entries", "layers"),
    _section("lesson", "Lessons", "lightbulb"),
    _section("failure", "Failures", "circle-x"),
    _section("decision", "Decisions", "diamond"),
    Place("", "Publish"),
    _section("draft", "Drafts", "file-pen-line"),
    _section("scheduled", "Scheduled", "calendar-clock"),
    _section("published", "Published", "circle-check"),
    Place("", "Evidence"),
    Place("runs", "Runs", "activity"),
)
TRASH = _section("trash", "Trash", "trash-2")


class PlaceModel(QAbstractListModel):
    """The lines of the navigation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[Place] = [*SECTIONS, Place("", ""), TRASH]

    def set_places(self, places: list[Place]) -> None:
        """Show these lines; the same lines with other counts only repaint."""
        if [p.key for p in places] == [p.key for p in self.places]:
            self.places = places
            self.dataChanged.emit(self.index(0), self.index(len(places) - 1))
            return
        self.beginResetModel()
        self.places = places
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.places)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not self.places[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Text, accessible text, and the place for the delegate."""
        place = self.places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return place.text
        if role == PLACE:
            return place
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{place.text}, {place.count}" if place.count else place.text
        if role == Qt.ItemDataRole.ToolTipRole and place.view is not None and place.view.tag:
            return f"#{place.view.tag}"
        return None


class PlaceDelegate(QStyledItemDelegate):
    """Paints a line: icon, words, count at the right; headings small and in capitals."""

    def __init__(self, holder: ThemeHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._holder = holder
        self._plain, self._bold = ui_font(), ui_font(bold=True)
        self._count = ui_font(SMALL, tabular=True)
        self._head = ui_font(META, bold=True)
        self._head.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        self._head.setCapitalization(QFont.Capitalization.AllUppercase)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Lines of one height; headings have air above; a nameless heading is only air."""
        place = index.data(PLACE)
        if place.key:
            return QSize(120, ROW_HEIGHT)
        return QSize(120, HEAD_HEIGHT if place.text else 12)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line."""
        place = index.data(PLACE)
        theme = self._holder.theme
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        box = area.adjusted(10, 1, -10, -1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not place.key:
            painter.setFont(self._head)
            painter.setPen(theme.color("faint"))
            painter.drawText(box.adjusted(10, 0, 0, -4), Qt.AlignmentFlag.AlignBottom, place.text)
            painter.restore()
            return
        on = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("selection" if on else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and keyboard(option):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        icon = icons.pixmap(place.icon, theme.color("accent" if on else "muted"), 16, scale)
        painter.drawPixmap(box.left() + 10, box.top() + (box.height() - 16) // 2, icon)
        right = box.right() - 9
        if place.count:
            painter.setFont(self._count)
            painter.setPen(theme.color("faint"))
            text = f"{place.count:,}"
            width = QFontMetrics(self._count).horizontalAdvance(text)
            painter.drawText(QRect(right - width, box.top(), width + 1, box.height()), middle, text)
            right -= width + 8
        font = self._bold if on else self._plain
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        left = box.left() + 35
        words = QFontMetrics(font).elidedText(place.text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, box.top(), right - left, box.height()), middle, words)
        painter.restore()
