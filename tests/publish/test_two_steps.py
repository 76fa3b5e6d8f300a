"""Ghost and WordPress under faults at random: lost answers, old answers, kills, refusals.

Whatever happens on the way, one copy is public in the end, and it became public once. At worst a
draft is left over, where an answer was lost and the look-up after it was old.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Superseded, TryLater, Unsure
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, World, post_of
from tests.helpers.pictures import attached, png
from tests.helpers.servers.base import FakeSite, Reply, Request
from tests.helpers.servers.ghost import GhostSite, GhostWorld
from tests.helpers.wordpress import WordPress
from tests.helpers.wordpress_world import Proxy, WordPressWorld

FAULTS = ("accept-then-drop", "accept-then-500", "drop", "500", "503", "refuse-429:1")
TRIES = 60
kit = TargetConformance()


@dataclass
class Weather:
    """Decides before each request what it meets. The first `storm` changes may be lost."""

    site: FakeSite
    chance: random.Random
    old: Callable[[], None]
    storm: int = 14
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._answer = self.site.answer
        self.site.answer = self.answer  # type: ignore[method-assign]

    def answer(self, request: Request) -> tuple[str, Reply]:
        with self.site.lock:
            self.site.faults.clear()
            self.site.read_faults.clear()
            if not self.site.changes(request):
                if self.chance.random() < 0.15:
                    self.old()
            elif self.storm:
                self.storm -= 1
                if self.chance.random() < 0.45:
                    self.site.faults.append(self.chance.choice(FAULTS))
            return self._answer(request)


def through(world: World, weather: Weather, *, held: bool) -> Counter[str]:
    """One post from draft to readers, as the journal sends it."""
    files = tuple(attached(world.folder, f"p{n}.png", png(shade=n)) for n in range(2))
    body = "".join(f"![p{n}]({file.path})\n\n" for n, file in enumerate(files))
    post, memory = post_of(world, body=body, attachments=files), Memory()
    hour = time.time_ns() // 1_000_000 + 3_600_000
    for at in [hour, None] if held else [None]:
        for _ in range(TRIES):
            receipt: Receipt | None = None
            memory.calls = 0
            memory.die_at = weather.chance.randint(1, 5) if weather.chance.random() < 0.2 else 0
            try:
                receipt = kit.send(world, post, memory, at)
            except (TryLater, Superseded) as error:
                weather.met[type(error).__name__] += 1
            except Unsure:
                weather.met["Unsure"] += 1
                try:
                    receipt = kit.look(world, post, memory)
                except TryLater:
                    continue
            if receipt is not None:
                memory.values.update(receipt.remote)
                if receipt.live is (at is None):
                    break
        else:
            raise AssertionError(f"it never went out: {weather.met}")
    assert len(world.live(post)) == 1
    assert world.held(post) == 0
    return weather.met


def test_ghost_in_bad_weather(tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    for seed in range(40):
        (tmp_path / str(seed)).mkdir()
        with GhostSite(SECRET.encode().hex()) as site:
            world = GhostWorld(site, tmp_path / str(seed))
            old = partial(site.read_faults.append, "stale")
            weather = Weather(site, random.Random(seed), old)
            met += through(world, weather, held=bool(seed % 2))
            assert site.deliveries == 1
            assert site.mailed == 0
    assert met["Unsure"] > 10
    assert met["TryLater"] > 50
    print(f"40 posts to Ghost: {dict(met)}; one copy each")


@pytest.mark.parametrize("seed", range(6))
def test_wordpress_in_bad_weather(blog: WordPress, tmp_path: Path, seed: int) -> None:
    with Proxy(blog) as proxy:

        def old() -> None:
            proxy.hidden = 1

        weather = Weather(proxy, random.Random(seed), old)
        met = through(WordPressWorld(blog, proxy, tmp_path), weather, held=bool(seed % 2))
        assert proxy.deliveries == 1
        assert met
    files = blog.sql("SELECT COUNT(*) FROM wp_posts WHERE post_type='attachment'")
    assert files == [["2"]]
