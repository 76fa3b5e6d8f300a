"""The metrics that say most of a run, the stages of a training, and counts in words."""

from __future__ import annotations

from collections.abc import Container

STAGES = ("base", "mid", "sft", "rl")  # of one training, in their order

# The metrics worth a headline, best first: the number that a run is usually judged by.
MAIN_METRICS = (
    "val/bpb", "val_bpb", "core_metric", "chatcore_metric", "core_metric_estimate",
    "val/loss", "eval/loss", "val_loss", "eval_loss", "validation_loss", "reward", "pass@1",
    "train/loss", "train_loss", "loss",
)  # fmt: skip
CURVES = (
    "val/bpb", "val_bpb", "val/loss", "eval/loss", "val_loss", "eval_loss", "validation_loss",
    "train/loss", "train_loss", "loss", "reward",
)  # fmt: skip


def counted(number: int, noun: str) -> str:
    """ "1 line", "2,000 lines"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def staged(wanted: str, names: Container[str]) -> str | None:
    """A metric under its own name, else under that of the last stage which has it (`sft/…`)."""
    forms = [wanted, *(f"{stage}/{wanted}" for stage in reversed(STAGES))]
    return next((form for form in forms if form in names), None)
