"""What the schedule dialog knows beside the time. `read` touches no widget and runs in a lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from journal_app.domain.due import Due, local
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.publish import kinds, words
from journal_app.services.lateness import GRACE
from journal_app.settings import declared

if TYPE_CHECKING:
    from journal_app.domain.cadence import Blackout, Slot
    from journal_app.domain.publishing import Publication, QueueItem, Target
    from journal_app.domain.retry import Health
    from journal_app.journal import Journal
    from journal_app.services.targets import KindFacts

HOUR = 3_600_000  # ms


@dataclass(frozen=True, slots=True)
class Facts:
    """Targets with their kinds and free slots, what waits already, closed days, the late rule."""

    targets: Sequence[Target] = ()
    kinds: Mapping[str, KindFacts] = field(default_factory=dict)  # by kind
    health: Mapping[str, Health] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)  # the next free one, by target
    items: Sequence[QueueItem] = ()
    blackouts: Sequence[Blackout] = ()
    late: str = ""

    def target(self, name: str) -> Target | None:
        """A target by name."""
        return next((one for one in self.targets if one.name == name), None)

    def kind(self, name: str) -> KindFacts | None:
        """The kind of a target."""
        target = self.target(name)
        return self.kinds.get(target.kind) if target is not None else None

    def waiting(self, name: str) -> Publication | None:
        """What of the post this would replace."""
        return next(
            (
                item.publication
                for item in self.items
                if item.publication.target == name
                and item.publication.state in ("scheduled", "pushed")
            ),
            None,
        )

    def held(self, name: str, due: Due, now: int) -> bool:
        """Whether the target gets it ahead of time and puts it out by itself."""
        target, kind = self.target(name), self.kind(name)
        if target is None or kind is None or not kind.abilities.schedules:
            return False
        if str(target.config.get("push", "on")) == "off":
            return False
        return due.at - now >= max(kind.abilities.lead_ms, GRACE)

    def owed(self, name: str, due: Due, now: int) -> tuple[str, str, str]:
        """What this computer has to do for it: icon, token, words."""
        target, kind = self.target(name), self.kind(name)
        if target is not None and kind is not None and target.kind == "clipboard":
            told = tr("You post it yourself: the journal asks you when it is due.")
            return "clipboard-type", "info", told
        if self.held(name, due, now):
            told = tr("{target} holds it: safe to close the laptop.", target=name)
            return "cloud-check", "pass", told
        at = words.clock_of(due.at, due.tz)
        return "laptop", "info", tr("This computer must be on at {time}.", time=at)

    def closed(self, due: Due) -> str:
        """The name of the closed day that a time lies in; "" for none."""
        day = local(due.at, due.tz).date()
        for one in self.blackouts:
            if date.fromisoformat(one.first) <= day <= date.fromisoformat(one.last):
                return one.name or tr("no publishing")
        return ""

    def paused(self, name: str, now: int) -> str:
        """Why the target takes nothing now; "" where it does."""
        found = self.health.get(name)
        if found is None or not found.paused(now):
            return ""
        return f"{kinds.health(found, now).word}. {found.reason}".strip()


def read(journal: Journal, post: str) -> Facts:
    """Read it."""
    found = journal.targets.listing()
    known: dict[str, KindFacts] = {}
    slots: dict[str, Slot] = {}
    for target in found:
        if target.kind not in known:
            try:
                known[target.kind] = journal.targets.kind(target.kind)
            except JournalError:
                continue
        next_one = journal.cadence.slots(target.name, 1)
        if next_one:
            slots[target.name] = next_one[0]
    setting = declared("publish.late")
    value = journal.settings.get("publish.late")
    says = dict(zip(setting.choices or (), setting.names, strict=False)).get(value, value)
    return Facts(
        found,
        known,
        journal.targets.health(),
        slots,
        journal.publishing.items(post),
        journal.cadence.blackouts(),
        says,
    )


def late_choices(setting: str) -> list[tuple[str, int | None]]:
    """Words and limits (ms) of the late rule of one post."""
    return [
        (tr("As the setting says: {rule}", rule=tr(setting)), None),
        (tr("Always ask"), 0),
        (tr("Up to 6 hours late"), 6 * HOUR),
        (tr("Up to a day late"), 24 * HOUR),
        (tr("Up to a week late"), 7 * 24 * HOUR),
        (tr("However late"), -1),
    ]
