"""The first schema: entries, runs, evals, publications, generations, change log.

Times are INTEGER milliseconds since 1970-01-01 UTC; ids are ULIDs. `entries` is the index that
lists read; bodies live in `entry_text`, so that a list never loads a body.
"""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE entries (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    trashed_at INTEGER,
    front TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX entries_by_update ON entries (trashed_at, updated_at DESC);
CREATE INDEX entries_by_kind ON entries (kind, trashed_at, updated_at DESC);
CREATE INDEX entries_by_creation ON entries (trashed_at, created_at DESC);
CREATE TABLE entry_text (
    n INTEGER PRIMARY KEY REFERENCES entries (n) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE revisions (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    front TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (entry_id, rev)
);
CREATE TABLE tags (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (entry_id, tag)
) WITHOUT ROWID;
CREATE INDEX tags_by_tag ON tags (tag, entry_id);
CREATE TABLE links (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('run', 'eval', 'entry')),
    target_id TEXT NOT NULL,
    relation TEXT NOT NULL DEFAULT 'about'
        CHECK (relation IN ('about', 'supports', 'contradicts', 'derived-from')),
    created_at INTEGER NOT NULL,
    UNIQUE (entry_id, target_kind, target_id, relation)
);
CREATE INDEX links_by_target ON links (target_kind, target_id);
CREATE TABLE attachments (
    sha256 TEXT PRIMARY KEY,
    suffix TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE entry_attachments (
    entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL REFERENCES attachments (sha256),
    name TEXT NOT NULL,
    PRIMARY KEY (entry_id, sha256, name)
) WITHOUT ROWID;
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    source_kind TEXT NOT NULL,
    native_id TEXT NOT NULL,
    source_uri TEXT NOT NULL,
    name TEXT NOT NULL,
    project TEXT,
    status TEXT NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    clock TEXT NOT NULL DEFAULT 'utc',
    params TEXT NOT NULL DEFAULT '{}',
    metrics TEXT NOT NULL DEFAULT '{}',
    main_metric TEXT,
    n_points INTEGER NOT NULL DEFAULT 0,
    git TEXT NOT NULL DEFAULT '{}',
    host TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    native_notes TEXT,
    files TEXT NOT NULL DEFAULT '[]',
    extra TEXT NOT NULL DEFAULT '{}',
    warnings TEXT NOT NULL DEFAULT '[]',
    complete INTEGER NOT NULL DEFAULT 0,
    digest TEXT NOT NULL,
    reader TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (source_kind, native_id)
);
CREATE INDEX runs_by_update ON runs (updated_at DESC);
CREATE TABLE metric_points (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    step REAL NOT NULL,
    seq INTEGER NOT NULL,
    value REAL,
    is_nan INTEGER NOT NULL DEFAULT 0,
    at INTEGER,
    PRIMARY KEY (run_id, key, step, seq)
) WITHOUT ROWID;
CREATE TABLE eval_results (
    id TEXT PRIMARY KEY,
    source_kind TEXT NOT NULL,
    native_id TEXT NOT NULL,
    run_id TEXT REFERENCES runs (id) ON DELETE SET NULL,
    task TEXT NOT NULL,
    metric TEXT NOT NULL,
    filter TEXT,
    score REAL,
    is_nan INTEGER NOT NULL DEFAULT 0,
    stderr REAL,
    lower_is_better INTEGER,
    unit TEXT,
    n_effective INTEGER,
    n_original INTEGER,
    n_shot INTEGER,
    estimate INTEGER NOT NULL DEFAULT 0,
    aggregate INTEGER NOT NULL DEFAULT 0,
    dataset TEXT NOT NULL DEFAULT '{}',
    library TEXT NOT NULL DEFAULT '{}',
    model TEXT,
    evaluated_at INTEGER,
    source_file TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{}',
    digest TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (source_kind, native_id)
);
CREATE INDEX eval_results_by_run ON eval_results (run_id);
CREATE TABLE targets (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    config TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE publications (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL REFERENCES entries (id),
    rev INTEGER NOT NULL,
    target TEXT NOT NULL REFERENCES targets (name),
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    wall TEXT NOT NULL,
    tz TEXT NOT NULL,
    natural_key TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,
    lease_until INTEGER,
    remote_url TEXT,
    receipt TEXT,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    FOREIGN KEY (post_id, rev) REFERENCES revisions (entry_id, rev)
);
CREATE INDEX publications_due ON publications (state, due_at);
CREATE INDEX publications_by_post ON publications (post_id);
CREATE UNIQUE INDEX publications_one_in_flight ON publications (post_id, target)
    WHERE state IN ('scheduled', 'claimed', 'sending', 'unknown');
CREATE TABLE publication_log (
    id INTEGER PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publications (id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX publication_log_by_publication ON publication_log (publication_id);
CREATE TABLE generations (
    id TEXT PRIMARY KEY,
    entry_id TEXT REFERENCES entries (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    output TEXT NOT NULL,
    model TEXT NOT NULL,
    model_digest TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    device TEXT NOT NULL,
    seconds REAL NOT NULL,
    sources TEXT NOT NULL,
    checks TEXT NOT NULL DEFAULT '{}',
    input_sha256 TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX generations_by_entry ON generations (entry_id, created_at DESC);
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    noun TEXT NOT NULL,
    id TEXT NOT NULL,
    op TEXT NOT NULL
);
CREATE TABLE preferences (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
)
"""


def upgrade(db: Database) -> None:
    """Create every table; `entry_words` finds words, `entry_trigrams` substrings and CJK."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    text = db.table("entry_text")
    text.enable_fts(
        ["title", "body"], create_triggers=True, tokenize="unicode61 remove_diacritics 2"
    )
    db.execute(
        "CREATE VIRTUAL TABLE entry_trigrams USING fts5("
        "title, body, content='entry_text', content_rowid='n', tokenize='trigram')"
    )
    for name, moment, row in (
        ("ai", "AFTER INSERT", "new"),
        ("ad", "AFTER DELETE", "old"),
        ("au", "AFTER UPDATE", "old new"),
    ):
        body = ""
        if "old" in row:
            body += (
                "INSERT INTO entry_trigrams (entry_trigrams, rowid, title, body) "
                "VALUES ('delete', old.n, old.title, old.body);"
            )
        if "new" in row:
            body += (
                "INSERT INTO entry_trigrams (rowid, title, body) "
                "VALUES (new.n, new.title, new.body);"
            )
        db.execute(f"CREATE TRIGGER entry_trigrams_{name} {moment} ON entry_text BEGIN {body} END")
