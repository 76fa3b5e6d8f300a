"""The words of a search as queries of the full-text tables.

`entry_text_fts` knows words without accents and case; `entry_cjk` knows every letter of a script
without spaces as a word of its own, so that a run of any length is a phrase. What holds no letter
at all is looked for as it is written.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain.scripts import folded, has_cjk, spaced

if TYPE_CHECKING:
    from journal_app.domain.query import Words

INDEXED = 3  # letters: a shorter beginning of a word has an index of its own
EXPANDED = 32  # words that a longer beginning stands for, at most; beyond, SQLite gathers them


@dataclass(frozen=True, slots=True)
class Match:
    """`words` and `cjk` for the two tables ('' for nothing to ask); `literal` is looked for as it
    stands; `besides` are phrases that an entry found otherwise must not hold: table and query."""

    words: str = ""
    cjk: str = ""
    literal: tuple[str, ...] = ()
    besides: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        """The table that a search begins with; '' when none has anything to say."""
        return "entry_text_fts" if self.words else "entry_cjk" if self.cjk else ""


def quoted(text: str) -> str:
    """A phrase that stands for itself, whatever it holds."""
    return '"' + text.replace('"', '""') + '"'


def match(db: sqlite3.Connection, words: Words) -> Match:
    """What to ask the tables for one alternative of a search."""
    asked: dict[str, list[str]] = {"entry_text_fts": [], "entry_cjk": []}
    unasked: dict[str, list[str]] = {"entry_text_fts": [], "entry_cjk": []}
    literal = []
    last = words.terms[-1] if words.open_end and words.terms else None
    for place, text in enumerate((*words.terms, *words.phrases)):
        if not _said(text):
            literal.append(text)
        elif has_cjk(text):
            asked["entry_cjk"].append(quoted(spaced(text)))
        elif text == last and place == len(words.terms) - 1:
            asked["entry_text_fts"].append(_beginning(db, text))
        else:
            asked["entry_text_fts"].append(quoted(text))
    for text in words.titles:
        if _said(text):
            cjk = has_cjk(text)
            phrase = quoted(spaced(text) if cjk else text)
            asked["entry_cjk" if cjk else "entry_text_fts"].append(f"title : {phrase}")
        else:
            literal.append(text)
    for text in words.without:
        if _said(text):
            cjk = has_cjk(text)
            phrase = quoted(spaced(text) if cjk else text)
            unasked["entry_cjk" if cjk else "entry_text_fts"].append(phrase)
    besides = [
        (table, phrase)
        for table, phrases in unasked.items()
        for phrase in phrases
        if not asked[table]
    ]
    return Match(
        _joined(asked["entry_text_fts"], unasked["entry_text_fts"]),
        _joined(asked["entry_cjk"], unasked["entry_cjk"]),
        tuple(literal),
        tuple(besides),
    )


def in_title(query: str) -> str:
    """The same query, asked of titles alone."""
    return f"title : ({query})"


def _said(text: str) -> bool:
    """Whether the index holds anything of `text`."""
    return any(letter.isalnum() for letter in text)


def _joined(asked: list[str], unasked: list[str]) -> str:
    return " NOT ".join([" AND ".join(asked), *unasked]) if asked else ""


def _beginning(db: sqlite3.Connection, text: str) -> str:
    """Words that begin so. A long beginning becomes the words that it stands for: asked for itself,
    SQLite would gather every place of all of them before it gives the first."""
    low = folded(text)
    if len(low) <= INDEXED or not low.isalnum() or not low.isascii():
        return f"{quoted(text)}*"
    words: list[str] = []
    start, end = low, low + "\U0010ffff"
    while len(words) <= EXPANDED:
        row = db.execute(
            "SELECT term FROM entry_vocabulary WHERE term >= ? AND term < ? LIMIT 1", (start, end)
        ).fetchone()
        if row is None:
            return f"({' OR '.join(quoted(word) for word in words or [text])})"
        words.append(row["term"])
        start = f"{row['term']}\x01"  # past it: > would read every place of the word
    return f"{quoted(text)}*"
