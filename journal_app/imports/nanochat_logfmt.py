"""nanochat generation C: lines `tag key=value …` in the logs of an experiment, and its meta.json.

Grammar (nanochat/logfmt.py, branch experiment_refactor): a line is a record if and only if
shlex can split it, its first token is a known tag and every other token is key=value. Work in
progress upstream: a tag that is not known yet is no record.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.files import head, mapping, mtime, naive, need_text, read_json, sha256
from journal_app.imports.nanochat_parts import Draft

TAGS = frozenset(
    ("argv", "config", "params", "eval", "core", "chatcore", "compression", "prefill", "bench",
     "step", "summary", "model", "cm", "journal")
)  # fmt: skip
STAGE_FILES = ("base_train.log", "base_eval.log", "infer_bench.log", "sft.log", "chat_eval.log")
_FIRST = re.compile(r"([a-z_]{2,20})((?: +[^\s=]+=.*)?)$")
_INT = re.compile(r"[-+]?\d{1,18}$")


def parse_line(line: str) -> tuple[str, dict[str, str | int | float]] | None:
    """(tag, values) of a record; None for every other line. 'False' and 'None' stay strings."""
    match = _FIRST.match(line.rstrip())
    if match is None or match[1] not in TAGS or not match[2]:
        return None
    try:
        tokens = shlex.split(line) if '"' in line or "'" in line or "\\" in line else line.split()
    except ValueError:
        return None
    values: dict[str, str | int | float] = {}
    for token in tokens[1:]:
        key, equals, text = token.partition("=")
        if not key or not equals:
            return None
        values[key] = _value(text)
    return tokens[0], values


def _value(text: str) -> str | int | float:
    if _INT.match(text):
        return int(text)
    try:
        return float(text) if "_" not in text else text
    except ValueError:
        return text


def looks(start: str) -> int:
    """How surely this is the beginning of such a log."""
    tags = [record[0] for line in start.splitlines() if (record := parse_line(line))]
    own = {"argv", "config", "params", "eval", "core", "summary", "bench", "model"} & set(tags)
    return 92 if len(own) > 1 or (own and len(tags) > 2) else 55 if own else 0


def is_experiment(folder: Path) -> bool:
    """Whether a folder is `experiments/<name>`: its meta.json, or depth folders with stage logs."""
    meta = folder / "meta.json"
    return any(folder.glob("d*/base_train.log")) or (
        meta.is_file() and b'"git_commit"' in head(meta)
    )


def read_experiment(
    folder: Path, context: ImportContext, only: Path | None = None
) -> Iterator[Draft | Problem]:
    """One run for each model of an experiment, whatever its folder is called (nanochat: d12).

    With `only`, the run of that folder of it alone.
    """
    meta: dict[str, object] = {}
    if (folder / "meta.json").is_file():
        try:
            meta = read_json(folder / "meta.json")
        except JournalError as error:
            yield Problem(str(folder / "meta.json"), error.message)
    name = str(meta.get("name") or folder.name)
    depths = sorted(
        {file.parent for stage in STAGE_FILES for file in folder.glob(f"*/{stage}")},
        key=lambda place: (len(place.name), place.name),
    )
    curve = _curve(folder / "curve.log")
    for place in depths if only is None else [only]:
        context.check()
        identity: list[Json] = ["experiment", name, str(meta.get("git_commit", "")),
                                str(meta.get("created", "")), place.name]  # fmt: skip
        title = place.name if place.name.startswith(name) else f"{name} {place.name}"
        draft = Draft(identity, title, str(place), tag=place.name, project=name)
        _provenance(draft, meta)
        for stage in STAGE_FILES:
            if (place / stage).is_file():
                try:
                    _stage_log(draft, place / stage, context)
                except JournalError as error:
                    yield Problem(str(place / stage), error.message)
                except OSError as error:
                    yield Problem(str(place / stage), error.strerror or str(error))
        if not draft.files:
            continue
        for key, value in curve.get(place.name, {}).items():
            if isinstance(value, int | float):
                draft.metrics.setdefault(f"curve/{key}", float(value))
        _close(draft)
        yield draft


def read_single(path: Path, context: ImportContext) -> Draft:
    """The run of one log in this grammar. Raises JournalError."""
    draft = Draft([], path.stem, str(path))
    first = _stage_log(draft, path, context)
    if not first:
        raise JournalError(f"{path} has no record `tag key=value`.", "Is it another kind of log?")
    draft.identity = ["logfmt", *first]
    tag = draft.params.get("model_tag")
    draft.tag = str(tag) if tag not in (None, "None", "") else None
    draft.name = draft.tag or path.stem
    _close(draft)
    return draft


def _provenance(draft: Draft, meta: dict[str, object]) -> None:
    for key in ("commit", "branch", "dirty"):
        value = meta.get(f"git_{key}")
        if isinstance(value, str | bool):
            draft.git[key] = value
    created = meta.get("created")
    if isinstance(created, str):
        draft.started_at = naive(created)
    if isinstance(meta.get("dataset"), str):
        draft.extra["dataset"] = str(meta["dataset"])
    known = {"name", "created", "git_commit", "git_branch", "git_dirty", "dataset"}
    unknown: dict[str, Json] = {k: str(v)[:500] for k, v in mapping(meta).items() if k not in known}
    if unknown:
        draft.private["meta"] = unknown


def _stage_log(draft: Draft, path: Path, context: ImportContext) -> list[Json]:
    """Take the records of one log in; the first of them, for an identity."""
    need_text(path)
    base = path.name in ("base_train.log",) or path.name not in STAGE_FILES
    stage = "" if base else path.stem.replace("base_eval", "base_eval")
    prefix = "" if base else {"infer_bench": "infer"}.get(stage, stage) + "/"
    file = (path.name, sha256(path))
    first: list[Json] = []
    summary = False
    with path.open(encoding="utf-8", errors="replace", newline=None) as lines:
        for count, line in enumerate(iter(lambda: lines.readline(1 << 16), "")):
            if count % 2000 == 0:
                context.check()
            record = parse_line(line)
            if record is None:
                continue
            tag, values = record
            if not line.endswith("\n"):
                draft.warnings.append(f"{path.name}: the last line is unfinished; it was left out")
                continue
            if len(first) < 6:
                first.append([tag, dict(values)])
            _record(draft, tag, values, prefix, file)
            summary = summary or tag == "summary"
    if first:
        draft.files.append(path.name)
        done = draft.extra.setdefault("stages_done", {})
        if isinstance(done, dict):
            done[path.stem] = summary
        draft.ended_at = max(draft.ended_at or 0, mtime(path))
    return first


def _record(
    draft: Draft,
    tag: str,
    values: dict[str, str | int | float],
    prefix: str,
    file: tuple[str, str],
) -> None:
    step = values.get("step")
    at = float(step) if isinstance(step, int | float) else None
    numbers = {k: float(v) for k, v in values.items() if isinstance(v, int | float) and k != "step"}
    if tag in ("argv", "config", "params", "compression", "journal"):
        for key, value in values.items():
            draft.params.setdefault(f"{prefix}{key}", value)
    elif tag in ("eval", "step"):
        group = "val" if tag == "eval" else "train"
        for key, number in numbers.items():
            named = _split(key)
            draft.point(prefix + (named if "/" in named else f"{group}/{key}"), at or 0.0, number)
    elif tag in ("core", "chatcore"):
        _scores(draft, tag, values, numbers, prefix, file)
    elif tag in ("bench", "prefill"):
        batch = values.get("batch", values.get("batch_size"))
        part = f"bs{batch}/" if batch is not None else ""
        for key, number in numbers.items():
            draft.metric(f"{prefix}{tag}/{part}{key}", number)
    elif tag == "summary":
        for key, value in values.items():
            if isinstance(value, str):
                draft.extra.setdefault(f"{prefix}{key}", value)
            else:
                draft.metric(prefix + _named(key, draft), float(value))


def _named(key: str, draft: Draft) -> str:
    """A summary's key as the other readers call it. CORE over a part of the tasks' examples, the
    default while training, is an estimate."""
    if key == "core":
        whole = draft.params.get("core_metric_max_per_task") == -1
        return "core_metric" if whole else "core_metric_estimate"
    return {"chatcore": "chatcore_metric", "params": "num_params",
            "train_time_sec": "total_training_time"}.get(key) or _split(key)  # fmt: skip


def _split(key: str) -> str:
    """`val_bpb` as the other readers call it, `val/bpb`; one metric has one name."""
    group, _, rest = key.partition("_")
    return f"{group}/{rest}" if group in ("val", "train") and rest else key


def _scores(
    draft: Draft,
    tag: str,
    values: dict[str, str | int | float],
    numbers: dict[str, float],
    prefix: str,
    file: tuple[str, str],
) -> None:
    step = values.get("step")
    at = step if isinstance(step, int) else None
    estimate = not prefix and draft.params.get("core_metric_max_per_task") != -1
    task = values.get("task")
    for key, number in numbers.items():
        if key in ("n", "n_shot", "shots", "time", "time_sec", "seconds"):
            continue
        if isinstance(task, str):
            draft.eval(task, {"acc": "accuracy"}.get(key, key), number, file, step=at,
                       stage=prefix.rstrip("/"), estimate=estimate)  # fmt: skip
        elif at is not None and estimate:
            name = "core_metric_estimate" if key in ("core", "core_metric") else f"core/{key}"
            draft.point(name, at, number)
        else:
            draft.eval(key, tag, number, file, stage=prefix.rstrip("/"), estimate=estimate,
                       aggregate=key in ("core", "chatcore", "core_metric"))  # fmt: skip


def _curve(path: Path) -> dict[str, dict[str, str | int | float]]:
    """The `model` records of curve.log by model tag."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, str | int | float]] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            record = parse_line(line[: 1 << 16])
            if record and record[0] == "model" and "model_tag" in record[1]:
                tag = str(record[1].pop("model_tag"))
                found[tag] = record[1]
    return found


def _close(draft: Draft) -> None:
    """Status: a stage is complete when its log has a summary record."""
    done = draft.extra.get("stages_done")
    stages = done if isinstance(done, dict) else {}
    open_stages = [name for name, whole in stages.items() if not whole and name != "base_eval"]
    if open_stages:
        draft.complete = False
        draft.warnings.append(f"no summary yet in {', '.join(f'{s}.log' for s in open_stages)}")
    else:
        draft.status = "finished"
    if draft.started_at is None:
        draft.clock = "mtime"
        draft.warnings.append("the log has no date; the time of the file is shown")
    else:
        draft.ended_at = None  # only the file's own time is known, and it has another clock
