"""Moments as a list shows them: today a time, this week a day, else a date; in the words of the
chosen language. The patterns are Qt's; translators put day and month in their order."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QTimeZone

from journal_app.gui.language import locale, tr


def short_when(ms: int, now: int) -> str:
    """`14:08` today, `Fri` within six days, `2 Nov` this year, `2 Nov 2025` else (local time)."""
    at, today = _local(ms), _local(now)
    days = at.date().daysTo(today.date())
    if days == 0:
        return _say(at, "HH:mm")
    if 0 < days < 7:
        return _say(at, "ddd")
    if at.date().year() == today.date().year():
        return _say(at, tr("d MMM"))
    return _say(at, tr("d MMM yyyy"))


def due_when(ms: int, now: int, tz: str = "") -> str:
    """A moment ahead with its time: `14:08`, `Tue 09:00`, `2 Dec 09:00`, `2 Jan 2027 09:00`; in
    the zone `tz` where one is named and known."""
    at, today = _local(ms, tz), _local(now, tz)
    days = today.date().daysTo(at.date())
    if days == 0:
        return _say(at, "HH:mm")
    if 0 < days < 7:
        return _say(at, "ddd HH:mm")
    if at.date().year() == today.date().year():
        return _say(at, tr("d MMM HH:mm"))
    return _say(at, tr("d MMM yyyy HH:mm"))


def _local(ms: int, tz: str = "") -> QDateTime:
    zone = QTimeZone(tz.encode()) if tz else None
    if zone is None or not zone.isValid():
        return QDateTime.fromMSecsSinceEpoch(ms)
    return QDateTime.fromMSecsSinceEpoch(ms, zone)


def _say(at: QDateTime, pattern: str) -> str:
    return locale().toString(at, pattern)
