"""Bluesky: records under keys of our own, facets in bytes, sessions that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.targets import AccessDenied, Config, Delivery, Post, Secret, TryLater
from journal_app.errors import JournalError
from journal_app.extend.conformance import (
    SECRET,
    Fault,
    Memory,
    TargetConformance,
    World,
    post_of,
)
from journal_app.publish.social.bluesky import BlueskyTarget
from journal_app.publish.social.bluesky_api import later, tid
from tests.helpers.pictures import attached, png
from tests.helpers.servers.bluesky import TID, FakeBluesky

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


class BlueskyWorld:
    """One account on a test server."""

    def __init__(self, site: FakeBluesky, folder: Path) -> None:
        self.site = site
        self.kind = BlueskyTarget()
        self.folder = folder
        self.config: Config = {
            "service": site.url,
            "identifier": "me.bsky.social",
            "password": Secret(SECRET),
            "timeout": 2.0,
        }

    def live(self, post: Post) -> list[str]:
        """The first parts that are out."""
        values = [one["value"] for one in self.site.posts()]
        return [value["text"] for value in values if "reply" not in value]

    def held(self, post: Post) -> int:
        return 0

    def fault(self, fault: Fault) -> bool:
        if fault == "away":
            self.site.leave()
        else:
            self.site.faults.append(FAULTS[fault])
        return True


@pytest.fixture
def site() -> Iterator[FakeBluesky]:
    with FakeBluesky(SECRET) as made:
        yield made


@pytest.fixture
def world(site: FakeBluesky, tmp_path: Path) -> BlueskyWorld:
    return BlueskyWorld(site, tmp_path)


class TestConformance(TargetConformance):
    """The checks of every kind."""

    @pytest.fixture
    def world(self, site: FakeBluesky, tmp_path: Path) -> World:
        return BlueskyWorld(site, tmp_path)


class TestConformanceWithEdits(TargetConformance):
    """The same where the user wants changes all the same."""

    @pytest.fixture
    def world(self, site: FakeBluesky, tmp_path: Path) -> World:
        made = BlueskyWorld(site, tmp_path)
        made.config = {**made.config, "edits": "on"}
        made.kind.abilities = replace(made.kind.abilities, updates=True)
        return made


class Sending(TargetConformance):
    """Its tools only."""

    __test__ = False


def send(world: BlueskyWorld, post: Post, memory: Memory | None = None) -> Any:
    return Sending().send(world, post, memory)


def long_post(world: BlueskyWorld, **changes: Any) -> Post:
    return post_of(world, body=LONG, canonical_url="https://blog.example.org/warmup", **changes)


def parts(world: BlueskyWorld, post: Post) -> list[str]:
    return [part.text for part in world.kind.thread(world.config, post).parts]


def texts(world: BlueskyWorld) -> list[str]:
    return [one["value"]["text"] for one in world.site.posts()]


def test_what_is_shown_is_what_goes_out_as_a_thread(world: BlueskyWorld) -> None:
    post = long_post(world, language="en-GB")
    receipt = send(world, post)
    assert len(parts(world, post)) > 1
    assert texts(world) == parts(world, post)
    first, second, *_, last = [one["value"] for one in world.site.posts()]
    uris = [one["uri"] for one in world.site.posts()]
    assert second["reply"]["parent"]["uri"] == second["reply"]["root"]["uri"] == uris[0]
    assert (last["reply"]["root"]["uri"], last["reply"]["parent"]["uri"]) == (uris[0], uris[-2])
    assert first["langs"] == ["en"]
    assert first["embed"]["external"]["uri"] == "https://blog.example.org/warmup"
    assert receipt.url.startswith("https://bsky.app/profile/me.bsky.social/post/")


@pytest.mark.parametrize("step", range(1, 5))
def test_a_thread_that_was_stopped_goes_on_where_it_stopped(world: BlueskyWorld, step: int) -> None:
    post, memory = long_post(world), Memory(die_at=step)
    with pytest.raises(JournalError):
        send(world, post, memory)
    memory.die_at = 0
    send(world, post, memory)
    assert texts(world) == parts(world, post)
    assert world.site.deliveries == len(parts(world, post))


def test_links_tags_and_people_are_marked_in_bytes(world: BlueskyWorld) -> None:
    """The test server checks every offset; here it is checked what they mark."""
    body = (
        "```digest\n🌡️ Größe: see https://example.org/a_long/path/to/the/page?with=a&query=1 and "
        "@friend.example.org and @nobody.example.org, #größe #漢字\n```\n"
    )
    send(world, post_of(world, body=body, tags=()))
    value = world.site.posts()[0]["value"]
    marked = {}
    for facet in value["facets"]:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        feature = facet["features"][0]
        shown = value["text"].encode()[start:end].decode()
        marked[shown] = feature.get("uri") or feature.get("tag") or feature.get("did")
    assert marked == {
        "example.org/a_long/path/to/the/page?wit…": (
            "https://example.org/a_long/path/to/the/page?with=a&query=1"
        ),
        "@friend.example.org": "did:plc:friend",
        "#größe": "größe",
        "#漢字": "漢字",
    }


def test_pictures_go_along_with_their_words(world: BlueskyWorld) -> None:
    file = attached(world.folder, "loss.png", png(40, 30))
    body = f"Loss fell.\n\n![The loss falls from 3 to 2]({file.path})\n"
    post = post_of(world, body=body, attachments=(file,))
    send(world, post)
    send(world, post)
    image = world.site.posts()[0]["value"]["embed"]["images"][0]
    assert image["alt"] == "The loss falls from 3 to 2"
    assert image["aspectRatio"] == {"width": 40, "height": 30}
    uploads = [one for one in world.site.requests if one.path.endswith("uploadBlob")]
    assert len(uploads) == 1  # what is there already is not sent again


def test_a_picture_without_words_or_too_large_stays_here(world: BlueskyWorld) -> None:
    file = attached(world.folder, "loss.png", png())
    post = post_of(world, body=f"Loss fell. ![loss.png]({file.path})\n", attachments=(file,))
    with pytest.raises(JournalError, match="has no text") as error:
        send(world, post)
    assert "pictures=off" in error.value.hint
    large = attached(world.folder, "large.png", png() + b"\0" * 2_000_000)
    post = post_of(world, body=f"![A curve]({large.path})\n", attachments=(large,))
    with pytest.raises(JournalError, match=r"2,000,\d+ bytes; Bluesky takes 2,000,000"):
        send(world, post)
    assert texts(world) == []
    world.config = {**world.config, "pictures": "off"}
    send(world, post)
    assert len(texts(world)) == 1


def test_a_change_is_refused_with_two_ways_out(world: BlueskyWorld) -> None:
    """Readers in the app would not see it: no false success."""
    post, memory = post_of(world), Memory()
    send(world, post, memory)
    changed = replace(post, rev=2, body="Other words.\n", publication="P2")
    with pytest.raises(JournalError, match="first text") as error:
        send(world, changed, memory)
    assert "unpublish" in error.value.hint
    assert "edits=on" in error.value.hint
    world.config = {**world.config, "edits": "on"}
    send(world, changed, memory)
    assert texts(world) == parts(world, changed)
    longer = replace(long_post(world), publication="P3")
    send(world, longer, memory)
    send(world, replace(changed, publication="P4"), memory)
    assert texts(world) == parts(world, changed)


def test_a_record_that_is_not_ours_is_left_alone(world: BlueskyWorld) -> None:
    post = post_of(world)
    key = world.kind.natural_key(world.config, post)
    value = {"$type": "app.bsky.feed.post", "text": "Mine", "createdAt": "2026-01-01T00:00:00Z"}
    world.site.state["records"][key] = {"uri": "at://x", "cid": "bx", "value": value}
    with pytest.raises(JournalError, match="Another message stands"):
        send(world, post)
    assert texts(world) == ["Mine"]


def test_signing_in_is_rare_and_a_session_is_refreshed(world: BlueskyWorld) -> None:
    for n in range(12):
        world.kind.check(world.config)
        if n % 3 == 1:
            world.site.expire()
    assert len(world.site.sign_ins) == 1
    assert world.site.refreshes == 4
    send(world, post_of(world))
    assert len(world.live(post_of(world))) == 1


def test_too_many_sign_ins_wait_as_long_as_the_server_says(world: BlueskyWorld) -> None:
    import time

    world.site.sign_ins += [time.time()] * 30
    with pytest.raises(TryLater) as error:
        world.kind.check(world.config)
    assert error.value.after_ms is not None
    assert 100_000 < error.value.after_ms <= 120_000


def test_a_wrong_password_is_told_without_it(world: BlueskyWorld) -> None:
    world.config = {**world.config, "password": Secret("not-this-one")}
    with pytest.raises(AccessDenied) as error:
        world.kind.check(world.config)
    assert "not-this-one" not in str(error.value)
    assert "app password" in error.value.hint


def test_the_thread_is_taken_back_whole(world: BlueskyWorld) -> None:
    post, memory = long_post(world), Memory()
    send(world, post, memory)
    key = world.kind.natural_key(world.config, post)
    known = Sending.known(post, memory)
    world.kind.unpublish(world.config, known, key, Delivery(remember=memory.remember))
    assert texts(world) == []


def test_keys_are_timestamps_that_sort(world: BlueskyWorld) -> None:
    """The example of atproto.com/specs/tid, and the keys of the parts of a thread."""
    assert tid(0, 0) == "2222222222222"
    key = world.kind.natural_key(world.config, post_of(world))
    keys = [later(key, n) for n in range(12)]
    assert keys == sorted(keys)
    assert all(TID.fullmatch(one) for one in keys)
    other = replace(post_of(world), id="01JE0000000000000000000002")
    assert world.kind.natural_key(world.config, other) != key
