"""Rows of publications and their log: the outbox.

Invariant: a state changes only in `move` and `claim`, which compare what they expect with what is
there (state, claimer, attempt) in the same statement; so of two that race, one finds nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from journal_app.domain.due import Due
from journal_app.domain.ids import is_ulid
from journal_app.domain.publishing import (
    LogLine,
    Plan,
    Publication,
    Receipt,
    may,
)
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Writer


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
            plan.get("canonical_url", ""),
            tuple(plan.get("former", ())),
            tuple(plan.get("former_slugs", ())),
            tuple(plan.get("allowed", ())),
        ),
        record["attempt"],
        record["claimed_by"],
        record["lease_until"],
        Receipt(**receipt) if receipt else None,
        record["last_error"],
        record["created_at"],
        record["updated_at"],
        record["act"],
        record["wake_at"],
        record["late_limit"],
        record["first_sent"],
        json.loads(record["remote"]),
        record["slot"],
    )


def kept_json(plan: Plan, receipt: Receipt | None = None) -> str:
    """The value of the `receipt` column."""
    kept: dict[str, Any] = {"plan": asdict(plan)}
    if receipt is not None:
        kept["receipt"] = asdict(receipt)
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def insert(w: Writer, p: Publication) -> None:
    """Write a new publication in state `scheduled`.

    What the last publication of the post at the target remembers is remembered on, however that one
    ended: a draft of it may be there. Raises JournalError for a post that is gone, lies in the
    trash, or has this revision no more.
    """
    _there(w, p.post_id, p.rev)
    before = w.db.execute(
        "SELECT remote FROM publications WHERE post_id = ? AND target = ? ORDER BY rowid DESC",
        (p.post_id, p.target),
    ).fetchone()
    remote = {**p.remote, **(json.loads(before["remote"]) if before else {})}
    row = {
        "id": p.id,
        "post_id": p.post_id,
        "rev": p.rev,
        "target": p.target,
        "state": "scheduled",
        "due_at": p.due.at,
        "wall": p.due.wall,
        "tz": p.due.tz,
        "natural_key": p.natural_key,
        "receipt": kept_json(p.plan),
        "created_at": w.now,
        "updated_at": w.now,
        "act": p.act,
        "wake_at": p.due.at if p.wake_at is None else p.wake_at,
        "late_limit": p.late_limit,
        "remote": json.dumps(remote, ensure_ascii=False, sort_keys=True),
        "slot": p.slot,
    }
    w.db.execute(
        f"INSERT INTO publications ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    what = "" if p.act == "publish" else f"{p.act}, "
    _log(w, p.id, "scheduled", f"{what}for {p.due.wall} {p.due.tz}, revision {p.rev}")
    w.changed("publication", p.id, "created")
    w.changed("entry", p.post_id)  # lists show the status of a post


def _there(w: Writer, post_id: str, rev: int) -> None:
    found = w.db.execute(
        "SELECT e.trashed_at, r.rev FROM entries e"
        " LEFT JOIN revisions r ON r.entry_id = e.id AND r.rev = ? WHERE e.id = ?",
        (rev, post_id),
    ).fetchone()
    if found is None or found["trashed_at"] is not None:
        raise JournalError("This post lies in the trash.", f"`journal restore {post_id}` first.")
    if found["rev"] is None:
        raise JournalError("The post was changed meanwhile.", "Look at it, then try again.")


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
    """The publications of a post, the latest first: in the order in which they were made, which
    a clock that was set back does not change."""
    found = db.execute(
        "SELECT * FROM publications WHERE post_id = ?1 AND (?2 IS NULL OR target = ?2)"
        " ORDER BY rowid DESC",
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


def held(db: sqlite3.Connection) -> list[Publication]:
    """What a process has claimed or is sending."""
    found = db.execute("SELECT * FROM publications WHERE state IN ('claimed', 'sending')")
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
    columns = {"state": to, "updated_at": w.now, "wake_at": None, **(fields or {})}
    if to not in ("claimed", "sending"):
        columns |= {"claimed_by": None, "lease_until": None}
    if to == "scheduled" and columns["wake_at"] is None and "wake_at" not in (fields or {}):
        columns["wake_at"] = min(p.due.at, w.now)
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


def claim(w: Writer, id: str, now: int, by: str, lease_until: int) -> Publication | None:
    """Take a publication that wants to be sent for this process; None if it does not (any more)."""
    record = w.db.execute(
        "UPDATE publications SET state = 'claimed', claimed_by = ?, lease_until = ?,"
        " attempt = attempt + 1, updated_at = ?, wake_at = NULL"
        " WHERE id = ? AND state IN ('scheduled', 'pushed') AND wake_at <= ? RETURNING *",
        (by, lease_until, w.now, id, now),
    ).fetchone()
    if record is None:
        return None
    p = to_publication(record)
    _log(w, p.id, "claimed", f"by {by}")
    w.changed("publication", p.id)
    w.changed("entry", p.post_id)
    return p


def remember(w: Writer, p: Publication, values: Mapping[str, str], lease_until: int) -> bool:
    """Keep what the target asked to remember of `p`, while this attempt is the one that sends."""
    kept = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    cursor = w.db.execute(
        "UPDATE publications SET remote = json_patch(remote, ?), lease_until = ?"
        " WHERE id = ? AND state = 'sending' AND attempt = ? AND claimed_by IS ?",
        (kept, lease_until, p.id, p.attempt, p.claimed_by),
    )
    return cursor.rowcount == 1


def learn(w: Writer, p: Publication, values: Mapping[str, str]) -> None:
    """Keep what was learnt of `p` by reading its target."""
    if values:
        patch = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
        w.db.execute(
            "UPDATE publications SET remote = json_patch(remote, ?) WHERE id = ?", (patch, p.id)
        )


def wake(w: Writer, p: Publication, at: int | None) -> None:
    """Look at `p` at another time (ms UTC), or not again by itself (None)."""
    w.db.execute(
        "UPDATE publications SET wake_at = ? WHERE id = ? AND state = ?", (at, p.id, p.state)
    )


def wake_target(w: Writer, target: str) -> None:
    """Look again at all that waits for a target."""
    w.db.execute(
        "UPDATE publications SET wake_at = CASE state WHEN 'scheduled' THEN min(due_at, ?)"
        " ELSE ? END WHERE target = ? AND (state = 'unknown' OR (state = 'scheduled'"
        " AND (wake_at IS NULL OR wake_at > due_at)))",
        (w.now, w.now, target),
    )


def retime(w: Writer, p: Publication, due: Due, slot: float | None) -> Publication | None:
    """Another due time for what waits; None when it was moved on since `p` was read.

    What the target holds goes back to `scheduled`, so that it is told the new time.
    """
    again = p if p.state == "scheduled" else move(w, p, "scheduled", "its time was changed")
    if again is None:
        return None
    # What slept until its time sleeps until the new one; the rest is looked at now.
    wake = due.at if again.wake_at == p.due.at else min(w.now, due.at)
    plan = p.plan  # the date that readers see follows
    plan = replace(plan, updated=due) if plan.updated else replace(plan, dated=due)
    cursor = w.db.execute(
        "UPDATE publications SET due_at = ?, wall = ?, tz = ?, slot = ?, wake_at = ?,"
        " receipt = ?, updated_at = ?, last_error = NULL"
        " WHERE id = ? AND state = 'scheduled' AND attempt = ?",
        (
            *(due.at, due.wall, due.tz, slot, wake),
            *(kept_json(plan, p.receipt), w.now, p.id, p.attempt),
        ),
    )
    if cursor.rowcount != 1:
        return None
    if (due.at, due.tz) != (p.due.at, p.due.tz):
        _log(w, p.id, "scheduled", f"moved from {p.due.wall} {p.due.tz} to {due.wall} {due.tz}")
    w.changed("publication", p.id)
    w.changed("entry", p.post_id)
    return get(w.db, p.id)


def refreeze(w: Writer, p: Publication, rev: int, plan: Plan) -> Publication | None:
    """Another approved revision for what waits as `scheduled`; None when it was moved on.

    Raises JournalError as `insert`."""
    _there(w, p.post_id, rev)
    cursor = w.db.execute(
        "UPDATE publications SET rev = ?, receipt = ?, wake_at = min(?, due_at), updated_at = ?,"
        " last_error = NULL WHERE id = ? AND state = 'scheduled' AND attempt = ?",
        (rev, kept_json(plan), w.now, w.now, p.id, p.attempt),
    )
    if cursor.rowcount != 1:
        return None
    _log(w, p.id, "scheduled", f"revision {rev} approved instead of {p.rev}")
    w.changed("publication", p.id)
    w.changed("entry", p.post_id)
    return get(w.db, p.id)


def times_unknown(db: sqlite3.Connection, id: str) -> int:
    """How often it was left open whether `id` went out."""
    found = db.execute(
        "SELECT count(*) FROM publication_log WHERE publication_id = ? AND state = 'unknown'", (id,)
    ).fetchone()
    return int(found[0])


def put_off(w: Writer, id: str, at: int) -> None:
    """Look at what is awake at another time (ms UTC), whatever is wrong with its row."""
    w.db.execute(
        "UPDATE publications SET wake_at = ? WHERE id = ? AND wake_at <= ?", (at, id, w.now)
    )


def note_error(w: Writer, p: Publication, message: str) -> None:
    """Keep why `p` stays where it is; the same message twice is not logged twice."""
    cursor = w.db.execute(
        "UPDATE publications SET last_error = ?, updated_at = ?"
        " WHERE id = ? AND state = ? AND last_error IS NOT ?",
        (message, w.now, p.id, p.state, message),
    )
    if cursor.rowcount:
        _log(w, p.id, "note", message)
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
