"""A target that keeps posts on a shelf in memory, schedules by itself, and fails as told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal_app.domain.publishing import Publication, Receipt
from journal_app.domain.targets import (
    Abilities,
    AccessDenied,
    Config,
    Delivery,
    Field,
    Post,
    PublishTarget,
    TryLater,
    Unsure,
)
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.runtime.vault import Vault
from journal_app.services.publishing import PublishingService
from journal_app.services.targets import TargetService
from journal_app.store import publications

MINUTE, HOUR = 60_000, 3_600_000


@dataclass
class Shelf:
    """The kind. `faults` are met by the next sends: later, busy, denied, lost, refuse."""

    abilities: Abilities = field(default_factory=lambda: Abilities(schedules=True, lead_ms=MINUTE))
    faults: list[str] = field(default_factory=list)
    read_faults: list[str] = field(default_factory=list)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sends: int = 0
    secrets: list[str] = field(default_factory=list)

    title = "shelf"
    fields = (
        Field("room", "Room", required=True),
        Field("url", "Address", type="url"),
        Field("token", "Token", secret=True),
        Field("push", "Hand over early", type="switch", choices=("on", "off"), default="on"),
    )

    def check(self, config: Config) -> tuple[str, ...]:
        if "token" in config:
            self.secrets.append(config["token"].shown_to_target())
        if "denied" in self.read_faults:
            self.read_faults.remove("denied")
            raise AccessDenied("The shelf does not know you.", "Give it another token.")
        return (f"a shelf in {config['room']}",)

    def natural_key(self, config: Config, post: Post) -> str:
        return post.slug

    def preflight(self, config: Config, post: Post, key: str) -> str:
        return hashlib.sha256(f"{post.title}\n{post.body}".encode()).hexdigest()

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        self.sends += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault in ("later", "busy"):
            after = 600_000 if fault == "busy" else None
            raise TryLater("The shelf is busy.", "It will be tried again.", after_ms=after)
        if fault == "denied":
            raise AccessDenied("The shelf does not know you.", "Give it another token.")
        if fault == "refuse":
            raise JournalError("The shelf is full.", "Take something off.")
        delivery.remember({"place": f"{len(self.posts) + 1}"})
        self.posts[key] = {"id": post.id, "body": post.body, "at": delivery.at, "rev": post.rev}
        if fault == "lost":
            raise Unsure("The shelf said nothing.", "It will be looked up.")
        return self._receipt(post, key)

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        fault = self.read_faults.pop(0) if self.read_faults else ""
        if fault == "away":
            raise TryLater("The shelf is away.", "It will be tried again.")
        if fault == "blind" or key not in self.posts:
            return None
        return self._receipt(post, key)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "later":
            raise TryLater("The shelf is busy.", "It will be tried again.")
        self.posts.pop(key, None)
        if fault == "lost":
            raise Unsure("The shelf said nothing.", "It will be looked up.")

    def go_live(self, key: str) -> None:
        """Put out what it held, as a target does at its time."""
        self.posts[key]["at"] = None

    def _receipt(self, post: Post, key: str) -> Receipt:
        digest = self.preflight({}, post, key)
        live = self.posts[key]["at"] is None
        return Receipt(key, f"https://shelf.example/{key}", digest, 10, 1, live=live)


class Shelves:
    """A registry with one shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def get(self, name: str) -> PublishTarget:
        if name != "shelf":
            raise JournalError(f"There is no kind of target called {name!r}.", "Known: shelf.")
        return self.shelf

    def names(self) -> list[str]:
        return ["shelf"]


class ShelfDesk:
    """A journal with a shelf, and a clock that the test sets."""

    def __init__(
        self, folder: Path, start: int, shelf: Shelf | None = None, *, added: bool = True
    ) -> None:
        self.now = start
        self.shelf = shelf or Shelf()
        self.journal = Journal(folder, now=lambda: self.now)
        vault = Vault(folder)
        self.service = PublishingService(self.journal.store, Shelves(self.shelf), vault)
        self.targets = TargetService(self.journal.store, Shelves(self.shelf), vault)
        if added:
            self.targets.add("shelf", "shelf", {"room": "the hall"})

    def post(self, title: str = "A post", body: str = "body") -> str:
        return self.journal.entries.create(body, kind="post", title=title).id

    def planned(self, at: str = "2026-12-01 09:00", **how: Any) -> Publication:
        return self.service.schedule(self.post(), "shelf", at, tz="UTC", **how)

    def get(self, p: Publication) -> Publication:
        return publications.get(self.journal.store.read(), p.id)

    def state(self, p: Publication) -> str:
        return self.get(p).state

    def beat(self, minutes: float = 0) -> list[str]:
        """Let time pass, then look at the queue; the states that it ends with."""
        self.now += int(minutes * MINUTE)
        return [outcome.publication.state for outcome in self.service.run_due()]


def opened(folder: Path, start: int, shelf: Shelf | None = None) -> Iterator[ShelfDesk]:
    """A desk for a fixture."""
    desk = ShelfDesk(folder, start, shelf)
    yield desk
    desk.journal.close()
