"""How well sentences are chosen on ACLSum, and the thresholds that the head must reach.

Data: ACLSum (Takeshita et al., NAACL 2024), package `aclsum`, MIT; read straight from its JSONL.
ROUGE of one sentence per aspect: `rouge-score` with stemming, F1, times 100, mean over documents
and the three aspects. R-precision per aspect: of the R sentences ranked first, the share that
people marked, where R is how many they marked; 0 to 1, mean over documents, then aspects. Documents
without a mark are left out of that aspect.
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
PRECISION = "r_precision"
THRESHOLDS = {"rouge1": 33.0, "rouge2": 13.5, "rougeL": 26.0, PRECISION: 0.60}
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


# One list of n scores for each aspect, the higher the better.
Ranks = list[list[float]]


def first(rating: Rating) -> Ranks:
    """The order of the text, for every aspect."""
    return [[-float(index) for index in range(len(rating.vectors))]] * len(ASPECTS)


def centroid(rating: Rating) -> Ranks:
    """Likeness to the mean vector, for every aspect."""
    total = [sum(column) for column in zip(*rating.vectors, strict=True)]
    return [[sum(map(operator.mul, vector, total)) for vector in rating.vectors]] * len(ASPECTS)


def head(rating: Rating) -> Ranks:
    """What the trained head says, by aspect."""
    return [[row[aspect] for row in rating.aspects] for aspect in range(len(ASPECTS))]


METHODS: dict[str, Callable[[Rating], Ranks]] = {
    "first sentence": first,
    "centroid": centroid,
    "salience head": head,
}


def best(scores: Sequence[float]) -> int:
    """The index of the highest score; of several, the first."""
    return max(range(len(scores)), key=lambda index: (scores[index], -index))


def r_precision(ranks: Ranks, marked: Sequence[Sequence[int]]) -> list[float | None]:
    """Per aspect the share of marked sentences among the first R, 0 to 1; None where R is 0."""
    found: list[float | None] = []
    for scores, marks in zip(ranks, marked, strict=True):
        count = sum(marks)
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        found.append(sum(marks[index] for index in order[:count]) / count if count else None)
    return found


def evaluate(
    papers: Sequence[Document],
    rate: Callable[[Sequence[Sentence]], Rating],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """ROUGE (0 to 100) and R-precision (0 to 1) of each method, as `summary` gives them:
    `{method: {metric: {mean, stderr, aspects: {…}}}}`."""
    score = scorer()
    values: dict[str, list[list[Score]]] = {name: [] for name in METHODS}
    precisions: dict[str, list[list[float | None]]] = {name: [] for name in METHODS}
    for done, paper in enumerate(papers):
        rating = rate(paper.sentences)
        known: dict[tuple[int, int], Score] = {}
        for name, method in METHODS.items():
            row = []
            ranks = method(rating)
            for aspect, index in enumerate(map(best, ranks)):
                if (aspect, index) not in known:
                    text = paper.sentences[index].text
                    known[aspect, index] = score(paper.references[aspect], text)
                row.append(known[aspect, index])
            values[name].append(row)
            precisions[name].append(r_precision(ranks, paper.marked))
        if progress:
            progress(done + 1, len(papers))
    return {name: summary(values[name], precisions[name]) for name in METHODS}


def summary(
    rows: Sequence[Sequence[Score]], precisions: Sequence[Sequence[float | None]]
) -> dict[str, Any]:
    """Mean, standard error and per-aspect means of per-document, per-aspect scores.

    stderr is over documents, of the mean of the three aspects. `left_out` counts documents.
    """
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
    out[PRECISION] = _precision(precisions)
    return out


def _precision(rows: Sequence[Sequence[float | None]]) -> dict[str, Any]:
    aspects: dict[str, dict[str, float]] = {}
    for index, aspect in enumerate(ASPECTS):
        column = [value for row in rows if (value := row[index]) is not None]
        left_out = len(rows) - len(column)
        mean = _mean(column) if column else 0.0
        aspects[aspect] = {"mean": mean, "stderr": _stderr(column), "left_out": left_out}
    kept = [[value for value in row if value is not None] for row in rows]
    return {
        "mean": _mean([one["mean"] for one in aspects.values()]),
        "stderr": _stderr([_mean(row) for row in kept if row]),
        "aspects": aspects,
    }


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
