"""Rows of publications and their log: the outbox.

Invariant: a state changes only in `move` and `claim`, which compare what they expect with what is
there (state, claimer, attempt) in the same statement; so of two that race, one finds nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from journal_app.domain.due import Due
from journal_app.domain.ids import is_ulid
from journal_app.domain.publishing import (
    LogLine,
    Plan,
    Publication,
    QueueItem,
    Receipt,
    may,
)
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Writer

NEXT_DUE = (
    "SELECT id FROM publications WHERE state = 'scheduled' AND due_at <= ? ORDER BY due_at LIMIT 1"
)
_QUEUE = (
    "SELECT p.*, r.title, e.rev AS present FROM publications p"
    " JOIN entries e ON e.id = p.post_id"
    " JOIN revisions r ON r.entry_id = p.post_id AND r.rev = p.rev"
    " WHERE p.state IN ('scheduled', 'claimed', 'sending', 'unknown', 'failed', 'missed')"
    " ORDER BY p.due_at, p.id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The text of one revision of a post."""

    title: str
    body: str
    front: Mapping[str, Any]


# ---------------------------------------------------------------------- rows


def to_publication(record: sqlite3.Row) -> Publication:
    """A publication out of its record. The `receipt` column holds the plan, later the receipt."""
    kept = json.loads(record["receipt"] or "{}")
    plan = kept.get("plan", {})
    receipt = kept.get("receipt")
    return Publication(
        record["id"],
        record["post_id"],
        record["rev"],
        record["target"],
        record["state"],
        Due(record["wall"], record["tz"], record["due_at"]),
        record["natural_key"],
        Plan(
            plan.get("slug", ""),
            tuple(plan.get("tags", ())),
            plan.get("description", ""),
            Due(**plan["dated"])
            if "dated" in plan
            else Due(record["wall"], record["tz"], record["due_at"]),
            Due(**plan["updated"]) if plan.get("updated") else None,
            plan.get("sha256", ""),
        ),
        record["attempt"],
        record["claimed_by"],
        record["lease_until"],
        Receipt(**receipt) if receipt else None,
        record["last_error"],
        record["created_at"],
        record["updated_at"],
    )


def kept_json(plan: Plan, receipt: Receipt | None = None) -> str:
    """The value of the `receipt` column."""
    kept: dict[str, Any] = {"plan": asdict(plan)}
    if receipt is not None:
        kept["receipt"] = asdict(receipt)
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def insert(w: Writer, p: Publication) -> None:
    """Write a new publication in state `scheduled`."""
    w.db.execute(
        "INSERT INTO publications (id, post_id, rev, target, state, due_at, wall, tz, natural_key,"
        " receipt, created_at, updated_at) VALUES (?, ?, ?, ?, 'scheduled', ?, ?, ?, ?, ?, ?, ?)",
        (
            p.id,
            p.post_id,
            p.rev,
            p.target,
            p.due.at,
            p.due.wall,
            p.due.tz,
            p.natural_key,
            kept_json(p.plan),
            w.now,
            w.now,
        ),
    )
    _log(w, p.id, "scheduled", f"for {p.due.wall} {p.due.tz}, revision {p.rev}")
    w.changed("publication", p.id, "created")
    w.changed("entry", p.post_id)  # lists show the status of a post


def get(db: sqlite3.Connection, id: str) -> Publication:
    """One publication. Raises NotFound."""
    record = db.execute("SELECT * FROM publications WHERE id = ?", (id,)).fetchone()
    if record is None:
        raise NotFound(f"There is no publication {id!r}.", "`journal queue` shows them.")
    return to_publication(record)


def named(db: sqlite3.Connection, ref: str) -> Publication | None:
    """The publication with this id or this unambiguous beginning of it (8 letters or more)."""
    text = ref.strip().upper()
    if is_ulid(text):
        found = db.execute("SELECT * FROM publications WHERE id = ?", (text,)).fetchall()
    elif len(text) >= 8 and text.isascii() and text.isalnum():
        found = db.execute(
            "SELECT * FROM publications WHERE id >= ? AND id < ? LIMIT 2", (text, text + "~")
        ).fetchall()
    else:
        found = []
    return to_publication(found[0]) if len(found) == 1 else None


def of_post(db: sqlite3.Connection, post_id: str, target: str | None = None) -> list[Publication]:
    """The publications of a post, the latest first."""
    found = db.execute(
        "SELECT * FROM publications WHERE post_id = ?1 AND (?2 IS NULL OR target = ?2)"
        " ORDER BY created_at DESC, id DESC",
        (post_id, target),
    )
    return [to_publication(record) for record in found]


def in_state(db: sqlite3.Connection, *states: str) -> list[Publication]:
    """The publications in any of `states`, by due time."""
    marks = ",".join("?" * len(states))
    found = db.execute(
        f"SELECT * FROM publications WHERE state IN ({marks}) ORDER BY due_at, id", states
    )
    return [to_publication(record) for record in found]


def too_late(db: sqlite3.Connection, before: int) -> list[Publication]:
    """Scheduled publications that were due before `before` (ms UTC)."""
    found = db.execute(
        "SELECT * FROM publications WHERE state = 'scheduled' AND due_at < ?", (before,)
    )
    return [to_publication(record) for record in found]


def key_taken(db: sqlite3.Connection, target: str, key: str, post_id: str) -> bool:
    """Whether another post holds this place at the target."""
    return (
        db.execute(
            "SELECT 1 FROM publications WHERE target = ? AND natural_key = ? AND post_id <> ?"
            " AND state <> 'cancelled' LIMIT 1",
            (target, key, post_id),
        ).fetchone()
        is not None
    )


def frozen(db: sqlite3.Connection, post_id: str, rev: int) -> Frozen:
    """The text of a revision."""
    record = db.execute(
        "SELECT title, body, front FROM revisions WHERE entry_id = ? AND rev = ?", (post_id, rev)
    ).fetchone()
    if record is None:
        raise JournalError(f"Revision {rev} of {post_id} is gone.", "Schedule the post again.")
    return Frozen(record["title"], record["body"], json.loads(record["front"]))


# ---------------------------------------------------------------------- moves


def move(
    w: Writer, p: Publication, to: str, detail: str, fields: Mapping[str, object] | None = None
) -> Publication | None:
    """Move `p` to a state and log it; None when somebody else moved it since `p` was read.

    `fields` are columns to set as well. Raises RuntimeError for an illegal move: a bug.
    """
    if not may(p.state, to):
        raise RuntimeError(f"a publication may not go from {p.state} to {to}")
    columns = {"state": to, "updated_at": w.now, **(fields or {})}
    if to not in ("claimed", "sending"):
        columns |= {"claimed_by": None, "lease_until": None}
    cursor = w.db.execute(
        f"UPDATE publications SET {', '.join(f'{name} = ?' for name in columns)}"
        " WHERE id = ? AND state = ? AND attempt = ? AND claimed_by IS ?",
        (*columns.values(), p.id, p.state, p.attempt, p.claimed_by),
    )
    if cursor.rowcount != 1:
        return None
    _log(w, p.id, to, detail)
    w.changed("publication", p.id)
    w.changed("entry", p.post_id)
    return get(w.db, p.id)


def claim(w: Writer, now: int, by: str, lease_until: int, only: str | None) -> Publication | None:
    """Take the next due publication (or `only` that one, if due) for this process."""
    if only is None:
        record = w.db.execute(NEXT_DUE, (now,)).fetchone()
        if record is None:
            return None
        only = str(record["id"])
    record = w.db.execute(
        "UPDATE publications SET state = 'claimed', claimed_by = ?, lease_until = ?,"
        " attempt = attempt + 1, updated_at = ?"
        " WHERE id = ? AND state = 'scheduled' AND due_at <= ? RETURNING *",
        (by, lease_until, w.now, only, now),
    ).fetchone()
    if record is None:
        return None
    p = to_publication(record)
    _log(w, p.id, "claimed", f"by {by}")
    w.changed("publication", p.id)
    w.changed("entry", p.post_id)
    return p


def note_error(w: Writer, p: Publication, message: str) -> None:
    """Keep why `p` stays where it is; the same message twice is not logged twice."""
    cursor = w.db.execute(
        "UPDATE publications SET last_error = ?, updated_at = ?"
        " WHERE id = ? AND state = ? AND last_error IS NOT ?",
        (message, w.now, p.id, p.state, message),
    )
    if cursor.rowcount:
        _log(w, p.id, p.state, message)
        w.changed("publication", p.id)


def _log(w: Writer, id: str, state: str, detail: str) -> None:
    w.db.execute(
        "INSERT INTO publication_log (publication_id, at, state, detail) VALUES (?, ?, ?, ?)",
        (id, w.now, state, detail),
    )


# ---------------------------------------------------------------------- reading


def log(db: sqlite3.Connection, id: str) -> list[LogLine]:
    """The moves of a publication, oldest first."""
    found = db.execute("SELECT * FROM publication_log WHERE publication_id = ? ORDER BY id", (id,))
    return [LogLine(record["at"], record["state"], record["detail"]) for record in found]


def queue(db: sqlite3.Connection, now: int, limit: int) -> list[QueueItem]:
    """What is still to go out or went wrong, by due time."""
    items = []
    for record in db.execute(_QUEUE, (limit,)):
        p = to_publication(record)
        late = max(0, now - p.due.at)
        items.append(QueueItem(p, record["title"], record["present"] > p.rev, late))
    return items


def next_due(db: sqlite3.Connection) -> int | None:
    """The earliest due time (ms UTC) of what is scheduled."""
    record = db.execute("SELECT min(due_at) FROM publications WHERE state = 'scheduled'").fetchone()
    return None if record[0] is None else int(record[0])
