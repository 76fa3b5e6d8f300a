"""Which entry is the note of a day, and which entries are templates."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.store.database import Writer


def note_of(db: sqlite3.Connection, day: str) -> str | None:
    """The id of the note of a day (`2026-11-22`)."""
    row = db.execute("SELECT entry_id FROM daily_notes WHERE day = ?", (day,)).fetchone()
    return str(row["entry_id"]) if row else None


def keep(w: Writer, day: str, entry_id: str) -> None:
    """Remember the note of a day."""
    w.db.execute("INSERT INTO daily_notes (day, entry_id) VALUES (?, ?)", (day, entry_id))


def tagged(db: sqlite3.Connection, tag: str, limit: int) -> list[str]:
    """The ids of the entries with a tag, by title; the trash is left out."""
    found = db.execute(
        "SELECT e.id FROM tags t JOIN entries e ON e.id = t.entry_id"
        " WHERE t.tag = ? AND e.trashed_at IS NULL ORDER BY e.title COLLATE NOCASE LIMIT ?",
        (tag, limit),
    )
    return [str(row["id"]) for row in found]
