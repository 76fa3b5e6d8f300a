"""Threads against faults drawn at random: every part once, in order, whatever happens."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Post, Superseded
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance
from tests.helpers.servers.bluesky import FakeBluesky
from tests.helpers.servers.mastodon import FakeMastodon
from tests.publish import test_bluesky, test_mastodon

FAULTS = (
    "accept-then-drop",
    "public:accept-then-drop",
    "public:accept-then-500",
    "drop",
    "500",
    "503",
    "refuse-429",
)
SEEDS = 30


class Sending(TargetConformance):
    """Its tools only."""

    __test__ = False


def run(world: Any, post: Post, draw: random.Random, *, hold: bool) -> Receipt:
    """Attempts as the journal makes them, with what goes wrong in between; the last one is left in
    peace."""
    kit, memory, site = Sending(), Memory(), world.site
    for _attempt in range(draw.randint(1, 6)):
        site.faults = draw.choices(FAULTS, k=draw.randint(0, 2))
        memory.calls, memory.die_at = 0, draw.choice([0, 0, 1, 2, 3, 4])
        at = int((site.now() + 7200) * 1000) if hold and draw.random() < 0.5 else None
        recent = True
        try:
            kit.send(world, post, memory, at)
        except (JournalError, Superseded):
            if isinstance(site, FakeMastodon) and draw.random() < 0.4:
                site.ahead += draw.choice([60, 3 * 3600])
                recent = site.ahead == 0
            site.read_faults = ["stale"] if recent and draw.random() < 0.3 else []
            memory.die_at = 0
            with contextlib.suppress(JournalError):
                kit.look(world, post, memory)
        site.faults, site.read_faults = [], []
    memory.die_at = 0
    if isinstance(site, FakeMastodon):
        site.ahead += 4 * 3600  # whatever is on its way has come out
        site.statuses()
    return kit.send(world, post, memory)


@pytest.fixture
def mastodon(tmp_path: Path) -> Iterator[test_mastodon.MastodonWorld]:
    with FakeMastodon(SECRET) as site:
        yield test_mastodon.MastodonWorld(site, tmp_path)


@pytest.fixture
def bluesky(tmp_path: Path) -> Iterator[test_bluesky.BlueskyWorld]:
    with FakeBluesky(SECRET) as site:
        yield test_bluesky.BlueskyWorld(site, tmp_path)


def test_mastodon_keeps_every_thread_whole(mastodon: test_mastodon.MastodonWorld) -> None:
    for seed in range(SEEDS):
        site = mastodon.site
        site.ahead = 0.0
        for name in ("statuses", "held", "keys", "texts"):
            site.state[name] = {}
        site.deliveries = 0
        draw = random.Random(seed)
        make = test_mastodon.post_of if draw.random() < 0.5 else test_mastodon.long_post
        post = make(mastodon, publication=f"P{seed}")
        receipt = run(mastodon, post, draw, hold=True)
        assert receipt.live, seed
        assert test_mastodon.texts(mastodon) == test_mastodon.parts(mastodon, post), seed
        assert site.state["held"] == {}, seed
        assert site.deliveries == len(site.statuses()), seed
        assert [one["in_reply_to_id"] for one in site.statuses()] == [
            None,
            *[one["id"] for one in site.statuses()[:-1]],
        ], seed


def test_bluesky_keeps_every_thread_whole(bluesky: test_bluesky.BlueskyWorld) -> None:
    for seed in range(SEEDS):
        site = bluesky.site
        site.state["records"] = {}
        site.deliveries = 0
        draw = random.Random(seed)
        make = test_bluesky.post_of if draw.random() < 0.5 else test_bluesky.long_post
        post = make(bluesky, publication=f"P{seed}")
        run(bluesky, post, draw, hold=False)
        assert test_bluesky.texts(bluesky) == test_bluesky.parts(bluesky, post), seed
        assert site.deliveries == len(site.posts()), seed
