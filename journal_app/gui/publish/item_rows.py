"""Rows of publications: when, title, where, and in chips and words what their state is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate, chip, line_of_text
from journal_app.gui.plain import tip
from journal_app.gui.publish import words
from journal_app.gui.theme import SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.domain.publishing import QueueItem
    from journal_app.gui.theme import ThemeHolder

ITEM = Qt.ItemDataRole.UserRole + 1
HEIGHT = 76
AnyIndex = QModelIndex | QPersistentModelIndex
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


def chips(item: QueueItem) -> list[tuple[str, str]]:
    """Words and tones of a row; the state is always the first."""
    face = words.face(item)
    found = [(face.word, face.tone)]
    if item.edited:
        found.append((tr("edited since approved"), "stale"))
    if item.publication.act == "unpublish":
        found.append((tr("takes back"), ""))
    if item.publication.act == "update":
        found.append((tr("update"), ""))
    if item.publication.slot is not None and item.publication.state in ("scheduled", "pushed"):
        found.append((tr("in the queue"), ""))
    return found


def below(item: QueueItem) -> str:
    """The second line: where to, and what matters most of the rest."""
    p = item.publication
    more = words.late(item) or item.paused or words.computer(item, p.due.tz)
    if item.by_hand:
        more = tr("Post it there, then say that it is out.")
    elif p.state in ("failed", "blocked", "unknown") and p.last_error:
        more = p.last_error
    return f"{p.target} · {more}" if more else p.target


class ItemModel(QAbstractListModel):
    """Publications in their order; more are read as the list is scrolled."""

    more_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[QueueItem] = []
        self._more = False
        self.now = 0

    @property
    def items(self) -> Sequence[QueueItem]:
        """What is listed."""
        return self._items

    def show(self, items: Sequence[QueueItem], now: int, *, more: bool = False) -> None:
        """List these; rows that stay are kept, so that the choice and the scrolling stay too."""
        self._more, self.now = more, now
        before = [one.publication.id for one in self._items]
        after = [one.publication.id for one in items]
        if after[: len(before)] == before:
            if len(after) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
                self._items = list(items)
                self.endInsertRows()
            self._items = list(items)
            if before:
                self.dataChanged.emit(self.index(0), self.index(len(before) - 1))
            return
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def item(self, line: int) -> QueueItem | None:
        """The publication of a row."""
        return self._items[line] if 0 <= line < len(self._items) else None

    def line_of(self, id: str) -> int:
        """The row of a publication, or -1."""
        found = (n for n, one in enumerate(self._items) if one.publication.id == id)
        return next(found, -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there are more than are listed."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for more; they come when they are read."""
        self._more = False
        self.more_wanted.emit()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What waits in a queue of slots can be dragged in it."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item = self.item(index.row())
        if item is not None and item.publication.slot is not None:
            found |= Qt.ItemFlag.ItemIsDragEnabled
        return found | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item, its title, and the row in words for a screen reader."""
        item = self.item(index.row())
        if item is None:
            return None
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title or tr("Untitled")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = words.in_zone(item.publication.due, self.now)
            said = ", ".join(word for word, _tone in chips(item))
            return f"{when}. {item.title or tr('Untitled')}. {said}. {below(item)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{item.title}\n{below(item)}")
        return None


class ItemDelegate(RowDelegate):
    """Title and time, one line of words, one of chips."""

    def __init__(self, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = holder

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Every row has one height."""
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one publication."""
        item: QueueItem | None = index.data(ITEM)
        model = index.model()
        if item is None or not isinstance(model, ItemModel):
            return
        theme = self._holder.theme
        painter.save()
        self.ground(painter, option, theme)
        area = QRectF(option.rect)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        face = words.face(item)
        picture = icons.pixmap(face.icon, theme.color(face.token), 16, ratio)
        painter.drawPixmap(int(area.left()) + 16, int(area.top()) + 11, picture)
        left, right = area.left() + 42, area.right() - 16
        when = words.moment(item.publication.due, model.now)
        small = ui_font(SMALL, tabular=True)
        wide = QFontMetrics(small).horizontalAdvance(when) + 2
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(right - wide, area.top() + 9, wide, 20), _LEFT, when)
        title = QRectF(left, area.top() + 9, right - wide - 12 - left, 20)
        line_of_text(
            painter, title, item.title or tr("Untitled"), ui_font(bold=True), theme, "text"
        )
        second = QRectF(left, area.top() + 28, right - left, 18)
        line_of_text(painter, second, below(item), ui_font(SMALL), theme, "muted")
        x = left
        for word, tone in chips(item):
            x += chip(painter, x, area.top() + 50, right, word, tone, theme) + 6
        painter.restore()
