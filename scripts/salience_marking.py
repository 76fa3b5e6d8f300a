"""The marking part of the salience head: for each aspect, the sentences that people marked.

Logistic regression on features, vectors and words of a sentence and of its neighbours. A word is
known when it occurs in several papers. The strong penalty on the squares of the weights keeps
thousands of words from learning a hundred papers by heart. Convex, found by L-BFGS (Nocedal,
1980): no seed, the same weights on every run.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from salience_picking import Array, Example

from journal_app.domain.segment import Sentence
from journal_app.models import salience, wording

Matrix = NDArray[np.float32]
Objective = Callable[[Array], tuple[float, Array]]
MEMORY = 10  # steps that L-BFGS remembers


@dataclass(frozen=True)
class Config:
    """Weight of vectors, words and neighbours against the features in standard deviations;
    `penalty` is on half the squares of the weights, against the sum over all sentences."""

    papers: int = 6  # with a word, for it to be known
    vectors: float = 6.0
    words: float = 18.0
    near: float = 0.5
    penalty: float = 330.0
    drop_sections: float = 0.3
    steps: int = 200


def known(data: Sequence[Example], least: int) -> dict[str, int]:
    """The words of at least that many papers, numbered in alphabetical order."""
    counts: Counter[str] = Counter()
    for one in data:
        counts.update(set().union(*(wording.words(s.text) for s in one.paper.sentences)))
    return {
        word: index for index, word in enumerate(sorted(w for w, n in counts.items() if n >= least))
    }


def lexical(sentences: Sequence[Sentence], vocabulary: dict[str, int]) -> Matrix:
    """(n, w) rows of length 1 over the known words."""
    rows = np.zeros((len(sentences), len(vocabulary)), np.float32)
    for index, sentence in enumerate(sentences):
        found = [vocabulary[word] for word in wording.words(sentence.text) if word in vocabulary]
        if found:
            rows[index, found] = 1 / math.sqrt(len(found))
    return rows


def train(config: Config, data: Sequence[Example], start: salience.Head) -> salience.Head:
    """`start` with other weights: its means and spreads decide what the features are."""
    vocabulary = known(data, config.papers)
    own = np.vstack(
        [
            np.hstack(
                [
                    ((one.vectors - start.centre) * config.vectors).astype(np.float32),
                    lexical(one.paper.sentences, vocabulary) * np.float32(config.words),
                ]
            )
            for one in data
        ]
    )
    sizes = [len(one.vectors) for one in data]
    moves = _moves(sizes)
    # Papers with and without section names differ in the features only.
    full = np.vstack([start.standard(one.matrix) for one in data])
    bare = np.vstack([start.standard(one.bare) for one in data])
    marked = np.vstack([np.array(one.paper.marked, float).T for one in data])
    variants = ((full, 1 - config.drop_sections), (bare, config.drop_sections))
    features, inputs = full.shape[1], own.shape[1]
    shapes = ((features, 3), (inputs, 9), (1, 3))
    weight = [1.0 if offset == 0 else config.near for offset in wording.NEAR]

    def objective(point: Array) -> tuple[float, Array]:
        place, around, base = _unpacked(point, shapes)
        scored = (own @ around.astype(np.float32)).astype(float)
        shared = base + sum(
            weight[at] * _moved(scored[:, 3 * at : 3 * at + 3], moves[at]) for at in range(3)
        )
        loss = config.penalty / 2 * float((place**2).sum() + (around**2).sum())
        by_place, pull = config.penalty * place, np.zeros_like(marked)
        for matrix, share in variants:
            scores = matrix @ place + shared
            loss += share * float((np.logaddexp(0, scores) - marked * scores).sum())
            slope = share * (1 / (1 + np.exp(-scores)) - marked)
            by_place += matrix.T @ slope
            pull += slope
        spread = np.hstack([weight[at] * _moved(pull, moves[at][::-1]) for at in range(3)])
        by_around = (own.T @ spread.astype(np.float32)).astype(float) + config.penalty * around
        return loss, np.concatenate([by_place.ravel(), by_around.ravel(), pull.sum(0)])

    sought = minimum(objective, sum(a * b for a, b in shapes), config.steps)
    place, around, _ = _unpacked(sought, shapes)
    around = around * np.repeat(weight, 3)
    split = start.centre.size
    return salience.Head(
        mean=start.mean,
        spread=start.spread,
        centre=start.centre,
        place=place,
        meaning=around[:split] * config.vectors,
        lexicon=around[split:] * config.words,
        known=vocabulary,
    )


def _moves(sizes: Sequence[int]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """For each place in NEAR, (to, from): rows of the same paper at that distance."""
    ends = np.cumsum(sizes)
    paper = np.searchsorted(ends, np.arange(ends[-1]), side="right")
    found = []
    for offset in wording.NEAR:
        to = np.arange(ends[-1])
        origin = to - offset
        inside = (origin >= 0) & (origin < ends[-1])
        inside[inside] = paper[origin[inside]] == paper[to[inside]]
        found.append((to[inside], origin[inside]))
    return found


def _moved(rows: Array, move: Sequence[NDArray[np.intp]]) -> Array:
    out = np.zeros_like(rows)
    out[move[0]] = rows[move[1]]
    return out


def _unpacked(point: Array, shapes: Sequence[tuple[int, int]]) -> list[Array]:
    ends = np.cumsum([a * b for a, b in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(point, ends), shapes, strict=True)]


def minimum(objective: Objective, size: int, steps: int) -> Array:
    """Where a smooth convex function is least, from 0, by L-BFGS with halved steps (Armijo)."""
    point = np.zeros(size)
    value, slope = objective(point)
    start = float(np.linalg.norm(slope))
    pairs: list[tuple[Array, Array, float]] = []
    for _ in range(steps):
        direction = slope.copy()
        shares = []
        for move, turn, scale in reversed(pairs):
            share = scale * float(move @ direction)
            shares.append(share)
            direction -= share * turn
        if pairs:
            move, turn, scale = pairs[-1]
            direction /= scale * float(turn @ turn)
        else:
            direction /= start
        for (move, turn, scale), share in zip(pairs, reversed(shares), strict=True):
            direction += move * (share - scale * float(turn @ direction))
        fall, length = float(slope @ direction), 1.0
        while True:
            following, (level, grade) = (there := point - length * direction), objective(there)
            if level <= value - 1e-4 * length * fall or length < 1e-8:
                break
            length /= 2
        move, turn = following - point, grade - slope
        if float(move @ turn) > 0:
            pairs = [*pairs[1 - MEMORY :], (move, turn, 1 / float(move @ turn))]
        point, value, slope = following, level, grade
        if float(np.linalg.norm(slope)) < 1e-3 * start:
            break
    return point
