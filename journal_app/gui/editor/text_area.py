"""The text of an entry as Markdown source: grows with its content, pastes plain, keeps files.

Offsets outside are Python characters of `text()`; Qt counts UTF-16 units. Only this file converts.
Features put their handlers into `key_handlers`, `mime_handlers`, `underlays` and `overlays`, and
what they mark into layers: the widget itself knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit, QWidget

from journal_app.gui.editor import text_keys
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.editing import Edit

PROSE_PX = 15
LINE_HEIGHT = 24  # pixels at least: 1.6 of the type size
PARAGRAPH = "\u2029"
OWN = "application/x-field-journal"  # marks what was copied here
LAYERS = ("focus", "found", "carets", "spelling")  # what lies over what: the last on top


class MarkdownEdit(QTextEdit):
    """Plain Markdown. It has no scroll bar: the page around it scrolls."""

    command_asked = Signal(QRect)  # "/" typed where a line may begin; the caret's rectangle
    document_changed = Signal()  # another document is shown
    clicked = Signal()  # a mouse button went down in the text
    menu_asked = Signal(QMenu, QTextCursor)  # the context menu, to be added to; the place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_handlers: list[Callable[[QKeyEvent], bool]] = []  # the first True takes the key
        self.mime_handlers: list[Callable[[QMimeData], bool]] = []  # the same for what is pasted
        self.underlays: list[Callable[[QPainter, QRect], None]] = []  # below the text
        self.overlays: list[Callable[[QPainter, QRect], None]] = []  # over the text
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._minimum = 160
        self._plain: tuple[int, str] | None = None
        self.setObjectName("EntryText")
        self.setAccessibleName(tr("Text of the entry, Markdown"))
        self.setPlaceholderText(tr("Write. / opens commands, [[ links an entry, @ a run, # tags."))
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = QFont(self.font())
        font.setPixelSize(PROSE_PX)
        self.setFont(font)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    # ------------------------------------------------------------------ text

    def set_text(self, text: str) -> None:
        """Show another text; what was undoable before is not any more."""
        fill(self.document(), text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_document(self, document: QTextDocument) -> None:
        """Show another document with its own undo; whoever made it keeps it."""
        if document is self.document():
            return
        self.document().documentLayout().documentSizeChanged.disconnect(self._fit)
        self._layers.clear()
        self.setExtraSelections([])
        self._plain = None
        self.setDocument(document)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()
        self.document_changed.emit()

    def text(self) -> str:
        """The text exactly: unlike `toPlainText`, no-break spaces stay what they are.

        Not to be asked between `beginEditBlock` and `endEditBlock`: it is kept per revision.
        """
        revision = self.document().revision()
        if self._plain is None or self._plain[0] != revision:
            self._plain = revision, raw_text(self.document())
        return self._plain[1]

    def offset(self) -> int:
        """The caret in characters of `text()`."""
        return self.characters(self.textCursor().position())

    def selection(self) -> tuple[int, int]:
        """Anchor and caret in characters of `text()`."""
        cursor = self.textCursor()
        return self.characters(cursor.anchor()), self.characters(cursor.position())

    def characters(self, position: int) -> int:
        """A position of the document as characters of `text()`."""
        return len(cut(self.text(), position))

    def position(self, offset: int) -> int:
        """Characters of `text()` as a position of the document."""
        return units(self.text()[: max(0, offset)])

    def lines(self) -> list[str]:
        """The lines of the text; their numbers are those of the document's blocks."""
        return self.text().split("\n")

    def select_span(self, start: int, end: int) -> None:
        """Select characters `start` to `end` of `text()`."""
        self.select(start, max(start, end))

    def select(self, anchor: int, caret: int) -> None:
        """Put anchor and caret to characters of `text()`."""
        cursor = self.textCursor()
        cursor.setPosition(self.position(anchor))
        cursor.setPosition(self.position(caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def apply(self, edit: Edit | None) -> bool:
        """Make an edit as one step that can be undone; False where there is none."""
        if edit is None:
            return False
        self.replace([(edit.start, edit.end, edit.text)])
        self.select(edit.anchor, edit.caret)
        return True

    def replace(self, pieces: Sequence[tuple[int, int, str]]) -> None:
        """Put texts in place of spans (ascending, apart from each other), in one undoable step."""
        text = self.text()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for start, end, new in reversed(pieces):
            old = text[start:end]
            same = _common(old, new)
            tail = _common(old[same:][::-1], new[same:][::-1])
            cursor.setPosition(units(text[: start + same]))
            cursor.setPosition(units(text[: end - tail]), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new[same : len(new) - tail])
        cursor.endEditBlock()

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

    # ------------------------------------------------------------------ what is marked

    def set_layer(self, name: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Mark places over the text's own colours; a layer of the same name is replaced."""
        if not marks and name not in self._layers:
            return
        self._layers[name] = marks
        self.setExtraSelections([mark for key in LAYERS for mark in self._layers.get(key, ())])

    def layer(self, name: str) -> list[QTextEdit.ExtraSelection]:
        """What a layer marks now."""
        return self._layers.get(name, [])

    def marks(
        self, spans: Sequence[tuple[int, int]], format: QTextCharFormat
    ) -> list[QTextEdit.ExtraSelection]:
        """Marks for a layer, over spans of `text()` in ascending order."""
        text, made = self.text(), []
        at = position = 0
        for start, end in spans:
            position += units(text[at:start])
            at = start
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(position)
            mark.cursor.setPosition(
                position + units(text[start:end]), QTextCursor.MoveMode.KeepAnchor
            )
            mark.format = format
            made.append(mark)
        return made

    def shown_blocks(self) -> tuple[QTextBlock, QTextBlock]:
        """The first and the last block that can be seen now."""
        seen = self.visibleRegion().boundingRect()
        first = self.cursorForPosition(seen.topLeft()).block()
        return first, self.cursorForPosition(seen.bottomRight()).block()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What features draw below the text, the text, and what they draw over it."""
        self._draw(self.underlays, event)
        super().paintEvent(event)
        self._draw(self.overlays, event)

    def _draw(self, layers: list[Callable[[QPainter, QRect], None]], event: QPaintEvent) -> None:
        if layers:
            painter = QPainter(self.viewport())
            for paint in layers:
                paint(painter, event.rect())
            painter.end()

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
        data.setData(OWN, QByteArray(b"1"))  # Markdown already: it is pasted here as it is
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, images, and files; a folder is for the window, which imports it."""
        if any(url.isLocalFile() and Path(url.toLocalFile()).is_dir() for url in source.urls()):
            return False
        return source.hasImage() or source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What no feature takes goes in as plain text."""
        if any(handle(source) for handle in self.mime_handlers):
            return
        if source.hasText():
            words = source.text().replace("\r\n", "\n").replace("\r", "\n")
            self.textCursor().insertText(words)

    # ------------------------------------------------------------------ keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Features first, then what every writer gets, then Qt."""
        if any(handle(event) for handle in self.key_handlers) or text_keys.press(self, event):
            return
        if event.key() == Qt.Key.Key_Backtab:
            self.focusPreviousChild()
            return
        super().keyPressEvent(event)
        if event.text() == "/" and not self.textCursor().block().text()[:-1].strip():
            self.command_asked.emit(self.cursorRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Who works beside the caret hears that the mouse moved it."""
        self.clicked.emit()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and what features add for the word below the mouse."""
        menu = self.createStandardContextMenu(event.pos())
        self.menu_asked.emit(menu, self.cursorForPosition(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def raw_text(document: QTextDocument) -> str:
    """The text of a document exactly, with its lines ended by LF."""
    return document.toRawText().replace(PARAGRAPH, "\n")


def fill(document: QTextDocument, text: str) -> None:
    """Give a document another text with the line height of prose, and nothing to undo."""
    document.setUndoRedoEnabled(False)
    document.clear()
    format = QTextBlockFormat()
    format.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(format)  # every block after the first takes it over
    cursor.insertText(text)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def units(text: str) -> int:
    """The length in UTF-16 units, which is what Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, count: int) -> str:
    """The first `count` UTF-16 units of a text."""
    if text.isascii():
        return text[:count]
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * count]
    return raw.decode("utf-16-le", "surrogatepass")


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
