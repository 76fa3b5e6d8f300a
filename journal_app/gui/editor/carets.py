"""More than one caret: the widget's own, and others that do the same.

Invariant: the others are QTextCursors of the shown document, so every edit moves them along. What
all of them type is one step that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QRect, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

if TYPE_CHECKING:
    from journal_app.gui.editor.text_area import MarkdownEdit
    from journal_app.gui.theme import ThemeHolder

MOST = 2_000
Move = QTextCursor.MoveOperation
_KEEP, _GO = QTextCursor.MoveMode.KeepAnchor, QTextCursor.MoveMode.MoveAnchor
_MOVES: tuple[tuple[QKeySequence.StandardKey, Move, bool], ...] = (
    (QKeySequence.StandardKey.MoveToNextChar, Move.Right, False),
    (QKeySequence.StandardKey.MoveToPreviousChar, Move.Left, False),
    (QKeySequence.StandardKey.MoveToNextWord, Move.NextWord, False),
    (QKeySequence.StandardKey.MoveToPreviousWord, Move.PreviousWord, False),
    (QKeySequence.StandardKey.MoveToNextLine, Move.Down, False),
    (QKeySequence.StandardKey.MoveToPreviousLine, Move.Up, False),
    (QKeySequence.StandardKey.MoveToStartOfLine, Move.StartOfLine, False),
    (QKeySequence.StandardKey.MoveToEndOfLine, Move.EndOfLine, False),
    (QKeySequence.StandardKey.SelectNextChar, Move.Right, True),
    (QKeySequence.StandardKey.SelectPreviousChar, Move.Left, True),
    (QKeySequence.StandardKey.SelectNextWord, Move.NextWord, True),
    (QKeySequence.StandardKey.SelectPreviousWord, Move.PreviousWord, True),
    (QKeySequence.StandardKey.SelectStartOfLine, Move.StartOfLine, True),
    (QKeySequence.StandardKey.SelectEndOfLine, Move.EndOfLine, True),
)


class Carets(QObject):
    """The other carets of one text."""

    def __init__(self, text: MarkdownEdit, holder: ThemeHolder) -> None:
        super().__init__(text)
        self._text = text
        self._holder = holder
        self._others: list[QTextCursor] = []
        text.key_handlers.append(self._press)
        text.mime_handlers.append(self._paste)
        text.overlays.append(self._paint)
        text.clicked.connect(self.clear)
        text.document_changed.connect(self.clear)

    @property
    def count(self) -> int:
        """How many carets there are."""
        return len(self._others) + 1

    def clear(self) -> bool:
        """Back to one caret; False where there is no other."""
        if not self._others:
            return False
        self._others = []
        self._show()
        return True

    # ------------------------------------------------------------------ getting more

    def add_line(self, *, down: bool) -> None:
        """A caret in the line below the lowest or above the highest, in the same column."""
        every = sorted(self._all(), key=lambda cursor: cursor.position())
        edge = every[-1] if down else every[0]
        column = self._text.textCursor().positionInBlock()
        block = _seen(edge.block(), down=down)
        if not block.isValid() or self.count >= MOST:
            return
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self._others.append(cursor)
        self._show()

    def add_next(self) -> None:
        """Select the word at the caret; asked again, its next occurrence too."""
        main = self._text.textCursor()
        if not main.hasSelection():
            main.select(QTextCursor.SelectionType.WordUnderCursor)
            self._text.setTextCursor(main)
            return
        words = main.selectedText()
        taken = {cursor.selectionStart() for cursor in self._all()}
        found = self._after(words, main.selectionEnd())
        while not found.isNull() and found.selectionStart() in taken:
            if found.selectionStart() == main.selectionStart():
                return  # once round
            found = self._after(words, found.selectionEnd())
        if not found.isNull() and self.count < MOST:
            self._others.append(main)
            self._text.setTextCursor(found)
            self._show()

    def add_all(self) -> None:
        """Select every occurrence of the selection or of the word at the caret."""
        main = self._text.textCursor()
        if not main.hasSelection():
            main.select(QTextCursor.SelectionType.WordUnderCursor)
            self._text.setTextCursor(main)
        words = main.selectedText()
        if not words:
            return
        self._others = []
        found = self._after(words, 0)
        while not found.isNull() and self.count < MOST:
            if found.selectionStart() != main.selectionStart():
                self._others.append(found)
            before = found.selectionEnd()
            found = self._after(words, before)
            if not found.isNull() and found.selectionEnd() <= before:
                break
        self._show()

    def _after(self, words: str, position: int) -> QTextCursor:
        """The next place with exactly these words, round the end."""
        document = self._text.document()
        flag = QTextDocument.FindFlag.FindCaseSensitively
        found = document.find(words, position, flag)
        return document.find(words, 0, flag) if found.isNull() else found

    # ------------------------------------------------------------------ doing the same

    def _all(self) -> list[QTextCursor]:
        return [*self._others, self._text.textCursor()]

    def _press(self, event: QKeyEvent) -> bool:
        if not self._others:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self.clear()
        for sequence, move, keep in _MOVES:
            if event.matches(sequence):
                self._each(partial(_move, move, _KEEP if keep else _GO))
                return True
        typed = event.text()
        if event.key() == Qt.Key.Key_Backspace:
            self._each(_backspace(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)))
        elif event.key() == Qt.Key.Key_Delete:
            self._each(lambda c: c.deleteChar())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._each(lambda c: c.insertBlock())
        elif event.key() == Qt.Key.Key_Tab:
            self._each(lambda c: c.insertText("\t"))
        elif event.matches(QKeySequence.StandardKey.Cut):
            self._text.copy()
            self._each(lambda c: c.removeSelectedText())
        elif event.matches(QKeySequence.StandardKey.Undo) or event.matches(
            QKeySequence.StandardKey.Redo
        ):
            self.clear()
            return False
        elif typed and typed.isprintable() and not _command(event):
            self._each(lambda c: c.insertText(typed))
        else:
            return False
        return True

    def _paste(self, source: QMimeData) -> bool:
        """As many lines as carets: one for each; else the whole for every caret."""
        if not self._others or not source.hasText():
            return False
        words = source.text().replace("\r\n", "\n").replace("\r", "\n")
        lines = words.removesuffix("\n").split("\n")
        order = sorted(range(self.count), key=lambda n: self._all()[n].position())
        rank = {index: place for place, index in enumerate(order)}
        number = iter(range(self.count))

        def put(cursor: QTextCursor) -> None:
            place = rank[next(number)]
            cursor.insertText(lines[place] if len(lines) == self.count else words)

        self._each(put)
        return True

    def _each(self, act: Callable[[QTextCursor], object]) -> None:
        """Let every caret do something, the widget's own last, as one step to undo."""
        main = self._text.textCursor()
        main.beginEditBlock()
        for cursor in self._others:
            act(cursor)
        act(main)
        main.endEditBlock()
        self._text.setTextCursor(main)
        self._merge(main)
        self._show()

    def _merge(self, main: QTextCursor) -> None:
        """Carets that came to the same place are one."""
        seen = {main.position()}
        kept: list[QTextCursor] = []
        for cursor in self._others:
            if cursor.position() not in seen:
                seen.add(cursor.position())
                kept.append(cursor)
        self._others = kept

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        theme = self._holder.theme
        format = QTextCharFormat()
        format.setBackground(theme.color("accent-soft"))
        format.setForeground(theme.color("text"))
        marks = []
        for cursor in self._others:
            if cursor.hasSelection():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = QTextCursor(cursor), format
                marks.append(mark)
        self._text.set_layer("carets", marks)
        self._text.viewport().update()

    def _paint(self, painter: QPainter, seen: QRect) -> None:
        if not self._others:
            return
        color = self._holder.theme.color("accent")
        width = max(2, self._text.cursorWidth())
        for cursor in self._others:
            rect = self._text.cursorRect(cursor)
            if rect.intersects(seen):
                painter.fillRect(rect.x(), rect.y(), width, rect.height(), color)


def _seen(block: QTextBlock, *, down: bool) -> QTextBlock:
    """The next line that is not folded away."""
    block = block.next() if down else block.previous()
    while block.isValid() and not block.isVisible():
        block = block.next() if down else block.previous()
    return block


def _move(move: Move, mode: QTextCursor.MoveMode, cursor: QTextCursor) -> None:
    cursor.movePosition(move, mode)


def _backspace(word: bool) -> Callable[[QTextCursor], object]:
    def act(cursor: QTextCursor) -> None:
        if word and not cursor.hasSelection():
            cursor.movePosition(Move.PreviousWord, _KEEP)
            cursor.removeSelectedText()
        else:
            cursor.deletePreviousChar()

    return act


def _command(event: QKeyEvent) -> bool:
    """Whether Ctrl or Alt make a command of a key; AltGr, which is both, types."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    return held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)
