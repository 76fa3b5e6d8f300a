# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "aclsum==0.1.2",
#   "lm-eval==0.4.13",
#   "mlflow-skinny>=3.17",
#   "numpy",
#   "onnxruntime",
#   "rouge-score>=0.1.2",
#   "tokenizers",
# ]
# ///
# The packages above are not those of the project: the type checker does not see them.
# ruff: noqa: E402
# mypy: disable-error-code="import-not-found,misc"
"""Train a part of the salience head at three sizes; keep the records in resources/samples/.

    uv run scripts/make_samples.py

The training is the one of the head's picking part (`salience_picking.py`), which was all of the
head then; the MLflow store is written by MLflow's own client, the result files by
lm-evaluation-harness itself (its evaluator and its tracker, with the part as the model and ACLSum's
test split as three tasks). Afterwards names and paths of the machine are taken out. Needs the
default model pack (`journal model install`).
"""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
sys.path.insert(0, str(ROOT))
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import mlflow
import salience_picking as training
from datasets import Dataset
from lm_eval import simple_evaluate
from lm_eval.api.instance import Instance
from lm_eval.api.model import LM
from lm_eval.api.task import ConfigurableTask
from lm_eval.loggers import EvaluationTracker

from journal_app.domain.segment import Sentence
from journal_app.domain.summarize import ASPECTS
from journal_app.models import evaluate, salience
from journal_app.models.embedder import Embedder

SAMPLES = ROOT / "resources" / "samples"
NAME = "salience"
NOTES = {
    "salience-s": "Linear head, no hidden layer. The one that ships if nothing beats it.",
    "salience-m": "16 hidden units beside the linear map: does it see what the linear one cannot?",
    "salience-l": "64 hidden units: expected to overfit 100 papers; kept to see by how much.",
}


def record_line(tag: str, **values: object) -> str:
    """One record of the log grammar: a tag and shell-quoted key=value pairs."""
    pairs = (f"{key}={shlex.quote(_short(value))}" for key, value in values.items())
    return " ".join([tag, *pairs])


def _short(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def git(*arguments: str) -> str:
    """The answer of git, or `unknown`."""
    done = subprocess.run(
        ["git", *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return done.stdout.strip() if done.returncode == 0 and done.stdout.strip() else "unknown"


def train_logged(
    config: training.Config, data: dict[str, list[training.Example]], place: Path
) -> training.Part:
    """Train one size for real; every epoch goes to the log and to MLflow."""
    parameters = sum(
        (width * 3 + width * config.hidden + config.hidden * 4 if config.hidden else width * 3)
        for width in [data["train"][0].matrix.shape[1] + data["train"][0].vectors.shape[1]]
    )
    lines = [
        record_line("argv", script="scripts.make_samples", args=f"--size={config.name}"),
        record_line("config", **asdict(config)),
        record_line("params", total=parameters),
    ]
    tags = {
        "mlflow.user": "field-journal",
        "mlflow.source.name": "scripts/make_samples.py",
        "mlflow.source.type": "LOCAL",
        "mlflow.note.content": NOTES[config.name],
        "dataset": evaluate.data_version(),
    }
    started = time.monotonic()
    with mlflow.start_run(run_name=config.name, tags=tags):
        mlflow.log_params({**asdict(config), "parameters": parameters})

        def after(epoch: int, step: int, loss: float, rate: float, head: training.Part) -> None:
            val_loss, values = training.picked(head, data["val"])
            means = values.mean((0, 1)) * 100
            metrics = {"train_loss": loss, "val_loss": val_loss, "lr": rate}
            for metric, mean in zip(evaluate.METRICS, means, strict=True):
                metrics[f"val_{metric}"] = float(mean)
            mlflow.log_metrics(metrics, step=step)
            lines.append(record_line("eval", step=step, epoch=epoch, **metrics))

        head = training.train(config, data["train"], after)
        seconds = time.monotonic() - started
        val_loss, values = training.picked(head, data["val"])
        means = [float(mean) * 100 for mean in values.mean((0, 1))]
        final = {f"val_{m}": mean for m, mean in zip(evaluate.METRICS, means, strict=True)}
        mlflow.log_metric("train_time_sec", seconds)
    lines.append(
        record_line(
            "summary", params=parameters, val_loss=val_loss, **final, train_time_sec=seconds
        )
    )
    place.mkdir(parents=True)
    (place / "base_train.log").write_text("\n".join(lines) + "\n", "utf-8")
    return head


class Picker(LM):
    """The head as a model of the harness: reads a paper, answers with the sentence it picks."""

    def __init__(self, head: training.Part, embedder: Embedder, vectors: dict[str, Any]) -> None:
        super().__init__()
        self._head, self._embedder, self._vectors = head, embedder, vectors

    def generate_until(self, requests: list[Instance], disable_tqdm: bool = False) -> list[str]:
        return [self._answer(str(request.args[0])) for request in requests]

    def _answer(self, prompt: str) -> str:
        aspect, _, paper = prompt.partition("\n")
        sentences = [Sentence(0, 0, **one) for one in json.loads(paper)]
        if paper not in self._vectors:
            self._vectors[paper] = self._embedder.embed([one.text for one in sentences])
        vectors = self._vectors[paper].astype(float)
        scores = self._head.logits(salience.features(sentences, vectors), vectors)
        return sentences[int(scores[:, ASPECTS.index(aspect)].argmax())].text

    def loglikelihood(self, requests: list[Instance], disable_tqdm: bool = False) -> Any:
        raise NotImplementedError("the head picks sentences; it is no language model")

    def loglikelihood_rolling(self, requests: list[Instance], disable_tqdm: bool = False) -> Any:
        raise NotImplementedError("the head picks sentences; it is no language model")


def task(aspect: str) -> ConfigurableTask:
    """One aspect of ACLSum's test split as a task of the harness."""
    score = evaluate.scorer()
    keys = ("text", "section", "place", "places")

    def papers(**_: object) -> dict[str, Dataset]:
        rows = [
            {
                "prompt": aspect
                + "\n"
                + json.dumps([{key: getattr(s, key) for key in keys} for s in paper.sentences]),
                "reference": paper.references[ASPECTS.index(aspect)],
            }
            for paper in evaluate.documents("test")
        ]
        return {"test": Dataset.from_list(rows)}

    def rouge(doc: dict[str, str], results: list[str]) -> dict[str, float]:
        return dict(zip(evaluate.METRICS, score(doc["reference"], results[0]), strict=True))

    return ConfigurableTask(
        config={
            "task": f"aclsum_{aspect}",
            "dataset_name": "aclsum",
            "custom_dataset": papers,
            "test_split": "test",
            "output_type": "generate_until",
            "doc_to_text": "{{prompt}}",
            "doc_to_target": "{{reference}}",
            "process_results": rouge,
            "generation_kwargs": {"until": ["\n"]},
            "metric_list": [
                {"metric": metric, "aggregation": "mean", "higher_is_better": True}
                for metric in evaluate.METRICS
            ],
            "num_fewshot": 0,
            "metadata": {"version": 1.0, "dataset": evaluate.data_version(), "licence": "MIT"},
        }
    )


def harness(name: str, model: Picker, place: Path) -> None:
    """Evaluate with lm-evaluation-harness and let it write its file."""
    tracker = EvaluationTracker(output_path=str(place))
    results = simple_evaluate(
        model=model,
        tasks=[task(aspect) for aspect in ASPECTS],
        log_samples=False,
        bootstrap_iters=1000,
        evaluation_tracker=tracker,
    )
    # The evaluator knows a ready-made model object by no name, and invents one: set ours after it.
    tracker.general_config_tracker.log_experiment_args(
        model_source="salience-head",
        model_args=f"pretrained=field-journal/{name}",
        system_instruction=None,
        chat_template=None,
        fewshot_as_multiturn=False,
    )
    results["config"]["model"] = "salience-head"
    results["config"]["model_args"] = f"pretrained=field-journal/{name}"
    tracker.save_results_aggregated(results=results)
    for file in (place / f"field-journal__{name}").glob("results_*.json"):
        scrub(file)


def scrub(file: Path) -> None:
    """Take the machine out of a result file: environment dump, addresses of functions."""
    whole = json.loads(file.read_text("utf-8"))
    whole["pretty_env_info"] = f"Python {platform.python_version()} (the rest was taken out)"
    for config in whole["configs"].values():
        for key in ("custom_dataset", "process_results"):
            config[key] = "scripts/make_samples.py"
    file.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", "utf-8")


def scrub_store(store: Path) -> None:
    """MLflow writes the absolute path of its store into every meta.yaml: make it neutral."""
    shutil.rmtree(store / ".trash", ignore_errors=True)
    for file in store.rglob("meta.yaml"):
        text = file.read_text("utf-8")
        for path in (store.as_uri(), str(store)):
            text = text.replace(path, "mlruns")
        file.write_text(text, "utf-8")


def main() -> None:
    for name in ("nanochat", "lm_eval", "mlruns"):
        shutil.rmtree(SAMPLES / name, ignore_errors=True)
    folder = training.pack_folder()
    embedder = Embedder(folder / "model.onnx", folder / "vocab.txt", "cpu")
    data = {split: training.examples(split, embedder) for split in ("train", "val")}
    store = SAMPLES / "mlruns"
    mlflow.set_tracking_uri(store.as_uri())
    mlflow.set_experiment(NAME)
    experiment = SAMPLES / "nanochat" / NAME
    experiment.mkdir(parents=True)
    about = {
        "name": NAME,
        "created": datetime.now().isoformat(timespec="seconds"),
        "git_commit": git("rev-parse", "HEAD"),
        "git_branch": git("rev-parse", "--abbrev-ref", "HEAD"),
        "git_dirty": git("status", "--porcelain") != "unknown",  # no output means clean
        "dataset": f"{evaluate.data_version()} train",
    }
    (experiment / "meta.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    vectors: dict[str, Any] = {}
    for config in training.SIZES:
        head = train_logged(config, data, experiment / config.name)
        harness(config.name, Picker(head, embedder, vectors), SAMPLES / "lm_eval")
    scrub_store(store)


if __name__ == "__main__":
    main()
