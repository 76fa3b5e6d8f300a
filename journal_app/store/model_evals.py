"""Runs of the model gate: only ever added, so that drift can be seen."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from journal_app.domain.model_gate import EvalRecord, Identity

if TYPE_CHECKING:
    from journal_app.store.database import Store

_COLUMNS = (
    "id, at, pack, pack_digest, prompt_version, device, versions, eval_set, results, thresholds, "
    "passed, reasons, seconds"
)


def add(store: Store, made: EvalRecord) -> None:
    """Keep one run and say so."""
    identity = made.identity
    with store.write() as w:
        w.db.execute(
            f"INSERT INTO model_evals ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made.id,
                made.at,
                identity.pack,
                identity.pack_digest,
                identity.prompt_version,
                identity.device,
                _json(dict(identity.versions)),
                identity.eval_set,
                _json({"figures": dict(made.results), "notes": dict(made.notes)}),
                _json(dict(made.thresholds)),
                int(made.passed),
                _json(made.reasons),
                made.seconds,
            ),
        )
        w.changed("model_eval", made.id, "created")


def recent(store: Store, pack: str = "", limit: int = 200) -> list[EvalRecord]:
    """The newest first, of one pack or of all."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM model_evals WHERE (? = '' OR pack = ?) "
        "ORDER BY at DESC, rowid DESC LIMIT ?",
        (pack, pack, limit),
    )
    return [_made(row) for row in rows]


def _made(row: sqlite3.Row) -> EvalRecord:
    results = json.loads(row["results"])
    return EvalRecord(
        id=row["id"],
        at=row["at"],
        identity=Identity(
            row["pack"],
            row["pack_digest"],
            row["prompt_version"],
            row["device"],
            json.loads(row["versions"]),
            row["eval_set"],
        ),
        results=results["figures"],
        notes=results["notes"],
        thresholds=json.loads(row["thresholds"]),
        passed=bool(row["passed"]),
        reasons=tuple(json.loads(row["reasons"])),
        seconds=row["seconds"],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
