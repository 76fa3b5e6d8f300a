"""Links made by hand: entry → run, eval result or entry, with a relation. What the text itself
names is in `mentions`."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from journal_app.domain.entry import Link

if TYPE_CHECKING:
    from journal_app.store.database import Writer


def of(db: sqlite3.Connection, id: str) -> list[Link]:
    """The links of an entry, oldest first, with the title of what they lead to where known."""
    found = db.execute(
        "SELECT l.target_kind, l.target_id, l.relation, coalesce(r.name, e.title,"
        " v.task || ' ' || v.metric, '') AS title FROM links l"
        " LEFT JOIN runs r ON l.target_kind = 'run' AND r.id = l.target_id"
        " LEFT JOIN entries e ON l.target_kind = 'entry' AND e.id = l.target_id"
        " LEFT JOIN eval_results v ON l.target_kind = 'eval' AND v.id = l.target_id"
        " WHERE l.entry_id = ? ORDER BY l.created_at, l.id",
        (id,),
    )
    return [Link(r["target_kind"], r["target_id"], r["relation"], r["title"]) for r in found]


def between(db: sqlite3.Connection, id: str, limit: int) -> list[tuple[str, str, bool]]:
    """The entries that an entry links, then those that link it: id, relation, incoming."""
    found = db.execute(
        "SELECT target_id AS other, relation, 0 AS incoming, created_at FROM links"
        " WHERE entry_id = ?1 AND target_kind = 'entry' UNION ALL"
        " SELECT entry_id, relation, 1, created_at FROM links"
        " WHERE target_kind = 'entry' AND target_id = ?1"
        " ORDER BY incoming, created_at DESC LIMIT ?2",
        (id, limit),
    )
    return [(r["other"], r["relation"], bool(r["incoming"])) for r in found]


def add(w: Writer, link_id: str, entry_id: str, link: Link) -> bool:
    """Add a link; False when it was there."""
    cursor = w.db.execute(
        "INSERT OR IGNORE INTO links (id, entry_id, target_kind, target_id, relation, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (link_id, entry_id, link.target_kind, link.target_id, link.relation, w.now),
    )
    return cursor.rowcount > 0


def remove(w: Writer, entry_id: str, target_kind: str, target_id: str) -> bool:
    """Remove the links to a target, whatever their relation; False when there was none."""
    cursor = w.db.execute(
        "DELETE FROM links WHERE entry_id = ? AND target_kind = ? AND target_id = ?",
        (entry_id, target_kind, target_id),
    )
    return cursor.rowcount > 0


def runs_named(db: sqlite3.Connection, ref: str) -> list[str]:
    """The ids of the runs that `ref` names: an id, a native id, a name, or an id's beginning."""
    source, _, native = ref.partition(":")
    for where, values in (
        ("id = ?", (ref.upper(),)),
        ("native_id = ? OR (source_kind = ? AND native_id = ?)", (ref, source, native)),
        ("name = ?", (ref,)),
        ("id >= ? AND id < ?", (ref.upper(), ref.upper() + "~")),
    ):
        if where.startswith("id >=") and not (len(ref) >= 6 and ref.isalnum()):
            continue
        found = db.execute(f"SELECT id FROM runs WHERE {where} LIMIT 10", values).fetchall()
        if found:
            return [str(record["id"]) for record in found]
    return []
