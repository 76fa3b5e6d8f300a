"""What is shown of a run: numbers as text, headline metrics, the card inside an entry.

Nothing private gets in: a card is built from name, metrics and evals alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from journal_app.domain.experiments import (
    EVALUATION,
    PRIVATE,
    SIGNALS,
    SOURCE_NAMES,
    EvalRow,
    Json,
    Run,
)
from journal_app.domain.naming import MAIN_METRICS, STAGES, staged
from journal_app.domain.series import MetricPoint

HEADLINES = 4
LABELS = {
    "val/bpb": "val bpb",
    "val_bpb": "val bpb",
    "val/bpb_min": "lowest val bpb",
    "core_metric": "CORE",
    "core_metric_estimate": "CORE (estimate)",
    "chatcore_metric": "ChatCORE",
    "train/loss": "train loss",
    "total_training_time": "training time, s",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One number of a card: `note` says how sure it is ("± 0.006, n = 1,319")."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunCard:
    """What an entry shows of a run that it links."""

    id: str
    name: str
    source: str
    status: str
    started_at: int | None
    clock: str
    headlines: tuple[Headline, ...]
    curve_key: str | None
    curve: tuple[MetricPoint, ...]
    n_evals: int
    complete: bool
    warnings: tuple[str, ...] = ()

    @property
    def curve_label(self) -> str:
        """What the curve is, in words."""
        return label(self.curve_key) if self.curve_key else ""


def number(value: float | None, digits: int = 4) -> str:
    """A number as people write it: 0.8119, 16,704, 4.95e+09, 'not a number' for None."""
    if value is None:
        return "not a number"
    if not math.isfinite(value):
        return "not a number" if value != value else ("∞" if value > 0 else "-∞")
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    if abs(value) >= 1e6 or abs(value) < 10**-digits:
        return f"{value:.3g}"
    if abs(value) >= 1000:
        return f"{value:,.1f}"
    return f"{value:.{digits}f}" if abs(value) < 10 else f"{value:.2f}"


def label(metric: str) -> str:
    """A metric's name in words, with the stage where it is not the base run's."""
    stage, slash, rest = metric.partition("/")
    if slash and stage in STAGES[1:]:
        return f"{LABELS.get(rest, rest)} ({stage})"
    return LABELS.get(metric, metric)


def score_text(row: EvalRow) -> str:
    """A score with its unit: 0.0493, 60.3 %, 'not a number'; a blank one is '-'."""
    if row.score is None:
        return "not a number" if row.is_nan else "-"
    return f"{row.score:.1f} %" if row.unit == "percent" else number(row.score)


def score_note(row: EvalRow) -> str:
    """How far a score can be trusted: standard error, number of samples, estimate."""
    parts = []
    if row.stderr is not None:
        parts.append(f"± {number(row.stderr)}")
    if row.n_effective is not None:
        whole = row.n_original
        partial = whole is not None and row.n_effective < whole
        parts.append(f"n = {row.n_effective:,}" + (f" of {whole:,}" if partial else ""))
    if row.estimate:
        parts.append("estimate")
    return ", ".join(parts)


def eval_label(row: EvalRow) -> str:
    """Task and metric, with the filter and the stage where there is one."""
    marks = [row.filter] if row.filter and row.filter != "none" else []
    marks += [stage] if (stage := stage_of(row)) else []
    return f"{row.task} {row.metric}" + (f" ({', '.join(marks)})" if marks else "")


def stage_of(row: EvalRow) -> str:
    """The stage of the training that a result belongs to; "" for the base run's or none."""
    stage = row.extra.get("stage")
    return stage if isinstance(stage, str) else ""


def final_evals(evals: Sequence[EvalRow]) -> list[EvalRow]:
    """The last of each task, metric, filter, stage and model: repeats in training count once."""
    last: dict[tuple[str | bool | None, ...], EvalRow] = {}
    for row in evals:
        key = (row.task, row.metric, row.filter, row.estimate, stage_of(row), row.model)
        held = last.get(key)
        if held is None or _step(row) >= _step(held):
            last[key] = row
    return list(last.values())


def _step(row: EvalRow) -> float:
    step = row.extra.get("step")
    return float(step) if isinstance(step, int | float) else -1.0


def headlines(run: Run, evals: Sequence[EvalRow]) -> tuple[Headline, ...]:
    """The three or four numbers that say most: main metric first, then known ones, then evals."""
    if evals and run.extra.get("record") == EVALUATION:
        # its metrics repeat its evals, without their errors and numbers of samples
        heads = [
            Headline(eval_label(row), score_text(row), score_note(row))
            for row in sorted(final_evals(evals), key=lambda row: not row.aggregate)
            if row.score is not None or row.is_nan
        ]
        return tuple(heads[:HEADLINES])
    names = [run.row.main_metric] if run.row.main_metric in run.metrics else []
    names += [form for name in MAIN_METRICS if (form := staged(name, run.metrics))]
    chosen: dict[str, Headline] = {}
    for name in names:
        if name is not None and len(chosen) < HEADLINES - (1 if evals else 0):
            chosen.setdefault(label(name), Headline(label(name), number(run.metrics[name])))
    shown = [row for row in final_evals(evals) if _worth(row, run.metrics)]
    for row in sorted(shown, key=lambda row: (row.estimate, row.aggregate, -_stage_rank(row))):
        if len(chosen) < HEADLINES:
            head = Headline(eval_label(row), score_text(row), score_note(row))
            chosen.setdefault(head.label, head)
    for name in sorted(run.metrics):
        if len(chosen) < 3 and not SIGNALS.search(name):
            chosen.setdefault(label(name), Headline(label(name), number(run.metrics[name])))
    return tuple(chosen.values())


def _stage_rank(row: EvalRow) -> int:
    stage = stage_of(row)
    return STAGES.index(stage) if stage in STAGES else 0


def _worth(row: EvalRow, metrics: Mapping[str, float | None]) -> bool:
    if row.metric in ("centered", "sample_len") or (row.score is None and not row.is_nan):
        return False
    return not (row.aggregate and row.task in ("CORE", "ChatCORE") and metrics)


def build_card(
    run: Run, evals: Sequence[EvalRow], key: str | None, curve: Sequence[MetricPoint]
) -> RunCard:
    """The card of a run. `curve` has been thinned to what a small chart can show."""
    row = run.row
    return RunCard(
        row.id,
        row.name,
        SOURCE_NAMES.get(row.source_kind, row.source_kind),
        row.status,
        row.when,
        row.clock,
        headlines(run, evals),
        key,
        tuple(curve),
        row.n_evals,
        row.complete,
        run.warnings,
    )


def public(extra: Mapping[str, Json]) -> dict[str, Json]:
    """`extra` without its private part."""
    return {key: value for key, value in extra.items() if key != PRIVATE}


def when_text(ms: int | None, clock: str, zone: tzinfo) -> str:
    """A moment of a run in `zone`; one without a zone of its own is shown as it was written."""
    if ms is None:
        return "-"
    try:
        moment = datetime.fromtimestamp(ms / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return "-"
    if clock == "naive-local":
        return f"{moment:%Y-%m-%d %H:%M} (zone unknown)"
    text = f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{text} (file time)" if clock == "mtime" else text
