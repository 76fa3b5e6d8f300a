"""The text of an entry as Markdown source: grows with its content, pastes plain, keeps files.

Offsets outside are Python characters of `text()`; Qt counts UTF-16 units. Only this file converts.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

PROSE_PX = 15
LINE_HEIGHT = 24  # pixels at least: 1.6 of the type size
PARAGRAPH = "\u2029"

_ITEM = re.compile(r"(\s*(?:> ?)*\s*)([-*+]|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?")


class MarkdownEdit(QTextEdit):
    """Plain Markdown. It has no scroll bar: the page around it scrolls."""

    pasted_image = Signal(QImage)
    dropped_files = Signal(list)  # of Path
    command_asked = Signal(QRect)  # "/" typed where a line may begin; the caret's rectangle

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("EntryText")
        self.setAccessibleName("Text of the entry, Markdown")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        font = QFont(self.font())
        font.setPixelSize(PROSE_PX)
        self.setFont(font)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._minimum = 160

    # ------------------------------------------------------------------ text

    def set_text(self, text: str) -> None:
        """Show another text; what was undoable before is not any more."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.clear()
        format = QTextBlockFormat()
        format.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(format)  # every block after the first takes it over
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        document.setUndoRedoEnabled(True)
        document.setModified(False)

    def text(self) -> str:
        """The text exactly: unlike `toPlainText`, no-break spaces stay what they are."""
        return self.document().toRawText().replace(PARAGRAPH, "\n")

    def offset(self) -> int:
        """The caret in characters of `text()`."""
        return len(_cut(self.text(), self.textCursor().position()))

    def select_span(self, start: int, end: int) -> None:
        """Select characters `start` to `end` of `text()`."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(units(text[: max(0, start)]))
        cursor.setPosition(units(text[: max(start, end)]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def insert(self, text: str) -> None:
        """Put text at the caret as one step that can be undone."""
        self.textCursor().insertText(text)

    def append_paragraph(self, text: str) -> None:
        """Put text after the last line as one step that can be undone, and select it."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        gap = "" if not self.text().strip() else "\n" if self.text().endswith("\n") else "\n\n"
        cursor.beginEditBlock()
        cursor.insertText(gap + text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    # ------------------------------------------------------------------ size

    def set_minimum(self, height: int) -> None:
        """Take at least this height, so that a click below a short text lands in it."""
        self._minimum = height
        self._fit()

    @Slot()
    def _fit(self) -> None:
        height = max(self._minimum, int(self.document().size().height()) + 8)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the text anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # ------------------------------------------------------------------ clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy as plain text: the colours of the editor are not part of the words."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toRawText().replace(PARAGRAPH, "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, images, and files; a folder is for the window, which imports it."""
        if any(url.isLocalFile() and Path(url.toLocalFile()).is_dir() for url in source.urls()):
            return False
        return source.hasImage() or source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words go into the text; images and files go to the attachments."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.dropped_files.emit(files)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage):
                self.pasted_image.emit(image)
        elif source.hasText():
            words = source.text().replace("\r\n", "\n").replace("\r", "\n")
            cursor = self.textCursor()
            address = QUrl(words.strip(), QUrl.ParsingMode.StrictMode)
            if (
                cursor.hasSelection()
                and address.scheme() in ("http", "https")
                and "\n" not in words
                and PARAGRAPH not in cursor.selectedText()
            ):
                words = f"[{cursor.selectedText()}]({words.strip()})"
            cursor.insertText(words)

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with a list, Tab moves an item, "/" at the start asks for a command."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers()
            & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            self._new_line(plain=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._move_item(
            back=key == Qt.Key.Key_Backtab
        ):
            return
        if key == Qt.Key.Key_Backtab:
            self.focusPreviousChild()
            return
        super().keyPressEvent(event)
        if event.text() == "/" and not self.textCursor().block().text()[:-1].strip():
            self.command_asked.emit(self.cursorRect())

    def _new_line(self, *, plain: bool) -> None:
        cursor = self.textCursor()
        before = _cut(cursor.block().text(), cursor.positionInBlock())
        item = None if plain or cursor.hasSelection() else _ITEM.match(before)
        cursor.beginEditBlock()
        if item is not None and item.end() == len(before) and cursor.atBlockEnd():
            # Enter on an empty item ends the list.
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        else:
            cursor.insertBlock()
            if item is not None:
                indent, mark, number, after, space, box = item.groups()
                next_mark = f"{int(number) + 1}{after}" if number else mark
                cursor.insertText(indent + next_mark + space + ("[ ] " if box else ""))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _move_item(self, *, back: bool) -> bool:
        """Indent or outdent the list items of the selection; False where there is none."""
        cursor = self.textCursor()
        document = self.document()
        block = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        if not _ITEM.match(block.text()):
            return False
        cursor.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last:
            edit = QTextCursor(block)
            if not back:
                edit.insertText("  ")
            else:
                spaces = len(block.text()) - len(block.text().lstrip(" "))
                for _ in range(min(2, spaces)):
                    edit.deleteChar()
            block = block.next()
        cursor.endEditBlock()
        return True


def units(text: str) -> int:
    """The length in UTF-16 units, which is what Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, count: int) -> str:
    """The first `count` UTF-16 units of a text."""
    if text.isascii():
        return text[:count]
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * count]
    return raw.decode("utf-16-le", "surrogatepass")
