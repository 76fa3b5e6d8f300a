"""Where an entry was captured: repository, commit, host and the like; private, one row a fact."""

from __future__ import annotations

from sqlite_utils import Database


def upgrade(db: Database) -> None:
    """Add the table of facts; entries of before have none."""
    db.execute(
        "CREATE TABLE entry_context ("
        " entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,"
        " key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entry_id, key)) WITHOUT ROWID"
    )
