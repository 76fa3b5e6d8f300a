"""Writing imported runs, metric points and eval results, and settling the links that wait for them.

A run is written in several transactions. Until the last one its `digest` is '' and `complete` is 0,
so an import that was cut off is never taken for whole: the next import writes it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence, Set
from typing import TYPE_CHECKING

from journal_app.domain.experiments import EvalRecord, RunBundle, digest_eval, dump
from journal_app.store.experiments import matches, native_matches

if TYPE_CHECKING:
    from journal_app.domain.series import MetricPoint
    from journal_app.store.database import Writer


def stored(db: sqlite3.Connection, source_kind: str, native_id: str) -> tuple[str, str] | None:
    """Id and digest of a run that is there; the digest is '' while its import is not finished."""
    row = db.execute(
        "SELECT id, digest FROM runs WHERE source_kind = ? AND native_id = ?",
        (source_kind, clean(native_id)),
    ).fetchone()
    return None if row is None else (str(row["id"]), str(row["digest"]))


def clean(text: str) -> str:
    """Text as SQLite can hold it: a lone surrogate of a foreign file or path becomes '?'."""
    return text.encode("utf-8", "replace").decode()


def _plain(value: str | int | float | None) -> str | int | float | None:
    return clean(value) if isinstance(value, str) else value


def begin_run(w: Writer, id: str, bundle: RunBundle, reader: str) -> str:
    """Write the run's row as unfinished and drop the points of an earlier import.

    Returns the run's id: not `id` where another process began the same import a moment ago.
    """
    run = bundle.run
    values: dict[str, str | int | float | None] = {
        "source_uri": run.source_uri,
        "name": run.name,
        "project": run.project,
        "status": run.status,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "clock": run.clock,
        "params": dump(run.params),
        "metrics": dump(run.metrics),
        "main_metric": run.main_metric,
        "n_points": sum(series.seen for series in bundle.series.values()),
        "git": dump(run.git),
        "host": run.host,
        "tags": dump(run.tags),
        "native_notes": run.native_notes,
        "files": dump(run.files),
        "extra": dump(run.extra),
        "warnings": dump(run.warnings),
        "complete": 0,
        "digest": "",
        "reader": reader,
        "updated_at": w.now,
    }
    columns = ["id", "source_kind", "native_id", "imported_at", *values]
    sets = ", ".join(f"{column} = excluded.{column}" for column in values)
    w.db.execute(
        f"INSERT INTO runs ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (source_kind, native_id) DO UPDATE SET {sets}",
        [_plain(v) for v in (id, run.source_kind, run.native_id, w.now, *values.values())],
    )
    known = stored(w.db, run.source_kind, run.native_id)
    held = known[0] if known else id
    w.db.execute("DELETE FROM metric_points WHERE run_id = ?", (held,))
    return held


def add_points(w: Writer, run_id: str, batch: Iterable[tuple[str, int, MetricPoint]]) -> None:
    """Write points as (key, sequence number, point)."""
    w.db.executemany(
        "INSERT OR REPLACE INTO metric_points (run_id, key, step, seq, value, is_nan, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (run_id, clean(key), p.step, seq, p.value, p.value is None, p.at)
            for key, seq, p in batch
        ),
    )


def finish_run(w: Writer, id: str, digest: str, complete: bool) -> None:
    """The last batch is in: from now on the run counts as read whole."""
    w.db.execute(
        "UPDATE runs SET digest = ?, complete = ?, updated_at = ? WHERE id = ?",
        (digest, complete, w.now, id),
    )


def evals_differ(
    db: sqlite3.Connection, run_id: str, records: Sequence[EvalRecord], reader: str
) -> bool:
    """Whether `put_evals` would change anything."""
    held = {
        (str(row["source_kind"]), str(row["native_id"]), str(row["digest"]))
        for row in db.execute(
            "SELECT source_kind, native_id, digest FROM eval_results v WHERE run_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM links WHERE target_kind = 'eval' AND target_id = v.id)",
            (run_id,),
        )
    }
    linked = {
        (str(row["source_kind"]), str(row["native_id"])): str(row["digest"])
        for row in db.execute(
            "SELECT source_kind, native_id, digest FROM eval_results v WHERE run_id = ?"
            " AND EXISTS (SELECT 1 FROM links WHERE target_kind = 'eval' AND target_id = v.id)",
            (run_id,),
        )
    }
    for record in records:
        digest = f"{reader}:{digest_eval(record)}"
        key = (record.source_kind, clean(record.native_id))
        if (*key, digest) in held:
            held.discard((*key, digest))
        elif linked.get(key) != digest:
            return True
    return bool(held)


def put_evals(
    w: Writer,
    run_id: str,
    records: Sequence[EvalRecord],
    new_id: Callable[[], str],
    reader: str,
) -> dict[str, list[str]]:
    """Upsert the eval results of a run; the ids under 'new', 'changed', 'same', 'removed'.

    What the source no longer says is removed, unless an entry links it.
    """
    outcome: dict[str, list[str]] = {"new": [], "changed": [], "same": [], "removed": []}
    held = {
        (str(row["source_kind"]), str(row["native_id"])): (str(row["id"]), str(row["digest"]))
        for row in w.db.execute(
            "SELECT source_kind, native_id, id, digest FROM eval_results WHERE run_id = ?",
            (run_id,),
        )
    }
    for record in records:
        digest = f"{reader}:{digest_eval(record)}"
        known = held.pop((record.source_kind, clean(record.native_id)), None)
        if known is not None and known[1] == digest:
            outcome["same"].append(known[0])
            continue
        id = known[0] if known else new_id()
        _put_eval(w, id, run_id, record, digest)
        outcome["changed" if known else "new"].append(id)
        w.changed("eval", id, "changed" if known else "created")
    for id, _digest in held.values():
        gone = w.db.execute(
            "DELETE FROM eval_results WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM links WHERE target_kind = 'eval' AND target_id = ?)",
            (id, id),
        )
        if gone.rowcount:
            outcome["removed"].append(id)
            w.changed("eval", id, "removed")
    return outcome


def _put_eval(w: Writer, id: str, run_id: str, record: EvalRecord, digest: str) -> None:
    values: dict[str, str | int | float | None] = {
        "run_id": run_id,
        "task": record.task,
        "metric": record.metric,
        "filter": record.filter,
        "score": record.score,
        "is_nan": record.is_nan,
        "stderr": record.stderr,
        "lower_is_better": record.lower_is_better,
        "unit": record.unit,
        "n_effective": record.n_effective,
        "n_original": record.n_original,
        "n_shot": record.n_shot,
        "estimate": record.estimate,
        "aggregate": record.aggregate,
        "dataset": dump(record.dataset),
        "library": dump(record.library),
        "model": record.model,
        "evaluated_at": record.evaluated_at,
        "source_file": record.source_file,
        "source_sha256": record.source_sha256,
        "extra": dump(record.extra),
        "digest": digest,
        "updated_at": w.now,
    }
    columns = ["id", "source_kind", "native_id", "imported_at", *values]
    sets = ", ".join(f"{column} = excluded.{column}" for column in values)
    w.db.execute(
        f"INSERT INTO eval_results ({', '.join(columns)})"
        f" VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (source_kind, native_id) DO UPDATE SET {sets}",
        [_plain(v) for v in (id, record.source_kind, record.native_id, w.now, *values.values())],
    )


def settle_links(w: Writer, run_ids: Set[str], *, by_name: bool) -> list[str]:
    """Turn links that wait for one of these runs into links to it; the entries touched.

    A link waits when it holds what the user typed: a native id or `mlflow:ID`, and, with `by_name`,
    a name that only one run bears.
    """
    touched: list[str] = []
    for link in waiting_links(w.db):
        typed = str(link["target_id"])
        fits = matches(w.db, typed) if by_name else native_matches(w.db, typed)
        if len(fits) != 1 or fits[0] not in run_ids:
            continue
        moved = w.db.execute(
            "UPDATE OR IGNORE links SET target_id = ? WHERE id = ?", (fits[0], link["id"])
        )
        if not moved.rowcount:  # the entry links the run already
            w.db.execute("DELETE FROM links WHERE id = ?", (link["id"],))
        touched.append(str(link["entry_id"]))
        w.changed("entry", str(link["entry_id"]))
    return touched


def waiting_links(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Links to runs that are not imported yet."""
    return db.execute(
        "SELECT id, entry_id, target_id FROM links WHERE target_kind = 'run'"
        " AND target_id NOT IN (SELECT id FROM runs)"
    ).fetchall()


def link_entry(w: Writer, link_id: str, entry_id: str, run_id: str) -> bool:
    """Link an entry to a run ('about'); False when it was linked."""
    added = w.db.execute(
        "INSERT OR IGNORE INTO links (id, entry_id, target_kind, target_id, relation, created_at)"
        " VALUES (?, ?, 'run', ?, 'about', ?)",
        (link_id, entry_id, run_id, w.now),
    )
    if added.rowcount:
        w.changed("entry", entry_id)
    return added.rowcount > 0
