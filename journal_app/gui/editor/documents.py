"""One document per entry, so that undo never crosses from one entry into another.

Invariants: a document shows exactly one entry as long as it lives; it is shown again, with its undo
and its caret, only while its text is the entry's; else a new one is made.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

from journal_app.gui.editor.highlighter import MarkdownHighlighter
from journal_app.gui.editor.text_area import MarkdownEdit, fill, raw_text

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

KEPT = 12
LONGEST = 200_000  # characters: the layout of a longer text takes memory that nobody pays twice


@dataclass(slots=True)
class Kept:
    """A document with what belongs to it."""

    document: QTextDocument
    highlighter: MarkdownHighlighter
    caret: tuple[int, int] = (0, 0)  # anchor, position
    place: int = 0  # of the page's scroll bar


class Documents(QObject):
    """The documents of the entries that were open lately, in one editor."""

    def __init__(self, text: MarkdownEdit, holder: ThemeHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self._holder = holder
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._id: str | None = None
        self._first = self._made("")  # shown until an entry is open
        text.show_document(self._first.document)  # the widget's own dies when it is not shown

    @property
    def shown(self) -> Kept:
        """What the editor shows."""
        return self._first if self._id is None else self._kept[self._id]

    def open(self, id: str, body: str, place: int) -> Kept:
        """Show the text of an entry; `place` is where the page was scrolled to until now."""
        before = self.shown
        cursor = self._text.textCursor()
        before.caret, before.place = (cursor.anchor(), cursor.position()), place
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        kept = self._kept.get(id)
        if kept is None:
            kept = self._kept[id] = self._made(body)
        elif raw_text(kept.document) != body:
            fill(kept.document, body)
            kept.highlighter.start()
            kept.caret, kept.place = (0, 0), 0
        self._kept.move_to_end(id)
        self._id = id
        self._text.show_document(kept.document)
        kept.highlighter.set_theme(self._holder.theme)
        last = max(0, kept.document.characterCount() - 1)
        cursor = self._text.textCursor()
        cursor.setPosition(min(kept.caret[0], last))
        cursor.setPosition(min(kept.caret[1], last), QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)
        self._drop_old()
        return kept

    def renamed(self, id: str, new: str) -> None:
        """What is written on is another entry from now on (a copy after a clash)."""
        kept = self._kept.pop(id, None)
        if kept is not None:
            self._forget(new)
            self._kept[new] = kept
            if self._id == id:
                self._id = new

    def _made(self, body: str) -> Kept:
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._text.font())
        fill(document, body)
        return Kept(document, MarkdownHighlighter(document, self._holder.theme))

    def _drop_old(self) -> None:
        for id in list(self._kept):
            long = self._kept[id].document.characterCount() > LONGEST
            if id != self._id and (long or len(self._kept) > KEPT):
                self._forget(id)

    def _forget(self, id: str) -> None:
        kept = self._kept.pop(id, None)
        if kept is not None:
            kept.document.deleteLater()
