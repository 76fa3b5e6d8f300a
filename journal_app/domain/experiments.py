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
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | None | Sequence[Json] | Mapping[str, Json]"

STATUSES = ("running", "finished", "failed", "killed", "crashed", "unknown")
PRIVATE = "private"  # the key inside `extra` for what must never be shown or published
SOURCE_NAMES = {
    "lm_eval": "lm-evaluation-harness",
    "mlflow": "MLflow",
    "nanochat": "nanochat",
    "wandb": "W&B",
    "trackio": "Trackio",
}
PENDING_PREFIXES = ("mlflow", "wandb", "trackio")  # `mlflow:ID` in a link stands for native id ID
SERIES_LIMIT = 20_000  # points kept of one metric; more are thinned while they are read
SIGNAL_LIMIT = 2_000  # the same for machine signals: step time, throughput, schedule
CHART_POINTS = 200
SIGNALS = re.compile(r"(?:^|/)(?:lrm?|dt_ms|dt|tok_per_sec|mfu|bf16_mfu|epoch|total_time_min)$")

# The metrics worth a headline, best first: the number that a run is usually judged by.
MAIN_METRICS = (
    "val/bpb", "val_bpb", "core_metric", "chatcore_metric", "core_metric_estimate",
    "val/loss", "eval/loss", "val_loss", "eval_loss", "validation_loss", "reward", "pass@1",
    "train/loss", "train_loss", "loss",
)  # fmt: skip
CURVES = (
    "val/bpb", "val_bpb", "val/loss", "eval/loss", "val_loss", "eval_loss", "validation_loss",
    "train/loss", "train_loss", "loss", "reward",
)  # fmt: skip
_LOWER = re.compile(r"(?:^|[/_ ])(?:loss|bpb|perplexity|ppl|error|wer|cer|mse|rmse|mae)$")
_HIGHER = re.compile(
    r"(?:^|[/_ ])(?:core_metric|core_metric_estimate|chatcore_metric|acc|accuracy|f1|reward|"
    r"rouge[-_]?[12lL]|exact_match)$"
)


@dataclass(frozen=True, slots=True)
class MetricPoint:
    """One value of one metric. `value` is None where it is not a number; `at` is ms UTC."""

    step: float
    value: float | None
    at: int | None = None


class Series:
    """The points of one metric in the order they were read, bounded in memory.

    Beyond `limit` points every second is dropped and from then on every 2nd, 4th, … is kept; the
    last point is always kept, and so is the first NaN of a stretch. `seen` counts all of them.
    """

    __slots__ = ("_at", "_last", "_limit", "_steps", "_stride", "_values", "seen")

    def __init__(self, limit: int = SERIES_LIMIT) -> None:
        self._limit = max(4, limit)
        self._stride = 1
        self._steps = array("d")
        self._values = array("d")
        self._at = array("q")
        self._last: tuple[float, float, int] | None = None
        self.seen = 0

    def add(self, step: float, value: float, at: int | None = None) -> None:
        """Append a point; NaN and infinities are points like any other."""
        point = (step, value, -1 if at is None else at)
        fresh_nan = value != value and (self._last is None or self._last[1] == self._last[1])
        if self.seen % self._stride == 0 or (fresh_nan and len(self._steps) < 2 * self._limit):
            self._append(point)
            self._last = None if self.seen == 0 else self._last
            kept = True
        else:
            kept = False
        self._last = point
        self.seen += 1
        if kept and self.seen % self._stride == 1 % self._stride and len(self._steps) > self._limit:
            self._thin()

    def _append(self, point: tuple[float, float, int]) -> None:
        self._steps.append(point[0])
        self._values.append(point[1])
        self._at.append(point[2])

    def _thin(self) -> None:
        self._stride *= 2
        keep = [
            i
            for i, value in enumerate(self._values)
            if i % 2 == 0 or (value != value and self._values[i - 1] == self._values[i - 1])
        ]
        self._steps = array("d", (self._steps[i] for i in keep))
        self._values = array("d", (self._values[i] for i in keep))
        self._at = array("q", (self._at[i] for i in keep))

    @property
    def stride(self) -> int:
        """1 when every point was kept, else one in so many was."""
        return self._stride

    @property
    def last(self) -> float | None:
        """The last value read; None for an empty series."""
        return None if self._last is None else self._last[1]

    def points(self) -> Iterator[MetricPoint]:
        """The kept points; a value that is not a finite number is None."""
        for step, value, at in self._raw():
            yield MetricPoint(step, value if math.isfinite(value) else None, None if at < 0 else at)

    def _raw(self) -> Iterator[tuple[float, float, int]]:
        yield from zip(self._steps, self._values, self._at, strict=True)
        if self._last is not None and len(self._steps):
            tail = (self._steps[-1], self._values[-1], self._at[-1])
            same = tail == self._last or (tail[0] == self._last[0] and tail[1] != tail[1])
            if not same:
                yield self._last

    def fingerprint(self) -> bytes:
        """The same for the same kept points."""
        hasher = hashlib.sha256(self._steps.tobytes() + self._values.tobytes())
        hasher.update(self._at.tobytes() + repr((self.seen, self._last)).encode())
        return hasher.digest()


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as its source tells it. Times are ms UTC; `clock` is 'utc', 'naive-local' (a time
    without a zone, read as this machine's) or 'mtime' (the file's own time, no better known).

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
    hasher.update(
        dump(
            [run.name, run.project, run.status, run.started_at, run.ended_at, run.clock, run.params,
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
    """The metric that a run is judged by: the best known, else the first by name."""
    names = sorted(metrics)
    for wanted in MAIN_METRICS:
        if wanted in names:
            return wanted
    return next((n for n in names if not SIGNALS.search(n)), names[0] if names else None)


def main_curve(counts: Mapping[str, int]) -> str | None:
    """The series to draw: a validation curve, else a loss, else the longest; it has two points."""
    for wanted in CURVES:
        if counts.get(wanted, 0) >= 2:
            return wanted
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


def thin(points: Sequence[MetricPoint], limit: int = CHART_POINTS) -> list[MetricPoint]:
    """At most `limit` points for a small chart: of each stretch its lowest and highest.

    The first and the last stay; what is no number is left out.
    """
    good = [point for point in points if point.value is not None]
    if len(good) <= limit:
        return good
    limit = max(4, limit)
    inner = good[1:-1]
    buckets = (limit - 2) // 2
    kept = [good[0]]
    for b in range(buckets):
        part = inner[b * len(inner) // buckets : (b + 1) * len(inner) // buckets]
        ends = {
            min(range(len(part)), key=lambda i: (part[i].value or 0.0, i)),
            max(range(len(part)), key=lambda i: (part[i].value or 0.0, i)),
        }
        kept.extend(part[i] for i in sorted(ends))
    kept.append(good[-1])
    return kept
