"""What texts name: one row per text and name, derived from the text at every write.

Invariants: a row is written in the transaction that writes its text; a name keeps the target that
it was resolved to, also when that gets another title, until the text no longer holds the name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from journal_app.domain import links
from journal_app.domain.links import ENTRY, RUN, Mention
from journal_app.store import links as ties

if TYPE_CHECKING:
    from journal_app.store.database import Writer

Names = dict[tuple[str, str], str | None]  # (kind, key of the name) → id of the target


def of(db: sqlite3.Connection, entry_id: str) -> Names:
    """What the text of an entry names."""
    found = db.execute(
        "SELECT target_kind, name, target_id FROM mentions WHERE entry_id = ?", (entry_id,)
    )
    return {(r["target_kind"], links.key(r["name"])): r["target_id"] for r in found}


def index(
    w: Writer,
    entry_id: str,
    body: str,
    known: Mapping[str, str] | None = None,
    like: str | None = None,
) -> None:
    """Bring the rows of a text up to date. `known` gives titles (by key) their targets; of names
    that are new to it, those that the text of the entry `like` has lead where they lead there."""
    before = of(w.db, entry_id)
    named = links.mentions(body)
    if not named and not before:
        return
    pattern = of(w.db, like) if like is not None else {}
    wanted: dict[tuple[str, str], Mention] = {}
    for mention in named:
        wanted.setdefault((mention.kind, mention.key), mention)
    gone = [(entry_id, kind, name) for kind, name in before if (kind, name) not in wanted]
    w.db.executemany(
        "DELETE FROM mentions WHERE entry_id = ? AND target_kind = ? AND name = ?", gone
    )
    for place, mention in wanted.items():
        target = known.get(place[1]) if known and mention.kind == ENTRY else None
        target = target or before.get(place) or pattern.get(place) or target_of(w.db, mention)
        if place not in before:
            w.db.execute(
                "INSERT INTO mentions (entry_id, target_kind, name, target_id) VALUES (?, ?, ?, ?)",
                (entry_id, mention.kind, " ".join(mention.name.split()), target),
            )
        elif target != before[place]:
            w.db.execute(
                "UPDATE mentions SET target_id = ?"
                " WHERE entry_id = ? AND target_kind = ? AND name = ?",
                (target, entry_id, *place),
            )


def target_of(db: sqlite3.Connection, mention: Mention) -> str | None:
    """The id of the entry or run that a mention leads to; None where it leads nowhere."""
    if mention.kind == RUN:
        ids = ties.runs_named(db, mention.name)
        return ids[0] if len(ids) == 1 else None
    if mention.by_id:
        found = db.execute("SELECT id FROM entries WHERE id = ?", (mention.name.upper(),))
        row = found.fetchone()
        return str(row["id"]) if row else None
    return titled(db, mention.name)


def titled(db: sqlite3.Connection, name: str) -> str | None:
    """The entry with this title; of several the oldest, so that a namesake takes no links away."""
    row = db.execute(
        "SELECT id FROM entries WHERE title = ? COLLATE NOCASE AND trashed_at IS NULL"
        " ORDER BY n LIMIT 1",
        (" ".join(name.split()),),
    ).fetchone()
    return str(row["id"]) if row else None


def namesakes(db: sqlite3.Connection, title: str, limit: int = 2) -> list[str]:
    """The ids of entries with this title, those in the trash too."""
    found = db.execute(
        "SELECT id FROM entries WHERE title = ? COLLATE NOCASE ORDER BY n LIMIT ?", (title, limit)
    )
    return [str(r["id"]) for r in found]


def arrived(w: Writer, kind: str, name: str, target: str) -> None:
    """Something has this name now: names that waited for one lead to it."""
    for (source,) in w.db.execute(
        "SELECT entry_id FROM mentions WHERE target_kind = ? AND name = ? AND target_id IS NULL",
        (kind, name),
    ).fetchall():
        w.db.execute(
            "UPDATE mentions SET target_id = ? WHERE entry_id = ? AND target_kind = ? AND name = ?",
            (target, source, kind, name),
        )
        w.changed("entry", source)


def runs_arrived(w: Writer) -> None:
    """Runs were imported: names that waited for one of them lead to it."""
    for row in waiting_runs(w.db):
        ids = ties.runs_named(w.db, row["name"])
        if len(ids) == 1:
            arrived(w, RUN, row["name"], ids[0])


def waiting_runs(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """The names of runs that are not imported yet."""
    return db.execute(
        "SELECT DISTINCT name FROM mentions WHERE target_kind = 'run' AND target_id IS NULL"
    ).fetchall()


def misnamed(db: sqlite3.Connection, target: str, title: str) -> list[str]:
    """The entries whose text calls an entry by another name than its title."""
    found = db.execute(
        "SELECT DISTINCT entry_id FROM mentions WHERE target_kind = 'entry' AND target_id = ?"
        " AND name <> ? AND name <> target_id ORDER BY entry_id",
        (target, title),
    )
    return [str(r["entry_id"]) for r in found]


def unsettled(db: sqlite3.Connection, limit: int = 500) -> list[str]:
    """Entries whose title the texts that link them do not have yet, or that a name waits for."""
    found = db.execute(
        "SELECT DISTINCT m.target_id AS id FROM mentions m JOIN entries e ON e.id = m.target_id"
        " WHERE m.target_kind = 'entry' AND m.name <> e.title AND m.name <> e.id"
        " AND e.title <> '' UNION"
        " SELECT e.id FROM mentions m JOIN entries e ON e.title = m.name COLLATE NOCASE"
        " WHERE m.target_kind = 'entry' AND m.target_id IS NULL AND e.trashed_at IS NULL LIMIT ?",
        (limit,),
    )
    return [str(r["id"]) for r in found]


# ---------------------------------------------------------------------- reading


def linking(db: sqlite3.Connection, kind: str, target: str, limit: int) -> list[str]:
    """The entries whose text names a target, the last changed first; not those in the trash."""
    found = db.execute(
        "SELECT DISTINCT e.id FROM mentions m JOIN entries e ON e.id = m.entry_id"
        " WHERE m.target_kind = ? AND m.target_id = ? AND e.trashed_at IS NULL"
        " ORDER BY e.updated_at DESC, e.n DESC LIMIT ?",
        (kind, target, limit),
    )
    return [str(r["id"]) for r in found]


def body_of(db: sqlite3.Connection, entry_id: str) -> str:
    """The text of an entry; "" where there is none."""
    row = db.execute(
        "SELECT t.body FROM entries e JOIN entry_text t ON t.n = e.n WHERE e.id = ?", (entry_id,)
    ).fetchone()
    return str(row["body"]) if row else ""


def attached_names(db: sqlite3.Connection, entry_id: str) -> set[str]:
    """The names of an entry's files, as keys."""
    found = db.execute("SELECT name FROM entry_attachments WHERE entry_id = ?", (entry_id,))
    return {links.key(r["name"]) for r in found}


def edges(db: sqlite3.Connection, ids: Iterable[str], limit: int) -> list[tuple[str, str, str]]:
    """Links of any sort that touch `ids`: from entry, kind of the target, target."""
    some = list(ids)
    marks = ",".join("?" * len(some))
    known = "target_kind IN ('run', 'entry')"
    found = db.execute(
        f"SELECT entry_id, target_kind, target_id FROM mentions WHERE entry_id IN ({marks})"
        " AND target_id IS NOT NULL UNION"
        f" SELECT entry_id, target_kind, target_id FROM mentions WHERE {known}"
        f" AND target_id IN ({marks}) UNION"
        f" SELECT entry_id, target_kind, target_id FROM links WHERE {known}"
        f" AND entry_id IN ({marks}) UNION"
        f" SELECT entry_id, target_kind, target_id FROM links WHERE {known}"
        f" AND target_id IN ({marks}) LIMIT ?",
        (*some, *some, *some, *some, limit),
    )
    return [(r["entry_id"], r["target_kind"], r["target_id"]) for r in found]


# ---------------------------------------------------------------------- texts of before


def backlog(db: sqlite3.Connection) -> int:
    """How many entries are still to be looked through, at most; 0 when all are."""
    row = db.execute("SELECT max(upto) AS upto FROM mention_backlog").fetchone()
    return int(row["upto"] or 0)


def work_off(w: Writer, count: int) -> int:
    """Index the newest `count` texts of the backlog; what is left. Each call goes on from there."""
    upto = backlog(w.db)
    if not upto:
        return 0
    rows = w.db.execute(
        "SELECT e.n, e.id, t.body FROM entries e JOIN entry_text t ON t.n = e.n"
        " WHERE e.n <= ? ORDER BY e.n DESC LIMIT ?",
        (upto, count),
    ).fetchall()
    for row in rows:
        index(w, row["id"], row["body"])
    w.db.execute("DELETE FROM mention_backlog")
    left = int(rows[-1]["n"]) - 1 if len(rows) == count else 0
    if left > 0:
        w.db.execute("INSERT INTO mention_backlog (upto) VALUES (?)", (left,))
    return left
