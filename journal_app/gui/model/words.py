"""Words that the pages of "Models" share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from journal_app.gui.language import later, locale, number, tr
from journal_app.gui.plain import spoken
from journal_app.models.catalog import EMBEDDINGS, GENERATION

if TYPE_CHECKING:
    from journal_app.domain.model_gate import Metric
    from journal_app.domain.summarize import DeviceInfo
    from journal_app.gui.model.facts import PackFacts

TASKS = {
    EMBEDDINGS: later("Reads: finds and summarizes"),
    GENERATION: later("Writes: words summaries and answers"),
}
STATES = {
    "installed": later("Installed"),
    "damaged": later("Damaged"),
    "missing": later("Not installed"),
}
STATE_TONES = {"installed": "pass", "damaged": "fail", "missing": ""}
GATES = {
    "open": later("Gate open"),
    "closed": later("Gate closed"),
    "unknown": later("Never evaluated"),
}
GATE_TONES = {"open": "pass", "closed": "fail", "unknown": "stale"}
_AGAIN = re.compile(r": `journal model eval`[^.]*\.")  # the window has a button for it
METRIC_LABELS = {
    "fact_recall": later("Facts carried"),
    "fact_recall_extractive": later("Facts carried without the pack"),
    "unsupported": later("Unsupported sentences"),
    "number_errors": later("Wrong numbers"),
    "fallback": later("Sentences that fell back"),
    "raw_failed": later("Answers that failed a check"),
    "decode": later("Written"),
    "prefill": later("Read"),
    "memory": later("Memory"),
    "joules": later("Energy of a summary"),
}


def short_task(name: str) -> str:
    """What a pack is for, in one word."""
    if name in TASKS:
        return tr("Writes") if name == GENERATION else tr("Reads")
    return name


def task(name: str) -> str:
    """What a pack is for."""
    return tr(TASKS[name]) if name in TASKS else name


def size(count: int) -> str:
    """Bytes for people; "not known" for 0."""
    si = QLocale.DataSizeFormat.DataSizeSIFormat  # as the command line and the catalogue count
    return locale().formattedDataSize(count, 1, si) if count else tr("not known")


def about(count: int) -> str:
    """Bytes that were measured once, on one machine: no more digits than that means."""
    si = QLocale.DataSizeFormat.DataSizeSIFormat
    told = locale().formattedDataSize(count, 0, si)
    return tr("about {size}", size=told) if count else tr("not known")


def percent(part: float) -> str:
    """`98 %`; what is less than whole never rounds up to 100 %."""
    whole = round(part * 100)
    if whole >= 100 and part < 1:
        whole = 99
    if whole <= 0 and part > 0:
        whole = 1
    return tr("{n} %", n=number(whole))


def metric_label(metric: Metric) -> str:
    """The name of a figure in the chosen language."""
    return tr(METRIC_LABELS.get(metric.name, metric.label))


def figure(metric: Metric, value: float | None) -> str:
    """A figure; an unknown one is not a zero."""
    if value is None:
        return tr("not measurable here")
    told = locale().toString(float(value) * metric.scale, "f", metric.digits)  # bounds may be 0
    return f"{told} {metric.unit}".strip()


def where(device: DeviceInfo) -> str:
    """`NPU, Hexagon`."""
    return f"{device.kind.upper()}, {device.name}" if device.name else device.kind.upper()


def named(label: str) -> str:
    """`CPU, AMD EPYC` of `cpu: AMD EPYC`, as an eval keeps its device."""
    kind, _, name = label.partition(": ")
    return f"{kind.upper()}, {name}" if name else label


def details(device: DeviceInfo) -> str:
    """Precision, memory and load time, as far as they were measured."""
    parts = []
    if device.precision:
        parts.append(device.precision)
    if device.memory:
        parts.append(size(device.memory))
    if device.load_seconds:
        seconds = locale().toString(device.load_seconds, "f", 1)
        parts.append(tr("loaded in {seconds} s", seconds=seconds))
    return " · ".join(parts)


def shares(device: DeviceInfo) -> str:
    """`100 % of the nodes, 98 % of the work`."""
    return tr(
        "{nodes} of the nodes, {work} of the work",
        nodes=percent(device.share),
        work=percent(device.work),
    )


def loaded_tip(devices: list[DeviceInfo]) -> str:
    """One line for each loaded model: model, device, shares, memory."""
    lines = []
    for one in devices:
        head = f"{one.model or tr('Model')}: {where(one)}"
        lines.append(" · ".join(part for part in (head, shares(one), details(one)) if part))
    return "\n".join(lines)


def chip(devices: list[DeviceInfo]) -> str:
    """`NPU · 100 %`; of several models the least share of each device, `NPU · 97 % + CPU · 100 %`.

    The share is that of the nodes that really run there.
    """
    least: dict[str, float] = {}
    for one in devices:
        kind = one.kind.upper()
        least[kind] = min(one.share, least.get(kind, 1.0))
    return " + ".join(f"{kind} · {percent(part)}" for kind, part in least.items())


def state_line(pack: PackFacts) -> str:
    """The second line of a pack in the list."""
    parts = [short_task(pack.task)] if pack.task else []
    if pack.size:
        parts.append(size(pack.size))
    parts.append(pack.licence or tr("licence not stated"))
    return " · ".join(parts)


def why(pack: PackFacts) -> str:
    """Why its gate is as it is."""
    if pack.gate == "unknown" and pack.state == "installed":
        return tr("Not evaluated on this device yet. Until it has passed, it words nothing.")
    return gate_words(pack.why)


def gate_words(why: str) -> str:
    """What the gate says, for a window that has a button for the eval."""
    return spoken(_AGAIN.sub(".", why))


def breakable(text: str) -> str:
    """A digest in two lines: nothing else would break it."""
    if len(text) == 64 and text.isalnum():
        return f"{text[:32]}\n{text[32:]}"
    return text
