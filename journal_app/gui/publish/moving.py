"""Another time for a publication, a first time for a draft: what is checked, asked and told.

The wall time is what people mean: moved by days it stays the same in the zone of the publication.
Moved onto a time that happens twice, or never, it is asked about; onto the past it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from journal_app.domain.due import AmbiguousTime, local, rfc3339
from journal_app.errors import JournalError
from journal_app.gui.dialogs.ask import AskOption, Option
from journal_app.gui.language import tr
from journal_app.gui.publish import words
from journal_app.gui.publish.ask_time import AskTime, Moment, moment_of, past
from journal_app.gui.publish.days import Spot
from journal_app.gui.publish.shown import Mark, start_of

if TYPE_CHECKING:
    from journal_app.domain.publishing import Publication, QueueItem
    from journal_app.gui.publish.acting import Acting

MORNING = 9 * 60  # the minute of the day that a draft gets where none was said


class Moving:
    """What gives times. `acting` tells, asks and keeps the way back."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._window = acting.window

    # ------------------------------------------------------------------ another time

    def by(self, item: QueueItem, days: int, minutes: int) -> None:
        """Move by days, by minutes of the clock, or both; in the publication's own zone."""
        if not self._free(item):
            return
        due = item.publication.due
        wall = datetime.fromisoformat(due.wall[:19]) + timedelta(days=days, minutes=minutes)
        self._settle(item, f"{wall:%Y-%m-%d %H:%M:%S}", due.tz)

    def to(self, mark: Mark, spot: Spot, tz: str) -> None:
        """Move to where it was dropped: to a day, or to a minute of it in the zone `tz`."""
        if spot.minute < 0:
            days = (spot.day - mark.day).days
            if days:
                self.by(mark.item, days, 0)
        elif (spot.day, spot.minute) != (mark.day, mark.minute) and self._free(mark.item):
            self._settle(mark.item, wall_of(spot, spot.minute), tz)

    def ask(self, item: QueueItem) -> None:
        """Ask for the exact time."""
        if not self._free(item):
            return
        due = item.publication.due
        now = self._window.now()
        wall = due.wall if due.at > now else tomorrow(now, due.tz)
        self._ask(item, tr("Another time for “{title}”", title=item.title), wall, due.tz)

    def _ask(self, item: QueueItem, title: str, wall: str, tz: str) -> None:
        AskTime(
            self._acting.parent,
            title,
            tr("Move"),
            wall,
            tz,
            self._window.now,
            lambda moment: self._move(item, moment, asked=True),
        ).open()

    def _free(self, item: QueueItem) -> bool:
        if not words.movable(item):
            self._acting.tell("stale", words.why_not_movable(item))
            return False
        return True

    def _settle(self, item: QueueItem, wall: str, tz: str) -> None:
        """Know which moment is meant, then move there."""
        try:
            moment = moment_of(wall, tz)
        except AmbiguousTime:
            title = tr("When shall “{title}” go out?", title=item.title)
            self._ask(item, title, wall, tz)
            return
        except JournalError as error:
            self._acting.tell("fail", f"{error.message} {error.hint}".strip())
            return
        self._move(item, moment)

    def _move(self, item: QueueItem, moment: Moment, *, asked: bool = False) -> None:
        p, now = item.publication, self._window.now()
        if moment.due.at <= now:
            self._acting.tell("stale", past(moment.due, now))
            return
        if moment.due.at == p.due.at:
            return
        service = self._window.journal.publishing
        same = moment.tz == p.due.tz
        wall = moment.wall if same or asked else rfc3339(moment.due.at, p.due.tz)
        tz = moment.tz if asked else p.due.tz  # dropped in another zone it keeps its own

        def work() -> Publication:
            return service.reschedule(p.id, wall, tz=tz, fold=moment.fold, gap=moment.gap)

        if p.state == "scheduled":
            self._acting.store(work, lambda done: self._moved(item, done))
        else:  # it is looked through again, or its place is asked
            title = tr("Move “{title}”", title=item.title)
            self._acting.long(title, work, lambda done: self._moved(item, done))

    def _moved(self, item: QueueItem, done: Publication) -> None:
        before, now = item.publication, self._window.now()
        self._acting.follow(done)
        text = tr("Moved to {when}", when=words.moment(done.due, now))
        if before.slot is not None:
            text = tr("{text}. It leaves the queue of slots.", text=text)
        back: Callable[[], None] | None = None
        if before.state in ("scheduled", "pushed") and before.due.at > now:

            def back() -> None:
                self._back(before)

        self._acting.tell_done(text, back)

    def _back(self, before: Publication) -> None:
        service, now, due = self._window.journal.publishing, self._window.now(), before.due
        if due.at <= now:
            self._acting.tell("stale", past(due, now))
            return

        def done(moved: Publication) -> None:
            self._acting.follow(moved)
            self._acting.tell_done(tr("Back at {when}", when=words.moment(due, now)), None)

        self._acting.store(
            lambda: service.reschedule(
                before.id, rfc3339(due.at, due.tz), tz=due.tz, slot=before.slot
            ),
            done,
        )

    # ------------------------------------------------------------------ a first time

    def draft(self, entry_id: str, spot: Spot, tz: str) -> None:
        """Schedule a draft on a day; asks for the target where there are several."""
        acting, journal = self._acting, self._window.journal

        def chosen(target: str) -> None:
            self._first(entry_id, target, spot, tz)

        def known(names: list[str]) -> None:
            if not names:
                acting.tell(
                    "info",
                    tr("There is nowhere to publish yet. Add the folder of your site."),
                    ((tr("Add a place …"), self._window.acts.add_target),),
                )
            elif spot.target in names or len(names) == 1:
                chosen(spot.target if spot.target in names else names[0])
            else:
                self._ask_place(names, tr("Schedule"), chosen)

        acting.read(lambda: [one.name for one in journal.targets.listing()], known)

    def enqueue(self, entry_id: str, slots: Callable[[], None]) -> None:
        """Give a draft the next free slot of a place; `slots` shows where cadences are made."""
        acting, service = self._acting, self._window.journal.cadence

        def chosen(target: str) -> None:
            acting.checked(
                tr("Check the draft"),
                entry_id,
                target,
                tr("Put into the queue"),
                lambda allow: service.enqueue(entry_id, target, allow=allow),
                self._scheduled,
            )

        def known(names: list[str]) -> None:
            if not names:
                told = tr("No place has slots yet. A cadence gives it some.")
                acting.tell("info", told, ((tr("Make a cadence"), slots),))
            elif len(names) == 1:
                chosen(names[0])
            else:
                self._ask_place(names, tr("Put into the queue"), chosen)

        acting.read(lambda: sorted({one.target for one in service.cadences()}), known)

    def _ask_place(self, names: list[str], word: str, chosen: Callable[[str], None]) -> None:
        AskOption(
            self._acting.parent,
            tr("Where shall it go?"),
            tr("Find a place"),
            word,
            [Option(name, "", name) for name in names],
            chosen,
        ).open()

    def _first(self, entry_id: str, target: str, spot: Spot, tz: str) -> None:
        journal, now = self._window.journal, self._window.now()
        begin = start_of(spot.day, tz)
        end = start_of(spot.day + timedelta(days=1), tz)

        def minute() -> int:
            if spot.minute >= 0:
                return spot.minute
            slots = journal.cadence.free_slots(begin, end, target)
            if slots:
                at = local(slots[0].due.at, tz)
                return at.hour * 60 + at.minute
            soon = local(now, tz)
            if soon.date() == spot.day and soon.hour * 60 + soon.minute >= MORNING:
                return min((soon.hour + 1) * 60, 24 * 60 - 1)  # the next full hour of today
            return MORNING

        self._acting.read(
            minute, lambda found: self._plan(entry_id, target, wall_of(spot, found), tz)
        )

    def _plan(self, entry_id: str, target: str, wall: str, tz: str) -> None:
        now = self._window.now()
        try:
            moment = moment_of(wall, tz)
        except AmbiguousTime:
            AskTime(
                self._acting.parent,
                tr("When shall it go out?"),
                tr("Schedule"),
                wall,
                tz,
                self._window.now,
                lambda moment: self._schedule(entry_id, target, moment),
            ).open()
            return
        if moment.due.at <= now:
            self._acting.tell("stale", past(moment.due, now))
            return
        self._schedule(entry_id, target, moment)

    def _scheduled(self, made: Publication) -> None:
        service, now = self._window.journal.publishing, self._window.now()
        when = words.moment(made.due, now)
        self._acting.tell_done(
            tr("Goes to {target} {when}", target=made.target, when=when),
            lambda: self._acting.store(
                lambda: service.cancel(made.id),
                lambda _gone: self._acting.tell_done(tr("It is a draft again."), None),
            ),
        )

    def _schedule(self, entry_id: str, target: str, moment: Moment) -> None:
        service = self._window.journal.publishing
        self._acting.checked(
            tr("Check the draft"),
            entry_id,
            target,
            tr("Schedule"),
            lambda allow: service.schedule(
                entry_id,
                target,
                moment.wall,
                tz=moment.tz,
                fold=moment.fold,
                gap=moment.gap,
                allow=allow,
            ),
            self._scheduled,
        )


def wall_of(spot: Spot, minute: int) -> str:
    """The wall time of a minute of a day."""
    return f"{spot.day:%Y-%m-%d} {minute // 60:02d}:{minute % 60:02d}"


def tomorrow(now: int, tz: str) -> str:
    """Nine o'clock of the next day, as a wall time."""
    return f"{local(now, tz).date() + timedelta(days=1):%Y-%m-%d} 09:00"
