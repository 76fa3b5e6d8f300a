"""A bar that shows what share of a model runs on its device, and what is left to the CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from journal_app.gui.language import tr
from journal_app.gui.model import words
from journal_app.gui.theme import SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

HEIGHT, THICK, HEAD, FOOT = 22, 8, 64, 52  # px


class ShareBar(QWidget):
    """`name`, the bar, the share in words. What is left over is hatched: not colour alone."""

    def __init__(self, holder: ThemeHolder, name: str, kind: str, part: float) -> None:
        super().__init__()
        self._holder, self._name, self._kind = holder, name, kind
        self._part = max(0.0, min(1.0, part))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = tr("{name}: {share} on the {kind}", name=name, share=words.percent(part), kind=kind)
        if part < 1 and kind != "CPU":
            told = tr("{told}, the rest on the CPU", told=told)
        self.setAccessibleName(told)
        self.setToolTip(told)
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, bar and share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._holder.theme
        font = ui_font(SMALL, tabular=True)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        head = max(HEAD, metrics.horizontalAdvance(self._name) + 12)
        painter.setPen(theme.color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, head, HEIGHT), middle.value, self._name)
        painter.setPen(theme.color("text"))
        share = QRectF(self.width() - FOOT, 0, FOOT, HEIGHT)
        right = (middle | Qt.AlignmentFlag.AlignRight).value
        painter.drawText(share, right, words.percent(self._part))
        place = QRectF(head, (HEIGHT - THICK) / 2, max(20, self.width() - head - FOOT), THICK)
        shape = QPainterPath()
        shape.addRoundedRect(place, THICK / 2, THICK / 2)
        painter.setClipPath(shape)
        painter.fillRect(place, theme.color("sunk"))
        painter.setPen(QPen(theme.color("edge"), 1))
        x = place.left() + place.width() * self._part
        at = x
        while at < place.right() + THICK:
            painter.drawLine(
                round(at), round(place.bottom()), round(at + THICK), round(place.top())
            )
            at += 5
        done = QRectF(place.left(), place.top(), x - place.left(), THICK)
        painter.fillRect(done, theme.color("info" if self._kind == "CPU" else "pass"))
        painter.end()
