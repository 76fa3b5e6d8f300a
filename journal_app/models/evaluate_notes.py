"""How many of the labelled facts of experiment notes a summary of three sentences carries.

The notes lie in resources/evals/notes: the head learns from `train` and `dev`, `dev` is for tuning,
`test` is held out.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain import fact_recall, summarize
from journal_app.domain.fact_recall import Note
from journal_app.domain.quoting import quotes
from journal_app.domain.segment import Sentence
from journal_app.domain.segment import sentences as segment
from journal_app.domain.summarize import Rating
from journal_app.errors import JournalError

SPLITS = ("train", "dev", "test")
SENTENCES = 3
METHODS = ("first", "centroid", "chosen", "quoted")
Rate = Callable[[Sequence[Sentence]], Rating]


def folder(split: str) -> Path:
    """Where the notes of a split lie."""
    return paths.resources() / "evals" / "notes" / split


@cache
def load(split: str) -> tuple[Note, ...]:
    """The notes of one of SPLITS, by name. Raises JournalError for a split that is none."""
    if split not in SPLITS:
        raise JournalError(f"There is no split {split!r}.", "Splits: train, dev, test.")
    files = sorted(folder(split).glob("*.md"))
    return tuple(fact_recall.parse(file.read_text("utf-8"), file.stem) for file in files)


@cache
def version(split: str) -> str:
    """The split with the first 12 hex digits of the SHA-256 over its files."""
    seen = hashlib.sha256()
    for file in sorted(folder(split).glob("*.md")):
        seen.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{split} {seen.hexdigest()[:12]}"


def evaluate(
    notes: Sequence[Note],
    rate: Rate,
    *,
    count: int = SENTENCES,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """The share of facts carried (0 to 1) by each way of choosing `count` pieces of a note.

    `{"methods": {name: {"mean", "stderr", "words": share of the notes' words, mean over notes}},
    "best": {"mean", "stderr"}, "styles": {style: mean}, "notes": {id: share}}`; `styles` and
    `notes` are of `quoted`. `first`, `centroid`, `chosen` and `best` are of single sentences:
    `chosen` as the head chooses them, `best` what the best could carry; `quoted` is of the quotes
    that grow from them.
    """
    values: dict[str, list[float]] = {name: [] for name in METHODS}
    words: dict[str, list[float]] = {name: [] for name in METHODS}
    best: list[float] = []
    for done, note in enumerate(notes):
        found = segment(note.text)
        rating = rate(found)
        texts = [one.text for one in found]
        picked = {
            "first": texts[:count],
            "centroid": [texts[place] for place in _central(rating, count)],
            "chosen": [texts[place] for place in summarize.choose(found, rating, count)],
            "quoted": [one.text for one in quotes(note.text, found, rating, count)],
        }
        size = sum(len(one.split()) for one in texts)
        for name, pieces in picked.items():
            text = "\n".join(pieces)
            values[name].append(fact_recall.recall(note, text))
            words[name].append(len(text.split()) / max(1, size))
        best.append(fact_recall.best(note, texts, count))
        if progress:
            progress(done + 1, len(notes))
    styles: dict[str, list[float]] = {}
    for note, value in zip(notes, values["quoted"], strict=True):
        styles.setdefault(note.style, []).append(value)
    return {
        "best": _spread(best),
        "methods": {
            name: {**_spread(found), "words": math.fsum(words[name]) / len(notes)}
            for name, found in values.items()
        },
        "styles": {style: math.fsum(v) / len(v) for style, v in sorted(styles.items())},
        "notes": {note.id: v for note, v in zip(notes, values["quoted"], strict=True)},
    }


def _central(rating: Rating, count: int) -> list[int]:
    total = [math.fsum(column) for column in zip(*rating.vectors, strict=True)]
    near = [math.fsum(a * b for a, b in zip(v, total, strict=True)) for v in rating.vectors]
    return sorted(sorted(range(len(near)), key=lambda index: -near[index])[:count])


def _spread(values: Sequence[float]) -> dict[str, float]:
    mean = math.fsum(values) / len(values)
    if len(values) < 2:
        return {"mean": mean, "stderr": 0.0}
    spread = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return {"mean": mean, "stderr": math.sqrt(spread / len(values))}
