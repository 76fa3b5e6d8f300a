"""Outputs of the local model: one row each, with what made them and from what."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from journal_app.errors import NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Store


@dataclass(frozen=True, slots=True)
class Generation:
    """A stored output. JSON: `output`, `sources`, `checks`, `prompt` (the messages as they were
    sent), `inputs` (what was asked). `input_sha256` is of the text used. `pack` is empty where no
    generator took part; `parent` is the generation that this one repeats. `entry_id` is empty for
    what belongs to no single entry. Times in seconds and milliseconds since 1970 (UTC)."""

    id: str
    entry_id: str
    task: str
    output: str
    model: str
    model_digest: str
    prompt_version: str
    device: str
    seconds: float
    sources: str
    input_sha256: str
    status: str
    created_at: int
    checks: str = "{}"
    pack: str = ""
    prompt: str = "[]"
    inputs: str = "{}"
    seed: int = 0
    tokens: int = 0
    parent: str = ""


_NAMES = tuple(field.name for field in fields(Generation))
_COLUMNS = ", ".join(_NAMES)


def body_of(store: Store, entry_id: str) -> str:
    """The text of an entry; raises NotFound."""
    row = (
        store.read()
        .execute(
            "SELECT t.body FROM entry_text t JOIN entries e ON e.n = t.n WHERE e.id = ?",
            (entry_id,),
        )
        .fetchone()
    )
    if row is None:
        raise NotFound(f"There is no entry {entry_id}.", "`journal list` shows the entries.")
    return str(row["body"])


def ids_like(store: Store, prefix: str, limit: int = 3) -> list[str]:
    """Entry ids that start with `prefix` (letters in any case), at most `limit`."""
    low = prefix.upper()
    rows = store.read().execute(
        "SELECT id FROM entries WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (low, low + "\x7f", limit),
    )
    return [str(row["id"]) for row in rows]


def add(store: Store, made: Generation) -> None:
    """Keep one generation and say so."""
    values = {name: getattr(made, name) for name in _NAMES}
    values["entry_id"], values["parent"] = made.entry_id or None, made.parent or None
    marks = ", ".join("?" for _ in _NAMES)
    with store.write() as w:
        w.db.execute(
            f"INSERT INTO generations ({_COLUMNS}) VALUES ({marks})", tuple(values.values())
        )
        w.changed("generation", made.id, "created")


def latest(store: Store, entry_id: str, task: str) -> Generation | None:
    """The newest finished generation of a task for an entry; answers of the command of the same
    name (their checks say by whom they were worded) are none of it."""
    row = (
        store.read()
        .execute(
            f"SELECT {_COLUMNS} FROM generations WHERE entry_id = ? AND task = ? "
            "AND status = 'done' AND json_extract(checks, '$.by') IS NULL "
            "ORDER BY created_at DESC, rowid DESC LIMIT 1",
            (entry_id, task),
        )
        .fetchone()
    )
    return None if row is None else _made(row)


def get(store: Store, id: str) -> Generation:
    """One generation by its id, or by the unambiguous beginning of it (6 letters or more).

    Raises NotFound.
    """
    rows = (
        store.read()
        .execute(
            f"SELECT {_COLUMNS} FROM generations WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
            (id.upper(), id.upper() + "\x7f"),
        )
        .fetchall()
    )
    if len(id) < 6 or len(rows) != 1:
        raise NotFound(
            f"There is no generation {id}." if not rows else f"{id} names several generations.",
            "`journal transcript` lists them.",
        )
    return _made(rows[0])


def recent(
    store: Store, limit: int = 50, *, entry_id: str = "", task: str = ""
) -> list[Generation]:
    """The newest first, of an entry or a task where one is given."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM generations WHERE (? = '' OR entry_id = ?) "
        "AND (? = '' OR task = ?) ORDER BY created_at DESC, rowid DESC LIMIT ?",
        (entry_id, entry_id, task, task, limit),
    )
    return [_made(row) for row in rows]


def _made(row: sqlite3.Row) -> Generation:
    values = dict(row)
    values["entry_id"], values["parent"] = values["entry_id"] or "", values["parent"] or ""
    return Generation(**values)
