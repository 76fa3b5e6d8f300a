"""The revisions of an entry as a list: when, by what, how much; read in pages, sized on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from journal_app.domain.revisions import Head, origin_of
from journal_app.gui.dates import due_when
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate
from journal_app.gui.theme import SMALL, ThemeHolder, ui_font

if TYPE_CHECKING:
    from journal_app.domain.diff import Size
    from journal_app.journal import Journal

PAGE = 100
HEAD = Qt.ItemDataRole.UserRole + 1
SIZE = Qt.ItemDataRole.UserRole + 2
HEIGHT, BAR = 56, 40
AnyIndex = QModelIndex | QPersistentModelIndex


def origin_words(origin: str) -> str:
    """Where a revision came from, in words."""
    found = origin_of(origin)
    words = {
        "autosave": tr("Saved while writing"),
        "window": tr("Written in the window"),
        "cli": tr("Command line"),
        "restore": tr("Restored from {rev}", rev=found.rev),
        "conflict": tr("Other version of {rev}", rev=found.rev),
        "merge": tr("Merged"),
        "bulk": tr("Changed with others"),
        "rename": tr("A name was changed"),
        "link": tr("Linked"),
        "import": tr("Imported"),
        "adopt": tr("Imported"),
        "capture": tr("Captured"),
        "note": tr("Noted by a script"),
        "draft": tr("Drafted"),
    }
    return words.get(found.word, origin)


def size_words(size: Size | None) -> str:
    """`+12 −3` words; empty while it is not known."""
    return "" if size is None else f"+{size.added} −{size.removed}"


class HeadModel(QAbstractListModel):
    """Revisions, newest first; more are read when the list is scrolled to them."""

    wanted = Signal(int)  # a revision whose size a shown row asks for

    def __init__(self, journal: Journal, entry_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._journal, self._id = journal, entry_id
        self._heads: list[Head] = []
        self._sizes: dict[int, Size | None] = {}
        self._count = 0

    def load(self) -> None:
        """Read the first page again; sizes that are known stay."""
        self.beginResetModel()
        self._count = self._journal.history.count(self._id)
        self._heads = self._journal.history.heads(self._id, limit=max(PAGE, len(self._heads)))
        self.endResetModel()

    def head(self, line: int) -> Head:
        """The revision in a line."""
        return self._heads[line]

    def line_of(self, rev: int) -> int:
        """The line of a revision that was read, or -1."""
        return next((n for n, head in enumerate(self._heads) if head.rev == rev), -1)

    def set_size(self, rev: int, size: Size) -> None:
        """How much a revision changed."""
        self._sizes[rev] = size
        line = self.line_of(rev)
        if line >= 0:
            self.dataChanged.emit(self.index(line), self.index(line))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many were read."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there are more."""
        return not parent.isValid() and len(self._heads) < self._count

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next page."""
        more = self._journal.history.heads(self._id, limit=PAGE, offset=len(self._heads))
        if not more:
            self._count = len(self._heads)
            return
        first = len(self._heads)
        self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
        self._heads += more
        self.endInsertRows()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The revision for the delegate, and all of it in words."""
        head = self._heads[index.row()]
        if role == HEAD:
            return head
        if role == SIZE:
            if head.rev not in self._sizes:
                self._sizes[head.rev] = None
                self.wanted.emit(head.rev)
            return self._sizes[head.rev]
        when = due_when(head.created_at, self._journal.store.now())
        if role == Qt.ItemDataRole.DisplayRole:
            return head.named or when
        if role == Qt.ItemDataRole.AccessibleTextRole:
            size = size_words(self._sizes.get(head.rev))
            published = tr("published") if head.published else ""
            parts = [head.named, when, origin_words(head.origin), published, size]
            return ". ".join(part for part in parts if part)
        return None


class HeadDelegate(RowDelegate):
    """Two lines, and a small bar: how much came (above) and went (below)."""

    def __init__(self, holder: ThemeHolder, journal: Journal, parent: QObject) -> None:
        super().__init__(parent)
        self._holder, self._journal = holder, journal
        self._bold, self._small = ui_font(bold=True, tabular=True), ui_font(SMALL, tabular=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One height for every row."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        head, size = index.data(HEAD), index.data(SIZE)
        theme = self._holder.theme
        area: QRect = option.rect
        painter.save()
        self.ground(painter, option, theme)
        inner = area.adjusted(16, 8, -12, -8)
        self._bar(painter, QRect(inner.right() - BAR, inner.top(), BAR, inner.height()), size)
        room = inner.width() - BAR - 12
        when = due_when(head.created_at, self._journal.store.now())
        painter.setFont(self._bold)
        painter.setPen(theme.color("text"))
        self._words(painter, QRect(inner.left(), inner.top(), room, 20), head.named or when)
        painter.setFont(self._small)
        painter.setPen(theme.color("muted"))
        parts = [when if head.named else "", origin_words(head.origin), size_words(size)]
        if head.published:
            parts.insert(1, tr("published"))
        text = " · ".join(part for part in parts if part)
        self._words(painter, QRect(inner.left(), inner.top() + 20, room, 20), text)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, where: QRect, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _bar(self, painter: QPainter, where: QRect, size: Size | None) -> None:
        if size is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        middle = where.center().y()
        for words, token, top in (
            (size.added, "pass", middle - 5),
            (size.removed, "fail", middle + 1),
        ):
            if words:
                width = min(BAR, 4 + round(9 * len(str(words)) + words / 40))
                painter.setBrush(self._holder.theme.color(token))
                painter.drawRoundedRect(QRectF(where.right() - width, top, width, 4), 2, 2)
