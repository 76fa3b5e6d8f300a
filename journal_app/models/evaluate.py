"""ROUGE of one-sentence summaries on ACLSum, and the thresholds that the head must reach.

Data: ACLSum (Takeshita et al., NAACL 2024), package `aclsum`, MIT; read straight from its JSONL.
Metric: `rouge-score` with stemming, F1, times 100, mean over documents and the three aspects.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_app.domain.segment import Sentence
from journal_app.domain.summarize import ASPECTS, Rating
from journal_app.errors import JournalError

METRICS = ("rouge1", "rouge2", "rougeL")
THRESHOLDS = {"rouge1": 30.6, "rouge2": 12.1, "rougeL": 23.9}
# Not run here: figures of the same test set and metric, kept for comparison.
REFERENCE = {"LexRank (reference figure)": {"rouge1": 23.4, "rouge2": 6.2, "rougeL": 17.0}}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its sentences, one reference per aspect, and which sentences people marked."""

    id: str
    sentences: tuple[Sentence, ...]
    references: tuple[str, str, str]
    marked: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def need(module: str) -> None:
    """JournalError with the line that installs `module` when it is not there."""
    if importlib.util.find_spec(module) is None:
        name = module.replace("_", "-")
        raise JournalError(
            f"The evaluation needs the package {name}, which is not installed.",
            "In a checkout: `uv sync`; elsewhere: `pip install aclsum==0.1.2 rouge-score`.",
        )


def documents(split: str) -> list[Document]:
    """The papers of `train`, `val` or `test`."""
    need("aclsum")
    spec = importlib.util.find_spec("aclsum")
    assert spec is not None and spec.origin is not None
    file = Path(spec.origin).parent / "dataset" / f"{split}.jsonl"
    found = []
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        sections: dict[str, list[str]] = row["sentences"]
        sentences = tuple(
            Sentence(0, 0, text, "prose", section, "", place, len(texts))
            for section, texts in sections.items()
            for place, text in enumerate(texts)
        )
        marks = row["highlights"]
        first, second, third = (
            tuple(int(mark) for section in sections for mark in marks[aspect][section])
            for aspect in ASPECTS
        )
        one, two, three = (str(row["summary"][aspect]) for aspect in ASPECTS)
        found.append(Document(row["id"], sentences, (one, two, three), (first, second, third)))
    return found


def data_version() -> str:
    """The version of the installed data package."""
    need("aclsum")
    return f"aclsum {importlib.metadata.version('aclsum')}"


Score = tuple[float, float, float]


def scorer() -> Callable[[str, str], Score]:
    """`score(reference, candidate)`: F1 of ROUGE-1, -2 and -L with stemming, 0 to 1."""
    need("rouge_score")
    from rouge_score.rouge_scorer import RougeScorer

    made = RougeScorer(list(METRICS), use_stemmer=True)

    def score(reference: str, candidate: str) -> Score:
        got = made.score(reference, candidate)
        one, two, longest = (float(got[metric].fmeasure) for metric in METRICS)
        return one, two, longest

    return score


def first(rating: Rating) -> list[int]:
    """The opening sentence for every aspect."""
    return [0, 0, 0]


def centroid(rating: Rating) -> list[int]:
    """The sentence nearest to the mean vector, for every aspect."""
    total = [sum(column) for column in zip(*rating.vectors, strict=True)]
    likeness = [sum(map(operator.mul, vector, total)) for vector in rating.vectors]
    best = likeness.index(max(likeness))
    return [best] * len(ASPECTS)


def head(rating: Rating) -> list[int]:
    """The sentence that the trained head puts first, by aspect."""
    return [
        max(range(len(rating.aspects)), key=lambda index: rating.aspects[index][aspect])
        for aspect in range(len(ASPECTS))
    ]


METHODS: dict[str, Callable[[Rating], list[int]]] = {
    "first sentence": first,
    "centroid": centroid,
    "salience head": head,
}


def evaluate(
    papers: Sequence[Document],
    rate: Callable[[Sequence[Sentence]], Rating],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """ROUGE (0 to 100) of each method: `{method: {metric: {mean, stderr, aspects: {…}}}}`.

    stderr is over documents, of the mean of the three aspects.
    """
    score = scorer()
    values: dict[str, list[list[Score]]] = {name: [] for name in METHODS}
    for done, paper in enumerate(papers):
        rating = rate(paper.sentences)
        known: dict[tuple[int, int], Score] = {}
        for name, method in METHODS.items():
            row = []
            for aspect, index in enumerate(method(rating)):
                if (aspect, index) not in known:
                    text = paper.sentences[index].text
                    known[aspect, index] = score(paper.references[aspect], text)
                row.append(known[aspect, index])
            values[name].append(row)
        if progress:
            progress(done + 1, len(papers))
    return {name: summary(rows) for name, rows in values.items()}


def summary(rows: Sequence[Sequence[Score]]) -> dict[str, Any]:
    """Mean, standard error and per-aspect means of per-document, per-aspect scores."""
    out: dict[str, Any] = {}
    for position, metric in enumerate(METRICS):
        per_paper = [100 * sum(one[position] for one in row) / len(row) for row in rows]
        aspects = {}
        for index, aspect in enumerate(ASPECTS):
            column = [100 * row[index][position] for row in rows]
            aspects[aspect] = {"mean": _mean(column), "stderr": _stderr(column)}
        out[metric] = {
            "mean": _mean(per_paper),
            "stderr": _stderr(per_paper),
            "aspects": aspects,
        }
    return out


def passed(result: dict[str, Any], thresholds: dict[str, float] | None = None) -> bool:
    """Whether the head reaches every threshold."""
    return all(
        result["salience head"][metric]["mean"] >= least
        for metric, least in (thresholds or THRESHOLDS).items()
    )


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _stderr(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    mean = _mean(values)
    spread = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return math.sqrt(spread / len(values))
