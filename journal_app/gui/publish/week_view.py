"""A week by the hour: seven columns, publications at their time, side by side where they meet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent

from journal_app.gui.language import locale, tr
from journal_app.gui.publish import words
from journal_app.gui.publish.days import Box, Spot
from journal_app.gui.publish.grid import Grid
from journal_app.gui.publish.pills import Pen, clock
from journal_app.gui.publish.shown import Free, Mark, clamp, week_number
from journal_app.gui.theme import META, ui_font

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

HOURS, HOUR = 52.0, 48.0  # px: the hours at the left, one hour
HEAD, CLOSED = 38.0, 22.0  # px: the names of the days, and below them of closed days
BLOCK = 37.0  # px: the height of a publication
SNAP = 15  # minutes that a drop falls onto
SIDE = 42.0  # px: the least width of one of two that meet
MOST = 3  # that stand side by side
_CENTRE = Qt.AlignmentFlag.AlignCenter.value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


class WeekView(Grid):
    """Scrolls over the hours of the day; the names of the days stay."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__(holder, tr("Week"))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.forget())
        self.verticalScrollBar().setSingleStep(24)
        self._placed = False

    # ------------------------------------------------------------------ places

    @property
    def head(self) -> float:
        """The height of what stands above the hours."""
        closed = any(day.closed for day in self.shown.days.values())
        return HEAD + CLOSED if closed else HEAD

    @property
    def _top(self) -> float:
        """Where midnight lies in the picture."""
        return self.head - self.verticalScrollBar().value()

    def column(self, n: int) -> tuple[float, float]:
        """Left and width of the n-th day."""
        wide = (self.viewport().width() - HOURS) / 7
        left, right = round(HOURS + n * wide), round(HOURS + (n + 1) * wide)
        return left, right - left

    def y_of(self, minute: int) -> float:
        """Where a minute of the day lies."""
        return self._top + minute / 60 * HOUR

    def spot_at(self, at: QPointF) -> Spot | None:
        """The day and the quarter of an hour at a point; above the hours only the day."""
        width = self.viewport().width()
        if not HOURS <= at.x() < width or not 0 <= at.y() < self.viewport().height():
            return None
        day = self.shown.first + timedelta(days=min(6, int((at.x() - HOURS) / (width - HOURS) * 7)))
        if at.y() < self.head:
            return Spot(day)
        minute = int((at.y() - self._top) / HOUR * 60) // SNAP * SNAP
        return Spot(day, max(0, min(minute, 24 * 60 - SNAP)))

    def layout_boxes(self) -> list[Box]:
        """Every publication and free slot; what meets stands side by side."""
        found: list[Box] = []
        for n in range(7):
            day = self.shown.first + timedelta(days=n)
            held = self.shown.day(day)
            both: list[Mark | Free] = [*held.marks, *held.free]
            things = sorted(both, key=lambda one: one.minute)
            group: list[Mark | Free] = []
            for one in things:
                if group and self.y_of(one.minute) >= self.y_of(group[-1].minute) + BLOCK:
                    found += self._side_by_side(group, n, day)
                    group = []
                group.append(one)
            found += self._side_by_side(group, n, day)
        return found

    def _side_by_side(self, group: list[Mark | Free], n: int, day: date) -> list[Box]:
        """Those that meet: each in the first lane that is free there."""
        if not group:
            return []
        left, wide = self.column(n)
        left, wide = left + 3, wide - 6
        lanes: list[float] = []
        places: list[int] = []
        for one in group:
            y = self.y_of(one.minute)
            lane = next((k for k, end in enumerate(lanes) if end <= y), len(lanes))
            if lane == len(lanes):
                lanes.append(0.0)
            lanes[lane] = y + BLOCK
            places.append(lane)
        most = max(1, min(MOST, int(wide / SIDE)))
        if most == 1 and len(lanes) > 1:  # no room for two: one box stands for all of them
            y = self.y_of(group[0].minute)
            return [Box(QRectF(left, y, wide - 2, BLOCK - 1), "more", day, n=len(group))]
        too_many = len(lanes) > most
        shown = most - 1 if too_many else most
        width = wide / (most if too_many else len(lanes))
        found: list[Box] = []
        hidden = 0
        for one, lane in zip(group, places, strict=True):
            if lane >= shown:
                hidden += 1
                continue
            area = QRectF(left + lane * width, self.y_of(one.minute), width - 2, BLOCK - 1)
            if isinstance(one, Mark):
                found.append(Box(area, "item", day, one))
            else:
                found.append(Box(area, "free", day, slot=one))
        if hidden:
            y = self.y_of(group[0].minute)
            area = QRectF(left + shown * width, y, width - 2, BLOCK - 1)
            found.append(Box(area, "more", day, n=hidden))
        return found

    def reveal(self) -> None:
        """Scroll to the chosen publication."""
        mark = self.shown.mark(self.picked)
        if mark is None:
            return
        bar, high = self.verticalScrollBar(), self.viewport().height() - self.head
        y = mark.minute / 60 * HOUR
        if y < bar.value():
            bar.setValue(int(y - 12))
        elif y + BLOCK > bar.value() + high:
            bar.setValue(int(y + BLOCK - high + 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All 24 hours can be reached; at first the morning is shown."""
        bar, high = self.verticalScrollBar(), self.viewport().height() - self.head
        bar.setRange(0, max(0, int(24 * HOUR - high)))
        bar.setPageStep(max(1, int(high)))
        if not self._placed and high > 100:
            self._placed = True
            bar.setValue(int(7 * HOUR - 10))
        super().resizeEvent(event)

    # ------------------------------------------------------------------ keys

    def step_keys(self) -> dict[Qt.Key, int]:
        """The arrows to the sides move the day; up and down choose a publication."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

    def nudge_keys(self) -> dict[Qt.Key, tuple[int, int]]:
        """A day to the sides, an hour up and down."""
        return {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -60),
            Qt.Key.Key_Down: (0, 60),
        }

    def page(self, day: date, n: int) -> date:
        """The same day of another week."""
        return clamp(day + timedelta(days=7 * n))

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hours and what lies on them, and over these the names of the days."""
        painter = QPainter(self.viewport())
        theme = self.holder.theme
        pen = Pen(painter, theme)
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, theme.color("surface"))
        painter.setClipRect(area.adjusted(0, self.head, 0, 0))
        for n in range(7):
            self._ground(pen, n)
        self._hours(pen, area)
        for box in self.boxes:
            if box.area.bottom() < self.head or box.area.top() > area.height():
                continue
            hover = box is self.hover
            if box.mark is not None:
                chosen = box.mark.id == self.picked
                pen.item(box.area, box.mark, chosen=chosen, hover=hover)
            elif box.slot is not None:
                pen.free(box.area, box.slot, hover=hover)
            else:
                pen.more(box.area, box.n, hover=hover)
        self._now(painter, area)
        self._fall(painter)
        painter.setClipping(False)
        self._heads(pen, area)
        painter.end()

    def _ground(self, pen: Pen, n: int) -> None:
        theme = self.holder.theme
        day = self.shown.first + timedelta(days=n)
        left, wide = self.column(n)
        area = QRectF(left, self.head, wide, self.viewport().height() - self.head)
        if self.shown.day(day).closed:
            pen.shade(area)
        elif day == self.day:
            pen.painter.fillRect(area, theme.color("selection"))

    def _hours(self, pen: Pen, area: QRectF) -> None:
        theme, painter = self.holder.theme, pen.painter
        painter.fillRect(QRectF(0, self.head, HOURS, area.height()), theme.color("bg"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(pen.tiny)
        for hour in range(24):
            y = int(self.y_of(hour * 60))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(int(HOURS), y, int(area.right()), y)
            painter.setPen(theme.color("faint"))
            painter.drawText(QRectF(0, y, HOURS - 8, 18), _RIGHT, clock(hour * 60))
        painter.setPen(QPen(theme.color("line"), 1))
        for n in range(7):
            x = int(self.column(n)[0])
            painter.drawLine(x, 0, x, int(area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _now(self, painter: QPainter, area: QRectF) -> None:
        """A line at the present time of today."""
        n = (self.today - self.shown.first).days
        if not 0 <= n < 7 or self.minute_now < 0:
            return
        left, wide = self.column(n)
        y = self.y_of(self.minute_now)
        painter.setPen(QPen(self.holder.theme.color("accent"), 1.5))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
        painter.setBrush(self.holder.theme.color("accent"))
        painter.drawEllipse(QPointF(left + 1, y), 3, 3)

    def _fall(self, painter: QPainter) -> None:
        """Where what is dragged would fall."""
        if self.over is None:
            return
        left, wide = self.column((self.over.day - self.shown.first).days)
        theme = self.holder.theme
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(theme.color("accent-soft"))
        y = self.y_of(max(0, self.over.minute))
        area = QRectF(left + 3, y, wide - 6, BLOCK - 1)
        if self.over.minute >= 0:
            painter.drawRoundedRect(area, 5, 5)
            painter.setPen(theme.color("text"))
            painter.setFont(ui_font(META, bold=True, tabular=True))
            painter.drawText(area, _CENTRE, clock(self.over.minute))

    def _heads(self, pen: Pen, area: QRectF) -> None:
        theme, painter = self.holder.theme, pen.painter
        painter.fillRect(QRectF(0, 0, area.width(), self.head), theme.color("bg"))
        painter.fillRect(QRectF(0, self.head - 1, area.width(), 1), theme.color("line"))
        painter.setFont(pen.tiny)
        painter.setPen(theme.color("faint"))
        painter.drawText(QRectF(0, 4, HOURS, 30), _CENTRE, self._number())
        for n in range(7):
            day = self.shown.first + timedelta(days=n)
            left, wide = self.column(n)
            name = locale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
            painter.setFont(ui_font(META, bold=True))
            painter.setPen(theme.color("text" if day == self.day else "faint"))
            line = QRectF(left, 4, wide, 30)
            words_of = f"{name} {day.day}"
            if day == self.today:
                width = painter.fontMetrics().horizontalAdvance(words_of) + 18
                ground = QRectF(left + (wide - width) / 2, 9, width, 20)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(ground, 10, 10)
                painter.setPen(theme.color("on-accent"))
            painter.drawText(line, _CENTRE, words_of)
            closed = self.shown.day(day).closed
            if closed:
                pen.closed(QRectF(left + 4, 33, wide - 8, 20), closed)
            over = self.over is not None and self.over.day == day and self.over.minute < 0
            if over or (self.ringed and day == self.day):
                painter.setPen(QPen(theme.color("accent"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(left + 2, 3, wide - 4, self.head - 6), 5, 5)

    def _number(self) -> str:
        return tr("wk {n}", n=week_number(self.shown.first))

    def title(self) -> str:
        """`30 Nov to 6 Dec 2026`; the number of the week stands above the hours."""
        first, last = self.shown.first, self.shown.last
        return tr(
            "{first} to {last}",
            first=locale().toString(words.qdate(first), tr("d MMM")),
            last=locale().toString(words.qdate(last), tr("d MMM yyyy")),
        )
