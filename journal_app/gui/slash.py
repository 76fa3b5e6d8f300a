"""The command list: a slash at the start of a line offers things to insert."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from journal_app.gui.text_area import MarkdownEdit

ROWS = 9


@dataclass(frozen=True, slots=True)
class Snippet:
    """Text to insert; the caret goes to where `|` stands."""

    name: str
    hint: str
    text: str


SNIPPETS = (
    Snippet("Heading", "##", "## |"),
    Snippet("Subheading", "###", "### |"),
    Snippet("List", "-", "- |"),
    Snippet("Numbered list", "1.", "1. |"),
    Snippet("Task", "- [ ]", "- [ ] |"),
    Snippet("Quote", ">", "> |"),
    Snippet("Code", "```", "```\n|\n```"),
    Snippet("Table", "| |", "| | | |\n|---|---|---|\n| | | |"),
    Snippet("Rule", "---", "---\n|"),
)


class SlashMenu(QListWidget):
    """Floats over the text; the text keeps the focus."""

    def __init__(
        self, text: MarkdownEdit, today: Callable[[], str] = lambda: f"{date.today():%Y-%m-%d}"
    ) -> None:
        super().__init__(text.window() if text.window() is not text else text)
        self.setObjectName("SlashMenu")
        self.setAccessibleName("Commands")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = text
        self._today = today
        self._start = 0
        self.hide()
        text.installEventFilter(self)
        text.command_asked.connect(self._open)
        text.textChanged.connect(self._filter)
        text.cursorPositionChanged.connect(self._leave)
        self.itemClicked.connect(lambda _item: self.choose())

    @Slot(QRect)
    def _open(self, caret: QRect) -> None:
        self._start = self._text.textCursor().position() - 1
        self._fill("")
        self.show_at(caret)

    def ask(self) -> None:
        """Type the "/" for someone who pressed the button."""
        cursor = self._text.textCursor()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
        cursor.insertText("/")
        self._text.setTextCursor(cursor)
        self._text.setFocus()
        self._open(self._text.cursorRect())

    def show_at(self, caret: QRect) -> None:
        """Place the list under the caret, or above it where there is no room."""
        host = self.parentWidget()
        if not isinstance(host, QWidget):
            return
        height = min(ROWS, self.count()) * max(26, self.sizeHintForRow(0)) + 10
        self.setFixedSize(240, height)
        at = self._text.viewport().mapTo(host, caret.bottomLeft() + QPoint(0, 6))
        if at.y() + height > host.height():
            at.setY(at.y() - height - caret.height() - 12)
        self.move(max(4, min(at.x(), host.width() - self.width() - 4)), max(4, at.y()))
        self.raise_()
        self.show()

    def _fill(self, words: str) -> None:
        self.clear()
        for snippet in (*SNIPPETS, Snippet("Date", self._today(), self._today() + "|")):
            if words.lower() in snippet.name.lower():
                item = QListWidgetItem(f"{snippet.name}    {snippet.hint}")
                item.setData(Qt.ItemDataRole.UserRole, snippet)
                self.addItem(item)
        self.setCurrentRow(0)

    @Slot()
    def _filter(self) -> None:
        if not self.isVisible():
            return
        typed = self._typed()
        if typed is None:
            self.hide()
            return
        self._fill(typed)
        if self.count() == 0:
            self.hide()

    @Slot()
    def _leave(self) -> None:
        if self.isVisible() and self._typed() is None:
            self.hide()

    def _typed(self) -> str | None:
        """What stands after the "/"; None when the caret left it."""
        cursor = self._text.textCursor()
        if cursor.position() <= self._start:
            return None
        cursor.setPosition(self._start, QTextCursor.MoveMode.KeepAnchor)
        typed = cursor.selectedText()
        return typed[1:] if typed.startswith("/") and "\u2029" not in typed else None

    @Slot()
    def choose(self) -> None:
        """Put the chosen snippet in place of what was typed."""
        item = self.currentItem()
        self.hide()
        if item is None:
            return
        snippet: Snippet = item.data(Qt.ItemDataRole.UserRole)
        cursor = self._text.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(self._start, QTextCursor.MoveMode.KeepAnchor)
        before, caret, after = snippet.text.partition("|" if "| |" not in snippet.text else "\0")
        cursor.insertText(before + after)
        if caret:
            cursor.setPosition(cursor.position() - len(after))
        cursor.endEditBlock()
        self._text.setTextCursor(cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc belong to the list while it is open."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not self.isVisible() or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % max(1, self.count()))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.choose()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
