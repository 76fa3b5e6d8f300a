"""Due times: a wall time in a zone becomes one instant, or a question with its two answers.

A wall time may not exist (clocks go forward) or exist twice (clocks go back). Neither is decided
silently: `due_time` raises `AmbiguousTime` with both choices. Method: a wall time exists where it
survives the round trip through UTC; it is twofold where the offsets of fold 0 and fold 1 differ.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from journal_app.errors import JournalError

Fold = Literal["first", "second"]
Gap = Literal["before", "after"]
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Due:
    """A moment as people wrote it and as computers count it: wall time, IANA zone, UTC ms."""

    wall: str
    tz: str
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an ambiguous wall time: the flag that chooses it and what it means."""

    flag: str
    due: Due
    shown: str


class AmbiguousTime(JournalError):
    """The wall time happens twice or never; `choices` are the two ways to mean it."""

    def __init__(self, message: str, choices: tuple[Choice, Choice]) -> None:
        super().__init__(
            message, "\n".join(f"{choice.flag:14} for {choice.shown}" for choice in choices)
        )
        self.choices = choices


def zone(name: str) -> ZoneInfo:
    """The IANA zone called `name`. Raises JournalError with names that are near."""
    if name not in _names():
        raise JournalError(f"There is no time zone {name!r}.", _near(name))
    return _loaded(name)


@cache
def _names() -> frozenset[str]:
    # These files lie among the zones of many systems; what they mean differs by computer.
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


def _loaded(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise JournalError(f"There is no time zone {name!r}.", _near(name)) from error


def _near(name: str) -> str:
    known = {key.lower(): key for key in _names()}
    wanted = name.strip().lower().replace(" ", "_")
    cities = {key.rpartition("/")[2]: whole for key, whole in sorted(known.items())}
    near = [known[key] for key in difflib.get_close_matches(wanted, known, 3, 0.6)]
    city = wanted.rpartition("/")[2]
    near += [cities[key] for key in difflib.get_close_matches(city, cities, 3, 0.75)]
    shown = list(dict.fromkeys(near))[:4]
    if shown:
        return "Did you mean " + " or ".join(shown) + "?"
    return "Write it as Europe/Berlin, America/New_York, Asia/Tokyo or UTC."


def local(at: int, tz: str) -> datetime:
    """The instant `at` (ms UTC) as an aware datetime in `tz`, to the second.

    Whatever this computer can load will do: what was once written must stay readable.
    """
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(_loaded(tz))


def due_at(at: int, tz: str) -> Due:
    """The due time that is the instant `at` (ms UTC), shown in `tz`."""
    return Due(local(at, tz).strftime("%Y-%m-%d %H:%M:%S"), tz, at // 1000 * 1000)


def due_time(text: str, tz: str, fold: Fold | None = None, gap: Gap | None = None) -> Due:
    """Read `2026-12-01 09:00` (seconds optional, T or space) as wall time in `tz`.

    With an offset or Z, the offset decides the instant and `tz` only how it is shown. `fold`
    answers for a time that happens twice, `gap` for one that never does; where the time is plain,
    both are ignored. Raises JournalError for text that is no time, AmbiguousTime where an answer
    is needed.
    """
    where = zone(tz)
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise JournalError(
            f"{text!r} is not a time.",
            'Write it as "2026-12-01 09:00", or with an offset: 2026-12-01T09:00+01:00.',
        ) from error
    if len(text.strip()) <= 10:
        raise JournalError(f"{text!r} has no time of day.", f'Write it as "{text.strip()} 09:00".')
    if not 1971 <= wall.year <= 9000:
        raise JournalError(f"{text!r} is out of range.", "Write the year with four digits.")
    if wall.tzinfo is not None:
        return due_at(_ms(wall), tz)
    first = wall.replace(tzinfo=where, fold=0)
    second = wall.replace(tzinfo=where, fold=1)
    if first.utcoffset() == second.utcoffset():
        return due_at(_ms(first), tz)
    if _exists(first):
        return _twice(text, tz, first, second, fold)
    return _never(text, tz, first, second, gap)


def _twice(text: str, tz: str, first: datetime, second: datetime, fold: Fold | None) -> Due:
    choices = _choices(tz, ("--fold first", first), ("--fold second", second))
    if fold is None:
        raise AmbiguousTime(
            f"{text} happens twice in {tz}: the clocks go back. Say which one:", choices
        )
    return choices[0 if fold == "first" else 1].due


def _never(text: str, tz: str, first: datetime, second: datetime, gap: Gap | None) -> Due:
    # In a gap, fold 1 carries the later offset and so names the earlier instant (PEP 495).
    choices = _choices(tz, ("--gap before", second), ("--gap after", first))
    if gap is None:
        raise AmbiguousTime(
            f"{text} does not exist in {tz}: the clocks go forward over it. Say which you mean:",
            choices,
        )
    return choices[0 if gap == "before" else 1].due


def _choices(
    tz: str, one: tuple[str, datetime], other: tuple[str, datetime]
) -> tuple[Choice, Choice]:
    def choice(flag: str, moment: datetime) -> Choice:
        at = _ms(moment)
        shown = local(at, tz)
        return Choice(flag, due_at(at, tz), shown.strftime("%Y-%m-%d %H:%M %Z ") + offset(shown))

    return choice(*one), choice(*other)


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _ms(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def offset(moment: datetime, colon: bool = True) -> str:
    """The offset of an aware datetime: `+01:00`, or `+0100` without the colon."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours:02d}{':' if colon else ''}{rest:02d}"


def rfc3339(at: int, tz: str) -> str:
    """`2026-12-01T09:00:00+01:00`: always with a numeric offset.

    Offsets of seconds (local mean time, before 1972) cannot be written in RFC 3339: the offset is
    rounded to the minute and the clock moved with it, so that the instant stays exact.
    """
    return _fixed(at, tz).strftime("%Y-%m-%dT%H:%M:%S") + offset(_fixed(at, tz))


def jekyll_date(at: int, tz: str) -> str:
    """`2026-12-01 09:00:00 +0100`, as Jekyll's documentation writes dates."""
    return _fixed(at, tz).strftime("%Y-%m-%d %H:%M:%S ") + offset(_fixed(at, tz), colon=False)


def _fixed(at: int, tz: str) -> datetime:
    shown = local(at, tz)
    minutes = round((shown.utcoffset() or timedelta()).total_seconds() / 60)
    return shown.astimezone(timezone(timedelta(minutes=minutes)))


def span(ms: int) -> str:
    """A length of time in words: `3 s`, `12 min`, `5 h`, `2 days`."""
    seconds = abs(ms) // 1000
    for size, name in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= size * (2 if name == "days" else 1):
            return f"{seconds // size} {name}"
    return f"{seconds} s"
