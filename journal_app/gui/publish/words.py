"""What the window says about a publication: its state, when, how late, what this computer owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

from journal_app.domain.due import Due, local, offset
from journal_app.gui.language import locale, tr, trn

if TYPE_CHECKING:
    from journal_app.domain.publishing import QueueItem

LATE = 60_000  # ms: less than a minute is on its way, not late
MOVABLE = ("scheduled", "pushed", "failed", "missed", "blocked")


@dataclass(frozen=True, slots=True)
class Face:
    """A state as it is shown: a tone of the chips, an icon and a word, always all three."""

    tone: str
    icon: str
    word: str
    short: str = ""  # the same where there is little room

    @property
    def token(self) -> str:
        """The colour of its icon."""
        return self.tone or "muted"


def face(item: QueueItem) -> Face:
    """How the state of a publication is shown."""
    state = item.publication.state
    if item.by_hand:
        return Face("stale", "clipboard-type", tr("yours to post"))
    if state == "scheduled" and item.paused:
        return Face("stale", "power", tr("place paused"), tr("paused"))
    if state in ("scheduled", "pushed") and item.late_ms > LATE:
        return Face("stale", "clock", tr("late"))
    return state_face(state)


def state_face(state: str) -> Face:
    """How a state is shown, whatever else is known."""
    faces: dict[str, tuple[str, ...]] = {
        "scheduled": ("info", "calendar-clock", tr("scheduled")),
        "pushed": ("info", "cloud-check", tr("held by the place"), tr("held")),
        "claimed": ("info", "send", tr("being sent")),
        "sending": ("info", "send", tr("sending")),
        "unknown": ("stale", "circle-help", tr("unclear")),
        "published": ("pass", "circle-check", tr("published")),
        "removed": ("", "undo-2", tr("taken back")),
        "failed": ("fail", "circle-x", tr("failed")),
        "missed": ("stale", "clock", tr("missed")),
        "blocked": ("fail", "circle-alert", tr("blocked")),
        "cancelled": ("", "x", tr("taken off")),
    }
    return Face(*faces[state]) if state in faces else Face("", "info", state)


def movable(item: QueueItem) -> bool:
    """Whether another time can be given to it."""
    return item.publication.state in MOVABLE


def approval(item: QueueItem) -> str:
    """What approving it is called: a new text, or what was refused and may be mended; "" where
    there is nothing to approve."""
    state = item.publication.state
    if item.edited and state in ("scheduled", "pushed", "blocked"):
        return tr("Approve the new text")
    return tr("Approve") if state == "blocked" else ""


def why_not_movable(item: QueueItem) -> str:
    """Why no other time can be given to it."""
    state = item.publication.state
    if state in ("published", "removed"):
        return tr("“{title}” is out already: it stays on its day.", title=item.title)
    if state == "unknown":
        return tr("First say whether “{title}” is out; then it can be moved.", title=item.title)
    return tr("“{title}” is being sent now.", title=item.title)


# ---------------------------------------------------------------------- time


def qdate(day: date) -> QDate:
    """The same day in Qt's words."""
    return QDate(day.year, day.month, day.day)


def short_day(day: date) -> str:
    """`Tue 2 Dec`."""
    return locale().toString(qdate(day), tr("ddd d MMM"))


def long_day(day: date) -> str:
    """`Tuesday, 1 December 2026`."""
    return locale().toString(qdate(day), tr("dddd, d MMMM yyyy"))


def moment(due: Due, now: int) -> str:
    """`Tue 2 Dec 09:00`, in the zone of the due time; with the year where it is another one."""
    at = local(due.at, due.tz)
    day = at.date()
    shown = short_day(day)
    if day.year != local(now, due.tz).year:
        shown = locale().toString(qdate(day), tr("ddd d MMM yyyy"))
    return f"{shown} {at:%H:%M}"


def in_zone(due: Due, now: int) -> str:
    """`Tue 2 Dec 09:00 Europe/Berlin (+01:00)`."""
    return f"{moment(due, now)} {due.tz} ({offset(local(due.at, due.tz))})"


def clock_of(at: int, tz: str) -> str:
    """The time of day of an instant."""
    return f"{local(at, tz):%H:%M}"


def zone_now(tz: str, now: int) -> str:
    """`UTC+01:00`: what the zone is ahead of UTC now."""
    return f"UTC{offset(local(now, tz))}"


def long_span(ms: int) -> str:
    """A length of time in whole words: minutes up to two hours, hours up to two days, days."""
    minutes = abs(ms) // 60_000
    if minutes < 120:
        return trn("{n} minute|{n} minutes", max(1, minutes))
    if minutes < 48 * 60:
        return trn("{n} hour|{n} hours", minutes // 60)
    return trn("{n} day|{n} days", minutes // (24 * 60))


def late(item: QueueItem) -> str:
    """`3 hours late`; "" where it is not."""
    if item.late_ms <= LATE:
        return ""
    span = long_span(item.late_ms)
    if item.publication.state in ("published", "removed"):
        return tr("It went out {span} late.", span=span)
    if item.publication.state == "missed":
        return tr("Its time passed {span} ago: it waits for you.", span=span)
    return tr("It is {span} late.", span=span)


def computer(item: QueueItem, tz: str) -> str:
    """What this computer has to do for it: be on, or nothing."""
    p = item.publication
    if p.state == "pushed":
        return tr("{target} holds it: safe to close the laptop.", target=p.target)
    if p.state == "scheduled" and not item.paused and item.late_ms <= LATE:
        return tr("This computer must be on at {time}.", time=clock_of(p.due.at, tz))
    return ""


def said(item: QueueItem, tz: str) -> str:
    """A publication in one line, for a screen reader and the pointer; times in the zone `tz`."""
    p = item.publication
    parts = [clock_of(p.due.at, tz), item.title or tr("Untitled"), p.target, face(item).word]
    if item.edited:
        parts.append(tr("edited since it was approved"))
    line = ", ".join(parts)
    more = [part for part in (late(item), computer(item, tz), item.paused) if part]
    return f"{line}. {' '.join(more)}".strip() if more else line
