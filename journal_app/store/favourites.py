"""Entries with a star."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.store.database import Writer


def ids(db: sqlite3.Connection) -> list[str]:
    """The starred entries that are not in the trash, the oldest star first."""
    found = db.execute(
        "SELECT f.entry_id FROM favourites f JOIN entries e ON e.id = f.entry_id"
        " WHERE e.trashed_at IS NULL ORDER BY f.created_at, f.entry_id"
    )
    return [str(row["entry_id"]) for row in found]


def has(db: sqlite3.Connection, id: str) -> bool:
    """Whether an entry has a star."""
    found = db.execute("SELECT 1 FROM favourites WHERE entry_id = ?", (id,)).fetchone()
    return found is not None


def put(w: Writer, id: str, on: bool) -> None:
    """Give an entry a star, or take it away."""
    if on:
        w.db.execute(
            "INSERT OR IGNORE INTO favourites (entry_id, created_at) VALUES (?, ?)", (id, w.now)
        )
    else:
        w.db.execute("DELETE FROM favourites WHERE entry_id = ?", (id,))
    w.changed("entry", id)
