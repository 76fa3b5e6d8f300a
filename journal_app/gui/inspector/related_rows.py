"""The lines of the Related panel: an entry with the passage that hangs it together with the open
one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.theme import SMALL, ThemeHolder, ui_font
from journal_app.gui.widgets import IconLabel, button, label

if TYPE_CHECKING:
    from journal_app.domain.links import Passage

LINES = 2  # of a passage
INDENT = 28  # under the title, beside the icon


class PassageLabel(QLabel):
    """At most two lines of a passage, with the place in it in bold."""

    def __init__(self, passage: Passage) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(True)
        self.setProperty("role", "small")
        self.setFont(QFont(ui_font(SMALL)))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        text, start, end = passage.text, passage.start, passage.end
        start = max(start, 0)
        # Escaped by hand: the passage may come from anywhere, the two tags are ours.
        self.setText(f"{escape(text[:start])}<b>{escape(text[start:end])}</b>{escape(text[end:])}")
        self.setAccessibleName(text)
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        """As high as two lines."""
        return QSize(120, min(self._wanted(), LINES * self.fontMetrics().lineSpacing() + 2))

    def _wanted(self) -> int:
        width = max(60, self.width())
        return self.heightForWidth(width) if self.hasHeightForWidth() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        height = self.sizeHint().height()
        if self.height() != height:
            self.setFixedHeight(height)


class TitleLink(QWidget):
    """An icon and a title that opens something, elided to the room there is; a small text or
    button may follow."""

    def __init__(
        self,
        icon: str,
        title: str,
        how: str,
        open_it: Callable[[], object],
        holder: ThemeHolder,
        *,
        said: str = "",
        more: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._title = title or tr("Untitled")
        self.setProperty("role", "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, holder))
        self._button = button("", open_it, "link", tip=f"{self._title}\n{how}".strip())
        self._button.setAccessibleName(", ".join(filter(None, (said, self._title, how))))
        self._button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._button.setText(self._title)
        row.addWidget(self._button, 1)
        if more is not None:
            row.addWidget(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the title as fits."""
        super().resizeEvent(event)
        room = self._button.width() - 12  # border and padding of the style sheet, and 2 of air
        metrics = self._button.fontMetrics()
        self._button.setText(metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room))


def passage_row(passage: Passage) -> QWidget:
    """A passage under the title of its entry."""
    holder = QWidget()
    holder.setProperty("role", "clear")
    row = QHBoxLayout(holder)
    row.setContentsMargins(INDENT, 0, 0, 2)
    row.addWidget(PassageLabel(passage))
    return holder


def section(body: QVBoxLayout, name: str) -> None:
    """The heading of a part of the panel."""
    if body.count():
        body.addSpacing(8)
    body.addWidget(label(name, "small"))
