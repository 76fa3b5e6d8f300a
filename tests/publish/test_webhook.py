"""The signed webhook: what a receiver can trust, and that a repeat is one message."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.entry import Attachment
from journal_app.domain.targets import AccessDenied, Delivery, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import Memory, TargetConformance, post_of
from journal_app.publish.webhook import WebhookTarget
from tests.helpers.servers.webhook import WebhookSite
from tests.helpers.servers.worlds import SiteWorld

KEY = "whsec_" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def site() -> Iterator[WebhookSite]:
    with WebhookSite(KEY) as running:
        yield running


@pytest.fixture
def world(site: WebhookSite, tmp_path: Path) -> SiteWorld:
    config = {"url": f"{site.url}/hook", "secret": Secret(KEY), "timeout": 0.3}
    return SiteWorld(WebhookTarget(), site, tmp_path, config, site.public)


class TestWebhookConforms(TargetConformance):
    """The kit."""


kit = TargetConformance()


@pytest.mark.parametrize(
    "fault", ["accept-then-drop", "accept-then-hang", "accept-then-500", "drop", "503"]
)
def test_a_repeat_is_the_same_message(world: SiteWorld, site: WebhookSite, fault: str) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(Unsure):
        kit.send(world, post, memory)
    assert kit.settle(world, post, memory).url == f"{site.url}/posts/{post.slug}"
    assert site.deliveries == 1
    first, second = (r for r in site.requests if r.method == "POST")
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == post.publication
    assert first.body == second.body


def test_with_an_address_to_read_back_it_is_known(world: SiteWorld, site: WebhookSite) -> None:
    config = {**world.config, "status_url": f"{site.url}/status/{{id}}"}
    asked = SiteWorld(world.kind, site, world.folder, config, site.public)
    post = post_of(world)
    assert kit.look(asked, post) is None
    site.faults = ["accept-then-drop"]
    with pytest.raises(Unsure):
        kit.send(asked, post)
    found = kit.look(asked, post)
    assert found is not None
    assert found.url == f"{site.url}/posts/{post.slug}"
    assert kit.look(asked, replace(post, publication="another")) is None
    assert kit.send(asked, post).url == found.url
    assert site.state["repeats"] == 0  # it asked, and did not send again
    assert "tells what was done" in world.kind.check(config)[-1]
    with pytest.raises(JournalError, match="does not say which"):
        kit.look(SiteWorld(world.kind, site, world.folder, {**config, "status_url": _echo(site)},
                           list), post)  # fmt: skip


def _echo(site: WebhookSite) -> str:
    site.state["posts"]["bare"] = {"slug": "x", "handled": "y"}
    plain = site.handle
    site.handle = lambda r: (200, {}, b"ok") if r.path == "/bare" else plain(r)  # type: ignore[method-assign]
    return f"{site.url}/bare"


def test_without_one_it_is_not_known(world: SiteWorld) -> None:
    with pytest.raises(JournalError, match="cannot be known") as told:
        kit.look(world, post_of(world))
    assert "status_url" in told.value.hint


def test_what_is_sent(world: SiteWorld, site: WebhookSite) -> None:
    sha = hashlib.sha256(b"\x89PNG").hexdigest()
    path = f"attachments/{sha[:2]}/{sha}.png"
    (world.folder / path).parent.mkdir(parents=True)
    (world.folder / path).write_bytes(b"\x89PNG")
    file = Attachment(sha, "loss.png", path, "image/png", 4)
    post = post_of(
        world, title="漢字 🌡️", body=f"---\nx: y\n---\n\n![loss]({path})\n", attachments=(file,)
    )
    kit.send(world, post)
    message = site.requests[-1].json()
    assert (message["type"], message["title"]) == ("post.publish", "漢字 🌡️")
    name = f"loss-{sha[:12]}.png"
    assert message["markdown"] == f"---\nx: y\n---\n\n![loss]({name})\n"
    assert f'<img src="{name}" alt="loss"' in message["html"]
    (sent,) = message["attachments"]
    assert base64.b64decode(sent["base64"]) == b"\x89PNG"
    assert (sent["name"], sent["sha256"]) == (name, sha)
    assert message["published"] == "2026-12-01T09:00:00+00:00"
    less = {**world.config, "files": "none"}
    kit.send(SiteWorld(world.kind, site, world.folder, less, site.public), post)
    assert "base64" not in site.requests[-1].json()["attachments"][0]
    big = replace(file, path=path)
    with (world.folder / path).open("r+b") as handle:
        handle.truncate(21_000_000)
    with pytest.raises(JournalError, match="20 MB"):
        kit.send(world, replace(post, attachments=(big,)))


def test_the_three_events(world: SiteWorld, site: WebhookSite) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    kit.send(world, replace(post, body="New.\n", updated=post.dated, publication="P2"), memory)
    key = world.kind.natural_key(world.config, post)
    world.kind.unpublish(world.config, post, key, Delivery())
    sent = [json.loads(r.body) for r in site.requests if r.method == "POST"]
    assert [one["event"] for one in sent] == ["publish", "update", "unpublish"]
    assert "markdown" not in sent[2]
    assert site.public() == []


@pytest.mark.parametrize("secret", ["", "plain-words", "whsec_short", "whsec_!!!!", KEY[:-30]])
def test_a_secret_that_is_not_whole_is_told(world: SiteWorld, secret: str) -> None:
    with pytest.raises(JournalError, match="secret") as told:
        world.kind.check({**world.config, "secret": Secret(secret)})
    assert told.value.hint
    if len(secret) > 12:
        assert secret not in f"{told.value} {told.value.hint}"


def test_wrong_places_and_secrets_are_told(world: SiteWorld, site: WebhookSite) -> None:
    post = post_of(world)
    other = "whsec_" + base64.b64encode(b"o" * 32).decode()
    with pytest.raises(AccessDenied):
        kit.send(SiteWorld(world.kind, site, world.folder,
                           {**world.config, "secret": Secret(other)}, list), post)  # fmt: skip
    with pytest.raises(JournalError, match="nothing at /nowhere"):
        kit.send(SiteWorld(world.kind, site, world.folder,
                           {**world.config, "url": f"{site.url}/nowhere"}, list), post)  # fmt: skip
    with pytest.raises(JournalError, match="is http"):
        world.kind.check({**world.config, "url": "http://hooks.example/x"})
    assert "messages only" in " ".join(world.kind.check(world.config))
    site.faults = ["refuse-429:30"]
    with pytest.raises(TryLater) as told:
        kit.send(world, post)
    assert told.value.after_ms == 30_000
    assert site.deliveries == 0
