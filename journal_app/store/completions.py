"""Names for what is being typed: a few rows each, by an index or out of the newest."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from journal_app.domain.scripts import has_cjk, spaced

RECENT = 400  # entries whose titles are compared letter by letter
SOME = 200  # fitting titles that are ordered by date


def titles(db: sqlite3.Connection, typed: str, limit: int) -> list[tuple[str, str, str]]:
    """Entries by title: id, kind, title. A title that begins so comes first, then words that begin
    so, then letters in their order; among equals the last changed first."""
    want = " ".join(typed.split())
    recent = db.execute(
        "SELECT n, id, kind, title, updated_at FROM entries WHERE trashed_at IS NULL"
        " ORDER BY updated_at DESC LIMIT ?",
        (RECENT if want else limit,),
    ).fetchall()
    if not want:
        return [(r["id"], r["kind"], r["title"]) for r in recent if r["title"]]
    found = {r["id"]: r for r in recent}
    select = "SELECT n, id, kind, title, updated_at FROM entries"
    queries = [
        (
            f"{select} WHERE title LIKE ? ESCAPE '\\' AND trashed_at IS NULL LIMIT ?",
            like(want) + "%",
        )
    ]
    if has_cjk(want):
        queries.append((queries[0][0], f"%{like(want)}%"))
    elif match := _match(want):
        queries.append(
            (
                f"{select} WHERE n IN (SELECT rowid FROM entry_text_fts WHERE entry_text_fts"
                " MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AND trashed_at IS NULL",
                match,
            )
        )
    for query, value in queries:
        found |= {r["id"]: r for r in db.execute(query, (value, SOME))}
    ranked = [(rank, r) for r in found.values() if (rank := _rank(want, r["title"])) is not None]
    ranked.sort(key=lambda one: (one[0], -one[1]["updated_at"]))
    return [(r["id"], r["kind"], r["title"]) for _, r in ranked[:limit]]


def tags(db: sqlite3.Connection, typed: str, limit: int) -> list[tuple[str, int]]:
    """Tags that begin so, then tags that hold it, the most used first; with how many entries have
    them."""
    want = like(typed.lower())
    found = db.execute(
        "SELECT tag, n FROM tag_counts WHERE n > 0 AND tag LIKE ?1 ESCAPE '\\'"
        " ORDER BY tag NOT LIKE ?2 ESCAPE '\\', n DESC, tag LIMIT ?3",
        (f"%{want}%", f"{want}%", limit),
    )
    return [(r["tag"], r["n"]) for r in found]


def runs(db: sqlite3.Connection, typed: str, limit: int) -> list[tuple[str, str, str]]:
    """Runs by name: id, name, status; a name that begins so first, then the last changed."""
    found = db.execute(
        "SELECT id, name, status FROM runs WHERE name LIKE ?1 ESCAPE '\\' OR id LIKE ?2"
        " ORDER BY name NOT LIKE ?2 ESCAPE '\\', updated_at DESC LIMIT ?3",
        (f"%{like(typed)}%", f"{like(typed)}%", limit),
    )
    return [(r["id"], r["name"], r["status"]) for r in found]


def runs_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The names of runs, in the order of `ids`; a run is named once, unknown ids are left out."""
    some = list(dict.fromkeys(ids))
    marks = ",".join("?" * len(some))
    names = {
        r["id"]: r["name"]
        for r in db.execute(f"SELECT id, name FROM runs WHERE id IN ({marks})", some)
    }
    return [(id, names[id]) for id in some if id in names]


def saying(db: sqlite3.Connection, phrase: str, besides: str, limit: int) -> list[str]:
    """Entries whose text holds a phrase and does not name the entry `besides`, the newest first."""
    table = "entry_text_fts"
    if has_cjk(phrase):
        table, phrase = "entry_cjk", spaced(phrase)
    quoted = '"' + phrase.replace('"', '""') + '"'
    found = db.execute(
        f"SELECT e.id FROM {table} f JOIN entries e ON e.n = f.rowid WHERE {table} MATCH ?"
        " AND e.trashed_at IS NULL AND e.id <> ? AND NOT EXISTS (SELECT 1 FROM mentions m"
        " WHERE m.entry_id = e.id AND m.target_kind = 'entry' AND m.target_id = ?)"
        " ORDER BY f.rowid DESC LIMIT ?",
        (f"body : {quoted}", besides, besides, limit),
    )
    return [str(r["id"]) for r in found]


def like(text: str) -> str:
    """Text for LIKE … ESCAPE '\\' that stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _match(want: str) -> str:
    words = ['"' + word.replace('"', '""') + '"' for word in want.split()]
    return "title : (" + " AND ".join([*words[:-1], words[-1] + "*"]) + ")" if words else ""


def _rank(want: str, title: str) -> int | None:
    low, said = title.casefold(), want.casefold()
    if low.startswith(said):
        return 0
    at = low.find(said)
    if at >= 0:
        return 1 if not low[at - 1].isalnum() else 2
    if all(word in low for word in said.split()):
        return 3
    letters = iter(low)
    return 4 if all(letter in letters for letter in said if letter != " ") else None
