"""What writers need: mentions in texts, favourites, saved searches, versions with names, daily
notes, and one vector an entry for "more like this"."""

from __future__ import annotations

from sqlite_utils import Database

# `mentions` is what a text itself names: [[Title]], entry:ID, @run. It is derived from the text at
# every save; `target_id` is NULL while nothing has that name. `links` are made by hand.
# `mention_backlog` says up to which entry texts of before are still to be looked through.
# `embeddings.seq` is the change_log seq of the batch that wrote a vector: the matrix file that
# searches read knows by it what is newer. `embeddings_by_state` answers "what is missing?" without
# reading a vector. `mirrored` is what the Markdown mirror wrote: `coming` is the digest of a file
# that is being written, `old_file` one that is to go after a rename, `told` why a file was left.
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
CREATE TABLE mention_backlog (upto INTEGER PRIMARY KEY);
INSERT INTO mention_backlog SELECT max(n) FROM entries HAVING max(n) IS NOT NULL;
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
    seq INTEGER NOT NULL,
    scale REAL NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX embeddings_by_seq ON embeddings (seq);
CREATE INDEX embeddings_by_state ON embeddings (n, rev, model);
CREATE TABLE mirrored (
    id TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL DEFAULT '',
    coming TEXT NOT NULL DEFAULT '',
    old_file TEXT NOT NULL DEFAULT '',
    old_sha256 TEXT NOT NULL DEFAULT '',
    told TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
"""


def upgrade(db: Database) -> None:
    """Add the tables; mentions of older texts are found by the service when it first looks."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
