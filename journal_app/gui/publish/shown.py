"""What a calendar shows of a range of days: publications, free slots, closed days.

`read` touches no widget and runs in a lane; it reads the shown range and nothing beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from journal_app.domain.due import local, zone
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.cadence import Blackout, Slot
    from journal_app.domain.publishing import QueueItem
    from journal_app.journal import Journal

SLOTS = 400  # free slots that one picture shows at most


@dataclass(frozen=True, slots=True)
class Mark:
    """A publication at its place: the day and the minute of it, in the zone that is shown."""

    item: QueueItem
    day: date
    minute: int

    @property
    def id(self) -> str:
        """The id of the publication."""
        return self.item.publication.id


@dataclass(frozen=True, slots=True)
class Free:
    """A slot of a cadence that nothing waits for, at its place."""

    slot: Slot
    day: date
    minute: int

    @property
    def target(self) -> str:
        """Where what takes it goes."""
        return self.slot.target


@dataclass(frozen=True, slots=True)
class Day:
    """What one day holds. `closed` is the name of its blackout."""

    marks: tuple[Mark, ...] = ()
    free: tuple[Free, ...] = ()
    closed: str = ""


NOTHING = Day()


@dataclass(frozen=True, slots=True)
class Shown:
    """A range of days, in one zone."""

    first: date
    last: date
    tz: str
    days: Mapping[date, Day] = field(default_factory=dict)
    by_id: Mapping[str, Mark] = field(default_factory=dict)

    def day(self, day: date) -> Day:
        """What a day holds."""
        return self.days.get(day, NOTHING)

    def mark(self, id: str) -> Mark | None:
        """A publication, where it is among those that are shown."""
        return self.by_id.get(id)


# ---------------------------------------------------------------------- days


def start_of(day: date, tz: str) -> int:
    """The first moment (ms UTC) of a day in a zone."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone(tz))
    return (midnight.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    )


def week_of(day: date, first_weekday: int) -> date:
    """The first day of its week; `first_weekday` as in ISO, 1 for Monday."""
    return day - timedelta(days=(day.isoweekday() - first_weekday) % 7)


def month_of(day: date, first_weekday: int) -> tuple[date, date]:
    """The first and the last day of the whole weeks that its month touches."""
    first = day.replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return week_of(first, first_weekday), week_of(end, first_weekday) + timedelta(days=6)


def week_number(first: date) -> int:
    """The ISO number of the week that begins at `first`: that of its Thursday."""
    thursday = first + timedelta(days=(4 - first.isoweekday()) % 7)
    return thursday.isocalendar().week


def add_months(day: date, n: int) -> date:
    """The same day of another month, or the last one that it has."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    length = ((first + timedelta(days=31)).replace(day=1) - first).days
    return first.replace(day=min(day.day, length))


def clamp(day: date) -> date:
    """A day that due times can have."""
    return max(date(1972, 1, 1), min(day, date(8999, 12, 1)))


# ---------------------------------------------------------------------- reading


def read(journal: Journal, first: date, last: date, tz: str) -> Shown:
    """Read what lies from `first` to `last`, inclusive."""
    begin, end = start_of(first, tz), start_of(last + timedelta(days=1), tz)
    items = journal.publishing.between(begin, end - 1)
    slots = journal.cadence.free_slots(begin, end)
    return place(items, slots[:SLOTS], journal.cadence.blackouts(), Shown(first, last, tz))


def place(
    items: Sequence[QueueItem],
    slots: Sequence[Slot],
    blackouts: Sequence[Blackout],
    shown: Shown,
) -> Shown:
    """Put everything where it belongs."""
    marks: dict[date, list[Mark]] = {}
    for item in items:
        at = local(item.publication.due.at, shown.tz)
        mark = Mark(item, at.date(), at.hour * 60 + at.minute)
        marks.setdefault(mark.day, []).append(mark)
    free: dict[date, list[Free]] = {}
    for slot in sorted(slots, key=lambda one: one.due.at):
        at = local(slot.due.at, shown.tz)
        free.setdefault(at.date(), []).append(Free(slot, at.date(), at.hour * 60 + at.minute))
    closed: dict[date, str] = {}
    for one in blackouts:
        day = max(date.fromisoformat(one.first), shown.first)
        while day <= min(date.fromisoformat(one.last), shown.last):
            closed.setdefault(day, one.name or tr("no publishing"))
            day += timedelta(days=1)
    days = {
        day: Day(tuple(marks.get(day, ())), tuple(free.get(day, ())), closed.get(day, ""))
        for day in {*marks, *free, *closed}
    }
    by_id = {mark.id: mark for found in marks.values() for mark in found}
    return Shown(shown.first, shown.last, shown.tz, days, by_id)
