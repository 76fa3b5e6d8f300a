"""Cadences: weekly slots that a queue of posts is dealt into, and days that have none.

A slot is a rule, so its answer is fixed and shown, where a time set by hand is asked: one that
falls into a gap (clocks go forward) is moved to the first moment after it; of one that happens
twice (clocks go back) the first counts. `Slot.note` says so in words.

Invariants: no two slots of a target share a minute; slots come in the order of their instants; no
slot lies on a blackout day, which is a day in the zone of the slot.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from journal_app.domain.due import MINUTE, Due, due_at, local, zone
from journal_app.errors import JournalError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = 2 * MINUTE  # what is due sooner is on its way out: it is neither moved nor dealt
HELD_AHEAD = 10 * MINUTE  # the same for what a target holds: it must be told before its time
YEARS = 400  # how far slots are looked for

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Cadence:
    """Slots of a target: at each of `times` ("09:00") on each of `days` ("tue") in the zone."""

    name: str
    target: str
    days: tuple[str, ...]
    times: tuple[str, ...]
    tz: str


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days without slots, `first` to `last` inclusive, as ISO dates in the zone of each slot."""

    id: str
    first: str
    last: str
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment of a cadence. `note` says where the clocks moved it; empty where they did not."""

    due: Due
    cadence: str
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A publication in the queue of a target; `place` orders it."""

    id: str
    state: str
    due: Due
    place: float
    title: str = ""

    def fixed(self, now: int) -> bool:
        """Whether it is too near its time to be moved."""
        return self.due.at <= now + (HELD_AHEAD if self.state == "pushed" else AHEAD)


@dataclass(frozen=True, slots=True)
class Shift:
    """One publication that a refill moves, or would."""

    id: str
    title: str
    target: str
    before: Due
    after: Due


def cadence(name: str, target: str, days: Iterable[str], times: Iterable[str], tz: str) -> Cadence:
    """A cadence after a check of its parts, each once and in order. Raises JournalError."""
    zone(tz)
    on = {one for word in days for one in _days(word)}
    at = sorted({_time(word) for word in times})
    if not on:
        raise JournalError("The cadence has no day.", "Such as --days tue,fri, or `daily`.")
    if not at:
        raise JournalError("The cadence has no time of day.", "Such as --at 09:00.")
    return Cadence(name, target, tuple(day for day in DAYS if day in on), tuple(at), tz)


def days_of(number: int) -> str:
    """The full name of a day, 0 for Monday."""
    return _NAMES[number]


def words(one: Cadence) -> str:
    """`Tuesdays and Fridays 09:00 Europe/Berlin`; `spoken` reads it back."""
    on = [DAYS.index(day) for day in one.days]
    if len(on) == 7:
        said = "Every day"
    elif on == [0, 1, 2, 3, 4]:
        said = "Weekdays"
    elif on == [5, 6]:
        said = "Weekends"
    else:
        said = _listed([f"{_NAMES[day]}s" for day in on])
    return f"{said} {_listed(list(one.times))} {one.tz}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


# ---------------------------------------------------------------------- slots


def slots(cadences: Iterable[Cadence], blackouts: Iterable[Blackout], after: int) -> Iterator[Slot]:
    """The slots of one target later than `after` (ms UTC), each minute once, for 400 years."""
    closed = _closed(blackouts)
    minute = -1
    for slot in heapq.merge(
        *(_slots(one, closed, after) for one in cadences), key=lambda slot: slot.due.at
    ):
        if slot.due.at // MINUTE != minute:
            minute = slot.due.at // MINUTE
            yield slot


def free(
    cadences: Iterable[Cadence],
    blackouts: Iterable[Blackout],
    after: int,
    busy: Collection[int],
) -> Iterator[Slot]:
    """The same without slots whose minute (ms UTC // MINUTE) is in `busy`."""
    return (s for s in slots(cadences, blackouts, after) if s.due.at // MINUTE not in busy)


def deal(queue: Sequence[Queued], open: Iterator[Slot]) -> list[tuple[Queued, Due]]:
    """Give each of the queue, in its order, the next open slot. Raises JournalError at their end.

    Where the slot is the one that it has, its due time stays as it was written.
    """
    dealt = []
    for one in queue:
        slot = next(open, None)
        if slot is None:
            raise JournalError(
                "There are not enough slots for what waits.",
                "Shorten a blackout: `journal blackout list`.",
            )
        dealt.append((one, one.due if one.due.at == slot.due.at else slot.due))
    return dealt


def between(before: float | None, after: float | None) -> float:
    """A place in the queue between two others; None stands for its ends.

    Where the two have no number between them the result is one of theirs: number them anew.
    """
    if before is None:
        return 1.0 if after is None else after - 1
    return before + 1 if after is None else (before + after) / 2


def _closed(blackouts: Iterable[Blackout]) -> list[tuple[int, int]]:
    """Ranges of closed days as ordinals, in order, none touching another."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(
        (date.fromisoformat(b.first).toordinal(), date.fromisoformat(b.last).toordinal())
        for b in blackouts
    ):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _closed_until(closed: list[tuple[int, int]], day: int) -> int:
    """The last day of the blackout that `day` lies in; 0 for an open day."""
    index = bisect_right(closed, (day, date.max.toordinal())) - 1
    return closed[index][1] if index >= 0 and closed[index][1] >= day else 0


def _slots(one: Cadence, closed: list[tuple[int, int]], after: int) -> Iterator[Slot]:
    where = zone(one.tz)
    on = {DAYS.index(day) for day in one.days}
    day = local(after, one.tz).toordinal() - 1
    end = min(day + YEARS * 366, date.max.toordinal() - 2)
    while day <= end:
        shut = _closed_until(closed, day)
        if shut:
            day = shut + 1
            continue
        if (day - 1) % 7 in on:
            for slot in sorted(
                (_slot(one, day, time, where) for time in one.times), key=lambda s: s.due.at
            ):
                # A whole day that a zone leaves out moves a slot to the next one, which counts too.
                moved = date.fromisoformat(slot.due.wall[:10]).toordinal() if slot.note else day
                if slot.due.at > after and not _closed_until(closed, moved):
                    yield slot
        day += 1


def _slot(one: Cadence, day: int, time: str, where: ZoneInfo) -> Slot:
    hour, minute = int(time[:2]), int(time[3:])
    shown = date.fromordinal(day)
    first = datetime(shown.year, shown.month, shown.day, hour, minute, tzinfo=where)
    before = _offset(first)
    later = _offset(first.replace(fold=1))
    wall = (day - _EPOCH) * 86_400 + hour * 3600 + minute * 60  # seconds, as if it were UTC
    due = Due(f"{shown.isoformat()} {time}:00", one.tz, (wall - before) * 1000)
    if before == later:
        return Slot(due, one.name, one.target)
    if later < before:
        note = f"{time} happens twice on {shown} in {one.tz}: the first of the two"
        return Slot(due, one.name, one.target, note)
    # In a gap fold 1 carries the later offset and so names the earlier instant (PEP 495).
    moved = due_at(_after_gap(wall - later, wall - before, where) * 1000, one.tz)
    note = f"{time} does not exist on {shown} in {one.tz}: moved to {moved.wall[11:16]}"
    return Slot(moved, one.name, one.target, note)


def _after_gap(low: int, high: int, where: ZoneInfo) -> int:
    """The first second in (low, high] at which the clocks have gone forward."""
    before = _offset(datetime.fromtimestamp(low, UTC).astimezone(where))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC).astimezone(where)) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(moment: datetime) -> int:
    return (moment.utcoffset() or timedelta()) // timedelta(seconds=1)


# ---------------------------------------------------------------------- reading

_GROUPS = {
    "daily": DAYS,
    "day": DAYS,
    "everyday": DAYS,
    "weekday": DAYS[:5],
    "workday": DAYS[:5],
    "weekend": DAYS[5:],
}
_FILLERS = {"and", "at", "on", "every", "each", "in", "the"}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?|(\d{1,2})[:.](\d{2})", re.IGNORECASE)
_RANGE = re.compile(r"\b([a-z]{2,10})\s*(?:[-–—]|\bto\b)\s*([a-z]{2,10})\b", re.IGNORECASE)


def spoken(text: str, name: str, target: str, tz: str) -> Cadence:
    """Read `Tuesdays and Fridays 09:00 Europe/Berlin`; without a zone, `tz` is it.

    Also `Mon-Fri 9:30am and 17:00`, `daily 08:00`, `weekends at 10.00`. Raises JournalError.
    """
    days: list[str] = []
    times: list[str] = []
    zones: list[str] = []
    joined = re.sub(r"(\d)\s+([ap]\.?m\b)", r"\1\2", text, flags=re.IGNORECASE)
    joined = _RANGE.sub(lambda m: f"{m[1]}-{m[2]}" if _day(m[1]) and _day(m[2]) else m[0], joined)
    for word in re.split(r"[\s,;&]+", joined):
        if not word or word.lower() in _FILLERS:
            continue
        if _TIME.fullmatch(word):
            times.append(word)
        elif "/" in word or _is_zone(word):
            zones.append(word)
        else:
            days.append(word)
    if len(zones) > 1:
        raise JournalError(
            f"A cadence has one time zone, not {_listed(zones)}.", "Add a second cadence."
        )
    return cadence(name, target, days, times, zones[0] if zones else tz)


def _is_zone(word: str) -> bool:
    try:
        zone(word)
    except JournalError:
        return False
    return True


def _days(word: str) -> tuple[str, ...]:
    first, dash, last = word.strip().strip(".").partition("-")
    plain = first.lower()
    if not dash:
        group = _GROUPS.get(plain) or _GROUPS.get(plain.removesuffix("s"))
        if group:
            return group
    one, other = _day(first), _day(last) if dash else _day(first)
    if not one or not other:
        raise JournalError(
            f"{word!r} is not a day of the week.",
            'Write "Tuesdays and Fridays 09:00 Europe/Berlin", or --days tue,fri --at 09:00.',
        )
    start, length = DAYS.index(one), (DAYS.index(other) - DAYS.index(one)) % 7 + 1
    return tuple(DAYS[(start + n) % 7] for n in range(length))


def _day(word: str) -> str:
    """The short name of a day, by two of its letters or more; empty for another word."""
    plain = word.lower().strip(".")
    for short, name in zip(DAYS, _NAMES, strict=True):
        whole = name.lower()
        if len(plain) >= 2 and whole.startswith((plain, plain.removesuffix("s"))):
            return short
    return ""


def _time(word: str) -> str:
    found = _TIME.fullmatch(word.strip())
    hour, minute = -1, 0
    if found and found[3]:
        hour, minute = int(found[1]), int(found[2] or 0)
        # 12 am is midnight and 12 pm is noon.
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0) if 1 <= hour <= 12 else -1
    elif found:
        hour, minute = int(found[4]), int(found[5])
    if not (0 <= hour <= 23 and minute <= 59):
        raise JournalError(f"{word!r} is not a time of day.", "Write it as 09:00 or 17:30.")
    return f"{hour:02d}:{minute:02d}"
