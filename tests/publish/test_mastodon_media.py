"""Mastodon: pictures, and a second opinion by an independent server (mastodon-mock)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from journal_app.domain.targets import Config, Delivery, Post, Secret, TryLater
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, post_of
from journal_app.publish.social.mastodon import MastodonTarget
from tests.helpers.pictures import attached, png
from tests.helpers.servers.mastodon import FakeMastodon
from tests.publish.test_mastodon import LONG, MastodonWorld, Sending, parts, send, texts


@pytest.fixture
def world(tmp_path: Path) -> Iterator[MastodonWorld]:
    with FakeMastodon(SECRET) as site:
        yield MastodonWorld(site, tmp_path)


def pictured(world: MastodonWorld, count: int = 1, **changes: Any) -> Post:
    files = tuple(attached(world.folder, f"plot{n}.png", png(8, 8, n)) for n in range(count))
    shown = "\n\n".join(f"![Loss of run {n}]({file.path})" for n, file in enumerate(files))
    return post_of(world, body=f"Loss fell.\n\n{shown}\n", attachments=files, **changes)


def uploads(world: MastodonWorld) -> int:
    return sum(one.path == "/api/v2/media" for one in world.site.requests)


def test_pictures_are_waited_for_and_go_along_with_their_words(world: MastodonWorld) -> None:
    world.site.processing = 3
    send(world, pictured(world, 6))
    (status,) = world.site.statuses()
    shown = [one["description"] for one in status["media_attachments"]]
    assert shown == [f"Loss of run {n}" for n in range(4)]
    notes = world.kind.thread(world.config, pictured(world, 6)).notes
    assert any("2 more pictures" in note for note in notes)


def test_a_picture_that_is_never_ready_is_tried_later(world: MastodonWorld) -> None:
    world.site.processing = 1000
    world.config = {**world.config, "timeout": 0.1}
    with pytest.raises(TryLater, match="still processing"):
        send(world, pictured(world))
    assert world.site.statuses() == []


def test_a_change_of_the_text_keeps_the_pictures(world: MastodonWorld) -> None:
    post, memory = pictured(world), Memory()
    send(world, post, memory)
    before = world.site.statuses()[0]["media_attachments"]
    changed = replace(post, rev=2, body="New. " + post.body, publication="P2")
    send(world, changed, memory)
    assert texts(world) == parts(world, changed)
    assert world.site.statuses()[0]["media_attachments"] == before
    assert uploads(world) == 1
    other = replace(changed, body=changed.body.replace("Loss of", "The loss of"))
    send(world, replace(other, rev=3, publication="P3"), memory)
    shown = world.site.statuses()[0]["media_attachments"]
    assert [one["description"] for one in shown] == ["The loss of run 0"]


@pytest.mark.parametrize("alt", ["", "plot.png", "IMG_2031.JPG"])
def test_a_picture_without_words_stays_here(world: MastodonWorld, alt: str) -> None:
    file = attached(world.folder, "plot.png", png())
    body = f"Loss fell.\n\n![{alt}]({file.path})\n"
    with pytest.raises(JournalError, match="has no text") as error:
        send(world, post_of(world, body=body, attachments=(file,)))
    assert file.path in error.value.hint
    assert world.site.statuses() == []


def test_pictures_of_a_thread_by_hand_stand_where_they_are_written(world: MastodonWorld) -> None:
    one, two = (attached(world.folder, f"{n}.png", png(8, 8, n)) for n in (1, 2))
    body = (
        f"Text.\n\n```digest\nFirst [paper](https://example.org/p) ![Curve]({one.path})\n---\n"
        f"Second\n![Table]({two.path})\n```\n"
    )
    send(world, post_of(world, body=body, attachments=(one, two)))
    assert texts(world) == ["First paper (https://example.org/p) 1/2", "Second 2/2"]
    shown = [one["media_attachments"][0]["description"] for one in world.site.statuses()]
    assert shown == ["Curve", "Table"]


def test_nothing_private_goes_out(world: MastodonWorld) -> None:
    """Links to runs and entries are words at most, also in a thread by hand."""
    body = "Loss fell ->run:d12 as in [[My secret plan|the plan]].\n"
    send(world, post_of(world, body=body))
    send(
        world,
        post_of(
            world,
            id="01JE0000000000000000000002",
            publication="P2",
            body=f"Text.\n\n```digest\n{body}```\n",
        ),
    )
    for text in texts(world):
        assert "the plan" in text
        assert "->" not in text
        assert "secret" not in text
        assert "d12" not in text


def test_the_end_of_a_limit_is_waited_for(world: MastodonWorld) -> None:
    """Mastodon tells it as a date, without Retry-After."""
    end = (datetime.now(UTC) + timedelta(seconds=90)).isoformat().replace("+00:00", "Z")
    answer = (429, {"X-RateLimit-Reset": end}, b'{"error": "Too many requests"}')
    world.site._refusal = lambda _fault: ("", answer)  # type: ignore[method-assign]
    world.site.faults.append("refuse-429")
    with pytest.raises(TryLater) as error:
        send(world, post_of(world))
    assert error.value.after_ms is not None
    assert 80_000 < error.value.after_ms <= 90_000


# ---------------------------------------------------------------------- a server of others


class Mock:
    """mastodon-mock: its own code, a real ASGI server on loopback."""

    def __init__(self, url: str, folder: Path) -> None:
        self.kind = MastodonTarget()
        self.folder = folder
        self.config: Config = {"url": url, "token": Secret("alice_token"), "timeout": 10.0}
        self._http = httpx.Client(
            base_url=url, headers={"Authorization": "Bearer alice_token"}, timeout=10
        )

    def get(self, path: str) -> Any:
        return self._http.get(path).json()

    def mine(self) -> list[Any]:
        me = self.get("/api/v1/accounts/verify_credentials")["id"]
        return list(reversed(self.get(f"/api/v1/accounts/{me}/statuses")))

    def close(self) -> None:
        self._http.close()


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own libraries
        from mastodon_mock.testing.server import MockServer

        with MockServer() as server:
            made = Mock(server.base_url, tmp_path_factory.mktemp("mock"))
            yield made
            made.close()


@pytest.mark.filterwarnings("ignore")
def test_another_server_agrees(mock: Mock) -> None:
    """Sign in, thread, repeat, change, hold, move, put out, take back."""
    kind, config, memory = mock.kind, mock.config, Memory()
    assert any("signed in as @alice" in fact for fact in kind.check(config))
    before = len(mock.mine())
    file = attached(mock.folder, "plot.png", png())
    body = f"{LONG}\n\n![The loss falls]({file.path})\n"
    post = post_of(mock, body=body, attachments=(file,))  # type: ignore[arg-type]

    def publish(of: Post, at: int | None = None) -> Any:
        known = Sending.known(of, memory)
        return kind.publish(config, known, "key", Delivery(at=at, remember=memory.remember))

    receipt = publish(post)
    publish(post)
    statuses = mock.mine()[before:]
    shown = [part.text for part in kind.thread(config, post).parts]
    assert [mock.get(f"/api/v1/statuses/{s['id']}/source")["text"] for s in statuses] == shown
    assert [s["in_reply_to_id"] for s in statuses] == [None, *[s["id"] for s in statuses[:-1]]]
    assert statuses[0]["media_attachments"][0]["description"] == "The loss falls"
    assert receipt.url == statuses[0]["url"]
    assert kind.find(config, Sending.known(post, memory), "key") is not None
    changed = replace(post, body="Only this.\n", publication="P2")
    publish(changed)
    (only,) = mock.mine()[before:]
    assert "Only this." in only["content"]
    kind.unpublish(config, Sending.known(changed, memory), "key", Delivery())
    assert mock.mine()[before:] == []

    memory.values.clear()
    held = post_of(mock, publication="P3")  # type: ignore[arg-type]
    at = int((datetime.now(UTC) + timedelta(hours=2)).timestamp()) * 1000
    assert not publish(held, at).live
    publish(held, at + 600_000)
    (one,) = mock.get("/api/v1/scheduled_statuses")
    assert datetime.fromisoformat(one["scheduled_at"]).timestamp() * 1000 == at + 600_000
    assert publish(held).live
    assert mock.get("/api/v1/scheduled_statuses") == []
    assert len(mock.mine()[before:]) == 1
