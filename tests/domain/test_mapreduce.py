"""How many sentences each part of a week may give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.mapreduce import LONG, PART, parts, plan
from journal_app.domain.segment import Sentence


@given(st.lists(st.integers(0, 400), max_size=30), st.integers(0, 50))
def test_shares_fit_the_parts_and_the_whole(lengths: list[int], total: int) -> None:
    shares = plan(lengths, total)
    assert all(0 <= share <= length for share, length in zip(shares, lengths, strict=True))
    assert sum(shares) == min(total, sum(lengths))
    if total >= sum(length > 0 for length in lengths):
        assert all(share for share, length in zip(shares, lengths, strict=True) if length)


def test_a_long_entry_gives_more_but_does_not_silence_the_others() -> None:
    assert plan([100, 10, 10], 7) == [5, 1, 1]
    assert plan([5, 40, 9], 2) == [0, 1, 1]
    assert plan([], 3) == []


def sentence(section: str, place: int) -> Sentence:
    return Sentence(0, 0, "x", section=section, place=place)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12))
def test_parts_are_the_whole_text_in_order_and_none_is_large(sections: list[int]) -> None:
    found = [sentence(str(n), place) for n, size in enumerate(sections) for place in range(size)]
    made = parts(found)
    assert [index for part in made for index in part] == list(range(len(found)))
    if len(found) <= LONG:
        assert len(made) == 1
    else:
        assert all(0 < len(part) <= PART for part in made)
        assert len(made) > 1
