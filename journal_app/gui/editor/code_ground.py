"""The ground of fenced code in the editor: one box as wide as the column, however long the lines.

It reads the states that the highlighter leaves on the lines: above 0, a fence is open at their end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QTextBlock

if TYPE_CHECKING:
    from journal_app.gui.editor.text_area import MarkdownEdit
    from journal_app.gui.theme import ThemeHolder


class CodeGround:
    """Paints below the text of one editor."""

    def __init__(self, text: MarkdownEdit, holder: ThemeHolder) -> None:
        self._text, self._holder = text, holder
        text.underlays.append(self._paint)

    def _paint(self, painter: QPainter, seen: QRect) -> None:
        layout = self._text.document().documentLayout()
        block = self._text.cursorForPosition(QPoint(0, seen.top())).block()
        width = self._text.viewport().width()
        ground = self._holder.theme.color("sunk")
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > seen.bottom():
                return
            following = block.next()
            if block.isVisible() and in_fence(block):
                if following.isValid():  # the space between two lines belongs to the upper one
                    rect.setBottom(layout.blockBoundingRect(following).top())
                painter.fillRect(QRectF(0, rect.top(), width, rect.height()), ground)
            block = following


def in_fence(block: QTextBlock) -> bool:
    """Whether a line belongs to fenced code, its fences included."""
    return block.userState() > 0 or block.previous().userState() > 0
