"""What lies in the trash, why some of it has to stay, and removing the rest for good."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.store.database import Writer


def ids(db: sqlite3.Connection, before: int) -> list[str]:
    """The entries that went into the trash before a moment, the oldest first."""
    found = db.execute(
        "SELECT id FROM entries WHERE trashed_at < ? ORDER BY trashed_at, n", (before,)
    )
    return [str(row["id"]) for row in found]


def reason_to_stay(db: sqlite3.Connection, id: str) -> str:
    """Why an entry cannot be removed for good: "publication", "source", or "" where it can.

    A publication is frozen on a revision of its post; what a post grew out of explains it.
    """
    if db.execute("SELECT 1 FROM publications WHERE post_id = ?", (id,)).fetchone():
        return "publication"
    found = db.execute(
        "SELECT 1 FROM links l JOIN publications p ON p.post_id = l.entry_id"
        " WHERE l.target_kind = 'entry' AND l.target_id = ?",
        (id,),
    )
    return "source" if found.fetchone() else ""


def remove(w: Writer, id: str) -> None:
    """Remove an entry with its text, revisions, tags and links. Its files stay in the folder:
    other entries may show them."""
    w.db.execute("DELETE FROM links WHERE target_kind = 'entry' AND target_id = ?", (id,))
    w.db.execute(
        "UPDATE mentions SET target_id = NULL WHERE target_kind = 'entry' AND target_id = ?", (id,)
    )
    w.db.execute("DELETE FROM entries WHERE id = ?", (id,))
    w.changed("entry", id, "removed")
