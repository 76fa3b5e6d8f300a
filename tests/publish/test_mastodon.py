"""Mastodon: threads that go on where they stopped, what the server holds, and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.targets import (
    AccessDenied,
    Config,
    Delivery,
    Post,
    Secret,
    Superseded,
    TryLater,
    Unsure,
)
from journal_app.errors import JournalError
from journal_app.extend.conformance import (
    SECRET,
    Fault,
    Memory,
    TargetConformance,
    World,
    post_of,
)
from journal_app.publish.social.mastodon import MastodonTarget
from tests.helpers.servers.mastodon import FakeMastodon

FAULTS = {
    "lost-reply": "public:accept-then-drop",
    "drop": "drop",
    "busy": "refuse-429",
    "denied": "revoked",
}
LONG = "\n\n".join(
    f"Finding {n}: the loss of run {n} fell from 3.{n} to 2.{n} after the warmup of {n}00 steps, "
    "and it stayed there in all three seeds that we tried."
    for n in range(1, 9)
)


class MastodonWorld:
    """One account on a test server."""

    def __init__(self, site: FakeMastodon, folder: Path) -> None:
        self.site = site
        self.kind = MastodonTarget()
        self.folder = folder
        self.config: Config = {"url": site.url, "token": Secret(SECRET), "timeout": 2.0}

    def live(self, post: Post) -> list[str]:
        """The first parts that are out; all statuses of these tests are of one post each."""
        texts = self.site.state.get("texts", {})
        found = [one for one in self.site.statuses() if one["in_reply_to_id"] is None]
        return [texts[one["id"]] for one in found]

    def held(self, post: Post) -> int:
        return len(self.site.state["held"])

    def fault(self, fault: Fault) -> bool:
        if fault == "away":
            self.site.leave()
        else:
            self.site.faults.append(FAULTS[fault])
        return True


@pytest.fixture
def site() -> Iterator[FakeMastodon]:
    with FakeMastodon(SECRET) as made:
        yield made


@pytest.fixture
def world(site: FakeMastodon, tmp_path: Path) -> MastodonWorld:
    return MastodonWorld(site, tmp_path)


class TestConformance(TargetConformance):
    """The checks of every kind."""

    @pytest.fixture
    def world(self, site: FakeMastodon, tmp_path: Path) -> World:
        return MastodonWorld(site, tmp_path)


class Sending(TargetConformance):
    """Its tools only."""

    __test__ = False


def send(
    world: MastodonWorld, post: Post, memory: Memory | None = None, at: int | None = None
) -> Any:
    return Sending().send(world, post, memory, at)


def look(world: MastodonWorld, post: Post, memory: Memory) -> Any:
    return Sending().look(world, post, memory)


def long_post(world: MastodonWorld, **changes: Any) -> Post:
    return post_of(world, body=LONG, canonical_url="https://blog.example.org/warmup", **changes)


def texts(world: MastodonWorld) -> list[str]:
    return [world.site.state["texts"][one["id"]] for one in world.site.statuses()]


def parts(world: MastodonWorld, post: Post) -> list[str]:
    return [part.text for part in world.kind.thread(world.config, post).parts]


# ---------------------------------------------------------------------- threads


def test_what_is_shown_is_what_goes_out_as_a_thread(world: MastodonWorld) -> None:
    post = long_post(world)
    receipt = send(world, post)
    shown = parts(world, post)
    assert len(shown) > 1
    assert texts(world) == shown
    statuses = world.site.statuses()
    assert [one["in_reply_to_id"] for one in statuses] == [
        None,
        *[one["id"] for one in statuses[:-1]],
    ]
    assert receipt.url == statuses[0]["url"]
    assert "https://blog.example.org/warmup" in shown[0]


@pytest.mark.parametrize("step", range(1, 8))
def test_a_thread_that_was_stopped_goes_on_where_it_stopped(
    world: MastodonWorld, step: int
) -> None:
    post, memory = long_post(world), Memory(die_at=step)
    with pytest.raises(Superseded):
        send(world, post, memory)
    memory.die_at = 0
    send(world, post, memory)
    assert texts(world) == parts(world, post)
    assert all(one["edited_at"] is None for one in world.site.statuses())


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("hours", [0, 2])
def test_a_lost_answer_in_a_thread_doubles_nothing(
    world: MastodonWorld, part: int, hours: int
) -> None:
    """Also when the server forgot the key, and also where it told old things at first."""
    post = long_post(world)
    assert len(parts(world, post)) == 3

    class Breaking(Memory):
        """The answer is lost that comes after `part` parts are remembered."""

        def remember(self, values: Mapping[str, str]) -> None:
            super().remember(values)
            if f"part{part}" in values:
                world.site.faults.append("public:accept-then-drop")

    memory = Breaking()
    if part == 0:
        world.site.faults.append("public:accept-then-drop")
    with pytest.raises(Unsure):
        send(world, post, memory)
    world.site.ahead += hours * 3600
    assert look(world, post, memory) is None or part == 2
    send(world, post, memory)
    assert texts(world) == parts(world, post)
    assert look(world, post, memory) is not None
    assert all(one["edited_at"] is None for one in world.site.statuses())


def test_a_server_that_tells_old_things_gets_no_second_one(world: MastodonWorld) -> None:
    post, memory = post_of(world), Memory()
    world.site.faults += ["public:accept-then-drop"]
    with pytest.raises(Unsure):
        send(world, post, memory)
    world.site.read_faults += ["stale"] * 3
    send(world, post, memory)
    assert len(world.live(post)) == 1


def test_a_text_that_changed_between_attempts_changes_the_part_that_is_out(
    world: MastodonWorld,
) -> None:
    """The page of the post came out between two attempts: its address comes into the thread."""
    post, memory = post_of(world), Memory()
    world.site.faults += ["public:accept-then-drop"]
    with pytest.raises(Unsure):
        send(world, post, memory)
    world.site.ahead += 7200
    later = replace(post, canonical_url="https://blog.example.org/warmup")
    send(world, later, memory)
    assert texts(world) == parts(world, later)


def test_an_update_changes_adds_and_removes_parts(world: MastodonWorld) -> None:
    post, memory = long_post(world), Memory()
    send(world, post, memory)
    before = [one["id"] for one in world.site.statuses()]
    shorter = replace(post, rev=2, body="Only this is left.", publication="P2")
    send(world, shorter, memory)
    assert texts(world) == parts(world, shorter)
    assert [one["id"] for one in world.site.statuses()] == before[:1]
    again = replace(post, rev=3, publication="P3")
    send(world, again, memory)
    assert texts(world) == parts(world, again)
    assert world.site.statuses()[0]["id"] == before[0]


def test_the_last_part_is_taken_back_first(world: MastodonWorld) -> None:
    post, memory = long_post(world), Memory()
    send(world, post, memory)
    key = world.kind.natural_key(world.config, post)
    known = Sending.known(post, memory)
    world.kind.unpublish(world.config, known, key, Delivery(remember=memory.remember))
    assert world.site.statuses() == []
    gone = [one.path for one in world.site.requests if one.method == "DELETE"]
    assert gone == sorted(gone, reverse=True)
    world.kind.publish(
        world.config,
        replace(Sending.known(post, memory), publication="P2"),
        key,
        Delivery(remember=memory.remember),
    )
    assert texts(world) == parts(world, post)


def test_a_part_that_was_deleted_there_is_told(world: MastodonWorld) -> None:
    post, memory = post_of(world), Memory()
    send(world, post, memory)
    world.site.state["statuses"].clear()
    assert look(world, post, memory) is None
    with pytest.raises(JournalError, match="deleted"):
        send(world, post, memory)


# ---------------------------------------------------------------------- held by the server


def test_a_thread_is_not_handed_over(world: MastodonWorld) -> None:
    at = int((world.site.now() + 7200) * 1000)
    with pytest.raises(JournalError, match="cannot hold a thread") as error:
        send(world, long_post(world), at=at)
    assert "parts=1" in error.value.hint
    one = {**world.config, "parts": "1"}
    receipt = world.kind.publish(one, long_post(world), "key", Delivery(at=at))
    assert not receipt.live
    assert (texts_or_none(world), world.held(long_post(world))) == ([], 1)


def texts_or_none(world: MastodonWorld) -> list[str]:
    return list(world.site.state.get("texts", {}).values())


def test_a_time_that_is_near_is_not_handed_over(world: MastodonWorld) -> None:
    """Under 5 minutes the server would put it out at once."""
    at = int((world.site.now() + 299) * 1000)
    with pytest.raises(JournalError, match="less than 5 minutes"):
        send(world, post_of(world), at=at)
    assert world.live(post_of(world)) == []


def test_a_lost_answer_to_the_handing_over_holds_it_once(world: MastodonWorld) -> None:
    post, memory = post_of(world), Memory()
    at = int((world.site.now() + 7200) * 1000)
    world.site.faults += ["accept-then-drop"]
    with pytest.raises(Unsure):
        send(world, post, memory, at)
    found = look(world, post, memory)
    assert found is not None
    assert not found.live
    send(world, post, memory, at)
    assert (world.live(post), world.held(post)) == ([], 1)


def test_what_comes_out_by_itself_is_found(world: MastodonWorld) -> None:
    post, memory = post_of(world), Memory()
    at = int((world.site.now() + 3600) * 1000)
    send(world, post, memory, at)
    world.site.ahead += 3700
    found = look(world, post, memory)
    assert found is not None
    assert found.live
    send(world, post, memory)
    assert len(world.live(post)) == 1
    assert world.site.deliveries == 1


def test_what_is_on_its_way_is_waited_for(world: MastodonWorld) -> None:
    """Off the list and not out yet: neither sent again nor called lost."""
    post, memory = post_of(world), Memory()
    at = int((world.site.now() + 3600) * 1000)
    send(world, post, memory, at)
    world.site.state["held"].clear()
    memory.values["held_at"] = str(int(world.site.now() * 1000) - 20_000)
    with pytest.raises(TryLater):
        look(world, post, memory)
    with pytest.raises(TryLater):
        send(world, post, memory)
    assert world.live(post) == []
    memory.values["held_at"] = str(int(world.site.now() * 1000) - 3_600_000)
    assert look(world, post, memory) is None
    send(world, post, memory)
    assert len(world.live(post)) == 1


def test_what_was_handed_over_and_changed_is_held_once(world: MastodonWorld) -> None:
    post, memory = post_of(world), Memory()
    at = int((world.site.now() + 7200) * 1000)
    send(world, post, memory, at)
    changed = replace(post, rev=2, body="Other words.\n", publication="P2")
    send(world, changed, memory, at)
    held = list(world.site.state["held"].values())
    assert [one["params"]["text"] for one in held] == parts(world, changed)


def test_300_held_is_told_in_the_servers_words(world: MastodonWorld) -> None:
    for n in range(300):
        world.site.state["held"][str(n)] = {
            "id": str(n),
            "scheduled_at": "2099-01-01T00:00:00Z",
            "params": {"text": f"{n}"},
        }
    with pytest.raises(JournalError, match="limit of scheduled posts"):
        send(world, post_of(world), at=int((world.site.now() + 7200) * 1000))


# ---------------------------------------------------------------------- settings


def test_the_fields_of_a_status(world: MastodonWorld) -> None:
    config = {
        **world.config,
        "visibility": "unlisted",
        "warning": "Numbers",
        "language": "de",
    }
    world.config = config
    send(world, post_of(world))
    status = world.site.statuses()[0]
    assert (status["visibility"], status["spoiler_text"], status["language"]) == (
        "unlisted",
        "Numbers",
        "de",
    )
    world.config = {**config, "visibility": "everybody"}
    with pytest.raises(JournalError, match="everybody"):
        send(world, post_of(world))


def test_followers_only_has_no_public_page(world: MastodonWorld) -> None:
    world.config = {**world.config, "visibility": "private"}
    receipt = send(world, post_of(world))
    assert (receipt.url, receipt.live) == ("", True)


def test_check_tells_the_servers_limits(world: MastodonWorld) -> None:
    facts = " ".join(world.kind.check(world.config))
    assert "signed in as @me" in facts
    assert "500" in facts
    world.site.characters = 300
    with pytest.raises(JournalError, match="300") as error:
        world.kind.check(world.config)
    assert "limit=300" in error.value.hint
    with pytest.raises(JournalError, match="300"):
        send(world, long_post(world))
    assert world.live(long_post(world)) == []
    world.config = {**world.config, "token": Secret("wrong")}
    with pytest.raises(AccessDenied):
        world.kind.check(world.config)
