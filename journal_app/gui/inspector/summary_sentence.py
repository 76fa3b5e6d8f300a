"""One sentence of a summary, with the way back to where it stands in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal_app.gui.assist.words import failures, origin_words
from journal_app.gui.language import tr, trn
from journal_app.gui.plain import tip
from journal_app.gui.widgets import Chip, ElidedLabel, PressRow, label

if TYPE_CHECKING:
    from journal_app.domain.summarize import SummarySentence


class SentenceView(PressRow):
    """One sentence with an accent bar; a click or Enter shows where it stands in the text."""

    clicked = Signal(int, int)

    def __init__(self, sentence: SummarySentence, body: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Sentence")
        self.sentence = sentence
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words, tone = origin_words(sentence.origin, sentence.failed)
        where = source_text(sentence, body)
        way = tr("Show where this stands in the text")
        self.setToolTip(tip("\n".join([*filter(None, [failures(sentence.failed)]), way])))
        self.setAccessibleName(tr("Summary sentence: {text}", text=f"{sentence.text} ({words})"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(label(sentence.text, wrap=True))
        if tone:
            rows.addWidget(Chip(words, tone))
            rows.addWidget(ElidedLabel(where, "meta"))
        else:
            rows.addWidget(label(" · ".join(part for part in (where, words) if part), "meta"))

    def ask(self) -> None:
        """Tell where the first source stands."""
        if self.sentence.sources:
            source = self.sentence.sources[0]
            self.clicked.emit(source.start, source.end)


def source_text(sentence: SummarySentence, body: str) -> str:
    """`from line 3`: where in the text a sentence was taken from."""
    lines = sorted({body.count("\n", 0, source.start) + 1 for source in sentence.sources})
    if not lines:
        return ""
    named = ", ".join(map(str, lines))
    return trn("from line {lines}|from lines {lines}", len(lines), lines=named)
