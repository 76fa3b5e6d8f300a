"""What is shown of a run: numbers as text, headline metrics, the card inside an entry.

Nothing private gets in: a card is built from name, metrics and evals alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from journal_app.domain.experiments import (
    MAIN_METRICS,
    PRIVATE,
    SIGNALS,
    SOURCE_NAMES,
    Json,
    MetricPoint,
)

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
class RunRow:
    """What a list shows of a run. Times are ms UTC; `main_value` is the text of the main metric."""

    id: str
    source_kind: str
    native_id: str
    name: str
    project: str | None
    status: str
    started_at: int | None
    clock: str
    main_metric: str | None
    main_value: str
    n_points: int
    n_evals: int
    n_entries: int
    complete: bool
    n_warnings: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run whole, without its points. `extra` has lost its private part unless asked for."""

    row: RunRow
    source_uri: str
    ended_at: int | None
    params: Mapping[str, Json]
    metrics: Mapping[str, float | None]
    git: Mapping[str, Json]
    tags: tuple[str, ...]
    native_notes: str | None
    files: tuple[str, ...]
    extra: Mapping[str, Json]
    warnings: tuple[str, ...]
    series: Mapping[str, int] = field(default_factory=dict)
    reader: str = ""
    imported_at: int = 0

    @property
    def id(self) -> str:
        """The run's ULID."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class EvalRow:
    """A stored eval result. Fields as in EvalRecord."""

    id: str
    run_id: str | None
    task: str
    metric: str
    filter: str | None
    score: float | None
    is_nan: bool
    stderr: float | None
    lower_is_better: bool | None
    unit: str | None
    n_effective: int | None
    n_original: int | None
    n_shot: int | None
    estimate: bool
    aggregate: bool
    dataset: Mapping[str, Json]
    library: Mapping[str, Json]
    model: str | None
    evaluated_at: int | None
    source_file: str
    source_sha256: str
    extra: Mapping[str, Json]


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
    """A metric's name in words."""
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


def as_fraction(value: float, unit: str | None) -> float:
    """A score as a fraction, so that 60.31 % and 0.6031 compare."""
    return value / 100 if unit == "percent" else value


def eval_label(row: EvalRow) -> str:
    """Task and metric, with the filter where there is one."""
    filtered = row.filter and row.filter != "none"
    return f"{row.task} {row.metric}" + (f" ({row.filter})" if filtered else "")


def final_evals(evals: Sequence[EvalRow]) -> list[EvalRow]:
    """The last of each task, metric and filter: an evaluation repeated in training counts once."""
    last: dict[tuple[str, str, str | None, bool], EvalRow] = {}
    for row in evals:
        key = (row.task, row.metric, row.filter, row.estimate)
        held = last.get(key)
        if held is None or _step(row) >= _step(held):
            last[key] = row
    return list(last.values())


def _step(row: EvalRow) -> float:
    step = row.extra.get("step")
    return float(step) if isinstance(step, int | float) else -1.0


def headlines(run: Run, evals: Sequence[EvalRow]) -> tuple[Headline, ...]:
    """The three or four numbers that say most: main metric first, then known ones, then evals."""
    names = [run.row.main_metric] if run.row.main_metric in run.metrics else []
    names += [name for name in MAIN_METRICS if name in run.metrics]
    chosen: dict[str, Headline] = {}
    for name in names:
        if name is not None and len(chosen) < HEADLINES - (1 if evals else 0):
            chosen.setdefault(label(name), Headline(label(name), number(run.metrics[name])))
    shown = [row for row in final_evals(evals) if _worth(row, run.metrics)]
    for row in sorted(shown, key=lambda row: (row.estimate, row.aggregate)):
        if len(chosen) < HEADLINES:
            head = Headline(eval_label(row), score_text(row), score_note(row))
            chosen.setdefault(head.label, head)
    for name in sorted(run.metrics):
        if len(chosen) < 3 and not SIGNALS.search(name):
            chosen.setdefault(label(name), Headline(label(name), number(run.metrics[name])))
    return tuple(chosen.values())


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
        row.started_at,
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
