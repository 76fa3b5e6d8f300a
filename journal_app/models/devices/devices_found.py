"""The devices that ONNX Runtime's execution providers offer on this machine.

Three ways lead to a device: plug-in packages (QNN, OpenVINO, WebGPU), what Windows ML has Ready,
and providers built into the runtime (CoreML, DirectML, CUDA). Nothing is ever downloaded: a
provider of Windows ML that is not Ready stays out.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

Kind = Literal["npu", "gpu", "cpu"]
ORDER: tuple[Kind, ...] = ("npu", "gpu", "cpu")
CPU = "CPUExecutionProvider"
QNN = "QNNExecutionProvider"
OPENVINO = "OpenVINOExecutionProvider"
# Provider name (QNN takes the name it is registered under) to the module of its plug-in package.
PLUGINS = {
    QNN: "onnxruntime_qnn",
    OPENVINO: "onnxruntime_ep_openvino",
    "WebGpuExecutionProvider": "onnxruntime_ep_webgpu",
}
NOT_INSTALLED = "not installed"
WINDOWS_ML = "windowsml"
EMULATION = "JOURNAL_HTP_EMULATION"  # =1: the developer's NPU without hardware, far too slow to use
EMULATED = "qnn-htp-emulated"
_SHORT = {
    QNN: "qnn",
    OPENVINO: "openvino",
    "WebGpuExecutionProvider": "webgpu",
    "CoreMLExecutionProvider": "coreml",
    "DmlExecutionProvider": "directml",
    "CUDAExecutionProvider": "cuda",
    "VitisAIExecutionProvider": "vitisai",
    "NvTensorRTRTXExecutionProvider": "tensorrt",
}
# A provider of general GPU code comes after the vendor's own on the same kind of device.
_LATER = ("webgpu", "directml")
_BUILT_IN: tuple[tuple[str, Kind, str, Mapping[str, str]], ...] = (
    ("CUDAExecutionProvider", "gpu", "NVIDIA GPU", {}),
    ("DmlExecutionProvider", "gpu", "GPU through DirectML", {}),
    (
        "CoreMLExecutionProvider",
        "npu",
        "Apple Neural Engine",
        {
            "ModelFormat": "MLProgram",
            "MLComputeUnits": "CPUAndNeuralEngine",
            "RequireStaticInputShapes": "1",
        },
    ),
    (
        "CoreMLExecutionProvider",
        "gpu",
        "Apple GPU",
        {"ModelFormat": "MLProgram", "MLComputeUnits": "CPUAndGPU"},
    ),
)
_registered: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """A device of this machine. `handle` is ONNX Runtime's own object (None: built in); `id` is
    the name for settings, the same as long as the hardware is; `emulated` devices prove, they do
    not serve."""

    kind: Kind
    name: str
    provider: str
    handle: Any = None
    id: str = ""
    vendor: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    emulated: bool = False

    def as_json(self) -> dict[str, str | bool]:
        """What `journal model devices --json` tells of it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "provider": self.provider,
            "vendor": self.vendor,
            "emulated": self.emulated,
        }


def cpu_name() -> str:
    """The processor's name for people."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return match.group(1).strip() if match else platform.machine()


def errors() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises; its classes derive from Exception alone."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    own = tuple(
        value
        for value in vars(state).values()
        if isinstance(value, type) and issubclass(value, Exception)
    )
    return (*own, RuntimeError)


def register_plugins() -> dict[str, str]:
    """Register the execution provider plug-ins that are installed; problems by provider name."""
    for provider, module in PLUGINS.items():
        if provider in _registered:
            continue
        if importlib.util.find_spec(module) is None:
            _registered[provider] = NOT_INSTALLED
            continue
        _register(
            provider, lambda module=module: importlib.import_module(module).get_library_path()
        )
    if WINDOWS_ML not in _registered and importlib.util.find_spec(WINDOWS_ML) is not None:
        _registered[WINDOWS_ML] = ""
        _register_ready()
    return {provider: problem for provider, problem in _registered.items() if problem}


def _register(provider: str, library: Any) -> None:
    import onnxruntime as ort

    try:
        ort.register_execution_provider_library(provider, library())
        _registered[provider] = ""
    except (ImportError, OSError, AttributeError, *errors()) as error:  # type: ignore[misc]  # a tuple of any length
        _registered[provider] = " ".join(str(error).split())[:300]


def _register_ready() -> None:
    """Register what the system's catalog has Ready; asking for more would download it."""
    try:
        catalog_class = importlib.import_module(WINDOWS_ML).EpCatalog
        with catalog_class() as found:
            for one in ready(found.find_all_providers()):
                if _registered.get(one.name, NOT_INSTALLED):
                    _register(one.name, lambda one=one: str(one.library_path))
    except (ImportError, OSError, AttributeError, RuntimeError) as error:
        _registered[WINDOWS_ML] = " ".join(str(error).split())[:300]


def ready(providers: Iterable[Any]) -> list[Any]:
    """Those of the catalog of Windows ML that can be used without a download."""
    return [
        one
        for one in providers
        if str(getattr(one.ready_state, "name", one.ready_state)).casefold() == "ready"
        and one.library_path
    ]


def detect() -> list[Found]:
    """Every device that ONNX Runtime offers here, best kind first; the CPU is always the last."""
    import onnxruntime as ort

    register_plugins()
    found = from_runtime(ort.get_ep_devices(), ort.get_available_providers())
    handle = next((one for one in ort.get_ep_devices() if one.ep_name == QNN), None)
    emulates = platform.system() == "Linux" and platform.machine() == "x86_64"
    if handle is not None and emulates and os.environ.get(EMULATION) == "1":
        found.insert(0, emulated(handle))
    return found


def emulated(handle: Any) -> Found:
    """The Hexagon NPU of a Snapdragon X Elite as its vendor's library plays it on this CPU.

    Without the chip and the architecture larger graphs fail to finalize (QNN error 1002).
    """
    given = {"backend_type": "htp", "soc_model": "60", "htp_arch": "73"}
    name = "Hexagon NPU of a Snapdragon X Elite, emulated"
    return Found("npu", name, QNN, handle, EMULATED, "Qualcomm", given, emulated=True)


def from_runtime(ep_devices: Iterable[Any], built_in: Iterable[str]) -> list[Found]:
    """Devices out of what ONNX Runtime lists: its plug-in devices and its built-in providers."""
    found: list[Found] = []
    for one in ep_devices:
        kind = _kind(one)
        if kind is None or one.ep_name == CPU:
            continue
        metadata = {str(key): str(value) for key, value in dict(one.device.metadata).items()}
        vendor = str(one.device.vendor or one.ep_vendor or "")
        name = metadata.get("Description") or f"{vendor} {kind.upper()}".strip()
        found.append(Found(kind, name, one.ep_name, one, "", vendor))
    listed = {(one.provider, one.kind) for one in found}
    available = set(built_in)
    for provider, kind, name, given in _BUILT_IN:
        if provider in available and (provider, kind) not in listed:
            found.append(Found(kind, name, provider, None, "", "", dict(given)))
    found.sort(key=lambda one: (ORDER.index(one.kind), _short(one.provider) in _LATER))
    numbers: dict[str, int] = {}
    named = []
    for one in found:
        base = f"{_short(one.provider)}-{one.kind}"
        number = numbers[base] = numbers.get(base, -1) + 1
        named.append(replace(one, id=f"{base}-{number}"))
    return [*named, Found("cpu", cpu_name(), CPU, None, "cpu")]


def _kind(one: Any) -> Kind | None:
    """NPU or GPU; None for what only computes on the CPU, which the runtime itself does better."""
    name = str(getattr(one.device.type, "name", one.device.type))
    if one.ep_name == OPENVINO:  # its virtual devices all sit on one piece of hardware
        name = str(dict(one.ep_metadata).get("ov_device", "")).partition(".")[0] or name
    if name == "NPU":
        return "npu"
    return "gpu" if name == "GPU" else None


def _short(provider: str) -> str:
    plain = provider.removesuffix("ExecutionProvider")
    return _SHORT.get(provider, re.sub(r"[^a-z0-9]+", "", plain.lower()) or "other")
