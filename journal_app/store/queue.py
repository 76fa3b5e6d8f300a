"""What is still to go out, by time: the queue, a range of the calendar, when to look next."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING

from journal_app.domain.publishing import DONE, Publication, QueueItem
from journal_app.domain.retry import Health
from journal_app.store.publications import to_publication

if TYPE_CHECKING:
    from journal_app.store.database import Writer

_LINES = (
    "SELECT p.*, r.title, e.rev AS present, t.kind AS kind,"
    " h.open_until, h.denied, h.reason, h.failures"
    " FROM publications p"
    " JOIN entries e ON e.id = p.post_id"
    " JOIN revisions r ON r.entry_id = p.post_id AND r.rev = p.rev"
    " LEFT JOIN targets t ON t.name = p.target"
    " LEFT JOIN target_health h ON h.name = p.target"
)
_BY_HAND = ("failed", "missed", "unknown")  # what is posted by hand waits for its person so
_OPEN = "('scheduled', 'claimed', 'sending', 'pushed', 'unknown', 'failed', 'missed', 'blocked')"


def awake(
    db: sqlite3.Connection, now: int, limit: int, skip: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Publications that want to be looked at by `now` (ms UTC): id and target, longest due first;
    not those of the targets in `skip`.

    One look into an index: this is all that an idle heartbeat costs.
    """
    found = db.execute(
        "SELECT id, target FROM publications WHERE wake_at <= ?"
        f" AND target NOT IN ({','.join('?' * len(skip))}) ORDER BY wake_at, due_at, id LIMIT ?",
        (now, *skip, limit),
    )
    return [(record["id"], record["target"]) for record in found]


def due_between(
    db: sqlite3.Connection, first: int, last: int, limit: int = 100
) -> list[Publication]:
    """What is scheduled from `first` to `last` (ms UTC)."""
    found = db.execute(
        "SELECT * FROM publications WHERE state = 'scheduled' AND due_at BETWEEN ? AND ?"
        " ORDER BY due_at, id LIMIT ?",
        (first, last, limit),
    )
    return [to_publication(record) for record in found]


def queue(db: sqlite3.Connection, now: int, limit: int) -> list[QueueItem]:
    """What is still to go out or went wrong, by due time."""
    found = db.execute(
        f"{_LINES} WHERE p.state IN {_OPEN} ORDER BY p.due_at, p.id LIMIT ?",
        (limit,),
    )
    return [_item(record, now) for record in found]


def between(db: sqlite3.Connection, first: int, last: int, now: int) -> list[QueueItem]:
    """Everything but what was cancelled that is or was due from `first` to `last` (ms UTC)."""
    found = db.execute(
        f"{_LINES} WHERE p.due_at BETWEEN ? AND ? AND p.state <> 'cancelled'"
        " ORDER BY p.due_at, p.id",
        (first, last),
    )
    return [_item(record, now) for record in found]


def of_post(db: sqlite3.Connection, post_id: str, now: int) -> list[QueueItem]:
    """Every publication of a post, the latest first."""
    found = db.execute(
        f"{_LINES} WHERE p.post_id = ? ORDER BY p.created_at DESC, p.id DESC", (post_id,)
    )
    return [_item(record, now) for record in found]


def _item(record: sqlite3.Row, now: int) -> QueueItem:
    p = to_publication(record)
    waits = p.state not in DONE
    health = Health(
        record["failures"] or 0,
        record["open_until"],
        bool(record["denied"]),
        record["reason"] or "",
    )
    return QueueItem(
        p,
        record["title"],
        waits and p.act != "unpublish" and record["present"] > p.rev,
        max(0, now - p.due.at) if waits else (p.receipt.late_ms if p.receipt else 0),
        (health.reason or "paused") if waits and health.paused(now) else "",
        p.state == "pushed",
        record["kind"] == "clipboard" and p.state in _BY_HAND,
    )


def next_due(db: sqlite3.Connection) -> int | None:
    """The earliest due time (ms UTC) of what is scheduled."""
    record = db.execute(
        "SELECT min(due_at) FROM publications WHERE state IN ('scheduled', 'pushed')"
    ).fetchone()
    return None if record[0] is None else int(record[0])


def next_wake(db: sqlite3.Connection) -> int | None:
    """When the first publication, or the page of one, wants to be looked at (ms UTC)."""
    record = db.execute(
        "SELECT min(at) FROM (SELECT min(wake_at) AS at FROM publications WHERE wake_at IS NOT NULL"
        " UNION ALL SELECT min(next_check) FROM publications WHERE next_check IS NOT NULL)"
    ).fetchone()
    return None if record[0] is None else int(record[0])


def waiting(db: sqlite3.Connection) -> dict[str, int]:
    """How many publications are still to go out, by target."""
    found = db.execute(
        "SELECT target, count(*) AS n FROM publications WHERE state IN"
        " ('scheduled', 'claimed', 'sending', 'pushed', 'unknown') GROUP BY target"
    )
    return {record["target"]: int(record["n"]) for record in found}


def last_out(db: sqlite3.Connection) -> dict[str, tuple[str, str, int]]:
    """What went out last, by target: id of the post, title, ms UTC."""
    found = db.execute(
        "SELECT p.target, p.post_id, r.title, max(p.updated_at) AS at FROM publications p"
        " JOIN revisions r ON r.entry_id = p.post_id AND r.rev = p.rev"
        " WHERE p.state = 'published' GROUP BY p.target"
    )
    return {
        record["target"]: (record["post_id"], record["title"], record["at"]) for record in found
    }


def lost_sleep(db: sqlite3.Connection, now: int, longest: int) -> list[Publication]:
    """Rows that nobody would look at in time: without a time though their target takes posts, or
    with one that was reckoned before the clock was set back."""
    found = db.execute(
        "SELECT p.* FROM publications p LEFT JOIN target_health h ON h.name = p.target"
        " WHERE (p.state = 'scheduled' AND p.wake_at IS NULL AND NOT coalesce(h.denied, 0))"
        " OR (p.state IN ('scheduled', 'pushed', 'unknown') AND p.wake_at > ?1 + ?2"
        " AND p.wake_at > p.due_at + 60000)",
        (now, longest),
    )
    return [to_publication(record) for record in found]


def overlooked(db: sqlite3.Connection, now: int) -> list[Publication]:
    """What is due and would not be looked at: a program of an older schema, open at the same time,
    wrote it. One look into an index."""
    found = db.execute(
        "SELECT p.* FROM publications p LEFT JOIN target_health h ON h.name = p.target"
        " WHERE p.state = 'scheduled' AND p.due_at <= ? AND p.wake_at IS NULL"
        " AND NOT coalesce(h.denied, 0)",
        (now,),
    )
    return [to_publication(record) for record in found]


def ever_pushed(db: sqlite3.Connection, id: str) -> bool:
    """Whether its target held `id` once: it may do so still."""
    found = db.execute(
        "SELECT 1 FROM publication_log WHERE publication_id = ? AND state = 'pushed' LIMIT 1", (id,)
    )
    return found.fetchone() is not None


def doubt(w: Writer, id: str, why: str, late_limit: int | None) -> None:
    """Look `id` up at its target now: it may have been sent at any time since it was made, a day
    for the clock included. With `late_limit` (ms) it gets another one."""
    w.db.execute(
        "UPDATE publications SET wake_at = ?, late_limit = coalesce(?, late_limit),"
        " first_sent = min(coalesce(first_sent, created_at), created_at - 86400000),"
        " last_error = ? WHERE id = ?",
        (w.now, late_limit, why, id),
    )
