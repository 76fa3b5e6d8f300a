"""The page "Calendar": a month or a week, the drafts beside it, and what both ask for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from journal_app.domain.due import local
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.publish import drafts, shown, words
from journal_app.gui.publish.ask_time import zone_box
from journal_app.gui.publish.calendar_head import CalendarHead
from journal_app.gui.publish.day_sheet import DaySheet
from journal_app.gui.publish.days import Spot, first_weekday
from journal_app.gui.publish.grid import Grid
from journal_app.gui.publish.month_view import MonthView
from journal_app.gui.publish.week_view import WeekView
from journal_app.gui.widgets import EmptyState
from journal_app.runtime.clock import local_zone

if TYPE_CHECKING:
    from journal_app.domain.entry import Row
    from journal_app.domain.publishing import Publication
    from journal_app.gui.publish.acting import Acting
    from journal_app.gui.publish.shown import Shown

MINUTE = 60_000  # ms between two looks at the clock
SIDE, NARROW = 236, 900  # px: the drafts, and the width below which they go


class CalendarPage(QWidget):
    """Reads what is shown, and nothing else, whenever that or the journal changes."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        zone = self._window.journal.settings.get("timezone") or local_zone()
        self.tz = zone
        self._asked = 0
        self.head = CalendarHead(self._window.holder, zone_box([zone, local_zone(), "UTC"]))
        self.month, self.week = MonthView(self._window.holder), WeekView(self._window.holder)
        self.views = QStackedWidget()
        self.drafts = drafts.Drafts(self._window.holder)
        self.drafts.setFixedWidth(SIDE)
        self.drafts.taken.connect(lambda id: self._schedule(id, Spot(self.grid.day)))
        today = self.today
        for grid in (self.month, self.week):
            self.views.addWidget(grid)
            grid.day = today
            self._connect(grid)
        self.empty = EmptyState(
            "calendar-days",
            tr("Nowhere to publish yet"),
            tr(
                "A post goes to a place: the folder of your site, a repository, a service. "
                "Add one, then drag drafts onto days."
            ),
            (tr("Add a place …"), self._window.acts.add_target),
            self._window.holder,
        )
        self.empty.hide()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.views, 1)
        right.addWidget(self.empty, 1)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addLayout(right, 1)
        both.addWidget(self.drafts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(both, 1)
        acting.followers.append(self._follow)
        self.head.asked.connect(self.do)
        self.head.zone_chosen.connect(self.use_zone)
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.refresh)

    def _connect(self, grid: Grid) -> None:
        grid.turned.connect(self._turned)
        grid.opened.connect(self.open_day)
        grid.nudged.connect(self._nudge)
        grid.moved.connect(self._move)
        grid.dropped.connect(self._schedule)
        grid.menu_asked.connect(self._menu)
        grid.wanted.connect(self.do)

    # ------------------------------------------------------------------ what is shown

    @property
    def grid(self) -> Grid:
        """The view in use."""
        return self.week if self.views.currentWidget() is self.week else self.month

    @property
    def today(self) -> date:
        """Today, in the zone that is shown."""
        return local(self._window.now(), self.tz).date()

    @property
    def first_focus(self) -> QWidget:
        """What takes the keyboard when the page is shown."""
        return self.grid

    def span(self) -> tuple[date, date]:
        """The days that the view in use shows."""
        day = shown.clamp(self.grid.day)
        if self.grid is self.week:
            first = shown.week_of(day, first_weekday())
            return first, date.fromordinal(first.toordinal() + 6)
        return shown.month_of(day, first_weekday())

    def refresh(self) -> None:
        """Read the shown days and the drafts again."""
        journal, tz = self._window.journal, self.tz
        first, last = self.span()
        self._asked += 1
        asked = self._asked

        def work() -> tuple[Shown, tuple[list[Row], int], bool]:
            found = shown.read(journal, first, last, tz)
            return found, drafts.read(journal), bool(journal.targets.listing())

        def arrived(found: tuple[Shown, tuple[list[Row], int], bool]) -> None:
            if asked == self._asked:  # else another range is on its way
                self._show(*found)

        self._acting.read(work, arrived)

    def _show(self, found: Shown, waiting: tuple[list[Row], int], targets: bool) -> None:
        now = self._window.now()
        at = local(now, self.tz)
        grid = self.grid
        grid.show_range(found, at.date(), at.hour * 60 + at.minute)
        self.drafts.show_drafts(*waiting, now)
        nothing = not targets and not found.by_id
        held = grid.hasFocus()
        self.views.setVisible(not nothing)
        self.empty.setVisible(nothing)
        if held and nothing and self.empty.action is not None:
            self.empty.action.setFocus()
        title = self.week.title() if grid is self.week else self.month.title()
        self.head.show_title(title, grid is self.week, words.zone_now(self.tz, now))
        self._fit()

    @Slot(object)
    def _turned(self, day: date) -> None:
        first, last = self.span()
        if (first, last) != (self.grid.shown.first, self.grid.shown.last):
            self.refresh()

    def go(self, day: date, picked: str = "") -> None:
        """Choose a day."""
        self.grid.choose(shown.clamp(day), picked)

    @Slot(str)
    def use_zone(self, tz: str) -> None:
        """Show times in another zone; no publication changes by that."""
        if tz == self.tz:
            return
        try:
            local(self._window.now(), tz)
        except JournalError as error:
            self.head.zone.setCurrentText(self.tz)
            self._acting.tell("stale", f"{error.message} {error.hint}".strip())
            return
        self.tz = tz
        self.head.zone.setCurrentText(tz)
        self.refresh()

    @Slot(str)
    def do(self, wish: str) -> None:
        """What a key of a view or a button of the head asks for."""
        if wish in ("month", "week"):
            self._use(self.week if wish == "week" else self.month)
        elif wish == "today":
            self.go(self.today)
        elif wish in ("back", "on"):
            self.go(self.grid.page(self.grid.day, 1 if wish == "on" else -1))
        elif wish == "undo":
            self._acting.undo()
        elif wish == "draft":
            self.ask_draft(Spot(self.grid.day))

    def _use(self, grid: Grid) -> None:
        before = self.grid
        if grid is before:
            return
        had_focus = before.hasFocus()
        grid.by_key = before.by_key
        self.views.setCurrentWidget(grid)
        grid.day, grid.picked = before.day, ""
        grid.forget()
        if had_focus:
            grid.setFocus()
        self.refresh()

    # ------------------------------------------------------------------ what is asked

    @Slot(object, str)
    def open_day(self, day: date, picked: str) -> None:
        """Show everything of a day."""

        def schedule() -> None:
            self.ask_draft(Spot(day))

        DaySheet(self._acting, day, self.tz, picked, schedule).open()

    def ask_draft(self, spot: Spot) -> None:
        """Ask which draft goes out on a day."""

        title = tr("Schedule for {day}", day=words.short_day(spot.day))
        drafts.ask(self._acting, title, tr("Schedule"), lambda id: self._schedule(id, spot))

    @Slot(str, object)
    def _schedule(self, entry_id: str, spot: Spot) -> None:
        self._acting.moving.draft(entry_id, spot, self.tz)

    @Slot(str, int, int)
    def _nudge(self, id: str, days: int, minutes: int) -> None:
        mark = self.grid.shown.mark(id)
        if mark is not None:
            self._acting.moving.by(mark.item, days, minutes)

    def _follow(self, moved: Publication) -> None:
        """The chosen publication was moved, perhaps out of what is shown: go with it."""
        if self.grid.picked == moved.id:
            self.grid.day = local(moved.due.at, self.tz).date()
            self.refresh()

    @Slot(str, object)
    def _move(self, id: str, spot: Spot) -> None:
        mark = self.grid.shown.mark(id)
        dragged = self.grid.dragged
        if mark is None and dragged is not None and dragged.id == id:
            mark = dragged  # the page was turned under it
        if mark is not None:
            self._acting.moving.to(mark, spot, self.tz)

    @Slot(object, str, QPoint)
    def _menu(self, day: date, picked: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark = self.grid.shown.mark(picked) if picked else None
        acting = self._acting
        if mark is not None:
            item = mark.item
            menu.addAction(tr("Open the post"), lambda: acting.open_post(item))
            if approve := words.approval(item):
                menu.addAction(approve, lambda: acting.approve(item))
            if words.movable(item):
                menu.addAction(tr("Another time …"), lambda: acting.moving.ask(item))
                menu.addAction(tr("Publish now …"), lambda: acting.publish_now(item))
                menu.addAction(tr("Take off"), lambda: acting.take_off(item))
            menu.addSeparator()
        menu.addAction(tr("Show the whole day"), lambda: self.open_day(day, picked))
        menu.addAction(tr("Schedule a draft …"), lambda: self.ask_draft(Spot(day)))
        menu.popup(at)

    # ------------------------------------------------------------------ window

    def stale(self, nouns: set[str]) -> None:
        """Something changed."""
        if nouns & {"publication", "target", "entry", "cadence", "blackout"}:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the clock while it is seen: today, what is late."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen does not look."""
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for both the drafts go."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.drafts.setVisible(self.width() >= NARROW and not self.empty.isVisibleTo(self))
