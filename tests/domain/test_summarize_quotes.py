"""Quotes: exact slices, as many as asked for, what belongs together, never the whole text."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.quoting import LONGEST, SHARE, quotes
from journal_app.domain.segment import Sentence, sentences
from journal_app.domain.summarize import Rating


def rated(found: Sequence[Sentence], salience: Sequence[float]) -> Rating:
    none = (0.0, 0.0, 0.0)
    vectors = [(math.cos(n), math.sin(n)) for n in range(len(found))]
    return Rating(tuple(salience), (none,) * len(found), tuple(vectors))


def apart(found: Sequence[Sentence], salience: Sequence[float]) -> Rating:
    vectors = [tuple(float(a == b) for b in range(len(found))) for a in range(len(found))]
    return Rating(tuple(salience), ((0.0, 0.0, 0.0),) * len(found), tuple(vectors))


FILLER = "\n\n".join(f"Nothing of note was seen at {n} in the long afternoon." for n in range(12))


def test_what_came_of_a_step_is_quoted_with_it() -> None:
    text = f"Removed the empty documents. It ran on without a fault.\n\n{FILLER}\n\nA last word."
    found = sentences(text)
    scores = [3.0, 2.5, *([0.0] * (len(found) - 3)), 1.0]
    first, last = quotes(text, found, apart(found, scores), 2)
    assert first.text == "Removed the empty documents. It ran on without a fault."
    assert text[first.start : first.end] == first.text
    assert last.text == "A last word."


def test_a_line_of_a_log_a_list_and_a_paragraph_end_a_quote() -> None:
    text = f"11:55 sorted. F1 93.2.\n12:10 lunch.\n- one\n- two\n\n{FILLER}"
    found = sentences(text)
    assert [one.text for one in found[:3]] == ["11:55 sorted.", "F1 93.2.", "12:10 lunch."]
    scores = [2.0] * 5 + [0.0] * (len(found) - 5)
    made = [one.text for one in quotes(text, found, apart(found, scores), 3)]
    assert made == ["11:55 sorted. F1 93.2.", "12:10 lunch.", "one; two"]


def test_a_quote_begins_and_ends_with_what_is_worth_having() -> None:
    text = (
        f"Coffee was good. The rate was halved. It was late. It converged. I went home.\n\n{FILLER}"
    )
    found = sentences(text)
    scores = [-3.0, 3.0, -3.0, 3.0, -3.0, *([-1.0] * (len(found) - 5))]
    (only,) = quotes(text, found, apart(found, scores), 1)
    assert only.text == "The rate was halved. It was late. It converged."


def test_a_short_text_is_quoted_sentence_by_sentence() -> None:
    text = "We tried 200 steps. Coffee was good.\n\n- **Result:** 2.91, worse.\n"
    found = sentences(text)
    made = quotes(text, found, apart(found, [1.0, 0.0, 2.0]), 2)
    assert [one.text for one in made] == ["We tried 200 steps.", "Result: 2.91, worse."]
    assert quotes(text, found, apart(found, [1.0, 0.0, 2.0]), 3) == found


def test_a_repetition_waits() -> None:
    text = f"The loss was flat.\n\nThe loss was flat.\n\nData was shuffled.\n\n{FILLER}"
    found = sentences(text)
    vectors = [(1.0, 0.0), (1.0, 0.0), *([(0.0, 1.0)] * (len(found) - 2))]
    scores = (3.0, 2.9, 1.0, *([0.0] * (len(found) - 3)))
    rating = Rating(scores, ((0.0, 0.0, 0.0),) * len(found), tuple(vectors))
    assert [one.text for one in quotes(text, found, rating, 2)] == [
        "The loss was flat.",
        "Data was shuffled.",
    ]


LINE = st.sampled_from(
    [
        "Word. ",
        "A longer sentence of a note is here. ",
        "x. ",
        "\n\n",
        "\n",
        "- item one\n",
        "10:15 ",
    ]
)


@given(st.lists(LINE, max_size=60).map("".join), st.integers(1, 6), st.integers(0, 99))
def test_quotes_of_any_note(text: str, count: int, seed: int) -> None:
    found = sentences(text)
    chance = random.Random(seed)
    scores = [chance.gauss(0, 2) for _ in found]
    made = quotes(text, found, rated(found, scores), count)
    assert len(made) == min(count, len(found))
    assert all(one.end <= other.start for one, other in itertools.pairwise(made))
    whole = sum(len(one.text) for one in found)
    for one in made:
        inside = [part for part in found if one.start <= part.start and part.end <= one.end]
        assert one.text.replace("; ", " ") == " ".join(part.text for part in inside)
        if len(inside) > 1:
            assert sum(len(part.text) for part in inside) <= min(LONGEST, SHARE * whole)
            assert len(found) > count
