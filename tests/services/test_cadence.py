"""The queue of a target: posts take slots, keep their order, and are moved only when asked."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.domain.due import MINUTE
from journal_app.domain.publishing import Publication
from journal_app.errors import Clash, JournalError, NotFound
from journal_app.journal import Journal
from journal_app.runtime.vault import Vault
from journal_app.services.cadence import CadenceService
from journal_app.services.publishing import PublishingService
from journal_app.store import cadences as rows
from journal_app.store import publications
from tests.helpers.publishing import CountingKinds

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)  # a Monday
DAY = 24 * 60 * MINUTE


class Desk:
    """A journal with a target that counts, its queue, and a clock that the test sets."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.now = START
        self.journal = Journal(folder, now=lambda: self.now)
        self.journal.settings.set("timezone", "Europe/Berlin")
        self.publishing = PublishingService(self.journal.store, CountingKinds(), Vault(folder))
        self.service = CadenceService(self.journal.store, self.publishing.schedule)
        with self.journal.store.write() as w:
            w.db.execute(
                "INSERT INTO targets (name, kind, config, created_at)"
                " VALUES ('count', 'counting', ?, 0), ('other', 'counting', ?, 0)",
                (f'{{"path": "{site}"}}', f'{{"path": "{site}"}}'),
            )
        self.service.add_spoken("weekly", "count", "Tuesdays and Fridays 09:00 Europe/Berlin")

    def post(self, title: str = "A post") -> str:
        return self.journal.entries.create("body", kind="post", title=title).id

    def enqueue(self, title: str, position: int | None = None) -> Publication:
        return self.service.enqueue(self.post(title), "count", position)

    def line(self) -> list[tuple[str, str]]:
        """The queue as its titles and days."""
        return [(one.title, one.due.wall[5:16]) for one in self.service.queued("count")]

    def get(self, p: Publication) -> Publication:
        return publications.get(self.journal.store.read(), p.id)

    def get_by_id(self, id: str) -> Publication:
        return publications.get(self.journal.store.read(), id)

    def become(self, p: Publication, state: str) -> None:
        with self.journal.store.write() as w:
            w.db.execute("UPDATE publications SET state = ? WHERE id = ?", (state, p.id))


@pytest.fixture
def desk(journal_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    site = tmp_path / "site"
    site.mkdir()
    made = Desk(journal_folder, site)
    yield made
    made.journal.close()


# ---------------------------------------------------------------------- cadences and days


def test_a_cadence_is_kept_changed_and_forgotten(desk: Desk) -> None:
    with pytest.raises(JournalError, match="already a cadence 'weekly'"):
        desk.service.add("weekly", "count", ["mon"], ["10:00"])
    changed = desk.service.add("weekly", "count", ["mon"], ["10:00"], replace=True)
    assert changed.tz == "Europe/Berlin"  # of the settings
    assert desk.service.cadences("count") == desk.service.cadences() == [changed]
    with pytest.raises(NotFound, match="no target 'nowhere'"):
        desk.service.add("more", "nowhere", ["mon"], ["10:00"])
    with pytest.raises(JournalError, match="not a name"):
        desk.service.add("two\nlines", "count", ["mon"], ["10:00"])
    assert desk.service.remove("weekly") == changed
    with pytest.raises(NotFound, match="no cadence 'weekly'"):
        desk.service.remove("weekly")
    with pytest.raises(JournalError, match="has no cadence") as raised:
        desk.enqueue("a")
    assert "journal cadence add" in raised.value.hint


def test_blackout_days_have_no_slots(desk: Desk) -> None:
    away = desk.service.add_blackout("2026-12-01", "2026-12-04", "away")
    one = desk.service.add_blackout("2026-12-08")
    assert desk.service.blackouts() == [away, one]
    assert [due.wall for due in desk.service.next_slots("count", 2)] == [
        "2026-12-11 09:00:00",
        "2026-12-15 09:00:00",
    ]
    desk.service.remove_blackout("away")
    desk.service.remove_blackout(one.id.lower())
    assert desk.service.next_slots("count", 1)[0].wall == "2026-12-01 09:00:00"
    with pytest.raises(NotFound, match="No blackouts are called 'away'"):
        desk.service.remove_blackout("away")


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("tomorrow", None, ""),
        ("2026-13-01", None, ""),
        ("2026-12-05", "2026-12-04", ""),
        ("2026-12-05", None, "two\nlines"),
    ],
)
def test_days_that_are_none_are_refused(
    desk: Desk, first: str, last: str | None, name: str
) -> None:
    with pytest.raises(JournalError) as raised:
        desk.service.add_blackout(first, last, name)
    assert raised.value.hint
    assert desk.service.blackouts() == []


# ---------------------------------------------------------------------- into the queue


def test_posts_take_the_next_free_slots(desk: Desk) -> None:
    first = desk.enqueue("a")
    assert (first.state, first.due.wall, first.due.tz) == (
        "scheduled",
        "2026-12-01 09:00:00",
        "Europe/Berlin",
    )
    assert first.slot is not None
    by_hand = desk.publishing.schedule(desk.post("b"), "count", "2026-12-04 09:00")
    elsewhere = desk.publishing.schedule(desk.post("c"), "other", "2026-12-08 09:00")
    assert by_hand.slot is elsewhere.slot is None
    desk.enqueue("d")
    assert desk.line() == [("a", "12-01 09:00"), ("d", "12-08 09:00")]


def test_a_slot_within_two_minutes_is_not_given_any_more(desk: Desk) -> None:
    desk.now = int(datetime(2026, 12, 1, 7, 58, 1, tzinfo=UTC).timestamp() * 1000)
    assert desk.enqueue("a").due.wall == "2026-12-04 09:00:00"


def test_a_hole_is_taken_by_the_next_post_and_nothing_else_moves(desk: Desk) -> None:
    for title in "abc":
        desk.enqueue(title)
    desk.publishing.cancel(desk.service.queued("count")[1].id)
    desk.enqueue("d")
    assert desk.line() == [("a", "12-01 09:00"), ("d", "12-04 09:00"), ("c", "12-08 09:00")]
    assert desk.service.moves() == []


def test_places_that_have_no_number_between_them_are_numbered_anew(desk: Desk) -> None:
    made = [desk.enqueue(title) for title in "abc"]
    desk.publishing.cancel(made[1].id)
    with desk.journal.store.write() as w:
        rows.number(w, [(1.0, made[0].id), (math.nextafter(1.0, 2), made[2].id)])
    desk.enqueue("d")
    assert [title for title, _ in desk.line()] == ["a", "d", "c"]
    assert [one.place for one in desk.service.queued("count")] == [1, 2, 3]


def test_a_post_goes_in_at_a_position_and_the_rest_moves_on(desk: Desk) -> None:
    for title in "abc":
        desk.enqueue(title)
    p = desk.enqueue("first", 1)
    assert p.due.wall == "2026-12-01 09:00:00"
    desk.enqueue("last", 99)
    assert desk.line() == [
        ("first", "12-01 09:00"),
        ("a", "12-04 09:00"),
        ("b", "12-08 09:00"),
        ("c", "12-11 09:00"),
        ("last", "12-15 09:00"),
    ]


def test_the_present_text_takes_the_place_of_the_one_that_waits(desk: Desk) -> None:
    post = desk.post("a")
    desk.service.enqueue(post, "count")
    desk.enqueue("b")
    desk.journal.entries.save(post, "better", base_rev=1)
    with pytest.raises(JournalError, match="already waits"):
        desk.service.enqueue(post, "count")
    again = desk.service.enqueue(post, "count", replace=True)
    assert (again.rev, again.due.wall) == (2, "2026-12-01 09:00:00")
    assert [title for title, _ in desk.line()] == ["a", "b"]


def test_a_time_set_by_hand_leaves_the_queue_and_enqueue_brings_it_back(desk: Desk) -> None:
    post = desk.post("a")
    p = desk.service.enqueue(post, "count")
    desk.publishing.reschedule(p.id, "2026-12-03 10:00")
    assert desk.line() == []
    with pytest.raises(JournalError, match="set by hand"):
        desk.service.move(p.id, 1)
    desk.service.enqueue(post, "count", replace=True)
    assert desk.line() == [("a", "12-01 09:00")]


def test_what_the_clocks_did_to_a_slot_is_said(desk: Desk) -> None:
    desk.now = int(datetime(2027, 3, 27, tzinfo=UTC).timestamp() * 1000)
    desk.service.add("night", "other", ["sun"], ["02:30"])
    p = desk.service.enqueue(desk.post(), "other")
    assert p.due.wall == "2027-03-28 03:00:00"
    assert desk.service.note(p) == (
        "02:30 does not exist on 2027-03-28 in Europe/Berlin: moved to 03:00"
    )
    assert desk.service.note(desk.enqueue("plain")) == ""


def test_two_that_choose_the_same_slot_get_two(desk: Desk, journal_folder: Path) -> None:
    """Both have chosen before either is written; the one that looks first goes on."""
    barrier = threading.Barrier(2)

    def slowly(*args: str, **options: object) -> Publication:
        barrier.wait(10)
        p = desk.publishing.schedule(*args, **options)  # type: ignore[arg-type]
        barrier.wait(10)
        return p

    service = CadenceService(desk.journal.store, slowly)
    posts = [desk.post("a"), desk.post("b")]
    threads = [threading.Thread(target=service.enqueue, args=(post, "count")) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(due for _, due in desk.line()) == ["12-01 09:00", "12-04 09:00"]
    assert len({one.place for one in desk.service.queued("count")}) == 2


# ---------------------------------------------------------------------- dealing


def test_moving_deals_the_slots_anew_in_the_new_order(desk: Desk) -> None:
    made = [desk.enqueue(title) for title in "abcd"]
    moved = desk.service.move(made[3].id, 2)
    assert desk.line() == [
        ("a", "12-01 09:00"),
        ("d", "12-04 09:00"),
        ("b", "12-08 09:00"),
        ("c", "12-11 09:00"),
    ]
    assert {(one.title, one.before.wall[5:10], one.after.wall[5:10]) for one in moved} == {
        ("d", "12-11", "12-04"),
        ("b", "12-04", "12-08"),
        ("c", "12-08", "12-11"),
    }
    assert desk.service.move(made[3].id, 2) == []
    log = [line.detail for line in desk.publishing.log(made[1].id)]
    assert any("moved from 2026-12-04" in detail for detail in log)


def test_the_date_that_readers_see_moves_along(desk: Desk) -> None:
    """A page dated later than its time is one that Hugo and Jekyll do not show yet."""
    for title in "ab":
        desk.enqueue(title)
    second = desk.service.queued("count")[1]
    desk.service.move(second.id, 1)
    p = desk.get_by_id(second.id)
    assert p.plan.dated == p.due
    assert p.due.wall == "2026-12-01 09:00:00"


def test_a_blackout_moves_nothing_until_it_is_asked_to(desk: Desk) -> None:
    for title in "ab":
        desk.enqueue(title)
    before = desk.line()
    desk.service.add_blackout("2026-12-01", "2026-12-05", "away")
    assert desk.line() == before
    would = desk.service.moves()
    assert [(s.title, s.target, s.after.wall[5:10]) for s in would] == [
        ("a", "count", "12-08"),
        ("b", "count", "12-11"),
    ]
    assert desk.service.refill() == would
    assert desk.line() == [("a", "12-08 09:00"), ("b", "12-11 09:00")]
    assert desk.service.refill("count") == desk.service.moves() == []


def test_a_target_that_lost_its_cadence_keeps_its_times(desk: Desk) -> None:
    p = desk.enqueue("a")
    desk.service.remove("weekly")
    assert desk.service.moves() == desk.service.refill("count") == []
    with pytest.raises(JournalError, match="has no cadence"):
        desk.service.move(p.id, 1)
    assert desk.line() == [("a", "12-01 09:00")]


def test_what_is_due_in_a_moment_or_was_missed_stays(desk: Desk) -> None:
    made = [desk.enqueue(title) for title in "abcd"]
    desk.become(made[1], "missed")
    desk.become(made[2], "pushed")
    desk.now = made[0].due.at - 60_000
    desk.service.move(made[3].id, 1)
    assert desk.line() == [("a", "12-01 09:00"), ("d", "12-08 09:00"), ("c", "12-11 09:00")]
    assert desk.get(made[2]).state == "scheduled"  # to be pushed again, at its new time
    with pytest.raises(JournalError, match="due in a moment"):
        desk.service.move(made[0].id, 3)
    desk.now = made[0].due.at + 5 * 60 * MINUTE  # the laptop slept: the late policy has it
    assert desk.service.refill() == []
    assert desk.get(made[0]).due == made[0].due


def test_what_a_target_holds_is_left_alone_for_ten_minutes_before_its_time(desk: Desk) -> None:
    p = desk.enqueue("a")
    desk.become(p, "pushed")
    desk.service.add_blackout("2026-12-01")
    desk.now = p.due.at - 10 * MINUTE
    assert desk.service.refill() == []
    desk.now -= 1
    assert [one.title for one in desk.service.refill()] == ["a"]


def test_a_refill_that_meets_a_publication_on_its_way_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in "ab":
        desk.enqueue(title)
    before = desk.line()
    desk.service.add_blackout("2026-12-01")
    retime, calls = rows.retime, iter([True, False])
    monkeypatch.setattr(rows, "retime", lambda *a: retime(*a) if next(calls) else None)
    with pytest.raises(Clash, match="on its way out"):
        desk.service.refill()
    assert desk.line() == before


def test_free_slots_of_a_week(desk: Desk) -> None:
    desk.enqueue("a")
    desk.service.add("evenings", "other", ["wed"], ["20:00"], "America/New_York")
    found = desk.service.free_slots(START, START + 7 * DAY)
    assert [(s.target, s.cadence, s.due.wall) for s in found] == [
        ("count", "weekly", "2026-12-04 09:00:00"),
        ("other", "evenings", "2026-12-02 20:00:00"),
    ]
    assert desk.service.free_slots(START - 30 * DAY, START) == []


# ---------------------------------------------------------------------- promises

acts = st.lists(
    st.one_of(
        st.tuples(st.just("enqueue"), st.integers(0, 6)),
        st.tuples(st.just("move"), st.integers(0, 30)),
        st.tuples(st.just("cancel"), st.integers(0, 6)),
        st.tuples(st.just("blackout"), st.integers(0, 30)),
        st.tuples(st.just("cadence"), st.integers(0, 6)),
        st.tuples(st.just("pass"), st.integers(0, 5 * 24 * 60)),
        st.tuples(st.just("push"), st.integers(0, 6)),
    ),
    min_size=1,
    max_size=14,
)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_whatever_is_done_to_a_queue_its_promises_hold(
    desk: Desk, done: list[tuple[str, int]]
) -> None:
    desk.now = START
    with desk.journal.store.write() as w:
        w.db.execute("UPDATE publications SET state = 'cancelled', wake_at = NULL")
        w.db.execute("DELETE FROM blackouts")
    desk.service.add_spoken("weekly", "count", "Tue, Fri 02:30, 09:00", replace=True)
    for act, n in done:
        queue = desk.service.queued("count")
        movable = [one for one in queue if not one.fixed(desk.now)]
        if act == "enqueue":
            desk.enqueue("p", n or None)
        elif act == "move" and movable:
            desk.service.move(movable[n % len(movable)].id, n % 7 + 1)
        elif act == "cancel" and queue:
            desk.become(desk.get_by_id(queue[n % len(queue)].id), "cancelled")
        elif act == "push" and queue:
            desk.become(desk.get_by_id(queue[n % len(queue)].id), "pushed")
        elif act == "blackout":
            day = datetime.fromtimestamp((desk.now + n * DAY) / 1000, UTC).date().isoformat()
            desk.service.add_blackout(day)
            desk.service.refill()
        elif act == "cadence":
            zone = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")[n % 3]
            desk.service.add_spoken("weekly", "count", f"Mon, Sat 02:30 {zone}", replace=True)
            desk.service.refill()
        elif act == "pass":
            desk.now += n * MINUTE
        line = desk.service.queued("count")
        times = [one.due.at for one in line]
        assert times == sorted(set(times)), act
        assert len({one.place for one in line}) == len(line)
        assert desk.service.queued("count") == line
    desk.service.refill()
    assert desk.service.moves() == []
    closed = desk.service.blackouts()
    for one in desk.service.queued("count"):
        if not one.fixed(desk.now):
            assert not any(b.first <= one.due.wall[:10] <= b.last for b in closed)


def test_two_thousand_posts_are_dealt_anew_quickly(desk: Desk) -> None:
    p = desk.enqueue("a")
    with desk.journal.store.write() as w:
        for n in range(2000):
            post = desk.journal.entries.create("b", kind="post", title=f"p{n}").id
            w.db.execute(
                "INSERT INTO publications SELECT 'X' || ?1, ?2, rev, target, state,"
                " due_at + (?1 + 1) * 60000, wall, tz, natural_key || ?1, attempt, claimed_by,"
                " lease_until, remote_url, receipt, last_error, created_at, updated_at, act,"
                " wake_at, late_limit, first_sent, remote, ?1 + 2, next_check FROM publications"
                " WHERE id = ?3",
                (n, post, p.id),
            )
    began = time.perf_counter()
    moved = desk.service.refill()
    assert time.perf_counter() - began < 4
    assert len(moved) == 2000
    assert desk.service.moves() == []
