"""Runs, metric points and eval results as some tool recorded them, and the rules over them.

Rules that real files taught: blank is not zero; NaN is kept; an estimate is another metric than the
final value; the direction of a metric may be unknown; an average over tasks is not a task; host,
user, remote and paths stay private (`PRIVATE`) and never reach a card.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from journal_app.domain.naming import CURVES, MAIN_METRICS, staged
from journal_app.domain.series import SERIES_LIMIT, SIGNAL_LIMIT, Series

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

STATUSES = ("running", "finished", "failed", "killed", "crashed", "unknown")
EVALUATION = "evaluation"  # `extra["record"]` of a run that is one evaluation, not a training
PRIVATE = "private"  # the key inside `extra` for what must never be shown or published
PARTS = "parts"  # the key inside `extra` for the native ids that files of the run bear alone
SOURCE_NAMES = {
    "lm_eval": "lm-evaluation-harness",
    "mlflow": "MLflow",
    "nanochat": "nanochat",
    "wandb": "W&B",
    "trackio": "Trackio",
}
SIGNALS = re.compile(r"(?:^|/)(?:lrm?|dt_ms|dt|tok_per_sec|mfu|bf16_mfu|epoch|total_time_min)$")

_LOWER = re.compile(r"(?:^|[/_ ])(?:loss|bpb|perplexity|ppl|error|wer|cer|mse|rmse|mae)$")
_HIGHER = re.compile(
    r"(?:^|[/_ ])(?:core_metric|core_metric_estimate|chatcore_metric|acc|accuracy|f1|reward|"
    r"rouge[-_]?[12lL]|exact_match)$"
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as its source tells it. Times are ms UTC; `clock` is 'utc', 'mtime' (the file's own
    time, no better known) or 'naive-local': the source names no zone, so its digits are kept as if
    they were UTC. (Read as this machine's time, a re-import after a journey would move them.)

    `metrics` holds the last values, None for NaN. `complete` is False where the record broke off.
    """

    source_kind: str
    native_id: str
    source_uri: str
    name: str
    project: str | None = None
    status: str = "unknown"
    started_at: int | None = None
    ended_at: int | None = None
    clock: str = "utc"
    params: Mapping[str, Json] = field(default_factory=dict)
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    main_metric: str | None = None
    git: Mapping[str, Json] = field(default_factory=dict)
    host: str | None = None
    tags: tuple[str, ...] = ()
    native_notes: str | None = None
    files: tuple[str, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class EvalRecord:
    """One metric of one task of one evaluation. `score` is None for NaN (`is_nan`).

    `estimate`: from a part of the data or during training. `aggregate`: an average over tasks.
    `unit`: 'fraction', 'percent' or None. `lower_is_better` is None where nobody said.
    """

    source_kind: str
    native_id: str
    task: str
    metric: str
    score: float | None
    source_file: str
    source_sha256: str
    filter: str | None = None
    is_nan: bool = False
    stderr: float | None = None
    lower_is_better: bool | None = None
    unit: str | None = None
    n_effective: int | None = None
    n_original: int | None = None
    n_shot: int | None = None
    estimate: bool = False
    aggregate: bool = False
    dataset: Mapping[str, Json] = field(default_factory=dict)
    library: Mapping[str, Json] = field(default_factory=dict)
    model: str | None = None
    evaluated_at: int | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)


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
    ended_at: int | None
    clock: str
    main_metric: str | None
    main_value: str
    n_points: int
    n_evals: int
    n_entries: int
    complete: bool
    n_warnings: int
    updated_at: int

    @property
    def when(self) -> int | None:
        """When it began, else when it was last seen."""
        return self.ended_at if self.started_at is None else self.started_at


@dataclass(frozen=True, slots=True)
class Run:
    """A run whole, without its points. `extra` has lost its private part unless asked for."""

    row: RunRow
    source_uri: str
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
class RunBundle:
    """One run whole: its record, its curves, its evals."""

    run: RunRecord
    series: Mapping[str, Series] = field(default_factory=dict)
    evals: tuple[EvalRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, among others that could."""

    path: str
    message: str


def tidy(value: object) -> Json:
    """A value as JSON can hold it: NaN and infinities become their names, the rest its text."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): tidy(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [tidy(item) for item in value]
    return str(value)


def dump(value: object) -> str:
    """Canonical JSON: the same text for the same value, never NaN."""
    text = json.dumps(tidy(value), ensure_ascii=False, sort_keys=True, allow_nan=False)
    # A lone surrogate can stand in a source's JSON (\ud800) but in no UTF-8 database.
    return text.encode("utf-8", "replace").decode("utf-8")


def digest_run(bundle: RunBundle, reader: str) -> str:
    """The same for the same content read by the same reader; where it lies does not count."""
    run = bundle.run
    hasher = hashlib.sha256(reader.encode())
    # A file's own time is no content: a copy of the file is the same record.
    times = (None, None) if run.clock == "mtime" else (run.started_at, run.ended_at)
    hasher.update(
        dump(
            [run.name, run.project, run.status, *times, run.clock, run.params,
             run.metrics, run.main_metric, run.git, run.host, run.tags, run.native_notes, run.extra,
             run.warnings, run.complete]
        ).encode()
    )  # fmt: skip
    for key in sorted(bundle.series):
        hasher.update(key.encode("utf-8", "replace") + bundle.series[key].fingerprint())
    return hasher.hexdigest()


def digest_eval(record: EvalRecord) -> str:
    """The same for the same result; the file's place does not count."""
    return hashlib.sha256(
        dump(
            [record.task, record.metric, record.filter, record.score, record.is_nan, record.stderr,
             record.lower_is_better, record.unit, record.n_effective, record.n_original,
             record.n_shot, record.estimate, record.aggregate, record.dataset, record.library,
             record.model, record.evaluated_at, record.extra]
        ).encode()
    ).hexdigest()  # fmt: skip


def short_hash(*parts: object) -> str:
    """Sixteen hexadecimal letters for an identity made of parts."""
    return hashlib.sha256(dump(list(parts)).encode()).hexdigest()[:16]


def main_metric(metrics: Iterable[str]) -> str | None:
    """The metric that a run is judged by: the best known, else the first by name.

    What the base run says of itself comes before what a later stage says.
    """
    names = sorted(metrics)
    known = [wanted for wanted in MAIN_METRICS if wanted in names]
    known = known or [form for wanted in MAIN_METRICS if (form := staged(wanted, names))]
    if known:
        return known[0]
    return next((n for n in names if not SIGNALS.search(n)), names[0] if names else None)


def main_curve(counts: Mapping[str, int]) -> str | None:
    """The series to draw: a validation curve, else a loss, else the longest; it has two points."""
    drawable = {key for key, n in counts.items() if n >= 2}
    for wanted in CURVES:
        if wanted in drawable:
            return wanted
    for wanted in CURVES:
        form = staged(wanted, drawable)
        if form is not None:
            return form
    rest = {key: n for key, n in counts.items() if n >= 2 and not SIGNALS.search(key)}
    return max(sorted(rest), key=lambda key: rest[key]) if rest else None


def lower_is_better(metric: str) -> bool | None:
    """The direction of a well-known metric; None for any other."""
    name = metric.split(",")[0]
    if _LOWER.search(name):
        return True
    return False if _HIGHER.search(name) else None


def series_limit(key: str) -> int:
    """How many points of this metric are worth keeping."""
    return SIGNAL_LIMIT if SIGNALS.search(key) else SERIES_LIMIT
