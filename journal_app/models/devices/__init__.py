"""Which device runs a model: NPU, then GPU, then CPU, and the proof of where it really runs.

Device types are filtered here instead of asking ONNX Runtime for a selection policy: with the QNN
plug-in registered on a machine without the hardware, every policy picks a device that cannot run.
`get_providers()` always names the CPU and proves nothing; the graph assignment does.

A policy is `auto`, `npu`, `gpu`, `cpu` or the id of a device (`qnn-npu-0`). `strict` allows no
other device and not a single node on the CPU.
"""

from __future__ import annotations

import json
import os
import platform
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models.devices import devices_options, devices_work
from journal_app.models.devices.devices_found import (
    CPU,
    EMULATED,
    EMULATION,
    NOT_INSTALLED,
    ORDER,
    PLUGINS,
    QNN,
    Found,
    Kind,
    cpu_name,
    detect,
    errors,
    register_plugins,
)

__all__ = [
    "CPU",
    "EMULATED",
    "EMULATION",
    "MAX_THREADS",
    "NOT_INSTALLED",
    "ORDER",
    "PLUGINS",
    "QNN",
    "Found",
    "Kind",
    "cpu_name",
    "detect",
    "errors",
    "open_best",
    "options",
    "provider_options",
    "register_plugins",
    "share",
    "threads",
    "wanted",
]

ENOUGH = 0.5  # of the work: below that a device costs more in copies than it saves
MAX_THREADS = 8
_DOCTOR = "`journal model doctor` says what is missing and how to get it; "
_LOOSEN = "`journal config device.strict off` lets the CPU help."


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


def wanted(found: Iterable[Found], policy: str, strict: bool = False) -> list[Found]:
    """The devices to try, the best first. The CPU stays the last; with `strict` there is one
    device only, and none where the policy fits nothing. An emulated one must be asked for by id."""
    found = list(found)
    fits = [
        one
        for one in found
        if one.id == policy or (not one.emulated and policy in ("auto", one.kind))
    ]
    if strict:
        best = [one for one in fits if one.kind != "cpu" or policy in ("cpu", one.id)]
        return best[:1]
    rest = [one for one in found if one.kind == "cpu" and one not in fits]
    return [*fits, *rest]


def options(
    found: Found,
    most: int = MAX_THREADS,
    *,
    strict: bool = False,
    extra: Mapping[str, str] | None = None,
) -> Any:
    """Session options that put a graph on `found` and record what runs where; at most `most`
    threads of the CPU. `extra` are more options of its provider."""
    import onnxruntime as ort

    made = ort.SessionOptions()
    made.log_severity_level = 3
    made.intra_op_num_threads = min(most, threads())
    made.inter_op_num_threads = 1
    made.enable_cpu_mem_arena = False  # it keeps the largest run's memory: 70 MB for 3 % of speed
    made.add_session_config_entry("session.intra_op.allow_spinning", "0")
    made.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    if strict and found.kind != "cpu":
        made.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    given = provider_options(found, extra)
    if found.handle is not None:
        made.add_provider_for_devices([found.handle], given)
    elif found.kind != "cpu":
        made.add_provider(found.provider, given)
    return made


def provider_options(found: Found, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The options of the device's provider, every name checked."""
    qnn = found.provider == QNN and found.kind == "npu"
    base = {"htp_performance_mode": "burst"} if qnn else {}
    return devices_options.checked(found.provider, {**base, **found.options, **(extra or {})})


def share(session: Any, provider: str) -> float:
    """The part (0 to 1) of the graph's nodes that `provider` runs, as the session reports it."""
    return devices_work.node_shares(devices_work.placed(session)).get(provider, 0.0)


def open_best(
    candidates: Iterable[Found],
    policy: str,
    start: Callable[[Found], Any],
    *,
    strict: bool = False,
    model: Path | None = None,
) -> tuple[Any, Found, DeviceInfo]:
    """The first candidate on which `start` gives a session that really runs there.

    Returns the session, the device, and the report with why better ones were passed over. `model`
    is the file that `start` opens, for the estimate of work. With `strict` raises JournalError
    where the one candidate does not run the whole model.
    """
    notes: list[str] = []
    tried = list(candidates)
    listed = policy in ("auto", "cpu") or any(policy in (one.kind, one.id) for one in tried)
    if not listed and not wanted(detect(), policy, strict=True):
        notes.append(_absent(policy))  # one that is there was tried before, in another form
    for one in tried:
        began = time.perf_counter()
        try:
            session = start(one)
        except (JournalError, OSError, *errors()) as error:  # type: ignore[misc]  # a tuple of any length
            if one.kind == "cpu":
                raise
            text = error.message if isinstance(error, JournalError) else str(error)
            notes.append(f"{one.kind.upper()} {one.name}: {' '.join(text.split())[:300]}")
            continue
        seconds = time.perf_counter() - began
        nodes = devices_work.placed(session)
        part = devices_work.node_shares(nodes).get(one.provider, 0.0)
        work = devices_work.work_shares(nodes, model).get(one.provider, 0.0)
        short = strict and part < 1
        if one.kind != "cpu" and (work < ENOUGH or short):
            notes.append(
                f"{one.kind.upper()} {one.name} would run only {part:.0%} of the model's nodes "
                f"and {work:.0%} of its work ({devices_work.left_over(nodes, one.provider)})"
            )
            continue
        if one.kind != "cpu" and part < 1:
            notes.append(devices_work.left_over(nodes, one.provider))
        if policy not in ("auto", one.kind, one.id):
            notes.append(f"the setting asks for {_asked(policy)}: the CPU is used instead")
        info = DeviceInfo(
            one.kind, one.name, one.provider, part, tuple(notes), work=work, load_seconds=seconds
        )
        return session, one, info
    if strict:
        raise JournalError(
            f"The model must run on {_asked(policy)} alone and does not: "
            f"{'; '.join(notes) or 'there is neither an NPU nor a GPU here'}.",
            _DOCTOR + _LOOSEN,
        )
    raise RuntimeError("no device, not even the CPU")


def _absent(policy: str) -> str:
    problems = "; ".join(
        f"{name.removesuffix('ExecutionProvider')} {why}"
        for name, why in register_plugins().items()
    )
    what = policy.upper() if policy in ORDER else f"device {policy}"
    return f"no {what} found" + (f" ({problems})" if problems else "")


def _asked(policy: str) -> str:
    if policy == "auto":
        return "an NPU or a GPU"
    return f"the {policy.upper()}" if policy in ORDER else policy


def main() -> None:
    """Print every device as JSON; run in a process of its own, so that a bad driver harms none."""
    from journal_app.models.devices import doctor_facts

    problems = register_plugins()
    found = [one.as_json() for one in detect()]
    facts = doctor_facts.gather().as_json()
    print(json.dumps({"devices": found, "plugins": problems, "facts": facts}))
