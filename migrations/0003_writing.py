"""What writers need: mentions in texts, favourites, saved searches, versions with names, daily
notes, and one vector an entry for "more like this"."""

from __future__ import annotations

from sqlite_utils import Database

# `mentions` is what a text itself names: [[Title]], entry:ID, @run. It is derived from the text at
# every save; `target_id` is NULL while nothing has that name. `links` are made by hand.
TABLES = """
CREATE TABLE mentions (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('run', 'entry')),
    name TEXT NOT NULL COLLATE NOCASE,
    target_id TEXT,
    PRIMARY KEY (entry_id, target_kind, name)
) WITHOUT ROWID;
CREATE INDEX mentions_by_target ON mentions (target_kind, target_id);
CREATE INDEX mentions_by_name ON mentions (target_kind, name);
CREATE INDEX entries_by_title ON entries (title COLLATE NOCASE);
CREATE TABLE favourites (
    entry_id TEXT PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE revision_names (
    entry_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (entry_id, rev),
    FOREIGN KEY (entry_id, rev) REFERENCES revisions (entry_id, rev) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE daily_notes (
    day TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE embeddings (
    n INTEGER PRIMARY KEY REFERENCES entries (n) ON DELETE CASCADE,
    model TEXT NOT NULL,
    rev INTEGER NOT NULL,
    scale REAL NOT NULL,
    vector BLOB NOT NULL
)
"""


def upgrade(db: Database) -> None:
    """Add the tables; mentions of older texts are found by the service when it first looks."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
