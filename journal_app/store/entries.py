"""Rows of entries, their text, tags, links and revisions. Lists never read a body."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from journal_app.domain.entry import Attachment, Entry, Link, Revision, Row, excerpt_of
from journal_app.domain.ids import is_ulid
from journal_app.domain.views import View
from journal_app.errors import JournalError, NotFound
from journal_app.store import context
from journal_app.store.database import Writer

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


def resolve(db: sqlite3.Connection, ref: str) -> str:
    """The id for a full id, an unambiguous beginning of one (4 letters or more), or a title."""
    text = ref.strip().removeprefix("entry:")
    if is_ulid(text):
        found = db.execute("SELECT id FROM entries WHERE id = ?", (text.upper(),)).fetchall()
    elif len(text) >= 4 and text.isascii() and text.isalnum():
        found = db.execute(
            "SELECT id FROM entries WHERE id >= ? AND id < ? LIMIT 3",
            (text.upper(), text.upper() + "~"),
        ).fetchall()
    else:
        found = []
    if not found:
        found = db.execute("SELECT id FROM entries WHERE title = ? LIMIT 3", (ref,)).fetchall()
    if not found:
        raise NotFound(f"There is no entry {ref!r}.", "`journal list` shows the entries.")
    if len(found) > 1:
        raise JournalError(
            f"{ref!r} fits more than one entry: {', '.join(r['id'] for r in found)}, …",
            "Write more letters of the id.",
        )
    return str(found[0]["id"])


def get(db: sqlite3.Connection, id: str) -> Entry:
    """The entry whole. Raises NotFound."""
    record = db.execute(
        "SELECT e.*, t.body FROM entries e JOIN entry_text t ON t.n = e.n WHERE e.id = ?", (id,)
    ).fetchone()
    if record is None:
        raise NotFound(f"There is no entry {id!r}.", "`journal list` shows the entries.")
    return Entry(
        record["id"],
        record["kind"],
        record["title"],
        record["body"],
        record["rev"],
        record["created_at"],
        record["updated_at"],
        record["trashed_at"],
        tags_of(db, id),
        tuple(links_of(db, id)),
        tuple(attachments_of(db, id)),
        json.loads(record["front"]),
        context.of(db, id),
    )


def tags_of(db: sqlite3.Connection, id: str) -> tuple[str, ...]:
    """The tags of an entry, by name."""
    return tuple(
        r["tag"] for r in db.execute("SELECT tag FROM tags WHERE entry_id = ? ORDER BY tag", (id,))
    )


def links_of(db: sqlite3.Connection, id: str) -> list[Link]:
    """The links of an entry, oldest first, with the title of what they lead to where known."""
    found = db.execute(
        "SELECT l.target_kind, l.target_id, l.relation, coalesce(r.name, e.title,"
        " v.task || ' ' || v.metric, '') AS title FROM links l"
        " LEFT JOIN runs r ON l.target_kind = 'run' AND r.id = l.target_id"
        " LEFT JOIN entries e ON l.target_kind = 'entry' AND e.id = l.target_id"
        " LEFT JOIN eval_results v ON l.target_kind = 'eval' AND v.id = l.target_id"
        " WHERE l.entry_id = ? ORDER BY l.created_at, l.id",
        (id,),
    )
    return [Link(r["target_kind"], r["target_id"], r["relation"], r["title"]) for r in found]


def links_between(db: sqlite3.Connection, id: str, limit: int) -> list[tuple[str, str, bool]]:
    """The entries that an entry links, then those that link it: id, relation, incoming."""
    found = db.execute(
        "SELECT target_id AS other, relation, 0 AS incoming, created_at FROM links"
        " WHERE entry_id = ?1 AND target_kind = 'entry' UNION ALL"
        " SELECT entry_id, relation, 1, created_at FROM links"
        " WHERE target_kind = 'entry' AND target_id = ?1"
        " ORDER BY incoming, created_at DESC LIMIT ?2",
        (id, limit),
    )
    return [(r["other"], r["relation"], bool(r["incoming"])) for r in found]


def attachments_of(db: sqlite3.Connection, id: str) -> list[Attachment]:
    """The files of an entry, by name."""
    found = db.execute(
        "SELECT a.*, x.name FROM entry_attachments x JOIN attachments a USING (sha256)"
        " WHERE x.entry_id = ? ORDER BY x.name",
        (id,),
    )
    return [
        Attachment(
            r["sha256"],
            r["name"],
            f"attachments/{r['sha256'][:2]}/{r['sha256']}{r['suffix']}",
            r["media_type"],
            r["size"],
        )
        for r in found
    ]


def insert(
    w: Writer,
    id: str,
    body: str,
    *,
    kind: str,
    title: str,
    tags: Iterable[str] = (),
    links: Iterable[tuple[str, Link]] = (),
    front: Mapping[str, Any] | None = None,
    origin: str,
    created_at: int | None = None,
) -> None:
    """Write a new entry with its first revision. `links` come with the ids of their rows."""
    created = w.now if created_at is None else created_at
    front_json = json.dumps(dict(front or {}), ensure_ascii=False, sort_keys=True)
    cursor = w.db.execute(
        "INSERT INTO entries (id, kind, title, excerpt, rev, created_at, updated_at, front)"
        " VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
        (id, kind, title, excerpt_of(title, body), created, w.now, front_json),
    )
    w.db.execute(
        "INSERT INTO entry_text (n, title, body) VALUES (?, ?, ?)", (cursor.lastrowid, title, body)
    )
    w.db.execute(
        "INSERT INTO revisions (entry_id, rev, kind, title, body, front, created_at, origin)"
        " VALUES (?, 1, ?, ?, ?, ?, ?, ?)",
        (id, kind, title, body, front_json, w.now, origin),
    )
    w.db.executemany(
        "INSERT OR IGNORE INTO tags (entry_id, tag) VALUES (?, ?)", [(id, t) for t in tags]
    )
    for link_id, link in links:
        add_link(w, link_id, id, link)
    w.changed("entry", id, "created")


def update(
    w: Writer,
    entry: Entry,
    *,
    body: str,
    kind: str,
    title: str,
    tags: Sequence[str],
    front: Mapping[str, Any],
    origin: str,
    drop_previous: bool,
) -> int:
    """Write the next revision; `drop_previous` replaces an autosave that nothing refers to."""
    rev = entry.rev + 1
    front_json = json.dumps(dict(front), ensure_ascii=False, sort_keys=True)
    n = w.db.execute("SELECT n FROM entries WHERE id = ?", (entry.id,)).fetchone()["n"]
    w.db.execute(
        "INSERT INTO revisions (entry_id, rev, kind, title, body, front, created_at, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.id, rev, kind, title, body, front_json, w.now, origin),
    )
    w.db.execute(
        "UPDATE entries SET kind = ?, title = ?, excerpt = ?, rev = ?, updated_at = ?, front = ?"
        " WHERE id = ?",
        (kind, title, excerpt_of(title, body), rev, w.now, front_json, entry.id),
    )
    if title != entry.title or body != entry.body:
        w.db.execute("UPDATE entry_text SET title = ?, body = ? WHERE n = ?", (title, body, n))
    set_tags(w, entry.id, tags)
    if drop_previous:
        w.db.execute(
            "DELETE FROM revisions WHERE entry_id = ? AND rev = ? AND origin = 'autosave'"
            " AND NOT EXISTS (SELECT 1 FROM publications p WHERE p.post_id = entry_id"
            " AND p.rev = revisions.rev)",
            (entry.id, entry.rev),
        )
    w.changed("entry", entry.id)
    return rev


def set_tags(w: Writer, id: str, tags: Sequence[str]) -> None:
    """Make `tags` the tags of the entry."""
    w.db.execute("DELETE FROM tags WHERE entry_id = ?", (id,))
    w.db.executemany(
        "INSERT OR IGNORE INTO tags (entry_id, tag) VALUES (?, ?)", [(id, t) for t in tags]
    )


def add_link(w: Writer, link_id: str, entry_id: str, link: Link) -> bool:
    """Add a link; False when it was there."""
    cursor = w.db.execute(
        "INSERT OR IGNORE INTO links (id, entry_id, target_kind, target_id, relation, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (link_id, entry_id, link.target_kind, link.target_id, link.relation, w.now),
    )
    return cursor.rowcount > 0


def remove_link(w: Writer, entry_id: str, target_kind: str, target_id: str) -> bool:
    """Remove the links to a target, whatever their relation; False when there was none."""
    cursor = w.db.execute(
        "DELETE FROM links WHERE entry_id = ? AND target_kind = ? AND target_id = ?",
        (entry_id, target_kind, target_id),
    )
    return cursor.rowcount > 0


def set_trashed(w: Writer, id: str, at: int | None) -> None:
    """Put an entry into the trash, or take it out."""
    w.db.execute("UPDATE entries SET trashed_at = ? WHERE id = ?", (at, id))
    w.changed("entry", id)


def attach(w: Writer, entry_id: str, attachment: Attachment, suffix: str) -> None:
    """Note a file that lies in the attachments folder as a file of the entry."""
    w.db.execute(
        "INSERT OR IGNORE INTO attachments (sha256, suffix, media_type, size, created_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (attachment.sha256, suffix, attachment.media_type, attachment.size, w.now),
    )
    w.db.execute(
        "INSERT OR IGNORE INTO entry_attachments (entry_id, sha256, name) VALUES (?, ?, ?)",
        (entry_id, attachment.sha256, attachment.name),
    )


def revisions(db: sqlite3.Connection, id: str) -> list[Revision]:
    """Every kept revision, newest first."""
    return [
        Revision(id, r["rev"], r["kind"], r["title"], r["body"], r["created_at"], r["origin"])
        for r in db.execute("SELECT * FROM revisions WHERE entry_id = ? ORDER BY rev DESC", (id,))
    ]


def revision(db: sqlite3.Connection, id: str, rev: int) -> Revision:
    """One revision. Raises NotFound."""
    r = db.execute("SELECT * FROM revisions WHERE entry_id = ? AND rev = ?", (id, rev)).fetchone()
    if r is None:
        raise NotFound(f"Entry {id} has no revision {rev}.", f"`journal show {id} --revisions`.")
    return Revision(id, r["rev"], r["kind"], r["title"], r["body"], r["created_at"], r["origin"])


def exists(db: sqlite3.Connection, id: str) -> bool:
    """Whether there is an entry with exactly this id."""
    return db.execute("SELECT 1 FROM entries WHERE id = ?", (id.upper(),)).fetchone() is not None


def runs_named(db: sqlite3.Connection, ref: str) -> list[str]:
    """The ids of the runs that `ref` names: an id, a native id, a name, or an id's beginning."""
    source, _, native = ref.partition(":")
    for where, values in (
        ("id = ?", (ref.upper(),)),
        ("native_id = ? OR (source_kind = ? AND native_id = ?)", (ref, source, native)),
        ("name = ?", (ref,)),
        ("id >= ? AND id < ?", (ref.upper(), ref.upper() + "~")),
    ):
        if where.startswith("id >=") and not (len(ref) >= 6 and ref.isalnum()):
            continue
        found = db.execute(f"SELECT id FROM runs WHERE {where} LIMIT 10", values).fetchall()
        if found:
            return [str(record["id"]) for record in found]
    return []
