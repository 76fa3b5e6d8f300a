"""How publications and free slots are painted: a soft ground, an icon, the time, the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen

from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.publish import words
from journal_app.gui.theme import META, SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.gui.publish.shown import Free, Mark
    from journal_app.gui.theme import Theme

RADIUS = 5.0
SLIM, THIN = 76.0, 56.0  # px
ICON = 12
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


def clock(minute: int) -> str:
    """`09:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Pen:
    """Paints into one picture: fonts and scale are looked up once."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter, self.theme = painter, theme
        device = painter.device()
        self.scale = device.devicePixelRatioF() if device is not None else 1.0
        self.small, self.tiny = ui_font(SMALL, tabular=True), ui_font(META, tabular=True)
        self.strong = ui_font(SMALL, bold=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def text(self, area: QRectF, words: str, token: str, font: QFont | None = None) -> float:
        """One line that ends in an ellipsis where it does not fit; how wide it became."""
        used = self.small if font is None else font
        metrics = QFontMetrics(used)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        self.painter.setFont(used)
        self.painter.setPen(self.theme.color(token))
        self.painter.drawText(area, _LEFT, shown)
        return float(metrics.horizontalAdvance(shown))

    def icon(self, at: QPointF, name: str, token: str, size: int = ICON) -> None:
        """An icon with its corner at a point."""
        self.painter.drawPixmap(at, icons.pixmap(name, self.theme.color(token), size, self.scale))

    def item(self, area: QRectF, mark: Mark, *, chosen: bool, hover: bool) -> None:
        """A publication: in one line, or in two where there is room."""
        theme, painter = self.theme, self.painter
        face = words.face(mark.item)
        edge = "accent" if chosen else face.tone or "line"
        painter.setPen(QPen(theme.color(edge), 1.5 if chosen else 1.0))
        if not chosen and not hover:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{face.tone}-soft" if face.tone else "sunk"))
        painter.drawRoundedRect(area.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)
        line = min(area.height(), 19.0)
        top = area.top() + (0 if area.height() < 32 else 1)
        x, right = area.left() + 5, area.right() - 4
        middle = top + (line - ICON) / 2
        slim = area.height() >= 32 and area.width() < SLIM  # then the title has a line alone
        thin = slim and area.width() < THIN  # then the icon stands before the title
        if thin:
            x -= 1
        elif slim:
            self.icon(QPointF(area.right() - ICON - 3, middle), face.icon, face.token)
            x, right = x - 1, area.right() - ICON - 3
        else:
            self.icon(QPointF(x, middle), face.icon, face.token)
            x += ICON + 4
        wide = self.text(
            QRectF(x, top, max(0.0, right - x), line), clock(mark.minute), face.token, self.tiny
        )
        x += wide + 5
        if mark.item.edited and x + ICON < right:
            self.icon(QPointF(x, middle), "pencil", "stale")
            x += ICON + 4
        title = mark.item.title or tr("Untitled")
        if area.height() < 32:
            if right - x > 12:
                self.text(QRectF(x, top, right - x, line), title, "text")
            return
        metrics = QFontMetrics(self.tiny)
        for word in (face.word, face.short):
            if word and metrics.horizontalAdvance(word) <= right - x:
                self.text(QRectF(x, top, right - x, line), word, face.token, self.tiny)
                break
        below = QRectF(area.left() + 6, top + line - 2, area.width() - 10, line)
        if thin:
            spot = QPointF(below.left() - 2, below.top() + (line - ICON) / 2)
            self.icon(spot, face.icon, face.token)
            below.setLeft(below.left() + ICON + 1)
        self.text(below, title, "text")

    def free(self, area: QRectF, slot: Free, *, hover: bool) -> None:
        """A free slot: an outline that holds nothing."""
        pen = QPen(self.theme.color("text" if hover else "edge"), 1.0, Qt.PenStyle.DashLine)
        self.painter.setPen(pen)
        self.painter.setBrush(self.theme.color("hover" if hover else "surface"))
        self.painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        line = QRectF(area.left() + 6, area.top(), area.width() - 10, min(area.height(), 19.0))
        self.text(line, f"{clock(slot.minute)} {slot.target}", "faint", self.tiny)
        if area.height() >= 32:
            self.text(line.translated(0, 17), tr("free slot"), "faint", self.tiny)

    def more(self, area: QRectF, n: int, *, hover: bool) -> None:
        """How many more the day holds."""
        if hover:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.theme.color("hover"))
            self.painter.drawRoundedRect(area, RADIUS, RADIUS)
        said = tr("+{n} more", n=n)
        self.text(area.adjusted(6, 0, -2, 0), said, "text" if hover else "muted", self.tiny)

    def shade(self, area: QRectF) -> None:
        """The ground of a day without slots."""
        self.painter.fillRect(area, self.theme.color("sunk"))
        brush = QBrush(self.theme.color("line"), Qt.BrushStyle.BDiagPattern)
        self.painter.fillRect(area, brush)

    def closed(self, area: QRectF, name: str) -> None:
        """The name of a blackout, on a ground of its own so that it can be read."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color("sunk"))
        wide = QFontMetrics(self.tiny).horizontalAdvance(name) + 28
        box = QRectF(area.left(), area.top(), min(area.width(), wide), area.height())
        self.painter.drawRoundedRect(box, RADIUS, RADIUS)
        self.icon(
            QPointF(area.left() + 5, area.top() + (area.height() - ICON) / 2), "calendar-x", "muted"
        )
        self.text(area.adjusted(21, 0, -2, 0), name, "muted", self.tiny)
