"""The single values of an lm-evaluation-harness results file: scores, names, times, arguments."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

from journal_app.domain.experiments import Json, tidy
from journal_app.imports.files import mapping, mtime, naive, number_of, short_model

_FRACTIONS = re.compile(r"^(?:acc|acc_norm|acc_mutual_info|exact_match|f1|em|pass@\d+|mcc|brier)")


def split_key(key: str) -> tuple[str, str | None]:
    """ "acc,none" as ("acc", "none"); a key without a filter has None."""
    metric, comma, name = key.rpartition(",")
    return (metric, name) if comma else (key, None)


def score_of(value: object) -> tuple[float | None, bool]:
    """(score, is it NaN); (None, False) for what is no number, such as "N/A"."""
    if isinstance(value, str):
        if value.strip().lower() not in ("nan", "inf", "-inf", "infinity", "-infinity"):
            return None, False
        return None, True
    found = number_of(value)
    if found is None:
        return None, False
    return (found, False) if math.isfinite(found) else (None, True)


def is_fraction(metric: str, score: float | None) -> bool:
    """Whether this is one of the metrics that lie between 0 and 1."""
    return bool(_FRACTIONS.match(metric)) and score is not None and -1 <= score <= 1


def dataset_of(setup: Mapping[str, object], task_hash: object) -> dict[str, Json]:
    """Path, name, split, version and hash of what a task was measured on."""
    name = {
        "path": short_model(str(setup.get("dataset_path") or "")),
        "name": setup.get("dataset_name"),
        "split": setup.get("test_split") or setup.get("validation_split"),
        "version": mapping(setup.get("metadata")).get("version"),
        "task_hash": task_hash,
    }
    return {key: tidy(value) for key, value in name.items() if value not in (None, "")}


def library_of(data: Mapping[str, object], task: str) -> dict[str, Json]:
    """Which harness measured, at which versions."""
    name = {
        "name": "lm-evaluation-harness",
        "version": data.get("lm_eval_version"),
        "git_hash": data.get("git_hash"),
        "task_version": mapping(data.get("versions")).get(task),
        "transformers": data.get("transformers_version"),
    }
    return {key: tidy(value) for key, value in name.items() if value not in (None, "")}


def model_arguments(value: object) -> dict[str, object]:
    """`model_args` as a mapping; the harness wrote it as "a=1,b=2" and later as an object."""
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if not isinstance(value, str):
        return {}
    pairs = (part.partition("=") for part in value.split(","))
    return {key.strip(): item.strip() for key, equals, item in pairs if equals}


def plain_settings(config: Mapping[str, object]) -> dict[str, object]:
    """The small settings of `config` but the model arguments."""
    kept = {key: value for key, value in config.items() if key != "model_args" and is_small(value)}
    return {str(key): value for key, value in kept.items() if value not in (None, [], {}, "")}


def is_small(value: object) -> bool:
    """Whether a value is worth keeping: there, and no novel."""
    return value is not None and len(repr(value)) <= 2000


def moment_of(data: Mapping[str, object], path: Path) -> tuple[int | None, str]:
    """(ms UTC, clock) by `date`, else by the file's name, else by its own time."""
    date = number_of(data.get("date"))
    if date is not None and math.isfinite(date) and 1e9 < date < 1e11:
        return round(date * 1000), "utc"
    stamp = re.search(r"\d{4}-\d\d-\d\dT\d\d[-:]\d\d[-:]\d\d(?:\.\d+)?", path.name)
    found = naive(stamp.group()) if stamp else None
    return (found, "naive-local") if found is not None else (mtime(path), "mtime")


def seconds_of(value: object) -> float | None:
    """`total_evaluation_time_seconds` is a number written as a string."""
    try:
        found = float(value) if isinstance(value, str | int | float) else math.nan
    except ValueError:
        return None
    return found if math.isfinite(found) and 0 <= found < 1e9 else None
