"""The choices of the setting "device" in words: a kind, or one device of this computer."""

from __future__ import annotations

from collections.abc import Sequence

from journal_app.gui.language import tr


def policies(devices: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Values and what they are called; `devices` are ids and names of this computer's."""
    kinds = [
        ("auto", tr("Automatic (NPU, GPU, CPU)")),
        ("npu", tr("NPU")),
        ("gpu", tr("GPU")),
        ("cpu", tr("CPU")),
    ]
    known = {value for value, _ in kinds}
    return kinds + [(id, f"{id} · {name}") for id, name in devices if id not in known]
