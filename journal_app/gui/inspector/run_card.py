"""A run inside an entry: name, status, where it comes from, its numbers, its main curve."""

from __future__ import annotations

import math
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from journal_app.domain.runcards import RunCard, when_text
from journal_app.gui import vocabulary
from journal_app.gui.language import number, tr
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme, ThemeHolder

HEIGHT = 110
CHART = 240
TONES = {
    "finished": "pass",
    "running": "info",
    "failed": "fail",
    "crashed": "fail",
    "killed": "fail",
}


def local_zone() -> tzinfo:
    """This computer's zone."""
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


def status_tone(status: str) -> str:
    """The colour token of a run's status; 'muted' where nothing is known."""
    return TONES.get(status, "muted")


def source_line(card: RunCard) -> str:
    """Where the run comes from, when it ran, how much is known of it."""
    parts = [card.source]
    if card.started_at is not None:
        parts.append(when_text(card.started_at, card.clock, local_zone()))
    if card.n_evals:
        parts.append(vocabulary.evals(card.n_evals))
    if not card.complete:
        parts.append(tr("record breaks off"))
    return " · ".join(parts)


def card_text(card: RunCard) -> str:
    """The card in words, for screen readers and as alternative text."""
    numbers = ", ".join(f"{head.label} {head.value}" for head in card.headlines)
    return (
        tr("Run {name}, {status}.", name=card.name, status=said(card.status))
        + f" {source_line(card)}. {numbers}".rstrip(" .")
        + "."
    )


def paint_card(painter: QPainter, area: QRectF, card: RunCard, theme: Theme, font: QFont) -> None:
    """Draw the card into `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
    inner = area.adjusted(14, 12, -14, -12)
    width = inner.width()
    chart = CHART if width >= 560 else 160 if width >= 380 else 104 if width >= 290 else 0
    if not card.curve:
        chart = 0
    left = inner.adjusted(0, 0, -(chart + 14) if chart else 0, 0)

    bold = _font(font, 13, QFont.Weight.DemiBold)
    small = _font(font, 11)
    plain = _font(font, 13)
    big = _font(font, 17, QFont.Weight.DemiBold)
    big.setFeature(QFont.Tag("tnum"), 1)

    tone = status_tone(card.status)
    chip_width = QFontMetrics(small).horizontalAdvance(said(card.status)) + 16
    name_room = left.width() - chip_width - 8
    name = QFontMetrics(bold).elidedText(
        card.name, Qt.TextElideMode.ElideMiddle, max(40, int(name_room))
    )
    _text(painter, bold, theme.color("text"), QRectF(left.x(), left.y(), name_room, 20), name)
    chip_x = left.x() + QFontMetrics(bold).horizontalAdvance(name) + 8
    chip = QRectF(chip_x, left.y() + 1, chip_width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunk" if tone == "muted" else f"{tone}-soft"))
    painter.drawRoundedRect(chip, 9, 9)
    _text(painter, small, theme.color(tone), chip, said(card.status), Qt.AlignmentFlag.AlignCenter)

    line = QFontMetrics(plain).elidedText(
        source_line(card), Qt.TextElideMode.ElideRight, int(left.width())
    )
    row = QRectF(left.x(), left.y() + 20, left.width(), 19)
    _text(painter, plain, theme.color("muted"), row, line)
    _numbers(painter, QRectF(left.x(), left.y() + 44, left.width(), 42), card, theme, plain, big)
    if chart:
        _curve(
            painter,
            QRectF(inner.right() - chart, inner.top(), chart, inner.height()),
            card,
            theme,
            small,
        )


def _numbers(
    painter: QPainter, area: QRectF, card: RunCard, theme: Theme, plain: QFont, big: QFont
) -> None:
    x = area.x()
    for head in card.headlines[:4]:
        need = max(
            QFontMetrics(plain).horizontalAdvance(head.label),
            QFontMetrics(big).horizontalAdvance(head.value),
        )
        room = area.right() - x
        if room < 48 or (x > area.x() and need > room):
            return
        width = min(need, room, 180)
        label = QFontMetrics(plain).elidedText(
            head.label, Qt.TextElideMode.ElideMiddle, int(width) + 1
        )
        _text(painter, plain, theme.color("muted"), QRectF(x, area.y(), width + 2, 18), label)
        value = QFontMetrics(big).elidedText(
            head.value, Qt.TextElideMode.ElideRight, int(width) + 1
        )
        _text(painter, big, theme.color("text"), QRectF(x, area.y() + 18, width + 2, 24), value)
        x += width + 20


def _curve(painter: QPainter, area: QRectF, card: RunCard, theme: Theme, small: QFont) -> None:
    """The main curve over its steps, low to high; gaps where a value is no number."""
    values = [p.value for p in card.curve if p.value is not None and math.isfinite(p.value)]
    plot = area.adjusted(2, 4, -2, -18)
    painter.setPen(QPen(theme.color("line"), 1))
    base = plot.bottom() + 3
    painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base))
    steps = QRectF(area.left(), base + 1, area.width(), 14)
    _text(painter, small, theme.color("muted"), steps, card.curve_label)
    last = tr("step {n}", n=number(int(card.curve[-1].step)))
    _text(painter, small, theme.color("muted"), steps, last, Qt.AlignmentFlag.AlignRight)
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    first, end = card.curve[0].step, card.curve[-1].step
    path = QPainterPath()
    drawing = False
    for point in card.curve:
        if point.value is None or not math.isfinite(point.value):
            drawing = False
            continue
        u = (point.step - first) / (end - first) if end > first else 0.5
        v = (point.value / 2 - low / 2) / (high / 2 - low / 2) if high > low else 0.5
        at = QPointF(plot.left() + u * plot.width(), plot.bottom() - v * plot.height())
        if drawing:
            path.lineTo(at)
        else:
            path.moveTo(at)
        drawing = True
    pen = QPen(theme.color("accent"), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _font(base: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _text(
    painter: QPainter,
    font: QFont,
    colour: QColor,
    area: QRectF,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    flags = Qt.AlignmentFlag.AlignVCenter | align
    painter.drawText(area, flags.value | Qt.TextFlag.TextSingleLine.value, text)


def card_pixmap(card: RunCard, width: int, theme: Theme, font: QFont, ratio: float) -> QPixmap:
    """The card as a picture `width` logical pixels wide."""
    pixmap = QPixmap(round(width * ratio), round(HEIGHT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_card(painter, QRectF(0, 0, width, HEIGHT), card, theme, font)
    painter.end()
    return pixmap


class RunCardView(QWidget):
    """The card as a widget; a click or Enter opens the run."""

    opened = Signal(str)

    def __init__(self, card: RunCard, holder: ThemeHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("RunCard")
        self.card = card
        self._holder = holder
        self.setAccessibleName(card_text(card))
        self.setToolTip(tr("Open this run"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as the text, 110 pixels high."""
        return QSize(560, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and, where the keyboard is, the focus ring."""
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), self.card, self._holder.theme, self.font())
        if self.hasFocus():
            painter.setPen(QPen(self._holder.theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(QRect(self.rect())).adjusted(1, 1, -1, -1), 9, 9)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the run."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit(self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens the run."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.card.id)
        else:
            super().keyPressEvent(event)
