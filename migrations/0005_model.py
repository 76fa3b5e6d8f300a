"""What the local model made can be repeated, and how well it did is kept.

* `generations` gets the pack, the messages as they were sent (`prompt`), what was asked (`inputs`),
  the seed, the tokens, and the generation it repeats (`parent`).
* `model_evals` is one row for each run of the model gate; rows are only added.
"""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
ALTER TABLE generations ADD COLUMN pack TEXT NOT NULL DEFAULT '';
ALTER TABLE generations ADD COLUMN prompt TEXT NOT NULL DEFAULT '[]';
ALTER TABLE generations ADD COLUMN inputs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE generations ADD COLUMN seed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN parent TEXT;
CREATE INDEX generations_by_time ON generations (created_at DESC, id DESC);
CREATE TABLE model_evals (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    pack TEXT NOT NULL,
    pack_digest TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    device TEXT NOT NULL,
    versions TEXT NOT NULL,
    eval_set TEXT NOT NULL,
    results TEXT NOT NULL,
    thresholds TEXT NOT NULL,
    passed INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    seconds REAL NOT NULL
);
CREATE INDEX model_evals_by_pack ON model_evals (pack, at DESC)
"""


def upgrade(db: Database) -> None:
    """Add the columns and the table."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
