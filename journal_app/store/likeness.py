"""Entries that share rare words with a text: "more like this" without a model.

The words of the text that are frequent in it and rare in the journal (tf-idf) are looked up
together; bm25 ranks what holds any of them.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter

from journal_app.domain.scripts import has_cjk, spaced

LOOKED_AT = 40  # different words of the text, the most frequent first
CHOSEN = 12
COMMON = 4000  # entries; a word of so many says nothing
_WORD = re.compile(r"[^\W\d_][\w-]{2,40}")


def _grams(word: str) -> list[str]:
    return [word[at : at + 3] for at in range(len(word) - 2)] if has_cjk(word) else [word]


def distinctive(db: sqlite3.Connection, text: str) -> dict[str, list[str]]:
    """The telling words of a text, by the full-text table that knows them."""
    words = Counter(
        gram for word in _WORD.findall(text.lower()) for gram in _grams(word)
    ).most_common(LOOKED_AT)
    total = int(db.execute("SELECT count(*) FROM entries").fetchone()[0])
    weights: dict[str, list[tuple[float, str]]] = {"entry_text_fts": [], "entry_cjk": []}
    for word, frequency in words:
        table = "entry_cjk" if has_cjk(word) else "entry_text_fts"
        known = db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)",
            (_quoted(word), COMMON),
        ).fetchone()[0]
        if 1 < known < COMMON:
            idf = math.log(1 + total / known)
            weights[table].append(((1 + math.log(frequency)) * idf, word))
    return {
        table: [word for _, word in sorted(found, reverse=True)[:CHOSEN]]
        for table, found in weights.items()
    }


def like_words(db: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, float]]:
    """(id, score) of entries outside the trash, best first; scores relative to the best, 0 to 1."""
    scores: dict[str, float] = {}
    for table, words in distinctive(db, text).items():
        if not words:
            continue
        for row in db.execute(
            f"SELECT e.id, -bm25({table}, 4.0, 1.0) AS score FROM {table} f"
            f" JOIN entries e ON e.n = f.rowid WHERE {table} MATCH ? AND e.trashed_at IS NULL"
            " ORDER BY rank LIMIT ?",
            (" OR ".join(_quoted(word) for word in words), limit),
        ):
            scores[row["id"]] = scores.get(row["id"], 0.0) + float(row["score"])
    best = sorted(scores.items(), key=lambda one: -one[1])[:limit]
    top = best[0][1] if best and best[0][1] > 0 else 1.0
    return [(id, max(0.0, score / top)) for id, score in best]


def _quoted(word: str) -> str:
    word = spaced(word) if has_cjk(word) else word
    return '"' + word.replace('"', '""') + '"'
