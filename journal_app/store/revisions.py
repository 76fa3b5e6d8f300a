"""Revisions without their texts, their names, and what is removed of them.

Invariant: a list of revisions never reads a body (an entry may have thousands).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from journal_app.domain.revisions import Head

if TYPE_CHECKING:
    from journal_app.store.database import Writer

_HEAD = (
    "SELECT r.rev, r.created_at, r.origin, r.title, r.kind, coalesce(n.name, '') AS named,"
    " EXISTS (SELECT 1 FROM publications p WHERE p.post_id = r.entry_id AND p.rev = r.rev)"
    " AS published FROM revisions r"
    " LEFT JOIN revision_names n ON n.entry_id = r.entry_id AND n.rev = r.rev"
)


def heads(db: sqlite3.Connection, id: str, limit: int = -1, offset: int = 0) -> list[Head]:
    """A page of the kept revisions, newest first; all of them with a negative limit."""
    found = db.execute(
        _HEAD + " WHERE r.entry_id = ? ORDER BY r.rev DESC LIMIT ? OFFSET ?", (id, limit, offset)
    )
    return [
        Head(
            r["rev"],
            r["created_at"],
            r["origin"],
            r["title"],
            r["kind"],
            r["named"],
            bool(r["published"]),
        )
        for r in found
    ]


def count(db: sqlite3.Connection, id: str) -> int:
    """How many revisions are kept."""
    row = db.execute("SELECT count(*) FROM revisions WHERE entry_id = ?", (id,)).fetchone()
    return int(row[0])


def before(db: sqlite3.Connection, id: str, rev: int) -> int | None:
    """The kept revision before `rev`."""
    row = db.execute(
        "SELECT max(rev) AS rev FROM revisions WHERE entry_id = ? AND rev < ?", (id, rev)
    ).fetchone()
    return None if row["rev"] is None else int(row["rev"])


def named(db: sqlite3.Connection, id: str, name: str) -> int | None:
    """The revision with a name, the newest of several."""
    row = db.execute(
        "SELECT max(rev) AS rev FROM revision_names WHERE entry_id = ? AND name = ?", (id, name)
    ).fetchone()
    return None if row["rev"] is None else int(row["rev"])


def name(w: Writer, id: str, rev: int, name: str) -> None:
    """Give a revision a name; an empty one takes it away."""
    if name:
        w.db.execute(
            "INSERT INTO revision_names (entry_id, rev, name, created_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (entry_id, rev) DO UPDATE SET name = excluded.name",
            (id, rev, name, w.now),
        )
    else:
        w.db.execute("DELETE FROM revision_names WHERE entry_id = ? AND rev = ?", (id, rev))
    w.changed("entry", id)


def first_origin(db: sqlite3.Connection, id: str) -> str:
    """How an entry came to be: the origin of its first kept revision."""
    row = db.execute(
        "SELECT origin FROM revisions WHERE entry_id = ? ORDER BY rev LIMIT 1", (id,)
    ).fetchone()
    return str(row["origin"]) if row else ""


def at_or_before(db: sqlite3.Connection, id: str, rev: int) -> int | None:
    """The kept revision `rev`, or the nearest one before it."""
    return before(db, id, rev + 1)


def crowded(db: sqlite3.Connection, more_than: int) -> list[str]:
    """The entries with more revisions than that; only the index of the table is read."""
    found = db.execute(
        "SELECT entry_id FROM revisions GROUP BY entry_id HAVING count(*) > ?", (more_than,)
    )
    return [str(row["entry_id"]) for row in found]


def drop(w: Writer, id: str, revs: Sequence[int]) -> None:
    """Remove revisions, but none with a name and none that was published."""
    w.db.executemany(
        "DELETE FROM revisions WHERE entry_id = ?1 AND rev = ?2"
        " AND NOT EXISTS (SELECT 1 FROM revision_names WHERE entry_id = ?1 AND rev = ?2)"
        " AND NOT EXISTS (SELECT 1 FROM publications WHERE post_id = ?1 AND rev = ?2)",
        [(id, rev) for rev in revs],
    )
