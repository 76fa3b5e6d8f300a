"""Lists, counts and search that stay quick in a journal of a million entries.

* `entries.filed` counts the tags and links of an entry, so that the inbox has an index; every list
  has one that holds just its entries in its order.
* `tag_rows` is the list of each tag, `tag_counts` and `entry_counts` are the numbers beside the
  sections; triggers keep all three.
* `entry_text_fts` gets prefix indexes: a letter that is typed costs what a whole word costs;
  `entry_vocabulary` reads its terms (it holds nothing of its own).
* `entry_cjk` (every letter of a script without spaces is a token) takes the place of the trigrams
  of all texts; `title_words` are the words that a misspelt word may have meant.
"""

from __future__ import annotations

from sqlite_utils import Database

LISTS = """
ALTER TABLE entries ADD COLUMN filed INTEGER NOT NULL DEFAULT 0;
UPDATE entries SET filed = (SELECT count(*) FROM tags WHERE entry_id = id)
    + (SELECT count(*) FROM links WHERE entry_id = entries.id);
DROP INDEX entries_by_update;
DROP INDEX entries_by_kind;
DROP INDEX entries_by_creation;
CREATE INDEX entries_live ON entries (updated_at) WHERE trashed_at IS NULL;
CREATE INDEX entries_live_by_kind ON entries (kind, updated_at) WHERE trashed_at IS NULL;
CREATE INDEX entries_live_by_creation ON entries (created_at) WHERE trashed_at IS NULL;
CREATE INDEX entries_loose ON entries (updated_at)
    WHERE trashed_at IS NULL AND kind = 'note' AND filed = 0;
CREATE INDEX entries_trashed ON entries (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX entry_attachments_by_file ON entry_attachments (sha256);
CREATE INDEX runs_by_name ON runs (name);
CREATE INDEX runs_by_native_id ON runs (native_id);
CREATE TABLE tag_rows (
    tag TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (tag, updated_at, n)
) WITHOUT ROWID;
INSERT INTO tag_rows SELECT t.tag, e.updated_at, e.n FROM tags t JOIN entries e ON e.id = t.entry_id
    WHERE e.trashed_at IS NULL;
CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tag_counts SELECT tag, count(*) FROM tag_rows GROUP BY tag;
CREATE INDEX tag_counts_by_n ON tag_counts (n DESC, tag);
CREATE TABLE entry_counts (
    kind TEXT PRIMARY KEY,
    live INTEGER NOT NULL,
    loose INTEGER NOT NULL,
    trashed INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO entry_counts SELECT kind, sum(trashed_at IS NULL),
    sum(trashed_at IS NULL AND filed = 0), sum(trashed_at IS NOT NULL) FROM entries GROUP BY kind
"""

# An outer statement's OR IGNORE would rule inside a trigger too: nothing here relies on a conflict.
_COUNT = """
    UPDATE entry_counts SET live = live {sign} ({row}.trashed_at IS NULL),
        loose = loose {sign} ({row}.trashed_at IS NULL AND {row}.filed = 0),
        trashed = trashed {sign} ({row}.trashed_at IS NOT NULL) WHERE kind = {row}.kind;
"""
_MORE = (
    "    INSERT INTO entry_counts SELECT new.kind, 0, 0, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM entry_counts WHERE kind = new.kind);"
    + _COUNT.format(sign="+", row="new")
)
_LESS = _COUNT.format(sign="-", row="old")
_UNLIST = """
    DELETE FROM tag_rows WHERE updated_at = old.updated_at AND n = old.n
        AND tag IN (SELECT tag FROM tags WHERE entry_id = old.id);
"""

TRIGGERS = (
    f"CREATE TRIGGER entries_counted_ai AFTER INSERT ON entries BEGIN {_MORE} END",
    f"CREATE TRIGGER entries_counted_ad AFTER DELETE ON entries BEGIN {_LESS} END",
    "CREATE TRIGGER entries_counted_au AFTER UPDATE OF kind, trashed_at, filed ON entries"
    f" BEGIN {_LESS} {_MORE} END",
    f"CREATE TRIGGER entries_listed_bd BEFORE DELETE ON entries BEGIN {_UNLIST} END",
    f"""CREATE TRIGGER entries_listed_au AFTER UPDATE OF updated_at, trashed_at ON entries
    WHEN old.updated_at <> new.updated_at OR (old.trashed_at IS NULL) <> (new.trashed_at IS NULL)
    BEGIN {_UNLIST}
    INSERT INTO tag_rows SELECT tag, new.updated_at, new.n FROM tags
        WHERE entry_id = new.id AND new.trashed_at IS NULL; END""",
    """CREATE TRIGGER tags_listed_ai AFTER INSERT ON tags BEGIN
    UPDATE entries SET filed = filed + 1 WHERE id = new.entry_id;
    INSERT INTO tag_rows SELECT new.tag, updated_at, n FROM entries
        WHERE id = new.entry_id AND trashed_at IS NULL; END""",
    """CREATE TRIGGER tags_listed_ad AFTER DELETE ON tags BEGIN
    DELETE FROM tag_rows WHERE tag = old.tag
        AND updated_at = (SELECT updated_at FROM entries WHERE id = old.entry_id)
        AND n = (SELECT n FROM entries WHERE id = old.entry_id);
    UPDATE entries SET filed = filed - 1 WHERE id = old.entry_id; END""",
    """CREATE TRIGGER links_filed_ai AFTER INSERT ON links BEGIN
    UPDATE entries SET filed = filed + 1 WHERE id = new.entry_id; END""",
    """CREATE TRIGGER links_filed_ad AFTER DELETE ON links BEGIN
    UPDATE entries SET filed = filed - 1 WHERE id = old.entry_id; END""",
    """CREATE TRIGGER links_filed_au AFTER UPDATE OF entry_id ON links BEGIN
    UPDATE entries SET filed = filed - 1 WHERE id = old.entry_id;
    UPDATE entries SET filed = filed + 1 WHERE id = new.entry_id; END""",
    """CREATE TRIGGER tag_rows_counted_ai AFTER INSERT ON tag_rows BEGIN
    INSERT INTO tag_counts SELECT new.tag, 0
        WHERE NOT EXISTS (SELECT 1 FROM tag_counts WHERE tag = new.tag);
    UPDATE tag_counts SET n = n + 1 WHERE tag = new.tag; END""",
    """CREATE TRIGGER tag_rows_counted_ad AFTER DELETE ON tag_rows BEGIN
    UPDATE tag_counts SET n = n - 1 WHERE tag = old.tag; END""",
)

_OLD = ("INSERT INTO entry_text_fts (entry_text_fts, rowid, title, body)"
        " VALUES ('delete', old.n, old.title, old.body);")  # fmt: skip
_NEW = "INSERT INTO entry_text_fts (rowid, title, body) VALUES (new.n, new.title, new.body);"
_CJK = (
    "INSERT INTO entry_cjk (rowid, title, body)"
    " SELECT new.n, coalesce(journal_cjk(new.title), new.title), coalesce(journal_cjk(new.body),"
    " new.body) WHERE journal_cjk(new.title) IS NOT NULL OR journal_cjk(new.body) IS NOT NULL;"
)
_WORDS = (
    "INSERT INTO title_words SELECT DISTINCT value FROM json_each(journal_title_words(new.title))"
    " WHERE NOT EXISTS (SELECT 1 FROM title_words WHERE word = value);"
)

SEARCH = (
    "DROP TRIGGER entry_trigrams_ai",
    "DROP TRIGGER entry_trigrams_ad",
    "DROP TRIGGER entry_trigrams_au",
    "DROP TABLE entry_trigrams",
    "DROP TRIGGER entry_text_ai",
    "DROP TRIGGER entry_text_ad",
    "DROP TRIGGER entry_text_au",
    "DROP TABLE entry_text_fts",
    "CREATE VIRTUAL TABLE entry_text_fts USING fts5(title, body, content='entry_text',"
    " content_rowid='n', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "INSERT INTO entry_text_fts (entry_text_fts) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE entry_vocabulary USING fts5vocab(entry_text_fts, instance)",
    "CREATE VIRTUAL TABLE entry_cjk USING fts5(title, body,"
    " tokenize='unicode61 remove_diacritics 2 categories ''L* N* M* Co''')",
    "INSERT INTO entry_cjk (rowid, title, body)"
    " SELECT n, coalesce(journal_cjk(title), title), coalesce(journal_cjk(body), body)"
    " FROM entry_text WHERE journal_cjk(title) IS NOT NULL OR journal_cjk(body) IS NOT NULL",
    "CREATE TABLE title_words (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "INSERT OR IGNORE INTO title_words"
    " SELECT value FROM entry_text, json_each(journal_title_words(title))",
    f"CREATE TRIGGER entry_text_ai AFTER INSERT ON entry_text BEGIN {_NEW} {_CJK} {_WORDS} END",
    f"CREATE TRIGGER entry_text_ad AFTER DELETE ON entry_text BEGIN {_OLD}"
    " DELETE FROM entry_cjk WHERE rowid = old.n; END",
    f"CREATE TRIGGER entry_text_au AFTER UPDATE ON entry_text BEGIN {_OLD} {_NEW}"
    f" DELETE FROM entry_cjk WHERE rowid = old.n; {_CJK} {_WORDS} END",
)


def upgrade(db: Database) -> None:
    """Make the lists, the counts and the search tables out of what is there."""
    for statement in (*LISTS.split(";\n"), *TRIGGERS, *SEARCH):
        db.execute(statement)
