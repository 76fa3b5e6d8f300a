"""The targets of the campaign: fakes that count what readers see, in a process of their own.

The process that forks agents must have no threads; the fakes are made of them.
"""

from __future__ import annotations

import base64
import contextlib
import multiprocessing
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SECRET = "s3cr3t-of-the-campaign-0123456789abcdef"
HOOK = "whsec_" + base64.b64encode(b"k" * 32).decode()
TIMEOUT = 0.4  # s: how long a client waits for a site that says nothing
NETWORK = (
    "accept-then-drop",
    "accept-then-hang",
    "accept-then-500",
    "public:accept-then-drop",
    "public:accept-then-hang",
    "public:accept-then-500",
    "drop",
    "hang",
    "refuse-429:30",
    "500",
    "503",
    "stale",
)


def _fakes() -> dict[str, tuple[Any, Callable[[], list[str]], dict[str, str]]]:
    """Each site with what readers see of it and the settings of its target."""
    from tests.helpers.servers.bluesky import FakeBluesky
    from tests.helpers.servers.buttondown import ButtondownSite
    from tests.helpers.servers.devto import DevtoSite
    from tests.helpers.servers.ghost import GhostSite
    from tests.helpers.servers.mastodon import FakeMastodon
    from tests.helpers.servers.mataroa import MataroaSite
    from tests.helpers.servers.micropub import MicropubSite
    from tests.helpers.servers.webhook import WebhookSite

    mastodon = FakeMastodon(SECRET)
    bluesky = FakeBluesky(SECRET)
    devto, mataroa, webhook = DevtoSite(SECRET), MataroaSite(SECRET), WebhookSite(HOOK)
    ghost = GhostSite("ab" * 32)
    buttondown, micropub = ButtondownSite(SECRET), MicropubSite(SECRET)

    def toots() -> list[str]:
        texts = mastodon.state.get("texts", {})
        return [texts[s["id"]] for s in mastodon.statuses() if s["in_reply_to_id"] is None]

    def skeets() -> list[str]:
        values = [one["value"] for one in bluesky.posts()]
        return [value["text"] for value in values if "reply" not in value]

    def mails() -> list[str]:
        return [
            f"{mail['subject']}\n{mail['body']}"
            for mail in buttondown.state["emails"].values()
            if mail["status"] not in ("draft", "scheduled")
        ]

    key = {"key": "env:CAMPAIGN_SECRET"}
    return {
        "mastodon": (mastodon, toots, {"url": mastodon.url, "token": "env:CAMPAIGN_SECRET"}),
        "bluesky": (
            bluesky,
            skeets,
            {
                "service": bluesky.url,
                "identifier": "me.bsky.social",
                "password": "env:CAMPAIGN_SECRET",
            },
        ),
        "devto": (devto, devto.public, {"url": devto.url, "pause": "0", **key}),
        "mataroa": (mataroa, mataroa.public, {"url": mataroa.url, **key}),
        "buttondown": (buttondown, mails, {"url": buttondown.base, **key}),
        "ghost": (ghost, ghost.public, {"url": ghost.url, "key": "env:CAMPAIGN_GHOST"}),
        "micropub": (
            micropub,
            micropub.public,
            {"url": micropub.url, "token": "env:CAMPAIGN_SECRET"},
        ),
        "webhook": (
            webhook,
            webhook.public,
            {"url": f"{webhook.url}/hook", "secret": "env:CAMPAIGN_HOOK"},
        ),
    }


def _serve(channel: Connection) -> None:
    """Answer the orchestrator until it says goodbye."""
    fakes = _fakes()
    with contextlib.ExitStack() as running:
        for site, _shown, _config in fakes.values():
            running.enter_context(site)
        channel.send({name: config for name, (_, _, config) in fakes.items()})
        while True:
            word, *given = channel.recv()
            if word == "fault":
                name, fault = given
                fakes[name][0].faults.append(fault)
                channel.send(None)
            elif word == "revoke":
                fakes[given[0]][0].revoked = True
                channel.send(None)
            elif word == "clock":
                fakes["mastodon"][0].ahead = given[0] / 1000
                channel.send(None)
            elif word == "calm":
                for site, _shown, _config in fakes.values():
                    site.faults.clear()
                    site.read_faults.clear()
                    site.revoked = False
                channel.send(None)
            elif word == "asked":
                asked = [
                    f"{r.method} {r.target} {r.body[:160]!r}" for r in fakes[given[0]][0].requests
                ]
                channel.send(asked[-given[1] :])
            elif word == "count":
                name, marks = given
                texts = fakes[name][1]()
                channel.send({mark: sum(mark in text for text in texts) for mark in marks})
            else:
                break
        for site, _shown, _config in fakes.values():
            site.problems.clear()
        channel.send(None)


class Sites:
    """The fakes, asked over a pipe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        context = multiprocessing.get_context("spawn")
        self._channel, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        configs: dict[str, dict[str, str]] = self._channel.recv()
        self.configs: dict[str, tuple[str, dict[str, Any]]] = {
            name: (name, {**config, "timeout": TIMEOUT}) for name, config in configs.items()
        }
        for flavor in ("hugo", "html"):
            place = folder / flavor
            place.mkdir()
            address = f"https://{flavor}.example/"
            config = {"path": str(place), "flavor": flavor, "url": address}
            self.configs[flavor] = ("folder", config)
        self.met: Counter[str] = Counter()

    def _ask(self, *words: Any) -> Any:
        self._channel.send(words)
        return self._channel.recv()

    def fault(self, name: str, fault: str) -> None:
        """The next request there meets a fault."""
        self.met[fault.removeprefix("public:")] += 1
        self._ask("fault", name, fault)

    def revoke(self, name: str) -> None:
        """The key is no longer good there."""
        self.met["revoked key"] += 1
        self._ask("revoke", name)

    def clock(self, offset: int) -> None:
        """The clocks of sites that schedule follow the one of the campaign."""
        self._ask("clock", offset)

    def asked(self, name: str, last: int) -> list[str]:
        """The last requests that a site got, for whoever looks into a failure."""
        found: list[str] = self._ask("asked", name, last)
        return found

    def calm(self) -> None:
        """No more faults."""
        self._ask("calm")

    def count(self, name: str, marks: list[str]) -> dict[str, int]:
        """How many copies of the posts with these marks readers see."""
        kind, config = self.configs[name]
        if kind != "folder":
            found: dict[str, int] = self._ask("count", name, marks)
            return found
        root = Path(config["path"])
        pattern = "content/posts/*/index.md" if config["flavor"] == "hugo" else "posts/*/index.html"
        pages = [path.read_text("utf-8") for path in root.glob(pattern)]
        return {mark: sum(mark in page for page in pages) for mark in marks}

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(OSError, EOFError):
            self._ask("end")
        self._process.join(20)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
