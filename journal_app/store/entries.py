"""Entries: their text, tags, links, files and revisions. Lists are in `rows`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from journal_app.domain import links as names
from journal_app.domain.entry import Attachment, Entry, Link, Revision, excerpt_of, title_of
from journal_app.domain.ids import is_ulid
from journal_app.errors import JournalError, NotFound
from journal_app.store import context, links, mentions

if TYPE_CHECKING:
    from journal_app.store.database import Writer

RENAMED = "rename-link"  # origin of a revision in which only the names of links changed


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
        # The first comparison has an index, the second tells small letters from capitals.
        found = db.execute(
            "SELECT id FROM entries WHERE title = ?1 COLLATE NOCASE AND title = ?1 LIMIT 3", (ref,)
        ).fetchall()
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
        tuple(links.of(db, id)),
        tuple(attachments_of(db, id)),
        json.loads(record["front"]),
        context.of(db, id),
    )


def tags_of(db: sqlite3.Connection, id: str) -> tuple[str, ...]:
    """The tags of an entry, by name."""
    return tuple(
        r["tag"] for r in db.execute("SELECT tag FROM tags WHERE entry_id = ? ORDER BY tag", (id,))
    )


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
    ties: Iterable[tuple[str, Link]] = (),
    front: Mapping[str, Any] | None = None,
    origin: str,
    created_at: int | None = None,
    known: Mapping[str, str] | None = None,
    like: str | None = None,
) -> None:
    """Write a new entry with its first revision. `ties` are links with the ids of their rows;
    `known` and `like`: see `mentions.index`."""
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
    for link_id, link in ties:
        links.add(w, link_id, id, link)
    mentions.index(w, id, body, known, like)
    for name in filter(None, (title, id)):
        mentions.arrived(w, names.ENTRY, name, id)
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
    drop_previous: bool = False,
    known: Mapping[str, str] | None = None,
) -> int:
    """Write the next revision; `drop_previous` replaces an autosave that nothing refers to.

    `known`: see `mentions.index`. A new title goes into the texts that link the entry, but not
    while it is typed (origin `autosave`): `follow_title` is called once it stands.
    """
    rev = entry.rev + 1
    front_json = json.dumps(dict(front), ensure_ascii=False, sort_keys=True)
    n = w.db.execute("SELECT n FROM entries WHERE id = ?", (entry.id,)).fetchone()["n"]
    # A text that was only made to follow a title is no newer to its reader.
    changed = entry.updated_at if origin == RENAMED else w.now
    w.db.execute(
        "INSERT INTO revisions (entry_id, rev, kind, title, body, front, created_at, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.id, rev, kind, title, body, front_json, w.now, origin),
    )
    w.db.execute(
        "UPDATE entries SET kind = ?, title = ?, excerpt = ?, rev = ?, updated_at = ?, front = ?"
        " WHERE id = ?",
        (kind, title, excerpt_of(title, body), rev, changed, front_json, entry.id),
    )
    if title != entry.title or body != entry.body:
        w.db.execute("UPDATE entry_text SET title = ?, body = ? WHERE n = ?", (title, body, n))
    if body != entry.body:
        mentions.index(w, entry.id, body, known)
    set_tags(w, entry.id, tags)
    if drop_previous:
        w.db.execute(
            "DELETE FROM revisions WHERE entry_id = ? AND rev = ? AND origin = 'autosave'"
            " AND NOT EXISTS (SELECT 1 FROM publications p WHERE p.post_id = entry_id"
            " AND p.rev = revisions.rev) AND NOT EXISTS (SELECT 1 FROM revision_names v"
            " WHERE v.entry_id = revisions.entry_id AND v.rev = revisions.rev)",
            (entry.id, entry.rev),
        )
    w.changed("entry", entry.id)
    if title != entry.title and origin not in ("autosave", RENAMED):
        follow_title(w, entry.id)
    return rev


def follow_title(w: Writer, id: str) -> list[str]:
    """Make every text that links an entry call it by its present title; the entries rewritten.

    Names that wait for this title lead to the entry from now on.
    """
    waiting, seen = [id], set[str]()
    while waiting:
        target = waiting.pop()
        row = w.db.execute(
            "SELECT title, trashed_at FROM entries WHERE id = ?", (target,)
        ).fetchone()
        if row is None or not row["title"]:
            continue
        title = str(row["title"])
        if row["trashed_at"] is None:
            mentions.arrived(w, names.ENTRY, title, target)
        # Brackets stand for a title that nothing else has: other programs read these texts too.
        alone = names.writable(title) and mentions.namesakes(w.db, title) == [target]
        for source in mentions.misnamed(w.db, target, title):
            entry = get(w.db, source)
            named = mentions.of(w.db, source)
            # First lines that are titles and link each other would make each other longer for
            # ever: the second time around, a link is by id.
            free = named.get((names.ENTRY, names.key(title)), target) == target
            clear = alone and free and source not in seen
            goal = names.Goal(title, None if clear else target)
            old = [key for (kind, key), to in named.items() if kind == names.ENTRY and to == target]
            body = names.rewritten(entry.body, dict.fromkeys(old, goal))
            if body == entry.body:
                continue
            seen.add(source)
            follows = entry.title == title_of(entry.body)
            new_title = title_of(body) if follows else entry.title
            update(
                w,
                entry,
                body=body,
                kind=entry.kind,
                title=new_title,
                tags=entry.tags,
                front=entry.front,
                origin=RENAMED,
                known={names.key(title): target} if goal.id is None else None,
            )
            if new_title != entry.title:
                waiting.append(source)
    return sorted(seen)


def only_renamed(db: sqlite3.Connection, id: str, base: int, rev: int) -> Revision | None:
    """Revision `base` if all that came after it, up to `rev`, only followed titles."""
    others = db.execute(
        "SELECT count(*) FROM revisions WHERE entry_id = ? AND rev > ? AND rev <= ? AND origin = ?",
        (id, base, rev, RENAMED),
    ).fetchone()[0]
    if others != rev - base:
        return None
    found = db.execute("SELECT * FROM revisions WHERE entry_id = ? AND rev = ?", (id, base))
    r = found.fetchone()
    return None if r is None else _revision(r)


def set_tags(w: Writer, id: str, tags: Sequence[str]) -> None:
    """Make `tags` the tags of the entry."""
    w.db.execute("DELETE FROM tags WHERE entry_id = ?", (id,))
    w.db.executemany(
        "INSERT OR IGNORE INTO tags (entry_id, tag) VALUES (?, ?)", [(id, t) for t in tags]
    )


def set_trashed(w: Writer, id: str, at: int | None) -> None:
    """Put an entry into the trash, or take it out."""
    w.db.execute("UPDATE entries SET trashed_at = ? WHERE id = ?", (at, id))
    w.changed("entry", id)
    if at is None:
        follow_title(w, id)


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
        _revision(r)
        for r in db.execute("SELECT * FROM revisions WHERE entry_id = ? ORDER BY rev DESC", (id,))
    ]


def revision(db: sqlite3.Connection, id: str, rev: int) -> Revision:
    """One revision. Raises NotFound."""
    r = db.execute("SELECT * FROM revisions WHERE entry_id = ? AND rev = ?", (id, rev)).fetchone()
    if r is None:
        raise NotFound(f"Entry {id} has no revision {rev}.", f"`journal history {id}` lists them.")
    return _revision(r)


def _revision(r: sqlite3.Row) -> Revision:
    return Revision(
        r["entry_id"], r["rev"], r["kind"], r["title"], r["body"], r["created_at"], r["origin"]
    )


def exists(db: sqlite3.Connection, id: str) -> bool:
    """Whether there is an entry with exactly this id."""
    return db.execute("SELECT 1 FROM entries WHERE id = ?", (id.upper(),)).fetchone() is not None
