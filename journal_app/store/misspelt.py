"""Titles that nearly fit: every searched word may be one slip away from a word of a title, or two
where it is long and begins the same.

The words of all titles are far fewer than the titles. One slip (a letter too many, too few, wrong,
or two exchanged) is made on purpose and looked up; two are looked for among the words with the same
beginning. Source of the first: Norvig, "How to Write a Spelling Corrector" (2007).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from journal_app.domain.scripts import folded
from journal_app.store.matching import quoted

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONG = 4, 6  # letters of a word with one slip, with two
NEIGHBOURS = 4000  # words with the same beginning that are compared
MEANT = 6  # words that one misspelt word may stand for
LONGEST = 24


def title_query(db: sqlite3.Connection, terms: Sequence[str], *, open_end: bool) -> str:
    """What to ask `entry_text_fts`; '' where no word has a neighbour."""
    parts, slips = [], 0
    for place, term in enumerate(terms):
        word = folded(term)
        if not word.isascii() or not word.isalnum():
            return ""
        near = meant(db, word, typing=open_end and place == len(terms) - 1)
        slips += bool(near)
        parts.append(f"({' OR '.join([f'{quoted(word)}*', *map(quoted, near)])})")
    return f"title : ({' AND '.join(parts)})" if slips else ""


def meant(db: sqlite3.Connection, word: str, *, typing: bool = False) -> list[str]:
    """Words of titles that `word` may stand for, the nearest first; `typing`: its end may lack."""
    if not (SHORTEST <= len(word) <= LONGEST) or not word.isalpha():
        return []
    tries = sorted(set(_slips(word)) - {word})
    near = {
        str(row[0]): 1
        for row in db.execute(
            f"SELECT word FROM title_words WHERE word IN ({','.join('?' * len(tries))})", tries
        )
    }
    if len(word) >= LONG or typing:
        start = word[:2]
        for row in db.execute(
            "SELECT word FROM title_words WHERE word >= ? AND word < ? AND length(word) >= ?"
            " LIMIT ?",
            (start, start + "\U0010ffff", len(word) - 2, NEIGHBOURS),
        ):
            other = str(row[0])
            if other in near or other.startswith(word):
                continue
            most = 2 if len(word) >= LONG else 1
            if abs(len(other) - len(word)) <= 2 and distance(word, other, most) <= most:
                near[other] = 2
            elif typing and len(other) > len(word) and distance(word, other[: len(word)], 1) <= 1:
                near[other] = 3
    return [found for found, _ in sorted(near.items(), key=lambda one: (one[1], one[0]))][:MEANT]


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words (insert, remove, replace, exchange two neighbours); `most` + 1 where
    there are more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
