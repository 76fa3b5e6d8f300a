"""Slots of cadences: what people write, what clocks do, and what a queue is promised."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.cadence import (
    AHEAD,
    DAYS,
    Blackout,
    Cadence,
    Queued,
    between,
    cadence,
    deal,
    free,
    slots,
    spoken,
    words,
)
from journal_app.domain.due import MINUTE, Due, due_time
from journal_app.errors import JournalError

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca")
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp() * 1000)


def read(text: str, tz: str = "Europe/Berlin") -> Cadence:
    return spoken(text, "weekly", "blog", tz)


def first(text: str, n: int = 1, after: int = START) -> list[str]:
    return [slot.due.wall for slot in islice(slots([read(text)], [], after), n)]


# ---------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "days", "times", "tz"),
    [
        ("Tuesdays and Fridays 09:00 Europe/Berlin", "tue fri", "09:00", "Europe/Berlin"),
        ("Mon-Fri 9:30am, 17:00", "mon tue wed thu fri", "09:30 17:00", "Europe/Berlin"),
        ("Friday to Monday at 8.00", "mon fri sat sun", "08:00", "Europe/Berlin"),
        ("every day at 7 pm America/New_York", " ".join(DAYS), "19:00", "America/New_York"),
        ("weekends 12am UTC", "sat sun", "00:00", "UTC"),
        ("tues, thurs 12pm", "tue thu", "12:00", "Europe/Berlin"),
        ("weekdays 09:00 09:00 8:05", "mon tue wed thu fri", "08:05 09:00", "Europe/Berlin"),
        ("Mo Mo 10:00 America/Port-au-Prince", "mon", "10:00", "America/Port-au-Prince"),
    ],
)
def test_people_write_it_in_words(text: str, days: str, times: str, tz: str) -> None:
    one = read(text)
    assert (one.days, one.times, one.tz) == (tuple(days.split()), tuple(times.split()), tz)
    assert read(words(one)) == one
    assert cadence("weekly", "blog", days.split(), times.split(), tz) == one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no day"),
        ("09:00", "no day"),
        ("Tuesdays", "no time"),
        ("Tuesdays 25:00", "'25:00' is not a time of day"),
        ("Tuesdays 13pm", "'13pm' is not a time of day"),
        ("someday 09:00", "'someday' is not a day"),
        ("every other Tuesday 09:00", "'other' is not a day"),
        ("T 09:00", "'T' is not a day"),
        ("Tue 09:00 Europe/Berln", "no time zone 'Europe/Berln'"),
        ("Tue 09:00 UTC Europe/Berlin", "one time zone"),
    ],
)
def test_what_is_not_understood_is_said(text: str, said: str) -> None:
    with pytest.raises(JournalError, match=said) as raised:
        read(text)
    assert raised.value.hint


@given(
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.sets(st.times(), min_size=1, max_size=4),
    st.sampled_from([*ZONES, "UTC", "CET"]),
)
def test_every_cadence_reads_back_what_it_says(days: set[str], times: set[time], tz: str) -> None:
    one = cadence("n", "t", days, [f"{at:%H:%M}" for at in times], tz)
    assert spoken(words(one), "n", "t", "UTC") == one


# ---------------------------------------------------------------------- slots


def test_slots_come_in_the_order_of_time() -> None:
    assert first("Tuesdays and Fridays 17:00, 09:00", 5) == [
        "2026-03-03 09:00:00",
        "2026-03-03 17:00:00",
        "2026-03-06 09:00:00",
        "2026-03-06 17:00:00",
        "2026-03-10 09:00:00",
    ]


def test_a_slot_in_a_gap_goes_to_the_first_moment_after_it_and_says_so() -> None:
    (slot,) = [s for s in islice(slots([read("Sundays 02:30")], [], START), 5) if s.note]
    assert slot.due == due_time("2026-03-29 03:00", "Europe/Berlin")
    assert slot.note == ("02:30 does not exist on 2026-03-29 in Europe/Berlin: moved to 03:00")


def test_a_gap_of_half_an_hour_moves_by_less() -> None:
    one = read("daily 02:10 Australia/Lord_Howe")
    moved = next(s for s in slots([one], [], START + 180 * 24 * 60 * MINUTE) if s.note)
    assert moved.due == due_time("2026-10-04 02:30", "Australia/Lord_Howe")


def test_of_a_twofold_time_the_first_counts_and_that_is_said() -> None:
    after = int(datetime(2026, 10, 20, tzinfo=UTC).timestamp() * 1000)
    slot = next(slots([read("Sundays 02:30")], [], after))
    assert slot.due == due_time("2026-10-25 02:30", "Europe/Berlin", "first")
    assert "happens twice" in slot.note


def test_a_slot_that_is_moved_onto_another_counts_once() -> None:
    assert first("Sundays 02:15, 02:30, 03:00", 13)[12:] == ["2026-03-29 03:00:00"]
    assert first("Sundays 02:15, 02:30, 03:00", 14)[13:] == ["2026-04-05 02:15:00"]


def test_a_day_that_a_zone_leaves_out_moves_its_slot_to_the_next() -> None:
    after = int(datetime(2011, 12, 29, tzinfo=UTC).timestamp() * 1000)
    one = read("daily 09:00 Pacific/Apia")
    found = [s.due.wall for s in islice(slots([one], [], after), 3)]
    assert found == ["2011-12-29 09:00:00", "2011-12-31 00:00:00", "2011-12-31 09:00:00"]
    closed = Blackout("b", "2011-12-31", "2011-12-31", "")
    found = [s.due.wall for s in islice(slots([one], [closed], after), 2)]
    assert found == ["2011-12-29 09:00:00", "2012-01-01 09:00:00"]


def test_blackout_days_are_those_of_the_zone_of_the_slot() -> None:
    closed = [Blackout("b", "2026-03-03", "2026-03-05", "away")]
    tokyo = read("daily 08:00 Asia/Tokyo")  # the evening before in UTC
    found = [s.due for s in islice(slots([tokyo], closed, START), 3)]
    assert [due.wall[:10] for due in found] == ["2026-03-02", "2026-03-06", "2026-03-07"]
    assert found[1].at == int(datetime(2026, 3, 5, 23, tzinfo=UTC).timestamp() * 1000)


def test_blackouts_for_ever_end_the_slots() -> None:
    closed = [
        Blackout("a", "2026-01-01", "2026-03-10", ""),
        Blackout("b", "2026-03-11", "9999-12-31", ""),
        Blackout("c", "2026-03-05", "2026-03-06", "inside another"),
    ]
    assert list(slots([read("daily 09:00")], closed, START)) == []
    with pytest.raises(JournalError, match="not enough slots"):
        deal([Queued("x", "scheduled", Due("", "UTC", 0), 1)], iter([]))


def test_ten_thousand_slots_of_five_cadences_are_quick() -> None:
    cadences = [read(f"daily 09:0{n} {tz}") for n, tz in enumerate([*ZONES, "Asia/Tokyo"])]
    closed = [Blackout(str(n), f"{2027 + n}-07-01", f"{2027 + n}-07-31", "") for n in range(30)]
    began = perf_counter()
    found = list(islice(slots(cadences, closed, START), 10_000))
    assert perf_counter() - began < 2  # measured: 0.1 s
    assert len({slot.due.at // MINUTE for slot in found}) == 10_000


# ---------------------------------------------------------------------- promises

cadences_of = st.builds(
    lambda days, times, tz: cadence("n", "t", days, [f"{at:%H:%M}" for at in times], tz),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.sets(st.times(), min_size=1, max_size=3),
    st.sampled_from(ZONES),
)
days_of = st.dates(datetime(2026, 1, 1).date(), datetime(2028, 1, 1).date())
blackouts_of = st.builds(
    lambda first, length: Blackout(
        "b", first.isoformat(), (first + timedelta(days=length)).isoformat(), ""
    ),
    days_of,
    st.integers(0, 40),
)
moments = st.integers(START, START + 700 * 24 * 60 * MINUTE)


@settings(deadline=None)
@given(st.lists(cadences_of, min_size=1, max_size=3), st.lists(blackouts_of, max_size=4), moments)
def test_slots_keep_what_is_promised(
    cadences: list[Cadence], closed: list[Blackout], after: int
) -> None:
    found = list(islice(slots(cadences, closed, after), 40))
    minutes = [slot.due.at // MINUTE for slot in found]
    assert minutes == sorted(set(minutes))
    rules = {(one.tz, day, at) for one in cadences for day in one.days for at in one.times}
    for slot in found:
        assert slot.due.at > after
        moment = datetime.fromtimestamp(slot.due.at / 1000, UTC).astimezone(ZoneInfo(slot.due.tz))
        assert f"{moment:%Y-%m-%d %H:%M:%S}" == slot.due.wall
        assert not any(b.first <= slot.due.wall[:10] <= b.last for b in closed)
        assert moment.fold == 0
        if "moved" not in slot.note:
            assert (slot.due.tz, DAYS[moment.weekday()], slot.due.wall[11:16]) in rules


@settings(deadline=None)
@given(
    st.lists(cadences_of, min_size=1, max_size=3),
    st.lists(blackouts_of, max_size=3),
    moments,
    st.integers(0, 30),
    st.lists(st.integers(0, 60), max_size=10),
    st.integers(0, 90 * 24 * 60),
)
def test_a_dealt_queue_keeps_its_order_and_stays_when_it_is_dealt_again(
    cadences: list[Cadence],
    closed: list[Blackout],
    now: int,
    waiting: int,
    taken: list[int],
    later: int,
) -> None:
    known = list(islice(slots(cadences, closed, now + AHEAD), 61))
    busy = {known[index].due.at // MINUTE for index in taken}
    queue = [Queued(str(n), "scheduled", Due("", "UTC", 0), float(n)) for n in range(waiting)]
    dealt = [
        Queued(one.id, one.state, due, one.place)
        for one, due in deal(queue, free(cadences, closed, now + AHEAD, busy))
    ]
    times = [one.due.at for one in dealt]
    assert times == sorted(times)
    assert len({at // MINUTE for at in times} | busy) == waiting + len(busy)
    assert all(at > now for at in times)
    then = now + later * MINUTE  # what is due by then stays, and holds its minute
    held = busy | {one.due.at // MINUTE for one in dealt if one.fixed(then)}
    rest = [one for one in dealt if not one.fixed(then)]
    again = deal(rest, free(cadences, closed, then + AHEAD, held))
    assert all(due == one.due for one, due in again)


@given(st.lists(st.integers(0, 20), max_size=40))
def test_places_between_others_keep_the_order(indexes: list[int]) -> None:
    places: list[float] = []
    for wanted in indexes:
        index = min(wanted, len(places))
        before = places[index - 1] if index else None
        after = places[index] if index < len(places) else None
        places.insert(index, between(before, after))
    assert places == sorted(set(places))
