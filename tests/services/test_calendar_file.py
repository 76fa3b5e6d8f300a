"""The calendar file: what other programs read is right by RFC 5545, whatever titles hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.drafting import without_links
from journal_app.domain.publishing import STATES
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.services import calendar_file
from journal_app.services.calendar_file import CalendarFileService
from journal_app.store.cadences import Event

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)
DAY = 24 * 3600 * 1000
BAD = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Desk:
    """A journal with a site, a calendar file, and a clock that the test sets."""

    def __init__(self, folder: Path, tmp: Path) -> None:
        self.now = START
        self.journal = Journal(folder, now=lambda: self.now)
        self.site = tmp / "site"
        self.site.mkdir()
        self.journal.targets.add("blog", "folder", {"path": str(self.site), "flavor": "hugo"})
        self.file = tmp / "calendar" / "posts.ics"
        self.file.parent.mkdir()
        self.service = self.journal.calendar_file

    def schedule(self, title: str = "A post", at: str = "2026-12-01 09:00") -> str:
        post = self.journal.entries.create("The secret body.", kind="post", title=title)
        p = self.journal.publishing.schedule(post.id, "blog", at, tz="Europe/Berlin")
        return p.id

    def events(self) -> list[Any]:
        return list(read(self.service.export()).walk("VEVENT"))


@pytest.fixture
def desk(journal_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(journal_folder, tmp_path)
    yield made
    made.journal.close()


def read(data: bytes) -> Any:
    """The calendar, after a look at what RFC 5545 asks of every line (section 3.1)."""
    assert data.endswith(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
        assert not BAD.search(line)
    for line in data.replace(b"\r\n ", b"").rstrip().split(b"\r\n"):
        assert re.match(rb"[A-Z-]+[;:]", line), line
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        for name in ("UID", "DTSTAMP", "DTSTART"):  # section 3.6.1
            assert len(list(filter(lambda item: item[0] == name, event.property_items(False)))) == 1
    return calendar


def words(event: Any) -> tuple[str, str, str]:
    return str(event["SUMMARY"]), str(event["STATUS"]), str(event["DESCRIPTION"])


def test_a_publication_is_one_event_in_utc_without_the_text(desk: Desk) -> None:
    id = desk.schedule("Warmup, and what it did; really ->run:d12")
    calendar = read(desk.service.export())
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert "METHOD" not in calendar  # RFC 5546 would ask for an organizer
    (event,) = calendar.walk("VEVENT")
    assert words(event) == (
        "Warmup, and what it did; really",
        "CONFIRMED",
        "blog · scheduled\nThis computer must be on at the time.",
    )
    assert event["UID"] == f"{id.lower()}@field-journal"
    assert event.decoded("DTSTART") == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED")
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER").total_seconds() == -600
    assert b"VALARM" not in desk.service.export(alarms=False)
    assert b"secret body" not in desk.service.export()


def test_moves_count_up_and_the_rest_follows_the_state(desk: Desk) -> None:
    id = desk.schedule()
    assert desk.events()[0]["SEQUENCE"] == 0
    desk.now += 60_000
    desk.journal.publishing.reschedule(id, "2026-12-02 10:00")
    (event,) = desk.events()
    assert event["SEQUENCE"] == 1
    assert event.decoded("DTSTART") == datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    assert event.decoded("LAST-MODIFIED") == datetime(2026, 11, 30, 12, 1, tzinfo=UTC)
    desk.now = int(datetime(2026, 12, 2, 12, 0, tzinfo=UTC).timestamp() * 1000)
    desk.journal.publishing.run_due()
    (event,) = desk.events()
    assert words(event)[1:] == ("CONFIRMED", "blog · published\nIt is out, 3 h late.")
    assert event["SEQUENCE"] > 1
    assert not event.walk("VALARM")


def test_what_was_taken_off_says_so_for_a_month(desk: Desk) -> None:
    id = desk.schedule()
    desk.journal.publishing.cancel(id)
    assert [words(event)[1] for event in desk.events()] == ["CANCELLED"]
    desk.now += 31 * DAY
    assert desk.events() == []


def test_every_state_has_words(desk: Desk) -> None:
    id = desk.schedule()
    told = {}
    for state in STATES:
        with desk.journal.store.write() as w:
            w.db.execute("UPDATE publications SET state = ? WHERE id = ?", (state, id))
        ((_, status, told[state]),) = [words(event) for event in desk.events()]
        attention = state in ("unknown", "failed", "missed", "blocked")
        assert status == (
            "TENTATIVE" if attention else "CANCELLED" if state == "cancelled" else "CONFIRMED"
        )
        assert ("needs attention" in told[state]) == attention
    assert "safe to close the laptop" in told["pushed"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "https://example.org/posts/a/?q=1&r=%20#top",
            "https://example.org/posts/a/?q=1&r=%20#top",
        ),
        ("https://example.org/" + "x" * 300, "https://example.org/" + "x" * 300),
        ("https://example.org/é b", "https://example.org/%C3%A9%20b"),
        ("javascript:alert(1)", None),
        ("https://example.org/\r\nATTACH:https://evil.example", None),
    ],
)
def test_the_address_of_a_post_comes_along(url: str, kept: str | None) -> None:
    event = Event("01J", "blog", "published", "publish", START, START, START, url, "t", 4)
    (found,) = read(_calendar([event])).walk("VEVENT")
    assert found.get("URL") == kept


def _calendar(events: list[Event]) -> bytes:
    head, end = calendar_file._HEAD, b"END:VCALENDAR\r\n"
    return b"".join([head, *(calendar_file._event(one, True) for one in events), end])


@given(st.text(max_size=200) | st.text(st.sampled_from("a,;:\\\"\r\n\t 😀é\u202e\u0085\u2028^'=")))
def test_no_title_breaks_the_calendar(title: str) -> None:
    events = [
        Event(str(n), "blog", "scheduled", act, START, START, START, "", title, 1)
        for n, act in enumerate(("publish", "update", "unpublish"))
    ]
    found = read(_calendar(events)).walk("VEVENT")
    assert len(found) == 3
    kept = calendar_file._line(without_links(title)) or "Untitled"
    assert [str(one["SUMMARY"]) for one in found] == [
        kept,
        f"Update: {kept}",
        f"Take back: {kept}",
    ]
    assert all(not one.walk("VEVENT")[1:] and len(one.walk("VALARM")) == 1 for one in found)


# ---------------------------------------------------------------------- the file


def follow(desk: Desk) -> None:
    desk.journal.settings.set("calendar.file", str(desk.file))


def test_the_file_follows_the_schedule(desk: Desk) -> None:
    assert not desk.service.write_if_changed()  # no file is set
    follow(desk)
    assert desk.service.write_if_changed()  # an empty calendar
    assert not desk.service.write_if_changed()
    desk.schedule("One")
    assert desk.service.write_if_changed()
    assert b"SUMMARY:One" in desk.file.read_bytes()
    before = desk.file.stat().st_mtime_ns
    desk.journal.entries.create("a note")
    assert not desk.service.write_if_changed()
    assert desk.file.stat().st_mtime_ns == before
    desk.file.unlink()
    assert desk.service.write_if_changed()
    again = CalendarFileService(desk.journal.store, lambda: str(desk.file))
    assert not again.write_if_changed()  # it says that already
    assert [one.name for one in desk.file.parent.iterdir()] == ["posts.ics"]


def test_what_another_process_schedules_comes_into_the_file(desk: Desk) -> None:
    follow(desk)
    desk.service.write_if_changed()
    with Journal(desk.journal.folder, now=lambda: desk.now) as other:
        post = other.entries.create("b", kind="post", title="From elsewhere")
        other.publishing.schedule(post.id, "blog", "2026-12-01 09:00", tz="UTC")
    assert desk.service.write_if_changed()
    assert b"From elsewhere" in desk.file.read_bytes()


def test_a_calendar_that_is_not_ours_is_left_alone(desk: Desk) -> None:
    follow(desk)
    for theirs in (b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n", b"notes"):
        desk.file.write_bytes(theirs)
        with pytest.raises(JournalError, match="not written by Field Journal") as raised:
            desk.service.write_if_changed()
        assert raised.value.hint
        assert desk.file.read_bytes() == theirs


def test_a_folder_that_is_away_is_said_and_caught_up_later(desk: Desk) -> None:
    follow(desk)
    desk.file.parent.rmdir()
    with pytest.raises(JournalError, match="cannot be written") as raised:
        desk.service.write_if_changed()
    assert "calendar.file" in raised.value.hint
    desk.file.parent.mkdir()
    assert desk.service.write_if_changed()


@pytest.mark.parametrize("value", ["posts.ics", "/tmp/posts.txt", "/tmp/"])
def test_the_setting_wants_a_full_path_of_a_calendar(desk: Desk, value: str) -> None:
    with pytest.raises(JournalError, match=r"not a value of calendar\.file"):
        desk.journal.settings.set("calendar.file", value)


def test_only_what_changed_is_worded_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    worded = []
    event = calendar_file._event

    def counted(one: Event, alarms: bool) -> bytes:
        worded.append(one)
        return event(one, alarms)

    monkeypatch.setattr(calendar_file, "_event", counted)
    made = [desk.schedule(f"p{n}") for n in range(30)]
    desk.service.export()
    desk.journal.publishing.cancel(made[3])
    desk.service.export()
    assert len(worded) == 31
