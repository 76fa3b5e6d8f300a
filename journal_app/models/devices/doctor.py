"""Why a model does not run on the NPU, in plain sentences, and what to do about it.

Pure: it looks at recorded facts, lists of devices and reports of loaded models, and never raises
for what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from journal_app.domain.summarize import DeviceInfo
from journal_app.models.devices.devices_found import (
    EMULATION,
    NOT_INSTALLED,
    OPENVINO,
    QNN,
    WINDOWS_ML,
)
from journal_app.models.devices.doctor_facts import TELEMETRY, Facts

Level = Literal["pass", "info", "stale", "fail"]
OLDEST_PYTHON = (3, 11)  # that onnxruntime-qnn has wheels for
OLDEST_GLIBC = {"x86_64": (2, 35), "arm64": (2, 34)}  # of its wheels for Linux
_INSTALL = 'Install it: `pip install "{package}"`, in the environment that the journal runs in.'
_PACKAGE = {QNN: "onnxruntime-qnn", OPENVINO: "onnxruntime-ep-openvino"}
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence; `way` is what to install or to change, "" where nothing is to be done."""

    level: Level
    text: str
    way: str = ""


def examine(
    facts: Facts,
    devices: Sequence[Mapping[str, Any]],
    plugins: Mapping[str, str],
    *,
    policy: str = "auto",
    strict: bool = False,
    loaded: Iterable[DeviceInfo] = (),
) -> list[Finding]:
    """Everything there is to say. `devices` and `plugins` as `process.list_devices` gives them,
    `loaded` the models that run now."""
    found = [*_npu(facts, devices, plugins), *_gpu(facts, devices, plugins)]
    found += _policy(devices, policy, strict)
    for one in loaded:
        found += _model(one, policy)
    found.append(_telemetry(facts))
    return found


def of_told(
    told: Mapping[str, Any], *, policy: str, strict: bool, loaded: Iterable[DeviceInfo] = ()
) -> list[Finding]:
    """The same, of what `process.list_devices` answered."""
    facts = Facts.from_json(told["facts"])
    return examine(
        facts, told["devices"], told["plugins"], policy=policy, strict=strict, loaded=loaded
    )


# ---------------------------------------------------------------------- the NPU


def _npu(
    facts: Facts, devices: Sequence[Mapping[str, Any]], plugins: Mapping[str, str]
) -> list[Finding]:
    real = [one for one in devices if one["kind"] == "npu" and not one.get("emulated")]
    found = [
        Finding("pass", f"There is an NPU: {one['name']} ({one['id']}, {_short(one['provider'])}).")
        for one in real
    ]
    if any(one.get("emulated") for one in devices):
        found.append(
            Finding(
                "info",
                f"{EMULATION}=1 offers an emulated NPU. It proves that a model fits, and is "
                "hundreds of times slower than the CPU.",
                f"Unset {EMULATION} unless you develop this.",
            )
        )
    if real:
        return found
    if facts.system == "Darwin":
        return found + _apple(facts)
    arm_windows = facts.system == "Windows" and (facts.machine == "arm64" or _says_arm(facts.cpu))
    if arm_windows or (facts.system == "Linux" and facts.machine == "arm64"):
        return found + _hexagon(facts, plugins)
    return found + _x86(facts, plugins)


def _hexagon(facts: Facts, plugins: Mapping[str, str]) -> list[Finding]:
    """A machine that may have a Snapdragon: Windows or Linux on ARM."""
    if facts.machine != "arm64":
        return [
            Finding(
                "fail",
                "This Python is made for x86-64 and runs translated: it cannot reach the NPU.",
                "Install Python for ARM64 and the journal in it.",
            )
        ]
    if facts.system == "Linux" and not facts.fastrpc:
        return [
            Finding(
                "info",
                "There is no /dev/fastrpc-cdsp: this machine has no Hexagon NPU, or its driver is "
                "not loaded.",
                "On a Snapdragon, load the kernel module fastrpc and the DSP's firmware.",
            )
        ]
    problem = _package_problem(facts, plugins, QNN)
    if problem is not None:
        return [problem]
    if facts.fastrpc and not any(facts.fastrpc.values()):
        return [
            Finding(
                "fail",
                f"You may not open {', '.join(facts.fastrpc)}.",
                "Join the group that owns it (`ls -l /dev/fastrpc*` names it) and log in again.",
            )
        ]
    return [
        Finding(
            "fail",
            "onnxruntime-qnn is installed and finds no Hexagon NPU.",
            "Install the NPU's driver anew (Windows Update, optional updates: Qualcomm)."
            if facts.system == "Windows"
            else "Look for the DSP's firmware in the kernel's log: `dmesg | grep -i cdsp`.",
        )
    ]


def _x86(facts: Facts, plugins: Mapping[str, str]) -> list[Finding]:
    found = []
    cpu = facts.cpu.casefold()
    if "intel" in cpu and ("ultra" in cpu or facts.accel):
        found.append(_intel(facts, plugins))
    elif "amd" in cpu and "ryzen ai" in cpu:
        found.append(_ryzen(facts, plugins))
    else:
        name = facts.cpu or "this machine"
        found.append(Finding("info", f"No NPU is known for {name}; models run on its CPU or GPU."))
    if facts.system == "Linux" and plugins.get(QNN, "") == "" and _PACKAGE[QNN] in facts.packages:
        found.append(
            Finding(
                "info",
                "onnxruntime-qnn is installed: this machine can compile packs for Snapdragon "
                "machines, ahead of time.",
                "`journal model compile --target snapdragon-x-elite`",
            )
        )
    return found


def _intel(facts: Facts, plugins: Mapping[str, str]) -> Finding:
    if facts.system == "Linux" and not facts.accel:
        return Finding(
            "fail",
            "The NPU's driver is not loaded: there is no /dev/accel/accel0.",
            "Install Intel's NPU driver (intel-level-zero-npu) and a kernel with intel_vpu.",
        )
    if facts.accel and not any(facts.accel.values()):
        return Finding(
            "fail",
            f"You may not open {', '.join(facts.accel)}.",
            "Join the group that owns it, mostly `render`, and log in again.",
        )
    problem = _package_problem(facts, plugins, OPENVINO)
    if problem is not None:
        return problem
    return Finding(
        "fail",
        "onnxruntime-ep-openvino is installed and finds no NPU.",
        "Install Intel's NPU driver anew.",
    )


def _ryzen(facts: Facts, plugins: Mapping[str, str]) -> Finding:
    if facts.system == "Windows":
        what = plugins.get(WINDOWS_ML) or (
            "it is not Ready" if "windowsml" in facts.packages else "windowsml is not installed"
        )
        return Finding(
            "info",
            f"AMD's provider comes with Windows ML alone, and {what}.",
            "Let Windows install it (Settings, AI components), then `pip install windowsml`. "
            "The journal never downloads it.",
        )
    return Finding("info", "AMD's NPU has no provider for ONNX Runtime on PyPI for Linux.")


def _apple(facts: Facts) -> list[Finding]:
    if facts.machine != "arm64":
        return [Finding("info", "Macs with Intel processors have no Neural Engine.")]
    return [
        Finding(
            "fail",
            "This ONNX Runtime does not offer CoreML, the way to the Neural Engine. "
            "(onnxruntime-qnn is of no use here and has no wheel for macOS.)",
            "Install the wheel from PyPI: `pip install --force-reinstall onnxruntime`.",
        )
    ]


def _package_problem(facts: Facts, plugins: Mapping[str, str], provider: str) -> Finding | None:
    """What keeps a plug-in from loading; None where it loads."""
    package = _PACKAGE[provider]
    problem = plugins.get(provider, "")
    version = ".".join(map(str, facts.python))
    if package in facts.packages and not problem:
        return None
    if provider == QNN and facts.python < OLDEST_PYTHON:
        return Finding(
            "fail",
            f"Python {version} is too old: {package} needs 3.11 or newer.",
            "Install a newer Python and the journal in it.",
        )
    if provider == QNN and facts.system == "Linux" and _old_libc(facts):
        least = ".".join(map(str, OLDEST_GLIBC[facts.machine]))
        return Finding(
            "fail",
            f"{package} needs glibc {least} or newer; this system has {facts.glibc}.",
            "It takes a newer release of the system.",
        )
    if provider == OPENVINO and facts.machine != "x86_64":
        return Finding("info", f"{package} has no wheel for this platform.")
    if package not in facts.packages or problem == NOT_INSTALLED:
        name = "journal-app[npu]" if provider == QNN else package
        return Finding(
            "fail",
            f"The package {package}, which reaches the NPU, is not installed.",
            _INSTALL.format(package=name),
        )
    if facts.system == "Windows" and facts.vc_runtime is False:
        machine = "ARM64" if facts.machine == "arm64" else "x64"
        return Finding(
            "fail",
            f"{package} cannot be loaded: the Visual C++ runtime is missing ({problem}).",
            f"Install Microsoft's Visual C++ Redistributable for {machine}.",
        )
    return Finding(
        "fail",
        f"{package} {facts.packages[package]} cannot be loaded: {problem}.",
        f"`pip install --force-reinstall {package}`; it must fit onnxruntime "
        f"{facts.packages.get('onnxruntime', '')}.",
    )


def _old_libc(facts: Facts) -> bool:
    try:
        major, minor = facts.glibc.split(".")[:2]
        return (int(major), int(minor)) < OLDEST_GLIBC.get(facts.machine, (0, 0))
    except ValueError:
        return False


def _says_arm(cpu: str) -> bool:
    return any(word in cpu.casefold() for word in ("arm", "snapdragon", "qualcomm"))


# ---------------------------------------------------------------------- the rest


def _gpu(
    facts: Facts, devices: Sequence[Mapping[str, Any]], plugins: Mapping[str, str]
) -> list[Finding]:
    real = [one for one in devices if one["kind"] == "gpu"]
    if real:
        return [Finding("pass", f"There is a GPU: {one['name']} ({one['id']}).") for one in real]
    problem = plugins.get("WebGpuExecutionProvider", "")
    if problem and problem != NOT_INSTALLED:
        way = "Install libvulkan1." if facts.vulkan is False else "Update the GPU's driver."
        return [Finding("stale", f"onnxruntime-ep-webgpu cannot be loaded: {problem}.", way)]
    if problem == NOT_INSTALLED:
        return [
            Finding(
                "info",
                "No GPU is used.",
                "`pip install onnxruntime-ep-webgpu` reaches most GPUs; the small models of the "
                "journal seldom gain by it.",
            )
        ]
    return [Finding("info", "ONNX Runtime finds no GPU here.")]


def _policy(devices: Sequence[Mapping[str, Any]], policy: str, strict: bool) -> list[Finding]:
    known = {str(one["id"]) for one in devices}
    kinds = {str(one["kind"]) for one in devices if not one.get("emulated")}
    found = []
    absent = policy not in known | kinds | {"auto"}
    nothing = strict and policy == "auto" and not kinds & {"npu", "gpu"}
    if absent or nothing:
        asked = "an NPU or a GPU" if nothing else policy
        found.append(
            Finding(
                "fail" if strict else "stale",
                f"The settings ask for {asked}"
                + (" and no other device, " if strict else ", ")
                + "which is not here: "
                + ("no model runs." if strict else "the CPU is used."),
                "`journal config device auto`" + (" and `device.strict off`" if strict else ""),
            )
        )
    elif policy == "cpu" and "npu" in kinds:
        found.append(
            Finding(
                "stale",
                "The settings keep models on the CPU although there is an NPU.",
                "`journal config device auto`",
            )
        )
    return found


def _model(one: DeviceInfo, policy: str) -> list[Finding]:
    """How much of a loaded model runs where, and why not elsewhere."""
    name = one.model or "The model"
    figures = [f"{one.share:.0%} of its nodes", f"{one.work:.0%} of its work"]
    more = [one.precision] if one.precision else []
    if one.memory is not None:
        more.append(f"{one.memory / _MB:,.0f} MB")
    if one.load_seconds:
        more.append(f"loaded in {one.load_seconds:.1f} s")
    whole = one.share >= 1 and not (one.kind == "cpu" and policy in ("npu", "gpu"))
    where = f"{one.kind.upper()} {one.name}".strip()
    text = f"{name} runs on {where}: {' and '.join(figures)}"
    text += f" ({', '.join(more)})." if more else "."
    return [
        Finding("pass" if whole else "stale", text),
        *(Finding("info", f"{name}: {note}.") for note in one.notes),
    ]


def _telemetry(facts: Facts) -> Finding:
    if facts.telemetry_off:
        return Finding("pass", "ONNX Runtime's telemetry is off in every process of the journal.")
    return Finding(
        "fail",
        f"{TELEMETRY} is not set in the process that looked for devices.",
        "This is a fault of the journal; please report it.",
    )


def _short(provider: str) -> str:
    return provider.removesuffix("ExecutionProvider")
