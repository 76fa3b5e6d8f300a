"""Full-text search: words, phrases, prefixes, and scripts without spaces.

`entry_text_fts` (unicode61) finds words; `entry_trigrams` finds runs of three letters or more in
Chinese, Japanese, Korean and Thai; shorter ones are looked up in the base table, since SQLite
before 3.51 answers them wrongly from a trigram table (WRITING facts: measured on 3.40.1).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from journal_app.domain.entry import Row
from journal_app.domain.views import CLOSE, OPEN, Words, has_cjk
from journal_app.store.rows import rows_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry with the passage that was found; found words stand between OPEN and CLOSE."""

    row: Row
    snippet: str


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def find(db: sqlite3.Connection, words: Words, limit: int = 100) -> list[Hit]:
    """The best hits first: title words weigh eight times a body word (bm25), then the newest."""
    if words.empty:
        return []
    joins: list[str] = []
    where = ["e.trashed_at IS NULL"]
    values: list[Any] = []
    wanted = (*words.terms, *words.phrases)
    latin = [t for t in wanted if not has_cjk(t)]
    match = [_quote(t) for t in latin]
    if latin and words.open_end and words.terms and latin[-1] == words.terms[-1]:
        match[-1] += "*"
    match += [f"NOT {_quote(t)}" for t in words.without if not has_cjk(t)] if match else []
    trigrams = [t for t in wanted if has_cjk(t) and len(t) >= 3]
    if match:
        positive = [m for m in match if not m.startswith("NOT ")]
        negative = [m for m in match if m.startswith("NOT ")]
        joins.append("JOIN entry_text_fts f ON f.rowid = e.n")
        where.append("entry_text_fts MATCH ?")
        values.append(" ".join([" AND ".join(positive), *negative]))
    else:
        for term in words.without:
            where.append("t.title || ' ' || t.body NOT LIKE ? ESCAPE '\\'")
            values.append(_like(term))
    if trigrams:
        joins.append("JOIN entry_trigrams g ON g.rowid = e.n")
        where.append("entry_trigrams MATCH ?")
        values.append(" AND ".join(_quote(t) for t in trigrams))
    for term in wanted:
        if has_cjk(term) and len(term) < 3:
            where.append("(t.title LIKE ? ESCAPE '\\' OR t.body LIKE ? ESCAPE '\\')")
            values += [_like(term), _like(term)]
    for tag in words.tags:
        where.append("e.id IN (SELECT entry_id FROM tags WHERE tag = ?)")
        values.append(tag)
    if words.kinds:
        where.append(f"e.kind IN ({','.join('?' * len(words.kinds))})")
        values += words.kinds
    needs_text = any("t." in clause for clause in where)
    if needs_text:
        joins.append("JOIN entry_text t ON t.n = e.n")
    order = "bm25(entry_text_fts, 8.0, 1.0), e.updated_at DESC" if match else "e.updated_at DESC"
    found = db.execute(
        f"SELECT e.id, e.n FROM entries e {' '.join(joins)} WHERE {' AND '.join(where)}"
        f" ORDER BY {order} LIMIT ?",
        (*values, limit),
    ).fetchall()
    # Passages only for what is shown: snippet() over every match would cost more than the search.
    snippets = _snippets(db, [r["n"] for r in found], match, trigrams)
    rows = {row.id: row for row in rows_of(db, [r["id"] for r in found])}
    return [Hit(rows[r["id"]], snippets.get(r["n"], rows[r["id"]].excerpt)) for r in found]


def _snippets(
    db: sqlite3.Connection, numbers: list[int], match: list[str], trigrams: list[str]
) -> dict[int, str]:
    if not numbers or not (match or trigrams):
        return {}
    table = "entry_text_fts" if match else "entry_trigrams"
    query = (
        " AND ".join(m for m in match if not m.startswith("NOT "))
        if match
        else " AND ".join(_quote(t) for t in trigrams)
    )
    # The + keeps the rowids out of the index lookup, which would run the match once for each.
    marks = ",".join(str(number) for number in numbers)
    return {
        r["rowid"]: " ".join(r["passage"].split())
        for r in db.execute(
            f"SELECT rowid, snippet({table}, 1, '{OPEN}', '{CLOSE}', '…', 24) AS passage"
            f" FROM {table} WHERE {table} MATCH ? AND +rowid IN ({marks})",
            (query,),
        )
    }


def _like(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
