"""The eval set of the gate: judged in another way than the checks, run with a scripted host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import fact_recall, model_gate
from journal_app.domain.generate import Completion, Prompt
from journal_app.errors import Cancelled, JournalError
from journal_app.models import evaluate, evaluate_notes, gate
from journal_app.models.gate import Gate, new_words, wrong_numbers
from journal_app.models.host import ModelHost
from tests.helpers.commanding import LongestFirst, ScriptedWriter
from tests.helpers.encoder import FakeEncoder
from tests.helpers.gates import WRITER, put_pack

NOTES = [
    """---
style: lab log
facts:
  - say: "500 warmup steps ended the divergence of the run"
    need: ["500", "diverge | divergence | diverged"]
---
With {n} hundred words around it the 500 warmup steps ended the divergence of run 4,{n}00.

Coffee was good.
""".replace("{n}", str(n))
    for n in (1, 2, 3)
]


@pytest.mark.parametrize(
    ("text", "note", "wrong"),
    [
        ("Loss 2.91.", "The loss was 2.91.", 0),
        ("Loss 2.9.", "The loss was 2.91.", 1),
        ("At step 4,200, it left.", "left at step 4200", 0),
        ("At step 4200 it left.", "left at step 4,200.", 0),
        ("Seeds 1, 2 and 3.", "Seeds 1,2,3 held.", 0),
        ("Seeds 123.", "Seeds 1,2,3 held.", 1),
        ("It took 1,234,567.5 s", "1234567.5 seconds", 0),
        ("v1.2.3 and 12:30", "at 12:30 with v1.2.3", 0),
        ("v1.2.4", "v1.2.3", 1),
        ("2.91 (3 seeds, 40 %)", "nothing", 3),
        ("none at all", "", 0),
        ("0.5 of it", "50 % of it", 1),
    ],
)
def test_numbers_are_compared_by_their_digits(text: str, note: str, wrong: int) -> None:
    assert wrong_numbers(text, note) == wrong


@given(st.lists(st.integers(0, 10**9), max_size=6), st.booleans(), st.booleans())
def test_a_number_of_the_note_is_right_however_it_is_grouped(
    numbers: list[int], ours: bool, theirs: bool
) -> None:
    def said(grouped: bool) -> str:
        return " and ".join(f"{n:,}" if grouped else str(n) for n in numbers)

    assert wrong_numbers(said(ours), said(theirs)) == 0
    assert wrong_numbers(said(ours) + " or 9999999999", said(theirs)) == 1


def test_words_that_the_note_does_not_hold_are_counted_by_their_stems() -> None:
    note = "The warmup of 500 steps ended the divergence of the training."
    assert not new_words("Warmups ended diverging training steps.", note)
    assert not new_words("500 of it.", note)
    assert new_words("Warmup cured every illness forever.", note)
    assert not new_words("", note)


def test_the_identity_of_an_eval_names_what_could_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_pack(tmp_path)
    put_pack(tmp_path, "embeds", task="sentence embeddings")
    made = Gate(ModelHost(tmp_path), tmp_path)
    assert made.writers() == (WRITER,)
    identity = made.identity(WRITER, "cpu: Xeon")
    assert identity.device == "cpu: Xeon" and len(identity.pack_digest) == 64
    assert "salience" in identity.prompt_version and "rewrite/" in identity.prompt_version
    assert identity.versions["onnxruntime"] and " " in identity.versions["system"]
    assert identity.eval_set.startswith("notes test ")
    monkeypatch.setattr(gate, "_has_papers", lambda: False)
    assert "," not in gate.eval_set()
    with pytest.raises(JournalError, match="no model pack"):
        made.identity("no-such-pack", "cpu: Xeon")
    assert set(made.thresholds("no-such-pack")) == set(gate.THRESHOLDS)
    for thresholds in (made.thresholds(WRITER), gate.THRESHOLDS):
        assert set(thresholds) <= set(model_gate.BY_NAME)
        assert thresholds["number_errors"] == 0


# ---------------------------------------------------------------------- a run


class Host:
    """The model process as the gate asks it, scripted; the writer says the sentence it is given."""

    pid = None

    def __init__(self) -> None:
        self.rater, self.encoder, self.writer = LongestFirst(), FakeEncoder(), ScriptedWriter()
        self.rate, self.embed = self.rater.rate, self.encoder.embed
        self.device_of, self.digest_of = self.writer.device_of, self.writer.digest_of
        self.says: Callable[[str], str] = lambda given: given

    def generate(self, prompt: Prompt, **options: object) -> Completion:
        self.writer.text = self.says(prompt.messages[-1].content)
        return self.writer.generate(prompt, **options)  # type: ignore[arg-type]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    notes = tuple(fact_recall.parse(text, f"{n:03}") for n, text in enumerate(NOTES))
    monkeypatch.setattr(evaluate_notes, "load", lambda _split: notes)
    monkeypatch.setattr(gate, "_papers", list)
    return Host()


def run(host: Host, **options: object) -> model_gate.Figures:
    made = Gate(host, Path("nowhere"))  # type: ignore[arg-type]
    return made.run("pack", **options)  # type: ignore[arg-type]


def test_a_pack_that_repeats_its_sentence_is_as_good_as_none(host: Host) -> None:
    seen: list[tuple[int, int]] = []
    made = run(host, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    results = made.results
    assert results["fact_recall"] == results["fact_recall_extractive"] == 1.0
    assert results["number_errors"] == results["unsupported"] == results["fallback"] == 0
    assert results["decode"] and results["prefill"] == pytest.approx(1200)
    assert results["memory"] is None and results["rouge1"] is None
    assert made.notes == {"000": 1.0, "001": 1.0, "002": 1.0}
    assert model_gate.judge(results, gate.THRESHOLDS)[0]
    assert set(results) <= set(model_gate.BY_NAME), "every figure has a name for people"


def test_what_fails_a_check_falls_back_and_is_counted(host: Host) -> None:
    host.says = lambda given: given.replace("500", "700")
    results = run(host).results
    assert results["fallback"] == 1.0 and results["number_errors"] == 0
    assert results["fact_recall"] == 1.0, "the sentence of the note stands in its place"
    passed, reasons = model_gate.judge(results, gate.THRESHOLDS)
    assert not passed and "fell back" in reasons[0]


def test_what_a_check_lets_through_is_still_found(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal_app.domain.trust import checking

    monkeypatch.setattr(checking, "check", lambda *_args, **_options: ())
    host.says = lambda _given: "Unicorns invented 77 flying castles beyond every rainbow, said 78."
    made = run(host)
    assert made.results["number_errors"] == 6.0 and made.results["fact_recall"] == 0.0
    assert made.results["unsupported"] == pytest.approx(0.5)  # the coffee is as it was
    _, reasons = model_gate.judge(made.results, gate.THRESHOLDS)
    assert len(reasons) == 4, "recall, numbers, support, and the fall against the sentences"


def test_a_run_can_be_given_up(host: Host) -> None:
    def check() -> None:
        if host.writer.prompts:
            raise Cancelled

    host.writer.wait = True
    with pytest.raises(Cancelled):
        run(host, check=check)
    assert len(host.writer.prompts) == 1


def test_papers_are_scored_by_aspect(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rouge_score")
    from journal_app.domain.segment import sentences

    text = "The problem is hard. We tried a trick with 500 steps. It worked on every seed we ran."
    paper = evaluate.Document("p1", tuple(sentences(text)), (text,) * 3, ((), (), ()))
    monkeypatch.setattr(gate, "_papers", lambda: [paper])
    seen: list[tuple[int, int]] = []
    results = run(host, progress=lambda done, total: seen.append((done, total))).results
    assert seen[-1] == (4, 4) and 0 < (results["rouge1"] or 0) <= 100


def test_the_notes_that_are_read_are_whole() -> None:
    notes = evaluate_notes.load("test")
    assert len(notes) >= 40 and len({note.id for note in notes}) == len(notes)
    assert evaluate_notes.version("test") == evaluate_notes.version("test")
    with pytest.raises(JournalError, match="no split"):
        evaluate_notes.load("train and test")
