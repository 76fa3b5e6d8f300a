"""The preview's place in the editor: beside the text where there is room, else instead of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSplitter

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.domain.markdown import Names
    from journal_app.domain.runcards import RunCard
    from journal_app.gui.editor.page import Page
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.preview.view import Preview
    from journal_app.journal import Journal

BESIDE = 1040  # pixels: from this width on the preview stands beside the text

_BOX = re.compile(r"(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)+\[([ xX])\](?=\s)")


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
            from journal_app.gui.preview.view import Preview

            pane = self._pane
            self.view = Preview(pane.journal.folder, pane.jobs, pane.holder, self._split)
            self.view.message.connect(self.message)
            self.view.run_requested.connect(self.run_requested)
            self.view.entry_requested.connect(pane.open_requested)
            self.view.page_requested.connect(pane.linking.open_name)
            self.view.task_toggled.connect(self.toggle_task)
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
            entry = self._pane.entry
            journal = self._pane.journal
            id = entry.id if entry is not None else None
            self.view.set_sources(lambda: _names(journal, id), journal.experiments.card)
            self.view.show_text(self._text(), at_once=at_once)

    def stale(self, changes: Sequence[Change]) -> None:
        """Entries or runs changed: names in the text may lead elsewhere now."""
        shown = self._pane.entry.id if self._pane.entry is not None else None
        others = any(change.noun in ("entry", "run") and change.id != shown for change in changes)
        if self.view is not None and self._on and others:
            self.view.read_again()

    @Slot(int)
    def toggle_task(self, line: int) -> None:
        """Tick or untick the box in a line of the rendered text: one step that can be undone."""
        block = self._page.text.document().findBlockByNumber(line - self._pane.preview_offset())
        box = _BOX.match(block.text()) if block.isValid() else None
        if box is None:
            self.message.emit(tr("The text has changed: this box stands elsewhere now."), "info")
            return
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + box.start(1))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("x" if box.group(1) == " " else " ")
        self.refresh(at_once=True)

    def show_cards(self, cards: Sequence[RunCard]) -> None:
        """Show the cards of the linked runs under the text."""
        self._cards = cards
        if self.view is not None:
            self.view.show_cards(cards)

    @Slot()
    def follow(self) -> None:
        """Keep the paragraph of the caret in view."""
        if self.view is not None and self.view.isVisible() and self._page.isVisible():
            line = self._page.text.textCursor().blockNumber()
            line += self._pane.preview_offset()  # the heading that stands for the title
            self.view.follow(line, self._page.caret_height())


def _names(journal: Journal, id: str | None) -> Names:
    """What names in the text of an entry mean. Reads the store: call it in a worker."""
    from journal_app.domain.markdown import Names

    if id is None:
        return Names(journal.links.entry_named, journal.links.run_named)
    files = {file.name: file.path for file in journal.entries.get(id).attachments}
    return Names(journal.links.resolver(id), journal.links.run_named, files.get)
