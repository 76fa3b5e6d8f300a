"""Questions: what answers, what must be in an answer, and when nothing does."""

from __future__ import annotations

from journal_app.domain import asking
from journal_app.domain.asking import Candidate


def candidate(
    index: int, meaning: float, text: str, around: str = "", newest: int = 0
) -> Candidate:
    return Candidate(index, meaning, asking.held_by(text), asking.held_by(around), newest)


def test_words_meet_in_other_forms() -> None:
    assert asking.stem("diverged") == asking.stem("diverging") == asking.stem("diverges")
    assert asking.stem("warmup") != asking.stem("warm")
    assert list(asking.terms("Why did the warmup diverge?").values()) == ["warmup", "diverge"]


def test_the_sentence_that_says_it_is_taken_and_what_is_far_behind_left_out() -> None:
    asked = asking.terms("Why did the warmup diverge?")
    found = asking.answers(
        [
            candidate(0, 0.7, "The warmup of 100 steps diverged because the rate peaked early."),
            candidate(1, 0.35, "We warmed up; nothing diverges."),
            candidate(2, 0.9, "Coffee was good."),
        ],
        asked,
    )
    assert found == [0]


def test_among_equals_the_newer_comes_first() -> None:
    asked = asking.terms("warmup steps")
    same = "Warmup takes 500 steps."
    found = asking.answers(
        [candidate(0, 0.6, same, newest=1), candidate(1, 0.6, same, newest=2)], asked
    )
    assert found == [1, 0]


def test_a_number_or_identifier_that_is_asked_for_must_be_in_the_answer() -> None:
    asked = asking.terms("What did seed 7 of `wu500` give?")
    assert asking.sharp(asked) == {"7", "wu500"}
    near = candidate(0, 0.8, "Seed 3 of wu500 gave a loss of 3.05.")
    right = candidate(1, 0.6, "Seed 7 of wu500 gave 3.06.")
    assert asking.answers([near], asked) == []
    assert asking.answers([near, right], asked) == [1]


def test_what_means_something_else_is_no_answer() -> None:
    asked = asking.terms("How tall is the Eiffel tower?")
    assert asking.answers([candidate(0, 0.1, "The tower of adapters is tall.")], asked) == []
    assert asking.answers([candidate(0, 0.6, "Validation loss went down.")], asked) == []
    assert asking.answers([], asked) == []
