"""Gates: what opens one, and the many ways in which it stays shut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journal_app.domain.experiments import EvalRow
from journal_app.domain.gates import Gate, Result, judge, parse_rule
from journal_app.errors import JournalError

GATE = Gate("g", "p", "quality", "gsm8k", "exact_match", ">=", 0.45)


def row(score: float | None, **more: object) -> EvalRow:
    made = EvalRow(
        "e", "r", "gsm8k", "exact_match", "strict-match", score, score is None, 0.01, False, None,
        100, 100, 5, False, False, {}, {}, "m", 1, "f", "s", {},
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def result(score: float | None, at: int = 1, complete: bool = True, **more: object) -> Result:
    return Result(row(score, **more), complete, at)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (">=0.45", (">=", 0.45)),
        ("> 1e-3", (">", 0.001)),
        ("<= 45 %", ("<=", 0.45)),
        ("≥0.5", (">=", 0.5)),
        ("<-1", ("<", -1.0)),
    ],
)
def test_rules(text: str, rule: tuple[str, float]) -> None:
    op, threshold = parse_rule(text)
    assert op == rule[0]
    assert threshold == pytest.approx(rule[1])


@pytest.mark.parametrize("text", ["", "0.45", "=0.45", ">=", ">=x", ">=nan", "=>0.4", ">=1e999"])
def test_what_is_no_rule_says_how_one_looks(text: str) -> None:
    with pytest.raises(JournalError) as raised:
        parse_rule(text)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("score", "passed"), [(0.45, True), (0.4501, True), (0.4499, False), (0.0, False)]
)
def test_a_gate_opens_for_a_score_that_reaches_it(score: float, passed: bool) -> None:
    found = judge(GATE, [result(score)])
    assert found.passed is passed
    assert found.score == score
    assert found.eval_id == "e"
    assert "± 0.01" in found.reason


@pytest.mark.parametrize(
    ("results", "word"),
    [
        ([], "no linked result"),
        ([result(0.9, task="mmlu")], "no linked result"),
        ([result(None)], "not a number"),
        ([result(float("nan"))], "not a number"),
        ([result(0.9, estimate=True)], "estimate"),
        ([result(0.9, complete=False)], "incomplete"),
        ([result(0.9), result(0.1, model="other")], "contradict"),
        ([result(0.9), result(0.1, filter="flexible-extract")], "contradict"),
        ([result(0.9, unit="fraction")], ""),
    ],
)
def test_what_keeps_it_shut_is_said(results: list[Result], word: str) -> None:
    found = judge(GATE, results)
    assert found.passed is not bool(word)
    assert word in found.reason


def test_the_newest_result_of_a_model_counts() -> None:
    assert judge(GATE, [result(0.2, at=1), result(0.5, at=2)]).passed
    assert not judge(GATE, [result(0.5, at=1), result(0.2, at=2)]).passed
    late = result(0.5, at=1, extra={"step": 200})
    assert judge(GATE, [late, result(0.2, at=1, extra={"step": 100})]).passed


def test_of_several_that_agree_the_worst_is_told() -> None:
    assert judge(GATE, [result(0.9), result(0.5, model="other")]).score == 0.5


def test_names_percent_and_filters() -> None:
    assert judge(replace(GATE, task="GSM8K", metric="exact-match"), [result(0.5)]).passed
    assert judge(GATE, [result(50.0, unit="percent")]).passed
    found = judge(replace(GATE, threshold=45), [result(0.9, unit="fraction")])
    assert not found.passed
    assert "45 %" in found.reason
    both = [result(0.9), result(0.1, filter="flexible-extract")]
    assert judge(replace(GATE, filter="strict-match"), both).passed
    assert judge(replace(GATE, metric="exact_match,strict-match"), both).passed
    assert judge(replace(GATE, op="<", threshold=1.2), [result(0.9)]).passed
