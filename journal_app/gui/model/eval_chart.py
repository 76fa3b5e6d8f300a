"""The chart of every run of the gate: facts carried with and without the pack, and the threshold.

Runs stand side by side in their order, so that two of one day stay apart; dates stand below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from journal_app.domain import model_gate
from journal_app.gui import dates
from journal_app.gui.announce import announce
from journal_app.gui.language import tr
from journal_app.gui.model import words
from journal_app.gui.plain import tip
from journal_app.gui.theme import META, SMALL, ui_font

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    from journal_app.gui.model.facts import Run
    from journal_app.gui.theme import Theme, ThemeHolder

HEIGHT = 264
LEFT, RIGHT, TOP, BOTTOM = 48, 20, 60, 28  # px around the plot
MARK = 5.0  # half the size of a mark
WITH, WITHOUT = "fact_recall", "fact_recall_extractive"
STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)  # between two lines of the grid


class EvalChart(QWidget):
    """`chosen` carries the place of a run. Arrows, Home and End move; the pointer shows figures."""

    chosen = Signal(int)

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self._runs: list[Run] = []
        self._now = 0
        self._at = -1
        self._hover = -1
        self._by_key = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Facts carried, run by run"))
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(640, HEIGHT)

    def show_runs(self, runs: Sequence[Run], now: int) -> None:
        """Show these runs, the oldest first; `now` in milliseconds, for the dates."""
        self._runs, self._now = list(runs), now
        self._hover = -1
        self.choose(len(self._runs) - 1)

    def choose(self, place: int) -> None:
        """Choose a run without telling it back."""
        self._at = place if 0 <= place < len(self._runs) else -1
        self.setAccessibleDescription(self.said(self._at))
        self.update()

    def said(self, place: int) -> str:
        """A run in words, as the pointer and a screen reader get it."""
        if not 0 <= place < len(self._runs):
            return ""
        run = self._runs[place]
        record = run.record
        lines = [
            f"{record.identity.pack}, {dates.due_when(record.at, self._now)}",
            tr("Passed") if record.passed else tr("Did not pass"),
        ]
        for name in (WITH, WITHOUT):
            metric = model_gate.BY_NAME[name]
            told = words.figure(metric, record.results.get(name))
            lines.append(f"{words.metric_label(metric)}: {told}")
        lines += [tr("Drift: {what}", what=one) for one in run.drift]
        if run.changed:
            lines.append(tr("Since the run before: {what}", what=", ".join(run.changed)))
        return "\n".join(lines)

    # ------------------------------------------------------------------ places

    def _plot(self) -> QRectF:
        return QRectF(LEFT, TOP, max(40, self.width() - LEFT - RIGHT), HEIGHT - TOP - BOTTOM)

    def _x(self, place: int) -> float:
        plot = self._plot()
        return plot.left() + (place + 0.5) * plot.width() / max(1, len(self._runs))

    def _range(self) -> tuple[float, float]:
        """The lowest and highest value shown: whole lines of the grid around all values."""
        values = [
            value
            for run in self._runs
            for value in (
                run.record.results.get(WITH),
                run.record.results.get(WITHOUT),
                run.record.thresholds.get(WITH),
            )
            if value is not None
        ]
        low, high = min(values, default=0.0), max(values, default=1.0)
        low = max(0.0, math.floor((low - 0.01) * 20) / 20)
        high = min(1.0, math.ceil((high + 0.01) * 20) / 20)
        return low, high if high > low else low + 0.05

    def _y(self, value: float) -> float:
        plot = self._plot()
        low, high = self._range()
        return plot.bottom() - (value - low) / (high - low) * plot.height()

    def _near(self, x: float) -> int:
        if not self._runs:
            return -1
        plot = self._plot()
        place = int((x - plot.left()) / plot.width() * len(self._runs))
        return max(0, min(place, len(self._runs) - 1))

    # ------------------------------------------------------------------ drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, threshold, both lines, marks, legend, focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._holder.theme
        painter.setFont(ui_font(META, tabular=True))
        if self._runs:
            self._grid(painter, theme)
            self._ground(painter, theme)
            self._threshold(painter, theme)
            self._line(painter, theme, WITHOUT)
            self._line(painter, theme, WITH)
            self._marks(painter, theme)
            self._dates(painter, theme)
        self._legend(painter, theme)
        if self.hasFocus() and self._by_key:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _grid(self, painter: QPainter, theme: Theme) -> None:
        low, high = self._range()
        step = next((one for one in STEPS if (high - low) / one <= 5), 0.5)
        value = -(-low // step) * step
        plot = self._plot()
        right = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
        while value <= high + 1e-9:
            y = self._y(value)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(0, y - 8, LEFT - 8, 16), right, words.percent(value))
            value += step

    def _ground(self, painter: QPainter, theme: Theme) -> None:
        """The chosen run stands on a soft ground, the one under the pointer on a fainter."""
        plot = self._plot()
        width = min(36.0, plot.width() / max(1, len(self._runs)))
        for place, token in ((self._hover, "hover"), (self._at, "selection")):
            if place >= 0:
                area = QRectF(self._x(place) - width / 2, plot.top(), width, plot.height())
                painter.fillRect(area, theme.color(token))

    def _threshold(self, painter: QPainter, theme: Theme) -> None:
        """The least share asked, as it was at each run."""
        bounds = [run.record.thresholds.get(WITH) for run in self._runs]
        pen = QPen(theme.color("stale"), 1.5, Qt.PenStyle.DashLine)
        plot = self._plot()
        half = plot.width() / max(1, len(self._runs)) / 2
        painter.setPen(pen)
        for place, bound in enumerate(bounds):
            if bound is not None:
                y, x = self._y(bound), self._x(place)
                painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))

    def _line(self, painter: QPainter, theme: Theme, name: str) -> None:
        own = name == WITH
        pen = QPen(theme.color("accent" if own else "muted"), 2 if own else 1.5)
        if not own:
            pen.setStyle(Qt.PenStyle.DotLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        path, drawing, pack = QPainterPath(), False, ""
        for place, run in enumerate(self._runs):
            value = run.record.results.get(name)
            if value is None or run.record.identity.pack != pack:
                drawing = False
            pack = run.record.identity.pack
            if value is None:
                continue
            at = QPointF(self._x(place), self._y(value))
            if drawing:
                path.lineTo(at)
            else:
                path.moveTo(at)
            drawing = True
            if not own:  # a single run has no line: its dot shows it
                path.addEllipse(at, 0.6, 0.6)
                path.moveTo(at)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _marks(self, painter: QPainter, theme: Theme) -> None:
        for place, run in enumerate(self._runs):
            value = run.record.results.get(WITH)
            if value is None:
                continue
            at = QPointF(self._x(place), self._y(value))
            mark(painter, theme, at, passed=run.record.passed)
            if run.drift:
                drift_mark(painter, theme, QPointF(at.x(), at.y() - 15))

    def _dates(self, painter: QPainter, theme: Theme) -> None:
        """The date of a run below it, as often as there is room."""
        metrics = QFontMetrics(painter.font())
        plot = self._plot()
        free = -1.0
        painter.setPen(theme.color("muted"))
        for place, run in enumerate(self._runs):
            text = dates.short_when(run.record.at, self._now)
            wide = metrics.horizontalAdvance(text)
            x = max(plot.left(), min(self._x(place) - wide / 2, self.width() - wide - 2.0))
            if x > free:
                area = QRectF(x, plot.bottom() + 8, wide + 2, 16)
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft.value, text)
                free = x + wide + 16

    def _legend(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(ui_font(SMALL))
        metrics = QFontMetrics(painter.font())
        x, y = float(LEFT), 12.0
        for kind, text in (
            ("with", tr("With the pack")),
            ("without", tr("Without it")),
            ("threshold", tr("Asked by the gate")),
            ("pass", tr("Passed")),
            ("fail", tr("Did not pass")),
            ("drift", tr("Drift")),
        ):
            wide = metrics.horizontalAdvance(text)
            if x > LEFT and x + 24 + wide > self.width():
                x, y = float(LEFT), y + 20
            _key(painter, theme, kind, QPointF(x + 9, y))
            painter.setPen(theme.color("muted"))
            area = QRectF(x + 24, y - 9, wide + 4, 18)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter.value, text)
            x += wide + 40

    # ------------------------------------------------------------------ pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the figures of the run under the pointer."""
        inside = self._plot().contains(event.position())
        place = self._near(event.position().x()) if inside else -1
        if place != self._hover:
            self._hover = place
            self.update()
            if place >= 0:
                QToolTip.showText(event.globalPosition().toPoint(), tip(self.said(place)), self)
            else:
                QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a run."""
        if event.button() == Qt.MouseButton.LeftButton and self._runs:
            self._go(self._near(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move along the runs."""
        last = len(self._runs) - 1
        moves = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in moves and last >= 0:
            self._by_key = True
            self._go(max(0, min(moves[key], last)))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows only where the keyboard brought the focus."""
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def _go(self, place: int) -> None:
        if place != self._at:
            self.choose(place)
            announce(self, self.said(place))
            self.chosen.emit(place)


def mark(painter: QPainter, theme: Theme, at: QPointF, *, passed: bool) -> None:
    """A disc for a run that passed, a cross for one that did not."""
    if passed:
        painter.setPen(QPen(theme.color("surface"), 1.5))
        painter.setBrush(theme.color("pass"))
        painter.drawEllipse(at, MARK, MARK)
        return
    for token, wide in (("surface", 5.0), ("fail", 2.2)):
        pen = QPen(theme.color(token), wide)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        arm = MARK - 1
        painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
        painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))


def drift_mark(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """A triangle that points down: the run fell."""
    path = QPainterPath(at + QPointF(-MARK, -4))
    path.lineTo(at + QPointF(MARK, -4))
    path.lineTo(at + QPointF(0, MARK))
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("stale"))
    painter.drawPath(path)


def _key(painter: QPainter, theme: Theme, kind: str, at: QPointF) -> None:
    """The picture of a line of the legend."""
    if kind in ("pass", "fail"):
        mark(painter, theme, at, passed=kind == "pass")
        return
    if kind == "drift":
        drift_mark(painter, theme, at)
        return
    token, wide, style = {
        "with": ("accent", 2.0, Qt.PenStyle.SolidLine),
        "without": ("muted", 1.5, Qt.PenStyle.DotLine),
        "threshold": ("stale", 1.5, Qt.PenStyle.DashLine),
    }[kind]
    painter.setPen(QPen(theme.color(token), wide, style))
    painter.drawLine(at + QPointF(-9, 0), at + QPointF(9, 0))
