"""Eval results as an import would keep them, without one."""

from __future__ import annotations

from journal_app.journal import Journal


def add_eval(
    journal: Journal,
    task: str,
    metric: str,
    score: float | None,
    *,
    run: str | None = None,
    filter: str | None = None,
    model: str | None = None,
    at: int | None = None,
    unit: str | None = None,
) -> str:
    """The id of an eval result; NaN where there is no score."""
    id, now = journal.store.new_id(), journal.store.now()
    with journal.store.write() as w:
        w.db.execute(
            "INSERT INTO eval_results (id, source_kind, native_id, run_id, task, metric, filter,"
            " score, is_nan, unit, model, evaluated_at, source_file, source_sha256, digest,"
            " imported_at, updated_at) VALUES (?, 'x', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '',"
            " ?, ?)",
            (id, id, run, task, metric, filter, score, score is None, unit, model, at, now, now),
        )
    return id
