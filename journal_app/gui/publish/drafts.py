"""The drafts that have no date yet, beside the calendar: dragged onto a day they get one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from journal_app.domain.publishing import STALLED
from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.dates import short_when
from journal_app.gui.dialogs.ask import AskOption, Option
from journal_app.gui.language import number, tr
from journal_app.gui.lists.places import ENTRIES
from journal_app.gui.lists.rows import RowDelegate, row_list
from journal_app.gui.plain import tip
from journal_app.gui.theme import SMALL, ui_font
from journal_app.gui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journal_app.domain.entry import Row
    from journal_app.gui.publish.acting import Acting
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal

SHOWN = 200
DRAFT = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


def read(journal: Journal) -> tuple[list[Row], int]:
    """The drafts that were changed last, and how many there are."""
    view = View("draft")
    rows = journal.entries.rows(view, limit=SHOWN)
    found = [row for row in rows if row.status not in STALLED]  # these stand on their days
    return found, len(found) if len(rows) < SHOWN else journal.entries.count(view)


def ask(acting: Acting, title: str, word: str, chosen: Callable[[str], None]) -> None:
    """Ask for one of the drafts; `word` is what is done with it."""

    def show(found: tuple[list[Row], int]) -> None:
        options = [Option(row.title or tr("Untitled"), "", row.id) for row in found[0]]
        none = tr("Every post has a date. “Make a draft for publishing” makes a new one.")
        empty = "" if options else none
        words = tr("Find a draft")
        AskOption(acting.parent, title, words, word, options, chosen, empty=empty).open()

    journal = acting.window.journal
    acting.read(lambda: read(journal), show)


class DraftModel(QAbstractListModel):
    """Posts that wait for a date. They can be dragged, onto a day or into a text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.now = 0

    def show(self, rows: Sequence[Row], now: int) -> None:
        """List these."""
        self.now = now
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, line: int) -> Row | None:
        """The draft of a line."""
        return self._rows[line] if 0 <= line < len(self._rows) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Each can be dragged."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else found

    def mimeTypes(self) -> list[str]:
        """As entries are dragged everywhere."""
        return [ENTRIES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The ids of what is dragged."""
        rows = [self.row(index.row()) for index in indexes]
        found = [row for row in rows if row is not None]
        data = QMimeData()
        data.setData(ENTRIES, "\n".join(row.id for row in found).encode())
        data.setText("\n".join(f"[[{row.title}]]" for row in found))
        return data

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title and words."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == DRAFT:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or tr("Untitled")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.title)
        return None


class DraftDelegate(RowDelegate):
    """An icon, the title, and when it was changed."""

    def __init__(self, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = holder

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Every row has one height."""
        return QSize(160, 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one draft."""
        row, model = index.data(DRAFT), index.model()
        if row is None or not isinstance(model, DraftModel):
            return
        theme = self._holder.theme
        painter.save()
        self.ground(painter, option, theme)
        area = QRectF(option.rect)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        picture = icons.pixmap("file-pen-line", theme.color("muted"), 14, ratio)
        painter.drawPixmap(int(area.left()) + 12, int(area.center().y()) - 7, picture)
        middle = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        small = ui_font(SMALL, tabular=True)
        when = short_when(row.updated_at, model.now)
        wide = QFontMetrics(small).horizontalAdvance(when) + 2
        painter.setFont(small)
        painter.setPen(theme.color("faint"))
        right = area.right() - 12
        painter.drawText(QRectF(right - wide, area.top(), wide, area.height()), middle, when)
        left = area.left() + 34
        font = ui_font()
        title = row.title or tr("Untitled")
        room = right - wide - 8 - left
        shown = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, area.top(), room, area.height()), middle, shown)
        painter.restore()


class Drafts(QWidget):
    """The list with its heading. Enter schedules the chosen draft on the chosen day."""

    taken = Signal(str)  # the id of a draft

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self.setObjectName("listPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label(tr("Drafts without a date"), "heading")
        self.hint = label(tr("Drag one onto a day, or press Enter."), "meta", wrap=True)
        self.model = DraftModel(self)
        self.list = row_list(tr("Drafts without a date"), self.model)
        self.list.setItemDelegate(DraftDelegate(holder, self.list))
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.list.activated.connect(self._take)
        self.empty = label(
            tr("Every post has a date. “Make a draft for publishing” makes a new one."),
            "muted",
            wrap=True,
        )
        head = QVBoxLayout()
        head.setContentsMargins(12, 14, 12, 8)
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.hint)
        head.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.list, 1)

    def show_drafts(self, rows: Sequence[Row], count: int, now: int) -> None:
        """Show these."""
        self.model.show(rows, now)
        words = tr("Drafts without a date")
        self.heading.setText(f"{words} · {number(count)}" if count else words)
        self.hint.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _take(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.taken.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the list's: it does not close the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)
