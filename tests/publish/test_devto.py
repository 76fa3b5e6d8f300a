"""dev.to: a draft first, the same id made public, nothing of others touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.entry import Attachment
from journal_app.domain.targets import AccessDenied, Delivery, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish.devto import DevtoTarget
from tests.helpers.servers.devto import DevtoSite
from tests.helpers.servers.worlds import SiteWorld

CANONICAL = "https://ada.example/warmup"


@pytest.fixture
def site() -> Iterator[DevtoSite]:
    with DevtoSite(SECRET) as running:
        yield running


@pytest.fixture
def world(site: DevtoSite, tmp_path: Path) -> SiteWorld:
    config = {"url": site.url, "key": Secret(SECRET), "timeout": 0.4, "pause": 0}
    return SiteWorld(DevtoTarget(), site, tmp_path, config, site.public)


class TestDevtoConforms(TargetConformance):
    """The kit."""


kit = TargetConformance()


def test_what_is_sent(world: SiteWorld, site: DevtoSite) -> None:
    post = post_of(world, tags=("Größe", "a b", "c", "d", "e"), canonical_url=CANONICAL)
    receipt = kit.send(world, post)
    (article,) = site.state["articles"].values()
    assert article["tags"] == ["groe", "ab", "c", "d"]
    assert article["canonical_url"] == CANONICAL
    assert article["description"] == post.description
    assert receipt.url == f"{site.url}/ada/article-{article['id']}"
    made, changed = (r for r in site.requests if r.method != "GET")
    assert made.json()["article"]["published"] is False
    assert changed.json()["article"]["published"] is True


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
@pytest.mark.parametrize("step", ["draft", "public"])
@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize("canonical", ["", CANONICAL])
def test_a_lost_answer_at_any_step_ends_with_one(
    world: SiteWorld, site: DevtoSite, fault: str, step: str, stale: bool, canonical: str
) -> None:
    post, memory = post_of(world, canonical_url=canonical), Memory()
    site.faults = [fault if step == "draft" else f"public:{fault}"]
    with pytest.raises(TryLater if step == "draft" else Unsure):
        kit.send(world, post, memory)
    if stale:
        site.faults = ["stale"]
    assert kit.settle(world, post, memory).live
    assert len(site.public()) == 1
    assert site.deliveries == 1
    assert len(site.state["articles"]) == 1


@pytest.mark.parametrize("fault", ["drop", "hang", "500", "503", "refuse-429:30"])
def test_what_was_not_done_is_done_later(world: SiteWorld, site: DevtoSite, fault: str) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(TryLater) as told:
        kit.send(world, post, memory)
    assert told.value.after_ms == (30_000 if "429" in fault else None)
    assert site.public() == []
    kit.send(world, post, memory)
    assert site.deliveries == 1


def test_an_article_of_somebody_else_with_this_address_is_left_alone(
    world: SiteWorld, site: DevtoSite
) -> None:
    theirs = site.add(title="Other", body_markdown="Theirs.", canonical_url=CANONICAL)
    with pytest.raises(JournalError, match="another article") as told:
        kit.send(world, post_of(world, canonical_url=CANONICAL))
    assert told.value.hint
    assert site.state["articles"] == {theirs["id"]: theirs}


def test_the_same_title_is_no_claim(world: SiteWorld, site: DevtoSite) -> None:
    post = post_of(world)
    theirs = site.add(title=post.title, body_markdown="Last week.")
    kit.send(world, post)
    assert site.state["articles"][theirs["id"]]["body_markdown"] == "Last week."
    assert len(site.public()) == 2


def test_an_account_with_many_articles_is_read_to_its_end(
    world: SiteWorld, site: DevtoSite
) -> None:
    post = post_of(world)
    old = site.add(published=False, title=post.title, body_markdown=post.body)
    for n in range(120):
        site.add(title=f"No {n}", body_markdown=f"Text {n}")
    kit.send(world, post)
    assert site.state["articles"][old["id"]]["published"]


@pytest.mark.parametrize(
    "body",
    [
        "---\n\ntitle: Hacked\npublished: false\n\n---\n\nText.\n",
        "---\ntitle: Hacked\n---\nText.\n",
        "Run `{% raw %}`, not {% embed https://x.example %}, {{ site }}.\n\n```\n{% if %}\n```\n",
    ],
)
def test_text_that_a_server_would_run_is_only_text(
    world: SiteWorld, site: DevtoSite, body: str
) -> None:
    kit.send(world, post_of(world, body=body))
    (article,) = site.state["articles"].values()
    assert article["title"] == post_of(world).title
    assert article["published"]


def test_limits_are_told_before_anything_is_sent(world: SiteWorld, site: DevtoSite) -> None:
    long = post_of(world, title="word " * 30)
    with pytest.raises(JournalError, match="has 150 characters"):
        kit.send(world, long)
    with pytest.raises(JournalError, match="longer"):
        kit.send(world, post_of(world, body="x" * 900_000))
    assert site.requests == []


def test_pictures_need_a_place_of_their_own(world: SiteWorld, site: DevtoSite) -> None:
    sha = "ab" * 32
    path = f"attachments/ab/{sha}.png"
    (world.folder / path).parent.mkdir(parents=True)
    (world.folder / path).write_bytes(b"\x89PNG")
    file = Attachment(sha, "loss.png", path, "image/png", 4)
    post = post_of(world, body=f"![loss]({path})\n", attachments=(file,))
    with pytest.raises(JournalError, match="takes no pictures") as told:
        kit.send(world, post)
    assert "images=" in told.value.hint
    config = {**world.config, "images": "https://ada.example/posts/{slug}/"}
    kit.send(SiteWorld(world.kind, site, world.folder, config, site.public), post)
    address = f"https://ada.example/posts/{post.slug}/loss-{sha[:12]}.png"
    assert site.public() == [f"![loss]({address})\n"]


def test_what_was_deleted_there_is_not_quietly_made_again(
    world: SiteWorld, site: DevtoSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    site.state["articles"].clear()
    with pytest.raises(JournalError, match="not there any more"):
        kit.send(world, replace(post, body="New.\n"), memory)
    key = world.kind.natural_key(world.config, post)
    gone = kit.known(post, memory)
    world.kind.unpublish(world.config, gone, key, Delivery(remember=memory.remember))
    with pytest.raises(TryLater, match="new one"):
        kit.send(world, post, memory)
    assert kit.send(world, post, memory).live


def test_another_site_is_named_as_such(world: SiteWorld, site: DevtoSite) -> None:
    config = {**world.config, "url": f"{site.url}/blog"}
    with pytest.raises(JournalError, match="does not answer like a Forem site"):
        world.kind.check(config)
    with pytest.raises(AccessDenied) as told:
        world.kind.check({**world.config, "key": Secret("wrong-key")})
    assert "wrong-key" not in f"{told.value} {told.value.hint}"
    assert world.kind.check(world.config) == (f"Forem at {site.url}", "signed in as ada")
