"""Merges: nothing of either side is lost, and what only one side changed needs no decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import merge

text = st.text(alphabet="ab \n", max_size=40)


@given(text, text)
def test_what_one_side_changed_is_taken(base: str, new: str) -> None:
    assert merge.text_of(merge.merge(base, new, base)) == new
    assert merge.text_of(merge.merge(base, base, new)) == new
    assert merge.text_of(merge.merge(base, new, new)) == new


@given(text, text, text)
def test_both_sides_can_be_rebuilt_where_they_clash(base: str, mine: str, theirs: str) -> None:
    parts = merge.merge(base, mine, theirs)
    if not merge.conflicts(parts):
        assert merge.text_of(parts) == merge.text_of(merge.merge(base, theirs, mine))
    for part in merge.conflicts(parts):
        assert part.mine in mine and part.theirs in theirs and part.mine != part.theirs


def test_two_paragraphs_by_two_hands() -> None:
    parts = merge.merge("one\n\ntwo\n", "one!\n\ntwo\n", "one\n\ntwo more\n")
    assert not merge.conflicts(parts)
    assert merge.text_of(parts) == "one!\n\ntwo more\n"


def test_two_words_of_one_line_by_two_hands() -> None:
    base = "Warmup of 100 steps diverges at depth 12.\n"
    mine = base.replace("100", "300")
    theirs = base.replace("12", "16")
    parts = merge.merge(base, mine, theirs)
    assert not merge.conflicts(parts)
    assert merge.text_of(parts) == "Warmup of 300 steps diverges at depth 16.\n"


def test_the_same_word_by_two_hands_is_a_conflict() -> None:
    parts = merge.merge("lr 1e-4\n", "lr 3e-4\n", "lr 6e-4\n")
    (clash,) = merge.conflicts(parts)
    assert (clash.mine, clash.theirs) == ("lr 3e-4\n", "lr 6e-4\n")
    assert merge.text_of(parts, ("copy", "entry")) == (
        "<<<<<<< copy\nlr 3e-4\n=======\nlr 6e-4\n>>>>>>> entry\n"
    )


def test_without_an_ancestor_nothing_is_dropped() -> None:
    mine, theirs = "a\nmine\nb\n", "a\nb\ntheirs\n"
    parts = merge.merge(merge.common(mine, theirs), mine, theirs)
    assert merge.text_of(parts) == "a\nmine\nb\ntheirs\n"
