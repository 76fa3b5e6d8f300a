"""The prompt of a rewriting, and what is kept of an answer."""

from __future__ import annotations

import pytest

from journal_app.domain import rewriting

LONG = "We tried a warmup of 500 steps on d12 after the run with 100 steps had diverged twice."


def test_the_model_sees_one_sentence_and_may_copy_from_it() -> None:
    made = rewriting.prompt(LONG)
    assert made.messages[-1].content == LONG and made.messages[0].role == "system"
    assert made.copy_from == (LONG,)
    assert made.sampling.temperature == 0 and made.stop == ("\n",)
    assert len(LONG.split()) < made.limit < 80


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ('"Warmup of 500 steps held."', "Warmup of 500 steps held."),
        ("- Warmup of 500 steps held.", "Warmup of 500 steps held."),
        ("Here is the shortened sentence: Loss was 3.05.", "Loss was 3.05."),
        ("Sure, here it is:\nLoss was 3.05.", "Loss was 3.05."),
        ("Loss was 3.05. It was good. It was good.", "Loss was 3.05."),
        ("v1.2.3 gave 3.05 at lr 3e-4.", "v1.2.3 gave 3.05 at lr 3e-4."),
        ('He said "no" and "yes"', 'He said "no" and "yes"'),
        ("  \n ", ""),
        ("The MLP is as good here:", "The MLP is as good here."),
        ("Loss was 3.05 –", "Loss was 3.05."),
    ],
)
def test_answers_lose_their_wrapping_only(answer: str, kept: str) -> None:
    assert rewriting.cleaned(answer) == kept


def test_short_sentences_and_rows_stay_as_they_are() -> None:
    assert rewriting.worth(LONG)
    assert not rewriting.worth("Result: 2.91, worse.")
    assert not rewriting.worth("run: a; loss: 3.05; lr: 3e-4; seed: 1; steps: 4,800; tok/s: 171k")


def test_a_full_stop_more_is_no_rewriting() -> None:
    assert rewriting.unchanged(
        "The zero init made no difference.", "the zero init made no difference"
    )
    assert rewriting.unchanged("Loss  was 3.05.", "Loss was 3.05.")
    assert not rewriting.unchanged("Loss was 3.0.", "Loss was 3.05.")
    assert not rewriting.unchanged("", "Loss was 3.05.")
