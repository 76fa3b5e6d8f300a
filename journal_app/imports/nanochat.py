"""nanochat, all three generations: finds the records in a file or folder and joins what is one run.

Files are joined only where the identity is certain: same base folder and same model tag, a CSV by
the one checkpoint of its step, a series' row by the log that bears its tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Problem, RunBundle
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import (
    nanochat_csv,
    nanochat_log,
    nanochat_logfmt,
    nanochat_meta,
    nanochat_names,
    nanochat_report,
)
from journal_app.imports.files import SNIFF_FILES, head, is_binary, need_text, unreadable, walk
from journal_app.imports.nanochat_parts import Draft

_SUFFIXES = {".log", ".txt", ".out", "", ".md", ".csv", ".json"}


class NanochatImporter:
    """Reads nanochat's reports, logs, CSV files, checkpoint metas and experiments."""

    title = "nanochat reports, logs, CSV, checkpoints, experiments"
    version = "2"

    def sniff(self, path: Path) -> int:
        """By the content of a file; a folder by the files that nanochat puts there."""
        if experiment_of(path) is not None:
            return 90
        if not path.is_dir():
            return _kind(path)[1]
        if nanochat_logfmt.is_experiment(path) or nanochat_report.is_folder(path):
            return 90
        looked_at = 0
        for file in walk(path, SNIFF_FILES):
            if file.suffix.lower() in _SUFFIXES and looked_at < 200:
                looked_at += 1
                if _kind(file)[1] >= 70:
                    return 70
        return 0

    def read(self, path: Path, context: ImportContext) -> Iterator[RunBundle | Problem]:
        """The runs of a file or folder; a part of an experiment or report is read as that part."""
        found: list[Draft] = []
        place = experiment_of(path)
        if place is None and not path.is_dir():
            for draft in _read_file(path, context):
                nanochat_csv.mend_tokens(draft)
                yield draft.bundle()
            return
        if place is None:
            items = _read_folder(path, context)
        else:
            root, only = place
            items = nanochat_logfmt.read_experiment(root, context, only)
        for item in items:
            if isinstance(item, Problem):
                yield item
            else:
                found.append(item)
        for draft in join(found):
            nanochat_csv.mend_tokens(draft)
            yield draft.bundle()


def experiment_of(path: Path) -> tuple[Path, Path | None] | None:
    """The experiment that a path is a part of, and the one model of it that is meant.

    A part alone lacks the name, date and commit that make the identity: they stand further up.
    """
    place = path if path.is_dir() else path.parent
    own = nanochat_logfmt.STAGE_FILES
    part = any((place / name).is_file() for name in own) if path.is_dir() else path.name in own
    if part and nanochat_logfmt.is_experiment(place.parent):
        return place.parent, place
    whole = not path.is_dir() and path.name in ("meta.json", "curve.log")
    return (place, None) if whole and nanochat_logfmt.is_experiment(place) else None


def _kind(path: Path) -> tuple[str, int]:
    """What a file is and how surely: report, log, logfmt, eval, series, meta or ''."""
    suffix = path.suffix.lower()
    if suffix == ".json":
        if nanochat_meta.NAME.match(path.name) and b'"model_config"' in head(path, 1 << 20):
            return "meta", 90
        return "", 0
    if suffix not in _SUFFIXES:
        return "", 0
    data = head(path, 256 << 10)
    if not data or is_binary(data[:8192]):
        return "", 0
    start = data.decode("utf-8", "replace").replace("\r\n", "\n").lstrip("\ufeff")
    if suffix == ".md":
        return "report", nanochat_report.looks(start)
    if suffix == ".csv":
        kind = nanochat_csv.looks(start)
        return kind, 90 if kind else 0
    grammar, printed = nanochat_logfmt.looks(start), nanochat_names.looks(start)
    return ("logfmt", grammar) if grammar > printed else ("log", printed)


def _read_file(path: Path, context: ImportContext) -> Iterator[Draft]:
    kind = _kind(path)[0]
    if kind == "report":
        whole = nanochat_report.is_part(path)
        yield nanochat_report.read_report(path.parent if whole else path)
    elif kind == "meta":
        yield nanochat_meta.read_meta(nanochat_meta.siblings(path))
    elif kind == "eval":
        yield nanochat_csv.read_base_eval(path)
    elif kind == "series":
        yield from nanochat_csv.read_series(path)
    elif kind == "logfmt":
        yield nanochat_logfmt.read_single(path, context)
    elif path.suffix.lower() == ".json":
        yield nanochat_meta.read_meta([path])
    else:
        need_text(path)
        yield nanochat_log.read_log(path, context)


def _read_folder(folder: Path, context: ImportContext) -> Iterator[Draft | Problem]:
    """Everything below a folder, each file once; a broken file is a problem among the rest."""
    experiments: set[Path] = set()
    reports: set[Path] = set()
    for file in walk(folder):
        context.check()
        place = file.parent
        if any(parent in experiments for parent in (place, *place.parents)):
            continue
        roots = (root for root in (place.parent, place) if root.is_relative_to(folder))
        root = next((root for root in roots if nanochat_logfmt.is_experiment(root)), None)
        if root is not None:
            experiments.add(root)
            yield from nanochat_logfmt.read_experiment(root, context)
            continue
        reason = unreadable(file) if file.suffix.lower() in _SUFFIXES else ""
        if reason:
            yield Problem(str(file), reason)
            continue
        kind, sure = _kind(file)
        if sure < 40 or (kind == "meta" and nanochat_meta.siblings(file)[-1] != file):
            continue
        if kind == "report" and nanochat_report.is_part(file):
            if place in reports:
                continue
            reports.add(place)
            file = place
        yield from _guarded(file, context)


def _guarded(file: Path, context: ImportContext) -> Iterator[Draft | Problem]:
    try:
        if file.is_dir():
            yield nanochat_report.read_report(file)
        else:
            yield from _read_file(file, context)
    except JournalError as error:
        yield Problem(str(file), error.message)
    except OSError as error:
        yield Problem(str(file), error.strerror or str(error))


def join(drafts: list[Draft]) -> list[Draft]:
    """Join the drafts of one folder that are certainly one run, and put them in order of name.

    Two drafts are one run when they bear the same model tag and stage and come from different kinds
    of file: a report covers every stage, so it goes with the base run.
    """
    order = {"meta": 0, "log": 1, "report": 2, "series": 3}
    runs: list[tuple[Draft, set[str]]] = []
    csvs: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: order.get(str(d.identity[0]), 4)):
        source = str(draft.identity[0])
        if source == "base_eval":
            csvs.append(draft)
            continue
        fits = [
            (held, sources)
            for held, sources in runs
            if draft.tag
            and (held.tag, held.stage or "base") == (draft.tag, draft.stage or "base")
            and source not in sources
        ]
        if len(fits) == 1:
            fits[0][0].absorb(draft)
            fits[0][1].add(source)
        else:
            runs.append((draft, {source}))
    kept = [draft for draft, _ in runs]
    for draft in csvs:
        step = draft.extra.get("step")
        owners = [d for d in kept if d.stage == "base" and d.metrics.get("step") == step]
        if step is not None and len(owners) == 1:
            owners[0].absorb(draft)
        else:
            kept.append(draft)
    return sorted(kept, key=lambda d: re.sub(r"\d+", lambda m: m[0].zfill(8), d.name))
