"""Lists of entries: pages of a view, counts, tags. Nothing here reads a body."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from journal_app.domain.entry import Row
from journal_app.domain.views import View

IN_FLIGHT = "('scheduled', 'claimed', 'sending', 'unknown')"

_ROW = """
SELECT e.n, e.id, e.kind, e.title, e.excerpt, e.rev, e.created_at, e.updated_at, e.trashed_at,
  (SELECT group_concat(tag, char(31)) FROM tags WHERE entry_id = e.id) AS tags,
  (SELECT count(*) FROM links l JOIN runs r ON r.id = l.target_id
    WHERE l.entry_id = e.id AND l.target_kind = 'run') AS n_runs,
  (SELECT count(*) FROM links l JOIN eval_results v ON v.id = l.target_id
    WHERE l.entry_id = e.id AND l.target_kind = 'eval') AS n_evals,
  CASE WHEN e.kind = 'post' THEN
    (SELECT state FROM publications WHERE post_id = e.id ORDER BY updated_at DESC LIMIT 1)
  END AS status
FROM entries e
"""


def to_row(record: sqlite3.Row) -> Row:
    """A list row out of a record of `_ROW`."""
    return Row(
        record["id"],
        record["kind"],
        record["title"],
        record["excerpt"],
        record["rev"],
        record["created_at"],
        record["updated_at"],
        record["trashed_at"],
        tuple(record["tags"].split("\x1f")) if record["tags"] else (),
        record["n_runs"],
        record["n_evals"],
        record["status"] or "",
    )


def _where(view: View) -> tuple[str, list[Any]]:
    clauses = ["e.trashed_at IS NOT NULL" if view.section == "trash" else "e.trashed_at IS NULL"]
    values: list[Any] = []
    if view.section == "inbox":
        clauses.append(
            "e.kind = 'note' AND NOT EXISTS (SELECT 1 FROM tags WHERE entry_id = e.id)"
            " AND NOT EXISTS (SELECT 1 FROM links WHERE entry_id = e.id)"
        )
    elif view.section in ("lesson", "failure", "decision"):
        clauses.append("e.kind = ?")
        values.append(view.section)
    elif view.section == "draft":
        clauses.append(
            "e.kind = 'post' AND NOT EXISTS (SELECT 1 FROM publications WHERE post_id = e.id"
            f" AND (state = 'published' OR state IN {IN_FLIGHT}))"
        )
    elif view.section == "scheduled":
        clauses.append(
            "e.kind = 'post' AND EXISTS (SELECT 1 FROM publications WHERE post_id = e.id"
            f" AND state IN {IN_FLIGHT})"
        )
    elif view.section == "published":
        clauses.append(
            "e.kind = 'post' AND EXISTS (SELECT 1 FROM publications WHERE post_id = e.id"
            " AND state = 'published')"
        )
    if view.kind is not None:
        clauses.append("e.kind = ?")
        values.append(view.kind)
    if view.tag is not None:
        clauses.append("e.id IN (SELECT entry_id FROM tags WHERE tag = ?)")
        values.append(view.tag)
    if view.run is not None:
        clauses.append(
            "e.id IN (SELECT entry_id FROM links WHERE target_kind = 'run' AND target_id = ?)"
        )
        values.append(view.run)
    if view.since is not None:
        clauses.append("e.created_at >= ?")
        values.append(view.since)
    return " WHERE " + " AND ".join(clauses), values


def rows(db: sqlite3.Connection, view: View, limit: int, offset: int = 0) -> list[Row]:
    """A page of a view, newest change first."""
    where, values = _where(view)
    order = (
        " ORDER BY e.trashed_at DESC" if view.section == "trash" else " ORDER BY e.updated_at DESC"
    )
    found = db.execute(
        _ROW + where + order + ", e.n DESC LIMIT ? OFFSET ?", (*values, limit, offset)
    )
    return [to_row(record) for record in found]


def rows_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The rows of `ids`, in that order; unknown ids are left out."""
    marks = ",".join("?" * len(ids))
    found = {r["id"]: to_row(r) for r in db.execute(_ROW + f" WHERE e.id IN ({marks})", ids)}
    return [found[id] for id in ids if id in found]


def count(db: sqlite3.Connection, view: View) -> int:
    """How many entries a view holds."""
    where, values = _where(view)
    return int(db.execute("SELECT count(*) FROM entries e" + where, values).fetchone()[0])


def tag_counts(db: sqlite3.Connection, limit: int = 100) -> list[tuple[str, int]]:
    """The most used tags of entries that are not in the trash."""
    found = db.execute(
        "SELECT t.tag, count(*) AS n FROM tags t JOIN entries e ON e.id = t.entry_id"
        " WHERE e.trashed_at IS NULL GROUP BY t.tag ORDER BY n DESC, t.tag LIMIT ?",
        (limit,),
    )
    return [(record["tag"], record["n"]) for record in found]
