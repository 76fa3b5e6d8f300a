"""The nearest vectors in a matrix file; runs in the model process only, without a model loaded.

Two steps: the signs of all vectors (48 bytes each, kept in memory) are compared with those of the
query by Hamming distance, then the CANDIDATES that differ least are ranked by their exact cosine.
The int8 rows stay in the memory-mapped file. Comparing every int8 row costs a conversion to floats
of the whole matrix (numpy multiplies int8 without BLAS): five to ten times as long.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.domain import similar

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 4096
CHUNK = 8192  # records read at a time


def _record(dims: int) -> np.dtype[Any]:
    return np.dtype([("n", "<i8"), ("scale", "<f4"), ("vector", "i1", (dims,))])


def _signs(vectors: NDArray[np.int8]) -> NDArray[np.uint64]:
    """The sign bits of (k, d) int8 as (k, d/64) uint64; d is padded to a multiple of 64."""
    rows, dims = vectors.shape
    bits = np.zeros((rows, -(-dims // 64) * 64), bool)
    np.greater(vectors, 0, out=bits[:, :dims])
    return np.packbits(bits, axis=1).view(np.uint64)


@dataclass(slots=True)
class Matrix:
    """One matrix file, opened and checked."""

    path: Path
    records: NDArray[Any]
    signs: NDArray[np.uint64]

    @classmethod
    def open(cls, path: Path) -> Matrix | None:
        """The file, or None when it is torn, damaged or of another format."""
        try:
            with path.open("rb") as handle:
                head = handle.read(similar.HEAD.size)
            magic, crc, dims, count, _seq, _model = similar.HEAD.unpack(head)
            kind = _record(dims)
            whole = path.stat().st_size == similar.HEAD.size + count * kind.itemsize
            if magic != similar.MAGIC or not whole or not count:
                return None
            records = np.memmap(path, kind, "r", similar.HEAD.size, (count,))
        except (OSError, ValueError, struct.error):
            return None
        signs = np.empty((count, -(-dims // 64)), np.uint64)
        found = 0
        for at in range(0, count, CHUNK):
            part = records[at : at + CHUNK]
            found = zlib.crc32(part.tobytes(), found)
            signs[at : at + CHUNK] = _signs(part["vector"])
        return cls(path, records, signs) if found == crc else None

    def candidates(self, query: NDArray[np.int8], count: int) -> NDArray[Any]:
        """The records whose signs differ least from those of the query."""
        if len(self.records) <= count:
            return np.asarray(self.records)
        wanted = _signs(query[None, :])[0]
        differ = np.zeros(len(self.signs), np.uint16)
        for word in range(self.signs.shape[1]):
            differ += np.bitwise_count(self.signs[:, word] ^ wanted[word])
        places = np.argpartition(differ, count)[:count]
        places.sort()
        return np.asarray(self.records[places])


class Searcher:
    """Keeps the last matrix open between two questions."""

    def __init__(self) -> None:
        self._matrix: Matrix | None = None

    def nearest(
        self, path: str, dims: int, payload: bytes, limit: int
    ) -> list[tuple[int, float]] | None:
        """(n, cosine), best first; None when the file must be written anew.

        `payload` holds records of equal size: the query, then those newer than the file.
        """
        given = np.frombuffer(payload, _record(dims))
        query, tail = given["vector"][0], given[1:]
        parts = []
        if path:
            if self._matrix is None or self._matrix.path != Path(path):
                self._matrix = None  # let go of the old file before the new one is read
                self._matrix = Matrix.open(Path(path))
            if self._matrix is None:
                return None
            base = self._matrix.candidates(query, max(CANDIDATES, 4 * limit))
            parts.append(base[~np.isin(base["n"], tail["n"])])
        parts.append(tail)
        records = np.concatenate(parts)
        if not len(records):
            return []
        rows = records["vector"].astype(np.float32)
        wanted = query.astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(wanted)
        scores = rows @ wanted / np.maximum(lengths, 1e-9)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [(int(records["n"][at]), float(scores[at])) for at in order]
