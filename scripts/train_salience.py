"""Train the salience head on ACLSum's train split; choose its mixture on the validation split.

    python scripts/train_salience.py [--ship]

Needs the development packages and the default model pack. With `--ship` the mixture that is best
on the validation split goes to resources/models/salience/. The test split is read only by
`journal model eval` and by the last step of scripts/make_samples.py, after the choice was made.

The head is the sum of two linear parts: picking (salience_picking.py, the mean over SEEDS) finds
the one sentence that is nearest to a reference summary, marking (salience_marking.py) finds all the
sentences that people marked. Their mixture is the one whose smallest margin over the thresholds of
`evaluate`, as a ratio, is greatest on the validation split.

The part for notes (salience_facts.py) is trained on the labelled notes in resources/evals/notes,
train and dev together; its figures are of notes left out in turn. The test notes are not read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import salience_facts as telling
import salience_marking as marking
import salience_picking as picking

from journal_app import paths
from journal_app.domain.segment import Sentence
from journal_app.domain.summarize import Rating
from journal_app.models import evaluate, evaluate_notes, salience
from journal_app.models.embedder import Embedder

VERSION = "train_salience/3"
PICKING = replace(picking.SIZES[0], name="picking")
MARKING = marking.Config()
TELLING = telling.Config()
NOTES = ("train", "dev")
SEEDS = (20261122, 1, 2, 3, 4, 5, 6, 7)
MIXTURES = (0.0, 0.4, 0.6, 0.8, 1.0, 1.5)  # weight of picking; that of marking is 1


def mixed(part: picking.Part, marked: salience.Head, weight: float) -> salience.Head:
    """The sum of marking and `weight` times picking."""
    features = len(part.mean)
    meaning = marked.meaning.copy()
    meaning[:, :3] += weight * picking.SCALE * part.skip[features:]
    return replace(marked, place=marked.place + weight * part.skip[:features], meaning=meaning)


def parts(data: Sequence[picking.Example]) -> tuple[picking.Part, salience.Head]:
    """Both parts, trained on the same papers with the same scaling of the features."""
    part = picking.averaged(
        [picking.train(replace(PICKING, seed=seed), list(data)) for seed in SEEDS]
    )
    nothing = np.zeros((0, 3))
    start = salience.Head(part.mean, part.spread, part.centre, nothing, nothing, nothing, {})
    return part, marking.train(MARKING, data, start)


def validated(head: salience.Head, data: Sequence[picking.Example]) -> dict[str, Any]:
    """ROUGE and R-precision of a head, as `evaluate` counts them."""
    picks, precisions = [], []
    for one in data:
        scores = head.logits(one.paper.sentences, one.matrix, one.vectors)
        rating = Rating((), tuple((float(a), float(b), float(c)) for a, b, c in scores), ())
        ranks = evaluate.head(rating)
        chosen = [evaluate.best(values) for values in ranks]
        picks.append([one.rouge[index, aspect] for aspect, index in enumerate(chosen)])
        precisions.append(evaluate.r_precision(ranks, one.paper.marked))
    return evaluate.summary(picks, precisions)


def told(data: Sequence[telling.Example]) -> dict[str, Any]:
    """The share of facts that summaries of the notes carry, each note left out of the training."""
    scores = iter(telling.crossed(TELLING, data))

    def rate(_: Sequence[Sentence]) -> Rating:
        one = next(notes)
        none = (0.0, 0.0, 0.0)
        salience_of = tuple(float(value) for value in next(scores))
        return Rating(salience_of, (none,) * len(salience_of), tuple(one.vectors.tolist()))

    notes = iter(data)
    methods: dict[str, Any] = evaluate_notes.evaluate([one.note for one in data], rate)["methods"]
    return methods


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ship(
    head: salience.Head,
    weight: float,
    validation: dict[str, Any],
    notes: dict[str, Any],
    model: Path,
) -> Path:
    """Write the weights and their record; the test figures are added by `journal model eval`."""
    target = paths.resources() / "models" / "salience" / "head.npz"
    target.parent.mkdir(parents=True, exist_ok=True)
    salience.save(target, head)
    record = {
        "name": "salience",
        "config": {
            "picking": {**asdict(PICKING), "seed": list(SEEDS), "weight": weight},
            "marking": asdict(MARKING),
            "facts": asdict(TELLING),
        },
        "features": salience.FEATURES,
        "script": VERSION,
        "data": evaluate.data_version(),
        "trained_on": "train (100 papers)",
        "chosen_on": "val (50 papers)",
        "embedder_sha256": digest(model),
        "head_sha256": digest(target),
        "date": datetime.now(UTC).date().isoformat(),
        "val": validation,
        "notes": {"trained_on": [evaluate_notes.version(split) for split in NOTES], **notes},
        "licence": "MIT (weights trained by this project; data ACLSum, MIT)",
    }
    text = json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    target.with_suffix(".json").write_text(text, "utf-8")
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--ship", action="store_true", help="write resources/models/salience/")
    arguments = parser.parse_args()
    folder = picking.pack_folder()
    embedder = Embedder(folder / "model.onnx", folder / "vocab.txt", "cpu")
    data = {split: picking.examples(split, embedder) for split in ("train", "val")}
    started = time.monotonic()
    part, marked = parts(data["train"])
    print(f"trained in {time.monotonic() - started:.1f} s; {len(marked.known)} words")
    best: tuple[float, float, salience.Head, dict[str, Any]] | None = None
    for weight in MIXTURES:
        head = mixed(part, marked, weight)
        result = validated(head, data["val"])
        figures = [result[metric]["mean"] for metric in evaluate.METRICS]
        precision = result[evaluate.PRECISION]["mean"]
        margin = min(
            result[metric]["mean"] / least for metric, least in evaluate.THRESHOLDS.items()
        )
        line = "  ".join(f"{figure:.2f}" for figure in figures)
        line += f"  R-precision {precision:.3f}  margin {margin:.3f}"
        print(f"picking {weight:.1f}  val ROUGE {line}")
        if best is None or margin > best[0]:
            best = (margin, weight, head, result)
    assert best is not None
    notes = {split: telling.examples(split, embedder, TELLING) for split in NOTES}
    together = [one for split in NOTES for one in notes[split]]
    carried = {"left out in turn": told(together)}
    for name, figures in carried["left out in turn"].items():
        mean, stderr, words = (figures[key] for key in ("mean", "stderr", "words"))
        print(f"facts carried, {name}: {mean:.3f} ± {stderr:.3f} with {words:.0%} of the words")
    head = replace(best[2], facts=telling.train(TELLING, together))
    if arguments.ship:
        print(ship(head, best[1], best[3], carried, folder / "model.onnx"))


if __name__ == "__main__":
    main()
