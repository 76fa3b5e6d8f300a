"""The preview's place in the editor: beside the text where there is room, else instead of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSplitter

from journal_app.domain.runcards import RunCard
from journal_app.gui.page import Page
from journal_app.gui.preview import Preview
from journal_app.gui.run_card import card_pixmap, card_text

if TYPE_CHECKING:
    from journal_app.gui.editor import EditorPane

BESIDE = 1040  # pixels: from this width on the preview stands beside the text


class PreviewSide(QObject):
    """Makes the preview when it is first asked for and keeps it in step with the text."""

    message = Signal(str, str)
    run_requested = Signal(str)

    def __init__(
        self, pane: EditorPane, split: QSplitter, page: Page, text: Callable[[], str]
    ) -> None:
        super().__init__(pane)
        self.view: Preview | None = None
        self._pane = pane
        self._split = split
        self._page = page
        self._text = text
        self._on = False
        self._cards: Sequence[RunCard] = ()
        self._covered = 0

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self._covered = pixels
        if self.view is not None:
            self.view.set_covered(pixels)

    def set_on(self, on: bool) -> None:
        """Show or hide the preview."""
        self._on = on
        if on and self.view is None:
            pane = self._pane
            self.view = Preview(pane.journal.folder, pane.jobs, pane.holder, self._split)
            self.view.message.connect(self.message)
            self.view.run_requested.connect(self.run_requested)
            self._split.addWidget(self.view)
            self.view.set_covered(self._covered)
        self._arrange()
        self.refresh(at_once=True)
        self.show_cards(self._cards)

    def resized(self, before: int, now: int) -> None:
        """The pane has another width."""
        if (before >= BESIDE) != (now >= BESIDE):
            self._arrange()

    def _arrange(self) -> None:
        width = self._pane.width()
        beside = width >= BESIDE
        focused = self._page.isAncestorOf(self._page.window().focusWidget() or self._page)
        self._page.setVisible(not self._on or beside)
        if self.view is not None:
            self.view.setVisible(self._on)
            if focused and self._page.isHidden():  # else it goes to whatever comes next
                self.view.setFocus()
            if self._on and beside:
                self._split.setSizes([width // 2, width // 2])

    def refresh(self, *, at_once: bool = False) -> None:
        """The text was edited, or is another one."""
        if self.view is not None and self._on:
            self.view.show_text(self._text(), at_once=at_once)

    def show_cards(self, cards: Sequence[RunCard]) -> None:
        """Show the cards of the linked runs under the text."""
        self._cards = cards
        if self.view is None:
            return
        pane = self._pane

        def paint(number: int, width: int) -> QPixmap:
            ratio = pane.devicePixelRatioF()
            return card_pixmap(cards[number], width, pane.holder.theme, pane.font(), ratio)

        self.view.show_cards([(card.id, card_text(card)) for card in cards], paint)

    @Slot()
    def follow(self) -> None:
        """Keep the paragraph of the caret in view."""
        if self.view is not None and self.view.isVisible() and self._page.isVisible():
            line = self._page.text.textCursor().blockNumber()
            line += 2 if self._page.title.title() else 0  # the heading that stands for the title
            self.view.follow(line, self._page.caret_height())
