"""The picking part of the salience head: for each aspect, the sentence with the highest ROUGE.

A linear map from features and vector of a sentence to a score per aspect; the larger SIZES, which
the sample records compare, have one hidden layer beside it.

Loss: half cross-entropy against a soft target (softmax of each sentence's ROUGE against the
reference, temperature 0.05), half expected ROUGE under the part's own softmax: the sentence picked
is what counts, and many sentences of a paper are nearly as good as the best. In three of ten steps
a paper loses its section names, so that the head also serves notes without headings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from journal_app import paths
from journal_app.models import evaluate, packs, salience
from journal_app.models.catalog import DEFAULT
from journal_app.models.embedder import Embedder

Array = NDArray[np.float64]
SCALE = 3.0  # of the vector's part against the unit-variance features


@dataclass(frozen=True)
class Config:
    """One size. `hidden` 0 is the linear one."""

    name: str
    hidden: int
    seed: int = 20261122
    epochs: int = 30
    batch: int = 8
    rate: float = 2e-3
    decay: float = 0.1
    drop_inputs: float = 0.4
    drop_hidden: float = 0.3
    temperature: float = 0.05
    expected_weight: float = 0.5
    expected_scale: float = 20.0
    drop_sections: float = 0.3


SIZES = (Config("salience-s", 0), Config("salience-m", 16), Config("salience-l", 64))


@dataclass(frozen=True)
class Example:
    """A paper ready for training: features with and without section names, vectors, ROUGE."""

    paper: evaluate.Document
    matrix: Array
    bare: Array
    vectors: Array
    rouge: Array  # (n, 3 aspects, 3 metrics), 0 to 1


def pack_folder() -> Path:
    """The installed default pack."""
    return packs.require(paths.model_packs(), DEFAULT).folder


def examples(split: str, embedder: Embedder) -> list[Example]:
    """The papers of a split with everything that does not change between epochs."""
    score = evaluate.scorer()
    made = []
    for paper in evaluate.documents(split):
        vectors = embedder.embed([sentence.text for sentence in paper.sentences]).astype(float)
        bare = tuple(replace(sentence, section="") for sentence in paper.sentences)
        rouge = np.array(
            [[score(r, sentence.text) for r in paper.references] for sentence in paper.sentences]
        )
        made.append(
            Example(
                paper,
                salience.features(paper.sentences, vectors),
                salience.features(bare, vectors),
                vectors,
                rouge,
            )
        )
    return made


@dataclass(frozen=True)
class Part:
    """The weights. `skip` is (f + d, 3); `inner`, `bias`, `outer` are empty in the linear size."""

    mean: Array
    spread: Array
    centre: Array
    skip: Array
    inner: Array
    bias: Array
    outer: Array

    def inputs(self, matrix: Array, vectors: Array) -> Array:
        """What the layers take: standardized features and centred, scaled vectors, (n, f + d)."""
        scaled = np.clip((matrix - self.mean) / self.spread, -4, 4)
        return np.hstack([scaled, (vectors - self.centre) * SCALE])

    def logits(self, matrix: Array, vectors: Array) -> Array:
        """(n, 3) scores; a softmax down each column gives the share of each sentence."""
        given = self.inputs(matrix, vectors)
        out: Array = given @ self.skip
        if self.outer.size:
            out = out + np.maximum(given @ self.inner + self.bias, 0) @ self.outer
        return out


def averaged(parts: Sequence[Part]) -> Part:
    """The mean of linear parts of the same data."""
    return replace(parts[0], skip=np.mean([part.skip for part in parts], axis=0))


def picked(part: Part, data: list[Example]) -> tuple[float, Array]:
    """Loss and the ROUGE (papers, aspects, metrics) of the sentences that the part picks."""
    losses, values = [], []
    for one in data:
        scores = part.logits(one.matrix, one.vectors)
        losses.append(_loss(scores, one.rouge.mean(2), SIZES[0])[0])
        values.append([one.rouge[int(scores[:, a].argmax()), a] for a in range(3)])
    return float(np.mean(losses)), np.array(values)


def _loss(scores: Array, rouge: Array, config: Config) -> tuple[float, Array]:
    """Loss of one paper and its gradient to the scores, both (n, 3)."""
    shifted = scores - scores.max(0)
    share = np.exp(shifted)
    share /= share.sum(0)
    target = np.exp((rouge - rouge.max(0)) / config.temperature)
    target /= target.sum(0)
    expected = (share * rouge).sum(0)
    weight, scale = config.expected_weight, config.expected_scale
    entropy = -(target * np.log(share + 1e-12)).sum(0)
    loss = (1 - weight) * entropy - weight * scale * expected
    gradient = (1 - weight) * (share - target) - weight * scale * share * (rouge - expected)
    return float(loss.mean()), gradient


# (epoch from 1, optimizer steps so far, mean training loss, learning rate, the part so far)
Log = Callable[[int, int, float, float, Part], None]


def train(config: Config, data: list[Example], after_epoch: Log | None = None) -> Part:
    """Adam with decoupled decay and a cosine rate; deterministic for a seed on one machine."""
    rng = np.random.default_rng(config.seed)
    stacked = np.vstack([m for one in data for m in (one.matrix, one.bare)])
    vectors = np.vstack([one.vectors for one in data])
    width, hidden = stacked.shape[1] + vectors.shape[1], config.hidden
    part = Part(
        mean=stacked.mean(0),
        spread=stacked.std(0) + 1e-3,
        centre=vectors.mean(0),
        skip=np.zeros((width, 3)),
        inner=rng.normal(0, width**-0.5, (width, hidden)),
        bias=np.zeros(hidden),
        outer=rng.normal(0, 0.5 * max(1, hidden) ** -0.5, (hidden, 3)),
    )
    weights: dict[str, Array] = {
        name: getattr(part, name) for name in ("skip", "inner", "bias", "outer")
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    full = [part.inputs(one.matrix, one.vectors) for one in data]
    bare = [part.inputs(one.bare, one.vectors) for one in data]
    targets = [one.rouge.mean(2) for one in data]
    step = 0
    for epoch in range(config.epochs):
        rate = config.rate * 0.5 * (1 + np.cos(np.pi * epoch / config.epochs))
        order = rng.permutation(len(data))
        losses = []
        for at in range(0, len(order), config.batch):
            gradients = {name: np.zeros_like(value) for name, value in weights.items()}
            for index in order[at : at + config.batch]:
                given = (bare if rng.random() < config.drop_sections else full)[index]
                keep = 1 - config.drop_inputs
                given = given * (rng.random(given.shape) < keep) / keep
                scores = given @ weights["skip"]
                before = given @ weights["inner"] + weights["bias"]
                gate = (before > 0) * (rng.random(before.shape) >= config.drop_hidden)
                gate = gate / (1 - config.drop_hidden)
                active = before * gate
                scores = scores + active @ weights["outer"]
                loss, gradient = _loss(scores, targets[index], config)
                losses.append(loss)
                back = gradient @ weights["outer"].T * gate
                gradients["skip"] += given.T @ gradient
                gradients["outer"] += active.T @ gradient
                gradients["inner"] += given.T @ back
                gradients["bias"] += back.sum(0)
            step += 1
            for name, value in weights.items():
                slope = gradients[name] / config.batch
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.999 * second[name] + 0.001 * slope**2
                move = first[name] / (1 - 0.9**step)
                move = move / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                value -= rate * (move + config.decay * value)
        if after_epoch:
            after_epoch(epoch + 1, step, float(np.mean(losses)), float(rate), part)
    return part
