"""Posts that are taken back or renamed, and clocks that are set back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_app.domain.targets import Abilities
from journal_app.errors import JournalError
from journal_app.store import publications
from tests.helpers.shelf import HOUR, MINUTE, Shelf, ShelfDesk, opened

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def plain(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that does not hold posts."""
    yield from opened(journal_folder, START, Shelf(Abilities(schedules=False)))


# ---------------------------------------------------------------------- taking back, renaming


def test_taking_back_is_an_act_with_a_history(plain: ShelfDesk) -> None:
    post = plain.post()
    assert plain.service.publish_now(post, "shelf").ok
    plain.now += MINUTE
    outcome = plain.service.unpublish(post)
    assert (outcome.ok, outcome.publication.state, outcome.publication.act) == (
        True, "removed", "unpublish",
    )  # fmt: skip
    assert plain.shelf.posts == {}
    assert plain.service.online(post) == []
    assert plain.journal.entries.rows()[0].status == "removed"
    with pytest.raises(JournalError, match="is not out"):
        plain.service.unpublish(post)
    plain.now += MINUTE
    again = plain.service.publish_now(post, "shelf")
    assert again.ok
    assert again.publication.plan.slug == "a-post"
    states = [p.state for p in plain.service.for_post(post)]
    assert states == ["published", "removed", "published"]


def test_taking_back_survives_a_lost_answer_and_a_busy_target(plain: ShelfDesk) -> None:
    post = plain.post()
    plain.service.publish_now(post, "shelf")
    plain.now += MINUTE
    plain.shelf.faults = ["later", "lost"]
    outcome = plain.service.unpublish(post)
    assert outcome.publication.state == "scheduled"
    plain.beat(1)
    plain.beat(1)
    plain.beat(1)
    assert [p.state for p in plain.service.for_post(post)] == ["removed", "published"]
    assert plain.shelf.posts == {}


def test_a_renamed_post_is_an_update_that_knows_its_former_place(plain: ShelfDesk) -> None:
    post = plain.post()
    first = plain.service.publish_now(post, "shelf").publication
    renamed = plain.service.publish_now(post, "shelf", "another-name").publication
    assert renamed.act == "update"
    assert renamed.plan.former == (first.natural_key,)
    assert renamed.plan.former_slugs == ("a-post",)
    assert renamed.remote["place"]
    back = plain.service.publish_now(post, "shelf", "a-post").publication
    assert back.plan.former == ("another-name",)


def test_a_late_post_is_called_late_in_lists(plain: ShelfDesk) -> None:
    p = plain.planned()
    assert plain.journal.entries.rows()[0].status == "scheduled"
    plain.shelf.faults = ["denied"]
    plain.now = p.due.at
    plain.beat()
    plain.beat(2)
    assert plain.journal.entries.rows()[0].status == "late"
    plain.targets.test("shelf")
    plain.beat()
    assert plain.journal.entries.rows()[0].status == "published"


# ---------------------------------------------------------------------- clocks


def test_a_clock_that_was_set_back_forgets_no_try(plain: ShelfDesk) -> None:
    p = plain.planned()
    plain.shelf.faults = ["later"] * 3
    plain.now = p.due.at + 20 * HOUR
    for _ in range(3):
        plain.beat(30)
    plain.now -= 21 * HOUR  # what waits for a time of before is in the far future now
    waiting = plain.get(p)
    assert waiting.wake_at is not None
    assert waiting.wake_at > plain.now + 20 * HOUR
    assert plain.service.wake_forgotten() == 1
    assert not plain.targets.health()["shelf"].paused(plain.now)
    assert plain.beat(60) == ["published"]


def test_what_has_no_time_to_be_looked_at_is_found(plain: ShelfDesk) -> None:
    p = plain.planned()
    with plain.journal.store.write() as w:
        publications.wake(w, plain.get(p), None)
    assert plain.beat() == []
    assert plain.service.wake_forgotten() == 1
    plain.now = p.due.at
    assert plain.beat() == ["published"]
