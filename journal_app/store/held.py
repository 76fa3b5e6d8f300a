"""How much of an imported run is stored, and under which identity."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain.experiments import PARTS
from journal_app.store.imports import clean, stored

if TYPE_CHECKING:
    from journal_app.store.database import Writer


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a run is stored: `ends` is the highest step of each of its curves."""

    complete: bool
    clock: str
    ended_at: int | None
    files: frozenset[str]
    metrics: frozenset[str]
    ends: Mapping[str, float]
    evals: frozenset[str]


def held(db: sqlite3.Connection, run_id: str) -> Held:
    """What is stored of a run that is there."""
    row = db.execute(
        "SELECT complete, clock, ended_at, files, metrics FROM runs WHERE id = ?", (run_id,)
    ).fetchone()
    ends = db.execute(
        "SELECT key, max(step) AS step FROM metric_points WHERE run_id = ? GROUP BY key", (run_id,)
    )
    evals = db.execute("SELECT native_id FROM eval_results WHERE run_id = ?", (run_id,))
    return Held(
        bool(row["complete"]),
        str(row["clock"]),
        row["ended_at"],
        frozenset(json.loads(row["files"])),
        frozenset(json.loads(row["metrics"])),
        {str(end["key"]): float(end["step"]) for end in ends},
        frozenset(str(record["native_id"]) for record in evals),
    )


def whole_of(db: sqlite3.Connection, source_kind: str, native_id: str) -> tuple[str, str] | None:
    """Id and name of the run that was joined from files of which one alone bears this id."""
    row = db.execute(
        "SELECT id, name FROM runs WHERE source_kind = ? AND digest != '' AND EXISTS"
        f" (SELECT 1 FROM json_each(runs.extra, '$.{PARTS}') WHERE value = ?)",
        (source_kind, clean(native_id)),
    ).fetchone()
    return None if row is None else (str(row["id"]), str(row["name"]))


def rename(w: Writer, source_kind: str, old: str, new: str) -> tuple[str, str] | None:
    """Give a run another native id; its id and digest as `stored` has them."""
    w.db.execute(
        "UPDATE runs SET native_id = ? WHERE source_kind = ? AND native_id = ?",
        (clean(new), source_kind, clean(old)),
    )
    return stored(w.db, source_kind, new)


def is_whole(db: sqlite3.Connection, run_id: str, digest: str, points: int) -> bool:
    """Whether a run written just now has all its points and nobody else has finished it.

    Another import of the same record may have begun meanwhile: then it is the one to finish.
    """
    row = db.execute(
        "SELECT digest, (SELECT count(*) FROM metric_points WHERE run_id = runs.id) AS n"
        " FROM runs WHERE id = ?",
        (run_id,),
    ).fetchone()
    return row is not None and row["digest"] != digest and int(row["n"]) >= points
