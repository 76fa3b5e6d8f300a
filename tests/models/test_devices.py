"""Devices of other people's machines, played from what their runtimes list; and this one's."""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journal_app.errors import JournalError
from journal_app.models import devices
from journal_app.models.devices import devices_found, devices_options, devices_work
from journal_app.models.devices.devices_found import from_runtime, ready
from journal_app.models.devices.devices_work import Placed
from journal_app.models.npu.static_graph import Builder


def listed(provider: str, kind: str, vendor: str, **metadata: str) -> Any:
    """A device as ONNX Runtime lists it."""
    device = SimpleNamespace(
        type=SimpleNamespace(name=kind),
        vendor=vendor,
        metadata={"Description": metadata.pop("name", "")},
    )
    return SimpleNamespace(ep_name=provider, ep_vendor=vendor, ep_metadata=metadata, device=device)


CPU = listed("CPUExecutionProvider", "CPU", "AMD")
SNAPDRAGON = (
    CPU,
    listed("QNNExecutionProvider", "NPU", "Qualcomm", name="Hexagon NPU"),
    listed("QNNExecutionProvider", "GPU", "Qualcomm", name="Adreno X1-85"),
)
INTEL = (
    CPU,
    listed("OpenVINOExecutionProvider", "CPU", "Intel", ov_device="CPU"),
    listed("OpenVINOExecutionProvider", "GPU", "Intel", ov_device="GPU.0", name="Intel Arc"),
    listed("OpenVINOExecutionProvider", "NPU", "Intel", ov_device="NPU", name="Intel AI Boost"),
    listed("WebGpuExecutionProvider", "GPU", "Intel", name="Intel Arc"),
)
BUILT_IN = ("CPUExecutionProvider",)
MAC = ("CoreMLExecutionProvider", "CPUExecutionProvider")


@pytest.mark.parametrize(
    ("shown", "built_in", "ids"),
    [
        (SNAPDRAGON, BUILT_IN, ["qnn-npu-0", "qnn-gpu-0", "cpu"]),
        (INTEL, BUILT_IN, ["openvino-npu-0", "openvino-gpu-0", "webgpu-gpu-0", "cpu"]),
        ((CPU,), MAC, ["coreml-npu-0", "coreml-gpu-0", "cpu"]),
        ((CPU,), ("DmlExecutionProvider", *BUILT_IN), ["directml-gpu-0", "cpu"]),
        ((CPU,), ("CUDAExecutionProvider", *BUILT_IN), ["cuda-gpu-0", "cpu"]),
        # The QNN plug-in on a machine without the hardware: a device that only computes on the CPU.
        ((CPU, listed("QNNExecutionProvider", "CPU", "AMD")), BUILT_IN, ["cpu"]),
        ((listed("VitisAIExecutionProvider", "NPU", "AMD"),), BUILT_IN, ["vitisai-npu-0", "cpu"]),
    ],
)
def test_every_machine_has_its_devices_in_order(
    shown: tuple[Any, ...], built_in: tuple[str, ...], ids: list[str]
) -> None:
    assert [one.id for one in from_runtime(shown, built_in)] == ids


def test_a_policy_picks_and_strict_leaves_no_other() -> None:
    found = from_runtime(SNAPDRAGON, BUILT_IN)

    def ids(policy: str, strict: bool = False) -> list[str]:
        return [one.id for one in devices.wanted(found, policy, strict)]

    assert ids("auto") == ["qnn-npu-0", "qnn-gpu-0", "cpu"]
    assert ids("npu") == ["qnn-npu-0", "cpu"]
    assert ids("qnn-gpu-0") == ["qnn-gpu-0", "cpu"]
    assert ids("cpu") == ["cpu"]
    assert ids("auto", strict=True) == ["qnn-npu-0"]
    assert ids("gpu", strict=True) == ["qnn-gpu-0"]
    assert ids("cpu", strict=True) == ["cpu"]
    assert ids("openvino-npu-0", strict=True) == []
    assert ids("openvino-npu-0") == ["cpu"]


def test_an_emulated_device_must_be_asked_for() -> None:
    found = [devices_found.emulated(object()), *from_runtime((CPU,), BUILT_IN)]
    assert [one.id for one in devices.wanted(found, "auto")] == ["cpu"]
    assert devices.wanted(found, "npu", strict=True) == []
    assert devices.wanted(found, devices.EMULATED, strict=True) == [found[0]]


@dataclass
class Catalog:
    """Windows ML's list of providers; asking for a download fails the test."""

    states: dict[str, str] = field(default_factory=dict)

    def find_all_providers(self) -> list[Any]:
        def ensure_ready() -> None:
            raise AssertionError("a download was asked for")

        return [
            SimpleNamespace(
                name=name,
                ready_state=SimpleNamespace(name=state),
                library_path=f"C:/{name}.dll",
                ensure_ready=ensure_ready,
            )
            for name, state in self.states.items()
        ]


def test_of_windows_ml_only_what_is_ready_is_used() -> None:
    catalog = Catalog({"QNN": "Ready", "OpenVINO": "NotReady", "VitisAI": "NotPresent"})
    assert [one.name for one in ready(catalog.find_all_providers())] == ["QNN"]


def test_options_are_checked_by_name() -> None:
    npu = from_runtime(SNAPDRAGON, BUILT_IN)[0]
    assert devices.provider_options(npu, {"soc_model": "60"}) == {
        "htp_performance_mode": "burst",
        "soc_model": "60",
    }
    with pytest.raises(JournalError, match="no option htp_performnce_mode"):
        devices.provider_options(npu, {"htp_performnce_mode": "burst"})
    with pytest.raises(JournalError, match="no performance mode"):
        devices_options.checked(devices.QNN, {"htp_performance_mode": "fast"})


def product(path: Path) -> Path:
    """A graph with one heavy product (64 x 64) and one light one (64 x 8)."""
    builder = Builder()
    x = builder.input("x", (1, 64))
    x = builder.linear(x, "heavy", np.eye(64, dtype=np.float32))
    x = builder.linear(x, "light", np.ones((8, 64), np.float32))
    builder.output(x, "y", (1, 8))
    builder.save(path, "product")
    return path


def test_work_is_told_beside_nodes(tmp_path: Path) -> None:
    model = product(tmp_path / "model.onnx")
    placed = [Placed("A", "Gemm", "Gemm.0"), Placed("B", "Gemm", "Gemm.1")]
    assert devices_work.node_shares(placed) == {"A": 0.5, "B": 0.5}
    assert devices_work.work_shares(placed, model)["A"] == pytest.approx(64 / 72)
    renamed = [Placed("A", "FusedGemm", "fused"), placed[1]]
    assert devices_work.work_shares(renamed, model)["A"] == pytest.approx(64 / 72)
    assert devices_work.left_over(placed, "A") == "1 of 2 nodes stayed on the CPU: Gemm"


def test_the_cpu_runs_all_and_says_so(tmp_path: Path) -> None:
    import onnxruntime as ort

    model = product(tmp_path / "model.onnx")

    def start(found: devices.Found) -> Any:
        return ort.InferenceSession(str(model), sess_options=devices.options(found))

    candidates = devices.wanted(devices.detect(), "cpu")
    _, found, info = devices.open_best(candidates, "cpu", start, model=model)
    assert (found.id, info.share, info.work, info.notes) == ("cpu", 1.0, 1.0, ())
    assert info.load_seconds > 0


def test_a_missing_device_falls_back_with_a_note_and_strictly_refuses(tmp_path: Path) -> None:
    import onnxruntime as ort

    model = product(tmp_path / "model.onnx")

    def start(found: devices.Found) -> Any:
        return ort.InferenceSession(str(model), sess_options=devices.options(found))

    found = from_runtime((CPU,), BUILT_IN)
    _, _, info = devices.open_best(devices.wanted(found, "npu"), "npu", start)
    assert info.kind == "cpu"
    assert info.notes[0].startswith("no NPU found")
    with pytest.raises(JournalError, match="must run on the NPU alone") as caught:
        devices.open_best(devices.wanted(found, "npu", True), "npu", start, strict=True)
    assert "journal model doctor" in caught.value.hint


def test_strict_refuses_a_device_that_cannot_start() -> None:
    def start(found: devices.Found) -> Any:
        raise RuntimeError("QNN: device creation failed")

    npu = devices.wanted(from_runtime(SNAPDRAGON, BUILT_IN), "npu", True)
    with pytest.raises(JournalError, match="device creation failed"):
        devices.open_best(npu, "npu", start, strict=True)
