"""A journal and a Mastodon server: handed over and out while this computer sleeps, or sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.due import rfc3339
from journal_app.journal import Journal
from tests.helpers.servers.mastodon import FakeMastodon

TOKEN = "t0ken-of-a-journal-0123456789"
HOUR = 3_600_000


class Desk:
    """A journal whose clock goes with that of the server."""

    def __init__(self, folder: Path, site: FakeMastodon) -> None:
        self.site = site
        self.journal = Journal(folder, now=self.now)

    def now(self) -> int:
        return int((time.time() + self.site.ahead) * 1000)

    def post(self, text: str) -> str:
        title = "Warmup ended the divergence"
        return self.journal.entries.create(text, kind="post", title=title).id

    def schedule(self, post: str, hours: float) -> None:
        at = rfc3339(self.now() + int(hours * HOUR), "UTC")
        self.journal.publishing.schedule(post, "toots", at, tz="Europe/Berlin")

    def run(self) -> list[str]:
        self.journal.publishing.run_due()
        return [p.state for p in self.journal.publishing.between(0, 2**50) for p in [p.publication]]


@pytest.fixture
def desk(journal_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("TOOT_TOKEN", TOKEN)
    with FakeMastodon(TOKEN) as site:
        made = Desk(journal_folder, site)
        config = {"url": site.url, "token": "env:TOOT_TOKEN"}
        made.journal.targets.add("toots", "mastodon", config)
        yield made
        made.journal.close()


def test_a_single_message_goes_out_while_the_laptop_sleeps(desk: Desk) -> None:
    post = desk.post("Loss fell after step 500.")
    desk.schedule(post, 10)
    assert desk.run() == ["pushed"]
    assert len(desk.site.state["held"]) == 1
    desk.site.ahead += 11 * 3600
    assert desk.run() == ["published"]
    assert desk.site.deliveries == 1
    (item,) = desk.journal.publishing.for_post(post)
    assert item.receipt is not None
    assert item.receipt.url == desk.site.statuses()[0]["url"]


def test_a_thread_waits_here_and_goes_out_in_time(desk: Desk) -> None:
    text = " ".join(
        f"Finding {n}: the loss fell from 3.{n} to 2.{n} in every run, and it stayed."
        for n in range(40)
    )
    post = desk.post(text)
    shown = [part.text for part in desk.journal.digest.thread(post).parts]
    assert len(shown) > 1
    desk.schedule(post, 10)
    assert desk.run() == ["scheduled"]
    assert desk.site.state["held"] == {}
    desk.site.ahead += 10 * 3600 + 1
    assert desk.run() == ["published"]
    assert [desk.site.state["texts"][one["id"]] for one in desk.site.statuses()] == shown


def test_what_is_taken_off_is_taken_off_there(desk: Desk) -> None:
    post = desk.post("Loss fell after step 500.")
    desk.schedule(post, 10)
    assert desk.run() == ["pushed"]
    desk.journal.publishing.cancel(post)
    assert desk.site.state["held"] == {}
    desk.site.ahead += 11 * 3600
    desk.run()
    assert desk.site.deliveries == 0
