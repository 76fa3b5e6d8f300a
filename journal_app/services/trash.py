"""The trash: what lies there, and emptying it. Backups keep what was removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.store import entries
from journal_app.store import trash as bin

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.store.database import Store

DAY = 24 * 60 * 60 * 1000
WHY = {
    "publication": "it was published or scheduled",
    "source": "a published post grew out of it",
}


@dataclass(frozen=True, slots=True)
class Thrown:
    """An entry in the trash. `days` is how long it has been there; `stays` why emptying leaves it,
    "" where it does not."""

    entry: Entry
    days: int
    stays: str


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many entries were removed, and how many stay because publications need them."""

    removed: int
    stayed: int


class TrashService:
    """The trash of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def listing(self) -> list[Thrown]:
        """What lies in the trash, the oldest first."""
        db, now = self._store.read(), self._store.now()
        return [
            Thrown(
                entry := entries.get(db, id),
                max(0, now - (entry.trashed_at or now)) // DAY,
                WHY.get(bin.reason_to_stay(db, id), ""),
            )
            for id in bin.ids(db, now + 1)
        ]

    def empty(self, older_than_days: int = 0) -> Emptied:
        """Remove for good what has lain there for so many days: it cannot be undone."""
        removed = stayed = 0
        with self._store.write() as w:
            for id in bin.ids(w.db, w.now + 1 - older_than_days * DAY):
                if bin.reason_to_stay(w.db, id):
                    stayed += 1
                else:
                    bin.remove(w, id)
                    removed += 1
        return Emptied(removed, stayed)
