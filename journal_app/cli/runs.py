"""Commands about runs and evals: import, runs, runs show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli.common import Context, echo_table, iso, json_option
from journal_app.domain.experiments import (
    EVALUATION,
    STATUSES,
    EvalRow,
    Run,
    RunRow,
    lower_is_better,
)
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from datetime import tzinfo

    from journal_app.services.experiments import Counts

EVALS_SHOWN = 60


def safe(text: object) -> str:
    """Text of a foreign file for one line of a terminal: no control characters, no escapes."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def as_json_run(row: RunRow) -> dict[str, Any]:
    """A list row for JSON."""
    return {
        "id": row.id,
        "name": row.name,
        "source": row.source_kind,
        "native_id": row.native_id,
        "project": row.project,
        "status": row.status,
        "main_metric": row.main_metric,
        "main_value": row.main_value,
        "main_lower_is_better": lower_is_better(row.main_metric) if row.main_metric else None,
        "points": row.n_points,
        "evals": row.n_evals,
        "entries": row.n_entries,
        "complete": row.complete,
        "warnings": row.n_warnings,
        "started": iso(row.started_at),
        "ended": iso(row.ended_at),
        "clock": row.clock,
    }


def as_json_eval(row: EvalRow) -> dict[str, Any]:
    """An eval result for JSON; `score` is null for NaN (`is_nan`)."""
    return {
        "id": row.id,
        "task": row.task,
        "metric": row.metric,
        "filter": row.filter,
        "score": row.score,
        "is_nan": row.is_nan,
        "stderr": row.stderr,
        "lower_is_better": row.lower_is_better,
        "unit": row.unit,
        "n_effective": row.n_effective,
        "n_original": row.n_original,
        "n_shot": row.n_shot,
        "estimate": row.estimate,
        "aggregate": row.aggregate,
        "dataset": row.dataset,
        "library": row.library,
        "model": row.model,
        "evaluated": iso(row.evaluated_at),
        "file": row.source_file,
        "extra": row.extra,
    }


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "format", metavar="FORMAT", help="Read it as this format; do not guess.")
@click.option("--entry", metavar="ID", help="Link the runs to this entry.")
@json_option
@click.pass_obj
def import_records(
    context: Context, path: Path, format: str | None, entry: str | None, as_json: bool
) -> None:
    """Read run and eval records from a file or folder.

    Importing twice changes nothing; a run that has grown since is brought up to date. The source is
    only read.
    """
    report = context.journal.experiments.import_path(path, format=format, entry=entry)
    if as_json:
        context.echo_json(
            {
                "path": report.path,
                "format": report.format,
                "runs": _counts(report.runs),
                "evals": _counts(report.evals),
                "ids": report.run_ids,
                "linked": report.linked,
                "warnings": report.warnings,
                "problems": [{"path": p.path, "message": p.message} for p in report.problems],
            }
        )
        return
    click.echo(f"{path} ({report.format})")
    click.echo(f"runs: {_sentence(report.runs)}; evals: {_sentence(report.evals)}")
    for id in report.run_ids[:20]:
        row = context.journal.experiments.run(id).row
        main = f"  {safe(row.main_metric)} {row.main_value}" if row.main_metric else ""
        click.echo(f"  {id}  {safe(row.name)}  {row.status}{main}")
    if len(report.run_ids) > 20:
        click.echo(f"  and {len(report.run_ids) - 20} more: `journal runs`")
    for linked in dict.fromkeys(report.linked):
        click.echo(f"linked to entry {linked}")
    for warning in report.warnings[:20]:
        click.echo(f"note: {safe(warning)}")
    for problem in report.problems:
        click.echo(f"not read: {safe(problem.path)}: {safe(problem.message)}", err=True)


def _counts(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("new", "changed", "same", "removed")}


def _sentence(counts: Counts) -> str:
    said = [f"{n} {name}" for name, n in _counts(counts).items() if n]
    return ", ".join(said) or "none"


@click.group(invoke_without_command=True)
@click.option("--query", "-q", default="", help="Only runs with these words in name or project.")
@click.option("--source", help="Only runs of this source: nanochat, lm_eval, mlflow, …")
@click.option("--status", type=click.Choice(STATUSES), help="Only runs with this status.")
@click.option("--limit", "-n", default=50, show_default=True, type=click.IntRange(1))
@json_option
@click.pass_context
def runs(
    ctx: click.Context,
    query: str,
    source: str | None,
    status: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the runs of this journal, the last changed first; `runs show RUN` shows one."""
    if ctx.invoked_subcommand is not None:
        return
    from journal_app.domain.runcards import label, when_text

    context: Context = ctx.obj
    found = context.journal.experiments.runs(query, limit, source=source, status=status)
    if as_json:
        context.echo_json([as_json_run(row) for row in found])
        return
    if not found:
        click.echo("No runs. `journal import PATH` reads records of runs and evals.")
        return
    zone = _zone()
    echo_table(
        [
            (
                row.id,
                safe(row.name)[:40],
                row.status + ("" if row.complete else " (cut off)"),
                row.source_kind,
                f"{safe(label(row.main_metric))} {row.main_value}" if row.main_metric else "",
                row.n_evals,
                when_text(row.when, row.clock, zone),
            )
            for row in found
        ],
        ("id", "name", "status", "source", "main metric", "evals", "when"),
    )


@runs.command("show")
@click.argument("ref", metavar="RUN")
@click.option("--metric", help="Draw this metric instead of the main curve.")
@json_option
@click.pass_obj
def show(context: Context, ref: str, metric: str | None, as_json: bool) -> None:
    """Show one run: by id, start of an id, native id or unique name."""
    service = context.journal.experiments
    run = service.run(ref)
    evals = service.evals(run.id)
    if metric is not None and metric not in run.series:
        names = ", ".join(sorted(run.series)) or "none"
        raise JournalError(f"{run.row.name} has no curve {metric!r}.", f"Its curves: {names}.")
    if as_json:
        context.echo_json(
            {
                **as_json_run(run.row),
                "params": run.params,
                "metrics": run.metrics,
                "series": run.series,
                "git": run.git,
                "tags": list(run.tags),
                "notes": run.native_notes,
                "files": list(run.files),
                "extra": run.extra,
                "warning_texts": list(run.warnings),
                "eval_results": [as_json_eval(row) for row in evals],
                **(_points(context, run, metric) if metric else {}),
            }
        )
        return
    _print(context, run, evals, metric)


def _points(context: Context, run: Run, metric: str) -> dict[str, Any]:
    found = context.journal.experiments.points(run.id, metric)
    return {"curve": {"metric": metric, "points": [[p.step, p.value] for p in found]}}


def _print(context: Context, run: Run, evals: list[EvalRow], metric: str | None) -> None:
    from journal_app.domain.charts import sparkline
    from journal_app.domain.experiments import SOURCE_NAMES, main_curve
    from journal_app.domain.naming import counted
    from journal_app.domain.runcards import (
        eval_label,
        final_evals,
        label,
        number,
        score_note,
        score_text,
        stage_of,
        when_text,
    )

    row = run.row
    click.secho(safe(row.name), bold=True)
    source = SOURCE_NAMES.get(row.source_kind, row.source_kind)
    started = when_text(row.when, row.clock, _zone())
    click.echo(f"{row.id}  {source}  {row.status}  {started}")
    if run.git.get("commit"):
        dirty = " (dirty)" if run.git.get("dirty") is True else ""
        click.echo(f"commit {safe(run.git['commit'])}{dirty}")
    if not row.complete:
        click.echo("This record is not complete.")
    for warning in run.warnings:
        click.echo(f"note: {safe(warning)}")
    key = metric or main_curve(run.series)
    if key:
        points = context.journal.experiments.points(run.id, key)
        values = [p.value for p in points if p.value is not None]
        if values:
            ends = f"{number(values[0])} → {number(values[-1])}, {counted(len(points), 'point')}"
            click.echo(f"\n{safe(label(key))}  {sparkline(points)}  {ends}")
    # the metrics of an evaluation are its evals over again, without their errors
    if run.metrics and not (evals and run.extra.get("record") == EVALUATION):
        click.echo()
        echo_table(
            [(safe(name), number(value)) for name, value in sorted(run.metrics.items())],
            ("metric", "last"),
        )
    shown = final_evals(evals)
    if shown:
        click.echo()
        echo_table(
            [
                (
                    safe(eval_label(e)),
                    score_text(e),
                    score_note(e),
                    "over tasks" if e.aggregate else "",
                    safe("" if e.model in (None, stage_of(e)) else e.model),
                )
                for e in shown[:EVALS_SHOWN]
            ],
            ("eval", "score", "sure", "", "of"),
        )
        if len(shown) > EVALS_SHOWN:
            click.echo(f"and {len(shown) - EVALS_SHOWN} more: --json")
    if run.params:
        click.echo()
        echo_table(
            [(safe(name), safe(value)[:80]) for name, value in sorted(run.params.items())],
            ("parameter", "value"),
        )
    if run.native_notes:
        click.echo()
        click.echo("\n".join(safe(line) for line in run.native_notes.splitlines()))


def _zone() -> tzinfo:
    from datetime import UTC, datetime

    return datetime.now().astimezone().tzinfo or UTC
