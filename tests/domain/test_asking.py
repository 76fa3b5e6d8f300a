"""Questions: what answers, what must be in an answer, and when nothing does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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


def test_chinese_and_japanese_are_compared_by_what_stands_between_the_little_words() -> None:
    assert list(asking.terms("损失为什么发散了？")) == ["损失", "发散"]
    assert list(asking.terms("第4200步发散了吗")) == ["第", "4200", "步发", "发散"]
    text = "预热100步时损失在第4200步发散了。"
    for question, known in (
        ("损失为什么发散了？", True),
        ("预热100步会怎么样", True),
        ("预热700步会发散吗", False),
        ("蒙古的首都是哪里", False),
    ):
        asked = asking.terms(question)
        assert bool(asking.answers([candidate(0, 0.5, text)], asked)) == known, question
    asked = asking.terms("学習率を下げるとどうなる")
    assert asking.answers([candidate(0, 0.5, "学習率を下げると損失が安定した。")], asked) == [0]


@given(st.text(max_size=80))
def test_a_text_holds_its_own_words(text: str) -> None:
    assert set(asking.terms(text)) <= asking.held_by(text)
    for limit in (0, 1, 5):
        assert len(asking.promising([(text, "")] * 3, asking.terms(text), limit)) == min(3, limit)
