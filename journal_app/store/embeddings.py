"""Vectors of entries in the database, and the matrix file that searches read.

The file `<journal>/cache/similar-MODEL-SEQ.vectors` holds every vector up to change SEQ. It is
written whole under another name, synced and renamed, so two processes may write it at once; what
is newer than it comes from the table (`tail`). Invariant: vectors of one batch share the `seq` of
the change that told of them, and `seq` only grows; so "newer than the file" is one indexed look.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain import similar
from journal_app.domain.similar import Vector

if TYPE_CHECKING:
    from journal_app.store.database import Writer

CACHE = "cache"
PAGE = 2000  # entries looked at in one statement
TAIL = 2048  # vectors that may be newer than the file before it is written anew
_STATE = "LEFT JOIN embeddings v INDEXED BY embeddings_by_state ON v.n = e.n"


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry without a vector of its present text."""

    n: int
    rev: int
    text: str


def counts(db: sqlite3.Connection, model: str) -> tuple[int, int]:
    """How many entries have a vector of their present text, and how many there are (no trash)."""
    row = db.execute(
        f"SELECT count(*), count(CASE WHEN v.rev = e.rev AND v.model = ? THEN 1 END)"
        f" FROM entries e {_STATE} WHERE e.trashed_at IS NULL",
        (model,),
    ).fetchone()
    return int(row[1]), int(row[0])


def pending(db: sqlite3.Connection, model: str) -> Iterator[tuple[int, int]]:
    """(n, rev) of the entries to do, the newest change first; one walk along an index."""
    at, n = 1 << 62, 1 << 62
    while True:
        page = db.execute(
            "SELECT e.n, e.rev, e.updated_at, v.rev IS e.rev AND v.model = ? AS done"
            f" FROM entries e {_STATE}"
            " WHERE e.trashed_at IS NULL AND e.updated_at <= ? AND (e.updated_at, e.n) < (?, ?)"
            " ORDER BY e.updated_at DESC, e.n DESC LIMIT ?",
            (model, at, at, n, PAGE),
        ).fetchall()
        yield from ((row["n"], row["rev"]) for row in page if not row["done"])
        if len(page) < PAGE:
            return
        at, n = page[-1]["updated_at"], page[-1]["n"]


def texts(db: sqlite3.Connection, numbers: Sequence[tuple[int, int]]) -> list[Pending]:
    """What to embed of these entries; one that went away is left out."""
    found = []
    for n, rev in numbers:
        row = db.execute(
            "SELECT title, substr(body, 1, ?) AS body FROM entry_text WHERE n = ?",
            (similar.READ, n),
        ).fetchone()
        if row is not None:
            found.append(Pending(n, rev, similar.text_for(row["title"], row["body"])))
    return found


def put(w: Writer, model: str, made: Sequence[tuple[Pending, Vector]]) -> None:
    """Keep a batch of vectors."""
    w.changed("index", model)
    seq = w.changes[-1].seq
    w.db.executemany(
        "INSERT OR REPLACE INTO embeddings (n, model, rev, seq, scale, vector)"
        " SELECT n, ?, ?, ?, ?, ? FROM entries WHERE n = ?",
        [(model, one.rev, seq, v.scale, v.data, one.n) for one, v in made],
    )


def vector_of(db: sqlite3.Connection, id: str, model: str) -> tuple[int, Vector] | None:
    """Number and vector of an entry; a vector of an older text is better than none."""
    row = db.execute(
        "SELECT v.n, v.scale, v.vector FROM embeddings v JOIN entries e ON e.n = v.n"
        " WHERE e.id = ? AND v.model = ?",
        (id, model),
    ).fetchone()
    return None if row is None else (row["n"], Vector(row["scale"], row["vector"]))


def ids_of(db: sqlite3.Connection, numbers: Sequence[int], model: str) -> list[str | None]:
    """The id behind each number; None for one that is in the trash or has no vector any more."""
    found = {
        row["n"]: row["id"]
        for row in db.execute(
            "SELECT e.n, e.id FROM entries e JOIN embeddings v ON v.n = e.n"
            f" WHERE e.n IN ({','.join('?' * len(numbers))}) AND e.trashed_at IS NULL"
            " AND v.model = ?",
            (*numbers, model),
        )
    }
    return [found.get(n) for n in numbers]


# ---------------------------------------------------------------------- the matrix file


@dataclass(frozen=True, slots=True)
class Matrix:
    """The file (None: there are too few vectors for one) and the records newer than it."""

    file: Path | None
    tail: bytes


def matrix(db: sqlite3.Connection, folder: Path, model: str, *, fresh: bool = False) -> Matrix:
    """The matrix of a model, brought up to date; `fresh` writes the file anew.

    Raises OSError where the cache cannot be written.
    """
    place = folder / CACHE
    known = None if fresh else _newest(place, model)
    seq, count = known[1:] if known else (0, 0)
    # One record more than allowed tells that the tail is too long.
    limit = max(TAIL, count // 50)
    tail = [
        Vector(row["scale"], row["vector"]).record(row["n"])
        for row in db.execute(
            "SELECT n, scale, vector FROM embeddings WHERE seq > ? AND model = ? LIMIT ?",
            (seq, model, limit + 1),
        )
    ]
    if len(tail) <= limit and not fresh:
        return Matrix(known[0] if known else None, b"".join(tail))
    return Matrix(_write(db, place, model), b"")


def _newest(place: Path, model: str) -> tuple[Path, int, int] | None:
    """File, seq and count of the newest whole file of a model."""
    best = None
    for path in place.glob(f"similar-{model}-*.vectors"):
        head = _head(path)
        if head is not None and (best is None or head[0] > best[1]):
            best = (path, *head)
    return best


def _head(path: Path) -> tuple[int, int] | None:
    """seq and count, or None for a file of the wrong size or of another kind."""
    try:
        with path.open("rb") as handle:
            data = handle.read(similar.HEAD.size)
        size = path.stat().st_size
    except OSError:
        return None
    if len(data) < similar.HEAD.size:
        return None
    magic, _crc, dims, count, seq, _model = similar.HEAD.unpack(data)
    whole = similar.HEAD.size + count * (similar.RECORD_HEAD.size + dims)
    return (seq, count) if magic == similar.MAGIC and size == whole else None


def _write(db: sqlite3.Connection, place: Path, model: str) -> Path | None:
    place.mkdir(exist_ok=True)
    partial = place / f".{secrets.token_hex(6)}.partial"
    crc = count = dims = 0
    db.execute("BEGIN")  # seq and rows of one moment
    try:
        row = db.execute("SELECT coalesce(max(seq), 0) FROM embeddings").fetchone()
        seq = int(row[0])
        with partial.open("wb") as handle:
            handle.write(bytes(similar.HEAD.size))
            for record in db.execute(
                "SELECT n, scale, vector FROM embeddings WHERE model = ? ORDER BY n", (model,)
            ):
                dims = len(record["vector"])
                data = Vector(record["scale"], record["vector"]).record(record["n"])
                crc = zlib.crc32(data, crc)
                count += 1
                handle.write(data)
            handle.seek(0)
            handle.write(similar.HEAD.pack(similar.MAGIC, crc, dims, count, seq, model.encode()))
            handle.flush()
            os.fsync(handle.fileno())
        if not count:
            return None
        final = place / f"similar-{model}-{seq}-{secrets.token_hex(3)}.vectors"
        partial.replace(final)
    finally:
        db.execute("COMMIT")
        partial.unlink(missing_ok=True)
    _sweep(place, final)
    return final


def _sweep(place: Path, kept: Path) -> None:
    """Remove older files. One that another process still reads stays where the system insists."""
    for path in [*place.glob("similar-*.vectors"), *place.glob(".*.partial")]:
        if path != kept:
            with contextlib.suppress(OSError):
                path.unlink()
