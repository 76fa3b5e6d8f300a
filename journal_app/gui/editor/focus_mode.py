"""Ways to see nothing but what one writes: one paragraph, the middle line, no panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

if TYPE_CHECKING:
    from journal_app.gui.editor.page import Page
    from journal_app.gui.theme import ThemeHolder
    from journal_app.gui.window import MainWindow


class FocusMode(QObject):
    """Only the paragraph of the caret keeps its colours."""

    def __init__(self, page: Page, holder: ThemeHolder) -> None:
        super().__init__(page)
        self._page, self._text, self._holder = page, page.text, holder
        self.on = False
        self.typewriter = False
        self._span = (-1, -1, -1)
        self._text.cursorPositionChanged.connect(self._follow)
        self._text.document_changed.connect(self._again)
        holder.changed.connect(self._again)

    def set_on(self, on: bool) -> None:
        """Dim everything but the paragraph of the caret, or show all again."""
        self.on = on
        self._again()

    def set_typewriter(self, on: bool) -> None:
        """Keep the caret's line in the middle of the page."""
        self.typewriter = on
        self._page.set_typewriter(on)

    @Slot()
    def _again(self) -> None:
        self._span = (-1, -1, -1)
        if self.on:
            self._follow()
        else:
            self._text.set_layer("focus", [])

    @Slot()
    def _follow(self) -> None:
        if not self.on:
            return
        block = self._text.textCursor().block()
        first, last = _edge(block, back=True), _edge(block, back=False)
        end = self._text.document().characterCount() - 1
        span = (first.position(), last.position() + last.length() - 1, end)
        if span == self._span:
            return
        self._span = span
        format = QTextCharFormat()
        format.setForeground(self._holder.theme.color("faint"))
        marks = []
        for start, stop in ((0, span[0]), (span[1], end)):
            if stop > start:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self._text.document())
                mark.cursor.setPosition(start)
                mark.cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
                mark.format = format
                marks.append(mark)
        self._text.set_layer("focus", marks)


def _edge(block: QTextBlock, *, back: bool) -> QTextBlock:
    """The first or the last line of the paragraph that a line belongs to."""
    while block.text().strip():
        following = block.previous() if back else block.next()
        if not following.isValid() or not following.text().strip():
            break
        block = following
    return block


class Alone(QObject):
    """The text without any pane around it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.on = False

    def toggle(self) -> None:
        """Go there, or back."""
        self.set_on(not self.on)

    def set_on(self, on: bool) -> None:
        """Hide sidebar, list, bars and inspector, or show them again."""
        window, editor = self._window, self._window.editor
        if on == self.on or editor is None:
            return
        self.on = on
        window.status.setVisible(not on)
        editor.bar.setVisible(not on)
        window.panes.set_alone(on)
        if on:
            editor.focus_editor()
