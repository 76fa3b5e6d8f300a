"""How well a text answers a search: bm25, with the title eight times a line of the body.

k1 = 1.2 and b = 0.75 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond" (2009). Terms are counted as runs of letters, wherever a word holds them, accents as
they are written.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1, B = 1.2, 0.75
TITLE = 8
COUNTED = 4000  # letters of a body that are looked at


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that fits a search. Times are milliseconds UTC."""

    n: int
    id: str
    updated_at: int
    title: str
    body: str  # its beginning, COUNTED letters at most


def rare(known: int, total: int) -> float:
    """The weight of a term that `known` of `total` entries hold."""
    return math.log(1 + (max(total, known) - known + 0.5) / (known + 0.5))


def ranked(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Candidate]:
    """The best first; among equals the last changed. `weights`: what each term counts, in
    lower case.

    A title that is the search, word for word, comes before all others.
    """
    if not candidates:
        return []
    mean = sum(len(c.body) for c in candidates) / len(candidates) or 1.0
    whole = " ".join(weights)

    def score(candidate: Candidate) -> float:
        title, body = candidate.title.lower(), candidate.body.lower()
        length = K1 * (1 - B + B * len(body) / mean)
        points = 100.0 if title == whole else 0.0
        for term, weight in weights.items():
            count = TITLE * title.count(term) + body.count(term)
            points += weight * count * (K1 + 1) / (count + length)
        return points

    scored = [(score(candidate), candidate) for candidate in candidates]
    scored.sort(key=lambda one: (-round(one[0], 4), -one[1].updated_at, -one[1].n))
    return [candidate for _, candidate in scored]
