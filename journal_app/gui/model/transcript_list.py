"""The rows of the transcript: what was asked, when, who worded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from journal_app.gui import icons
from journal_app.gui.assist.lines import ICONS
from journal_app.gui.dates import due_when
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate
from journal_app.gui.theme import SMALL, ThemeHolder, ui_font

if TYPE_CHECKING:
    from journal_app.gui.model.transcript_lines import Line
    from journal_app.store.generations import Generation

LINE = Qt.ItemDataRole.UserRole + 1
HEIGHT = 56
ASKED = ("ask", "compare", "since")  # whose subject is what was typed behind the name
AnyIndex = QModelIndex | QPersistentModelIndex


class TranscriptModel(QAbstractListModel):
    """The newest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.now = 0

    def set_lines(self, lines: list[Line], now: int) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines, self.now = lines, now
        self.endResetModel()

    def line_of(self, id: str) -> int:
        """The line of a generation, or -1."""
        return next((n for n, line in enumerate(self.lines) if line.row.id == id), -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the delegate, and all of it in words."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(line.row, line.subject)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = due_when(line.row.created_at, self.now)
            return f"{title_of(line.row, line.subject)}. {when}. {line.by}"
        return None


def title_of(row: Generation, subject: str) -> str:
    """`/ask why did warmup fail`; an entry stands behind a dot: `/title · An entry`."""
    dot = "" if row.task in ASKED else "· "
    return f"/{row.task} {dot}{subject}" if subject else f"/{row.task}"


class TranscriptDelegate(RowDelegate):
    """Two lines: what was asked; when, by whom, how long."""

    def __init__(self, holder: ThemeHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._holder = holder
        self._bold, self._small = ui_font(bold=True), ui_font(SMALL, tabular=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for every row."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        line: Line = index.data(LINE)
        theme = self._holder.theme
        area: QRect = option.rect
        model = index.model()
        now = model.now if isinstance(model, TranscriptModel) else 0
        painter.save()
        chosen = self.ground(painter, option, theme)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        inner = area.adjusted(16, 8, -12, -8)
        name = ICONS.get(line.row.task, "square-slash")
        icon = icons.pixmap(name, theme.color("accent" if chosen else "muted"), 16, scale)
        painter.drawPixmap(inner.left(), inner.top() + 2, icon)
        inner.setLeft(inner.left() + 26)
        painter.setFont(self._bold)
        painter.setPen(theme.color("text"))
        top = QRect(inner.left(), inner.top(), inner.width(), 20)
        self._words(painter, top, title_of(line.row, line.subject))
        painter.setFont(self._small)
        painter.setPen(theme.color("muted"))
        parts = [due_when(line.row.created_at, now), line.by, f"{line.row.seconds:.1f} s"]
        if line.failed:
            parts.append(tr("a check failed"))
        below = QRect(inner.left(), inner.top() + 20, inner.width(), 20)
        self._words(painter, below, " · ".join(part for part in parts if part))
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, where: QRect, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
