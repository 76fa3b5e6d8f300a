"""MLflow file store (`mlruns/`): plain files, read without MLflow and never written to.

`mlruns/<experiment>/<run>/` holds meta.yaml, metrics/<key> (`timestamp value step` a line),
params/<key>, tags/<key>. Keys may hold "/" and are sub-folders then. Deleted runs are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import (
    PRIVATE,
    Json,
    Problem,
    RunBundle,
    RunRecord,
    main_metric,
    series_limit,
)
from journal_app.domain.naming import counted
from journal_app.domain.series import Series
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.files import mapping, read_text, split_private, whole
from journal_app.imports.nanochat_parts import parse_value

SOURCE = "mlflow"
_STATUS = {1: "running", 2: "running", 3: "finished", 4: "failed", 5: "killed"}
_NAMES = {"RUNNING": "running", "SCHEDULED": "running", "FINISHED": "finished",
          "FAILED": "failed", "KILLED": "killed"}  # fmt: skip
_MARK = re.compile(rb"^(?:run_id|run_uuid|experiment_id):", re.MULTILINE)
_RUN = re.compile(rb"^run_(?:id|uuid):", re.MULTILINE)  # a logged model has meta.yaml, too


class MlflowFilesImporter:
    """Reads a `mlruns` folder, one experiment of it, or one run."""

    title = "MLflow file store (mlruns)"
    version = "2"

    def sniff(self, path: Path) -> int:
        """By meta.yaml with an experiment or run id in the folder or just below."""
        if not path.is_dir():
            return 85 if path.name == "meta.yaml" and _is_meta(path) else 0
        return 90 if next(_run_folders(path), None) is not None else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[RunBundle | Problem]:
        """The active runs below `path`."""
        folder = path if path.is_dir() else path.parent
        runs = list(_run_folders(folder))
        if not runs:
            raise JournalError(f"{path} holds no run of MLflow.", "Give the folder `mlruns`.")
        for done, run in enumerate(runs):
            context.check()
            try:
                bundle = _read_run(run, context)
            except JournalError as error:
                yield Problem(str(run), error.message)
            except OSError as error:
                yield Problem(str(error.filename or run), error.strerror or str(error))
            else:
                if bundle is not None:
                    yield bundle
            context.progress(done + 1, len(runs))


def _is_meta(path: Path, mark: re.Pattern[bytes] = _MARK) -> bool:
    try:
        with path.open("rb") as file:
            return bool(mark.search(file.read(65536)))
    except OSError:
        return True  # named like one: reading it will say why it cannot be read


def _run_folders(folder: Path) -> Iterator[Path]:
    """Run folders: `folder` itself, its children, or theirs (also below a `mlruns` in it)."""
    roots = [folder]
    if (folder / "mlruns").is_dir():
        roots.append(folder / "mlruns")
    seen: set[Path] = set()
    for root in roots:
        for pattern in ("meta.yaml", "*/meta.yaml", "*/*/meta.yaml"):
            for meta in sorted(root.glob(pattern)):
                place = meta.parent
                inside = (place / "metrics").is_dir() or (place / "params").is_dir()
                # MLflow keeps deleted experiments in .trash
                if (
                    place in seen
                    or ".trash" in place.parts
                    or not inside
                    or not _is_meta(meta, _RUN)
                ):
                    continue
                seen.add(place)
                yield place


def _yaml(path: Path) -> dict[str, object]:
    import yaml

    try:
        value = yaml.load(read_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise JournalError(f"{path}{where}: this is not YAML.", "Was the file cut off?") from error
    return {str(key): item for key, item in mapping(value).items()}


def _read_run(folder: Path, context: ImportContext) -> RunBundle | None:
    meta = _yaml(folder / "meta.yaml")
    if meta.get("lifecycle_stage") == "deleted":
        return None
    native = str(meta.get("run_id") or meta.get("run_uuid") or folder.name)
    parent = folder.parent / "meta.yaml"
    experiment = _yaml(parent) if parent.is_file() else {}
    tags = dict(_values(folder / "tags"))
    params = {key: parse_value(text) for key, text in _values(folder / "params")}
    warnings: list[str] = []
    series = dict(_metrics(folder / "metrics", warnings, context))
    metrics: dict[str, float | None] = {}
    for key, points in series.items():
        value = points.last
        finite = value is not None and abs(value) < float("inf")
        metrics[key] = value if finite else None
    note = tags.pop("mlflow.note.content", None)
    name = str(meta.get("run_name") or tags.get("mlflow.runName") or native)
    shown, hidden = split_private(params)
    own = {k: v for k, v in tags.items() if not k.startswith("mlflow.")}
    public, secret = split_private(own)
    private: dict[str, Json] = {**hidden, **secret}
    # MLflow's own tags hold user, script and paths
    private.update({k: v for k, v in tags.items() if k not in own and k not in _SHOWN_TAGS})
    for key in ("artifact_uri", "source_name", "user_id", "entry_point_name"):
        if meta.get(key):
            private[key] = str(meta[key])
    extra: dict[str, Json] = {"tags": public} if public else {}
    extra.update({k: tags[k] for k in _SHOWN_TAGS if k in tags})
    if private:
        extra[PRIVATE] = private
    state = meta.get("status")
    status = _NAMES.get(str(state)) or _STATUS.get(whole(state) or 0, "unknown")
    commit = tags.get("mlflow.source.git.commit")
    run = RunRecord(
        SOURCE,
        native,
        str(folder),
        name,
        project=str(experiment["name"]) if experiment.get("name") else None,
        status=status,
        started_at=whole(meta.get("start_time")),
        ended_at=whole(meta.get("end_time")),
        params=shown,
        metrics=metrics,
        main_metric=main_metric(metrics),
        git={"commit": commit} if commit else {},
        host=str(meta["user_id"]) if meta.get("user_id") else None,
        tags=tuple(f"{k}={v}" for k, v in sorted(public.items())),
        native_notes=note,
        files=("meta.yaml",),
        extra=extra,
        warnings=tuple(warnings),
        complete=status != "running",
    )
    return RunBundle(run, series)


_SHOWN_TAGS = ("mlflow.parentRunId", "mlflow.source.type")


def _values(folder: Path) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), read_text(file, 1 << 20)


def _metrics(
    folder: Path, warnings: list[str], context: ImportContext
) -> Iterator[tuple[str, Series]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        context.check()
        key = file.relative_to(folder).as_posix()
        series = Series(series_limit(key))
        bad = 0
        with file.open("rb") as lines:
            for line in iter(lambda: lines.readline(4096), b""):
                parts = line.split()
                try:
                    at, value = int(parts[0]), float(parts[1])
                    step = float(parts[2]) if len(parts) > 2 else 0.0
                    if not line.endswith(b"\n") or not 0 <= at < 1 << 52 or step != step:
                        raise ValueError
                except (ValueError, IndexError, OverflowError):
                    bad += bool(parts)
                    continue
                series.add(step, value, at)
        if bad:
            warnings.append(f"{key}: {counted(bad, 'line')} left out: not readable")
        if series.seen:
            yield key, series
