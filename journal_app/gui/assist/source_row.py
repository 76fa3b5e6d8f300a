"""A sentence of an answer, with its badge and the way back to where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from journal_app.gui.assist.cites import Cite
from journal_app.gui.assist.words import failures, origin_words
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import Chip, ElidedLabel, PressRow, label


class SourceRow(PressRow):
    """`whole`: the sentence as a part of the answer, with how it came to be; else one line."""

    clicked = Signal(object)  # Cite

    def __init__(
        self, cite: Cite, *, whole: bool, titled: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Sentence")
        self.cite = cite
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 1, 0, 1)
        rows.setSpacing(2)
        where = place_words(cite, titled=titled)
        if whole:
            rows.addWidget(label(cite.text, wrap=True))
        else:
            rows.addWidget(ElidedLabel(cite.source or cite.text))
        words, tone = origin_words(cite.origin, cite.failed)
        if whole and cite.origin != "extracted":
            rows.addWidget(Chip(words, tone))
        rows.addWidget(ElidedLabel(where, "meta"))
        lines = [failures(cite.failed)] if cite.failed else []
        if cite.entry_id:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            lines.append(tr("Show where this stands in the text"))
        self.setToolTip(tip("\n".join(lines)))
        self.setAccessibleName(f"{cite.text} ({where}; {words})")

    def ask(self) -> None:
        """Tell which source is meant."""
        if self.cite.entry_id:
            self.clicked.emit(self.cite)


def place_words(cite: Cite, *, titled: bool) -> str:
    """`from “Warmup”, line 3`."""
    title = cite.title or tr("Untitled")
    if not cite.line:
        return tr("from “{title}”", title=title) if cite.entry_id else ""
    if titled:
        return tr("from “{title}”, line {n}", title=title, n=cite.line)
    return tr("from line {n}", n=cite.line)


def rows_in(layout: QLayout) -> list[SourceRow]:
    """The rows of a layout, as they stand in it."""
    items = (layout.itemAt(n) for n in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return [widget for widget in widgets if isinstance(widget, SourceRow)]
