"""Mataroa: a draft first, then its date, at a place that is ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.due import due_at
from journal_app.domain.targets import AccessDenied, Delivery, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish.mataroa import MataroaTarget
from tests.helpers.servers.mataroa import MataroaSite
from tests.helpers.servers.worlds import SiteWorld


@pytest.fixture
def site() -> Iterator[MataroaSite]:
    with MataroaSite(SECRET) as running:
        yield running


@pytest.fixture
def world(site: MataroaSite, tmp_path: Path) -> SiteWorld:
    config = {"url": site.url, "key": Secret(SECRET), "timeout": 0.3}
    return SiteWorld(MataroaTarget(), site, tmp_path, config, site.public)


class TestMataroaConforms(TargetConformance):
    """The kit."""


kit = TargetConformance()


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
@pytest.mark.parametrize("step", ["draft", "rename", "public"])
@pytest.mark.parametrize("stale", [False, True])
def test_a_lost_answer_at_any_step_ends_with_one(
    world: SiteWorld, site: MataroaSite, fault: str, step: str, stale: bool
) -> None:
    post, memory = post_of(world, slug="another-name"), Memory()
    if step == "rename":
        with pytest.raises(JournalError):
            memory.die_at = 2
            kit.send(world, post, memory)
        site.state["posts"][0]["slug"] = "other"  # as made before it was known
        memory.values["slug"], memory.die_at = "other", 0
    site.faults = [fault if step != "public" else f"public:{fault}"]
    with pytest.raises(Unsure if step == "public" else TryLater):
        kit.send(world, post, memory)
    if stale:
        site.faults = ["stale"]
    receipt = kit.settle(world, post, memory)
    assert receipt.live
    assert receipt.url == f"{site.url}/blog/another-name/"
    assert len(site.public()) == 1
    assert site.deliveries == 1


def test_a_post_of_somebody_else_at_this_place_is_left_alone(
    world: SiteWorld, site: MataroaSite
) -> None:
    post = post_of(world)
    theirs = dict(site.add(post.slug, title="Theirs", body="Old.", published_at="2020-01-01"))
    with pytest.raises(JournalError, match="another post") as told:
        kit.send(world, post)
    assert "--slug" in told.value.hint
    assert site.state["posts"] == [theirs]


def test_a_place_that_is_taken_meanwhile_is_left_alone(world: SiteWorld, site: MataroaSite) -> None:
    post, memory = post_of(world, slug="wanted"), Memory()
    memory.die_at = 2
    with pytest.raises(JournalError):
        kit.send(world, post, memory)
    memory.die_at = 0
    site.state["posts"][0]["slug"] = memory.values["slug"] = "made"
    theirs = dict(site.add("wanted", title="Theirs", body="Old.", published_at="2020-01-01"))
    with pytest.raises(JournalError, match="another post"):
        kit.send(world, post, memory)
    assert site.state["posts"][1] == theirs
    assert site.public() == ["Old."]


def test_a_date_ahead_of_the_server_does_not_hide_the_post(
    world: SiteWorld, site: MataroaSite
) -> None:
    ahead = time.time_ns() // 1_000_000 + 20 * 3_600_000
    kind, post = world.kind, post_of(world, dated=due_at(ahead, "Pacific/Kiritimati"))
    key = kind.natural_key(world.config, post)
    assert kind.publish(world.config, post, key, Delivery()).live
    assert len(site.public()) == 1


def test_a_renamed_post_moves(world: SiteWorld, site: MataroaSite) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    renamed = replace(post, slug="new-name", body="New.\n")
    receipt = kit.send(world, renamed, memory)
    assert receipt.url.endswith("/blog/new-name/")
    assert site.public() == ["New."]
    assert site.deliveries == 1


@pytest.mark.parametrize("title", ["訓練の記録", "🌡️", "---\ntitle: x\n---"])
def test_titles_and_names_of_any_script(world: SiteWorld, site: MataroaSite, title: str) -> None:
    post = post_of(world, title=title, slug="訓練")
    receipt = kit.send(world, post, Memory())
    assert receipt.path == "post-00000001"
    found = kit.look(world, post)
    assert found is not None
    assert found.url == receipt.url


def test_limits_wrong_sites_and_keys_are_told(world: SiteWorld, site: MataroaSite) -> None:
    with pytest.raises(JournalError, match="takes 300"):
        kit.send(world, post_of(world, title="x" * 301))
    with pytest.raises(JournalError, match="not answer like a Mataroa"):
        world.kind.check({**world.config, "url": f"{site.url}/blog"})
    with pytest.raises(AccessDenied):
        world.kind.check({**world.config, "key": Secret("wrong-key")})
    assert world.kind.check(world.config)[0] == f"Mataroa at {site.url}"


@pytest.mark.parametrize("fault", ["drop", "500", "503", "refuse-429:30"])
def test_what_was_not_done_is_done_later(world: SiteWorld, site: MataroaSite, fault: str) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(TryLater) as told:
        kit.send(world, post, memory)
    assert told.value.after_ms == (30_000 if "429" in fault else None)
    kit.send(world, post, memory)
    assert site.deliveries == 1
