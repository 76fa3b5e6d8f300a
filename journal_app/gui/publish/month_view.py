"""A month in whole weeks: their numbers at the left, as many publications as a day has room for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from journal_app.gui.language import locale, tr
from journal_app.gui.publish import words
from journal_app.gui.publish.days import Box, Spot, first_weekday
from journal_app.gui.publish.grid import Grid
from journal_app.gui.publish.pills import Pen
from journal_app.gui.publish.shown import add_months, clamp, week_number
from journal_app.gui.theme import META, SMALL, ui_font

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

HEAD, WEEKS = 28.0, 34.0  # px: the names of the days above, the numbers of the weeks at the left
TOP, LINE, TWO, GAP, PAD = 26.0, 20.0, 37.0, 2.0, 4.0  # px inside a day
_CENTRE = Qt.AlignmentFlag.AlignCenter.value


class MonthView(Grid):
    """Four to six weeks. What has no room is behind "+3 more"."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__(holder, tr("Month"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def weeks(self) -> int:
        """How many weeks are shown."""
        return max(1, ((self.shown.last - self.shown.first).days + 1) // 7)

    def cell(self, day: date) -> QRectF:
        """The area of a day."""
        n = (day - self.shown.first).days
        area = self.viewport().rect()
        wide, high = (area.width() - WEEKS) / 7, (area.height() - HEAD) / self.weeks
        left, right = round(WEEKS + n % 7 * wide), round(WEEKS + (n % 7 + 1) * wide)
        top, below = round(HEAD + n // 7 * high), round(HEAD + (n // 7 + 1) * high)
        return QRectF(left, top, right - left, below - top)

    def spot_at(self, at: QPointF) -> Spot | None:
        """The day at a point."""
        area = self.viewport().rect()
        if at.x() < WEEKS or at.y() < HEAD or not QRectF(area).contains(at):
            return None
        column = min(6, int((at.x() - WEEKS) / (area.width() - WEEKS) * 7))
        row = min(self.weeks - 1, int((at.y() - HEAD) / (area.height() - HEAD) * self.weeks))
        return Spot(self.shown.first + timedelta(days=row * 7 + column))

    def layout_boxes(self) -> list[Box]:
        """Publications first, then free slots, then how many more there are."""
        found: list[Box] = []
        for n in range(self.weeks * 7):
            found += self._day(self.shown.first + timedelta(days=n))
        return found

    def _day(self, day: date) -> list[Box]:
        held = self.shown.day(day)
        things: list[Box] = []
        cell = self.cell(day)
        top = cell.top() + TOP + (LINE if held.closed else 0)
        room = max(1, int((cell.bottom() - PAD - top + GAP) // (LINE + GAP)))
        marks = sorted(held.marks, key=lambda mark: mark.minute)
        all_of = len(marks) + len(held.free)
        fits = room if all_of <= room else room - 1
        roomy = top + all_of * (TWO + GAP) - GAP <= cell.bottom() - PAD
        high = TWO if roomy else LINE
        wide = cell.width() - 2 * PAD - 1
        for line in range(min(fits, all_of)):
            area = QRectF(cell.left() + PAD, top + line * (high + GAP), wide, high)
            if line < len(marks):
                things.append(Box(area, "item", day, marks[line]))
            else:
                things.append(Box(area, "free", day, slot=held.free[line - len(marks)]))
        if all_of > fits:
            area = QRectF(cell.left() + PAD, top + fits * (LINE + GAP), wide, LINE)
            things.append(Box(area, "more", day, n=all_of - fits))
        return things

    # ------------------------------------------------------------------ keys

    def step_keys(self) -> dict[Qt.Key, int]:
        """All four arrows move the day."""
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }

    def nudge_keys(self) -> dict[Qt.Key, tuple[int, int]]:
        """A day to the sides, a week up and down."""
        return {key: (days, 0) for key, days in self.step_keys().items()}

    def page(self, day: date, n: int) -> date:
        """The same day of another month."""
        return clamp(add_months(day, n))

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the days, then the boxes over them."""
        painter = QPainter(self.viewport())
        theme = self.holder.theme
        pen = Pen(painter, theme)
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, theme.color("surface"))
        self._heads(painter, area)
        for n in range(self.weeks * 7):
            self._ground(pen, self.shown.first + timedelta(days=n))
        self._lines(painter, area)
        for box in self.boxes:
            hover = box is self.hover
            if box.mark is not None:
                chosen = box.mark.id == self.picked
                pen.item(box.area, box.mark, chosen=chosen, hover=hover)
            elif box.slot is not None:
                pen.free(box.area, box.slot, hover=hover)
            else:
                pen.more(box.area, box.n, hover=hover)
        self._rings(painter)
        painter.end()

    def _heads(self, painter: QPainter, area: QRectF) -> None:
        theme = self.holder.theme
        painter.fillRect(QRectF(0, 0, area.width(), HEAD), theme.color("bg"))
        painter.fillRect(QRectF(0, 0, WEEKS, area.height()), theme.color("bg"))
        painter.setFont(ui_font(META, bold=True))
        painter.setPen(theme.color("faint"))
        for n in range(7):
            day = (first_weekday() - 1 + n) % 7 + 1
            name = locale().standaloneDayName(day, QLocale.FormatType.ShortFormat)
            cell = self.cell(self.shown.first + timedelta(days=n))
            painter.drawText(QRectF(cell.left(), 0, cell.width(), HEAD), _CENTRE, name)
        painter.setFont(ui_font(META, tabular=True))
        for n in range(self.weeks):
            first = self.shown.first + timedelta(days=7 * n)
            cell = self.cell(first)
            spot = QRectF(0, cell.top() + 3, WEEKS, 20)
            painter.drawText(spot, _CENTRE, str(week_number(first)))
        painter.drawText(QRectF(0, 0, WEEKS, HEAD), _CENTRE, tr("wk"))

    def _ground(self, pen: Pen, day: date) -> None:
        """The ground of a day, its number, and why it is closed."""
        theme, painter, cell = self.holder.theme, pen.painter, self.cell(day)
        inside = day.month == self._month
        held = self.shown.day(day)
        if held.closed:
            pen.shade(cell)
        elif not inside:
            painter.fillRect(cell, theme.color("bg"))
        if self.over is not None and self.over.day == day:
            painter.fillRect(cell, theme.color("accent-soft"))
        elif day == self.day:
            painter.fillRect(cell, theme.color("selection"))
        number = QRectF(cell.left() + 4, cell.top() + 3, 22, 20)
        if day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(number, 10, 10)
        elif held.closed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunk"))
            painter.drawRoundedRect(number, 6, 6)
        bold = day in (self.today, self.day)
        painter.setFont(ui_font(SMALL, bold=bold, tabular=True))
        token = "on-accent" if day == self.today else "text" if inside else "faint"
        painter.setPen(theme.color(token))
        painter.drawText(number, _CENTRE, str(day.day))
        if day.day == 1:
            name = locale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
            beside = QRectF(number.right() + 4, number.top(), cell.width() - 34, 20)
            pen.text(beside, name, "muted" if inside else "faint", pen.tiny)
        if held.closed:
            line = QRectF(cell.left() + PAD, cell.top() + TOP - 1, cell.width() - 2 * PAD, LINE)
            pen.closed(line, held.closed)

    @property
    def _month(self) -> int:
        """The month that the picture is of: the one in the middle of its days."""
        return (self.shown.first + timedelta(days=self.weeks * 7 // 2)).month

    def _lines(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self.holder.theme.color("line"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for n in range(self.weeks):
            y = int(self.cell(self.shown.first + timedelta(days=7 * n)).top())
            painter.drawLine(int(WEEKS), y, int(area.right()), y)
        for n in range(7):
            x = int(self.cell(self.shown.first + timedelta(days=n)).left())
            painter.drawLine(x, int(HEAD), x, int(area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _rings(self, painter: QPainter) -> None:
        theme = self.holder.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.over is not None:
            cell = self.cell(self.over.day)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(cell.adjusted(2, 2, -1, -1), 4, 4)
        elif self.ringed and self.shown.first <= self.day <= self.shown.last:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(self.cell(self.day).adjusted(1.5, 1.5, -0.5, -0.5), 4, 4)

    def title(self) -> str:
        """`December 2026`."""
        middle = self.shown.first + timedelta(days=self.weeks * 7 // 2)
        return locale().toString(words.qdate(middle), tr("MMMM yyyy"))
