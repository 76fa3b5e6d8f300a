"""Where entries were captured: one row a fact, kept while the setting `capture.context` is on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from journal_app import settings
from journal_app.domain import capture

if TYPE_CHECKING:
    from journal_app.store.database import Writer

LONGEST = 1000  # letters of a value


def of(db: sqlite3.Connection, id: str) -> dict[str, str]:
    """The facts of an entry by key; none in a journal of schema 1 that is only read."""
    if db.execute("PRAGMA user_version").fetchone()[0] < 2:
        return {}
    found = db.execute(
        "SELECT key, value FROM entry_context WHERE entry_id = ? ORDER BY key", (id,)
    )
    return {r["key"]: r["value"] for r in found}


def wanted(db: sqlite3.Connection) -> bool:
    """Whether the user has it kept."""
    row = db.execute("SELECT value FROM preferences WHERE key = 'capture.context'").fetchone()
    return (row["value"] if row else settings.declared("capture.context").default) == "on"


def keep(w: Writer, id: str, context: Mapping[str, str] | None) -> None:
    """Keep facts if the user has them kept; what is known of the entry already stays."""
    if context and wanted(w.db):
        put(w, id, context)


def put(w: Writer, id: str, context: Mapping[str, str]) -> None:
    """Write facts down; what is known already stays."""
    w.db.executemany(
        "INSERT OR IGNORE INTO entry_context (entry_id, key, value) VALUES (?, ?, ?)",
        [(id, key, capture.clean_text(text)[:LONGEST]) for key, text in context.items()],
    )


def forget(w: Writer, id: str, keys: Iterable[str]) -> None:
    """Forget facts of an entry."""
    w.db.executemany(
        "DELETE FROM entry_context WHERE entry_id = ? AND key = ?", [(id, key) for key in keys]
    )
    w.changed("entry", id)
