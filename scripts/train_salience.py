"""Train the salience head on ACLSum's train split; choose the size on its validation split.

    python scripts/train_salience.py [--ship]

Needs the development packages and the default model pack. With `--ship` the best size on the
validation split goes to resources/models/salience/. The test split is read only by
`journal model eval` and by the last step of scripts/make_samples.py, after the choice was made.

Loss: half cross-entropy against a soft target (softmax of each sentence's ROUGE against the
reference, temperature 0.05), half expected ROUGE under the head's own softmax: the sentence picked
is what counts, and many sentences of a paper are nearly as good as the best. In three of ten steps
a paper loses its section names, so that the head also serves notes without headings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from journal_app import paths
from journal_app.models import evaluate, packs, salience
from journal_app.models.catalog import DEFAULT
from journal_app.models.embedder import Embedder

VERSION = "train_salience/1"
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Config:
    """One size of the head. `hidden` 0 is the linear head."""

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


def picked(head: salience.Head, data: list[Example]) -> tuple[float, Array]:
    """Loss and the ROUGE (papers, aspects, metrics) of the sentences that the head picks."""
    losses, values = [], []
    for one in data:
        scores = head.logits(one.matrix, one.vectors)
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


# (epoch from 1, optimizer steps so far, mean training loss, learning rate, the head so far)
Log = Callable[[int, int, float, float, salience.Head], None]


def train(config: Config, data: list[Example], after_epoch: Log | None = None) -> salience.Head:
    """Adam with decoupled decay and a cosine rate; deterministic for a seed on one machine."""
    rng = np.random.default_rng(config.seed)
    stacked = np.vstack([m for one in data for m in (one.matrix, one.bare)])
    vectors = np.vstack([one.vectors for one in data])
    width, hidden = stacked.shape[1] + vectors.shape[1], config.hidden
    head = salience.Head(
        mean=stacked.mean(0),
        spread=stacked.std(0) + 1e-3,
        centre=vectors.mean(0),
        skip=np.zeros((width, 3)),
        inner=rng.normal(0, width**-0.5, (width, hidden)),
        bias=np.zeros(hidden),
        outer=rng.normal(0, 0.5 * max(1, hidden) ** -0.5, (hidden, 3)),
    )
    weights: dict[str, Array] = {
        name: getattr(head, name) for name in ("skip", "inner", "bias", "outer")
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    full = [head.inputs(one.matrix, one.vectors) for one in data]
    bare = [head.inputs(one.bare, one.vectors) for one in data]
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
            after_epoch(epoch + 1, step, float(np.mean(losses)), float(rate), head)
    return head


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ship(head: salience.Head, config: Config, validation: dict[str, Any], model: Path) -> Path:
    """Write the weights and their record; the test figures are added by `journal model eval`."""
    target = paths.resources() / "models" / "salience" / "head.npz"
    target.parent.mkdir(parents=True, exist_ok=True)
    salience.save(target, head)
    record = {
        "name": config.name,
        "config": asdict(config),
        "features": salience.FEATURES,
        "script": VERSION,
        "data": evaluate.data_version(),
        "trained_on": "train (100 papers)",
        "chosen_on": "val (50 papers)",
        "embedder_sha256": digest(model),
        "head_sha256": digest(target),
        "date": datetime.now(UTC).date().isoformat(),
        "val": validation,
        "licence": "MIT (weights trained by this project; data ACLSum, MIT)",
    }
    text = json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    target.with_suffix(".json").write_text(text, "utf-8")
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--ship", action="store_true", help="write resources/models/salience/")
    arguments = parser.parse_args()
    folder = pack_folder()
    embedder = Embedder(folder / "model.onnx", folder / "vocab.txt")
    data = {split: examples(split, embedder) for split in ("train", "val")}
    best: tuple[float, Config, salience.Head, dict[str, Any]] | None = None
    for config in SIZES:
        started = time.monotonic()
        head = train(config, data["train"])
        _, values = picked(head, data["val"])
        result = evaluate.summary(values.tolist())
        mean = float(values.mean()) * 100
        line = "  ".join(f"{metric} {result[metric]['mean']:.2f}" for metric in evaluate.METRICS)
        print(f"{config.name}  val {line}  mean {mean:.2f}  {time.monotonic() - started:.1f} s")
        if best is None or mean > best[0]:
            best = (mean, config, head, result)
    assert best is not None
    if arguments.ship:
        print(ship(best[2], best[1], best[3], folder / "model.onnx"))


if __name__ == "__main__":
    main()
