"""Targets that are busy, deny, hold posts, or do not answer; and what the user can do then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_app.domain import retry
from journal_app.domain.targets import Abilities
from journal_app.errors import JournalError
from tests.helpers.shelf import HOUR, MINUTE, Shelf, ShelfDesk, opened

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)
PLAIN = Abilities(schedules=False)


@pytest.fixture
def desk(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that holds posts until their time."""
    yield from opened(journal_folder, START)


@pytest.fixture
def plain(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that does not."""
    yield from opened(journal_folder, START, Shelf(PLAIN))


# ---------------------------------------------------------------------- busy, away, denied


def test_a_busy_target_is_tried_again_by_itself_and_late_shows(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["later", "later"]
    plain.now = p.due.at
    assert plain.beat() == ["scheduled"]
    waiting = plain.get(p)
    assert waiting.wake_at is not None
    assert 0 < waiting.wake_at - plain.now <= retry.FIRST
    assert plain.beat() == []  # not before its time
    plain.beat(0.3)
    plain.beat(1)
    assert plain.state(p) == "published"
    assert plain.shelf.sends == 3
    receipt = plain.get(p).receipt
    assert receipt is not None
    assert receipt.late_ms == plain.now - p.due.at > MINUTE


def test_a_target_that_says_how_long_is_left_alone_for_so_long(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["busy"]
    plain.now = p.due.at
    plain.beat()
    assert plain.beat(9.9) == []
    assert plain.shelf.sends == 1
    assert plain.beat(0.2) == ["published"]


def test_after_three_failures_all_posts_leave_the_target_alone(plain: ShelfDesk) -> None:
    posts = [plain.planned() for _ in range(4)]
    plain.shelf.faults = ["later"] * 3
    plain.now = posts[0].due.at
    plain.beat()
    health = plain.targets.health()["shelf"]
    assert health.failures == retry.OPENS_AT
    assert health.paused(plain.now)
    assert plain.shelf.sends == 3  # the fourth post was not even tried
    assert [item.paused for item in plain.service.queue()] == ["The shelf is busy."] * 4
    plain.beat(2)
    plain.beat(2)
    assert [plain.state(p) for p in posts] == ["published"] * 4
    assert plain.targets.health()["shelf"] == retry.Health()


def test_a_refused_key_pauses_until_somebody_looked(plain: ShelfDesk) -> None:
    p, other = plain.planned(), plain.planned()
    plain.shelf.faults = ["denied"]
    plain.now = p.due.at
    plain.beat()
    for _ in range(5):
        assert plain.beat(30) == []
    assert plain.shelf.sends == 1  # a bad key is not tried again and again
    lines = plain.service.queue()
    assert [line.publication.state for line in lines] == ["scheduled", "scheduled"]
    assert all("does not know you" in line.paused and line.late_ms > HOUR for line in lines)
    plain.shelf.read_faults = ["denied"]
    with pytest.raises(JournalError, match="does not know you"):
        plain.targets.test("shelf")
    assert plain.targets.health()["shelf"].denied
    assert plain.targets.test("shelf") == ("a shelf in the hall",)
    assert sorted(plain.beat()) == ["published", "published"]
    assert plain.state(other) == "published"


def test_what_is_refused_for_good_waits_for_the_user(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["refuse"]
    plain.now = p.due.at
    assert plain.beat() == ["failed"]
    assert plain.beat(60) == []
    (line,) = plain.service.queue()
    assert line.publication.last_error == "The shelf is full.\nTake something off."
    assert plain.service.publish_now(p.post_id).ok


@pytest.mark.parametrize(("limit", "minutes", "ends"), [
    (0, 0.5, "published"), (0, 2, "missed"),
    (6 * HOUR, 359, "published"), (6 * HOUR, 361, "missed"),
    (-1, 60 * 24 * 30, "published"), (None, 60 * 23, "published"), (None, 60 * 25, "missed"),
])  # fmt: skip
def test_how_late_is_the_posts_own_policy(
    plain: ShelfDesk, limit: int | None, minutes: float, ends: str
) -> None:
    p = plain.planned(late_limit=limit)
    plain.now = p.due.at
    assert plain.beat(minutes) == [ends]
    assert plain.state(p) == ends


def test_the_setting_rules_where_a_post_says_nothing(plain: ShelfDesk) -> None:
    plain.journal.settings.set("publish.late", "always")
    p = plain.planned()
    plain.now = p.due.at
    assert plain.beat(60 * 24 * 40) == ["published"]


# ---------------------------------------------------------------------- uncertain


def test_a_lost_answer_is_read_at_once(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["lost"]
    plain.now = p.due.at
    assert plain.beat() == ["published"]
    assert plain.shelf.sends == 1


def test_old_data_cannot_make_a_second_one(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["lost"]
    plain.shelf.read_faults = ["blind", "away"]
    plain.now = p.due.at
    assert plain.beat() == ["unknown"]
    assert plain.beat() == []
    assert plain.beat(0.3) == ["unknown"]  # the shelf is away
    plain.beat(2)
    assert plain.state(p) == "published"
    assert len(plain.shelf.posts) == 1


def test_where_nobody_can_tell_a_person_is_asked(journal_folder: Path) -> None:
    shelf = Shelf(Abilities(reads=False, repeats="never"))
    for desk in opened(journal_folder, START, shelf):
        p = desk.planned()
        desk.shelf.faults = ["lost"]
        desk.now = p.due.at
        assert desk.beat() == ["unknown"]
        desk.beat(1)
        for _ in range(3):
            assert desk.beat(600) == []
        assert desk.shelf.sends == 1
        (line,) = desk.service.queue()
        assert f"journal settle {p.id}" in (line.publication.last_error or "")
        with pytest.raises(JournalError, match="not the address of a page"):
            desk.service.settle(p.id, out=True, url="javascript:alert(1)")
        done = desk.service.settle(p.id, out=True, url="https://shelf.example/a-post")
        assert done.state == "published"
        assert desk.service.online(p.post_id) == ["shelf: https://shelf.example/a-post"]


def test_a_person_may_say_that_it_is_not_out(journal_folder: Path) -> None:
    shelf = Shelf(Abilities(reads=False, repeats="never"))
    for desk in opened(journal_folder, START, shelf):
        p = desk.planned()
        desk.shelf.faults = ["lost"]
        desk.now = p.due.at
        desk.beat()
        assert desk.service.settle(p.id, out=False).state == "failed"
        with pytest.raises(JournalError, match="is failed by now"):
            desk.service.settle(p.id, out=False)
        assert desk.service.publish_now(p.post_id).ok


# ---------------------------------------------------------------------- held by the target


def test_what_the_target_can_hold_is_handed_over_early_and_verified(desk: ShelfDesk) -> None:
    p = desk.planned()
    assert desk.service.held_by_target(p)
    assert desk.beat() == ["pushed"]
    assert desk.shelf.posts["a-post"]["at"] == p.due.at
    (line,) = desk.service.queue()
    assert (line.held_by_target, line.publication.state) == (True, "pushed")
    desk.now = p.due.at
    desk.shelf.go_live("a-post")
    assert desk.beat(1) == ["published"]
    assert desk.shelf.sends == 1
    receipt = desk.get(p).receipt
    assert receipt is not None
    assert receipt.late_ms == 0


def test_a_target_that_forgot_its_schedule_is_helped(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.now = p.due.at
    assert desk.beat(5) == ["published"]  # "missed schedule", as WordPress calls it
    assert desk.shelf.posts["a-post"]["at"] is None
    assert desk.shelf.sends == 2
    receipt = desk.get(p).receipt
    assert receipt is not None
    assert receipt.late_ms == 5 * MINUTE


def test_a_target_that_forgot_for_too_long_asks(desk: ShelfDesk) -> None:
    p = desk.planned(late_limit=HOUR)
    desk.beat()
    desk.now = p.due.at
    assert desk.beat(120) == ["failed"]
    assert "did not put it out" in (desk.get(p).last_error or "")
    assert desk.shelf.posts == {}  # it cannot come out by itself any more


def test_what_cannot_be_verified_stays_and_says_so(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.shelf.go_live("a-post")
    desk.shelf.read_faults = ["away", "away"]
    desk.now = p.due.at
    desk.beat(1)
    (line,) = desk.service.queue()
    assert (line.publication.state, line.late_ms) == ("pushed", MINUTE)
    assert "is away" in (line.publication.last_error or "")
    desk.beat(5)
    desk.beat(5)
    assert desk.state(p) == "published"


def test_a_target_that_will_not_hold_it_gets_it_in_time(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.shelf.faults = ["refuse"]
    assert desk.beat() == ["scheduled"]
    assert desk.get(p).wake_at == p.due.at
    desk.now = p.due.at
    assert desk.beat() == ["published"]


def test_a_target_set_not_to_hold_gets_nothing_early(desk: ShelfDesk) -> None:
    desk.targets.change("shelf", {"push": "off"})
    p = desk.planned()
    assert not desk.service.held_by_target(p)
    assert desk.beat() == []
    desk.now = p.due.at
    assert desk.beat() == ["published"]


def test_taking_off_takes_it_back_from_the_target(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    assert desk.service.cancel(p.id).state == "cancelled"
    assert desk.shelf.posts == {}
    desk.now = p.due.at
    assert desk.beat(5) == []


def test_a_target_that_was_quicker_is_told(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.shelf.go_live("a-post")
    with pytest.raises(JournalError, match="is out already") as quick:
        desk.service.cancel(p.id)
    assert "journal unpublish" in quick.value.hint
    assert desk.state(p) == "published"


def test_what_cannot_be_taken_back_now_stays_held(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.shelf.faults = ["later"]
    with pytest.raises(JournalError, match="busy"):
        desk.service.cancel(p.id)
    assert desk.state(p) == "pushed"
    desk.shelf.go_live("a-post")
    desk.now = p.due.at
    assert desk.beat(1) == ["published"]


def test_another_time_is_told_to_the_target(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    moved = desk.service.reschedule(p.id, "2026-12-03 10:00")
    assert (moved.state, moved.due.wall) == ("scheduled", "2026-12-03 10:00:00")
    assert desk.beat() == ["pushed"]
    assert desk.shelf.posts["a-post"]["at"] == moved.due.at
    assert len(desk.shelf.posts) == 1


def test_an_update_of_a_live_post_is_not_handed_over(desk: ShelfDesk) -> None:
    post = desk.post()
    assert desk.service.publish_now(post, "shelf").ok
    desk.journal.entries.save(post, "better words", base_rev=1)
    p = desk.service.schedule(post, "shelf", "2026-12-01 09:00", tz="UTC")
    assert (p.act, desk.service.held_by_target(p)) == ("update", False)
    assert desk.beat() == []
    assert desk.shelf.posts["a-post"] == {"id": post, "body": "body", "at": None, "rev": 1}
    desk.now = p.due.at
    assert desk.beat() == ["published"]


def test_another_text_is_told_to_the_target(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.journal.entries.save(p.post_id, "better words", base_rev=1)
    (line,) = desk.service.queue()
    assert line.edited
    assert desk.shelf.posts["a-post"]["body"] == "body"
    approved = desk.service.approve(p.id)
    assert (approved.state, approved.rev) == ("scheduled", 2)
    assert desk.beat() == ["pushed"]
    assert desk.shelf.posts["a-post"]["body"] == "better words"
    assert not desk.service.queue()[0].edited
