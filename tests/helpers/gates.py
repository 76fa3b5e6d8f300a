"""An evaluator whose figures a test chooses, runs of the gate, and packs on disk without a model.

The real evaluator needs a writing pack and minutes; the service around it is the real one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from journal_app.domain.model_gate import EvalRecord, Figures, Identity
from journal_app.domain.summarize import DeviceInfo
from journal_app.journal import Journal
from journal_app.models.catalog import DEFAULT, GENERATION, WRITER, known
from journal_app.models.host import ModelHost
from journal_app.services.model_gate import ModelGateService
from journal_app.store import model_evals

DAY = 24 * 3600 * 1000
THRESHOLDS = {"fact_recall": 0.80, "number_errors": 0, "unsupported": 0}  # as in the catalogue


def figures(recall: float, *, without: float = 0.84, unsupported: float = 0.0) -> Figures:
    """Results of a run: forty notes that carry `recall` of their facts, a little apart."""
    results: dict[str, float | None] = {
        "fact_recall": recall,
        "fact_recall_extractive": without,
        "unsupported": unsupported,
        "number_errors": 0.0,
        "fallback": 0.12,
        "rouge1": 33.4,
        "decode": 141.0,
        "prefill": 1012.0,
        "memory": 318e6,
        "joules": None,
    }
    spread = (0.001, -0.001)
    return Figures(results, {f"note-{n:03}": recall + spread[n % 2] for n in range(40)})


class FakeEvaluator:
    """Evaluates without a model: each step of `steps` reports progress and looks for Cancel."""

    def __init__(self, packs: tuple[str, ...] = (WRITER,), *, recall: float = 0.86) -> None:
        self.packs, self.recall, self.steps = packs, recall, 3
        self.digest, self.runs = "d" * 64, 0
        self.before_step: Callable[[int], None] = lambda _step: None

    def writers(self) -> tuple[str, ...]:
        return self.packs

    def identity(self, pack: str, device: str = "") -> Identity:
        return identity(pack, self.digest, device or "npu: Hexagon")

    def thresholds(self, pack: str) -> Mapping[str, float]:
        return THRESHOLDS

    def run(
        self,
        pack: str,
        *,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> Figures:
        self.runs += 1
        for step in range(self.steps):
            self.before_step(step)
            if check:
                check()
            if progress:
                progress(step + 1, self.steps)
        return figures(self.recall)


def identity(pack: str = WRITER, digest: str = "d" * 64, device: str = "npu: Hexagon") -> Identity:
    """What a run was made with."""
    versions = {"onnxruntime": "1.27.0", "system": "Linux 6.8"}
    return Identity(pack, digest, "salience-cues-mmr/2+1", device, versions, "notes 4f1c9a20")


def use_gate(journal: Journal, evaluator: FakeEvaluator) -> ModelGateService:
    """Give a journal the real gate over a fake evaluator."""
    made = ModelGateService(journal.store, evaluator)
    journal.__dict__["gate"] = made  # where its cached property keeps it
    return made


def add_run(
    journal: Journal, recall: float, at: int, *, pack: str = WRITER, digest: str = "d" * 64
) -> EvalRecord:
    """Keep a run of the gate as it was at a moment."""
    made = figures(recall)
    passed = recall >= THRESHOLDS["fact_recall"]
    reasons = () if passed else (f"Facts carried: {recall:.1%}, at least 80.0 % is needed",)
    record = EvalRecord(
        id=journal.store.new_id(),
        at=at,
        identity=identity(pack, digest),
        results=made.results,
        notes=made.notes,
        thresholds=THRESHOLDS,
        passed=passed,
        reasons=reasons,
        seconds=214.0,
    )
    model_evals.add(journal.store, record)
    return record


def put_pack(root: Path, id: str = WRITER, *, task: str = GENERATION) -> Path:
    """A pack on disk that is whole by its manifest; its model cannot be loaded.

    Files that the catalogue pins have their pinned size, as sparse files.
    """
    folder = root / id
    folder.mkdir(parents=True)
    files = {}
    sizes = {one.name: one.size for one in known(id).files} if id in (WRITER, DEFAULT) else {}
    for name, size in (sizes or {"model.onnx": 2048, "tokenizer.json": 64}).items():
        with (folder / name).open("wb") as handle:
            handle.truncate(size)
        files[name] = {"sha256": hashlib.sha256(name.encode()).hexdigest(), "size": size}
    manifest = {
        "schema": 2,
        "id": id,
        "task": task,
        "title": id,
        "files": files,
        "layout": "decoder",
    }
    manifest |= {"licence": "MIT", "origin": "made by a test", "memory": 240_000_000}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


class FakeHost(ModelHost):
    """A model process that tells what it was given to tell; nothing runs."""

    def __init__(self, *loaded: DeviceInfo) -> None:
        super().__init__()
        self.devices = list(loaded)
        self.closed = 0

    @property
    def pid(self) -> int | None:
        return 4242 if self.devices else None

    def loaded(self) -> list[DeviceInfo]:
        return list(self.devices)

    def device(self) -> DeviceInfo:
        self.devices = self.devices or [on_cpu()]
        return self.devices[0]

    def close(self) -> None:
        self.closed += 1
        self.devices = []


def on_npu(model: str = DEFAULT, share: float = 1.0) -> DeviceInfo:
    """A model on an NPU."""
    return DeviceInfo(
        "npu",
        "Hexagon",
        "QNNExecutionProvider",
        share,
        work=share,
        precision="fp16",
        memory=92_000_000,
        load_seconds=0.4,
        model=model,
    )


def on_cpu(model: str = DEFAULT) -> DeviceInfo:
    """A model on the CPU, with why it is not on the NPU."""
    return DeviceInfo(
        "cpu",
        "Xeon",
        "CPUExecutionProvider",
        1.0,
        ("no NPU found (QNN not installed)",),
        work=1.0,
        precision="int8",
        memory=61_000_000,
        load_seconds=0.2,
        model=model,
    )
