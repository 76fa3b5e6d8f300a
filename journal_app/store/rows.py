"""Lists of entries: pages of a view, counts, tags. Nothing here reads a body."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journal_app.domain.entry import Row

if TYPE_CHECKING:
    from journal_app.domain.views import View

IN_FLIGHT = "('scheduled', 'claimed', 'sending', 'pushed', 'unknown')"

_ROW = """
SELECT e.n, e.id, e.kind, e.title, e.excerpt, e.rev, e.created_at, e.updated_at, e.trashed_at,
  (SELECT group_concat(tag, char(31)) FROM tags WHERE entry_id = e.id) AS tags,
  (SELECT count(*) FROM links l JOIN runs r ON r.id = l.target_id
    WHERE l.entry_id = e.id AND l.target_kind = 'run') AS n_runs,
  (SELECT count(*) FROM links l JOIN eval_results v ON v.id = l.target_id
    WHERE l.entry_id = e.id AND l.target_kind = 'eval') AS n_evals,
  CASE WHEN e.kind = 'post' THEN
    (SELECT CASE WHEN state IN ('scheduled', 'pushed') AND due_at < journal_now() - 60000
        THEN 'late' ELSE state END
      FROM publications WHERE post_id = e.id ORDER BY rowid DESC LIMIT 1)
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
        record["n"],
    )


FAR = 20_000  # rows: a place further down is reached from the nearer end

# Conditions of posts, over `entries e`.
_OUT = (  # a publication that was not taken back since
    "SELECT 1 FROM publications p WHERE p.post_id = e.id AND p.state = 'published'"
    " AND NOT EXISTS (SELECT 1 FROM publications q WHERE q.post_id = p.post_id"
    " AND q.target = p.target AND q.state = 'removed' AND q.rowid > p.rowid)"
)
DRAFT = (
    f"e.kind = 'post' AND NOT EXISTS ({_OUT}) AND NOT EXISTS (SELECT 1 FROM publications"
    f" WHERE post_id = e.id AND state IN {IN_FLIGHT})"
)
SCHEDULED = (
    f"e.kind = 'post' AND e.id IN (SELECT post_id FROM publications WHERE state IN {IN_FLIGHT})"
)
PUBLISHED = f"e.kind = 'post' AND EXISTS ({_OUT})"
_SECTIONS = {
    "inbox": "e.kind = 'note' AND e.filed = 0",
    "lesson": "e.kind = 'lesson'",
    "failure": "e.kind = 'failure'",
    "decision": "e.kind = 'decision'",
    "draft": DRAFT,
    "scheduled": SCHEDULED,
    "published": PUBLISHED,
    "starred": "e.id IN (SELECT entry_id FROM favourites)",
}


@dataclass(frozen=True, slots=True)
class _List:
    """The SQL of a view: where its rows come from and the columns that order it, newest first."""

    source: str
    where: str
    values: tuple[Any, ...]
    moment: str = "e.updated_at"
    n: str = "e.n"
    down: bool = True

    @property
    def order(self) -> str:
        """The ORDER BY of the list."""
        way = "DESC" if self.down else "ASC"
        return f"{self.moment} {way}, {self.n} {way}"

    @property
    def turned(self) -> str:
        """The ORDER BY of the list from its end."""
        way = "ASC" if self.down else "DESC"
        return f"{self.moment} {way}, {self.n} {way}"


def _list(view: View) -> _List:
    """Every list has an index that holds its rows in its order (see migration 0004)."""
    if view.section == "trash":
        clauses, moment = ["e.trashed_at IS NOT NULL"], "e.trashed_at"
    else:
        clauses, moment = ["e.trashed_at IS NULL"], "e.updated_at"
    sorted_otherwise = view.order != "updated" and view.section != "trash"
    if sorted_otherwise:
        moment = "e.created_at" if view.order == "created" else "e.title COLLATE NOCASE"
    source, n = "entries e", "e.n"
    if view.section == "inbox":
        source = "entries e INDEXED BY entries_loose"
    values: list[Any] = []
    if section := _SECTIONS.get(view.section):
        clauses.append(section)
    if view.kind is not None:
        clauses.append("e.kind = ?")
        values.append(view.kind)
    if view.run is not None:
        clauses.append(
            "e.id IN (SELECT entry_id FROM links WHERE target_kind = 'run' AND target_id = ?)"
        )
        values.append(view.run)
    if view.since is not None:
        clauses.append("e.created_at >= ?")
        values.append(view.since)
    family = view.tag is not None and view.tag.endswith("/")
    if view.run is not None or view.since is not None or family:
        moment = f"+{moment}"  # few rows, found by the run or the day and sorted then
    elif view.tag is not None and not sorted_otherwise and view.section not in ("trash", "inbox"):
        source, moment, n = "tag_rows d CROSS JOIN entries e ON e.n = d.n", "d.updated_at", "d.n"
    if view.tag is not None and family:
        name = view.tag.rstrip("/")
        clauses.append(
            "e.id IN (SELECT entry_id FROM tags WHERE tag = ? UNION"
            " SELECT entry_id FROM tags WHERE tag > ? AND tag < ?)"
        )
        values += [name, name + "/", name + "0"]  # "0" follows "/"
    elif view.tag is not None:
        clauses.append(
            "d.tag = ?"
            if n == "d.n"
            else "EXISTS (SELECT 1 FROM tags WHERE entry_id = e.id AND tag = ?)"
        )
        values.append(view.tag)
    down = not sorted_otherwise or view.order != "title"
    return _List(source, " AND ".join(clauses), tuple(values), moment, n, down)


def rows(
    db: sqlite3.Connection,
    view: View,
    limit: int,
    offset: int = 0,
    after: Row | None = None,
) -> list[Row]:
    """A page of a view, newest change first, that begins `offset` rows behind the row `after`.

    A page behind a known row costs the same wherever in the list it stands.
    """
    parts = _list(view)
    where, values = parts.where, parts.values
    if after is None and offset > FAR and (behind := count(db, view) - offset) < offset:
        return _from_end(db, parts, limit, behind)
    if after is not None:
        where += f" AND ({parts.moment.lstrip('+')}, {parts.n}) {'<' if parts.down else '>'} (?, ?)"
        moment: object = after.trashed_at
        if view.section != "trash":
            moment = {"created": after.created_at, "title": after.title}.get(
                view.order, after.updated_at
            )
        values = (*values, moment, after.n)
    numbers = [
        row[0]
        for row in db.execute(
            f"SELECT {parts.n} FROM {parts.source} WHERE {where}"
            f" ORDER BY {parts.order} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
    ]
    return rows_numbered(db, numbers)


def _from_end(db: sqlite3.Connection, parts: _List, limit: int, behind: int) -> list[Row]:
    """The same page, counted from the end of the list: the first of its rows is the `behind`th."""
    if behind <= 0:
        return []
    numbers = [
        row[0]
        for row in db.execute(
            f"SELECT {parts.n} FROM {parts.source} WHERE {parts.where}"
            f" ORDER BY {parts.turned} LIMIT ? OFFSET ?",
            (*parts.values, min(limit, behind), max(0, behind - limit)),
        )
    ]
    return rows_numbered(db, numbers[::-1])


def rows_numbered(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Row]:
    """The rows with these numbers (`entries.n`), in that order."""
    marks = ",".join(str(int(number)) for number in numbers)
    found = {r["n"]: to_row(r) for r in db.execute(_ROW + f" WHERE e.n IN ({marks})")}
    return [found[number] for number in numbers if number in found]


def rows_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The rows of `ids`, in that order; unknown ids are left out."""
    marks = ",".join("?" * len(ids))
    found = {r["id"]: to_row(r) for r in db.execute(_ROW + f" WHERE e.id IN ({marks})", ids)}
    return [found[id] for id in ids if id in found]


_COUNTED = {
    "all": "SELECT coalesce(sum(live), 0) FROM entry_counts",
    "inbox": "SELECT coalesce(sum(loose), 0) FROM entry_counts WHERE kind = 'note'",
    "trash": "SELECT coalesce(sum(trashed), 0) FROM entry_counts",
}


def _own_tag(view: View) -> bool:
    return view.tag is not None and not view.tag.endswith("/")


def count(db: sqlite3.Connection, view: View) -> int:
    """How many entries a view holds. Sections and tags are counted as entries are written."""
    plain = view.run is None and view.since is None
    kind = view.kind if view.section == "all" else view.section
    if plain and view.tag is None and view.kind is None and view.section in _COUNTED:
        found = db.execute(_COUNTED[view.section])
    elif (
        plain
        and view.tag is None
        and (
            (view.section == "all")
            or (view.kind is None and kind in ("lesson", "failure", "decision"))
        )
    ):
        found = db.execute(
            "SELECT coalesce(sum(live), 0) FROM entry_counts WHERE kind = ?", (kind,)
        )
    elif plain and _own_tag(view) and view.kind is None and view.section == "all":
        found = db.execute("SELECT coalesce(sum(n), 0) FROM tag_counts WHERE tag = ?", (view.tag,))
    else:
        parts = _list(view)
        sql = f"SELECT count(*) FROM {parts.source} WHERE {parts.where}"
        found = db.execute(sql, parts.values)
    return int(found.fetchone()[0])


def tag_counts(db: sqlite3.Connection, limit: int = 100) -> list[tuple[str, int]]:
    """The most used tags of entries that are not in the trash."""
    found = db.execute(
        "SELECT tag, n FROM tag_counts WHERE n > 0 ORDER BY n DESC, tag LIMIT ?", (limit,)
    )
    return [(record["tag"], record["n"]) for record in found]
