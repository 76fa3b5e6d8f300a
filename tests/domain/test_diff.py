"""Diffs: both texts can be rebuilt from them, words are found, and the time is bounded."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain import diff

text = st.text(alphabet="ab \n.漢é", max_size=60)


def rebuilt(blocks: list[diff.Block]) -> tuple[str, str]:
    return "".join(b.old for b in blocks), "".join(b.new for b in blocks)


@given(text, text)
def test_both_texts_can_be_rebuilt(old: str, new: str) -> None:
    assert rebuilt(diff.compare(old, new)) == (old, new)


@given(text)
def test_a_text_does_not_differ_from_itself(one: str) -> None:
    assert not any(block.changed for block in diff.compare(one, one))


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
@settings(max_examples=300)
def test_spans_cover_both_sides_without_gaps(a: list[str], b: list[str]) -> None:
    at = (0, 0)
    for i, j, k, l in diff.spans(a, b):  # noqa: E741
        assert (i, k) == at and (i < j or k < l)
        at = (j, l)
    assert at == (len(a), len(b))


def test_a_word_in_a_line_is_found() -> None:
    (block,) = diff.compare("the loss is 0.912 now", "the loss is 0.874 now")
    assert block.pieces == (
        diff.Piece("same", "the loss is 0."),
        diff.Piece("removed", "912"),
        diff.Piece("added", "874"),
        diff.Piece("same", " now"),
    )


def test_one_chinese_letter_is_found() -> None:
    pieces = diff.compare("学习率太高", "学习率太低")[0].pieces
    assert [p.text for p in pieces] == ["学习率太", "高", "低"]


def test_lines_that_have_nothing_in_common_are_replaced_whole() -> None:
    (block,) = diff.compare("alpha beta gamma\n", "one two three four\n")
    assert [p.op for p in block.pieces] == ["removed", "added"]


def test_an_inserted_paragraph_leaves_the_rest_alone() -> None:
    blocks = diff.compare("a\n\nb\n", "a\n\nnew words\n\nb\n")
    assert diff.size(blocks) == diff.Size(2, 0)
    assert "".join(p.text for b in blocks for p in b.pieces if p.op == "added").strip() == (
        "new words"
    )


def test_a_text_of_400_kb_is_compared_in_bounded_time() -> None:
    pick = random.Random(3)
    old = ["".join(pick.choices("abcdef \n", k=10)) for _ in range(40_000)]
    new = [pick.choice(old) if pick.random() < 0.5 else line for line in old]
    a, b = "".join(old), "".join(new)
    began = time.process_time()
    blocks = diff.compare(a, b)
    assert rebuilt(blocks) == (a, b)
    assert time.process_time() - began < 20  # quadratic work would take hours
