"""The thread that a post becomes at a social network: shown, copied, and what goes out there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from journal_app.domain.digest import NETWORK_KINDS, Thread
from journal_app.domain.due import due_at
from journal_app.domain.publishing import Target
from journal_app.domain.social_text import NETWORKS
from journal_app.domain.targets import Config, Post, PublishTarget
from journal_app.errors import JournalError
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.store import entries, targets
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.services.sending import Kinds
    from journal_app.store.database import Store

BETWEEN = "\n\n---\n\n"  # parts of a copied thread


class _Threading(Protocol):
    """A kind of target whose posts are threads."""

    def thread(self, config: Config, post: Post) -> Thread:
        """Exactly what its `publish` sends."""
        ...


@dataclass(frozen=True, slots=True)
class Copied:
    """What a person takes to a network by hand: the text, the words of its pictures with the files
    to attach, and the page to open."""

    text: str
    pictures: tuple[tuple[str, str], ...]  # path of the file, words
    address: str


class DigestService:
    """Threads of one journal's posts. Nothing is sent and nothing is asked of a network."""

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds

    def networks(self) -> tuple[str, ...]:
        """The names that `thread` knows."""
        return tuple(NETWORKS)

    def thread(
        self,
        post: str,
        *,
        network: str = "",
        target: str = "",
        settings: Mapping[str, str] | None = None,
    ) -> Thread:
        """The thread of the post's present text: for `target`, or for a network as its one target
        (where there is one) wants it. `settings` are fields of the kind for this once.

        Raises JournalError for a post that cannot go there, with the way out.
        """
        found = self._target(network, target)
        config = {**found.config, **(settings or {})}
        kind = self._kinds.get(found.kind)
        if not hasattr(kind, "thread"):
            raise JournalError(
                f"{found.name} is no social network ({kind.title}).",
                "`journal target list` shows which target is of what kind.",
            )
        return cast(_Threading, kind).thread(config, self._post(post, found, kind))

    def copy(
        self,
        post: str,
        *,
        network: str = "",
        target: str = "",
        part: int = 0,
        settings: Mapping[str, str] | None = None,
    ) -> Copied:
        """The thread for the clipboard, or `part` of it (from 1). Raises JournalError."""
        thread = self.thread(post, network=network, target=target, settings=settings)
        if not 0 <= part <= len(thread.parts):
            raise JournalError(
                f"The thread has no part {part}: it has {len(thread.parts)}.",
                "Leave --part away for all of them.",
            )
        chosen = thread.parts[part - 1 : part] if part else thread.parts
        pictures = [
            (str(self._store.folder / picture.file), picture.alt)
            for one in chosen
            for picture in one.pictures
        ]
        text = BETWEEN.join(one.text for one in chosen)
        return Copied(text, tuple(pictures), thread.network.address)

    def _target(self, network: str, target: str) -> Target:
        db = self._store.read()
        if target:
            return targets.get(db, target)
        mine = [one for one in targets.listing(db) if one.kind in NETWORK_KINDS]
        if not network:
            if len(mine) == 1:
                return mine[0]
            network = "mastodon"
        if network not in NETWORKS:
            raise JournalError(
                f"{network!r} is no network that is known.", f"Known: {', '.join(NETWORKS)}."
            )
        fitting = [one for one in mine if _network_of(one) == network]
        if len(fitting) == 1:
            return fitting[0]
        kind = network if network in NETWORK_KINDS else "clipboard"
        config: dict[str, Any] = {} if kind == network else {"network": network}
        return Target("", kind, config)

    def _post(self, post: str, found: Target, kind: PublishTarget) -> Post:
        db = self._store.read()
        entry = entries.get(db, entries.resolve(db, post))
        if entry.kind != "post":
            raise JournalError(
                f"{entry.title!r} is a {entry.kind}, not a post.",
                f"Make one: `journal draft {entry.id} --title …`.",
            )
        zone = Preferences(self._store).get("timezone") or clock.local_zone()
        due = due_at(self._store.now(), zone)
        planned = planning.plan(self._store, entry, found, kind.natural_key, due, None)
        return planning.as_post(self._store, planned)


def _network_of(target: Target) -> str:
    return str(target.config.get("network")) if target.kind == "clipboard" else target.kind
