"""Entries that mean like things: what is embedded, the vectors, the file that searches read.

A vector is int8 with one scale: component i is about `data[i] * scale`. The matrix file is a head,
then `count` records of (n: int64, scale: float32, d int8), ordered by n, little-endian. It is a
cache: it can be thrown away and written again from the table.
"""

from __future__ import annotations

import math
import re
import struct
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from journal_app.domain.entry import Row
from journal_app.domain.sentences import plain

MAGIC = b"FJVEC01\n"
HEAD = struct.Struct("<8sIIQQ16s")  # magic, crc32 of the records, d, count, seq, model
RECORD_HEAD = struct.Struct("<qf")
READ = 3000  # characters of a body: 256 tokens end well before
ENOUGH = 0.2  # cosine below which two texts have nothing to do with each other

Progress = Callable[[int, int], None]
Check = Callable[[], None]

_FENCE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
_LINE_MARK = re.compile(
    r"^[ \t]{0,6}(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\|)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Vector:
    """A unit vector in int8."""

    scale: float
    data: bytes

    def values(self) -> list[float]:
        """The components."""
        return [component * self.scale for component in array("b", self.data)]

    def record(self, n: int) -> bytes:
        """As a record of the matrix."""
        return RECORD_HEAD.pack(n, self.scale) + self.data

    def cosine(self, other: Vector) -> float:
        """The cosine of the angle between two vectors, -1 to 1."""
        a, b = array("b", self.data), array("b", other.data)
        dot = math.fsum(x * y for x, y in zip(a, b, strict=True))
        length = math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))
        return dot / length if length else 0.0


@dataclass(frozen=True, slots=True)
class Nearest:
    """Numbers of entries with their cosine, best first; `stale`: write the matrix anew."""

    found: tuple[tuple[int, float], ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How many entries have a vector of their present text. `model` is "" without a pack."""

    done: int
    total: int
    model: str

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class Likeness:
    """Entries like another one, best first, score 0 to 1. `by` is `meaning` or `words`;
    `note` says why it was not meaning, with the way out."""

    rows: tuple[tuple[Row, float], ...]
    by: str
    note: str = ""


class Encoder(Protocol):
    """The embedding model, in its own process."""

    def key(self) -> str:
        """16 hex digits that name the installed model; "" when it is not installed."""

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> list[Vector]:
        """A vector for each text."""

    def nearest(
        self,
        matrix: Path | None,
        query: Vector,
        tail: bytes,
        limit: int,
        check: Check | None = None,
    ) -> Nearest:
        """The vectors of the matrix and of `tail` (records) nearest to `query`."""

    def close(self) -> None:
        """End the process."""


def text_for(title: str, body: str) -> str:
    """What is embedded for an entry: its title and the beginning of its text, without marks."""
    text = plain(_LINE_MARK.sub("", _FENCE.sub("", body[:READ])))
    return text if not title or text.startswith(title) else f"{title}. {text}"
