"""What the Markdown mirror has written, and how far it has come along the change log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.store.database import Writer

STATE = "mirror.state"


@dataclass(frozen=True, slots=True)
class State:
    """`token` is also in the folder: it tells our mirror from an empty or foreign folder. The
    first pass has come to entry `n` (None: it is done); changes after `seq` are still to do."""

    folder: str
    token: str
    seq: int
    n: int | None


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The file of one entry; see the table in migration 0003."""

    id: str
    file: str
    key: str
    sha256: str = ""
    coming: str = ""
    old_file: str = ""
    old_sha256: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries to look at, and the state once they are done."""

    ids: tuple[str, ...]
    after: State


def state(db: sqlite3.Connection) -> State | None:
    """How far the mirror is; None when it never began."""
    row = db.execute("SELECT value FROM preferences WHERE key = ?", (STATE,)).fetchone()
    return State(**json.loads(row["value"])) if row else None


def keep_state(w: Writer, value: State) -> None:
    """Say how far it is. No change is told: nothing that a view shows is different."""
    w.db.execute(
        "INSERT INTO preferences (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (STATE, json.dumps(asdict(value))),
    )


def forget(w: Writer) -> None:
    """The mirror ends or begins anew."""
    w.db.execute("DELETE FROM preferences WHERE key = ?", (STATE,))
    w.db.execute("DELETE FROM mirrored")


def newest(db: sqlite3.Connection) -> int:
    """The last change of the journal."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM change_log").fetchone()[0])


def next_batch(db: sqlite3.Connection, now: State, limit: int) -> Batch | None:
    """What is to do next; None when the mirror is up to date."""
    if now.n is not None:
        rows = db.execute(
            "SELECT n, id FROM entries WHERE n > ? ORDER BY n LIMIT ?", (now.n, limit)
        ).fetchall()
        n = rows[-1]["n"] if len(rows) == limit else None
        after = State(now.folder, now.token, now.seq, n)
        return Batch(tuple(row["id"] for row in rows), after)
    rows = db.execute(
        "SELECT seq, noun, id FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?",
        (now.seq, 4 * limit),
    ).fetchall()
    if not rows:
        return None
    ids: dict[str, None] = {}
    seq = now.seq
    for row in rows:
        if row["noun"] == "entry":
            if row["id"] not in ids and len(ids) == limit:
                break
            ids[row["id"]] = None
        seq = row["seq"]
    return Batch(tuple(ids), State(now.folder, now.token, seq, None))


def pending(db: sqlite3.Connection, now: State) -> int:
    """About how many entries are still to look at."""
    if now.n is not None:
        row = db.execute("SELECT count(*) FROM entries WHERE n > ?", (now.n,)).fetchone()
    else:
        row = db.execute(
            "SELECT count(DISTINCT id) FROM change_log WHERE seq > ? AND noun = 'entry'",
            (now.seq,),
        ).fetchone()
    return int(row[0])


def get(db: sqlite3.Connection, id: str) -> Mirrored | None:
    """The file of an entry."""
    row = db.execute("SELECT * FROM mirrored WHERE id = ?", (id,)).fetchone()
    return Mirrored(**dict(row)) if row else None


def taken(db: sqlite3.Connection, key: str, id: str) -> bool:
    """Whether another entry has this file name."""
    row = db.execute("SELECT 1 FROM mirrored WHERE key = ? AND id <> ?", (key, id)).fetchone()
    return row is not None


def put(w: Writer, rows: Sequence[Mirrored]) -> None:
    """Keep rows."""
    # Names first go, then come: two entries may swap theirs within one batch.
    w.db.executemany("DELETE FROM mirrored WHERE id = ?", [(row.id,) for row in rows])
    w.db.executemany(
        "INSERT INTO mirrored (id, file, key, sha256, coming, old_file, old_sha256, told)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(r.id, r.file, r.key, r.sha256, r.coming, r.old_file, r.old_sha256, r.told) for r in rows],
    )


def remove(w: Writer, ids: Sequence[str]) -> None:
    """These entries have no file any more."""
    w.db.executemany("DELETE FROM mirrored WHERE id = ?", [(id,) for id in ids])


def counts(db: sqlite3.Connection) -> int:
    """How many files there are."""
    return int(db.execute("SELECT count(*) FROM mirrored").fetchone()[0])


def left(db: sqlite3.Connection) -> list[Mirrored]:
    """The files that were left alone, and why."""
    rows = db.execute("SELECT * FROM mirrored WHERE told <> '' ORDER BY file").fetchall()
    return [Mirrored(**dict(row)) for row in rows]
