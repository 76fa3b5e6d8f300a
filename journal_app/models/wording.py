"""Words of a sentence and neighbours of a row: what the parts of the salience head share."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NEAR = (0, 1, -1)  # the sentence itself, the one before it, the one after it
_NEGATED = re.compile(r"\b(ca|wo|do|does|did|is|are|was|were|has|have|had|would|could) n't")
_FIGURE = re.compile(r"\d[\d.,]*")
_TOKEN = re.compile(r"[a-z]+|0|%|[?:;(]")


def words(text: str) -> set[str]:
    """The lower-case words and pairs of neighbours of a sentence; every number is `0`."""
    lower = _FIGURE.sub("0", _NEGATED.sub(r"\1 not", text.lower()))
    found = ["<", *_TOKEN.findall(lower), ">"]
    return {*found, *(f"{a} {b}" for a, b in itertools.pairwise(found))}


def near(rows: Array, offset: int) -> Array:
    """Rows moved so that row i holds what stands `offset` before it; zeros beyond the ends."""
    moved = np.zeros_like(rows)
    if offset > 0:
        moved[offset:] = rows[:-offset]
    elif offset < 0:
        moved[:offset] = rows[-offset:]
    else:
        moved[:] = rows
    return moved
