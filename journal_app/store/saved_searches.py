"""Searches kept under a name, in the order of the sidebar."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from journal_app.domain.views import SavedSearch
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Writer

_COLUMNS = "SELECT id, name, query FROM saved_searches"


def _search(record: sqlite3.Row) -> SavedSearch:
    return SavedSearch(record["id"], record["name"], record["query"])


def listing(db: sqlite3.Connection) -> list[SavedSearch]:
    """Every saved search, in its place."""
    return [_search(r) for r in db.execute(_COLUMNS + " ORDER BY position, id")]


def get(db: sqlite3.Connection, ref: str) -> SavedSearch:
    """The saved search with an id or a name, in any case. Raises NotFound."""
    found = db.execute(
        _COLUMNS + " WHERE id = ?1 OR name = ?1 COLLATE NOCASE ORDER BY name <> ?1 LIMIT 1", (ref,)
    ).fetchone()
    if found is None:
        raise NotFound(f"There is no saved search {ref!r}.", "`journal searches` lists them.")
    return _search(found)


def save(w: Writer, id: str, name: str, query: str) -> SavedSearch:
    """Keep `query` under `name`, last in the list; a search of that name gets the new query."""
    known = w.db.execute(
        _COLUMNS + " WHERE name = ? COLLATE NOCASE ORDER BY name <> ? LIMIT 1", (name, name)
    ).fetchone()
    if known is not None:
        id, name = known["id"], known["name"]
        w.db.execute("UPDATE saved_searches SET query = ? WHERE id = ?", (query, id))
    else:
        w.db.execute(
            "INSERT INTO saved_searches (id, name, query, position, created_at) VALUES"
            " (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_searches), ?)",
            (id, name, query, w.now),
        )
    w.changed("search", id, "changed" if known is not None else "created")
    return SavedSearch(id, name, query)


def rename(w: Writer, id: str, name: str) -> None:
    """Give a saved search another name. Raises JournalError when another one has it."""
    other = w.db.execute(
        "SELECT 1 FROM saved_searches WHERE name = ? COLLATE NOCASE AND id <> ?", (name, id)
    ).fetchone()
    if other:
        raise JournalError(
            f"Another saved search is called {name!r}.", "Choose another name, or remove that one."
        )
    w.db.execute("UPDATE saved_searches SET name = ? WHERE id = ?", (name, id))
    w.changed("search", id)


def remove(w: Writer, id: str) -> None:
    """Forget a saved search."""
    w.db.execute("DELETE FROM saved_searches WHERE id = ?", (id,))
    w.changed("search", id, "removed")


def place(w: Writer, id: str, position: int) -> None:
    """Move a saved search to a place of the list, counted from 0."""
    ids = [search.id for search in listing(w.db) if search.id != id]
    ids.insert(max(0, min(position, len(ids))), id)
    w.db.executemany(
        "UPDATE saved_searches SET position = ? WHERE id = ?",
        [(number, other) for number, other in enumerate(ids, start=1)],
    )
    w.changed("search", id)
