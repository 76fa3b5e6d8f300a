"""What the panel "Publish" shows of a post. `read` touches no widget and runs in a lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.publish import words
from journal_app.runtime import clock

if TYPE_CHECKING:
    from journal_app.domain.gates import Verdict
    from journal_app.domain.publishing import QueueItem
    from journal_app.domain.seen import Check
    from journal_app.domain.targets import Abilities
    from journal_app.journal import Journal
    from journal_app.store.publisher import Publisher

SHOWN = 6  # publications
OPEN = ("scheduled", "claimed", "sending", "pushed", "unknown", "failed", "missed", "blocked")


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """Publications, the latest of each place; places with their kind and what it can do; the last
    looks at public pages; gates; who publishes."""

    items: Sequence[QueueItem] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)  # by place
    abilities: Mapping[str, Abilities] = field(default_factory=dict)  # by place
    held: frozenset[str] = frozenset()  # ids: the place has it, or gets it ahead of time
    looks: Mapping[str, Sequence[Check]] = field(default_factory=dict)
    verdicts: Sequence[Verdict] = ()
    publisher: Publisher | None = None

    @property
    def waiting(self) -> list[QueueItem]:
        """What the user may take off."""
        from journal_app.domain.publishing import WAITING

        return [item for item in self.items if item.publication.state in WAITING]

    def who(self) -> str:
        """Who publishes, in words."""
        found = self.publisher
        if found is None:
            return tr("Nobody publishes at the moment: what is due waits.")
        if found.holder == clock.identity():
            return tr("This window publishes.")
        if found.role == "agent":
            return tr("The agent publishes, also with the window closed.")
        return tr("Another window publishes.")

    def owed(self, item: QueueItem) -> str:
        """What this computer has to do for a publication."""
        p = item.publication
        if p.id in self.held:
            return tr("{target} holds it: safe to close the laptop.", target=p.target)
        return words.computer(item, p.due.tz)


def read(journal: Journal, post: str) -> PublishFacts:
    """Read it."""
    kinds: dict[str, str] = {}
    abilities: dict[str, Abilities] = {}
    for target in journal.targets.listing():
        kinds[target.name] = target.kind
        try:
            abilities[target.name] = journal.targets.kind(target.kind).abilities
        except JournalError:
            continue
    shown = latest(journal.publishing.items(post))
    return PublishFacts(
        shown,
        kinds,
        abilities,
        frozenset(
            item.publication.id
            for item in shown
            if item.publication.target in abilities
            and journal.publishing.held_by_target(item.publication)
        ),
        {
            item.publication.id: journal.receipts.history(item.publication.id)
            for item in shown
            if item.publication.state == "published"
        },
        tuple(journal.preflight.verdicts(post)),
        journal.publisher.status(),
    )


def latest(items: Sequence[QueueItem]) -> list[QueueItem]:
    """What waits, and of each place the last that was: the latest first."""
    found, ended = [], set[str]()
    for item in items:
        p = item.publication
        if p.state == "cancelled":
            continue
        if p.state not in OPEN:
            if p.target in ended:
                continue
            ended.add(p.target)
        found.append(item)
    return found[:SHOWN]
