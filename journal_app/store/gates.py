"""Rows of gates, and the eval results that they are judged by."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from journal_app.domain.gates import Gate, Result
from journal_app.errors import JournalError, NotFound
from journal_app.store import experiments

if TYPE_CHECKING:
    from journal_app.store.database import Writer

_RESULTS = (
    "SELECT v.id, coalesce(r.complete, 1) AS complete,"
    " coalesce(v.evaluated_at, v.updated_at) AS at FROM eval_results v"
    " LEFT JOIN runs r ON r.id = v.run_id WHERE v.id IN"
    " (SELECT target_id FROM links WHERE entry_id = ?1 AND target_kind = 'eval')"
    " OR v.run_id IN (SELECT target_id FROM links WHERE entry_id = ?1 AND target_kind = 'run')"
    " ORDER BY v.rowid"
)


def of(db: sqlite3.Connection, post_id: str) -> list[Gate]:
    """The gates of a post, by name."""
    found = db.execute("SELECT * FROM post_gates WHERE post_id = ? ORDER BY name", (post_id,))
    return [
        Gate(
            r["id"],
            r["post_id"],
            r["name"],
            r["task"],
            r["metric"],
            r["op"],
            r["threshold"],
            r["filter"],
            r["created_at"],
        )
        for r in found
    ]


def add(w: Writer, gate: Gate) -> None:
    """Write a gate. Raises JournalError where the post has one of that name."""
    try:
        w.db.execute(
            "INSERT INTO post_gates (id, post_id, name, task, metric, filter, op, threshold,"
            " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                gate.id,
                gate.post_id,
                gate.name,
                gate.task,
                gate.metric,
                gate.filter,
                gate.op,
                gate.threshold,
                w.now,
            ),
        )
    except sqlite3.IntegrityError as error:
        raise JournalError(
            f"This post has a gate {gate.name!r} already.",
            f"`journal gate remove POST {gate.name}` first, or choose another --name.",
        ) from error
    w.changed("entry", gate.post_id)


def remove(w: Writer, post_id: str, name: str) -> None:
    """Remove a gate. Raises NotFound."""
    cursor = w.db.execute("DELETE FROM post_gates WHERE post_id = ? AND name = ?", (post_id, name))
    if not cursor.rowcount:
        names = ", ".join(gate.name for gate in of(w.db, post_id))
        raise NotFound(
            f"This post has no gate {name!r}.", f"It has: {names}." if names else "It has none."
        )
    w.changed("entry", post_id)


def results(db: sqlite3.Connection, post_id: str) -> list[Result]:
    """The eval results that a post links, directly or through a run."""
    facts = {r["id"]: (bool(r["complete"]), int(r["at"])) for r in db.execute(_RESULTS, (post_id,))}
    rows = experiments.evals_of(db, list(facts))
    return [Result(row, *facts[row.id]) for row in rows]
