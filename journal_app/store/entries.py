"""Entries: their text, tags, links, files and revisions. Lists are in `rows`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from journal_app.domain.entry import Attachment, Entry, Link, Revision, excerpt_of
from journal_app.domain.ids import is_ulid
from journal_app.errors import JournalError, NotFound
from journal_app.store import context
from journal_app.store.database import Writer


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
