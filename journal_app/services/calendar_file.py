"""The schedule as an iCalendar file (RFC 5545) that other calendar programs read or subscribe to.

One event a publication, in UTC: UID is its id, SEQUENCE its moves so far (which only grow), STATUS
what is sure of it. No text of a post goes in. The bytes follow from the database alone, so a file
that says the same is not written again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from journal_app.domain.drafting import without_links
from journal_app.domain.due import span
from journal_app.errors import JournalError
from journal_app.runtime import whole_files
from journal_app.store import cadences as rows

if TYPE_CHECKING:
    from journal_app.store.database import Store

PRODID = "-//Field Journal//Publishing//EN"
DAY = 24 * 3600 * 1000  # ms
PAST = 400 * DAY  # what was due before is left out
CANCELLED = 30 * DAY  # what was taken off stays so long, for programs that imported a file
SHOWN = timedelta(minutes=15)  # how long an event is drawn
LATE = 60_000  # ms: less is not lateness that anyone notices
EARLY = timedelta(minutes=10)

_STATUS = {"cancelled": "CANCELLED"} | dict.fromkeys(
    ("unknown", "failed", "missed", "blocked"), "TENTATIVE"
)
_WORDS = {
    "scheduled": "This computer must be on at the time.",
    "claimed": "It is being sent.",
    "sending": "It is being sent.",
    "pushed": "The target holds it: safe to close the laptop.",
    "unknown": "It may be out: needs attention.",
    "published": "It is out.",
    "removed": "It was taken back.",
    "failed": "It could not go out: needs attention.",
    "missed": "Its time passed while this computer was off: needs attention.",
    "blocked": "A check refused it: needs attention.",
    "cancelled": "It was taken off the schedule.",
}
_ACTS = {"update": "Update: ", "unpublish": "Take back: "}
_HEAD = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        "NAME:Field Journal",
        "X-WR-CALNAME:Field Journal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "",
    ]
).encode()
_URI = ":/?#[]@!$&'()*+,;=%"  # what RFC 3986 has in an address beside letters and digits
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # the direction of letters that follow


class CalendarFileService:
    """Writes the calendar of one journal. `wanted` gives the file of the setting, "" for none."""

    def __init__(self, store: Store, wanted: Callable[[], str]) -> None:
        self._store, self._wanted = store, wanted
        self._seen = -1  # the change that the file holds
        self._place = ""
        self._lines: dict[tuple[rows.Event, bool], bytes] = {}  # only what changed is worded anew

    def export(self, *, alarms: bool = True) -> bytes:
        """The calendar. With `alarms`, ten minutes before what needs this computer to be on."""
        now = self._store.now()
        events = rows.events(self._store.read(), now - PAST, now - CANCELLED)
        kept = {(one, alarms): self._lines.get((one, alarms)) for one in events}
        self._lines = {key: lines or _event(*key) for key, lines in kept.items()}
        return b"".join([_HEAD, *self._lines.values(), b"END:VCALENDAR\r\n"])

    def save(self, file: Path, *, alarms: bool = True) -> bool:
        """Put the calendar at `file`, whole or not at all; False where it says that already.

        Raises JournalError for a file that is not a calendar of ours, and where it cannot be
        written.
        """
        data = self.export(alarms=alarms)
        try:
            before = file.read_bytes() if file.exists() else None
            if before == data:
                return False
            if before and PRODID.encode() not in before[:400]:
                raise JournalError(
                    f"{file} was not written by Field Journal; it was left as it is.",
                    "Choose another name for the calendar.",
                )
            whole_files.place(file, data)
        except OSError as error:
            raise JournalError(
                f"The calendar {file} cannot be written: {error.strerror or error}.",
                "Choose a file in a folder that is there: `journal config calendar.file FILE`.",
            ) from error
        return True

    def write_if_changed(self) -> bool:
        """Bring the file of the setting up to date; whether it was written.

        Cheap where nothing changed: one look into the change log. Raises JournalError as `save`.
        """
        place = self._wanted()
        if not place:
            return False
        last = rows.last_change(self._store.read(), max(self._seen, 0))
        if last == self._seen and place == self._place and Path(place).exists():
            return False
        written = self.save(Path(place))
        self._seen, self._place = last, place
        return written


def _event(one: rows.Event, alarms: bool) -> bytes:
    from icalendar import Alarm, Event

    title = _line(without_links(one.title)) or "Untitled"
    start = _utc(one.due_at)
    event = Event()
    event.add("uid", f"{one.id.lower()}@field-journal")
    event.add("dtstamp", _utc(one.updated_at))
    event.add("created", _utc(one.created_at))
    event.add("last-modified", _utc(one.updated_at))
    event.add("sequence", max(0, one.moves - 1))
    event.add("dtstart", start)
    event.add("dtend", start + SHOWN)
    event.add("summary", _ACTS.get(one.act, "") + title)
    event.add("description", _description(one))
    event.add("status", _STATUS.get(one.state, "CONFIRMED"))
    event.add("transp", "TRANSPARENT")  # the author is not busy then
    event.add("categories", [_line(one.target)])
    url = quote(one.url, _URI)
    if one.url.isprintable() and url.startswith(("https://", "http://")):
        event.add("url", url)
    if alarms and one.state == "scheduled":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -EARLY)
        alarm.add("description", f"This computer must be on in 10 minutes: {title}")
        event.add_component(alarm)
    return bytes(event.to_ical())


def _description(one: rows.Event) -> str:
    said = _WORDS[one.state]
    if one.state == "published" and one.late_ms >= LATE:
        said = f"It is out, {span(one.late_ms)} late."
    return f"{_line(one.target)} · {one.state}\n{said}"


def _line(text: str) -> str:
    """`text` as one line without what RFC 5545 does not allow in a text, and without turns."""
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") else letter
        for letter in _TURNS.sub("", text)
    )
    return " ".join("".join(kept).split())


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)
