"""A journal and a real WordPress: approved here, held there, late, changed, taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_app.domain.publishing import Publication
from journal_app.journal import Journal
from tests.helpers.wordpress import WordPress
from tests.helpers.wordpress_world import read

HOUR = 3_600_000


class Desk:
    """A journal whose clock is moved by hand, with a WordPress as its target."""

    def __init__(self, journal: Journal, ahead: list[int]) -> None:
        self.journal = journal
        self._ahead = ahead

    def pass_time(self, ms: int) -> None:
        self._ahead[0] += ms

    def beat(self) -> list[str]:
        return [one.publication.state for one in self.journal.publishing.run_due()]

    def wall(self, ms: int) -> str:
        at = time.time() + (self._ahead[0] + ms) / 1000
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")

    def schedule(self, post: str, ms: int) -> Publication:
        return self.journal.publishing.schedule(post, "wp", self.wall(ms), tz="UTC")

    def state(self, p: Publication) -> str:
        return next(q.state for q in self.journal.publishing.for_post(p.post_id) if q.id == p.id)


@pytest.fixture
def desk(blog: WordPress, journal_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WP_PASSWORD", blog.passwords["author"])
    ahead = [0]
    with Journal(journal_folder, now=lambda: time.time_ns() // 1_000_000 + ahead[0]) as journal:
        config = {"url": blog.url, "user": "author", "password": "env:WP_PASSWORD"}
        journal.targets.add("wp", "wordpress", config)
        yield Desk(journal, ahead)


def post(desk: Desk, body: str = "Loss fell.") -> str:
    return desk.journal.entries.create(f"{body}\n", kind="post", title="Warmup").id


def test_held_there_and_seen_out_at_its_time(desk: Desk, blog: WordPress) -> None:
    p = desk.schedule(post(desk), 5 * HOUR)
    assert desk.beat() == ["pushed"]
    assert (blog.held(), blog.posts()) == (1, [])
    (item,) = desk.journal.publishing.queue()
    assert item.held_by_target  # safe to close the laptop
    id = blog.sql("SELECT ID FROM wp_posts WHERE post_status='future'")[0][0]
    blog.php("due", id)
    blog.cron(on=True)
    read(f"{blog.url}/")  # somebody looks at the blog
    end = time.monotonic() + 20
    while not blog.posts() and time.monotonic() < end:
        read(f"{blog.url}/")
    desk.pass_time(5 * HOUR + 60_000)
    assert desk.beat() == ["published"]
    (done,) = desk.journal.publishing.for_post(p.post_id)
    assert done.receipt is not None
    assert read(done.receipt.url)[0] == 200
    assert len(blog.posts()) == 1


def test_missed_there_it_goes_out_from_here(desk: Desk, blog: WordPress) -> None:
    p = desk.schedule(post(desk), 5 * HOUR)
    assert desk.beat() == ["pushed"]
    blog.php("due", blog.sql("SELECT ID FROM wp_posts WHERE post_status='future'")[0][0])
    desk.pass_time(5 * HOUR + 60_000)  # nobody looked: wp-cron did not run
    assert desk.beat() == ["published"]
    assert desk.state(p) == "published"
    assert (len(blog.posts()), blog.held()) == (1, 0)


def test_changed_and_taken_back(desk: Desk, blog: WordPress) -> None:
    id = post(desk)
    first = desk.journal.publishing.publish_now(id, "wp")
    assert first.ok
    desk.journal.entries.save(id, "Loss fell after 800 steps.\n", base_rev=1)
    assert desk.journal.publishing.publish_now(id, "wp").publication.act == "update"
    assert len(blog.posts()) == 1
    assert "800 steps" in blog.posts()[0]
    assert desk.journal.publishing.unpublish(id, "wp").ok
    assert (blog.posts(), len(blog.posts("draft"))) == ([], 1)
    assert desk.journal.publishing.publish_now(id, "wp").ok
    assert (len(blog.posts()), blog.posts("draft")) == (1, [])


def test_a_revoked_password_stops_the_target_and_loses_nothing(
    desk: Desk, blog: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.php("key", "leaver", "author")
    p = desk.schedule(post(desk), 5 * HOUR)
    monkeypatch.setenv("WP_PASSWORD", "gone gone gone")
    desk.beat()
    assert desk.state(p) == "scheduled"
    health = desk.journal.targets.health()["wp"]
    assert health.denied
    monkeypatch.setenv("WP_PASSWORD", blog.passwords["author"])
    assert desk.journal.targets.test("wp")[1] == "signed in as author"
    assert not desk.journal.targets.health()["wp"].denied
    assert desk.beat() == ["pushed"]


def test_moved_and_cancelled_while_wordpress_holds_it(desk: Desk, blog: WordPress) -> None:
    p = desk.schedule(post(desk), 5 * HOUR)
    assert desk.beat() == ["pushed"]
    moved = desk.journal.publishing.reschedule(p.id, desk.wall(9 * HOUR), tz="UTC")
    desk.beat()
    (when,) = blog.sql("SELECT UNIX_TIMESTAMP(post_date_gmt) - UNIX_TIMESTAMP(UTC_TIMESTAMP())"
                       " FROM wp_posts WHERE post_status='future'")  # fmt: skip
    assert abs(int(when[0]) - 9 * 3600) < 90
    desk.journal.publishing.cancel(moved.id)
    desk.beat()
    assert (blog.held(), blog.posts()) == (0, [])
