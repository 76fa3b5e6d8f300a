"""Ghost: a draft first, the same id published, no e-mail ever, nothing of others touched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.due import due_at
from journal_app.domain.targets import AccessDenied, Delivery, Post, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from tests.helpers.pictures import attached, png
from tests.helpers.servers.ghost import GhostSite, GhostWorld

HOUR = 3_600_000
HEX = SECRET.encode().hex()
kit = TargetConformance()


def now() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def site() -> Iterator[GhostSite]:
    with GhostSite(HEX) as running:
        yield running
        assert running.mailed == 0


@pytest.fixture
def world(site: GhostSite, tmp_path: Path) -> GhostWorld:
    return GhostWorld(site, tmp_path)


class TestGhostConforms(TargetConformance):
    """The kit."""


def with_pictures(world: GhostWorld, count: int, **changes: Any) -> Post:
    files = tuple(attached(world.folder, f"loss {n}.png", png(shade=n)) for n in range(count))
    shown = "\n\n".join(f"![Loss {n}]({file.path})" for n, file in enumerate(files))
    return post_of(world, body=f"Text.\n\n{shown}\n", attachments=files, **changes)


# ---------------------------------------------------------------------- what is sent


def test_what_readers_get(world: GhostWorld, site: GhostSite) -> None:
    post = with_pictures(
        world, 2, tags=("warmup", "#größe", "warmup"), canonical_url="https://ada.example/w",
        title='A "b" <c> \\ 漢 🌡️',
    )  # fmt: skip
    seen: list[tuple[int, int]] = []
    memory = Memory()
    receipt = world.kind.publish(
        world.config, post, post.slug,
        Delivery(remember=memory.remember, progress=lambda *at: seen.append(at)),
    )  # fmt: skip
    (made,) = site.state["posts"].values()
    assert made["title"] == post.title
    assert made["slug"] == post.slug
    assert made["tags"] == [{"name": "warmup"}, {"name": "größe"}]
    assert made["custom_excerpt"] == post.description
    assert made["canonical_url"] == "https://ada.example/w"
    assert made["published_at"] <= time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    for n, url in enumerate(site.state["images"]):
        assert f'<img src="{url}" alt="Loss {n}">' in made["html"]
    assert "attachments/" not in made["html"]
    assert receipt.url == f"{site.url}/{post.slug}/"
    assert seen == [(0, 2), (1, 2), (2, 2)]
    first, *_uploads, last = (r for r in site.requests if r.method in ("POST", "PUT"))
    assert first.json()["posts"][0]["status"] == "draft"
    assert last.json()["posts"][0]["status"] == "published"


def test_no_request_names_a_newsletter_and_no_key_travels(
    world: GhostWorld, site: GhostSite
) -> None:
    post, memory = with_pictures(world, 1), Memory()
    kit.send(world, post, memory, now() + HOUR)
    kit.send(world, post, memory)
    for request in site.requests:
        assert "newsletter" not in request.target
        assert "email" not in request.target
        assert HEX not in f"{request.target} {request.headers}"
    assert HEX not in repr(memory.values)
    assert any("no newsletter" in fact for fact in world.kind.check(world.config))


def test_a_second_attempt_sends_no_picture_twice(world: GhostWorld, site: GhostSite) -> None:
    post, memory = with_pictures(world, 3), Memory(die_at=4)
    with pytest.raises(JournalError, match="took over"):
        kit.send(world, post, memory)
    memory.die_at = 0
    kit.send(world, post, memory)
    assert len(site.state["images"]) <= 4  # the one whose address was not kept, once more
    kit.send(world, replace(post, title="New"), memory)
    assert len(site.state["images"]) <= 4


def test_limits_are_told_before_anything_is_sent(world: GhostWorld, site: GhostSite) -> None:
    file = attached(world.folder, "run.csv", b"a,b")
    for post, words in (
        (post_of(world, title="word " * 60), "title has 299 characters; Ghost takes 255"),
        (post_of(world, description="x" * 301), "description has 301 characters"),
        (post_of(world, body=f"[t]({file.path})\n", attachments=(file,)), r"run-\w+\.csv is none"),
    ):
        with pytest.raises(JournalError, match=words) as told:
            kit.send(world, post)
        assert told.value.hint
    assert site.requests == []


# ---------------------------------------------------------------------- trouble


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
@pytest.mark.parametrize("step", ["draft", "public"])
@pytest.mark.parametrize("stale", [False, True])
def test_a_lost_answer_at_any_step_ends_with_one(
    world: GhostWorld, site: GhostSite, fault: str, step: str, stale: bool
) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault if step == "draft" else f"public:{fault}"]
    with pytest.raises(TryLater if step == "draft" else Unsure):
        kit.send(world, post, memory)
    if stale:
        site.read_faults = ["", "stale"]  # the site answers, the look-up is old
    assert kit.settle(world, post, memory).live
    assert len(site.public()) == len(site.state["posts"]) == 1
    assert site.deliveries == 1


@pytest.mark.parametrize("fault", ["drop", "hang", "500", "503", "refuse-429:30"])
def test_what_was_not_done_is_done_later(world: GhostWorld, site: GhostSite, fault: str) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(TryLater) as told:
        kit.send(world, post, memory)
    assert told.value.after_ms == (30_000 if "429" in fault else None)
    assert kit.send(world, post, memory).live
    assert site.deliveries == 1


class Editor:
    """Somebody saves the post in Ghost's editor each time that we are about to change it."""

    def __init__(self, site: GhostSite, times: int) -> None:
        self.site, self.times = site, times
        self.update = site._update
        site._update = self  # type: ignore[method-assign]

    def __call__(self, post: dict[str, Any], request: Any) -> Any:
        if self.times:
            self.times -= 1
            post["updated_at"] = self.site._stamp()
        return self.update(post, request)


def test_somebody_saves_it_at_the_same_time(world: GhostWorld, site: GhostSite) -> None:
    Editor(site, 2)
    assert kit.send(world, post_of(world)).live
    assert sum(r.method == "PUT" for r in site.requests) == 3


def test_somebody_saves_it_all_the_time(world: GhostWorld, site: GhostSite) -> None:
    editor, memory = Editor(site, 100), Memory()
    with pytest.raises(TryLater, match="changing this post"):
        kit.send(world, post_of(world), memory)
    assert site.public() == []
    editor.times = 0
    assert kit.send(world, post_of(world), memory).live
    assert site.deliveries == 1


def test_a_clock_that_is_wrong_here_is_no_wrong_key(world: GhostWorld, site: GhostSite) -> None:
    for clock in (3600, -3600):
        site.clock = float(clock)
        assert any("clock differs" in fact for fact in world.kind.check(world.config))
    site.clock = 3600
    with pytest.raises(JournalError, match="too near"):  # there it is nearly that late already
        kit.send(world, post_of(world), Memory(), now() + HOUR + 60_000)
    assert kit.send(world, post_of(world)).live


# ---------------------------------------------------------------------- held until its time


def test_ghost_puts_it_out_and_an_update_keeps_the_date(world: GhostWorld, site: GhostSite) -> None:
    at = now() // 1000 * 1000 + HOUR
    post, memory = post_of(world, dated=due_at(at, "Europe/Berlin")), Memory()
    assert not kit.send(world, post, memory, at).live
    site.come(3700)
    found = kit.look(world, post, memory)
    assert found is not None
    assert found.live
    assert found.url == f"{site.url}/{post.slug}/"
    kit.send(world, replace(post, body="New.\n", rev=2), memory)
    (made,) = site.state["posts"].values()
    assert made["published_at"] == time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(at / 1000))
    assert "New." in made["html"]
    assert site.deliveries == 1
    with pytest.raises(JournalError, match="cannot hold a change"):
        kit.send(world, replace(post, body="Later.\n"), memory, now() + 3 * HOUR)


def test_what_ghost_missed_goes_out_from_here(world: GhostWorld, site: GhostSite) -> None:
    at = now() + HOUR
    post, memory = post_of(world, dated=due_at(at, "UTC")), Memory()
    kit.send(world, post, memory, at)
    site.clock = 3700  # its scheduler sleeps
    found = kit.look(world, post, memory)
    assert found is not None
    assert not found.live
    assert kit.send(world, post, memory).live
    assert site.deliveries == 1


# ---------------------------------------------------------------------- other people's posts


@pytest.mark.parametrize("status", ["published", "draft", "scheduled"])
@pytest.mark.parametrize("kind", ["post", "page"])
def test_a_slug_that_somebody_has(
    world: GhostWorld, site: GhostSite, status: str, kind: str
) -> None:
    post = post_of(world)
    theirs = site.add(kind, title="Theirs", slug=post.slug, status=status, html="Theirs.")
    with pytest.raises(JournalError, match="another post or page") as told:
        kit.send(world, post)
    assert "--slug" in told.value.hint
    assert site.state["posts"] == {theirs["id"]: theirs}
    world.kind.unpublish(world.config, post, post.slug, Delivery())
    assert theirs["status"] == status


def test_a_name_that_ghost_keeps_for_itself(world: GhostWorld, site: GhostSite) -> None:
    with pytest.raises(JournalError, match="'rss'"):
        kit.send(world, post_of(world, slug="rss"))
    assert site.state["posts"] == {}


def test_renamed_it_moves_unless_somebody_is_there(world: GhostWorld, site: GhostSite) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    theirs = site.add(title="Theirs", slug="warmup")
    renamed = replace(post, slug="warmup", former=(post.slug,))
    with pytest.raises(JournalError, match="another post or page at 'warmup'"):
        kit.send(world, renamed, memory)
    del site.state["posts"][theirs["id"]]
    assert kit.send(world, renamed, memory).url == f"{site.url}/warmup/"
    assert len(site.state["posts"]) == 1


def test_an_id_that_is_somebody_elses_now(world: GhostWorld, site: GhostSite) -> None:
    theirs = site.add(title="Theirs", slug="theirs", status="published", html="Theirs.")
    with pytest.raises(JournalError, match="another post"):
        kit.send(world, post_of(world), Memory({"id": theirs["id"]}))
    assert site.public() == ["Theirs."]


def test_deleted_there_it_is_not_quietly_made_again(world: GhostWorld, site: GhostSite) -> None:
    post, memory = post_of(world), Memory()
    memory.values.update(kit.send(world, post, memory).remote)
    site.state["posts"].clear()
    assert kit.look(world, post, memory) is None
    with pytest.raises(JournalError, match="was deleted there"):
        kit.send(world, post, memory)
    gone = kit.known(post, memory)
    world.kind.unpublish(world.config, gone, post.slug, Delivery(remember=memory.remember))
    assert kit.send(world, post, memory).live


# ---------------------------------------------------------------------- keys and addresses


def test_keys_and_addresses(world: GhostWorld, site: GhostSite) -> None:
    kind, config = world.kind, world.config
    facts = kind.check({**config, "url": f"{site.url}/ghost/#/settings/"})
    assert facts[0] == f"Ghost 5.96 at {site.url}: Ada's notes"
    for wrong in ("abc", HEX, f"{site.id}:{HEX[:-1]}", f"{HEX[:26]}"):
        with pytest.raises(JournalError, match="two parts") as told:
            kind.check({**config, "key": Secret(wrong)})
        assert wrong not in f"{told.value} {told.value.hint}"
    for wrong in (f"{site.id}:{HEX[::-1]}", f"{site.id[::-1]}:{HEX}"):
        with pytest.raises(AccessDenied) as denied:
            kind.check({**config, "key": Secret(wrong)})
        assert "Integrations" in denied.value.hint
        assert HEX not in f"{denied.value}"
    with pytest.raises(JournalError, match="does not answer like a Ghost"):
        kind.check({**config, "url": f"{site.url}/blog"})
    with pytest.raises(JournalError, match="is http"):
        kind.check({**config, "url": "http://blog.example"})


def test_a_draft_deleted_before_it_was_out_is_made_again(
    world: GhostWorld, site: GhostSite
) -> None:
    post, memory = post_of(world), Memory(die_at=2)
    with pytest.raises(JournalError, match="took over"):
        kit.send(world, post, memory)
    site.state["posts"].clear()
    memory.die_at = 0
    assert kit.send(world, post, memory).live
    assert len(site.public()) == 1
