"""Scheduling and sending: what is promised about one post, many posts, and crashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.publishing import LATE_LIMIT
from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal
from journal_app.runtime import clock
from journal_app.store import publications
from tests.helpers.desk import ELSEWHERE, MINUTE, START, Desk
from tests.helpers.publishing import delivered


@pytest.fixture
def desk(journal_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    site = tmp_path / "site"
    site.mkdir()
    made = Desk(journal_folder, site)
    yield made
    made.journal.close()


def test_a_post_waits_until_it_is_due_and_goes_out_once(desk: Desk) -> None:
    post = desk.post()
    p = desk.schedule(post)
    assert (p.rev, p.natural_key, p.due.wall) == (1, "a-post", "2026-12-01 09:00:00")
    assert desk.service.next_due() == p.due.at
    desk.now = p.due.at - 1
    assert desk.service.run_due() == []
    desk.now = p.due.at
    (outcome,) = desk.service.run_due()
    assert outcome.ok
    assert outcome.publication.receipt is not None
    assert outcome.publication.receipt.late_ms == 0
    desk.now -= 2 * MINUTE  # the clock is set back
    assert desk.service.run_due() == []
    desk.now += 60 * MINUTE
    assert desk.service.run_due() == []
    assert delivered(desk.site) == [f"{post} 1"]
    assert [line.state for line in desk.service.log(p.id)] == [
        "scheduled",
        "claimed",
        "sending",
        "published",
    ]
    assert desk.service.queue() == []
    assert desk.journal.entries.rows()[0].status == "published"


def test_the_approved_revision_goes_out_and_a_later_edit_shows(desk: Desk) -> None:
    post = desk.post(body="approved")
    p = desk.schedule(post)
    desk.journal.entries.save(post, "changed after", base_rev=1)
    (item,) = desk.service.queue()
    assert item.edited
    desk.now = p.due.at
    desk.service.run_due()
    assert delivered(desk.site) == [f"{post} 1"]


@pytest.mark.parametrize("hours", [0.5, 23.9])
def test_up_to_a_day_late_goes_out_and_is_marked_late(desk: Desk, hours: float) -> None:
    p = desk.schedule(desk.post())
    desk.now = p.due.at + int(hours * 60) * MINUTE
    (outcome,) = desk.service.run_due()
    assert outcome.ok
    assert outcome.publication.receipt is not None
    assert outcome.publication.receipt.late_ms == desk.now - p.due.at
    assert "late" in desk.service.log(p.id)[-1].detail


def test_more_than_a_day_late_is_missed_until_asked_for(desk: Desk) -> None:
    post = desk.post()
    p = desk.schedule(post)
    desk.now = p.due.at + LATE_LIMIT + 1
    (outcome,) = desk.service.run_due()
    assert (outcome.ok, outcome.publication.state) == (False, "missed")
    assert desk.service.run_due() == []
    assert delivered(desk.site) == []
    assert [item.publication.state for item in desk.service.queue()] == ["missed"]
    assert desk.service.publish_now(post).ok
    assert desk.service.queue() == []
    assert delivered(desk.site) == [f"{post} 1"]


def test_what_cannot_be_scheduled_says_why(desk: Desk) -> None:
    post = desk.post()
    with pytest.raises(JournalError, match=r"is past \(3 h ago\)") as past:
        desk.schedule(post, "2026-11-30 10:00")
    assert f"journal publish {post} --target count" in past.value.hint
    with pytest.raises(NotFound, match="no target 'nope'") as nope:
        desk.service.schedule(post, "nope", "2026-12-01 09:00", tz="UTC")
    assert "count" in nope.value.hint
    note = desk.journal.entries.add("only a note").id
    with pytest.raises(JournalError, match="is a note, not a post"):
        desk.schedule(note)
    p = desk.schedule(post)
    with pytest.raises(JournalError, match=p.id) as twice:
        desk.schedule(post, "2026-12-02 09:00")
    assert f"journal unschedule {p.id}" in twice.value.hint
    assert desk.service.cancel(post).state == "cancelled"
    assert desk.schedule(post, "2026-12-02 09:00").state == "scheduled"
    other = desk.post("In the trash")
    desk.journal.entries.trash(other)
    with pytest.raises(JournalError, match="in the trash"):
        desk.schedule(other)


def test_two_posts_of_one_title_get_two_places(desk: Desk) -> None:
    keys = [desk.schedule(desk.post("Same")).natural_key for _ in range(3)]
    assert keys == ["same", "same-2", "same-3"]
    with pytest.raises(JournalError, match="Another post holds"):
        desk.service.schedule(desk.post("x"), "count", "2026-12-01 09:00", tz="UTC", slug="Same")


def test_a_refusal_is_kept_and_can_be_tried_again(desk: Desk) -> None:
    post = desk.post()
    p = desk.schedule(post)
    desk.mode("refuse")
    desk.now = p.due.at
    (outcome,) = desk.service.run_due()
    assert (outcome.publication.state, outcome.message) == ("failed", "The target said no.")
    assert outcome.hint == "Ask it nicely."
    assert desk.service.run_due() == []
    assert desk.service.publish_now(post).ok
    with pytest.raises(JournalError, match="already out"):
        desk.service.publish_now(post)
    assert delivered(desk.site) == [f"{post} 1"]


def test_an_edited_post_is_published_again_as_an_update(desk: Desk) -> None:
    post = desk.post()
    first = desk.service.publish_now(post).publication
    desk.now += 60 * MINUTE
    desk.journal.entries.save(post, "better", base_rev=1, title="Another title")
    second = desk.service.publish_now(post).publication
    assert second.natural_key == first.natural_key
    assert second.plan.dated == first.plan.dated
    assert second.plan.updated is not None
    assert [p.id for p in desk.service.for_post(post)] == [second.id, first.id]


def test_a_lost_reply_is_looked_up_and_not_sent_again(desk: Desk) -> None:
    post = desk.post()
    p = desk.schedule(post)
    desk.mode("lose-reply")
    desk.now = p.due.at
    (outcome,) = desk.service.run_due()
    assert outcome.ok
    assert [line.state for line in desk.service.log(p.id)][-2:] == ["unknown", "published"]
    assert delivered(desk.site) == [f"{post} 1"]


def test_a_bug_in_a_target_stops_neither_the_others_nor_loops_for_ever(desk: Desk) -> None:
    broken = desk.schedule(desk.post("broken"), "2026-12-01 09:00")
    whole = desk.schedule(desk.post("whole"), "2026-12-01 09:01")
    desk.now = whole.due.at
    desk.mode("bug")
    states = [o.publication.state for o in desk.service.run_due()]
    assert states == ["unknown", "published"]
    for _ in range(10):
        desk.mode("bug")
        desk.now += MINUTE
        desk.service.run_due()
    after = publications.get(desk.journal.store.read(), broken.id)
    assert (after.state, after.attempt) == ("failed", 5)
    assert "TypeError: a bug in the target" in (after.last_error or "")


def test_targets_are_checked_kept_and_retired(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="is away"):
        desk.targets.add("gone", "counting", {"path": str(tmp_path / "none")})
    with pytest.raises(JournalError, match="already a target"):
        desk.targets.add("count", "counting", {"path": str(tmp_path)})
    with pytest.raises(JournalError, match="not a name"):
        desk.targets.add("My Blog", "counting", {"path": str(tmp_path)})
    p = desk.schedule(desk.post())
    with pytest.raises(JournalError, match="waits for the target"):
        desk.targets.remove("count")
    desk.now = p.due.at
    desk.service.run_due()
    desk.targets.remove("count")
    assert desk.targets.listing() == []
    assert desk.service.for_post(p.post_id)[0].state == "published"
    desk.targets.add("count", "counting", {"path": str(tmp_path)})
    assert [t.name for t in desk.targets.listing()] == ["count"]


def test_ten_thousand_posts_a_heartbeat_is_one_look_into_an_index(desk: Desk) -> None:
    """How long it takes is measured by `journal bench`."""
    post = desk.post()
    store = desk.journal.store
    plan = json.dumps({"plan": {"slug": "x", "dated": {"wall": "w", "tz": "UTC", "at": 0}}})
    with store.write() as w:
        for n in range(10_000):
            w.db.execute("INSERT INTO targets VALUES (?, 'counting', '{}', 0)", (f"t{n}",))
            w.db.execute(
                "INSERT INTO publications (id, post_id, rev, target, state, due_at, wall, tz,"
                " natural_key, receipt, created_at, updated_at, wake_at)"
                " VALUES (?, ?, 1, ?, 'scheduled', ?5, 'w', 'UTC', 'k', ?4, 0, 0, ?5)",
                (f"p{n}", post, f"t{n}", plan, START + n * MINUTE + 1),
            )
    steps: list[str] = []
    read = store.read()
    read.set_trace_callback(steps.append)
    assert desk.service.run_due() == []
    assert desk.service.next_wake() == START + 1
    read.set_trace_callback(None)
    for query in steps:
        plans = [row[3] for row in read.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not any("SCAN publications" in plan and "INDEX" not in plan for plan in plans), plans
        assert not any(plan == "USE TEMP B-TREE FOR ORDER BY" for plan in plans), (query, plans)
    assert len(desk.service.queue(50)) == 50


def test_replace_puts_the_present_text_in_the_place_of_the_one_that_waits(desk: Desk) -> None:
    post = desk.post(body="first")
    old = desk.service.schedule(post, "count", "2026-12-01 09:00", tz="UTC", slug="own-name")
    desk.journal.entries.save(post, "second", base_rev=1)
    with pytest.raises(JournalError, match="already waits") as refused:
        desk.schedule(post, "2026-12-02 09:00")
    assert "--replace" in refused.value.hint
    with pytest.raises(JournalError, match="is past"):
        desk.service.schedule(post, "count", "2026-11-01 09:00", tz="UTC", replace=True)
    assert desk.state(old) == "scheduled"
    new = desk.service.schedule(post, "count", "2026-12-02 09:00", tz="UTC", replace=True)
    assert (new.rev, new.plan.slug) == (2, "own-name")
    assert [item.publication.id for item in desk.service.queue()] == [new.id]
    assert not desk.service.queue()[0].edited
    last = desk.service.log(old.id)[-1]
    assert (last.state, last.detail) == ("cancelled", f"replaced by {new.id}")
    desk.now = new.due.at
    desk.service.run_due()
    assert delivered(desk.site) == [f"{post} 2"]
    first = desk.service.schedule(
        desk.post("b"), "count", "2026-12-03 09:00", tz="UTC", replace=True
    )
    assert first.state == "scheduled"  # nothing waited: the same as without
    desk.become(first, "sending", ELSEWHERE)
    with pytest.raises(JournalError, match="sending"):
        desk.service.schedule(first.post_id, "count", "2026-12-04 09:00", tz="UTC", replace=True)


def test_the_zone_is_asked_for_then_set_then_this_computer_s(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "local_zone", lambda: "America/New_York")
    posts = [desk.post(str(n)) for n in range(4)]
    zones = [desk.service.schedule(posts[0], "count", "2027-01-01 09:00").due.tz]
    desk.journal.settings.set("timezone", "Asia/Tokyo")
    zones.append(desk.service.schedule(posts[1], "count", "2027-01-01 09:00").due.tz)
    zones.append(desk.service.publish_now(posts[2]).publication.due.tz)
    zones.append(desk.service.schedule(posts[3], "count", "2027-01-01 09:00", tz="UTC").due.tz)
    assert zones == ["America/New_York", "Asia/Tokyo", "Asia/Tokyo", "UTC"]


def test_a_removed_target_leaves_nothing_in_the_queue(desk: Desk) -> None:
    failed, missed = desk.schedule(desk.post("a")), desk.schedule(desk.post("b"))
    desk.mode("refuse")
    desk.now = failed.due.at
    with desk.journal.store.write() as w:
        publications.move(w, missed, "missed", "too late")
    desk.service.run_due()
    waiting = desk.schedule(desk.post("c"), "2026-12-05 09:00")
    with pytest.raises(JournalError, match=r"^1 publication waits for the target 'count'"):
        desk.targets.remove("count")
    assert [desk.state(p) for p in (failed, missed)] == ["failed", "missed"]
    desk.service.cancel(waiting.id)
    desk.targets.remove("count")
    assert desk.service.queue() == []
    assert [desk.state(p) for p in (failed, missed)] == ["cancelled", "cancelled"]
    assert desk.service.log(failed.id)[-1].detail == "the target count was removed"


def test_where_a_post_is_online(desk: Desk) -> None:
    post = desk.post()
    assert desk.service.online(post) == []
    desk.targets.add("mirror", "counting", {"path": str(desk.site)})
    desk.service.publish_now(post, "count")
    desk.service.publish_now(post, "mirror")
    place = desk.site / "delivered"
    assert desk.service.online(post) == [f"count: {place}", f"mirror: {place}"]


def test_what_readers_get_holds_no_marks_of_the_journal(journal: Journal, tmp_path: Path) -> None:
    site = tmp_path / "blog"
    site.mkdir()
    journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
    body = "Lost {{< x_y >}} ->run:secretrun here #lr\n\nMore ->entry:01M82BW127N890WD9AP24WYMB4."
    post = journal.entries.create(body, kind="post", title="Why it left ->run:secretrun")
    given = journal.entries.create(
        "x", kind="post", title="G", front={"description": "Mine ->run:secretrun #lr"}
    )
    pages = []
    for one in (post, given):
        receipt = journal.publishing.publish_now(one.id).publication.receipt
        assert receipt is not None
        pages.append(Path(receipt.path).read_text("utf-8"))
    assert "title: Why it left\n" in pages[0] and "slug: why-it-left\n" in pages[0]
    assert "description: Lost {{< x_y >}} here More\n" in pages[0]
    assert "description: Mine\n" in pages[1]
    assert not any("secretrun" in page or "->" in page for page in pages)
