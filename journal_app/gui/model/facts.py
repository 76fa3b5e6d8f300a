"""What the window "Models" shows, read off the window's thread; nothing here draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from journal_app import paths
from journal_app.domain import model_gate
from journal_app.errors import JournalError
from journal_app.models.catalog import GENERATION

if TYPE_CHECKING:
    from journal_app.domain.model_gate import EvalRecord
    from journal_app.domain.summarize import DeviceInfo
    from journal_app.journal import Journal
    from journal_app.models.catalog import Pack
    from journal_app.models.packs import Installed

State = Literal["installed", "damaged", "missing"]
GateState = Literal["open", "closed", "unknown", "none"]


@dataclass(frozen=True, slots=True)
class PackFacts:
    """A known or installed pack. `gate` is "none" for packs that do not write; `why` says it in
    words. `fetch` are the bytes that an install brings; sizes and memory in bytes, 0: not known.
    """

    id: str
    title: str
    task: str
    state: State
    size: int = 0
    fetch: int = 0
    memory: int = 0
    licence: str = ""
    licence_text: str = ""
    origin: str = ""
    folder: str = ""
    digest: str = ""
    files: tuple[tuple[str, int, str], ...] = ()  # name, bytes, SHA-256
    devices: tuple[str, ...] = ()  # where it was tried
    thresholds: tuple[tuple[str, float], ...] = ()
    evals: tuple[str, ...] = ()  # of the catalogue, one line each
    problems: tuple[str, ...] = ()
    imported: bool = False
    gate: GateState = "none"
    why: str = ""
    last: EvalRecord | None = None
    chosen: bool = False  # whether the setting names it for writing

    @property
    def writes(self) -> bool:
        """Whether it generates text."""
        return self.task == GENERATION


def read_packs(journal: Journal) -> list[PackFacts]:
    """Every pack of the catalogue and every other on this disk."""
    from journal_app.models import packs
    from journal_app.models.catalog import catalog

    root, known = paths.model_packs(), catalog()
    have = {one.id: one for one in packs.installed_packs(root)}
    writer = journal.settings.get("model.writer")
    found = [_pack(journal, id, known.get(id), have.get(id), writer) for id in packs.ids(root)]
    taken = Counter(name for one in found for name in {one.id, one.title})
    return [
        replace(one, title=f"{one.title} ({one.id})")
        if one.title != one.id and taken[one.title] > 1
        else one
        for one in found
    ]


def _pack(
    journal: Journal, id: str, entry: Pack | None, found: Installed | None, writer: str
) -> PackFacts:
    from journal_app.models import packs

    root = paths.model_packs()
    one: Any = found or entry
    problems = () if found else tuple(packs.damage(root, entry or id))
    files = tuple((file.name, file.size, file.sha256) for file in entry.files) if entry else ()
    if found:
        files = tuple((name, item.size, item.sha256) for name, item in found.files.items())
    writes = one is not None and one.task == GENERATION
    gate, why, last = _gate(journal, id) if found and writes else (_closed(writes), "", None)
    return PackFacts(
        id=id,
        title=one.title if one else id,
        task=one.task if one else "",
        state="installed" if found else "damaged" if problems else "missing",
        size=one.size if one else 0,
        fetch=entry.wheel_size if entry else 0,
        memory=one.memory if one else 0,
        licence=one.licence if one else "",
        licence_text=one.licence_text if one else "",
        origin=one.origin if one else "",
        folder=str(root / id) if found or problems else "",
        digest=found.digest if found else "",
        files=files,
        devices=entry.devices if entry else (),
        thresholds=_thresholds(entry),
        evals=_recorded(entry),
        problems=problems,
        imported=entry is None,
        gate=gate,
        why=why,
        last=last,
        chosen=writes and id == writer,
    )


def _closed(writes: bool) -> GateState:
    return "unknown" if writes else "none"


def _gate(journal: Journal, id: str) -> tuple[GateState, str, EvalRecord | None]:
    records = journal.gate.history(id)
    last = records[0] if records else None
    try:
        is_open, why = journal.gate.standing(id)
    except JournalError as error:
        return "closed", f"{error.message} {error.hint}".strip(), last
    if last is None:
        return "unknown", why, None
    return ("open" if is_open else "closed"), why, last


def _thresholds(entry: Pack | None) -> tuple[tuple[str, float], ...]:
    """Those of the catalogue that are plain bounds of a metric."""
    found = []
    for name, limit in (entry.gate if entry else {}).items():
        bound: Any = limit
        if not isinstance(bound, int | float):
            bound = limit.least if limit.least is not None else limit.most
        if bound is not None and name in model_gate.BY_NAME:
            found.append((name, float(bound)))
    return tuple(found)


def _recorded(entry: Pack | None) -> tuple[str, ...]:
    lines = []
    for one in entry.evals if entry else ():
        figures = [
            f"{metric.label} {metric.words(one.results[metric.name])}"
            for metric in model_gate.METRICS
            if metric.name in one.results
        ]
        lines.append(f"{one.date}, {one.device}: {', '.join(figures)}")
    return tuple(lines)


# ---------------------------------------------------------------------- devices


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device of this machine, as the runtime lists it."""

    id: str
    kind: str
    name: str
    provider: str


def read_devices() -> tuple[list[DeviceLine], dict[str, Any]]:
    """The devices, and everything that was told of them; asked in a process of its own."""
    from journal_app.models.process import list_devices

    told = list_devices()
    return [device_line(one) for one in told["devices"]], told


def device_line(given: dict[str, Any]) -> DeviceLine:
    """One device out of what that process told."""
    kind = str(given["kind"])
    return DeviceLine(
        str(given.get("id") or kind), kind, str(given["name"]), str(given["provider"])
    )


def read_loaded(journal: Journal) -> list[DeviceInfo]:
    """The models that are loaded now; starts nothing."""
    return journal.model_host.loaded()


# ---------------------------------------------------------------------- evals


@dataclass(frozen=True, slots=True)
class Run:
    """An eval with what it shows beside the ones before it: `drift` in words, and what was
    `changed` since the run before of the same pack."""

    record: EvalRecord
    drift: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def read_runs(journal: Journal) -> list[Run]:
    """Every run of the gate, the oldest first."""
    return runs_of(journal.gate.history())


def runs_of(records: Sequence[EvalRecord]) -> list[Run]:
    """`records` newest first, as the gate gives them; the runs oldest first."""
    good: dict[str, EvalRecord] = {}
    last: dict[str, EvalRecord] = {}
    found = []
    for record in reversed(records):
        pack = record.identity.pack
        fallen = model_gate.drift(good[pack], record) if pack in good else ()
        before = last.get(pack)
        changed = model_gate.changed(before.identity, record.identity) if before else ()
        found.append(Run(record, fallen, changed))
        last[pack] = record
        if record.passed:
            good[pack] = record
    return found
