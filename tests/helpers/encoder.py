"""A stand-in for the embedding model: texts with like words get like vectors; no process."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from journal_app.domain import similar
from journal_app.domain.similar import Nearest, Vector

DIMS = 64


def vector(text: str) -> Vector:
    """A unit vector that adds up the words of a text."""
    sums = [0.0] * DIMS
    for word in re.findall(r"\w+", text.lower()):
        place = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
        sums[place % DIMS] += 1.0
    length = math.sqrt(math.fsum(x * x for x in sums)) or 1.0
    values = [x / length for x in sums]
    scale = max(map(abs, values)) / 127 or 1.0
    return Vector(scale, bytes(round(x / scale) & 0xFF for x in values))


class FakeEncoder:
    """Answers as the model process does, and keeps what it was asked."""

    def __init__(self, key: str = "0123456789abcdef") -> None:
        self._key = key
        self.busy = False
        self.asked: list[str] = []
        self.searched: list[tuple[Path | None, int]] = []
        self.closed = 0
        self.stale = False

    def key(self) -> str:
        return self._key

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> list[Vector]:
        self.asked += texts
        return [vector(text) for text in texts]

    def nearest(
        self,
        matrix: Path | None,
        query: Vector,
        tail: bytes,
        limit: int,
        check: Callable[[], None] | None = None,
    ) -> Nearest:
        if self.stale:
            self.stale = False
            return Nearest(stale=True)
        size = similar.RECORD_HEAD.size + len(query.data)
        self.searched.append((matrix, len(tail) // size))
        records = (matrix.read_bytes()[similar.HEAD.size :] if matrix else b"") + tail
        scores: dict[int, float] = {}
        for at in range(0, len(records), size):
            n, scale = similar.RECORD_HEAD.unpack_from(records, at)
            data = records[at + similar.RECORD_HEAD.size : at + size]
            scores[n] = query.cosine(Vector(scale, data))
        best = sorted(scores.items(), key=lambda one: -one[1])[:limit]
        return Nearest(tuple(best))

    def close(self) -> None:
        self.closed += 1
