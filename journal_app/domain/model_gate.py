"""The gate that a pack must pass before it may put anybody's sentences into words of its own.

A verdict is evidence, not a flag: it names the thresholds, the figures, the digest of the pack, the
prompt, the device and the versions below it. Any change of these asks for a new run; a drop beyond
the noise floor closes the gate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

MONTH = 30 * 24 * 3600 * 1000  # milliseconds after which the same eval runs again
NOISE = 2.0  # standard errors of the paired differences between two runs of one eval set
LEAST_NOISE = 0.01  # of a share: two runs on other kernels differ by a fact now and then


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of the gate. `scale` turns it into `unit` for people."""

    name: str
    label: str
    unit: str
    better: Literal["higher", "lower"]
    digits: int = 2
    scale: float = 1.0

    def words(self, value: float | None) -> str:
        """The figure for people; an unknown one is not a zero."""
        if value is None:
            return "not measurable here"
        unit = f" {self.unit}" if self.unit else ""
        return f"{value * self.scale:,.{self.digits}f}{unit}"


METRICS = (
    Metric("fact_recall", "Facts carried", "%", "higher", 1, 100),
    Metric("fact_recall_extractive", "Facts carried without the pack", "%", "higher", 1, 100),
    Metric("unsupported", "Unsupported sentences", "%", "lower", 1, 100),
    Metric("number_errors", "Wrong numbers", "", "lower", 0),
    Metric("fallback", "Sentences that fell back", "%", "lower", 1, 100),
    Metric("raw_failed", "Answers that failed a check", "%", "lower", 1, 100),
    Metric("rouge1", "ROUGE-1", "", "higher", 1),
    Metric("rouge2", "ROUGE-2", "", "higher", 1),
    Metric("rougeL", "ROUGE-L", "", "higher", 1),
    Metric("decode", "Written", "tokens/s", "higher", 0),
    Metric("prefill", "Read", "tokens/s", "higher", 0),
    Metric("memory", "Memory", "MB", "lower", 0, 1e-6),
    Metric("joules", "Energy of a summary", "J", "lower", 1),
)
BY_NAME = {metric.name: metric for metric in METRICS}


@dataclass(frozen=True, slots=True)
class Identity:
    """What an eval was run with; a change of any part asks for a new run.

    `device` is the kind and name of the device; `versions` of the runtime and the provider below
    the model, by package; `eval_set` names the notes and papers with a digest."""

    pack: str
    pack_digest: str
    prompt_version: str
    device: str
    versions: Mapping[str, str]
    eval_set: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured, by metric (None: not measurable), and the share of facts carried
    note by note."""

    results: Mapping[str, float | None]
    notes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class EvalRecord:
    """One run of the gate. `results` by metric (None: not measurable); `notes` the share of facts
    carried, note by note; `thresholds` as judged; `at` in milliseconds since 1970 (UTC)."""

    id: str
    at: int
    identity: Identity
    results: Mapping[str, float | None]
    notes: Mapping[str, float]
    thresholds: Mapping[str, float]
    passed: bool
    reasons: tuple[str, ...]
    seconds: float


def judge(
    results: Mapping[str, float | None], thresholds: Mapping[str, float]
) -> tuple[bool, tuple[str, ...]]:
    """Whether every threshold is kept, and in words which are not.

    A threshold is a least value where higher is better, else a most value. Beside them stands one
    rule: a pack must not carry fewer facts than the sentences that it was given.
    """
    reasons = []
    for name, bound in thresholds.items():
        metric, value = BY_NAME[name], results.get(name)
        if value is None:
            reasons.append(f"{metric.label}: not measured")
        elif metric.better == "higher" and value < bound:
            reasons.append(
                f"{metric.label}: {metric.words(value)}, at least {metric.words(bound)} is needed"
            )
        elif metric.better == "lower" and value > bound:
            reasons.append(
                f"{metric.label}: {metric.words(value)}, at most {metric.words(bound)} is allowed"
            )
    with_pack, without = results.get("fact_recall"), results.get("fact_recall_extractive")
    if with_pack is not None and without is not None and with_pack < without - LEAST_NOISE:
        reasons.append(
            f"Facts carried fall from {BY_NAME['fact_recall'].words(without)} to "
            f"{BY_NAME['fact_recall'].words(with_pack)} when the pack words the sentences"
        )
    return not reasons, tuple(reasons)


def changed(before: Identity, now: Identity) -> tuple[str, ...]:
    """What differs between two runs, in words; empty when the older one still speaks for both."""
    found = []
    for name, label in (
        ("pack_digest", "the pack"),
        ("prompt_version", "the prompt"),
        ("device", "the device"),
        ("eval_set", "the eval set"),
    ):
        if getattr(before, name) != getattr(now, name):
            found.append(f"{label} changed")
    for package in sorted({*before.versions, *now.versions}):
        old, new = before.versions.get(package, "none"), now.versions.get(package, "none")
        if old != new:
            found.append(f"{package} {old} became {new}")
    return tuple(found)


def noise_floor(before: Mapping[str, float], now: Mapping[str, float]) -> float:
    """How far the mean share of facts may fall by chance: NOISE standard errors of the paired
    differences over the notes that both runs read, at least LEAST_NOISE."""
    differences = [now[name] - before[name] for name in before if name in now]
    if len(differences) < 2:
        return LEAST_NOISE
    mean = math.fsum(differences) / len(differences)
    spread = math.fsum((d - mean) ** 2 for d in differences) / (len(differences) - 1)
    return max(LEAST_NOISE, NOISE * math.sqrt(spread / len(differences)))


def drift(before: EvalRecord, now: EvalRecord) -> tuple[str, ...]:
    """What fell beyond the noise floor since an earlier run, in words."""
    if before.identity.eval_set != now.identity.eval_set:
        return ()  # other notes: not comparable
    found = []
    old, new = before.results.get("fact_recall"), now.results.get("fact_recall")
    if old is not None and new is not None:
        floor = noise_floor(before.notes, now.notes)
        if old - new > floor:
            found.append(
                f"Facts carried fell from {100 * old:.1f} % to {100 * new:.1f} %; "
                f"{100 * floor:.1f} points are noise"
            )
    for name in ("number_errors", "unsupported"):
        old, new = before.results.get(name), now.results.get(name)
        if old is not None and new is not None and new > old:
            metric = BY_NAME[name]
            found.append(f"{metric.label} rose from {metric.words(old)} to {metric.words(new)}")
    return tuple(found)


def fallen(records: Sequence[EvalRecord]) -> tuple[str, ...]:
    """What the newest run lost, in words; `records` newest first.

    Measured from the last run that passed and had not drifted itself: running a fallen pack twice
    must not make the fall the new measure.
    """
    good: EvalRecord | None = None
    for one in reversed(records[1:]):
        if one.passed and (good is None or not drift(good, one)):
            good = one
    return drift(good, records[0]) if good is not None and records else ()


def due(latest: EvalRecord | None, now: Identity, at: int) -> tuple[str, ...]:
    """Why the eval should run (again); empty when it need not."""
    if latest is None:
        return ("it never ran here",)
    reasons = changed(latest.identity, now)
    if not reasons and at - latest.at > MONTH:
        reasons = ("the last run is more than a month old",)
    return reasons


def verdict(records: Sequence[EvalRecord], now: Identity) -> tuple[bool, str]:
    """Whether the gate is open for what is installed now, and why; `records` newest first."""
    if not records:
        return False, "It was not evaluated on this device yet: `journal model eval`."
    latest = records[0]
    if differs := changed(latest.identity, now):
        return False, f"Since its last eval {', '.join(differs)}: `journal model eval` runs again."
    if not latest.passed:
        return False, "It did not pass: " + "; ".join(latest.reasons) + "."
    if fell := fallen(records):
        return False, "It drifted: " + "; ".join(fell) + "."
    return True, "It passed every threshold on this device."


def as_json(record: EvalRecord) -> dict[str, Any]:
    """For `--json` and `--record`."""
    identity = record.identity
    return {
        "id": record.id,
        "at": record.at,
        "pack": identity.pack,
        "pack_digest": identity.pack_digest,
        "prompt_version": identity.prompt_version,
        "device": identity.device,
        "versions": dict(identity.versions),
        "eval_set": identity.eval_set,
        "results": dict(record.results),
        "thresholds": dict(record.thresholds),
        "passed": record.passed,
        "reasons": list(record.reasons),
        "seconds": record.seconds,
    }
