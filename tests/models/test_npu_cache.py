"""The cache of compiled graphs, with a graph that the CPU takes: no NPU is needed for its rules."""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import dataclasses
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from journal_app.models import devices
from journal_app.models.devices import devices_options
from journal_app.models.npu import compiled
from journal_app.models.npu.compiled import Form, Store
from journal_app.models.npu.static_graph import Builder

CPU = devices.Found("cpu", "CPU", devices.CPU, id="cpu")


def form(made: list[Path], name: str = "form/1", digest: str = "a" * 64) -> Form:
    """A tiny form that counts how often it is made."""

    def write(target: Path) -> None:
        made.append(target)
        builder = Builder()
        x = builder.linear(builder.input("x", (1, 64)), "w", np.eye(64, dtype=np.float32))
        builder.output(x, "y", (1, 64))
        builder.save(target, "tiny")

    return Form("tiny", digest, name, "64", write)


def test_a_graph_is_made_once_and_a_damaged_one_again(tmp_path: Path) -> None:
    made: list[Path] = []
    root = tmp_path / "cache"
    store = Store(root)
    ones = np.ones((1, 64), np.float32)
    for _ in range(2):
        assert np.array_equal(store.open(form(made), CPU).run(None, {"x": ones})[0], ones)
    assert len(made) == 1
    folder, _ = next(store.entries())
    for damage in ("cut", "flipped", "gone", "no record"):
        if damage == "no record":
            (folder / compiled.ABOUT).write_text("{", "utf-8")
        elif damage == "gone":
            (folder / "model.onnx.data").unlink()
        else:
            data = bytearray((folder / "model.onnx.data").read_bytes())
            data[7] ^= 1
            half = len(data) // 2
            (folder / "model.onnx.data").write_bytes(data[:half] if damage == "cut" else data)
        before = len(made)
        assert np.array_equal(store.open(form(made), CPU).run(None, {"x": ones})[0], ones)
        assert len(made) == before + 1, damage
    assert [path.name for path in root.iterdir()] == [folder.name]


def test_what_other_versions_made_goes_and_other_models_and_chips_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime as ort

    store = Store(tmp_path)
    made: list[Path] = []
    store.build(form(made, digest="b" * 64), CPU)
    store.build(form(made), CPU)
    chip = dataclasses.replace(CPU, options={"soc_model": "60", "htp_arch": "73"})
    monkeypatch.setattr(devices_options, "checked", lambda *_: {})
    store.build(form(made), chip)
    assert len(list(store.entries())) == 3
    store.build(form(made, "form/2"), CPU)  # a new way to make the same form
    assert sorted(key.form for _, key in store.entries()) == ["form/1", "form/1", "form/2"]
    monkeypatch.setattr(ort, "__version__", "9.9")
    store.build(form(made, "form/2"), CPU)
    assert [key.runtime for _, key in store.entries()].count("9.9") == 1
    assert len(list(store.entries())) == 3


def test_a_graph_made_ahead_for_a_chip_serves_a_device_and_a_strange_one_does_not(
    tmp_path: Path,
) -> None:
    made: list[Path] = []
    store = Store(tmp_path)
    folder = store.build(form(made), CPU)
    about = json.loads((folder / compiled.ABOUT).read_text("utf-8"))
    about["key"]["chip"] = "60/73"
    (folder / compiled.ABOUT).write_text(json.dumps(about), "utf-8")
    device = SimpleNamespace(vendor_id=0x4D4F, device_id=0x41)
    handle = SimpleNamespace(device=device, ep_metadata={})
    here = dataclasses.replace(CPU, handle=handle)
    key = compiled.key_of(form(made), here)
    assert key.chip == "device 4d4f:41"
    assert store._usable(key) == [folder]
    assert store._usable(dataclasses.replace(key, runtime="1.0")) == []
    assert store._usable(dataclasses.replace(key, digest="c" * 64)) == []
    assert store._usable(dataclasses.replace(key, chip="57/68")) == []


def test_where_nothing_can_be_kept_it_still_works(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    made: list[Path] = []
    ones = np.ones((1, 64), np.float32)
    session = Store(blocked / "cache").open(form(made), CPU)
    assert np.array_equal(session.run(None, {"x": ones})[0], ones)
    assert blocked.read_text("utf-8") == "in the way"


def test_a_failed_making_leaves_nothing(tmp_path: Path) -> None:
    def write(target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError("the disk is full")

    broken = dataclasses.replace(form([]), write=write)
    with pytest.raises(OSError, match="disk is full"):
        Store(tmp_path / "cache").build(broken, CPU)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_copied_folder_is_found_under_any_name(tmp_path: Path) -> None:
    made: list[Path] = []
    folder = Store(tmp_path / "there").build(form(made), CPU)
    shutil.copytree(folder, tmp_path / "here" / "copy of it")
    Store(tmp_path / "here").open(form(made), CPU)
    assert len(made) == 1
