"""Random faults at random requests, as the journal meets them: one live copy, and never two.

The loop does what the journal does: after `Unsure` it reads and sends again only what is not out,
after `TryLater` it sends again; in between it may die, and reads may be old.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from journal_app.domain.targets import Secret, Superseded, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish.buttondown import ButtondownTarget
from journal_app.publish.devto import DevtoTarget
from journal_app.publish.mataroa import MataroaTarget
from journal_app.publish.micropub import MicropubTarget
from journal_app.publish.webhook import WebhookTarget
from tests.helpers.servers.buttondown import ButtondownSite
from tests.helpers.servers.devto import DevtoSite
from tests.helpers.servers.mataroa import MataroaSite
from tests.helpers.servers.micropub import MicropubSite
from tests.helpers.servers.webhook import WebhookSite
from tests.helpers.servers.worlds import SiteWorld

KEY = "whsec_" + "a2tr" * 11
CHANGING = ["", "", "accept-then-drop", "accept-then-500", "drop", "500", "503", "refuse-429"]
READING = ["", "", "", "drop", "503", "stale"]
ROUNDS = 25

Make = Callable[[Path], Iterator[SiteWorld]]
kit = TargetConformance()


@contextmanager
def devto(folder: Path) -> Iterator[SiteWorld]:
    with DevtoSite(SECRET) as site:
        config = {"url": site.url, "key": Secret(SECRET), "pause": 0}
        yield SiteWorld(DevtoTarget(), site, folder, config, site.public)


@contextmanager
def mataroa(folder: Path) -> Iterator[SiteWorld]:
    with MataroaSite(SECRET) as site:
        config = {"url": site.url, "key": Secret(SECRET)}
        yield SiteWorld(MataroaTarget(), site, folder, config, site.public)


@contextmanager
def buttondown(folder: Path) -> Iterator[SiteWorld]:
    with ButtondownSite(SECRET) as site:
        config = {"url": site.base, "key": Secret(SECRET)}
        post = post_of(SiteWorld(ButtondownTarget(), site, folder, config, list))
        yield SiteWorld(ButtondownTarget(), site, folder, config, lambda: site.public(post.id))


@contextmanager
def micropub(folder: Path) -> Iterator[SiteWorld]:
    with MicropubSite(SECRET) as site:
        config = {"url": site.url, "token": Secret(SECRET)}
        yield SiteWorld(MicropubTarget(), site, folder, config, site.public)


@contextmanager
def webhook(folder: Path) -> Iterator[SiteWorld]:
    with WebhookSite(KEY) as site:
        config = {"url": f"{site.url}/hook", "secret": Secret(KEY)}
        yield SiteWorld(WebhookTarget(), site, folder, config, site.public)


@pytest.mark.parametrize("make", [devto, mataroa, buttondown, micropub, webhook])
def test_random_faults_end_with_one(make: Make, tmp_path: Path) -> None:
    for seed in range(ROUNDS):
        chance = random.Random(f"{make.__name__} {seed}")
        with make(tmp_path) as world:  # type: ignore[attr-defined]
            post, memory, unsure = post_of(world), Memory(), False
            for _attempt in range(6):
                world.site.faults = chance.choices(CHANGING, k=4)
                world.site.read_faults = chance.choices(READING, k=6)
                memory.calls, memory.die_at = 0, chance.choice([0, 0, 0, 1, 2, 3])
                try:
                    found = kit.look(world, post, memory) if unsure else None
                    found or kit.send(world, post, memory)
                    break
                except Unsure:
                    unsure = world.kind.abilities.reads
                except Superseded:
                    unsure = world.kind.abilities.reads
                except TryLater:
                    pass
                except JournalError as error:
                    assert error.hint, f"seed {seed}: {error}"
                assert len(world.live(post)) <= 1, f"seed {seed}"
            world.site.faults, world.site.read_faults, memory.die_at = [], [], 0
            assert kit.settle(world, post, memory).live
            assert len(world.live(post)) == 1, f"seed {seed}"
            assert world.site.deliveries == 1, f"seed {seed}"
