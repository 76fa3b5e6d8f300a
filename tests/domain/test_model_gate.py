"""The gate: verdicts name what failed, drift is no noise, a change asks for a new run."""

from __future__ import annotations

from dataclasses import replace

from journal_app.domain import model_gate
from journal_app.domain.model_gate import EvalRecord, Identity

WHO = Identity("p", "d1", "v1", "cpu: x", {"onnxruntime": "1.32.0"}, "notes test abc")
GOOD = {
    "fact_recall": 0.82,
    "fact_recall_extractive": 0.81,
    "number_errors": 0.0,
    "unsupported": 0.0,
}
BOUNDS = {"fact_recall": 0.80, "number_errors": 0, "unsupported": 0}


def record(at: int = 1, passed: bool = True, **changes: object) -> EvalRecord:
    made = EvalRecord(
        f"id{at}", at, WHO, GOOD, {f"n{i}": 0.8 for i in range(40)}, BOUNDS, passed, (), 1.0
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_verdict_names_every_threshold_that_is_not_kept() -> None:
    assert model_gate.judge(GOOD, BOUNDS) == (True, ())
    bad = {**GOOD, "fact_recall": 0.7, "number_errors": 2.0}
    passed, reasons = model_gate.judge(bad, BOUNDS)
    assert not passed
    assert reasons[0] == "Facts carried: 70.0 %, at least 80.0 % is needed"
    assert reasons[1] == "Wrong numbers: 2, at most 0 is allowed"
    assert "fall from 81.0 % to 70.0 %" in reasons[2]


def test_what_was_not_measured_does_not_pass() -> None:
    passed, reasons = model_gate.judge({**GOOD, "unsupported": None}, BOUNDS)
    assert not passed and "not measured" in reasons[0]
    assert model_gate.BY_NAME["joules"].words(None) == "not measurable here"


def test_the_gate_is_closed_without_an_eval_of_just_this() -> None:
    assert model_gate.verdict([], WHO)[0] is False
    assert model_gate.verdict([record()], WHO)[0] is True
    for change in (
        {"pack_digest": "d2"},
        {"prompt_version": "v2"},
        {"device": "npu: y"},
        {"versions": {"onnxruntime": "1.33.0"}},
        {"eval_set": "notes test def"},
    ):
        now = replace(WHO, **change)  # type: ignore[arg-type]
        open_, why = model_gate.verdict([record()], now)
        assert not open_ and "journal model eval" in why
        assert model_gate.due(record(), now, 2)
    assert "onnxruntime 1.32.0 became 1.33.0" in model_gate.changed(
        WHO, replace(WHO, versions={"onnxruntime": "1.33.0"})
    )


def test_a_failed_run_closes_it_with_its_reasons() -> None:
    open_, why = model_gate.verdict([record(passed=False, reasons=("too many",))], WHO)
    assert not open_ and "too many" in why


def test_a_drop_within_the_noise_is_none_and_beyond_it_closes_the_gate() -> None:
    before = record(1)
    shaky = {f"n{i}": 0.8 + (0.3 if i % 2 else -0.34) for i in range(40)}
    noise = record(2, results={**GOOD, "fact_recall": 0.80}, notes=shaky)
    assert model_gate.drift(before, noise) == ()
    steady = {f"n{i}": 0.72 for i in range(40)}
    fallen = record(2, results={**GOOD, "fact_recall": 0.74}, notes=steady)
    assert "fell from 82.0 % to 74.0 %" in model_gate.drift(before, fallen)[0]
    assert model_gate.verdict([fallen, before], WHO)[0] is False
    wrong = record(2, results={**GOOD, "number_errors": 1.0})
    assert "Wrong numbers rose from 0 to 1" in model_gate.drift(before, wrong)
    other = replace(fallen, identity=replace(WHO, eval_set="other"))
    assert model_gate.drift(before, other) == ()  # other notes are not comparable


def test_a_month_later_it_is_due_again() -> None:
    assert model_gate.due(None, WHO, 0) == ("it never ran here",)
    assert model_gate.due(record(1), WHO, model_gate.MONTH) == ()
    assert "more than a month" in model_gate.due(record(1), WHO, model_gate.MONTH + 2)[0]
