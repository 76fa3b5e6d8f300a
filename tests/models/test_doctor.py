"""The doctor on other people's machines, played from recorded facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from journal_app.domain.summarize import DeviceInfo
from journal_app.models.devices.doctor import Finding, examine
from journal_app.models.devices.doctor_facts import Facts, gather

CPU = {"id": "cpu", "kind": "cpu", "name": "CPU", "provider": "CPUExecutionProvider"}
HEXAGON = {
    "id": "qnn-npu-0",
    "kind": "npu",
    "name": "Hexagon NPU",
    "provider": "QNNExecutionProvider",
}
NOTHING = {
    "QNNExecutionProvider": "not installed",
    "OpenVINOExecutionProvider": "not installed",
    "WebGpuExecutionProvider": "not installed",
}
LAPTOP = Facts(
    "Windows",
    "arm64",
    (3, 12),
    "ARMv8 (64-bit) Family 8 Model 1 Revision 201, Qualcomm Technologies Inc",
    {"onnxruntime": "1.32.0", "onnxruntime-qnn": "2.7.0"},
    vc_runtime=True,
)
DRAGON_LINUX = Facts(
    "Linux",
    "arm64",
    (3, 12),
    "Snapdragon X Elite",
    {"onnxruntime": "1.32.0", "onnxruntime-qnn": "2.7.0"},
    "2.39",
    fastrpc={"/dev/fastrpc-cdsp": True},
)
INTEL = Facts(
    "Linux",
    "x86_64",
    (3, 12),
    "Intel(R) Core(TM) Ultra 7 155H",
    {"onnxruntime": "1.32.0"},
    "2.39",
    accel={"/dev/accel/accel0": True},
)
MAC = Facts("Darwin", "arm64", (3, 12), "arm", {"onnxruntime": "1.32.0"})
OLD = {"QNNExecutionProvider": "not installed"}


def said(findings: list[Finding]) -> str:
    return "\n".join(f"{one.level}: {one.text} {one.way}" for one in findings)


@pytest.mark.parametrize(
    ("facts", "plugins", "level", "words", "way"),
    [
        (
            replace(LAPTOP, packages={"onnxruntime": "1.32.0"}),
            NOTHING,
            "fail",
            "onnxruntime-qnn, which reaches the NPU, is not installed",
            'pip install "journal-app[npu]"',
        ),
        (replace(LAPTOP, python=(3, 10), packages={}), NOTHING, "fail", "too old", "newer Python"),
        (replace(LAPTOP, machine="x86_64"), NOTHING, "fail", "runs translated", "ARM64"),
        (
            replace(LAPTOP, vc_runtime=False),
            {"QNNExecutionProvider": "DLL load failed"},
            "fail",
            "Visual C++ runtime is missing",
            "Redistributable for ARM64",
        ),
        (
            LAPTOP,
            {"QNNExecutionProvider": "API version 25 is not supported"},
            "fail",
            "2.7.0 cannot be loaded: API version 25",
            "must fit onnxruntime 1.32.0",
        ),
        (LAPTOP, {}, "fail", "finds no Hexagon NPU", "driver anew"),
        (replace(DRAGON_LINUX, fastrpc={}), {}, "info", "no /dev/fastrpc-cdsp", "kernel module"),
        (
            replace(DRAGON_LINUX, fastrpc={"/dev/fastrpc-cdsp": False}),
            {},
            "fail",
            "may not open /dev/fastrpc-cdsp",
            "group",
        ),
        (
            replace(DRAGON_LINUX, glibc="2.31", packages={}),
            NOTHING,
            "fail",
            "needs glibc 2.34 or newer; this system has 2.31",
            "newer release",
        ),
        (INTEL, NOTHING, "fail", "onnxruntime-ep-openvino", "pip install"),
        (replace(INTEL, accel={}), NOTHING, "fail", "no /dev/accel/accel0", "NPU driver"),
        (replace(INTEL, cpu="AMD Ryzen AI 9"), NOTHING, "info", "no provider for ONNX", ""),
        (
            replace(INTEL, cpu="AMD Ryzen AI 9", system="Windows"),
            NOTHING,
            "info",
            "windowsml is not installed",
            "never downloads",
        ),
        (MAC, NOTHING, "fail", "does not offer CoreML", "force-reinstall onnxruntime"),
        (replace(MAC, machine="x86_64"), NOTHING, "info", "no Neural Engine", ""),
        (
            replace(INTEL, cpu="AMD EPYC", packages={"onnxruntime-qnn": "2.7.0"}),
            {},
            "info",
            "can compile packs for Snapdragon",
            "journal model compile",
        ),
    ],
)
def test_it_says_why_there_is_no_npu_and_what_to_do(
    facts: Facts, plugins: dict[str, str], level: str, words: str, way: str
) -> None:
    found = [one for one in examine(facts, [CPU], plugins) if words in one.text]
    assert len(found) == 1, said(examine(facts, [CPU], plugins))
    assert found[0].level == level
    assert way in found[0].way


def test_with_an_npu_it_only_says_so() -> None:
    found = examine(LAPTOP, [HEXAGON, CPU], {})
    assert found[0] == Finding("pass", "There is an NPU: Hexagon NPU (qnn-npu-0, QNN).", "")
    assert not [one for one in found if one.level == "fail"]


@pytest.mark.parametrize(
    ("policy", "strict", "level", "words"),
    [
        ("npu", False, "stale", "the CPU is used"),
        ("npu", True, "fail", "no model runs"),
        ("openvino-gpu-0", False, "stale", "openvino-gpu-0, which is not here"),
        ("auto", True, "fail", "an NPU or a GPU and no other device"),
    ],
)
def test_it_says_what_a_setting_asks_in_vain(
    policy: str, strict: bool, level: str, words: str
) -> None:
    found = examine(INTEL, [CPU], {}, policy=policy, strict=strict)
    assert [one.level for one in found if words in one.text] == [level], said(found)


def test_an_npu_that_the_setting_leaves_idle_is_told() -> None:
    found = examine(LAPTOP, [HEXAGON, CPU], {}, policy="cpu")
    assert "although there is an NPU" in said(found)


def test_it_tells_how_much_of_a_model_ran_where() -> None:
    info = DeviceInfo(
        "npu",
        "Hexagon NPU",
        "QNNExecutionProvider",
        0.996,
        ("1 of 261 nodes stayed on the CPU: GatherND",),
        work=1.0,
        precision="fp16",
        memory=120_000_000,
        load_seconds=1.25,
        model="minilm",
    )
    found = said(examine(LAPTOP, [HEXAGON, CPU], {}, loaded=[info]))
    assert "minilm runs on NPU Hexagon NPU: 100% of its nodes and 100% of its work" in found
    assert "(fp16, 120 MB, loaded in 1.2 s)" in found
    assert "stayed on the CPU: GatherND" in found


def test_telemetry_left_on_is_a_fault() -> None:
    assert examine(replace(LAPTOP, telemetry_off=False), [HEXAGON], {})[-1].level == "fail"


def test_the_facts_of_this_machine_survive_the_pipe() -> None:
    import json

    facts = gather()
    told: dict[str, Any] = json.loads(json.dumps(facts.as_json()))
    assert Facts.from_json(told) == facts
    assert "onnxruntime" in facts.packages
