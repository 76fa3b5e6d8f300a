"""Importing records of runs and evals, and looking at them.

An import streams: one run at a time is read, compared by digest, and written in batches that
commit. A run is marked whole in its last transaction only, so an import may be killed at any point
and is simply done again. Importing the same record twice writes nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.experiments import (
    EvalRow,
    Problem,
    Run,
    RunBundle,
    RunRow,
    main_curve,
)
from journal_app.domain.runcards import RunCard, build_card, eval_label
from journal_app.domain.secrets import hide_text
from journal_app.domain.series import MetricPoint, thin
from journal_app.errors import JournalError, NotFound
from journal_app.extend.foreign_records import foreign_record
from journal_app.extend.protocols import ImportContext, RunImporter
from journal_app.store import entries, imports, intake, mentions
from journal_app.store import experiments as rows

if TYPE_CHECKING:
    from journal_app.extend.registry import Registry
    from journal_app.store.database import Store

SURE = 70  # from here on a reader is taken at its word


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records were new, changed, the same as before, or gone from the source."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0


@dataclass(slots=True)
class ImportReport:
    """What an import did. `run_ids` are in the order of the source; `linked` are entry ids."""

    path: str
    format: str
    runs: Counts = field(default_factory=Counts)
    evals: Counts = field(default_factory=Counts)
    run_ids: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class ExperimentService:
    """Runs and evals: import, lists, cards."""

    def __init__(self, store: Store, importers: Registry[RunImporter]) -> None:
        self._store = store
        self._importers = importers

    # ------------------------------------------------------------------ import

    def formats(self) -> list[tuple[str, str]]:
        """The record formats that can be read: name and title."""
        return [(name, importer.title) for name, importer in self._importers.loaded()]

    def detect(self, path: Path) -> str:
        """The name of the format of `path`. Raises JournalError on none, or on a tie."""
        return self._detect(path)[0]

    def _detect(self, path: Path) -> tuple[str, list[str]]:
        """The format, and those of which a folder holds records besides."""
        scores = [(importer.sniff(path), name) for name, importer in self._importers.loaded()]
        best = max((score for score, _ in scores), default=0)
        names = [name for score, name in scores if score == best]
        known = ", ".join(name for name, _ in self.formats())
        foreign = foreign_record(path) if best < SURE else None
        if foreign is not None:
            tool, file = foreign
            inside = "" if file == path else f" ({file.relative_to(path)})"
            titles = "; ".join(title for _, title in self.formats())
            raise JournalError(
                f"{path} is a record of {tool}{inside}; this version cannot read it yet.",
                f"It can read: {titles}.",
            )
        if best <= 0:
            if path.is_file() and _binary(path):
                raise JournalError(
                    f"{path} is a binary file, no record of a run or an eval.",
                    f"Import the log or results that were written beside it. Formats: {known}.",
                )
            raise JournalError(
                f"{path} is not a record that this journal knows.",
                f"Formats: {known}. If it is one of them, name it: --as FORMAT.",
            )
        if len(names) > 1:
            raise JournalError(
                f"{path} could be {' or '.join(names)}.", f"Say which with --as {names[0]}."
            )
        more = [name for score, name in scores if SURE <= score < best and path.is_dir()]
        return names[0], more

    def import_path(
        self,
        path: Path,
        *,
        format: str | None = None,
        entry: str | None = None,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> ImportReport:
        """Import a file or folder of records; with `entry`, link its runs to that entry.

        Raises JournalError when the path or its format is unknown or nothing in it can be read;
        what `check` raises passes through, and what was committed before stays.
        """
        path = Path(path).expanduser()
        _need_readable(path)
        path = path.resolve()
        try:
            name, others = (format, []) if format else self._detect(path)
        except OSError as error:
            raise _unreadable(path, error, "Nothing was imported.") from error
        importer = self._importers.get(name)
        entry_id = None if entry is None else entries.resolve(self._store.read(), entry)
        base = ImportContext()
        context = ImportContext(check or base.check, progress or base.progress)
        report = ImportReport(str(path), name)
        reader = f"{name} {importer.version}"
        report.warnings += [
            f"this folder also holds records of {other}: import it again with --as {other}"
            for other in others
        ]
        try:
            for item in importer.read(path, context):
                context.check()
                if isinstance(item, Problem):
                    report.problems.append(item)
                else:
                    self._take(item, reader, report, context.check)
        except OSError as error:
            hint = "What was imported before this file is kept."
            raise _unreadable(path, error, hint) from error
        if not report.run_ids:
            first = report.problems[0] if report.problems else None
            raise JournalError(
                f"{first.path}: {first.message}" if first else f"{path} holds no run and no eval.",
                f"It was read as {name}; another format can be named with --as.",
            )
        self._settle(report, entry_id)
        return report

    def _take(
        self, bundle: RunBundle, reader: str, report: ImportReport, check: Callable[[], None]
    ) -> None:
        taken = intake.take(self._store, bundle, reader, check)
        report.runs = _add(report.runs, {taken.outcome: 1})
        report.evals = _add(report.evals, taken.evals)
        if taken.id not in report.run_ids:
            report.run_ids.append(taken.id)
        name = hide_text(bundle.run.name)
        report.warnings += [f"{name}: {warning}" for warning in taken.warnings]

    def _settle(self, report: ImportReport, entry_id: str | None) -> None:
        """Links that wait for these runs, and the link asked for."""
        ids = set(report.run_ids)
        if imports.waiting_links(self._store.read()):
            with self._store.write() as w:
                report.linked += imports.settle_links(w, ids, by_name=True)
        if mentions.waiting_runs(self._store.read()):
            with self._store.write() as w:
                mentions.runs_arrived(w)
        if entry_id is None:
            return
        held = set(rows.linked_runs(self._store.read(), entry_id))
        if ids <= held:
            return
        with self._store.write() as w:
            for id in report.run_ids:
                imports.link_entry(w, self._store.new_id(), entry_id, id)
        report.linked.append(entry_id)

    # ------------------------------------------------------------------ looking

    def runs(
        self,
        query: str = "",
        limit: int = 200,
        offset: int = 0,
        *,
        source: str | None = None,
        status: str | None = None,
    ) -> list[RunRow]:
        """Runs whose name, project, id or tags hold every word of `query`, last changed first."""
        return rows.rows(
            self._store.read(), query, source=source, status=status, limit=limit, offset=offset
        )

    def count(self) -> int:
        """How many runs there are."""
        return int(self._store.read().execute("SELECT count(*) FROM runs").fetchone()[0])

    def run(self, ref: str) -> Run:
        """The run by id, start of its id, native id or unique name. Raises NotFound."""
        db = self._store.read()
        return rows.get(db, rows.find(db, ref))

    def evals(self, run_ref: str) -> list[EvalRow]:
        """The eval results of a run."""
        db = self._store.read()
        return rows.evals(db, rows.find(db, run_ref))

    def points(self, run_ref: str, key: str) -> list[MetricPoint]:
        """The points of one metric by step; an unknown key has none."""
        db = self._store.read()
        return rows.points(db, rows.find(db, run_ref), key)

    def card(self, run_ref: str) -> RunCard:
        """What an entry shows of a run: nothing private, at most 200 points of its main curve."""
        db = self._store.read()
        run = rows.get(db, rows.find(db, run_ref))
        key = main_curve(run.series)
        curve = thin(rows.points(db, run.id, key)) if key else []
        return build_card(run, rows.evals(db, run.id), key, curve)

    def cards_for_entry(self, entry_id: str) -> list[RunCard]:
        """The cards of the runs that an entry links, also through an eval; in order of linking."""
        return [self.card(id) for id in rows.linked_runs(self._store.read(), entry_id)]

    def resolve(self, ref: str) -> tuple[str, str, str]:
        """(kind, id, title) of the run or eval result that `ref` means, for links.

        `run:` and `eval:` in front say which is meant. Raises NotFound, JournalError if several.
        """
        db = self._store.read()
        kind, colon, rest = ref.partition(":")
        text = rest if colon and kind in ("run", "eval") else ref
        if kind != "run" or not colon:
            found = rows.eval_by_ref(db, text)
            if found is not None:
                return "eval", found.id, eval_label(found)
            if colon and kind == "eval":
                raise NotFound(
                    f"There is no eval result {text!r}.", "`journal runs show RUN` lists them."
                )
        run = rows.get(db, rows.find(db, text))
        return "run", run.id, run.row.name


def _need_readable(path: Path) -> None:
    """Raise what is wrong with a path that holds nothing to read."""
    try:
        if not path.exists():
            raise NotFound(f"{path} does not exist.", "Check the path; nothing was imported.")
        if path.is_dir():
            next(path.iterdir(), None)
        elif path.is_file():
            with path.open("rb") as file:
                file.read(1)
        else:
            raise JournalError(
                f"{path} is neither a file nor a folder.",
                "A pipe, socket or device cannot be imported; save the record as a file.",
            )
    except OSError as error:
        raise _unreadable(path, error, "Nothing was imported.") from error


def _unreadable(path: Path, error: OSError, hint: str) -> JournalError:
    reason = error.strerror or str(error)
    return JournalError(f"{error.filename or path} cannot be read: {reason}.", hint)


def _binary(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" in file.read(8192)


def _add(counts: Counts, more: Mapping[str, int]) -> Counts:
    return Counts(
        counts.new + more.get("new", 0),
        counts.changed + more.get("changed", 0),
        counts.same + more.get("same", 0),
        counts.removed + more.get("removed", 0),
    )
