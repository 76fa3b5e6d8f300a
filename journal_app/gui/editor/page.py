"""The page: title, chips, text and run cards in one column that scrolls as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journal_app.gui.editor.head import EntryChips, TitleEdit
from journal_app.gui.editor.text_area import MarkdownEdit

if TYPE_CHECKING:
    from journal_app.domain.runcards import RunCard
    from journal_app.gui.inspector.run_card import RunCardView
    from journal_app.gui.theme import ThemeHolder

COLUMN = 664  # 72 characters of 15 px prose
SIDE = 48
TOP, BOTTOM = 26, 40


class Page(QScrollArea):
    """One entry as its writer sees it."""

    run_requested = Signal(str)

    def __init__(self, holder: ThemeHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._holder = holder
        sheet = QWidget()
        sheet.setObjectName("PageSheet")
        self._column = QWidget(sheet)
        self._column.setMaximumWidth(COLUMN)
        self.title = TitleEdit(self._column)
        self.chips = EntryChips(self._column)
        self.text = MarkdownEdit(self._column)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._views: list[RunCardView] = []
        self._covered = 0
        self._typewriter = False
        self._rows = column = QVBoxLayout(self._column)
        column.setContentsMargins(0, TOP, 0, BOTTOM)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(6)
        column.addWidget(self.chips)
        column.addSpacing(16)
        column.addWidget(self.text)
        column.addSpacing(14)
        column.addLayout(self._cards)
        column.addStretch(1)
        self._row = QHBoxLayout(sheet)
        self._row.setContentsMargins(SIDE, 0, SIDE, 0)
        self._row.addWidget(self._column, 1)
        self._row.addStretch(0)
        self._sheet = sheet
        self.setWidget(sheet)
        self.title.finished.connect(self.text.setFocus)
        self.text.cursorPositionChanged.connect(self.follow_caret)

    def show_cards(self, cards: Sequence[RunCard]) -> None:
        """Show the cards of the linked runs under the text."""
        if [view.card for view in self._views] == list(cards):
            return
        for view in self._views:
            self._cards.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views = []
        if cards:
            from journal_app.gui.inspector.run_card import RunCardView
        for card in cards:
            view = RunCardView(card, self._holder, self._column)
            view.opened.connect(self.run_requested)
            self._cards.addWidget(view)
            self._views.append(view)
        self._fit_text()

    @property
    def cards(self) -> list[RunCardView]:
        """The cards that are shown."""
        return list(self._views)

    @Slot()
    def follow_caret(self) -> None:
        """Scroll so that the caret is seen, with a line above and below it."""
        if not self.text.hasFocus():
            return
        self.show_caret()

    def show_caret(self) -> None:
        """Scroll to the caret, wherever the focus is."""
        rect = self.text.cursorRect()
        at = self.text.mapTo(self._sheet, rect.center())
        if self._typewriter:
            self.verticalScrollBar().setValue(at.y() - self.viewport().height() // 2)
        else:
            self.ensureVisible(at.x(), at.y(), 0, rect.height() * 2)

    def set_typewriter(self, on: bool) -> None:
        """Keep the caret's line in the middle; room below the end lets the last one get there."""
        self._typewriter = on
        self._lay_out()
        self.show_caret()

    def go_to(self, place: int) -> None:
        """Scroll to where one was, once the text has its height."""
        self.verticalScrollBar().setValue(place)
        if place:
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(place))

    @property
    def sheet(self) -> QWidget:
        """What scrolls: a place for what stands beside the text."""
        return self._sheet

    def caret_height(self) -> int:
        """How far below the top of the view the caret stands, in pixels."""
        return self.text.mapTo(self, QPoint(0, self.text.cursorRect().top())).y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Margins shrink in a narrow pane; in a wide one the column stays in the middle."""
        super().resizeEvent(event)
        self._lay_out()

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector: the text keeps clear of it."""
        self._covered = pixels
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.viewport().width() - self._covered
        side = max(20, min(SIDE, width // 12))
        left = side if width < COLUMN + 4 * SIDE else (width - COLUMN) // 2
        self._row.setContentsMargins(left, 0, side + self._covered, 0)
        bottom = self.viewport().height() // 2 if self._typewriter else BOTTOM
        self._rows.setContentsMargins(0, TOP, 0, bottom)
        self._fit_text()

    def _fit_text(self) -> None:
        self.text.set_minimum(80 if self._views else max(160, self.viewport().height() - 260))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside or below the text goes into it."""
        self.text.setFocus()
        super().mousePressEvent(event)
