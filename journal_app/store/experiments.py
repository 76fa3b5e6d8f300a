"""Reading runs, metric points and eval results; `store.imports` writes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from journal_app.domain.experiments import (
    EvalRow,
    Json,
    Run,
    RunRow,
)
from journal_app.domain.ids import is_ulid
from journal_app.domain.runcards import number, public
from journal_app.domain.series import MetricPoint
from journal_app.errors import JournalError, NotFound

_ROW = """
SELECT r.id, r.source_kind, r.native_id, r.name, r.project, r.status, r.started_at, r.ended_at,
  r.clock, r.main_metric,
  json_extract(r.metrics, '$."' || replace(r.main_metric, '"', '') || '"') AS main,
  json_type(r.metrics, '$."' || replace(r.main_metric, '"', '') || '"') AS main_type,
  r.n_points, r.complete, json_array_length(r.warnings) AS n_warnings, r.updated_at,
  (SELECT count(*) FROM eval_results WHERE run_id = r.id) AS n_evals,
  (SELECT count(DISTINCT entry_id) FROM links WHERE target_kind = 'run' AND target_id = r.id)
    AS n_entries
FROM runs r
"""


def _row(record: sqlite3.Row) -> RunRow:
    main = record["main"]
    text = "" if record["main_type"] is None else number(None if main is None else float(main))
    return RunRow(
        record["id"],
        record["source_kind"],
        record["native_id"],
        record["name"],
        record["project"],
        record["status"],
        record["started_at"],
        record["ended_at"],
        record["clock"],
        record["main_metric"],
        text,
        record["n_points"],
        record["n_evals"],
        record["n_entries"],
        bool(record["complete"]),
        record["n_warnings"],
        record["updated_at"],
    )


def rows(
    db: sqlite3.Connection,
    query: str = "",
    *,
    source: str | None = None,
    status: str | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[RunRow]:
    """Runs, the last changed first; every word of `query` in name, project, id or tags."""
    clauses, values = ["1"], list[str | int]()
    for word in query.split():
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        clauses.append(
            "(r.name LIKE ? ESCAPE '\\' OR r.project LIKE ? ESCAPE '\\'"
            " OR r.native_id LIKE ? ESCAPE '\\' OR r.tags LIKE ? ESCAPE '\\')"
        )
        values += [pattern] * 4
    for column, wanted in (("source_kind", source), ("status", status)):
        if wanted is not None:
            clauses.append(f"r.{column} = ?")
            values.append(wanted)
    found = db.execute(
        f"{_ROW} WHERE {' AND '.join(clauses)} ORDER BY r.updated_at DESC, r.id DESC"
        " LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [_row(record) for record in found]


def rows_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[RunRow]:
    """The rows of `ids`, in no order; unknown ids are left out."""
    marks = ",".join("?" * len(ids))
    return [_row(r) for r in db.execute(f"{_ROW} WHERE r.id IN ({marks})", list(ids))]


def find(db: sqlite3.Connection, ref: str) -> str:
    """The id of the run that `ref` means: id, start of an id, native id, unique name.

    Raises NotFound, or JournalError where it means several.
    """
    ref = ref.strip()
    if is_ulid(ref):
        row = db.execute("SELECT id FROM runs WHERE id = ?", (ref.upper(),)).fetchone()
        if row is not None:
            return str(row["id"])
    found = matches(db, ref)
    if not found and len(ref) >= 4 and ref.isalnum():
        # a range instead of LIKE: '{' sorts after every letter of an id, and the index is used
        found = [
            str(row["id"])
            for row in db.execute(
                "SELECT id FROM runs WHERE id >= ? AND id < ? LIMIT 3",
                (ref.upper(), ref.upper() + "{"),
            )
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise JournalError(
            f"{ref!r} means more than one run: {', '.join(found[:3])}.", "Give the run's id."
        )
    raise NotFound(f"There is no run {ref!r}.", "`journal runs` lists the runs of this journal.")


def matches(db: sqlite3.Connection, ref: str) -> list[str]:
    """Runs of that native id (with or without its source), else of that name."""
    return native_matches(db, ref) or [
        str(row["id"]) for row in db.execute("SELECT id FROM runs WHERE name = ?", (ref,))
    ]


def native_matches(db: sqlite3.Connection, ref: str) -> list[str]:
    """Runs of that native id; `mlflow:ID` asks for the source, too."""
    source, _, rest = ref.partition(":")
    found = db.execute(
        "SELECT id FROM runs WHERE native_id = ? OR (native_id = ? AND source_kind = ?)",
        (ref, rest, source),
    )
    return [str(row["id"]) for row in found]


def get(db: sqlite3.Connection, id: str, *, private: bool = False) -> Run:
    """A run whole, by id; its private part only when asked for. Raises NotFound."""
    record = db.execute(f"{_ROW} WHERE r.id = ?", (id,)).fetchone()
    if record is None:
        raise NotFound(f"There is no run {id}.", "`journal runs` lists the runs of this journal.")
    more = db.execute(
        "SELECT source_uri, params, metrics, git, tags, native_notes, files, extra,"
        " warnings, reader, imported_at FROM runs WHERE id = ?",
        (id,),
    ).fetchone()
    series = {
        str(row["key"]): int(row["n"])
        for row in db.execute(
            "SELECT key, count(*) AS n FROM metric_points WHERE run_id = ? GROUP BY key", (id,)
        )
    }
    extra: dict[str, Json] = json.loads(more["extra"])
    return Run(
        _row(record),
        more["source_uri"],
        json.loads(more["params"]),
        json.loads(more["metrics"]),
        json.loads(more["git"]),
        tuple(json.loads(more["tags"])),
        more["native_notes"],
        tuple(json.loads(more["files"])),
        extra if private else public(extra),
        tuple(json.loads(more["warnings"])),
        series,
        more["reader"],
        more["imported_at"],
    )


def points(db: sqlite3.Connection, run_id: str, key: str) -> list[MetricPoint]:
    """The stored points of one metric, by step."""
    return [
        MetricPoint(row["step"], None if row["is_nan"] else row["value"], row["at"])
        for row in db.execute(
            "SELECT step, value, is_nan, at FROM metric_points WHERE run_id = ? AND key = ?"
            " ORDER BY step, seq",
            (run_id, key),
        )
    ]


_EVAL = (
    "SELECT id, run_id, task, metric, filter, score, is_nan, stderr, lower_is_better, unit,"
    " n_effective, n_original, n_shot, estimate, aggregate, dataset, library, model,"
    " evaluated_at, source_file, source_sha256, extra FROM eval_results"
)


def _eval(record: sqlite3.Row) -> EvalRow:
    lower = record["lower_is_better"]
    return EvalRow(
        record["id"],
        record["run_id"],
        record["task"],
        record["metric"],
        record["filter"],
        record["score"],
        bool(record["is_nan"]),
        record["stderr"],
        None if lower is None else bool(lower),
        record["unit"],
        record["n_effective"],
        record["n_original"],
        record["n_shot"],
        bool(record["estimate"]),
        bool(record["aggregate"]),
        json.loads(record["dataset"]),
        json.loads(record["library"]),
        record["model"],
        record["evaluated_at"],
        record["source_file"],
        record["source_sha256"],
        public(json.loads(record["extra"])),
    )


def evals(db: sqlite3.Connection, run_id: str) -> list[EvalRow]:
    """The eval results of a run in the order they were first imported."""
    found = db.execute(f"{_EVAL} WHERE run_id = ? ORDER BY rowid", (run_id,))
    return [_eval(record) for record in found]


def evals_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[EvalRow]:
    """The eval results of `ids`, in the order they were first imported."""
    marks = ",".join("?" * len(ids))
    return [_eval(r) for r in db.execute(f"{_EVAL} WHERE id IN ({marks}) ORDER BY rowid", ids)]


def eval_by_ref(db: sqlite3.Connection, ref: str) -> EvalRow | None:
    """The eval result with that id or native id."""
    record = db.execute(
        f"{_EVAL} WHERE id = ? OR native_id = ? LIMIT 1", (ref.upper(), ref)
    ).fetchone()
    return None if record is None else _eval(record)


def linked_runs(db: sqlite3.Connection, entry_id: str) -> list[str]:
    """The ids of the runs that an entry links, also through their evals, in order of linking."""
    found = db.execute(
        "SELECT coalesce(r.id, v.run_id) AS id FROM links l"
        " LEFT JOIN runs r ON l.target_kind = 'run' AND r.id = l.target_id"
        " LEFT JOIN eval_results v ON l.target_kind = 'eval' AND v.id = l.target_id"
        " WHERE l.entry_id = ? ORDER BY l.created_at, l.id",
        (entry_id,),
    )
    return list(dict.fromkeys(str(row["id"]) for row in found if row["id"] is not None))
