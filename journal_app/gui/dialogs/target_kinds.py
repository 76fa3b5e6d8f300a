"""The first step of adding a place: the kinds as cards, with what each of them can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.publish import kinds
from journal_app.gui.widgets import IconLabel, PressRow, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.services.targets import KindFacts

COLUMNS = 2
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


class KindCard(PressRow):
    """One kind. Arrows go to its neighbours."""

    pressed = Signal(str)
    stepped = Signal(int)

    def __init__(self, kind: KindFacts, holder: ThemeHolder) -> None:
        super().__init__()
        self.kind = kind
        self.setObjectName("pressCard")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = kinds.said(kind.abilities, kind.name)
        self.setAccessibleName(kinds.title(kind))
        self.setAccessibleDescription(said)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(
            IconLabel(kinds.icon(kind.name), holder, "accent", 20), 0, Qt.AlignmentFlag.AlignTop
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(kinds.title(kind), "heading", wrap=True))
        words.addWidget(label(said, "small", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Enter and Space choose."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Choose this kind."""
        self.pressed.emit(self.kind.name)


class KindChoice(QWidget):
    """All kinds, in groups."""

    chosen = Signal(str)

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self.cards: list[KindCard] = []
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(20, 4, 20, 12)
        self._rows.setSpacing(8)
        self._rows.addWidget(label(tr("Looking for kinds of places …"), "muted"))
        self._rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def show_kinds(self, found: Sequence[KindFacts]) -> None:
        """Show these."""
        clear_layout(self._rows)
        self.cards = []
        for key, title in kinds.GROUPS:
            mine = sorted((one for one in found if kinds.group(one.name) == key), key=kinds.rank)
            if not mine:
                continue
            self._rows.addWidget(label(tr(title), "small"))
            holder = QWidget()
            grid = QGridLayout(holder)
            grid.setContentsMargins(0, 0, 0, 8)
            grid.setSpacing(8)
            for n, kind in enumerate(mine):
                card = KindCard(kind, self._holder)
                card.pressed.connect(self.chosen)
                card.stepped.connect(lambda step, card=card: self._step(card, step))
                grid.addWidget(card, n // COLUMNS, n % COLUMNS)
                self.cards.append(card)
            for column in range(COLUMNS):
                grid.setColumnStretch(column, 1)
            self._rows.addWidget(holder)
        self._rows.addStretch(1)

    def _step(self, card: KindCard, step: int) -> None:
        """A neighbour; up and down at an edge go to the next group."""
        line = self.cards.index(card)
        to = max(0, min(line + step, len(self.cards) - 1))
        self.cards[to].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Begin at the first card."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
