"""The list of packs: title, what it is for, and chips for its state and its gate."""

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
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate, chip, line_of_text
from journal_app.gui.model import words
from journal_app.gui.theme import SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.gui.model.facts import PackFacts
    from journal_app.gui.model.pack_work import PackWork
    from journal_app.gui.theme import ThemeHolder

PACK = Qt.ItemDataRole.UserRole + 1
HEIGHT = 84
AnyIndex = QModelIndex | QPersistentModelIndex
AnyChip = tuple[str, str]


def chips(pack: PackFacts, working: str = "") -> list[AnyChip]:
    """Words and tones of a pack's chips; the state is always said."""
    state = (working, "info") if working else _state(pack)
    found = [state]
    if pack.writes and pack.state == "installed":
        found.append((tr(words.GATES[pack.gate]), words.GATE_TONES[pack.gate]))
    if pack.chosen and pack.state == "installed":
        found.append((tr("For writing"), "accent"))
    return found


def _state(pack: PackFacts) -> AnyChip:
    return tr(words.STATES[pack.state]), words.STATE_TONES[pack.state]


class PackModel(QAbstractListModel):
    """The packs in the order of the catalogue, then the imported ones."""

    def __init__(self, work: PackWork, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._packs: list[PackFacts] = []

    def show(self, packs: Sequence[PackFacts]) -> None:
        """Show these; rows stay where they are when only their state changed."""
        same = [one.id for one in packs] == [one.id for one in self._packs]
        if same:
            self._packs = list(packs)
            self.touch()
            return
        self.beginResetModel()
        self._packs = list(packs)
        self.endResetModel()

    def touch(self) -> None:
        """Something about the rows changed: draw them again."""
        if self._packs:
            self.dataChanged.emit(self.index(0), self.index(len(self._packs) - 1))

    def pack(self, line: int) -> PackFacts | None:
        """The pack in a line."""
        return self._packs[line] if 0 <= line < len(self._packs) else None

    def line_of(self, id: str) -> int:
        """The line of a pack, or -1."""
        return next((n for n, one in enumerate(self._packs) if one.id == id), -1)

    def working(self, pack: PackFacts) -> str:
        """What is under way for a pack, short; "" for nothing."""
        work = self._work.of(pack.id)
        if work is None:
            return ""
        return words.percent(work.made / work.total) if work.total > 0 else tr("Working …")

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._packs)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The pack, its title, and the row in words for a screen reader."""
        pack = self.pack(index.row())
        if pack is None:
            return None
        if role == PACK:
            return pack
        if role == Qt.ItemDataRole.DisplayRole:
            return pack.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = ", ".join(word for word, _ in chips(pack, self.working(pack)))
            return f"{pack.title}. {words.state_line(pack)}. {said}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return pack.id
        return None


class PackDelegate(RowDelegate):
    """Two lines of text and one of chips."""

    def __init__(self, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = holder

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Every row has one height."""
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one pack."""
        pack: PackFacts | None = index.data(PACK)
        model = index.model()
        if pack is None or not isinstance(model, PackModel):
            return
        theme = self._holder.theme
        painter.save()
        self.ground(painter, option, theme)
        area: Any = option.rect
        ratio = painter.device().devicePixelRatioF()
        name = "square-pen" if pack.writes else "search"
        picture = icons.pixmap(name, theme.color("muted"), 16, ratio)
        painter.drawPixmap(area.left() + 16, area.top() + 13, picture)
        left, width = area.left() + 42, area.width() - 58
        title = QRectF(left, area.top() + 10, width, 20)
        line_of_text(painter, title, pack.title, ui_font(bold=True), theme, "text")
        second = QRectF(left, area.top() + 30, width, 18)
        small = ui_font(SMALL, tabular=True)
        line_of_text(painter, second, words.state_line(pack), small, theme, "muted")
        at = float(left)
        for word, tone in chips(pack, model.working(pack)):
            wide = chip(painter, at, area.top() + 54, area.right() - 12, word, tone, theme)
            at += wide + 6 if wide else 0
        painter.restore()
