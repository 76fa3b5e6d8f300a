"""The eval set of the model gate, run on this device.

Held-out experiment notes with labelled facts, and ACLSum's test papers where the package is there.
Every note is summarized in three sentences without the pack and with it. What counts as wrong is
judged here in another way than the checks that a rewriting passes, so that a gap in those can
show: numbers by their digits against the whole note, support by meaning and by the words shared.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journal_app.domain import fact_recall, quoting, rewriting, summarize
from journal_app.domain.asking import stem
from journal_app.domain.generate import Permission
from journal_app.domain.model_gate import Figures, Identity
from journal_app.domain.rewriter import Rewriter, Rewriting
from journal_app.domain.segment import sentences as segment
from journal_app.models import catalog, evaluate, evaluate_notes, packs
from journal_app.models.energy import EnergyMeter
from journal_app.models.host import ModelHost
from journal_app.models.memory import resident

SENTENCES = 3
RUNTIMES = ("onnxruntime", "onnxruntime-qnn", "onnxruntime-ep-openvino", "onnxruntime-ep-webgpu")
LEAST_MEANING = 0.55  # cosine of a summary's sentence to the nearest sentence of its note
MOST_NEW_WORDS = 0.34  # share of a sentence's long words that its note does not hold
THRESHOLDS: Mapping[str, float] = {
    "fact_recall": 0.80,
    "number_errors": 0,
    "unsupported": 0,
    "fallback": 0.25,
}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)*|\d+(?:\.\d+)*")
_LONG = re.compile(r"[^\W\d_]{4,}")

Progress = Callable[[int, int], None]
Check = Callable[[], None]


@dataclass(slots=True)
class _Tally:
    """What is counted while the set is read."""

    carried: dict[str, float] = field(default_factory=dict)
    carried_plain: dict[str, float] = field(default_factory=dict)
    shown: int = 0
    fallbacks: int = 0
    asked: int = 0
    unsupported: int = 0
    number_errors: int = 0
    read: int = 0
    written: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0

    def count(self, made: Rewriting) -> None:
        """One sentence that was shown."""
        self.shown += 1
        if made.completion is None:
            return
        self.asked += 1
        self.fallbacks += made.sentence.origin == "fallback"
        self.read += made.completion.prompt_tokens
        self.written += made.completion.tokens
        self.read_seconds += made.completion.prefill_seconds
        self.write_seconds += made.completion.decode_seconds


class Gate:
    """The eval set on one machine. `host` is the model process."""

    def __init__(self, host: ModelHost, root: Path) -> None:
        self._host, self._root = host, root

    def writers(self) -> tuple[str, ...]:
        """The installed packs that write."""
        return packs.writers(self._root)

    def identity(self, pack: str, device: str = "") -> Identity:
        """What an eval of `pack` would be run with now; loads the pack unless `device` is given."""
        found = packs.find(self._root, pack)
        if not device:
            info = self._host.device_of(pack)
            device = f"{info.kind}: {info.name}"
        return Identity(
            pack,
            found.digest,
            f"{summarize.SELECTOR}+{rewriting.PROMPT_VERSION}",
            device,
            versions(),
            eval_set(),
        )

    def thresholds(self, pack: str) -> Mapping[str, float]:
        """From the catalogue; those of every writer for a pack that it does not know."""
        known = catalog.catalog().get(pack)
        return (known.thresholds if known else None) or THRESHOLDS

    def run(
        self, pack: str, *, progress: Progress | None = None, check: Check | None = None
    ) -> Figures:
        """Read the whole set; `progress(done, total)` counts notes and papers."""
        notes = evaluate_notes.load("test")
        papers = _papers()
        total = len(notes) + len(papers)
        rewriter = Rewriter(self._host, self._host, lambda: Permission(pack, True, "on trial"))
        tally = _Tally()
        self._host.device_of(pack)  # loaded before the meter runs
        meter = EnergyMeter()
        for done, note in enumerate(notes):
            self._note(note, rewriter, pack, tally, check)
            if progress:
                progress(done + 1, total)
        energy = meter.stop()
        results: dict[str, float | None] = {
            "fact_recall": _mean(tally.carried.values()),
            "fact_recall_extractive": _mean(tally.carried_plain.values()),
            "unsupported": tally.unsupported / max(1, tally.shown),
            "number_errors": float(tally.number_errors),
            "fallback": tally.fallbacks / max(1, tally.asked),
            "decode": tally.written / tally.write_seconds if tally.write_seconds else None,
            "prefill": tally.read / tally.read_seconds if tally.read_seconds else None,
            "memory": _memory(self._host.pid),
            "joules": energy.value / len(notes) if energy.value is not None else None,
        }
        results |= self._papers(papers, rewriter, pack, len(notes), total, progress, check)
        return Figures(results, tally.carried)

    def _note(
        self,
        note: fact_recall.Note,
        rewriter: Rewriter,
        pack: str,
        tally: _Tally,
        check: Check | None,
    ) -> None:
        found = segment(note.text)
        rating = self._host.rate(found, check=check)
        chosen = quoting.quotes(note.text, found, rating, SENTENCES)
        done = [
            rewriter.rewrite(summarize.cite(note.text, one), pack, check=check) for one in chosen
        ]
        for one in done:
            tally.count(one)
        plain = "\n".join(one.text for one in chosen)
        shown = [one.sentence.text for one in done]
        tally.carried_plain[note.id] = fact_recall.recall(note, plain)
        tally.carried[note.id] = fact_recall.recall(note, "\n".join(shown))
        tally.number_errors += sum(wrong_numbers(text, note.text) for text in shown)
        everything = [one.text for one in found]
        vectors = self._host.embed([*shown, *everything], check=check)
        for at, text in enumerate(shown):
            nearest = max(vectors[at].cosine(other) for other in vectors[len(shown) :])
            tally.unsupported += nearest < LEAST_MEANING or new_words(text, note.text)

    def _papers(
        self,
        papers: Sequence[evaluate.Document],
        rewriter: Rewriter,
        pack: str,
        before: int,
        total: int,
        progress: Progress | None,
        check: Check | None,
    ) -> dict[str, float | None]:
        """ROUGE of one worded sentence per aspect; None without the package aclsum."""
        if not papers:
            return dict.fromkeys(evaluate.METRICS)
        score = evaluate.scorer()
        rows = []
        for done, paper in enumerate(papers):
            rating = self._host.rate(paper.sentences, check=check)
            row = []
            for aspect, index in enumerate(map(evaluate.best, evaluate.head(rating))):
                text = paper.sentences[index].text
                given = summarize.SummarySentence(text, (summarize.Source(0, len(text), text),))
                made = rewriter.rewrite(given, pack, check=check)
                row.append(score(paper.references[aspect], made.sentence.text))
            rows.append([100 * _mean(column) for column in zip(*row, strict=True)])
            if progress:
                progress(before + done + 1, total)
        means = (_mean(column) for column in zip(*rows, strict=True))
        return dict(zip(evaluate.METRICS, means, strict=True))


def wrong_numbers(text: str, note: str) -> int:
    """How many numbers of a sentence the note does not hold, by their digits."""
    held = {_bare(one) for one in _DIGITS.findall(note)}
    return sum(_bare(one) not in held for one in _DIGITS.findall(text))


def new_words(text: str, note: str) -> bool:
    """Whether a sentence brings too many words that its note does not hold."""
    held = {stem(word) for word in _LONG.findall(note)}
    ours = [stem(word) for word in _LONG.findall(text)]
    return bool(ours) and sum(word not in held for word in ours) / len(ours) > MOST_NEW_WORDS


def versions() -> dict[str, str]:
    """The packages between a model and its device, and the system with its drivers."""
    found = {"system": f"{platform.system()} {platform.release()}"}
    for name in RUNTIMES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def eval_set() -> str:
    """Name and digest of what is read: the notes, and the papers where they are installed."""
    parts = [f"notes {evaluate_notes.version('test')}"]
    if _has_papers():
        parts.append(evaluate.data_version())
    return ", ".join(parts)


def _has_papers() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("aclsum", "rouge_score"))


def _papers() -> list[evaluate.Document]:
    return evaluate.documents("test") if _has_papers() else []


def _bare(number: str) -> str:
    return number.replace(",", "")


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _memory(pid: int | None) -> float | None:
    held = resident(pid) if pid is not None else None
    return float(held) if held is not None else None
