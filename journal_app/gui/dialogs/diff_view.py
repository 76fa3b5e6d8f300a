"""Shows what changed between two texts: one under the other, or side by side.

Colour never stands alone: what came is underlined, what went is struck through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFont,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from journal_app.gui.language import tr, trn

if TYPE_CHECKING:
    from journal_app.domain.diff import Block, Op
    from journal_app.gui.theme import Theme, ThemeHolder

CONTEXT = 3  # unchanged lines that stay around a change
ROWS = 600  # blocks that are laid out; a diff beyond it is read better in parts


class DiffView(QTextEdit):
    """A read-only text."""

    def __init__(self, holder: ThemeHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holder = holder
        self._blocks: Sequence[Block] = ()
        self._beside = False
        self._whole = False
        self.setReadOnly(True)
        self.setAccessibleName(tr("What changed"))
        self.document().setDocumentMargin(16)
        self.setUndoRedoEnabled(False)
        holder.changed.connect(self._draw)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show a comparison."""
        self._blocks = blocks
        self._draw()
        self.setAccessibleDescription(self._spoken())

    def set_beside(self, on: bool) -> None:
        """Old text at the left, new text at the right; or both in one."""
        self._beside = on
        self._draw()

    def set_whole(self, on: bool) -> None:
        """Show every line, or only what is near a change."""
        self._whole = on
        self._draw()

    def _spoken(self) -> str:
        words = {"removed": tr("removed"), "added": tr("added")}
        said = [
            f"{words[piece.op]}: {piece.text.strip()}"
            for block in self._blocks
            for piece in block.pieces
            if piece.op != "same" and piece.text.strip()
        ]
        return "; ".join(said[:40])

    def _draw(self) -> None:
        self.clear()
        cursor = self.textCursor()
        looks = _looks(self._holder.theme)
        if not any(block.changed for block in self._blocks):
            cursor.insertText(tr("Nothing changed between these two."), looks["gap"])
        elif self._beside:
            self._draw_beside(cursor, looks)
        else:
            self._draw_inline(cursor, looks)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _draw_inline(self, cursor: QTextCursor, looks: dict[str, QTextCharFormat]) -> None:
        cursor.beginEditBlock()
        for number, block in enumerate(self._blocks[:ROWS]):
            if not block.changed:
                for text, look in self._shortened(number, block):
                    cursor.insertText(text, looks[look])
                continue
            for piece in block.pieces:
                cursor.insertText(piece.text, looks[piece.op])
        self._cut(cursor, looks)
        cursor.endEditBlock()

    def _draw_beside(self, cursor: QTextCursor, looks: dict[str, QTextCharFormat]) -> None:
        shown = self._blocks[:ROWS]
        shape = QTextTableFormat()
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setBorder(0)
        shape.setCellPadding(4)
        shape.setCellSpacing(0)
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        shape.setColumnWidthConstraints([half, half])
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        cursor.beginEditBlock()
        table = cursor.insertTable(len(shown), 2, shape)
        for row, block in enumerate(shown):
            sides: tuple[tuple[Op, Op], ...] = (("same", "removed"), ("same", "added"))
            for column, ops in enumerate(sides):
                cell = table.cellAt(row, column).firstCursorPosition()
                if not block.changed:
                    for text, look in self._shortened(number=row, block=block):
                        cell.insertText(text.rstrip("\n"), looks[look])
                        if text.endswith("\n") and look == "same" and text.rstrip("\n") != "":
                            cell.insertText("\n", looks["same"])
                    _trim(table, row, column)
                    continue
                last = [piece for piece in block.pieces if piece.op in ops]
                for place, piece in enumerate(last):
                    text = piece.text.rstrip("\n") if place == len(last) - 1 else piece.text
                    cell.insertText(text, looks[piece.op])
        cursor.endEditBlock()
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        self._cut(end, looks)

    def _shortened(self, number: int, block: Block) -> list[tuple[str, str]]:
        lines = block.old.splitlines(keepends=True)
        first, last = number == 0, number == len(self._blocks) - 1
        head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
        if self._whole or len(lines) <= head + tail + 2:
            return [(block.old, "same")]
        left_out = len(lines) - head - tail
        words = trn("⋯ {n} unchanged line|⋯ {n} unchanged lines", left_out)
        return [
            ("".join(lines[:head]), "same"),
            (words + "\n", "gap"),
            ("".join(lines[len(lines) - tail :]), "same"),
        ]

    def _cut(self, cursor: QTextCursor, looks: dict[str, QTextCharFormat]) -> None:
        more = len(self._blocks) - ROWS
        if more > 0:
            cursor.insertText("\n" + trn("⋯ {n} more place|⋯ {n} more places", more), looks["gap"])


def _trim(table: QTextTable, row: int, column: int) -> None:
    """Take away an empty line at the end of a cell."""
    cursor = table.cellAt(row, column).lastCursorPosition()
    if not cursor.block().text() and cursor.position() > table.cellAt(row, column).firstPosition():
        cursor.deletePreviousChar()


def _looks(theme: Theme) -> dict[str, QTextCharFormat]:
    same = QTextCharFormat()
    same.setForeground(theme.color("text"))
    added = QTextCharFormat()
    added.setForeground(theme.color("pass"))
    added.setBackground(theme.color("pass-soft"))
    added.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    removed = QTextCharFormat()
    removed.setForeground(theme.color("fail"))
    removed.setBackground(theme.color("fail-soft"))
    removed.setFontStrikeOut(True)
    gap = QTextCharFormat()
    gap.setForeground(theme.color("faint"))
    gap.setFontWeight(QFont.Weight.Normal)
    return {"same": same, "added": added, "removed": removed, "gap": gap}
