"""What the doctor looks at: the machine, the installed packages, the drivers' traces.

Facts are plain data: tests play a Snapdragon laptop or a Mac from recorded ones.
"""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from journal_app.models.devices.devices_found import cpu_name

PACKAGES = (
    "onnxruntime",
    "onnxruntime-qnn",
    "onnxruntime-ep-openvino",
    "onnxruntime-ep-webgpu",
    "onnxruntime-directml",
    "windowsml",
)
_MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}
TELEMETRY = "ORT_DISABLE_TELEMETRY"


@dataclass(frozen=True, slots=True)
class Facts:
    """`system` is Windows, Linux or Darwin; `machine` arm64 or x86_64; `packages` has the versions
    of those that are installed; `glibc` is "" elsewhere; `vc_runtime` is None outside Windows;
    `fastrpc` and `accel` are the device files of Hexagon and Intel NPUs under Linux, with whether
    this user may open them."""

    system: str
    machine: str
    python: tuple[int, int]
    cpu: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    glibc: str = ""
    vc_runtime: bool | None = None
    vulkan: bool | None = None
    fastrpc: dict[str, bool] = field(default_factory=dict)
    accel: dict[str, bool] = field(default_factory=dict)
    telemetry_off: bool = True

    def as_json(self) -> dict[str, Any]:
        """For the pipe between processes and for `--json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Facts:
        """The reverse of `as_json`."""
        major, minor = given["python"]
        return cls(**{**given, "python": (int(major), int(minor))})


def gather() -> Facts:
    """The facts of this machine; what cannot be found out stays empty."""
    machine = platform.machine().lower()
    system = platform.system()
    return Facts(
        system,
        _MACHINES.get(machine, machine),
        sys.version_info[:2],
        cpu_name(),
        _versions(),
        platform.libc_ver()[1] if system == "Linux" else "",
        _vc_runtime() if system == "Windows" else None,
        ctypes.util.find_library("vulkan") is not None if system == "Linux" else None,
        _openable("/dev", "fastrpc-cdsp*"),
        _openable("/dev/accel", "accel*"),
        os.environ.get(TELEMETRY) == "1",
    )


def _versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _vc_runtime() -> bool:
    folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    return all((folder / name).exists() for name in ("vcruntime140.dll", "msvcp140.dll"))


def _openable(folder: str, pattern: str) -> dict[str, bool]:
    found = sorted(Path(folder).glob(pattern))
    return {str(path): os.access(path, os.R_OK | os.W_OK) for path in found}
