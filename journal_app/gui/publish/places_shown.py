"""What the page "Places" shows of each target. `read` touches no widget and runs in a lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain.retry import Health
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.publishing import Target
    from journal_app.journal import Journal
    from journal_app.services.targets import KindFacts


@dataclass(frozen=True, slots=True)
class Place:
    """A target with everything beside it; `kind` is None where its kind is not installed. `last`
    is what went out there last: id of the post, title, ms UTC."""

    target: Target
    kind: KindFacts | None
    health: Health
    waiting: int = 0
    last: tuple[str, str, int] | None = None
    slots: int = 0

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of its secrets."""
        fields = self.kind.fields if self.kind is not None else ()
        return tuple(field.name for field in fields if field.secret)


def read(journal: Journal) -> list[Place]:
    """Every target, by name."""
    health = journal.targets.health()
    waiting, last = journal.publishing.waiting_by_target(), journal.publishing.last_out()
    slots: dict[str, int] = {}
    for one in journal.cadence.cadences():
        slots[one.target] = slots.get(one.target, 0) + 1
    found = []
    for target in journal.targets.listing():
        try:
            kind = journal.targets.kind(target.kind)
        except JournalError:
            kind = None
        name = target.name
        found.append(
            Place(
                target,
                kind,
                health.get(name, Health()),
                waiting.get(name, 0),
                last.get(name),
                slots.get(name, 0),
            )
        )
    return found
