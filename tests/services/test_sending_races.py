"""Two that change one publication at once, and what a target holds while its publication waits."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.seen import Page
from journal_app.domain.targets import Abilities, Config, Delivery, Post
from journal_app.errors import JournalError
from journal_app.store import publications
from tests.helpers.shelf import MINUTE, Shelf, ShelfDesk, opened

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)
PLAIN = Abilities(schedules=False)


class Watched(Shelf):
    """A shelf that lets a test do something while it works."""

    meanwhile: Callable[[], object] | None = None
    before_publish: Callable[[Post, Delivery], None] | None = None

    def preflight(self, config: Config, post: Post, key: str) -> str:
        act, self.meanwhile = self.meanwhile, None
        if act is not None:
            act()
        return super().preflight(config, post, key)

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Any:
        if self.before_publish is not None:
            self.before_publish(post, delivery)
        return super().publish(config, post, key, delivery)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        act, self.meanwhile = self.meanwhile, None
        if act is not None:
            act()
        super().unpublish(config, post, key, delivery)


@pytest.fixture
def desk(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that holds posts until their time."""
    yield from opened(journal_folder, START, Watched())


@pytest.fixture
def plain(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that does not."""
    yield from opened(journal_folder, START, Watched(PLAIN))


def watched(desk: ShelfDesk) -> Watched:
    assert isinstance(desk.shelf, Watched)
    return desk.shelf


# ---------------------------------------------------------------------- what is remembered


def test_the_fence_brings_nothing_old_back(plain: ShelfDesk) -> None:
    post = plain.post()
    first = plain.service.publish_now(post, "shelf").publication
    plain.service.unpublish(post)

    def draft(_post: Post, delivery: Delivery) -> None:
        delivery.remember({"place": "", "draft": "new"})
        delivery.remember({})  # the fence before what cannot be repeated
        (p,) = [p for p in plain.service.for_post(post) if p.state == "sending"]
        seen.append(plain.get(p).remote)

    seen: list[Mapping[str, str]] = []
    watched(plain).before_publish = draft
    assert plain.get(first).remote == {"place": "1"}
    assert plain.service.publish_now(post, "shelf").ok
    assert seen == [{"place": "", "draft": "new"}]


def test_the_next_publication_takes_over_the_draft_of_one_that_was_taken_off(
    plain: ShelfDesk,
) -> None:
    def draft(_post: Post, delivery: Delivery) -> None:
        delivery.remember({"draft": "7"})

    p = plain.planned()
    watched(plain).before_publish = draft
    plain.shelf.faults = ["later"]
    plain.now = p.due.at
    plain.beat()
    assert plain.get(p).remote == {"draft": "7"}
    plain.service.cancel(p.id)
    seen: list[Mapping[str, str]] = []
    watched(plain).before_publish = lambda post, _delivery: seen.append(post.remote)
    again = plain.service.schedule(p.post_id, "shelf", "2026-12-03 09:00", tz="UTC")
    assert again.remote == {"draft": "7"}
    plain.now = again.due.at
    assert plain.beat() == ["published"]
    assert seen == [{"draft": "7"}]


# ---------------------------------------------------------------------- held by the target


def test_what_is_sent_now_is_taken_back_where_it_is_held(desk: ShelfDesk) -> None:
    desk.targets.add("attic", "shelf", {"room": "the attic"})
    p = desk.planned()
    desk.service.schedule(p.post_id, "attic", "2026-12-01 09:00", tz="UTC", slug="there")
    assert desk.beat() == ["pushed", "pushed"]
    assert desk.service.publish_now(p.post_id, "shelf").ok  # the older of the two
    assert desk.state(p) == "cancelled"


def test_a_new_time_and_then_none_takes_it_back_from_the_target(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    moved = desk.service.reschedule(p.id, "2026-12-03 10:00")
    assert (moved.state, len(desk.shelf.posts)) == ("scheduled", 1)  # it is not told yet
    assert desk.service.cancel(p.id).state == "cancelled"
    assert desk.shelf.posts == {}


def test_what_the_target_may_hold_is_taken_back_with_its_answer_lost(desk: ShelfDesk) -> None:
    def taken(post: Post, delivery: Delivery) -> None:
        delivery.remember({"id": "1"})
        desk.shelf.posts[post.slug] = {"id": post.id, "body": "", "at": delivery.at, "rev": 1}

    p = desk.planned()
    # The answer to a harmless request was lost.
    desk.shelf.publish = _then_later(desk.shelf, taken)  # type: ignore[method-assign]
    assert desk.beat() == ["scheduled"]
    assert len(desk.shelf.posts) == 1
    assert desk.service.cancel(p.id).state == "cancelled"
    assert desk.shelf.posts == {}


def _then_later(shelf: Shelf, act: Callable[[Post, Delivery], None]) -> Any:
    from journal_app.domain.targets import TryLater

    def publish(_config: Config, post: Post, _key: str, delivery: Delivery) -> Any:
        act(post, delivery)
        raise TryLater("No answer in time.", "It will be tried again.")

    return publish


def test_what_cannot_be_taken_back_goes_on_waiting(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.service.reschedule(p.id, "2026-12-03 10:00")
    desk.shelf.faults = ["later"]
    with pytest.raises(JournalError, match="busy"):
        desk.service.cancel(p.id)
    after = desk.get(p)
    assert after.state == "scheduled"
    assert after.wake_at is not None


def test_a_new_text_that_is_refused_is_not_put_out_in_its_old_form(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    desk.journal.entries.save(p.post_id, "other words", base_rev=1)
    desk.service.approve(p.id)
    sender = desk.service._sender
    sender._rules = replace(sender._rules, refuse=lambda _p: "The gate is shut.\nOpen it.")
    assert desk.beat() == ["failed"]
    assert "The gate is shut." in (desk.get(p).last_error or "")
    assert desk.shelf.posts == {}


def test_taking_back_is_not_taken_over_by_another_beat(desk: ShelfDesk) -> None:
    p = desk.planned()
    desk.beat()
    watched(desk).meanwhile = lambda: desk.service.run_due()
    assert desk.service.cancel(p.id).state == "cancelled"
    assert [line.state for line in desk.service.log(p.id)] == [
        "scheduled", "claimed", "sending", "pushed", "claimed", "sending", "cancelled",
    ]  # fmt: skip


def test_what_is_too_late_is_not_taken_over_by_another_beat(desk: ShelfDesk) -> None:
    p = desk.planned(late_limit=0)
    desk.beat()
    watched(desk).meanwhile = lambda: desk.service.run_due()
    desk.now = p.due.at
    assert desk.beat(120) == ["failed"]
    assert "unknown" not in [line.state for line in desk.service.log(p.id)]


def test_giving_up_on_what_is_uncertain_looks_first(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["lost"]
    plain.shelf.read_faults = ["away"]
    plain.now = p.due.at
    assert plain.beat() == ["unknown"]
    with pytest.raises(JournalError, match="is out"):
        plain.service.cancel(p.id)
    assert plain.state(p) == "published"


# ---------------------------------------------------------------------- a post that changes


def test_a_post_that_goes_to_the_trash_while_it_is_approved_does_not_wait(plain: ShelfDesk) -> None:
    post = plain.post()
    watched(plain).meanwhile = lambda: plain.journal.entries.trash(post)
    with pytest.raises(JournalError, match="trash"):
        plain.service.schedule(post, "shelf", "2026-12-01 09:00", tz="UTC")
    assert plain.service.queue() == []


def test_a_post_that_is_removed_while_it_is_approved_is_said_to_be_gone(plain: ShelfDesk) -> None:
    post = plain.post()

    def gone() -> None:
        plain.journal.entries.trash(post)
        plain.now += 1
        plain.journal.bin.empty()

    watched(plain).meanwhile = gone
    with pytest.raises(JournalError):
        plain.service.publish_now(post, "shelf")


def test_a_revision_that_typing_replaces_while_it_is_approved_is_told(plain: ShelfDesk) -> None:
    post = plain.post()
    plain.journal.entries.save(post, "one", base_rev=1, origin="autosave")

    def typed() -> None:
        plain.now += 1000
        plain.journal.entries.save(post, "two", base_rev=2, origin="autosave")

    watched(plain).meanwhile = typed
    with pytest.raises(JournalError, match="changed meanwhile"):
        plain.service.schedule(post, "shelf", "2026-12-01 09:00", tz="UTC")


def test_what_lies_in_the_trash_gets_no_new_time(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["refuse"]
    plain.now = p.due.at
    plain.beat()
    plain.journal.entries.trash(p.post_id)
    with pytest.raises(JournalError, match="trash"):
        plain.service.reschedule(p.id, "2026-12-03 10:00")


def test_another_time_meanwhile_stays_when_a_text_is_approved(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.journal.entries.save(p.post_id, "other words", base_rev=1)
    watched(plain).meanwhile = lambda: plain.service.reschedule(p.id, "2026-12-05 10:00")
    after = plain.service.approve(p.id)
    assert (after.due.wall, after.plan.dated.wall) == ("2026-12-05 10:00:00",) * 2


# ---------------------------------------------------------------------- rows that hurt


def test_one_broken_row_does_not_hold_up_the_others(plain: ShelfDesk) -> None:
    broken, good = plain.planned(), plain.planned()
    with plain.journal.store.write() as w:
        w.db.execute("UPDATE publications SET remote = '{' WHERE id = ?", (broken.id,))
    plain.now = good.due.at
    with contextlib.suppress(Exception):
        plain.service.run_due()
    with plain.journal.store.write() as w:
        w.db.execute("UPDATE publications SET remote = '{}' WHERE id = ?", (broken.id,))
    assert plain.state(good) == "published"
    waiting = plain.get(broken)
    assert waiting.state == "scheduled"
    assert waiting.wake_at is not None
    assert waiting.wake_at > plain.now  # not with every beat


def test_lanes_leave_no_connection_open(plain: ShelfDesk) -> None:
    plain.targets.add("attic", "shelf", {"room": "the attic"})
    store = plain.journal.store
    for n in range(4):
        post = plain.post(f"Post {n}")
        plain.service.schedule(post, "shelf", f"2026-12-0{n + 1} 09:00", tz="UTC")
        plain.service.schedule(post, "attic", f"2026-12-0{n + 1} 09:00", tz="UTC")
        plain.beat()
    before = len(store._readers)
    for day in range(4):
        plain.now = START + (day + 1) * 24 * 60 * MINUTE
        assert plain.beat() == ["published", "published"]
    assert len(store._readers) == before


def test_what_an_older_program_scheduled_is_seen(plain: ShelfDesk) -> None:
    p = plain.planned()
    with plain.journal.store.write() as w:
        publications.wake(w, p, None)  # it knows no such column
    plain.now = p.due.at
    assert plain.beat() == ["published"]


def test_only_a_page_that_can_be_looked_at_is_looked_at(journal_folder: Path) -> None:
    shelf = Watched(Abilities(schedules=False, page=False))
    for desk in opened(journal_folder, START, shelf):
        p = desk.service.publish_now(desk.post(), "shelf").publication
        row = desk.journal.store.read().execute(
            "SELECT next_check FROM publications WHERE id = ?", (p.id,)
        )
        assert row.fetchone()[0] is None


# ---------------------------------------------------------------------- what holds up nobody


def test_what_becomes_due_does_not_wait_for_a_slow_target(plain: ShelfDesk) -> None:
    plain.targets.add("attic", "shelf", {"room": "the attic"})
    slow = plain.planned()
    other = plain.service.schedule(plain.post("B"), "attic", "2026-12-01 09:01", tz="UTC")
    reached = threading.Event()

    def publish(post: Post, _delivery: Delivery) -> None:
        if post.id == other.post_id:
            reached.set()
        else:
            plain.now = other.due.at
            found.append(reached.wait(10))

    found: list[bool] = []
    watched(plain).before_publish = publish
    plain.now = slow.due.at
    assert sorted(plain.beat()) == ["published", "published"]
    assert found == [True]


def test_looks_at_pages_hold_up_no_post(plain: ShelfDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = plain.journal
    published = plain.service.publish_now(plain.post(), "shelf").publication
    going = threading.Event()

    def slow_page(_url: str, _timeout: float) -> Page:
        going.wait(10)
        return Page(200, "0" * 64, "A post body")

    monkeypatch.setattr("journal_app.services.receipts.fetch", slow_page)
    assert journal.tend() == []  # the page answers only after it
    going.set()
    journal.looked()
    (check,) = journal.receipts.history(published.id)
    assert check.verdict == "seen"


def test_taking_off_looks_whether_it_got_through_all_the_same(plain: ShelfDesk) -> None:
    def taken(post: Post, delivery: Delivery) -> None:
        plain.shelf.posts[post.slug] = {"id": post.id, "body": "", "at": None, "rev": 1}

    p = plain.planned()
    plain.shelf.publish = _then_later(plain.shelf, taken)  # type: ignore[method-assign]
    plain.now = p.due.at
    assert plain.beat() == ["scheduled"]
    with pytest.raises(JournalError, match="out already"):
        plain.service.cancel(p.id)
    assert plain.state(p) == "published"


def test_taking_off_does_not_need_a_target_that_is_away(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["later"]
    plain.now = p.due.at
    plain.beat()
    plain.shelf.read_faults = ["away"]
    assert plain.service.cancel(p.id).state == "cancelled"
    assert "it may be out" in plain.service.log(p.id)[-1].detail
