"""What a writer has beside the keys: tables, carets, folds, outline, focus, spelling, counts.

One object of the editor pane; each feature is a module of its own and knows the text, not the pane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journal_app.domain import counting, editing
from journal_app.gui.editor.carets import Carets
from journal_app.gui.editor.code_ground import CodeGround
from journal_app.gui.editor.focus_mode import FocusMode
from journal_app.gui.editor.folding import Folding
from journal_app.gui.editor.outline_pane import OutlinePane
from journal_app.gui.editor.scroll_sync import ScrollSync
from journal_app.gui.editor.table_keys import TableKeys

if TYPE_CHECKING:
    from journal_app.domain.editing import Edit
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.editor.spelling import Spelling
    from journal_app.gui.editor.vim import VimKeys

COUNT_MS = 250
AT_ONCE = 20_000  # characters that are counted without a worker


@dataclass(frozen=True, slots=True)
class Counts:
    """How long the open text is, and what is selected of it."""

    words: int = 0
    characters: int = 0
    chosen_words: int = 0
    chosen_characters: int = 0


class Writing(QObject):
    """The writing features of one editor pane."""

    counted = Signal(Counts)

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.text = text = pane.page.text
        self.carets = Carets(text, pane.holder)
        self._ground = CodeGround(text, pane.holder)
        self.tables = TableKeys(text)
        self.folding = Folding(pane.page, pane.holder, pane.jobs)
        self.focus = FocusMode(pane.page, pane.holder)
        self.sync = ScrollSync(pane)
        self.outline = OutlinePane(text, pane)
        self.outline.hide()
        self.outline.jumped.connect(self.jump)
        self.outline.left.connect(text.setFocus)
        self.vim: VimKeys | None = None
        self.spelling: Spelling | None = None
        self._total = (0, 0)
        self._counter = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._counter.timeout.connect(self.count)
        self._chooser = QTimer(self, singleShot=True, interval=60)
        self._chooser.timeout.connect(self._tell)
        text.textChanged.connect(self._counter.start)
        text.selectionChanged.connect(self._chooser.start)

    # ------------------------------------------------------------------ settings

    def use(self, name: str, value: str) -> None:
        """Take a setting of the editor: `editor.keys` or `editor.spelling`."""
        if name == "editor.keys":
            if value == "vim" and self.vim is None:
                from journal_app.gui.editor.vim import VimKeys

                self.vim = VimKeys(self._pane)
            elif value != "vim" and self.vim is not None:
                self.vim.stop()
                self.vim = None
        elif name == "editor.spelling":
            if value != "off" and self.spelling is None:
                from journal_app.gui.editor.spelling import Spelling

                self.spelling = Spelling(self._pane)
            if self.spelling is not None:
                self.spelling.use(value)

    def stop(self) -> None:
        """The window closes: end what runs beside it, and what waits."""
        self._counter.stop()
        self._chooser.stop()
        self.folding.stop()
        self._pane.find_bar.stop()
        if self.spelling is not None:
            self.spelling.stop()

    # ------------------------------------------------------------------ editing

    def edit(self, make: Callable[[str, int, int], Edit | None]) -> bool:
        """Change the text at the selection as one step that can be undone."""
        self.carets.clear()
        text = self.text
        done = text.apply(make(text.text(), *text.selection()))
        self._pane.page.show_caret()
        return done

    def mark(self, mark: str) -> None:
        """Bold, italic, code, struck through: on or off."""
        self.edit(lambda text, anchor, caret: editing.toggle_mark(text, anchor, caret, mark))

    def jump(self, line: int) -> None:
        """Go to a line, which is shown at the top of the page."""
        self.folding.reveal(line)
        page = self._pane.page
        cursor = self.text.textCursor()
        block = self.text.document().findBlockByNumber(line)
        cursor.setPosition(block.position() + block.length() - 1)
        self.text.setTextCursor(cursor)
        if not self.focus.typewriter:
            top = page.verticalScrollBar().value() + page.caret_height()
            page.verticalScrollBar().setValue(top - 48)
        self.text.setFocus()

    def toggle_outline(self) -> None:
        """Show the outline and go there; hide it when one is in it."""
        if self.outline.isVisible() and self.outline.list.hasFocus():
            self.outline.hide()
            self.text.setFocus()
        else:
            self.outline.show()
            self.outline.ask()

    # ------------------------------------------------------------------ counts

    @Slot()
    def count(self) -> None:
        """Count the words of the open text, in a worker if it is long."""
        self._counter.stop()
        text, pane = self.text.text(), self._pane
        if pane.entry is None:
            self._counted(0, 0)
        elif len(text) < AT_ONCE:
            self._counted(counting.words(text), len(text))
        else:
            pane.jobs.submit(
                "io",
                lambda _context: counting.words(text),
                on_done=lambda words: self._counted(words, len(text)),
            )

    def _counted(self, words: int, characters: int) -> None:
        self._total = words, characters
        self._tell()

    @Slot()
    def _tell(self) -> None:
        cursor = self.text.textCursor()
        chosen = cursor.selectedText() if cursor.hasSelection() else ""
        words = counting.words(chosen) if len(chosen) < AT_ONCE else 0
        self.counted.emit(Counts(*self._total, words, len(chosen)))
