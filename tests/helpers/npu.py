"""The NPU without hardware: the vendor's emulation of a Snapdragon X Elite's Hexagon."""

from __future__ import annotations

import importlib.util
import os
import platform

import pytest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def emulated(monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of the emulated device, or a skip that says why there is none."""
    from journal_app.models import devices

    if platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip("the HTP emulation is part of onnxruntime-qnn for Linux x86-64 only")
    if importlib.util.find_spec("onnxruntime_qnn") is None:
        pytest.skip("onnxruntime-qnn is not installed (no wheel for this Python or this libc)")
    problem = devices.register_plugins().get(devices.QNN)
    if problem:
        pytest.skip(f"onnxruntime-qnn does not load here: {problem}")
    monkeypatch.setenv(devices.EMULATION, "1")
    return devices.EMULATED
