"""The sentence encoder on a Snapdragon X Elite's NPU, emulated: every node there, same vectors."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from journal_app import paths
from journal_app.domain import segment
from journal_app.models import devices
from journal_app.models.catalog import DEFAULT
from journal_app.models.embedder import Embedder, form
from journal_app.models.npu import compiled, static_encoder
from tests.helpers.npu import emulated
from tests.helpers.packs import real_packs

COUNT = 200


def real_sentences() -> list[str]:
    """The shortest COUNT sentences of the help and of the sample data (four words or more)."""
    files = [
        *(paths.resources() / "help").glob("*.md"),
        *(paths.resources() / "samples").rglob("*.md"),
    ]
    texts = {
        " ".join(one.text.split())
        for path in files
        for one in segment.sentences(path.read_text("utf-8"))
    }
    whole = sorted((one for one in texts if len(one.split()) >= 4), key=lambda one: (len(one), one))
    assert len(whole) >= COUNT
    return whole[:COUNT]


@pytest.mark.timeout(600)  # emulation: 50 to 90 s of one core, more beside other work
def test_every_node_runs_on_the_npu_with_the_vectors_of_the_cpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = emulated(monkeypatch)
    folder = real_packs() / DEFAULT
    model, vocab = folder / "model.onnx", folder / "vocab.txt"
    texts = real_sentences()
    cpu = Embedder(model, vocab, "cpu").embed(texts)
    npu = Embedder(model, vocab, device, strict=True, cache=tmp_path)
    assert (npu.info.kind, npu.info.provider) == ("npu", devices.QNN)
    assert (npu.info.share, npu.info.work, npu.info.notes) == (1.0, 1.0, ())
    vectors = npu.embed(texts)
    cosines = (cpu * vectors).sum(1)
    print(f"cosine to the CPU: least {cosines.min():.5f}, mean {cosines.mean():.5f}")
    assert cosines.min() >= 0.999


def test_the_compiled_graph_is_one_node_of_the_npu_and_serves_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnx

    device = emulated(monkeypatch)
    model = real_packs() / DEFAULT / "model.onnx"
    npu = next(one for one in devices.detect() if one.id == device)
    store = compiled.Store(tmp_path)
    made = form(model, 64)
    said: list[str] = []
    session = store.open(made, npu, say=said.append)
    assert len(said) == 2  # made, then compiled
    folder, key = next(store.entries())
    graph = onnx.load(str(folder / compiled.GRAPH)).graph
    assert [node.op_type for node in graph.node] == ["EPContext"]
    assert (key.chip, key.shape) == ("60/73", "64")

    again = store.open(made, npu, say=said.append)
    assert len(said) == 2  # found
    feed = next(static_encoder.feeds([[101, 2023, 2003, 102]], 64))[1]
    assert np.array_equal(session.run(None, feed)[0], again.run(None, feed)[0])

    copied = compiled.Store(tmp_path / "elsewhere")
    shutil.copytree(folder, tmp_path / "elsewhere" / folder.name)
    copied.open(made, npu, say=said.append)
    assert len(said) == 2  # a copy serves as well

    binary = next(folder.glob("*.bin"))
    damaged = bytearray(binary.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    binary.write_bytes(damaged)
    store.open(made, npu, say=said.append)
    assert len(said) == 4  # made anew, never given to the driver
