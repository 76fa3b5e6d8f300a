"""Which device runs a model: NPU, then GPU, then CPU, and the proof of where it really runs.

Device types are filtered here instead of asking ONNX Runtime for a selection policy: with the QNN
plug-in registered on a machine without the hardware, every policy picks a device that cannot run.
`get_providers()` always names the CPU and proves nothing; the graph assignment does.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from journal_app.domain.summarize import DeviceInfo

Kind = Literal["npu", "gpu", "cpu"]
ORDER: tuple[Kind, ...] = ("npu", "gpu", "cpu")
PLUGINS = {"QNNExecutionProvider": "onnxruntime_qnn"}
ENOUGH = 0.5  # of the graph: below that a device costs more in copies than it saves
MAX_THREADS = 8
_registered: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """A device of this machine. `handle` is ONNX Runtime's own object (None: the built-in CPU)."""

    kind: Kind
    name: str
    provider: str
    handle: Any = None


def threads() -> int:
    """Physical cores this process may use, at most 8: more only heats the machine."""
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(MAX_THREADS, usable, _physical_cores(usable)))


def _physical_cores(logical: int) -> int:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        # No SMT on Arm; elsewhere two logical cores per physical one is the common case.
        arm = platform.machine().lower().startswith(("arm", "aarch64"))
        return logical if arm else max(1, logical // 2)
    pairs = re.findall(r"physical id\s*:\s*(\d+).*?core id\s*:\s*(\d+)", text, re.DOTALL)
    return len(set(pairs)) or logical


def cpu_name() -> str:
    """The processor's name for people."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return match.group(1).strip() if match else platform.machine()


def register_plugins() -> dict[str, str]:
    """Register the execution provider plug-ins that are installed; problems by provider name."""
    import onnxruntime as ort

    for provider, module in PLUGINS.items():
        if provider in _registered:
            continue
        if importlib.util.find_spec(module) is None:
            _registered[provider] = "not installed"
            continue
        try:
            library = importlib.import_module(module).get_library_path()
            ort.register_execution_provider_library(provider, library)
            _registered[provider] = ""
        except (ImportError, OSError, AttributeError, *errors()) as error:  # type: ignore[misc]
            _registered[provider] = " ".join(str(error).split())[:200]
    return {provider: problem for provider, problem in _registered.items() if problem}


def errors() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises; its classes derive from Exception alone."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    own = tuple(
        value
        for value in vars(state).values()
        if isinstance(value, type) and issubclass(value, Exception)
    )
    return (*own, RuntimeError)


def detect() -> list[Found]:
    """Every device that ONNX Runtime offers here, best kind first; the CPU is always the last."""
    import onnxruntime as ort

    register_plugins()
    kinds = {ort.OrtHardwareDeviceType.NPU: "npu", ort.OrtHardwareDeviceType.GPU: "gpu"}
    found = []
    for device in ort.get_ep_devices():
        kind = kinds.get(device.device.type)
        if kind is not None:
            metadata = dict(device.device.metadata)
            name = str(metadata.get("Description") or device.device.vendor or device.ep_vendor)
            found.append(Found("npu" if kind == "npu" else "gpu", name, device.ep_name, device))
    found.append(Found("cpu", cpu_name(), "CPUExecutionProvider"))
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def wanted(found: Iterable[Found], choice: str) -> list[Found]:
    """The devices to try for a choice of `auto`, `npu`, `gpu` or `cpu`; the CPU stays the last."""
    return [one for one in found if choice in ("auto", one.kind) or one.kind == "cpu"]


def options(found: Found, most: int = MAX_THREADS) -> Any:
    """Session options that put a graph on `found` and record what runs where; at most `most`
    threads of the CPU."""
    import onnxruntime as ort

    made = ort.SessionOptions()
    made.log_severity_level = 3
    made.intra_op_num_threads = min(most, threads())
    made.inter_op_num_threads = 1
    made.add_session_config_entry("session.intra_op.allow_spinning", "0")
    made.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    if found.handle is not None:
        qnn = found.provider == "QNNExecutionProvider"
        given = {"htp_performance_mode": "burst"} if qnn else {}
        made.add_provider_for_devices([found.handle], given)
    return made


def share(session: Any, provider: str) -> float:
    """The part (0 to 1) of the graph's nodes that `provider` runs, as the session reports it."""
    counts: dict[str, int] = {}
    for part in session.get_provider_graph_assignment_info():
        counts[part.ep_name] = counts.get(part.ep_name, 0) + len(part.get_nodes())
    total = sum(counts.values())
    return counts.get(provider, 0) / total if total else 0.0


def open_best(
    candidates: Iterable[Found], choice: str, start: Callable[[Found], Any]
) -> tuple[Any, Found, DeviceInfo]:
    """The first candidate on which `start` gives a session that really runs there.

    Returns the session, the device, and the report with why better ones were passed over.
    """
    notes: list[str] = []
    tried = list(candidates)
    if choice in ("npu", "gpu") and not any(one.kind == choice for one in tried):
        problems = "; ".join(f"{name}: {why}" for name, why in register_plugins().items())
        notes.append(f"no {choice.upper()} found" + (f" ({problems})" if problems else ""))
    for one in tried:
        try:
            session = start(one)
        except errors() as error:
            if one.kind == "cpu":
                raise
            notes.append(f"{one.kind.upper()} {one.name}: {' '.join(str(error).split())[:200]}")
            continue
        part = share(session, one.provider)
        if part < ENOUGH and one.kind != "cpu":
            notes.append(f"{one.kind.upper()} {one.name} would run only {part:.0%} of the model")
            continue
        if choice not in ("auto", one.kind):
            notes.append(f"the setting asks for the {choice.upper()}: the CPU is used instead")
        return session, one, DeviceInfo(one.kind, one.name, one.provider, part, tuple(notes))
    raise RuntimeError("no device, not even the CPU")


def main() -> None:
    """Print every device as JSON; run in a process of its own, so that a bad driver harms none."""
    problems = register_plugins()
    found = [{"kind": one.kind, "name": one.name, "provider": one.provider} for one in detect()]
    print(json.dumps({"devices": found, "plugins": problems}))


if __name__ == "__main__":
    main()
