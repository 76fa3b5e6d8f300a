"""Find words in the open entry: below the bar, gone with Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from journal_app.gui.page import Page
from journal_app.gui.widgets import button, label


class FindBar(QFrame):
    """Selects what it finds, round and round; Enter goes on, Shift+Enter goes back."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.setProperty("role", "bar")
        self.field = QLineEdit()
        self.field.setAccessibleName("Find in this entry")
        self.field.setPlaceholderText("Find in this entry")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.state = label("", "muted")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.state)
        row.addWidget(button("Previous", lambda: self.go(back=True), tip="Shift+Enter"))
        row.addWidget(button("Next", self.go, tip="Enter"))
        row.addWidget(button("Close", self.leave, tip="Esc"))
        self.hide()

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self._row.setContentsMargins(16, 7, 16 + pixels, 7)

    def ask(self) -> None:
        """Show it; a selection of the text is what is looked for."""
        chosen = self._page.text.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def leave(self) -> None:
        """Go back to the text, where the found words stay selected."""
        self.hide()
        self._page.text.setFocus()

    @Slot(str)
    def _typed(self, _words: str) -> None:
        cursor = self._page.text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._page.text.setTextCursor(cursor)
        self.go()

    def go(self, *, back: bool = False) -> None:
        """Select the next place, or the one before."""
        words, text = self.field.text(), self._page.text
        count = text.text().lower().count(words.lower()) if words else 0
        self.state.setText("" if not words else f"{count:,} found" if count else "Not found")
        if not count:
            return
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if not text.find(words, flags):
            cursor = text.textCursor()
            end = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
            cursor.movePosition(end)
            text.setTextCursor(cursor)
            text.find(words, flags)
        self._page.show_caret()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Shift+Enter, Esc."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
