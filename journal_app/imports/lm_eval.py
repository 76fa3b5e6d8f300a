"""lm-evaluation-harness: `results_<time>.json`, alone or in the folders that it writes.

Source of the facts: lm_eval at 4e7e0d47f, `result_schema.py` (EvalResults) and real result files.
`start_time` and `end_time` are perf_counter values there; only `date` is a date. `pretty_env_info`
is the machine's whole environment: it is never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from journal_app.domain.experiments import (
    EVALUATION,
    PRIVATE,
    EvalRecord,
    Json,
    Problem,
    RunBundle,
    RunRecord,
    short_hash,
    tidy,
)
from journal_app.domain.naming import counted
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.files import (
    SNIFF_FILES,
    WALK_FILES,
    head,
    is_binary,
    mapping,
    read_json,
    sha256,
    short_model,
    split_private,
    tail,
    walk,
    whole,
)
from journal_app.imports.lm_eval_values import (
    dataset_of,
    is_fraction,
    is_small,
    library_of,
    model_arguments,
    moment_of,
    plain_settings,
    score_of,
    seconds_of,
    split_key,
)

SOURCE = "lm_eval"
_NOT_METRICS = {"alias", "name", "sample_len", "sample_count", " ", ""}
_LEFT_OUT = {
    "results", "groups", "group_subtasks", "configs", "versions", "n-shot", "higher_is_better",
    "n-samples", "config", "pretty_env_info", "task_hashes", "date", "git_hash", "start_time",
    "end_time", "model_name", "model_name_sanitized", "samples", "chat_template",
    "system_instruction", "fewshot_as_multiturn", "upper_git_hash",
}  # fmt: skip


class LmEvalImporter:
    """Reads results files of lm-evaluation-harness. One file is one run with its evals."""

    title = "lm-evaluation-harness results"
    version = "2"

    def sniff(self, path: Path) -> int:
        """By the keys of the file; a folder by the results files in it."""
        if path.is_dir():
            return 80 if next(_result_files(path, SNIFF_FILES), None) else 0
        if path.suffix == ".jsonl":
            return 60 if path.name.startswith("samples_") else 0
        return _looks(path)

    def read(self, path: Path, context: ImportContext) -> Iterator[RunBundle | Problem]:
        """One bundle for each results file."""
        if not path.is_dir():
            if path.suffix == ".jsonl":
                beside = ", ".join(f.name for f in sorted(path.parent.glob("results_*.json"))[:3])
                raise JournalError(
                    f"{path.name} holds the single samples of an evaluation, not its results.",
                    f"Import {beside} beside it." if beside else "Import its results_*.json.",
                )
            yield _read_file(path)
            return
        files = list(_result_files(path))
        if not files:
            raise JournalError(
                f"{path} holds no results_*.json.", "Give the folder named with --output_path."
            )
        for done, file in enumerate(files):
            context.check()
            try:
                yield _read_file(file)
            except JournalError as error:
                yield Problem(str(file), error.message)
            except OSError as error:
                yield Problem(str(file), error.strerror or str(error))
            context.progress(done + 1, len(files))


def _looks(path: Path) -> int:
    if path.suffix != ".json" or not path.is_file():
        return 0
    start = head(path)
    if is_binary(start[:8192]) or not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return 0
    text = start + tail(path)
    if b'"config_general"' in text or not re.search(rb'"results"\s*:', text):
        return 0
    marks = (b'"configs"', b'"n-shot"', b'"task_hashes"', b'"pretty_env_info"', b'"versions"',
             b'"lm_eval_version"', b'"higher_is_better"', b'"group_subtasks"')  # fmt: skip
    found = sum(mark in text for mark in marks)
    if found:
        return 95 if found > 1 else 70
    return 60 if path.name.startswith("results_") else 0


def _result_files(folder: Path, limit: int = WALK_FILES) -> Iterator[Path]:
    for file in walk(folder, limit):
        if file.suffix == ".json" and (file.name.startswith("results_") or _looks(file) >= 90):
            yield file


def _read_file(path: Path) -> RunBundle:
    data = read_json(path)
    results = mapping(data.get("results"))
    groups = mapping(data.get("groups"))
    if not results and not groups:
        raise JournalError(
            f'{path} has no "results".', "It is no results file of lm-evaluation-harness."
        )
    config = mapping(data.get("config"))
    arguments = model_arguments(config.get("model_args"))
    model = short_model(
        str(data.get("model_name") or arguments.get("pretrained") or config.get("model") or "model")
    )
    moment, clock = moment_of(data, path)
    native = short_hash(
        model, data.get("date"), sorted(results), None if data.get("date") else tidy(results)
    )
    warnings: list[str] = []
    evals = tuple(_evals(data, path, native, model, moment, warnings))
    public, private = split_private({**arguments, **plain_settings(config)})
    metrics: dict[str, float | None] = {}
    for record in evals:
        name = f"{record.task}/{record.metric}"
        filtered = f",{record.filter}" if record.filter not in (None, "none") else ""
        metrics[name + filtered] = record.score
    if config.get("limit") is not None:
        warnings.append(f"limited by --limit {tidy(config['limit'])}")
    seconds = seconds_of(data.get("total_evaluation_time_seconds"))
    extra: dict[str, Json] = {"record": EVALUATION}
    more_public, more_private = split_private(
        {key: value for key, value in data.items() if key not in _LEFT_OUT and is_small(value)}
    )
    extra.update(more_public)
    hidden: dict[str, Json] = {**private, **more_private}
    if hidden:
        extra[PRIVATE] = hidden
    top = next((e for e in evals if e.aggregate), evals[0] if evals else None)
    run = RunRecord(
        SOURCE,
        native,
        str(path),
        model,
        status="finished",
        started_at=moment,
        ended_at=None if moment is None or seconds is None else moment + round(seconds * 1000),
        clock=clock,
        params=public,
        metrics=metrics,
        main_metric=_main(top, metrics),
        git={"commit": str(data["git_hash"])} if data.get("git_hash") else {},
        files=(path.name,),
        extra=extra,
        warnings=tuple(warnings),
    )
    return RunBundle(run, {}, evals)


def _main(top: EvalRecord | None, metrics: Mapping[str, float | None]) -> str | None:
    if top is None:
        return None
    return next((name for name in metrics if name.startswith(f"{top.task}/{top.metric}")), None)


def _evals(
    data: Mapping[str, object],
    path: Path,
    native: str,
    model: str,
    moment: int | None,
    warnings: list[str],
) -> Iterator[EvalRecord]:
    digest = sha256(path)
    results, groups = mapping(data.get("results")), mapping(data.get("groups"))
    members = mapping(data.get("group_subtasks"))
    for task in dict.fromkeys([*results, *groups]):
        values = {**mapping(groups.get(task)), **mapping(results.get(task))}
        setup = mapping(mapping(data.get("configs")).get(task))
        samples = mapping(data.get("n-samples")).get(task)
        counts = mapping(samples)
        effective = whole(counts.get("effective")) if counts else whole(samples)
        original = whole(counts.get("original"))
        limited = effective is not None and original is not None and effective < original
        if limited and original is not None:
            warnings.append(f"{task}: only {effective} of {counted(original, 'sample')} used")
        directions = mapping(mapping(data.get("higher_is_better")).get(task))
        for key, value in values.items():
            metric, filter_name = split_key(str(key))
            if str(key).strip() in _NOT_METRICS or metric.endswith("_stderr"):
                continue
            score, nan = score_of(value)
            if score is None and not nan:
                continue
            higher = directions.get(metric)
            suffix = f",{filter_name}" if filter_name is not None else ""
            error, _ = score_of(values.get(f"{metric}_stderr{suffix}"))
            yield EvalRecord(
                SOURCE,
                f"{native}:{task}:{key}",
                str(task),
                metric,
                score,
                path.name,
                digest,
                filter_name,
                nan,
                error,
                (not higher) if isinstance(higher, bool) else None,
                "fraction" if is_fraction(metric, score) else None,
                effective,
                original,
                whole(mapping(data.get("n-shot")).get(task)),
                limited,
                task in groups or bool(members.get(task)),
                dataset_of(setup, mapping(data.get("task_hashes")).get(task)),
                library_of(data, task),
                model,
                moment,
                {"alias": str(values["alias"]).strip()} if values.get("alias") else {},
            )
