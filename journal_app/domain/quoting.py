"""The stretches of a text that a summary quotes: one sentence, or several that belong together.

Notes are written in fragments ("Removed the 214 empty documents. 20k steps, no NaN."), and what
was done, what came of it and what follows often stand side by side. A quote therefore grows from a
good sentence over its neighbours in the same paragraph or list, up to LONGEST characters, as a
bullet does that holds several sentences; it begins and ends with a sentence that is worth having.
All quotes of a summary together stay within SHARE of the text, as far as single sentences allow:
what is short is not copied whole. LONGEST, SHARE and FAINT were chosen on the notes for tuning.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from journal_app.domain.segment import Sentence
from journal_app.domain.summarize import REPETITION, SAME, Rating, likeness, worth

LONGEST = 340  # characters: about 60 words
SHARE = 0.7
FAINT = 0.15  # of the worth of a quote's best sentence: with less, none begins or ends it
SHORT_BULLET = 100  # characters
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_TIMED = re.compile(  # a line of a log begins
    r"\W*(?:\d\d?[:.]\d\d\b|\d{4}-\d\d-\d\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Quote:
    first: int
    last: int  # inclusive
    gain: float


def quotes(text: str, sentences: Sequence[Sentence], rating: Rating, count: int) -> list[Sentence]:
    """At most `count` quotes in the order of `text`, each an exact slice of it.

    `sentences` are of `text`, in order; as many quotes as were asked for where there are enough
    sentences. Pure and quick: some milliseconds for a thousand sentences.
    """
    total = len(sentences)
    if total <= count:
        return list(sentences)
    scores = worth(sentences, rating)
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    left = SHARE * sum(len(one.text) for one in sentences)
    like = [0.0] * total
    taken = [False] * total
    chosen: list[_Quote] = []
    while len(chosen) < count:
        follow = count - len(chosen) - 1
        most = taken.count(False) - follow  # leave a sentence for each
        ends = _ends(text, sentences, min(LONGEST, left / (follow + 1)))
        gains = [
            share * math.exp(-REPETITION * near) * (1e-9 if near >= SAME else 1.0)
            for share, near in zip(shares, like, strict=True)
        ]
        best = _best(gains, ends, taken, most)
        chosen.append(best)
        taken[best.first : best.last + 1] = [True] * (best.last + 1 - best.first)
        left -= sum(len(one.text) for one in sentences[best.first : best.last + 1])
        main = max(range(best.first, best.last + 1), key=lambda index: (shares[index], -index))
        like = [
            max(old, new) for old, new in zip(like, likeness(rating.vectors, main), strict=True)
        ]
    chosen.sort(key=lambda quote: quote.first)
    return [_joined(sentences[quote.first : quote.last + 1]) for quote in chosen]


def _ends(text: str, sentences: Sequence[Sentence], limit: float) -> list[int]:
    """For each sentence the last one that a quote from it may take in."""
    ends = []
    for first in range(len(sentences)):
        last, size = first, len(sentences[first].text)
        while last + 1 < len(sentences) and _together(text, sentences[last], sentences[last + 1]):
            size += 1 + len(sentences[last + 1].text)
            if size > limit:
                break
            last += 1
        ends.append(last)
    return ends


def _together(text: str, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences that follow each other stand in one paragraph or log line, or are
    bullets of one list of which one is short."""
    between = text[one.end : other.start]
    if one.kind != other.kind or one.section != other.section or _BLANK.search(between):
        return False
    if one.kind == "bullet":
        return one.lead == other.lead and min(len(one.text), len(other.text)) <= SHORT_BULLET
    timed = "\n" in between and _TIMED.match(other.text) is not None
    return one.kind == "prose" and not timed


def _best(gains: Sequence[float], ends: Sequence[int], taken: Sequence[bool], most: int) -> _Quote:
    best: _Quote | None = None
    for first, end in enumerate(ends):
        gain = main = 0.0
        for last in range(first, min(end, first + most - 1) + 1):
            if taken[last]:
                break
            gain, main = gain + gains[last], max(main, gains[last])
            faint = min(gains[first], gains[last]) < FAINT * main
            if not faint and (best is None or gain > best.gain):
                best = _Quote(first, last, gain)
    assert best is not None
    return best


def _joined(parts: Sequence[Sentence]) -> Sentence:
    words = parts[0].text
    for before, part in itertools.pairwise(parts):
        ends = part.kind == "prose" or before.text.endswith((".", "!", "?", ":", ";", ","))
        words += (" " if ends else "; ") + part.text
    return replace(parts[0], end=parts[-1].end, text=words)
