"""Rows of cadences and blackout days, and the queue of a target in its order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain.cadence import Blackout, Cadence, Queued
from journal_app.domain.due import MINUTE, Due
from journal_app.errors import NotFound
from journal_app.store import publications

if TYPE_CHECKING:
    from journal_app.domain.publishing import Publication
    from journal_app.store.database import Writer

FOREVER = 2**62  # ms UTC
_EVENTS = (
    "SELECT p.id, p.target, p.state, p.act, p.due_at, p.created_at, p.updated_at, p.remote_url,"
    " json_extract(p.receipt, '$.receipt.late_ms') AS late, r.title,"
    " (SELECT count(*) FROM publication_log l WHERE l.publication_id = p.id) AS moves"
    " FROM publications p JOIN revisions r ON r.entry_id = p.post_id AND r.rev = p.rev"
    " WHERE p.due_at >= ?1 AND (p.state <> 'cancelled' OR p.updated_at >= ?2)"
    " ORDER BY p.due_at, p.id"
)


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar is told of a publication. Times are ms UTC; `moves` only ever grows.
    `late_ms`: how late it went out."""

    id: str
    target: str
    state: str
    act: str
    due_at: int
    created_at: int
    updated_at: int
    url: str
    title: str
    moves: int
    late_ms: int = 0


# ---------------------------------------------------------------------- cadences


def cadences(db: sqlite3.Connection, target: str | None = None) -> list[Cadence]:
    """The cadences of a target, or of all, by target and name."""
    found = db.execute(
        "SELECT * FROM cadences WHERE ?1 IS NULL OR target = ?1 ORDER BY target, name", (target,)
    )
    return [
        Cadence(
            record["name"],
            record["target"],
            tuple(record["days"].split(",")),
            tuple(record["times"].split(",")),
            record["tz"],
        )
        for record in found
    ]


def get(db: sqlite3.Connection, name: str) -> Cadence:
    """The cadence called `name`. Raises NotFound with the names there are."""
    known = cadences(db)
    for one in known:
        if one.name == name:
            return one
    raise NotFound(
        f"There is no cadence {name!r}.",
        f"Cadences: {', '.join(one.name for one in known)}."
        if known
        else "`journal cadence add` makes one.",
    )


def put(w: Writer, one: Cadence) -> None:
    """Write a cadence, new or in the place of the one of that name."""
    w.db.execute(
        "INSERT INTO cadences (name, target, days, times, tz, created_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET target = excluded.target, days = excluded.days,"
        " times = excluded.times, tz = excluded.tz",
        (one.name, one.target, ",".join(one.days), ",".join(one.times), one.tz, w.now),
    )
    w.changed("cadence", one.name)


def remove(w: Writer, name: str) -> None:
    """Forget a cadence."""
    w.db.execute("DELETE FROM cadences WHERE name = ?", (name,))
    w.changed("cadence", name, "removed")


# ---------------------------------------------------------------------- blackouts


def blackouts(db: sqlite3.Connection) -> list[Blackout]:
    """The blackout days, by date."""
    found = db.execute("SELECT * FROM blackouts ORDER BY first, last, id")
    return [Blackout(r["id"], r["first"], r["last"], r["name"]) for r in found]


def put_blackout(w: Writer, one: Blackout) -> None:
    """Write blackout days."""
    w.db.execute(
        "INSERT INTO blackouts (id, first, last, name) VALUES (?, ?, ?, ?)",
        (one.id, one.first, one.last, one.name),
    )
    w.changed("cadence", one.id, "created")


def remove_blackout(w: Writer, id: str) -> None:
    """Forget blackout days."""
    w.db.execute("DELETE FROM blackouts WHERE id = ?", (id,))
    w.changed("cadence", id, "removed")


# ---------------------------------------------------------------------- queue


def queued(db: sqlite3.Connection, target: str) -> list[Queued]:
    """What waits at a target in slots of its cadences, in the order of the queue."""
    found = db.execute(
        "SELECT p.id, p.state, p.due_at, p.wall, p.tz, p.slot, r.title FROM publications p"
        " JOIN revisions r ON r.entry_id = p.post_id AND r.rev = p.rev WHERE p.target = ?"
        " AND p.state IN ('scheduled', 'pushed') AND p.slot IS NOT NULL"
        " ORDER BY p.slot, p.due_at, p.id",
        (target,),
    )
    return [
        Queued(r["id"], r["state"], Due(r["wall"], r["tz"], r["due_at"]), r["slot"], r["title"])
        for r in found
    ]


def busy(
    db: sqlite3.Connection,
    target: str,
    after: int,
    without: Iterable[str] = (),
    before: int = FOREVER,
) -> set[int]:
    """The minutes (ms UTC // MINUTE) from `after` until before `before` in which a publication of
    `target` stands; those of the ids in `without` do not count."""
    skipped = set(without)
    found = db.execute(
        "SELECT id, due_at FROM publications WHERE target = ? AND due_at >= ?"
        " AND due_at < ? AND state NOT IN ('cancelled', 'removed')",
        (target, after // MINUTE * MINUTE, before),
    )
    return {r["due_at"] // MINUTE for r in found if r["id"] not in skipped}


def retime(w: Writer, id: str, due: Due, place: float | None) -> Publication | None:
    """Give what waits another slot; None when it was moved on meanwhile."""
    return publications.retime(w, publications.get(w.db, id), due, place)


def number(w: Writer, places: Iterable[tuple[float, str]]) -> None:
    """Number the queue anew. Its order stays, so nobody needs to be told."""
    w.db.executemany("UPDATE publications SET slot = ? WHERE id = ?", places)


# ---------------------------------------------------------------------- calendar


def events(db: sqlite3.Connection, due_from: int, cancelled_from: int) -> list[Event]:
    """Publications due at `due_from` (ms UTC) or later, by due time; cancelled ones only if that
    was done at `cancelled_from` or later."""
    return [
        Event(
            r["id"],
            r["target"],
            r["state"],
            r["act"],
            r["due_at"],
            r["created_at"],
            r["updated_at"],
            r["remote_url"] or "",
            r["title"],
            r["moves"],
            r["late"] or 0,
        )
        for r in db.execute(_EVENTS, (due_from, cancelled_from))
    ]


def last_change(db: sqlite3.Connection, after: int) -> int:
    """The number of the last change of a publication in the log, `after` where there is none."""
    found = db.execute(
        "SELECT max(seq) FROM change_log WHERE seq > ? AND noun = 'publication'", (after,)
    ).fetchone()
    return after if found[0] is None else int(found[0])
