"""Long texts and several entries, part by part: how many sentences each part may give.

Map: each part is read by itself and gives its best sentences. Reduce: they stand side by side in
the order of their parts; none is merged with another, each keeps its entry and its span.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from journal_app.domain.segment import Sentence

LONG = 240  # sentences from which a text is read part by part
PART = 120  # sentences of a part without headings


@dataclass(frozen=True, slots=True)
class Piece:
    """One part: an entry, or a section of a long text, with its sentences."""

    entry_id: str
    title: str
    text: str
    sentences: tuple[Sentence, ...]


def parts(sentences: Sequence[Sentence]) -> list[list[int]]:
    """Indices of the sentences of a long text, part by part: its sections in order, a long one cut
    into even pieces, short neighbours put together up to PART. A text up to LONG is one part."""
    if len(sentences) <= LONG:
        return [list(range(len(sentences)))]
    found: list[list[int]] = []
    section = None
    for index, one in enumerate(sentences):
        begins = one.section != section or one.place == 0
        section = one.section
        if begins or not found:
            found.append([])
        found[-1].append(index)
    made: list[list[int]] = []
    for group in found:
        if made and len(made[-1]) + len(group) <= PART:
            made[-1] += group
            continue
        pieces = -(-len(group) // PART)
        size = -(-len(group) // pieces)
        made += [group[at : at + size] for at in range(0, len(group), size)]
    return made


def plan(lengths: Sequence[int], total: int) -> list[int]:
    """How many of `total` sentences each part may give, by its length in sentences.

    In proportion to the square root of the length, so that a long entry does not silence short
    ones; at least one each while there is room, the longest first where there is not; never more
    than a part has. Deterministic; sums to `total`, or to what there is.
    """
    parts = len(lengths)
    shares = [0] * parts
    by_length = sorted(range(parts), key=lambda part: (-lengths[part], part))
    left = total
    for part in by_length:
        if left and lengths[part]:
            shares[part] = 1
            left -= 1
    while left:
        open_ = [part for part in range(parts) if 0 < shares[part] < lengths[part]]
        if not open_:
            break
        # Highest averages (Sainte-Laguë): who is furthest below its fair share comes next.
        best = max(
            open_, key=lambda part: (math.sqrt(lengths[part]) / (2 * shares[part] + 1), -part)
        )
        shares[best] += 1
        left -= 1
    return shares
