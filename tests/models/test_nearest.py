"""The matrix file and the search over it, against a comparison of all vectors."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from journal_app.domain import similar
from journal_app.domain.similar import Vector
from journal_app.models.host import ModelHost
from journal_app.models.nearest import CANDIDATES, Matrix, Searcher
from tests.helpers.packs import real_packs

DIMS = 96


def vectors(count: int, seed: int = 1) -> list[Vector]:
    chance = np.random.default_rng(seed)
    rows = np.clip(chance.normal(0, 40, (count, DIMS)), -127, 127).astype(np.int8)
    return [Vector(0.002, row.tobytes()) for row in rows]


def write(path: Path, given: list[Vector]) -> Path:
    data = b"".join(vector.record(n) for n, vector in enumerate(given))
    head = similar.HEAD.pack(similar.MAGIC, zlib.crc32(data), DIMS, len(given), 9, b"m")
    path.write_bytes(head + data)
    return path


def exact(query: Vector, given: list[Vector], limit: int) -> list[int]:
    rows = np.array([np.frombuffer(v.data, np.int8) for v in given]).astype(float)
    wanted = np.frombuffer(query.data, np.int8).astype(float)
    scores = rows @ wanted / np.linalg.norm(rows, axis=1)
    return [int(n) for n in np.argsort(-scores, kind="stable")[:limit]]


def test_a_small_file_is_searched_exactly(tmp_path: Path) -> None:
    given = vectors(500)
    file = write(tmp_path / "m", given)
    found = Searcher().nearest(str(file), DIMS, given[7].record(0), 12)
    assert found is not None
    assert [n for n, _ in found] == exact(given[7], given, 12)
    assert found[0] == (7, pytest.approx(1, abs=1e-5))


def test_in_a_large_file_the_nearest_are_found(tmp_path: Path) -> None:
    given = vectors(3 * CANDIDATES)
    near = np.frombuffer(given[11].data, np.int8).astype(int)
    noise = np.random.default_rng(5).normal(0, 25, (10, DIMS))
    for place, row in enumerate(np.clip(near + noise, -127, 127).astype(np.int8)):
        given[1000 * (place + 1)] = Vector(0.002, row.tobytes())
    file = write(tmp_path / "m", given)
    found = Searcher().nearest(str(file), DIMS, given[11].record(0), 11)
    assert found is not None
    assert [n for n, _ in found] == exact(given[11], given, 11)


def test_a_newer_vector_takes_the_place_of_the_one_in_the_file(tmp_path: Path) -> None:
    given = vectors(50)
    file = write(tmp_path / "m", given)
    tail = given[3].record(20) + given[4].record(900)
    found = Searcher().nearest(str(file), DIMS, given[3].record(0) + tail, 60)
    assert found is not None
    assert {n for n, score in found if score > 0.999} == {3, 20}
    assert len([n for n, _ in found if n == 20]) == 1 and 900 in [n for n, _ in found]


@pytest.mark.parametrize("harm", ["cut", "flipped", "other", "gone"])
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, harm: str) -> None:
    file = write(tmp_path / "m", vectors(40))
    data = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(data[:-1])
    elif harm == "flipped":
        data[-5] ^= 1
        file.write_bytes(data)
    elif harm == "other":
        file.write_bytes(b"SQLite format 3\0" + data[16:])
    else:
        file.unlink()
    assert Matrix.open(file) is None
    assert Searcher().nearest(str(file), DIMS, vectors(1)[0].record(0), 5) is None


def test_the_model_process_searches_without_loading_the_model(tmp_path: Path) -> None:
    given = vectors(60)
    file = write(tmp_path / "m", given)
    host = ModelHost(real_packs(), device="cpu")
    try:
        found = host.nearest(file, given[5], given[5].record(77), 3)
        assert not found.stale and {n for n, _ in found.found[:2]} == {5, 77}
        assert host.nearest(None, given[5], b"", 3).found == ()
        assert host.nearest(tmp_path / "none", given[5], b"", 3).stale
    finally:
        host.close()
