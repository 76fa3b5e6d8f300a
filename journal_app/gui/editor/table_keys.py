"""Tables under the hands: Tab goes from cell to cell, Enter adds a row, leaving one aligns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from journal_app.domain import pipe_tables as tables
from journal_app.gui.editor.code_ground import in_fence
from journal_app.gui.editor.text_area import MarkdownEdit, cut, units

if TYPE_CHECKING:
    from journal_app.domain.pipe_tables import Align, Table

FARTHEST = 2_000  # lines of a table that is kept in order while typing


class TableKeys(QObject):
    """Keys and commands for the table at the caret of one text."""

    def __init__(self, text: MarkdownEdit) -> None:
        super().__init__(text)
        self._text = text
        self._line = -1  # the row that is being written
        self._busy = False
        text.key_handlers.append(self._press)
        text.cursorPositionChanged.connect(self._moved)
        text.document_changed.connect(self._forget)
        text.textChanged.connect(self._typed)

    def here(self) -> tuple[Table, int, int] | None:
        """The table at the caret with its row and column."""
        block = self._text.textCursor().block()
        if "|" not in block.text():
            return None
        line = block.blockNumber()
        table = tables.table_at(self._text.lines(), line)
        if table is None or table.last - table.first > FARTHEST:
            return None
        at = len(cut(block.text(), self._text.textCursor().positionInBlock()))
        return table, table.row_at(line), tables.column_at(block.text(), at)

    # ------------------------------------------------------------------ commands

    def change(self, make: Callable[[Table, int, int], tuple[Table, int, int]]) -> bool:
        """Make another table of the one at the caret; False where there is none."""
        found = self.here()
        if found is None:
            return False
        old, row, column = found
        new, row, column = make(old, row, column)
        self._write(old, new)
        self._go(new, row, column)
        return True

    def add_row(self, *, below: bool) -> bool:
        """An empty row beside this one."""
        return self.change(
            lambda t, r, c: (tables.add_row(t, at := r + 1 if below else max(1, r)), at, c)
        )

    def remove_row(self) -> bool:
        """Without this row."""
        return self.change(
            lambda t, r, c: (tables.remove_row(t, r), min(r, max(0, len(t.rows) - 2)), c)
        )

    def move_row(self, by: int) -> bool:
        """This row one further."""

        def make(table: Table, row: int, column: int) -> tuple[Table, int, int]:
            moved = tables.move_row(table, row, by)
            return moved, row + by if moved is not table else row, column

        return self.change(make)

    def add_column(self, *, right: bool) -> bool:
        """An empty column beside this one."""
        return self.change(
            lambda t, r, c: (tables.add_column(t, at := c + 1 if right else c), r, at)
        )

    def remove_column(self) -> bool:
        """Without this column."""
        return self.change(
            lambda t, r, c: (tables.remove_column(t, c), r, min(c, max(0, len(t.aligns) - 2)))
        )

    def move_column(self, by: int) -> bool:
        """This column one further."""

        def make(table: Table, row: int, column: int) -> tuple[Table, int, int]:
            moved = tables.move_column(table, column, by)
            return moved, row, column + by if moved is not table else column

        return self.change(make)

    def set_align(self, align: Align) -> bool:
        """This column with another alignment."""
        return self.change(lambda t, r, c: (tables.set_align(t, c, align), r, c))

    # ------------------------------------------------------------------ keys

    def _press(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        key = event.key()
        wanted = key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not wanted or held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            return not shift and (self._enter() or self._begin())
        return self._step(-1 if key == Qt.Key.Key_Backtab else 1)

    def _step(self, by: int) -> bool:
        found = self.here()
        if found is None:
            return False
        table, row, column = found
        column += by
        if column < 0:
            row, column = row - 1, len(table.aligns) - 1
        elif column >= len(table.aligns):
            row, column = row + 1, 0
        new = table
        if row < 0:
            row, column = 0, 0
        elif row >= len(table.rows):
            new = tables.add_row(table, row)
        self._write(table, new)
        self._go(new, row, column, select=True)
        return True

    def _enter(self) -> bool:
        """Down to the next row, which is made where there is none; an empty last row ends it."""
        found = self.here()
        if found is None:
            return False
        table, row, column = found
        cursor = self._text.textCursor()
        if cursor.hasSelection() or cursor.atBlockStart():
            return False
        last = row == len(table.rows) - 1
        if last and row and not any(table.rows[row]):
            self._write(table, tables.remove_row(table, row))
            end = QTextCursor(self._text.document().findBlockByNumber(table.last - 1))
            end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            end.insertBlock()
            self._text.setTextCursor(end)
            return True
        new = tables.add_row(table, row + 1) if last else table
        self._write(table, new)
        self._go(new, row + 1, 0 if last else column)
        return True

    def _begin(self) -> bool:
        """A line of its own such as `| a | b |` heads a table: its rule and a first row follow."""
        cursor = self._text.textCursor()
        block, line = cursor.block(), cursor.block().text()
        cells = tables.spans(line)
        if (
            not (line.startswith("|") and line.rstrip().endswith("|") and len(cells) > 1)
            or not line.strip("|- :")
            or cursor.hasSelection()
            or not cursor.atBlockEnd()
            or block.previous().text().strip()
            or block.next().text().strip()
            or in_fence(block)
        ):
            return False
        wanted = [line, "| --- " * len(cells) + "|", "|   " * len(cells) + "|"]
        made = tables.table_at(wanted, 0)
        if made is None:
            return False
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self._busy = True
        cursor.insertText("\n".join(tables.lines_of(made)))  # one step of undo
        self._busy = False
        self._line = -1
        table = tables.table_at(self._text.lines(), cursor.blockNumber())
        if table is not None:
            self._go(table, 1, 0)
        return True

    # ------------------------------------------------------------------ writing

    def _write(self, old: Table, new: Table) -> None:
        """Put the neat lines of `new` in place of `old`."""
        text = self._text
        lines = text.lines()
        before, now = "\n".join(lines[old.first : old.last + 1]), "\n".join(tables.lines_of(new))
        self._line = -1
        if before == now:
            return
        start = sum(len(line) + 1 for line in lines[: old.first])
        self._busy = True
        text.replace([(start, start + len(before), now)])
        self._busy = False
        self._line = -1

    def _go(
        self, table: Table, row: int, column: int, *, select: bool = False, inside: int = -1
    ) -> None:
        """Put the caret into a cell: to its end, around its words, or so many characters in."""
        block = self._text.document().findBlockByNumber(table.line_of(row))
        start, end = tables.cell_span(block.text(), column)
        if inside >= 0:
            end = min(end, start + inside)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(block.text()[: start if select else end]))
        if select:
            place = block.position() + units(block.text()[:end])
            cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
        self._busy = True
        self._text.setTextCursor(cursor)
        self._busy = False

    def _forget(self) -> None:
        self._line = -1

    def _typed(self) -> None:
        """A row that is written in is put in order when the caret leaves it."""
        block = self._text.textCursor().block()
        if not self._busy and self._text.hasFocus() and "|" in block.text():
            self._line = block.blockNumber()

    def _moved(self) -> None:
        cursor = self._text.textCursor()
        line = self._line
        if self._busy or line < 0 or line == cursor.blockNumber() or cursor.hasSelection():
            return
        self._line = -1
        if self._text.document().isRedoAvailable():
            return  # between undo and redo nothing is written
        table = tables.table_at(self._text.lines(), line)
        if table is None:
            return
        if not table.first <= cursor.blockNumber() <= table.last:
            self._write(table, table)
            return
        block = cursor.block()
        at = len(cut(block.text(), cursor.positionInBlock()))
        column = tables.column_at(block.text(), at)
        start, end = tables.cell_span(block.text(), column)
        row, inside = table.row_at(block.blockNumber()), max(0, min(at, end) - start)
        self._write(table, table)
        self._go(table, row, column, inside=inside)
