"""Choosing sentences: order, count, no repetition, verdicts before chatter."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.segment import sentences
from journal_app.domain.summarize import (
    DeviceInfo,
    Rating,
    checked_count,
    choose,
    cite,
    cue,
    preselect,
    text_digest,
)
from journal_app.errors import JournalError


def rating(salience: Sequence[float], vectors: Sequence[Sequence[float]]) -> Rating:
    aspects = tuple((0.0, 0.0, 0.0) for _ in salience)
    return Rating(tuple(salience), aspects, tuple(vectors))


def test_a_repetition_gives_way_to_something_new() -> None:
    found = sentences("The loss was flat all day. The loss was flat all day. Data was shuffled.")
    chosen = choose(found, rating([1.0, 0.99, 0.5], [(1, 0), (1, 0), (0, 1)]), 2)
    assert chosen == [0, 2]


def test_a_verdict_with_numbers_beats_chatter_of_equal_salience() -> None:
    found = sentences(
        "I made some coffee and looked out. Result: val loss 2.91 against 2.95, not worth it. "
        "What should I do now?"
    )
    assert choose(found, rating([0.0, 0.0, 0.0], [(1, 0, 0), (0, 1, 0), (0, 0, 1)]), 1) == [1]
    assert cue(found[1]) > cue(found[0]) > cue(found[2])


def test_fewer_sentences_than_asked_are_all_kept() -> None:
    found = sentences("One. Two.")
    assert choose(found, rating([0.0, 1.0], [(1.0,), (1.0,)]), 5) == [0, 1]


@given(st.lists(st.floats(-20, 5), min_size=1, max_size=30), st.integers(1, 10))
def test_count_order_and_uniqueness(values: list[float], count: int) -> None:
    text = " ".join(f"Sentence {n} stands here." for n in range(len(values)))
    found = sentences(text)
    vectors = [(math.cos(n), math.sin(n)) for n in range(len(values))]
    chosen = choose(found, rating(values, vectors), count)
    assert len(chosen) == min(count, len(values)) == len(set(chosen))
    assert chosen == sorted(chosen)


def test_a_citation_is_the_exact_slice() -> None:
    text = "Before it.\n\nThe *loss*\nfell."
    cited = cite(text, sentences(text)[1])
    assert cited.text == "The loss fell."
    assert cited.sources[0].text == text[cited.sources[0].start : cited.sources[0].end]


@pytest.mark.parametrize("count", [0, -1, 51])
def test_a_silly_count_is_refused(count: int) -> None:
    with pytest.raises(JournalError, match="cannot be made"):
        checked_count(count)


def test_device_label_and_digest_of_odd_text() -> None:
    assert DeviceInfo("npu", "Hexagon", "QNN", 0.97).label == "NPU, Hexagon (97% of the model)"
    assert len(text_digest("half \ud800 of a pair")) == 64


def test_of_a_very_long_text_every_section_and_the_verdict_are_read() -> None:
    parts = []
    for n in range(40):
        lines = "".join(f"The loss of model {n} at step {k} was noted. " for k in range(60))
        parts.append(f"## Section {n}\n\n{lines}\n")
    parts.insert(20, "## Outcome\n\nResult: 35.1% against 30.6, so the small head is kept.\n")
    parts.append("".join(f"Line {k} without a heading of its own. " for k in range(3000)))
    found = sentences("".join(parts))
    kept = preselect(found, 300)
    assert len(kept) == 300 and kept == sorted(set(kept))
    assert {one.section for one in found} == {found[index].section for index in kept}
    assert any("30.6" in found[index].text for index in kept)
    last = [index for index in kept if index >= len(found) - 3000]
    assert last[-1] - last[0] > 2700  # spread over the part without headings too
    assert preselect(found, len(found)) == list(range(len(found)))
