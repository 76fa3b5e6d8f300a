"""Find entries: candidates by index, ranked, with the passage that was found.

Invariants: a search of words looks at NEWEST entries at most, the last written, and besides at
TITLED whose title holds the words; only these are ranked (bm25). So its time does not grow with
the number of entries that hold a common word. `Found.partial` says that there may be more. A
search can be stopped at any moment, and gives what it has when its patience ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from journal_app.domain import passages, query, ranking
from journal_app.domain.query import Words
from journal_app.domain.ranking import COUNTED, Candidate
from journal_app.domain.views import View
from journal_app.errors import Cancelled, JournalError
from journal_app.store import matching, misspelt, rows
from journal_app.store.conditions import FEW, SOME, Condition, conditions

if TYPE_CHECKING:
    from journal_app.domain.entry import Row
    from journal_app.store.matching import Match

NEWEST, TITLED = 400, 150
EVERY = 1 << 40  # more than there can be
SINGLY = 200  # entries, or a thousandth of all: looked up one by one, not met on the way
COMMON = 5_000  # entries: a word of more counts as one of so many
SIMILAR = 8  # titles that nearly fit
FEW_HITS = 8  # with fewer hits, titles that nearly fit are looked for
HASTE = 200  # entries that are looked at even so when patience ends
STEPS = 2000  # of SQLite's machine between two looks at the clock


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry with the passage that was found; found words stand between OPEN and CLOSE.
    `similar`: its title nearly fits, as after a slip of the keyboard."""

    row: Row
    snippet: str
    similar: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, the best first. `hints` say what was not understood; `partial`: there may be more;
    `hurried`: because patience ended, so a search with more of it may find other entries."""

    hits: Sequence[Hit] = ()
    hints: tuple[str, ...] = ()
    partial: bool = False
    hurried: bool = False
    texts: tuple[str, ...] = field(default=(), repr=False)  # words to mark in a title

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]


class Watch:
    """Ends the queries of a connection when asked to or when its patience is over."""

    def __init__(
        self, db: sqlite3.Connection, patience: float | None, stop: Callable[[], bool] | None
    ) -> None:
        self.db = db
        self._stop = stop
        self._end = None if patience is None else time.monotonic() + patience
        self.over = False  # patience ended before a query did

    def _look(self) -> bool:
        return (self._stop is not None and self._stop()) or (
            self._end is not None and time.monotonic() > self._end
        )

    def check(self) -> None:
        """Raises Cancelled when the search was stopped."""
        if self._stop is not None and self._stop():
            raise Cancelled

    def read(self, sql: str, values: Iterable[object]) -> list[sqlite3.Row]:
        """The rows of a query, or as many as came in time. Raises Cancelled."""
        self.check()
        found: list[sqlite3.Row] = []
        self.db.set_progress_handler(self._look, STEPS)
        try:
            for row in self.db.execute(sql, tuple(values)):
                found.append(row)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            self.check()
            self.over = True
        finally:
            self.db.set_progress_handler(None, 0)
        return found


def find(
    db: sqlite3.Connection,
    text: str,
    today: date,
    limit: int = 100,
    *,
    patience: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> Found:
    """What a search finds, the best first, then titles that nearly fit.

    Without words to find, the last changed first. `patience` in seconds ends the look-up of
    candidates; `stop` is asked now and then whether to give up. Raises Cancelled then.
    """
    asked = query.parse(text, today)
    hints = list(asked.hints)
    watch = Watch(db, patience, stop)
    with _one_state(db):
        numbers: dict[int, None] = {}
        partial = False
        for words in asked.alternatives:
            some, more = _Search(db, words, limit, watch, hints).numbers()
            numbers |= dict.fromkeys(some)
            partial = partial or more
        chosen = list(numbers)
        if len(asked.alternatives) > 1 and len(chosen) > 1:
            order = _candidates(watch, chosen)
            weights = {text.lower(): 1.0 for text in asked.texts}
            chosen = [c.n for c in ranking.ranked(order, weights)]
        found = _hits(watch, asked, chosen[:limit])
        similar: list[Hit] = []
        if len(found) < FEW_HITS and len(asked.alternatives) == 1:
            known = {hit.row.n for hit in found}
            similar = [
                hit for hit in _similar(watch, asked.alternatives[0]) if hit.row.n not in known
            ]
    hits = [*found, *similar][:limit]
    partial = partial or watch.over or len(chosen) > limit
    return Found(hits, tuple(dict.fromkeys(hints)), partial, watch.over, asked.texts)


def every(db: sqlite3.Connection, text: str, today: date) -> list[str]:
    """The ids of all entries that fit, however many, the oldest first; none that nearly fits.

    For what is changed or written out: raises JournalError where the search holds something that
    is not understood, for without it too much would be found.
    """
    asked = query.parse(text + " ", today)  # the space ends the last word
    hints = list(asked.hints)
    watch = Watch(db, None, None)
    with _one_state(db):
        numbers: set[int] = set()
        for words in asked.alternatives:
            numbers.update(_Search(db, words, EVERY, watch, hints).all())
        if hints:
            said = " ".join(dict.fromkeys(hints))
            raise JournalError(f"{said} Nothing was done.", "`journal search --help`.")
        return [row.id for row in rows.rows_numbered(db, sorted(numbers))]


@contextlib.contextmanager
def _one_state(db: sqlite3.Connection) -> Iterator[None]:
    """All queries within see the same state of the journal."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


class _Search:
    """One alternative of a search."""

    def __init__(
        self,
        db: sqlite3.Connection,
        words: Words,
        limit: int,
        watch: Watch,
        hints: list[str],
    ) -> None:
        self.db, self.words, self.limit, self.watch = db, words, limit, watch
        self.total = rows.count(db, View())
        self.match: Match = matching.match(db, words)
        self.conditions: list[Condition] = conditions(db, words, hints)
        self.given = self.conditions  # without the one that `few` answers
        self.conditions += [_holds(text) for text in self.match.literal]
        self.conditions += [
            Condition(
                f"NOT EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = e.n)",
                (phrase,),
            )
            for table, phrase in self.match.besides
        ]
        if self.match.table == "entry_text_fts" and self.match.cjk:
            self.conditions.append(
                Condition(
                    "+f.rowid IN (SELECT rowid FROM entry_cjk WHERE entry_cjk MATCH ?)",
                    (self.match.cjk,),
                )
            )

    def numbers(self) -> tuple[list[int], bool]:
        """The numbers of entries that fit, the best first, and whether there may be more."""
        few = self._few()
        if not self.match.table:
            found = self._listed(few)
            return found, len(found) > self.limit
        ask = self.match.words or self.match.cjk
        found = self._matching(ask, NEWEST, few)
        partial = len(found) == NEWEST
        if partial or self.watch.over:
            titled = self._matching(matching.in_title(ask), TITLED, few)
            found = list(dict.fromkeys([*found, *titled]))
        return [
            c.n for c in ranking.ranked(_candidates(self.watch, found), self._weights())
        ], partial

    def all(self) -> list[int]:
        """The numbers of all entries that fit, in no order."""
        few = self._few()
        if not self.match.table:
            return self._listed(few)
        return self._matching(self.match.words or self.match.cjk, EVERY, few)

    def _few(self) -> list[int] | None:
        """The numbers that the narrowest operator leaves; None where it leaves many."""
        narrow = [c for c in self.conditions if c.few and c.at_most <= FEW]
        for condition in sorted(narrow, key=lambda one: one.at_most):
            sql = f"{condition.few} LIMIT {FEW + 1}"
            found = [row[0] for row in self.watch.read(sql, condition.few_values)]
            if len(found) <= FEW and (found or not self.watch.over):
                self.given = [c for c in self.conditions if c is not condition]
                return found
        return None

    def _where(self, few: list[int] | None, column: str) -> tuple[str, list[object]]:
        clauses = [condition.sql for condition in self.given]
        values = [value for condition in self.given for value in condition.values]
        if few is not None:
            clauses.append(f"{column} IN ({','.join(map(str, few))})")
        return " AND ".join(clauses), values

    def _some(self) -> tuple[str, tuple[object, ...]]:
        """For a search of words: the numbers that an operator leaves, gathered once, so that the
        entries of other matches are not looked at."""
        middling = [c for c in self.given if c.few and FEW < c.at_most <= SOME]
        if not middling:
            return "", ()
        condition = min(middling, key=lambda one: one.at_most)
        return f" AND +f.rowid IN ({condition.few})", condition.few_values

    def _matching(self, ask: str, most: int, few: list[int] | None) -> list[int]:
        """Entries whose text fits, the last written first.

        A short list is looked up one by one; of a longer one the + keeps the numbers out of the
        index look-up, which would run the match once for each.
        """
        table = self.match.table
        one_by_one = few is not None and len(few) <= max(SINGLY, self.total // 1000)
        where, values = self._where(few, "f.rowid" if one_by_one else "+f.rowid")
        if few is None:
            gathered, more = self._some()
            where, values = where + gathered, [*values, *more]
        found = self.watch.read(
            f"SELECT f.rowid FROM {table} f CROSS JOIN entries e ON e.n = f.rowid"
            f" WHERE {table} MATCH ? AND {where} ORDER BY f.rowid DESC LIMIT {most}",
            (ask, *values),
        )
        return [row[0] for row in found]

    def _listed(self, few: list[int] | None) -> list[int]:
        """Entries that the operators leave, the last changed first (or the last made, where days
        were asked for), in the order of an index."""
        made = any(f.name == "created" and f.wanted for f in self.words.filters)
        moment = "e.created_at" if made else "e.updated_at"
        where, values = self._where(few, "e.n")
        tags = [c for c in self.conditions if len(c.few_values) == 1 and "tag_rows" in c.few]
        source = "entries e"
        n = "e.n"
        if few is not None:
            moment = f"+{moment}"
        elif tags and not made:
            rarest = min(tags, key=lambda one: one.at_most)
            source = "tag_rows d CROSS JOIN entries e ON e.n = d.n"
            where += " AND d.tag = ?"
            values += rarest.few_values
            moment, n = "d.updated_at", "d.n"
        elif made:
            source = "entries e INDEXED BY entries_live_by_creation"
            if "e.trashed_at IS NOT NULL" in where:
                source = "entries e"
        found = self.watch.read(
            f"SELECT {n} FROM {source} WHERE {where} ORDER BY {moment} DESC, {n} DESC"
            f" LIMIT {self.limit + 1}",
            values,
        )
        if not found and few and self.watch.over:  # too short a time to put them all in order
            where, values = self._where(sorted(few)[-HASTE:], "e.n")
            found = self.db.execute(
                f"SELECT e.n FROM entries e WHERE {where} ORDER BY e.n DESC", values
            ).fetchall()
        return [row[0] for row in found]

    def _weights(self) -> dict[str, float]:
        """What each word counts: the more, the fewer entries hold it."""
        weights = {}
        for text in self.words.texts:
            asked = matching.match(self.db, Words(terms=(text,)))
            if not asked.table:
                continue
            known = self.db.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM {asked.table} WHERE {asked.table} MATCH ?"
                f" LIMIT {COMMON})",
                (asked.words or asked.cjk,),
            ).fetchone()[0]
            weights[text.lower()] = ranking.rare(known, self.total)
        return weights


def _holds(text: str) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM entry_text t WHERE t.n = e.n"
        " AND (instr(t.title, ?) OR instr(t.body, ?)))",
        (text, text),
    )


def _candidates(watch: Watch, numbers: Sequence[int]) -> list[Candidate]:
    """The texts of entries, as far as they are counted, in the order of `numbers`."""
    watch.check()
    if not numbers:
        return []
    found = {
        row["n"]: Candidate(row["n"], row["id"], row["updated_at"], row["title"], row["body"])
        for row in watch.db.execute(
            f"SELECT e.n, e.id, e.updated_at, t.title, substr(t.body, 1, {COUNTED}) AS body"
            " FROM entry_text t JOIN entries e ON e.n = t.n"
            f" WHERE t.n IN ({','.join(map(str, numbers))})"
        )
    }
    return [found[n] for n in numbers if n in found]


def _hits(watch: Watch, asked: query.Query, numbers: Sequence[int]) -> list[Hit]:
    """The rows and passages of what is shown."""
    watch.check()
    found = rows.rows_numbered(watch.db, numbers)
    finder = passages.finder(
        asked.texts, open_end=bool(asked.alternatives) and asked.alternatives[-1].open_end
    )
    said: dict[int, str] = {}
    if finder is not None:
        for row in watch.db.execute(
            f"SELECT n, body FROM entry_text WHERE n IN ({','.join(map(str, numbers))})"
        ):
            said[row["n"]] = passages.passage(row["body"], finder)
    return [Hit(row, said.get(row.n) or row.excerpt) for row in found]


def _similar(watch: Watch, words: Words) -> list[Hit]:
    """Entries whose titles hold words one slip or two away from the searched ones."""
    if words.phrases or words.titles or words.filters or watch.over:
        return []
    watch.check()
    ask = misspelt.title_query(watch.db, words.terms, open_end=words.open_end)
    if not ask:
        return []
    found = watch.read(
        "SELECT f.rowid FROM entry_text_fts f CROSS JOIN entries e ON e.n = f.rowid"
        " WHERE entry_text_fts MATCH ? AND e.trashed_at IS NULL"
        f" ORDER BY f.rowid DESC LIMIT {SIMILAR}",
        (ask,),
    )
    numbers = [row[0] for row in found]
    return [Hit(row, row.excerpt, True) for row in rows.rows_numbered(watch.db, numbers)]
