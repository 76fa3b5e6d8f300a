"""What nanochat's scripts print, and what the journal calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal_app.imports.nanochat_parts import parse_number

_CELL_STAGES = {"BASE": "base", "MID": "mid", "SFT": "sft", "RL": "rl"}
KEYS = {
    "loss": "train/loss",
    "Training loss": "train/loss",
    "lrm": "train/lrm",
    "dt": "train/dt_ms",
    "tok/sec": "train/tok_per_sec",
    "mfu": "train/mfu",
    "bf16_mfu": "train/bf16_mfu",
    "epoch": "train/epoch",
    "pq": "train/pq",
    "rg": "train/rg",
    "total time": "train/total_time_min",
    "Validation bpb": "val/bpb",
    "Validation loss": "val/loss",
    "CORE metric": "core_metric_estimate",
    "ChatCORE metric": "chatcore_metric_estimate",
    "ChatCORE": "chatcore_metric_estimate",
    "Average reward": "reward",
    "Average sequence length": "sequence_length",
    "eta": "",
}
FACTS = {
    "Vocab size": "vocab_size",
    "num_layers": "depth",
    "model_dim": "model_dim",
    "num_heads": "num_heads",
    "num_kv_heads": "num_kv_heads",
    "head_dim": "head_dim",
    "Number of parameters": "num_params",
    "Estimated FLOPs per token": "flops_per_token",
    "Total number of training tokens": "training_tokens",
    "Tokens : Scaling params ratio": "tokens_per_scaling_param",
    "Tokens : Params ratio": "tokens_per_param",
    "Total training FLOPs estimate": "total_training_flops",
    "Total batch size": "total_batch_size",
    "Calculated number of iterations": "num_iterations",
    "Calculated number of iterations from target data:param ratio": "num_iterations",
    "Calculated number of iterations from target FLOPs": "num_iterations",
}
ENDS = {
    "Peak memory usage": ("peak_memory_mib", 1.0),
    "Total training time": ("total_training_time", 60.0),  # printed in minutes, kept in seconds
    "Minimum validation bpb": ("val/bpb_min", 1.0),
}
STAGES = {"chatsft": "sft", "chatrl": "rl", "sft": "sft", "rl": "rl", "mid": "mid", "base": "base"}


def looks(start: str) -> int:
    """How surely this is the beginning (or all) of such a log."""
    steps = len(re.findall(r"^[Ss]tep \d+(?:/\d+)?(?: \([\d.]+%\))? ?\| ", start, re.MULTILINE))
    marks = sum(
        mark in start
        for mark in ("nanochat", "Validation bpb: ", "Tokens / micro-batch", "Parameter counts:",
                     "Evaluating: hellaswag_zeroshot", "CORE metric", "tok/sec: ")
    )  # fmt: skip
    if steps and marks:
        return 90
    return 55 if marks >= 2 or (marks and "accuracy: " in start) else 40 if steps > 1 else 0


def summary_table(summary: str) -> Iterator[tuple[str, str, float]]:
    """(task, stage, score) of the closing table of a report; "-" is missing."""
    columns: list[str] = []
    for line in summary.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) < 2 or set(cells[0]) <= {"-", ":"}:
            continue
        if cells[0] == "Metric":
            columns = cells[1:]
            continue
        for column, cell in zip(columns, cells[1:], strict=False):
            score = parse_number(cell)
            if score is not None:
                yield cells[0], _CELL_STAGES.get(column, column.lower()), score
