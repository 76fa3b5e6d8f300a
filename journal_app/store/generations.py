"""Outputs of the local model: one row each, with what made them and from what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.errors import NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Store


@dataclass(frozen=True, slots=True)
class Generation:
    """A stored output. `output` and `sources` are JSON; `input_sha256` is of the text used."""

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
    with store.write() as w:
        w.db.execute(
            "INSERT INTO generations (id, entry_id, task, output, model, model_digest, "
            "prompt_version, device, seconds, sources, checks, input_sha256, status, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made.id,
                made.entry_id,
                made.task,
                made.output,
                made.model,
                made.model_digest,
                made.prompt_version,
                made.device,
                made.seconds,
                made.sources,
                json.dumps({"verbatim": True}),
                made.input_sha256,
                made.status,
                made.created_at,
            ),
        )
        w.changed("generation", made.id, "created")


def latest(store: Store, entry_id: str, task: str) -> Generation | None:
    """The newest finished generation of a task for an entry."""
    row = (
        store.read()
        .execute(
            "SELECT id, entry_id, task, output, model, model_digest, prompt_version, device, "
            "seconds, sources, input_sha256, status, created_at FROM generations "
            "WHERE entry_id = ? AND task = ? AND status = 'done' "
            "ORDER BY created_at DESC, id DESC LIMIT 1",
            (entry_id, task),
        )
        .fetchone()
    )
    return None if row is None else Generation(**dict(row))
