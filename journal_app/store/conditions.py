"""The operators of a search as conditions of SQL over `entries e`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journal_app.errors import JournalError
from journal_app.store import entries, likeness, links
from journal_app.store.rows import DRAFT, PUBLISHED, SCHEDULED

if TYPE_CHECKING:
    from journal_app.domain.query import Filter, Words

FEW = 5000  # entries that an operator may leave for a search to begin with them
SOME = 50_000  # or to gather them before it meets the words
ALIKE = 200
BEGUN = 200  # tags that a tag which is still typed may become


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that holds for an entry, with its values. `few` selects the numbers (`n`) of the entries
    that fit, where these are at most `at_most`, SOME or fewer."""

    sql: str
    values: tuple[Any, ...] = ()
    few: str = ""
    few_values: tuple[Any, ...] = ()
    at_most: int = FEW


_BODY = "EXISTS (SELECT 1 FROM entry_text t WHERE t.n = e.n AND ({}))"
_LINKS = "EXISTS (SELECT 1 FROM links l WHERE l.entry_id = e.id AND l.target_kind = '{}')"
_HAS = {
    "attachment": "EXISTS (SELECT 1 FROM entry_attachments x WHERE x.entry_id = e.id)",
    "image": "EXISTS (SELECT 1 FROM entry_attachments x JOIN attachments a USING (sha256)"
    " WHERE x.entry_id = e.id AND a.media_type LIKE 'image/%')",
    "link": "(EXISTS (SELECT 1 FROM links l WHERE l.entry_id = e.id)"
    " OR EXISTS (SELECT 1 FROM mentions m WHERE m.entry_id = e.id) OR "
    + _BODY.format("instr(t.body, '](') OR instr(t.body, '://')")
    + ")",
    "run": "(" + _LINKS.format("run") + " OR EXISTS (SELECT 1 FROM mentions m"
    " WHERE m.entry_id = e.id AND m.target_kind = 'run' AND m.target_id IS NOT NULL))",
    "eval": _LINKS.format("eval"),
    "task": _BODY.format("instr(t.body, '[ ] ') OR instr(t.body, '[x] ')"),
    "code": _BODY.format("instr(t.body, '```') OR instr(t.body, '~~~')"),
    "math": _BODY.format("instr(t.body, '$$') OR t.body GLOB '*$[^ $]*[^ $]$*'"),
}
_SOURCES = {  # where to find the entries that have it
    "attachment": "FROM entry_attachments WHERE 1",
    "image": "FROM entry_attachments JOIN attachments a USING (sha256)"
    " WHERE a.media_type LIKE 'image/%'",
    "eval": "FROM links WHERE target_kind = 'eval'",
}
_IS = {
    "favourite": "e.id IN (SELECT entry_id FROM favourites)",
    "trashed": "e.trashed_at IS NOT NULL",
    "draft": DRAFT,
    "scheduled": SCHEDULED,
    "published": PUBLISHED,
    "failed": "e.id IN (SELECT post_id FROM publications WHERE state = 'failed')",
}
_FEW_IS = ("favourite", "failed", "scheduled")


def conditions(db: sqlite3.Connection, words: Words, hints: list[str]) -> list[Condition]:
    """One for each operator; several kinds are alternatives. What leads nowhere says so."""
    trashed = any(f.name == "is" and f.value == "trashed" and f.wanted for f in words.filters)
    found = [Condition(f"e.trashed_at IS {'NOT ' if trashed else ''}NULL")]
    kinds = tuple(f.value for f in words.filters if f.name == "kind" and f.wanted)
    if kinds:
        found.append(Condition(f"e.kind IN ({_marks(kinds)})", kinds))
    for one in words.filters:
        if (one.name == "kind" and one.wanted) or (one.name == "is" and one.value == "trashed"):
            continue
        made = _condition(db, one, trashed, hints)
        if made is not None:
            found.append(made if one.wanted else Condition(f"NOT ({made.sql})", made.values))
    return found


def _condition(
    db: sqlite3.Connection, one: Filter, trashed: bool, hints: list[str]
) -> Condition | None:
    if one.name == "tag":
        return _tag(db, one.value, trashed, hints)
    if one.name == "kind":
        return Condition("e.kind = ?", (one.value,))
    if one.name in ("created", "updated"):
        return _time(one)
    if one.name == "has":
        return _has(db, one.value)
    if one.name == "is":
        sql = _IS[one.value]
        few = f"SELECT e.n FROM entries e WHERE {sql}" if one.value in _FEW_IS else ""
        return Condition(sql, (), few)
    if one.name == "run":
        return _run(db, one.value, hints)
    if one.name == "eval":
        sql = (
            "e.id IN (SELECT l.entry_id FROM eval_results v JOIN links l ON l.target_kind = 'eval'"
            " AND l.target_id = v.id WHERE v.task = ? COLLATE NOCASE OR v.id = ?)"
        )
        values = (one.value, one.value.upper())
        return Condition(sql, values, f"SELECT e.n FROM entries e WHERE {sql}", values)
    if one.name == "like":
        return _like(db, one.value, hints)
    match = 'title : "' + one.value.replace('"', '""') + '"'
    sql = "EXISTS (SELECT 1 FROM entry_text_fts WHERE entry_text_fts MATCH ? AND rowid = e.n)"
    return Condition(sql, (match,))


def _tag(db: sqlite3.Connection, tag: str, trashed: bool, hints: list[str]) -> Condition:
    """The tag and those below it (`a` finds `a/b`); where there is none, tags that begin so."""
    below = (tag + "/", tag + "0")  # 0 follows / in every order of letters that SQLite has
    known = "SELECT tag, n FROM tag_counts WHERE n > 0 AND (tag = ? OR (tag >= ? AND tag < ?))"
    counts = db.execute(known, (tag, *below)).fetchall()
    if not counts:
        below = (tag, tag + "\U0010ffff")
        counts = db.execute(f"{known} LIMIT {BEGUN}", (tag, *below)).fetchall()
        found = ", ".join(row["tag"] for row in counts[:5])
        hints.append(f"No entry has the tag {tag}{'; found: ' + found if found else ''}.")
    sql = (
        "EXISTS (SELECT 1 FROM tags t WHERE t.entry_id = e.id"
        " AND (t.tag = ? OR (t.tag >= ? AND t.tag < ?)))"
    )
    names = tuple(str(row["tag"]) for row in counts) or (tag,)
    n = sum(row["n"] for row in counts)
    few = f"SELECT n FROM tag_rows WHERE tag IN ({_marks(names)})" if not trashed else ""
    return Condition(sql, (tag, *below), few, names, n)


def _has(db: sqlite3.Connection, what: str) -> Condition:
    source = _SOURCES.get(what)
    if source is None:
        return Condition(_HAS[what])
    at_most = int(
        db.execute(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT {SOME + 1})").fetchone()[0]
    )
    # CROSS: from the few files to their entries, never the other way.
    joined = source.replace(" WHERE", " CROSS JOIN entries e ON e.id = entry_id WHERE")
    few = f"SELECT DISTINCT e.n {joined}"
    return Condition(_HAS[what], (), few if at_most <= SOME else "", (), at_most)


def _time(one: Filter) -> Condition:
    column = f"e.{one.name}_at"
    parts, values = [], []
    if one.since is not None:
        parts.append(f"{column} >= ?")
        values.append(one.since)
    if one.until is not None:
        parts.append(f"{column} < ?")
        values.append(one.until)
    return Condition(" AND ".join(parts), tuple(values))


def _run(db: sqlite3.Connection, name: str, hints: list[str]) -> Condition:
    ids = tuple(dict.fromkeys([*links.runs_named(db, name), name]))
    found = (
        "SELECT entry_id FROM links WHERE target_kind = 'run'"
        f" AND target_id IN ({_marks(ids)}) UNION SELECT entry_id FROM mentions"
        f" WHERE target_kind = 'run' AND target_id IN ({_marks(ids)}) UNION"
        " SELECT entry_id FROM mentions"  # it waits for a run that is not imported yet
        " WHERE target_kind = 'run' AND name = ? AND target_id IS NULL"
    )
    values = (*ids, *ids, name)
    known = f"SELECT 1 FROM runs WHERE id IN ({_marks(ids)}) UNION ALL {found} LIMIT 1"
    if not db.execute(known, (*ids, *values)).fetchone():
        hints.append(f"No run is called {name}.")
    sql = f"e.id IN ({found})"
    return Condition(sql, values, f"SELECT e.n FROM entries e WHERE {sql}", values)


def _like(db: sqlite3.Connection, ref: str, hints: list[str]) -> Condition | None:
    try:
        entry = entries.get(db, entries.resolve(db, ref))
    except JournalError as error:
        hints.append(error.message)
        return None
    alike = [id for id, _ in likeness.like_words(db, f"{entry.title}\n{entry.body}", ALIKE)]
    ids = tuple(id for id in alike if id != entry.id)
    sql = f"e.id IN ({_marks(ids)})"
    return Condition(sql, ids, f"SELECT e.n FROM entries e WHERE {sql}", ids)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
