"""The part of the salience head for notes: which sentences carry the labelled facts.

Logistic regression, as in marking. The label of a sentence is how well it says a fact, 0 to 1: of
the sentences that hold what a fact needs, the one that is most like the fact's wording gets 1, and
the others less the less they are like it (a number may occur by the way).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from salience_marking import minimum
from salience_picking import Array

from journal_app.domain import fact_recall
from journal_app.domain.fact_recall import Fact, Note
from journal_app.domain.segment import Sentence
from journal_app.domain.segment import sentences as segment
from journal_app.models import evaluate_notes, facts, wording
from journal_app.models.embedder import Embedder


@dataclass(frozen=True)
class Config:
    """Weight of vectors and words against the features in standard deviations; `penalty` is on
    half the squares of the weights, against the sum over all sentences."""

    notes: int = 4  # with a word, for it to be known
    vectors: float = 9.0
    words: float = 20.0
    penalty: float = 400.0
    likeness: float = 0.15  # by which a sentence falls short, for its label to fall to 1 / e
    least: float = 0.3  # a lower label is 0
    steps: int = 200


@dataclass(frozen=True)
class Example:
    """A note ready for training."""

    note: Note
    sentences: tuple[Sentence, ...]
    vectors: Array
    label: Array  # (n,), 0 to 1


def examples(split: str, embedder: Embedder, config: Config) -> list[Example]:
    """The notes of a split, with their labels."""
    made = []
    for note in evaluate_notes.load(split):
        found = tuple(segment(note.text))
        vectors = embedder.embed([one.text for one in found]).astype(float)
        told = embedder.embed([fact.say for fact in note.facts]).astype(float)
        label = np.zeros(len(found))
        for fact, meaning in zip(note.facts, told, strict=True):
            holding = holders(fact, [one.text for one in found])
            likeness = vectors[holding] @ meaning
            given = np.exp((likeness - likeness.max(initial=-1)) / config.likeness)
            given[given < config.least] = 0
            label[holding] = np.maximum(label[holding], given)
        made.append(Example(note, found, vectors, label))
    return made


def holders(fact: Fact, texts: Sequence[str]) -> list[int]:
    """The sentences that hold all a fact needs; where none does, those that hold a part."""
    parts = [Fact(fact.say, (group,)) for group in fact.need]
    held = [sum(fact_recall.carried(part, text) for part in parts) for text in texts]
    whole = [index for index, count in enumerate(held) if count == len(parts)]
    return whole or [index for index, count in enumerate(held) if count]


def train(config: Config, data: Sequence[Example]) -> facts.FactHead:
    """The weights; the same on every run."""
    counts: Counter[str] = Counter()
    for one in data:
        counts.update(set().union(*(wording.words(s.text) for s in one.sentences)))
    listed = sorted(word for word, count in counts.items() if count >= config.notes)
    known = {word: index for index, word in enumerate(listed)}
    matrices = [facts.features(one.sentences) for one in data]
    stacked = np.vstack(matrices)
    mean, spread = stacked.mean(0), stacked.std(0) + 1e-3
    vectors = np.vstack([one.vectors for one in data])
    centre = vectors.mean(0)
    lexical = np.zeros((len(vectors), len(known)), np.float32)
    row = 0
    for one in data:
        for sentence in one.sentences:
            found = [known[word] for word in wording.words(sentence.text) if word in known]
            if found:
                lexical[row, found] = config.words / np.sqrt(len(found))
            row += 1
    given = np.hstack(
        [
            np.clip((stacked - mean) / spread, -4, 4),
            (vectors - centre) * config.vectors,
            lexical,
            np.ones((len(vectors), 1)),
        ]
    ).astype(np.float32)
    label = np.concatenate([one.label for one in data])

    def objective(point: Array) -> tuple[float, Array]:
        scores = (given @ point.astype(np.float32)).astype(float)
        free = np.append(point[:-1], 0.0)  # the base is not held back
        loss = float((np.logaddexp(0, scores) - label * scores).sum())
        slope = 1 / (1 + np.exp(-scores)) - label
        back = (given.T @ slope.astype(np.float32)).astype(float)
        return loss + config.penalty / 2 * float(free @ free), back + config.penalty * free

    point = minimum(objective, given.shape[1], config.steps)
    width, size = len(mean), len(centre)
    return facts.FactHead(
        mean=mean,
        spread=spread,
        centre=centre,
        place=point[:width],
        meaning=point[width : width + size] * config.vectors,
        lexicon=point[width + size : -1] * config.words,
        base=point[-1:],
        known=known,
    )


def crossed(config: Config, data: Sequence[Example], folds: int = 6) -> list[Array]:
    """The score of every sentence by a head that never saw its note."""
    order = np.random.default_rng(0).permutation(len(data))
    scores: list[Array] = [np.zeros(0)] * len(data)
    for fold in range(folds):
        held = set(order[fold::folds].tolist())
        head = train(config, [one for index, one in enumerate(data) if index not in held])
        for index in held:
            scores[index] = head.score(data[index].sentences, data[index].vectors)
    return scores
