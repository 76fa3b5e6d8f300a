"""The gate of packs: evals are kept, verdicts follow what is installed now, drift stays closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain import model_gate
from journal_app.domain.changes import Change
from journal_app.domain.model_gate import MONTH, Figures, Identity
from journal_app.errors import Cancelled, JournalError
from journal_app.journal import Journal
from journal_app.services.model_gate import ModelGateService
from tests.helpers.gates import WRITER, FakeEvaluator, add_run, figures, identity

CLOCK = [1_800_000_000_000]


class Evaluator(FakeEvaluator):
    """One whose identity a test changes and whose pack may not load."""

    def __init__(self, **options: float) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.now = identity()
        self.loaded: list[str] = []
        self.broken = ""

    def identity(self, pack: str, device: str = "") -> Identity:
        if pack not in self.packs:
            raise JournalError(f"The pack {pack} is not installed.", "")
        if not device:
            self.loaded.append(pack)
            if self.broken:
                raise JournalError(self.broken, "")
        return replace(self.now, pack=pack, device=device or self.now.device)


@pytest.fixture
def journal(journal_folder: Path) -> Iterator[Journal]:
    with Journal(journal_folder, now=lambda: CLOCK[0]) as opened:
        yield opened


@pytest.fixture
def evaluator() -> Evaluator:
    return Evaluator()


@pytest.fixture
def gate(journal: Journal, evaluator: Evaluator) -> ModelGateService:
    ticks = iter(range(1000))
    return ModelGateService(journal.store, evaluator, timer=lambda: float(next(ticks)))


def test_an_eval_is_kept_told_and_opens_the_gate(
    journal: Journal, gate: ModelGateService, evaluator: Evaluator
) -> None:
    before = gate.permission(WRITER)
    assert not before.allowed and "not evaluated on this device yet" in before.why
    assert gate.due(WRITER) == () and gate.notices() == [] and gate.writers() == (WRITER,)
    heard: list[Change] = []
    journal.subscribe(heard.extend)
    seen: list[tuple[int, int]] = []
    made = gate.evaluate(WRITER, progress=lambda done, total: seen.append((done, total)))
    assert made.passed and made.reasons == () and made.seconds == 1.0 and made.at == CLOCK[0]
    assert made.identity == identity() and made.results["joules"] is None
    assert [(one.noun, one.id, one.op) for one in heard] == [("model_eval", made.id, "created")]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert gate.history(WRITER) == gate.history() == [made]
    assert gate.permission(WRITER).allowed and gate.standing(WRITER)[0]
    assert gate.history("other") == []


def test_what_fails_its_thresholds_stays_closed_with_its_reasons(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    evaluator.recall = 0.70
    made = gate.evaluate(WRITER)
    assert not made.passed and made.reasons
    evaluator.loaded.clear()
    closed = gate.permission(WRITER)
    assert not closed.allowed and "at least 80.0 % is needed" in closed.why
    assert evaluator.loaded == [], "a pack that failed is not loaded to say so"


@pytest.mark.parametrize("step", [0, 2])
def test_a_cancelled_eval_keeps_nothing(
    gate: ModelGateService, evaluator: Evaluator, step: int
) -> None:
    def check() -> None:
        if evaluator.runs and here[0] >= step:
            raise Cancelled

    here = [0]
    evaluator.before_step = lambda at: here.__setitem__(0, at)
    with pytest.raises(Cancelled):
        gate.evaluate(WRITER, check=check)
    assert gate.history() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pack_digest": "e" * 64}, "the pack changed"),
        ({"prompt_version": "p/2"}, "the prompt changed"),
        ({"eval_set": "notes 0"}, "the eval set changed"),
        ({"versions": {"onnxruntime": "1.28.0", "system": "Linux 6.8"}}, "1.27.0 became 1.28.0"),
        ({"versions": {"onnxruntime": "1.27.0"}}, "system Linux 6.8 became none"),
    ],
)
def test_any_change_closes_the_gate_until_it_ran_again(
    gate: ModelGateService, evaluator: Evaluator, change: dict[str, object], says: str
) -> None:
    gate.evaluate(WRITER)
    evaluator.now = replace(evaluator.now, **change)  # type: ignore[arg-type]
    for allowed, why in (gate.standing(WRITER), _pair(gate)):
        assert not allowed and says in why and "journal model eval" in why
    assert says in "; ".join(gate.due(WRITER))
    assert gate.notices() == [f"{WRITER} should be evaluated again: {'; '.join(gate.due(WRITER))}."]
    gate.evaluate(WRITER)
    assert gate.permission(WRITER).allowed and gate.due(WRITER) == () and gate.notices() == []


def _pair(gate: ModelGateService) -> tuple[bool, str]:
    found = gate.permission(WRITER)
    return found.allowed, found.why


def test_on_another_device_than_it_passed_on_it_may_not_write(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    gate.evaluate(WRITER)
    evaluator.now = replace(evaluator.now, device="cpu: Xeon")
    assert gate.standing(WRITER)[0], "nothing is loaded to see the device"
    closed = gate.permission(WRITER)
    assert not closed.allowed and "the device changed" in closed.why


def test_a_pack_that_passed_and_cannot_be_loaded_now_costs_no_summary(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    gate.evaluate(WRITER)
    evaluator.broken = "It needs about 240 MB beside the 90 MB that the process holds."
    closed = gate.permission(WRITER)
    assert not closed.allowed and closed.why == evaluator.broken


def test_a_pack_that_was_removed_is_said_and_its_runs_stay(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    gate.evaluate(WRITER)
    evaluator.packs = ()
    assert gate.permission(WRITER) == model_gate_missing()
    assert gate.standing(WRITER) == (False, f"No pack {WRITER} that writes is installed.")
    assert gate.due(WRITER) == () and gate.notices() == [] and len(gate.history()) == 1
    with pytest.raises(JournalError, match="not installed"):
        gate.evaluate(WRITER)


def model_gate_missing() -> object:
    from journal_app.domain.generate import Permission

    return Permission("", False, f"No pack {WRITER} that writes is installed.")


def test_a_pack_that_is_changed_while_it_is_read_gets_no_figures(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    def swap(step: int) -> None:
        evaluator.now = replace(evaluator.now, pack_digest="e" * 64)

    evaluator.before_step = swap
    with pytest.raises(JournalError, match="changed while its eval ran"):
        gate.evaluate(WRITER)
    assert gate.history() == []


def test_a_fall_closes_the_gate_and_a_second_run_of_it_does_not_open_it(
    journal: Journal, gate: ModelGateService, evaluator: Evaluator
) -> None:
    add_run(journal, 0.90, CLOCK[0] - 2)
    assert gate.permission(WRITER).allowed
    evaluator.recall = 0.845  # above the threshold of 0.80 and of what it was given
    for _ in range(3):
        assert gate.evaluate(WRITER).passed
        closed = gate.permission(WRITER)
        assert not closed.allowed and "drifted" in closed.why and "from 90.0 %" in closed.why
        (notice,) = gate.notices()
        assert notice.startswith(f"{WRITER} drifted, its gate is closed")
    evaluator.recall = 0.899
    gate.evaluate(WRITER)
    assert gate.permission(WRITER).allowed and gate.notices() == []
    evaluator.recall = 0.92
    gate.evaluate(WRITER)
    evaluator.recall = 0.899
    gate.evaluate(WRITER)
    assert not gate.permission(WRITER).allowed, "what it reached is the measure now"


def test_a_month_later_it_is_due_and_stays_open(journal: Journal, gate: ModelGateService) -> None:
    add_run(journal, 0.86, CLOCK[0] - MONTH - 1)
    assert gate.due(WRITER) == ("the last run is more than a month old",)
    assert gate.permission(WRITER).allowed and len(gate.notices()) == 1


def test_every_pack_has_its_own_gate(
    journal: Journal, gate: ModelGateService, evaluator: Evaluator
) -> None:
    evaluator.packs = (WRITER, "other")
    gate.evaluate(WRITER)
    assert gate.permission(WRITER).allowed and not gate.permission("other").allowed
    evaluator.recall = 0.1
    gate.evaluate("other")
    assert gate.permission(WRITER).allowed
    assert [one.identity.pack for one in gate.history()] == ["other", WRITER]


def test_what_was_kept_reads_back_with_its_blanks(
    gate: ModelGateService, evaluator: Evaluator
) -> None:
    made = gate.evaluate(WRITER)
    (kept,) = gate.history()
    assert kept == made and kept.notes == figures(0.86).notes
    shown = model_gate.as_json(kept)
    assert shown["results"]["joules"] is None and shown["passed"] is True
    assert Figures(kept.results, kept.notes) == figures(0.86)
