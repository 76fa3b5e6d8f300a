"""The rows of the log: an icon, what happened to which post, where, when."""

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
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from journal_app.gui import dates, icons
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate, chip, line_of_text
from journal_app.gui.plain import spoken, tip
from journal_app.gui.publish import happened
from journal_app.gui.theme import SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.gui.publish.happened import Happening
    from journal_app.gui.theme import ThemeHolder

LINE = Qt.ItemDataRole.UserRole + 1
HEIGHT = 54
AnyIndex = QModelIndex | QPersistentModelIndex
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


def below(line: Happening) -> str:
    """The second line of a row."""
    parts = [line.target, line.face.word]
    if line.status is not None:
        parts.append(str(line.status))
    if line.detail:
        parts.append(spoken(line.detail))
    return " · ".join(parts)


class LogModel(QAbstractListModel):
    """Lines of the log, the newest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Happening] = []
        self.now = 0

    def show(self, lines: Sequence[Happening], now: int) -> None:
        """List these."""
        self.now = now
        if list(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> Happening | None:
        """The line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, line: Happening | None) -> int:
        """The row of a line, or -1."""
        return self._lines.index(line) if line is not None and line in self._lines else -1

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line, and its words for a screen reader."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title or tr("Untitled")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = dates.due_when(line.at, self.now)
            return f"{when}. {line.title or tr('Untitled')}. {below(line)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{line.title}\n{below(line)}")
        return None


class LogDelegate(RowDelegate):
    """Two lines of words, and a chip where the page is not as it was left."""

    def __init__(self, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = holder

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Every row has one height."""
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one line."""
        line: Happening | None = index.data(LINE)
        model = index.model()
        if line is None or not isinstance(model, LogModel):
            return
        theme = self._holder.theme
        painter.save()
        self.ground(painter, option, theme)
        area = QRectF(option.rect)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        face = line.face
        picture = icons.pixmap(face.icon, theme.color(face.token), 16, ratio)
        painter.drawPixmap(int(area.left()) + 16, int(area.top()) + 10, picture)
        left, right = area.left() + 42, area.right() - 16
        when = dates.due_when(line.at, model.now)
        small = ui_font(SMALL, tabular=True)
        wide = QFontMetrics(small).horizontalAdvance(when) + 2
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(right - wide, area.top() + 8, wide, 20), _LEFT, when)
        room = right - wide - 12 - left
        mark = happened.badge(line.page)
        bold = ui_font(bold=True)
        title = line.title or tr("Untitled")
        if mark is not None:
            said = QFontMetrics(bold).horizontalAdvance(title)
            chip_wide = QFontMetrics(small).horizontalAdvance(mark[0]) + 20
            x = left + min(said, room - chip_wide) + 8
            chip(painter, x, area.top() + 9, right - wide, *mark, theme)
            room = min(room, room - chip_wide)
        line_of_text(painter, QRectF(left, area.top() + 8, room, 20), title, bold, theme, "text")
        second = QRectF(left, area.top() + 27, right - left, 18)
        line_of_text(painter, second, below(line), ui_font(SMALL), theme, "muted")
        painter.restore()
