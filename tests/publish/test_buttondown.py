"""Buttondown: a draft first, sent or scheduled once, never taken back once it was sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.entry import Attachment
from journal_app.domain.targets import AccessDenied, Delivery, Post, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish import posting
from journal_app.publish.buttondown import ButtondownTarget
from tests.helpers.servers.buttondown import ButtondownSite
from tests.helpers.servers.worlds import SiteWorld


class ButtondownWorld(SiteWorld):
    site: ButtondownSite

    def live(self, post: Post) -> list[str]:
        return self.site.public(post.id)

    def held(self, post: Post) -> int:
        return self.site.waiting(post.id)


@pytest.fixture
def site() -> Iterator[ButtondownSite]:
    with ButtondownSite(SECRET) as running:
        yield running


@pytest.fixture
def world(site: ButtondownSite, tmp_path: Path) -> ButtondownWorld:
    config = {"url": site.base, "key": Secret(SECRET), "timeout": 0.3}
    return ButtondownWorld(ButtondownTarget(), site, tmp_path, config, list)


class TestButtondownConforms(TargetConformance):
    """The kit."""


kit = TargetConformance()


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
@pytest.mark.parametrize("step", ["draft", "public"])
@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize("keeps", [True, False])
def test_nothing_is_sent_twice(
    world: ButtondownWorld, site: ButtondownSite, fault: str, step: str, stale: bool, keeps: bool
) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault if step == "draft" else f"public:{fault}"]
    with pytest.raises(TryLater if step == "draft" else Unsure):
        kit.send(world, post, memory)
    if stale:
        site.faults = ["stale"]
    if not keeps:
        memory = Memory()  # the journal's file was put back from a copy
    assert kit.settle(world, post, memory).live
    assert site.deliveries == 1
    assert len(site.state["emails"]) == 1


def test_a_sent_one_that_looks_like_a_draft_is_not_sent_again(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    site.faults = ["stale"]
    assert kit.send(world, post, memory).live
    assert site.deliveries == 1


def test_an_update_changes_the_page_and_sends_nothing(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    kit.send(world, replace(post, body="Corrected.\n", publication="other"), memory)
    assert site.deliveries == 1
    assert site.public(post.id)[0].endswith("\nCorrected.\n")
    changed = [r.json() for r in site.requests if r.method == "PATCH"][-1]
    assert "status" not in changed


def test_a_sent_one_is_not_taken_back(world: ButtondownWorld, site: ButtondownSite) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    assert not world.kind.abilities.unpublishes
    key = world.kind.natural_key(world.config, post)
    with pytest.raises(JournalError, match="was sent") as told:
        world.kind.unpublish(world.config, kit.known(post, memory), key, Delivery())
    assert told.value.hint
    assert len(site.public(post.id)) == 1


def test_one_that_vanished_is_never_sent_unasked(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    site.state["emails"].clear()
    with pytest.raises(JournalError, match="may have been sent"):
        kit.send(world, post, memory)
    assert site.state["emails"] == {}


@pytest.mark.parametrize("fault", ["accept-then-drop", "drop"])
def test_a_held_one_whose_answer_was_lost(
    world: ButtondownWorld, site: ButtondownSite, fault: str
) -> None:
    at = time.time_ns() // 1_000_000 + 7_200_000
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory, at)
    site.faults = [fault]
    with pytest.raises(Unsure):
        kit.send(world, post, memory, at + 600_000)
    kit.send(world, post, memory, at + 600_000)
    assert world.held(post) == 1
    site.faults = [fault]  # now it is to go out: first it is made a draft again
    with pytest.raises(TryLater):
        kit.send(world, post, memory)
    assert kit.send(world, post, memory).live
    assert site.deliveries == 1


def test_one_whose_time_has_just_come_is_left_to_go_by_itself(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory, time.time_ns() // 1_000_000 + 7_200_000)
    (email,) = site.state["emails"].values()
    email["publish_date"] = posting.moment(time.time_ns() // 1_000_000 - 30_000)
    with pytest.raises(TryLater, match="by itself"):
        kit.send(world, post, memory)
    assert email["status"] == "scheduled"
    email["publish_date"] = posting.moment(time.time_ns() // 1_000_000 - 3_600_000)
    assert kit.send(world, post, memory).live
    assert site.deliveries == 1


def test_a_time_that_has_passed_is_refused_and_nothing_is_sent(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    with pytest.raises(JournalError, match="publish_date_invalid") as told:
        kit.send(world, post_of(world), None, 1_000_000_000_000)
    assert "from here" in told.value.hint
    assert site.deliveries == 0


def test_an_email_of_somebody_else_with_this_name_is_left_alone(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post = post_of(world)
    theirs = dict(site.add(subject="Theirs", body="x", status="sent", slug=post.slug))
    with pytest.raises(JournalError, match="slug_invalid") as told:
        kit.send(world, post)
    assert "--slug" in told.value.hint
    assert list(site.state["emails"].values()) == [theirs]


def test_the_same_words_of_somebody_else_are_told(
    world: ButtondownWorld, site: ButtondownSite
) -> None:
    post = post_of(world)
    kit.send(world, post)
    (email,) = site.state["emails"].values()
    email["metadata"] = {}
    with pytest.raises(JournalError, match="email_duplicate") as told:
        kit.send(world, post)
    assert "draft" in told.value.hint
    assert site.deliveries == 1


def test_templates_are_only_text(world: ButtondownWorld, site: ButtondownSite) -> None:
    body = (
        "Hi {{ subscriber.email }} and {% if x %}, `{{ a < b }}`, `plain`.\n\n"
        "```jinja\n{% for a in b %}\n\n{{ a }}\n```\n\n    {{ indented }}\n"
    )
    kit.send(world, post_of(world, title="{{ x }} 漢字 🌡️", body=body))
    (email,) = site.state["emails"].values()
    assert email["subject"] == "{ { x }} 漢字 🌡️"
    assert "<code>&#123;{ a &lt; b }}</code>, `plain`" in email["body"]
    assert "<pre><code>&#123;% for a in b %}\n\n&#123;{ a }}\n</code></pre>" in email["body"]
    assert "<pre><code>&#123;{ indented }}" in email["body"]


def test_pictures_are_uploaded_once(world: ButtondownWorld, site: ButtondownSite) -> None:
    sha = "cd" * 32
    path = f"attachments/cd/{sha}.png"
    (world.folder / path).parent.mkdir(parents=True)
    (world.folder / path).write_bytes(b"\x89PNG")
    file = Attachment(sha, "loss.png", path, "image/png", 4)
    post, memory = post_of(world, body=f"![loss]({path})\n", attachments=(file,)), Memory()
    site.faults = ["public:drop"]
    with pytest.raises(Unsure):
        kit.send(world, post, memory)
    kit.settle(world, post, memory)
    ((name, times),) = site.state["images"].items()
    assert times == 1
    assert f"![loss](https://assets.example/{name}.png)" in site.public(post.id)[0]
    pdf = replace(file, path=path.replace("png", "pdf"), name="a.pdf")
    (world.folder / pdf.path).write_bytes(b"%PDF")
    with pytest.raises(JournalError, match="pdf is none"):
        kit.send(world, post_of(world, body=f"[a]({pdf.path})\n", attachments=(pdf,)))


def test_keys_and_wrong_sites_are_told(world: ButtondownWorld, site: ButtondownSite) -> None:
    assert "0 e-mails" in world.kind.check(world.config)[0]
    with pytest.raises(AccessDenied):
        world.kind.check({**world.config, "key": Secret("wrong-key")})
    with pytest.raises(JournalError, match="not answer like Buttondown"):
        world.kind.check({**world.config, "url": f"{site.url}/v2"})
    with pytest.raises(JournalError, match="2000"):
        kit.send(world, post_of(world, title="x" * 2001))


@pytest.mark.parametrize("fault", ["drop", "500", "503", "refuse-429:30"])
def test_what_was_not_done_is_done_later(
    world: ButtondownWorld, site: ButtondownSite, fault: str
) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(TryLater) as told:
        kit.send(world, post, memory)
    assert told.value.after_ms == (30_000 if "429" in fault else None)
    kit.send(world, post, memory)
    assert site.deliveries == 1
