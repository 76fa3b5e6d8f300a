"""The numbers that the runs and evals linked to an entry hold, as claims are compared with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from journal_app.domain.experiments import SIGNALS
from journal_app.domain.preflight.numbers import Fact
from journal_app.domain.preflight.numbers_names import Kind, mentioned
from journal_app.domain.runcards import eval_label
from journal_app.store import experiments, gates

_CURVE = (
    "SELECT min(value) AS low, max(value) AS high FROM metric_points"
    " WHERE run_id = ? AND key = ? AND is_nan = 0"
)
_UNSAID = frozenset({"sample_len", "centered"})  # nobody writes these


def facts(db: sqlite3.Connection, entry_id: str, text: str) -> list[Fact]:
    """Scores, last metrics (with the lowest and highest of their curves) and parameters, of which
    `text` names the task, the metric or the parameter."""
    found = [
        *_scores(db, entry_id),
        *(fact for run in experiments.linked_runs(db, entry_id) for fact in _of_run(db, run)),
    ]
    low = text.lower()
    known: dict[tuple[Kind, str], bool] = {}

    def named(kind: Kind, name: str) -> bool:
        if (kind, name) not in known:
            known[kind, name] = mentioned(text, low, kind, name)
        return known[kind, name]

    return [
        _with_curve(db, run_id, fact)
        for run_id, fact in found
        if (fact.task and named("task", fact.task))
        or named("metric" if fact.kind == "task" else fact.kind, fact.name)
    ]


def _with_curve(db: sqlite3.Connection, run_id: str, fact: Fact) -> Fact:
    if fact.kind != "metric":
        return fact
    row = db.execute(_CURVE, (run_id, fact.name)).fetchone()
    return replace(fact, others=tuple(float(one) for one in row if one is not None))


def _scores(db: sqlite3.Connection, entry_id: str) -> Iterator[tuple[str, Fact]]:
    names: dict[str, str] = {}
    for result in gates.results(db, entry_id):
        row = result.row
        if row.metric in _UNSAID or (row.score is None and not row.is_nan):
            continue
        run = row.run_id or ""
        if run and run not in names:
            names[run] = experiments.get(db, run).row.name
        day = datetime.fromtimestamp(result.at / 1000, UTC).strftime("%Y-%m-%d")
        told = f"the linked eval {eval_label(row)} of {day}"
        score = None if row.is_nan else row.score
        metric = row.metric.split(",")[0]
        yield (
            run,
            Fact(
                "task", metric, score, row.task, row.unit, names.get(run, ""), row.model or "", told
            ),
        )


def _of_run(db: sqlite3.Connection, run_id: str) -> Iterator[tuple[str, Fact]]:
    run = experiments.get(db, run_id)
    name = run.row.name
    for key, value in run.metrics.items():
        if not SIGNALS.search(key):
            yield run_id, Fact("metric", key, value, run=name, told=f"the run {name}")
    for key, param in run.params.items():
        if isinstance(param, int | float) and not isinstance(param, bool):
            yield run_id, Fact("param", key, float(param), run=name, told=f"the run {name}")
