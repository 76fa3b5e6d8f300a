"""Moments as a list shows them: today a time, this week a day, else a date."""

from __future__ import annotations

from datetime import datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000).astimezone()


def short_when(ms: int, now: int) -> str:
    """`14:08` today, `Fri` within six days, `2 Nov` this year, `2 Nov 2025` else (local time)."""
    at, today = _local(ms), _local(now)
    days = (today.date() - at.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if 0 < days < 7:
        return _DAYS[at.weekday()]
    text = f"{at.day} {_MONTHS[at.month - 1]}"
    return text if at.year == today.year else f"{text} {at.year}"


def due_when(ms: int, now: int) -> str:
    """A moment ahead with its time: `14:08`, `Tue 09:00`, `2 Dec 09:00`, `2 Jan 2027 09:00`."""
    at, today = _local(ms), _local(now)
    days = (at.date() - today.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if 0 < days < 7:
        return f"{_DAYS[at.weekday()]} {at:%H:%M}"
    year = "" if at.year == today.year else f" {at.year}"
    return f"{at.day} {_MONTHS[at.month - 1]}{year} {at:%H:%M}"
