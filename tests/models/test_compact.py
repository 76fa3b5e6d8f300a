"""The compact form of the encoder: the same vectors, made once, never in the way."""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from pathlib import Path

import numpy as np
import pytest

from journal_app.models import compact, packs
from journal_app.models.catalog import DEFAULT
from journal_app.models.embedder import Embedder
from tests.helpers.packs import real_packs

TEXTS = [
    f"The warmup of {n} steps ended at a loss of {n / 7:.2f}, {'worse' if n % 2 else 'better'}."
    for n in range(24)
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the pack, so that what is made lies beside the copy."""
    folder = tmp_path / "packs" / DEFAULT
    folder.mkdir(parents=True)
    for file in (real_packs() / DEFAULT).iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def embedder(folder: Path) -> Embedder:
    return Embedder(folder / "model.onnx", folder / "vocab.txt", "cpu", threads=2)


def test_vectors_stay_the_same_to_three_digits(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = embedder(pack).embed(TEXTS)
    monkeypatch.setattr(compact, "cached", lambda model, digest: model)
    theirs = embedder(pack).embed(TEXTS)
    assert (ours * theirs).sum(1).min() > 0.999
    alike = np.abs(ours @ ours.T - theirs @ theirs.T)
    assert alike.max() < 0.005


def test_it_is_made_once_and_made_again_when_it_is_gone(pack: Path) -> None:
    model = pack / "model.onnx"
    digest = packs.digest(model)
    made = compact.cached(model, digest)
    assert isinstance(made, Path) and made.parent.name == compact.FOLDER
    before = made.read_bytes()
    assert compact.cached(model, digest) == made
    made.unlink()
    assert compact.cached(model, digest) == made and made.read_bytes() == before
    assert [one.name for one in made.parent.iterdir()] == [made.name]  # nothing half-made


def test_a_folder_that_cannot_be_written_does_not_stop_it(pack: Path) -> None:
    (pack.parent / compact.FOLDER).write_text("in the way")
    made = compact.cached(pack / "model.onnx", "0" * 64)
    assert isinstance(made, bytes)
    assert embedder(pack).embed(["still here"]).shape == (1, 384)


def test_a_damaged_model_is_left_to_the_runtime(tmp_path: Path) -> None:
    model = tmp_path / "packs" / "broken" / "model.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"\x07" * 500)
    assert compact.cached(model, "1" * 64) == model
