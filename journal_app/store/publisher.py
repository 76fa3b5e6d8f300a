"""The one row that says which process publishes for this journal; the others watch."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.store.database import Writer


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: `role` (agent, window), the process, since when, last seen (ms UTC)."""

    role: str
    holder: str
    since: int
    beat_at: int


def get(db: sqlite3.Connection) -> Publisher | None:
    """Who holds the lease, dead or alive."""
    record = db.execute("SELECT role, holder, since, beat_at FROM publisher").fetchone()
    return None if record is None else Publisher(*record)


def put(w: Writer, found: Publisher) -> None:
    """Give the lease to somebody, or note that its holder was seen."""
    before = get(w.db)
    w.db.execute(
        "INSERT OR REPLACE INTO publisher (id, role, holder, since, beat_at)"
        " VALUES (1, ?, ?, ?, ?)",
        (found.role, found.holder, found.since, found.beat_at),
    )
    if before is None or before.holder != found.holder:
        w.changed("publication", "publisher")


def drop(w: Writer, holder: str) -> None:
    """Give the lease back, if `holder` has it."""
    if w.db.execute("DELETE FROM publisher WHERE holder = ?", (holder,)).rowcount:
        w.changed("publication", "publisher")
