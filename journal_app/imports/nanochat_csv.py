"""nanochat's two kinds of CSV: the padded `base_eval/*.csv` and the `results.csv` of a series.

miniseries.sh leaves cells blank and writes a CORE that it did not find as "0.0": both are missing
values here, never zeros. It also counts tokens as if every batch had 524,288 of them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Json
from journal_app.errors import JournalError
from journal_app.imports.files import mtime, read_text, sha256
from journal_app.imports.nanochat_parts import Draft, parse_number, parse_value

FIXED_BATCH = 524_288


def cells_of(path: Path) -> list[list[str]]:
    """The rows with every cell stripped; blank rows are left out."""
    try:
        rows = list(csv.reader(read_text(path).splitlines(), skipinitialspace=True))
    except csv.Error as error:
        raise JournalError(f"{path}: {error}.", "It is no CSV of nanochat.") from error
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [row for row in stripped if any(row)]


def looks(start: str) -> str:
    """'eval', 'series' or '' by the header line."""
    header = [cell.strip() for cell in start.split("\n", 1)[0].lstrip("\ufeff").split(",")]
    if header[:3] == ["Task", "Accuracy", "Centered"]:
        return "eval"
    return "series" if "depth" in header and {"val_bpb", "core_score"} & set(header) else ""


def read_base_eval(path: Path) -> Draft:
    """The evaluation of one checkpoint: accuracy and centered score of each task, and CORE."""
    rows = cells_of(path)
    draft = Draft(["base_eval", *rows], path.stem, str(path), files=[path.name], clock="mtime")
    file = (path.name, sha256(path))
    number = re.search(r"(\d{6})$", path.stem)
    step = int(number[1]) if number else None
    tasks = 0
    for row in rows[1:]:
        task, accuracy, centered = [*row, "", "", ""][:3]
        score, center = parse_number(accuracy), parse_number(centered)
        if task.upper() == "CORE":
            draft.metric("core_metric", center)
            if center is not None:
                draft.eval("CORE", "core_metric", center, file, step=step, aggregate=True,
                           extra={"tasks": tasks})  # fmt: skip
            continue
        tasks += 1
        if score is not None:
            draft.eval(task, "accuracy", score, file, step=step)
        if center is not None:
            draft.eval(task, "centered", center, file, step=step)
    if not draft.evals:
        raise JournalError(f"{path} holds no result.", "Is the file still being written?")
    if "core_metric" not in draft.metrics:
        draft.complete = False
        draft.warnings.append("no CORE row: the evaluation broke off or still runs")
    else:
        draft.status = "finished"
    draft.ended_at = mtime(path)
    draft.stage = "base"
    if step is not None:
        draft.extra["step"] = step
    draft.warnings.append("the file has no date; its own time is shown")
    return draft


def read_series(path: Path) -> Iterator[Draft]:
    """One run for each row of a results.csv."""
    rows = cells_of(path)
    header = rows[0]
    folder = path.parent.name
    match = re.match(r"(.+)_miniseries_results$|scaling_laws_results_(.+)$", folder)
    series = (match[1] or match[2]) if match else folder
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, [*row, *[""] * len(header)], strict=False))
        depth = parse_value(cells.get("depth", ""))
        if not isinstance(depth, int):
            raise JournalError(f"{path}, line {number}: the depth is missing.", "Mend or drop it.")
        yield _series_run(path, series, cells, depth, len(row) < len(header))


def _series_run(path: Path, series: str, cells: dict[str, str], depth: int, short: bool) -> Draft:
    budget = cells.get("flops_budget", "")
    tag = f"{series}_miniseries_d{depth}" if not budget else f"scaling_{budget}_d{depth}"
    draft = Draft(
        ["series", series, budget, depth, cells.get("num_iterations"), cells.get("val_bpb")],
        tag, str(path), stage="base", tag=tag, project=series, status="finished",
        ended_at=mtime(path), clock="mtime", files=[path.name],
    )  # fmt: skip
    for key, text in cells.items():
        value = parse_value(text)
        if key in ("val_bpb", "core_score", "train_time_sec") or value is None:
            continue
        draft.params[key] = value
    blank = [key for key, text in cells.items() if not text]
    if blank:
        draft.warnings.append(f"blank in the CSV: {', '.join(blank)}")
    draft.metric("val/bpb", parse_number(cells.get("val_bpb", "")))
    core = parse_number(cells.get("core_score", ""))
    if core == 0.0:
        draft.warnings.append("core_score 0.0 in the CSV means that none was found")
    else:
        # read from the training log, so it is the estimate made during training
        draft.metric("core_metric_estimate", core)
    draft.metric("wall_time_sec", parse_number(cells.get("train_time_sec", "")))
    if "val/bpb" not in draft.metrics or short:
        draft.status, draft.complete = "unknown", False
    return draft


def mend_tokens(draft: Draft) -> None:
    """Count the tokens anew where the log of the run gives the batch; else say what is doubtful."""
    iterations, batch = draft.params.get("num_iterations"), draft.params.get("total_batch_size")
    written = draft.params.get("tokens_trained")
    if not isinstance(iterations, int) or iterations <= 0:  # -1 leaves the number to the script
        return
    if isinstance(batch, int) and batch > 0:
        tokens = iterations * batch
        if written is not None and written != tokens:
            draft.extra["tokens_trained_as_written"] = written
            draft.warnings.append(f"tokens counted anew: {iterations} x {batch}")
        draft.params["tokens_trained"] = tokens
        parts = [draft.params.get(f"params_{k}") for k in ("transformer_matrices", "lm_head")]
        counts: list[int] = [part for part in parts if isinstance(part, int)]
        if len(counts) == 2 and sum(counts, 0) and draft.params.get("param_data_ratio") is None:
            ratio: Json = round(tokens / sum(counts, 0), 4)
            draft.params["param_data_ratio"] = ratio
    elif written == iterations * FIXED_BATCH:
        draft.warnings.append("tokens_trained assumes batches of 524,288 tokens; it may be wrong")
