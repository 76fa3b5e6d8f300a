"""Parts of a thread as cards: the text, how long it is, its pictures with their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journal_app.gui.language import number, tr
from journal_app.gui.widgets import IconLabel, button, label

if TYPE_CHECKING:
    from journal_app.domain.digest import Part, Picture
    from journal_app.gui.theme import ThemeHolder

THICK, NEAR = 6, 0.9  # px; the share of the limit from which it is called nearly full


class LimitBar(QWidget):
    """How much of a part's limit is used. The numbers are said beside it."""

    def __init__(self, count: int, limit: int, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self._part = count / limit if limit else 0.0
        self.setFixedHeight(THICK)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = tr("{n} of {limit} characters", n=number(count), limit=number(limit))
        self.setAccessibleName(said)
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, THICK)

    @property
    def tone(self) -> str:
        """Fits, nearly full, too long."""
        return "fail" if self._part > 1 else "stale" if self._part >= NEAR else "pass"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._holder.theme
        painter.setBrush(theme.color("line"))
        whole = QRectF(0, 0, self.width(), THICK)
        painter.drawRoundedRect(whole, THICK / 2, THICK / 2)
        painter.setBrush(theme.color(self.tone))
        wide = max(float(THICK), self.width() * min(1.0, self._part))
        painter.drawRoundedRect(QRectF(0, 0, wide, THICK), THICK / 2, THICK / 2)
        painter.end()


class PartCard(QFrame):
    """One part of a thread; `copy` takes its text to the clipboard."""

    def __init__(
        self,
        part: Part,
        place: int,
        of: int,
        limit: int,
        holder: ThemeHolder,
        copy: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.part = part
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        name = tr("Part {n} of {total}", n=place, total=of) if of > 1 else tr("One message")
        head.addWidget(label(name, "heading"))
        self.bar = LimitBar(part.count, limit, holder)
        head.addWidget(self.bar, 1)
        counted = tr("{n} / {limit}", n=number(part.count), limit=number(limit))
        word = {"fail": tr("too long"), "stale": tr("nearly full")}.get(self.bar.tone, "")
        head.addWidget(label(f"{counted} · {word}" if word else counted, "meta"))
        self.copy = button(tr("Copy"), copy)
        self.copy.setAccessibleName(tr("Copy part {n}", n=place))
        head.addWidget(self.copy)
        rows.addLayout(head)
        text = label(part.text, wrap=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(name)
        rows.addWidget(text)
        for picture in part.pictures:
            rows.addWidget(_picture(picture, holder))


def _picture(picture: Picture, holder: ThemeHolder) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(IconLabel("image", holder, "muted", 14), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(picture.name or picture.file, "small", wrap=True))
    if picture.alt:
        words.addWidget(label(tr("Words: {alt}", alt=picture.alt), "meta", wrap=True))
    else:
        warned = QHBoxLayout()
        warned.setSpacing(6)
        warned.addWidget(IconLabel("triangle-alert", holder, "stale", 12))
        warned.addWidget(label(tr("No words for those who cannot see it"), "small"), 1)
        words.addLayout(warned)
    row.addLayout(words, 1)
    return made
