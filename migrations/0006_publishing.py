"""Publishing that survives: when a row wants to be looked at, what targets remember, queue slots,
health of targets, gates, reports of the preflight, looks at public pages, who publishes."""

from __future__ import annotations

from sqlite_utils import Database

# `wake_at` is when the scheduler looks at a publication next, whatever for; a heartbeat is one look
# into its index. `next_check` is when the public page of a receipt is looked at again. `slot` is
# the order in the queue of a cadence. `remote` is what a target asked to remember (an id there).
# `publisher` has at most one row: the process that sends; others watch.
TABLES = """
ALTER TABLE publications ADD COLUMN act TEXT NOT NULL DEFAULT 'publish';
ALTER TABLE publications ADD COLUMN wake_at INTEGER;
ALTER TABLE publications ADD COLUMN late_limit INTEGER;
ALTER TABLE publications ADD COLUMN first_sent INTEGER;
ALTER TABLE publications ADD COLUMN remote TEXT NOT NULL DEFAULT '{}';
ALTER TABLE publications ADD COLUMN slot REAL;
ALTER TABLE publications ADD COLUMN next_check INTEGER;
UPDATE publications SET wake_at = due_at WHERE state = 'scheduled';
UPDATE publications SET wake_at = updated_at WHERE state = 'unknown';
UPDATE publications SET next_check = updated_at
    WHERE state = 'published' AND remote_url IS NOT NULL;
DROP INDEX publications_one_in_flight;
CREATE UNIQUE INDEX publications_one_in_flight ON publications (post_id, target)
    WHERE state IN ('scheduled', 'claimed', 'sending', 'pushed', 'unknown');
CREATE INDEX publications_wake ON publications (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX publications_held ON publications (state) WHERE state IN ('claimed', 'sending');
CREATE INDEX publications_check ON publications (next_check) WHERE next_check IS NOT NULL;
CREATE INDEX publications_by_due ON publications (due_at);
CREATE INDEX publications_by_target ON publications (target, state);
CREATE TABLE target_health (
    name TEXT PRIMARY KEY REFERENCES targets (name) ON DELETE CASCADE,
    failures INTEGER NOT NULL DEFAULT 0,
    open_until INTEGER,
    denied INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE post_gates (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    task TEXT NOT NULL,
    metric TEXT NOT NULL,
    filter TEXT NOT NULL DEFAULT '',
    op TEXT NOT NULL CHECK (op IN ('>=', '>', '<=', '<')),
    threshold REAL NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (post_id, name)
);
CREATE TABLE preflight_reports (
    id INTEGER PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publications (id),
    at INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('approval', 'sending')),
    rev INTEGER NOT NULL,
    findings TEXT NOT NULL
);
CREATE INDEX preflight_reports_by_publication ON preflight_reports (publication_id);
CREATE TABLE receipt_checks (
    id INTEGER PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publications (id),
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('seen', 'changed', 'gone', 'waiting', 'unreachable')),
    status INTEGER,
    sha256 TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX receipt_checks_by_publication ON receipt_checks (publication_id, id);
CREATE TABLE cadences (
    name TEXT PRIMARY KEY,
    target TEXT NOT NULL REFERENCES targets (name) ON DELETE CASCADE,
    days TEXT NOT NULL,
    times TEXT NOT NULL,
    tz TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE blackouts (
    id TEXT PRIMARY KEY,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE publisher (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    role TEXT NOT NULL,
    holder TEXT NOT NULL,
    since INTEGER NOT NULL,
    beat_at INTEGER NOT NULL
)
"""


def upgrade(db: Database) -> None:
    """Add columns and tables; what was scheduled before keeps its time."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
