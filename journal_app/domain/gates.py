"""Gates of a post: a named threshold on an eval result. It opens for results, never by hand.

Invariants: no result, no number, an estimate, an incomplete run, or results that contradict each
other keep a gate shut, with the reason; only a result that is final and newest counts.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journal_app.domain.experiments import EvalRow
from journal_app.domain.runcards import number, score_text, stage_of
from journal_app.errors import JournalError

OPERATORS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
_RULE = re.compile(
    r"\s*(?P<op>>=|<=|≥|≤|>|<)\s*(?P<value>[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(?P<percent>%)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before a post goes out: `task` `metric` `op` `threshold`."""

    id: str
    post_id: str
    name: str
    task: str
    metric: str
    op: str
    threshold: float
    filter: str = ""
    created_at: int = 0

    @property
    def rule(self) -> str:
        """The rule in words: "gsm8k exact_match (strict-match) >= 0.45"."""
        mark = f" ({self.filter})" if self.filter else ""
        return f"{self.task} {self.metric}{mark} {self.op} {self.threshold:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """An eval result that is linked to a post: whether its run is whole, when it was measured."""

    row: EvalRow
    complete: bool
    at: int  # ms UTC: when it was evaluated, else imported


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says now. `score` and `eval_id` are of the result that decided, if any."""

    gate: Gate
    passed: bool
    score: float | None
    reason: str
    eval_id: str | None = None


def parse_rule(text: str) -> tuple[str, float]:
    """(operator, threshold) of ">=0.45" or ">= 45 %". Raises JournalError."""
    found = _RULE.fullmatch(text)
    if found is None:
        raise JournalError(
            f"{text!r} is no rule.", 'Write an operator and a number: ">=0.45", "<1.2", ">= 45 %".'
        )
    value = float(found["value"])
    if not math.isfinite(value):
        raise JournalError(f"{text!r} is no number that a score could reach.", "Write >=0.45.")
    op = {"≥": ">=", "≤": "<="}.get(found["op"], found["op"])
    return op, value / 100 if found["percent"] else value


def named(text: str) -> str:
    """A name as it is compared: case, `-` and `_` do not count."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def judge(gate: Gate, results: Sequence[Result]) -> Verdict:
    """What the linked results say of a gate."""
    about = [one for one in results if _meant(gate, one.row)]
    if not about:
        return Verdict(gate, False, None, f"no linked result of {gate.task} {gate.metric}")
    counted = [one for one in about if one.complete and not one.row.estimate]
    if not counted:
        why = "only an estimate" if any(one.complete for one in about) else "its run is incomplete"
        return Verdict(gate, False, about[0].row.score, why, about[0].row.id)
    verdicts = [_one(gate, one.row) for one in _newest(counted)]
    if len({one.passed for one in verdicts}) > 1:
        said = ", ".join(sorted({number(one.score) for one in verdicts}))
        return Verdict(
            gate,
            False,
            None,
            f"the linked results contradict each other: {said}"
            + ("" if gate.filter else "; name a filter, or unlink what is not meant"),
        )
    worst = min if gate.op in (">=", ">") else max
    numbers = [one for one in verdicts if one.score is not None]
    return worst(numbers, key=lambda one: one.score or 0.0) if numbers else verdicts[0]


def _meant(gate: Gate, row: EvalRow) -> bool:
    metric, _, filter = row.metric.partition(",")
    wanted, _, more = gate.metric.partition(",")
    if named(row.task) != named(gate.task) or named(metric) != named(wanted):
        return False
    kept = gate.filter or more
    return not kept or named(row.filter or filter) == named(kept)


def _newest(results: Sequence[Result]) -> list[Result]:
    """The last result of each run or model, stage and filter; a later step before an earlier."""
    last: dict[tuple[Any, ...], Result] = {}
    for one in results:
        row = one.row
        key = (row.model or row.run_id, stage_of(row), row.filter, row.n_shot)
        held = last.get(key)
        if held is None or _age(one) >= _age(held):
            last[key] = one
    return list(last.values())


def _age(one: Result) -> tuple[int, float]:
    step = one.row.extra.get("step")
    return one.at, float(step) if isinstance(step, int | float) else -1.0


def _one(gate: Gate, row: EvalRow) -> Verdict:
    score = row.score
    if score is None or row.is_nan or not math.isfinite(score):
        return Verdict(gate, False, None, "the result is not a number", row.id)
    if row.unit == "percent" and abs(gate.threshold) <= 1:
        score /= 100
    if row.unit == "fraction" and gate.threshold > 1:
        why = f"the result is a fraction and can never reach {gate.threshold:g}: write 0.45 or 45 %"
        return Verdict(gate, False, score, why, row.id)
    passed = bool(OPERATORS[gate.op](score, gate.threshold))
    spread = f" ± {number(row.stderr)}" if row.stderr is not None else ""
    word = "is" if passed else "is not"
    return Verdict(gate, passed, score, f"{score_text(row)}{spread} {word} {gate.op} "
                   f"{gate.threshold:g}", row.id)  # fmt: skip
