"""Vim keys in the editor: tells key events to domain/vim.py and shows what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

from journal_app.domain.vim import Outcome, Vim
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.editor.pane import EditorPane

_NAMES = {
    Qt.Key.Key_Escape: "<Esc>",
    Qt.Key.Key_Return: "<CR>",
    Qt.Key.Key_Enter: "<CR>",
    Qt.Key.Key_Backspace: "<BS>",
    Qt.Key.Key_Left: "<Left>",
    Qt.Key.Key_Right: "<Right>",
    Qt.Key.Key_Up: "<Up>",
    Qt.Key.Key_Down: "<Down>",
    Qt.Key.Key_Home: "<Home>",
    Qt.Key.Key_End: "<End>",
    Qt.Key.Key_Delete: "x",
}


class VimKeys(QObject):
    """The keys of one editor while the setting `editor.keys` is `vim`."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane, self._text = pane, pane.page.text
        self.vim = Vim()
        self._wide = self._text.cursorWidth()
        self._caret = 0  # the moving end in visual mode
        self._text.key_handlers.insert(0, self._press)
        self._text.installEventFilter(self)
        self._text.document_changed.connect(self._fresh)
        self._text.clicked.connect(self._fresh)
        self._show()

    def stop(self) -> None:
        """Give the keys back."""
        self._text.key_handlers.remove(self._press)
        self._text.removeEventFilter(self)
        self._text.setCursorWidth(self._wide)
        self._pane.bar.show_mode("")
        self.deleteLater()

    @Slot()
    def _fresh(self) -> None:
        if self.vim.mode != "insert":
            self.vim.mode = "normal"
            self.vim.pending = ""
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+R is redo here, before any action of the window; Esc ends insert mode."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            redo = _name(event) == "<C-r>" and self.vim.mode != "insert"
            if redo or (event.key() == Qt.Key.Key_Escape and self._busy()):
                event.accept()
                return True
        return False

    def _busy(self) -> bool:
        return self.vim.mode != "normal" or bool(self.vim.pending)

    def _press(self, event: QKeyEvent) -> bool:
        name = _name(event)
        if name is None:
            return False
        if name == "<Esc>" and not self._busy():
            return False
        text = self._text.text()
        selecting = self.vim.mode.startswith("visual")
        caret = self._caret if selecting else self._text.offset()
        if selecting and not self.vim.pending and name in ("d", "x", "c", "s", "y"):
            outcome = self.vim.operate_on_selection(name, text, caret)
        else:
            outcome = self.vim.press(name, text, caret)
        if not outcome.taken:
            return False
        self._take(text, outcome)
        self._show()
        return True

    def _take(self, before: str, outcome: Outcome) -> None:
        text = self._text
        if outcome.text != before:
            text.replace([(0, len(before), outcome.text)])
        self._caret = outcome.caret
        if self.vim.mode.startswith("visual"):
            start, end = self.vim.selection(outcome.text, outcome.caret)
            text.select_span(start, end)
        elif outcome.command in ("undo", "redo"):
            (text.undo if outcome.command == "undo" else text.redo)()
        else:
            text.select(outcome.caret, outcome.caret)
        self._pane.page.show_caret()
        bar = self._pane.find_bar
        if outcome.command == "find":
            bar.ask()
        elif outcome.command in ("next", "previous"):
            bar.go(back=outcome.command == "previous")
        elif outcome.command == "write":
            self._pane.flush(lambda _ok: None)
        elif outcome.command == "quit":
            self._pane.flush(lambda _ok: None)
            self._pane.quit_asked.emit()

    def _show(self) -> None:
        mode = self.vim.mode
        names = {
            "normal": tr("NORMAL"),
            "insert": tr("INSERT"),
            "visual": tr("VISUAL"),
            "visual-line": tr("VISUAL LINE"),
        }
        self._pane.bar.show_mode(f"{names[mode]}  {self.vim.pending}".strip())
        width = self._text.fontMetrics().averageCharWidth()
        self._text.setCursorWidth(self._wide if mode == "insert" else width)


def _name(event: QKeyEvent) -> str | None:
    """A key event in Vim's words; None for one that Vim leaves alone."""
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
    if control and not alt:
        return "<C-r>" if event.key() == Qt.Key.Key_R else None
    if event.key() in _NAMES and not alt:
        return _NAMES[Qt.Key(event.key())]
    typed = event.text()
    return typed if len(typed) == 1 and typed.isprintable() else None
