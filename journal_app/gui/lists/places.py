"""The lines of the navigation: sections, headings and tags; how they are kept and painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.language import later, tr
from journal_app.gui.plain import tip
from journal_app.gui.theme import META, SMALL, ThemeHolder, ui_font
from journal_app.gui.widgets import keyboard

PLACE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT, HEAD_HEIGHT, INDENT = 30, 36, 14
ENTRIES = "application/x-journal-entries"  # ids, one a line


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the navigation. The key of a heading begins with `head:` (it opens and closes),
    and a line without a key is only air. `depth` is how deep a tag lies in others."""

    key: str
    text: str
    icon: str = ""
    view: View | None = None
    count: int | None = None
    depth: int = 0
    closed: bool = False

    @property
    def heading(self) -> bool:
        """Whether it names the lines below it."""
        return self.key.startswith("head:")


def _section(section: str, text: str, icon: str) -> Place:
    return Place(section, text, icon, View(section))


SECTIONS: tuple[Place, ...] = (
    _section("inbox", later("Inbox"), "inbox"),
    _section("today", later("Today"), "sun"),
    _section("all", later("All entries"), "layers"),
    _section("lesson", later("Lessons"), "lightbulb"),
    _section("failure", later("Failures"), "circle-x"),
    _section("decision", later("Decisions"), "diamond"),
    Place("head:publish", later("Publish")),
    _section("draft", later("Drafts"), "file-pen-line"),
    _section("scheduled", later("Scheduled"), "calendar-clock"),
    _section("published", later("Published"), "circle-check"),
    Place("calendar", later("Calendar"), "calendar-days"),
    Place("head:evidence", later("Evidence")),
    Place("runs", later("Runs"), "activity"),
    Place("head:loop", later("Loop")),
    Place("week", later("This week"), "calendar-range"),
)
TRASH = _section("trash", later("Trash"), "trash-2")
STARRED = _section("starred", later("Favourites"), "star")


def uncounted() -> list[Place]:
    """The sections in the chosen language, before anything was counted."""
    return [replace(place, text=tr(place.text)) for place in (*SECTIONS, Place("", ""), TRASH)]


def takes(key: str) -> bool:
    """Whether entries can be dropped on the line: a tag, a kind, the favourites, the trash."""
    kinds = ("lesson", "failure", "decision", "trash", "starred", "head:starred")
    return key in kinds or key.startswith(("tag:", "entry:"))


class PlaceModel(QAbstractListModel):
    """The lines of the navigation. Entries can be dropped on many of them."""

    dropped = Signal(str, list)  # the key of the line, ids of entries

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[Place] = uncounted()

    def set_places(self, places: list[Place]) -> None:
        """Show these lines; the same lines with other words or counts only repaint."""
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
        """Headings open and close; what takes entries says so."""
        if not index.isValid() or not self.places[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        place = self.places[index.row()]
        found = Qt.ItemFlag.ItemIsEnabled
        if not place.heading:
            found |= Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsDropEnabled if takes(place.key) else found

    def supportedDropActions(self) -> Qt.DropAction:
        """A dropped entry stays where it is and is changed."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """What can be dropped."""
        return [ENTRIES]

    def canDropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Entries, onto a line that takes them."""
        return data.hasFormat(ENTRIES) and parent.isValid() and takes(self.places[parent.row()].key)

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say what was dropped where."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        ids = bytes(data.data(ENTRIES).data()).decode().split()
        self.dropped.emit(self.places[parent.row()].key, ids)
        return True

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
            if place.heading:
                state = tr("closed") if place.closed else tr("open")
                return f"{place.text}, {tr('heading')}, {state}"
            return f"{place.text}, {place.count}" if place.count else place.text
        if role == Qt.ItemDataRole.ToolTipRole and place.view is not None and place.view.tag:
            return tip(f"#{place.view.tag}")
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
        if place.key and not place.heading:
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
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        if place.heading or not place.key:
            self._heading(painter, box, place, option, scale)
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
        box.setLeft(box.left() + place.depth * INDENT)
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

    def _heading(
        self,
        painter: QPainter,
        box: QRect,
        place: Place,
        option: QStyleOptionViewItem,
        scale: float,
    ) -> None:
        """A heading; its arrow shows while it is closed, under the mouse, or with the keyboard."""
        theme = self._holder.theme
        state: QStyle.StateFlag = option.state
        painter.setFont(self._head)
        painter.setPen(theme.color("faint"))
        painter.drawText(box.adjusted(10, 0, 0, -4), Qt.AlignmentFlag.AlignBottom, place.text)
        if not place.heading:
            return
        ring = bool(state & QStyle.StateFlag.State_HasFocus and keyboard(option))
        if place.closed or ring or state & QStyle.StateFlag.State_MouseOver:
            name = "chevron-right" if place.closed else "chevron-down"
            arrow = icons.pixmap(name, theme.color("faint"), 14, scale)
            painter.drawPixmap(box.right() - 22, box.bottom() - 18, arrow)
        if ring:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(QRectF(box).adjusted(0.75, 8, -0.75, -0.75), 6, 6)
