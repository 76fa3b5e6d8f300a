"""The group `journal model`: packs, devices, and how well they do."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli import devices, packs
from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.errors import JournalError
from journal_app.models.catalog import DEFAULT

if TYPE_CHECKING:
    from journal_app.domain.model_gate import EvalRecord


@click.group()
def model() -> None:
    """Models on this machine: packs, devices, evals."""


for command in (
    packs.list_packs,
    packs.install,
    packs.import_pack,
    packs.info,
    packs.verify,
    packs.remove,
    devices.devices,
    devices.doctor,
    devices.compile_pack,
):
    model.add_command(command)


@model.command("eval")
@click.argument("pack", default=DEFAULT)
@click.option(
    "--split",
    type=click.Choice(("val", "test")),
    default="test",
    show_default=True,
    help="Of ACLSum, for the encoder.",
)
@click.option("--record", type=click.Path(path_type=Path), help="Also write the JSON to this file.")
@json_option
@click.pass_context
def evaluate_pack(
    click_context: click.Context, pack: str, split: str, record: Path | None, as_json: bool
) -> None:
    """How well PACK does on this device; exit 1 when it is below its thresholds.

    The encoder: ROUGE and R-precision of one-sentence summaries on ACLSum. A pack that writes: the
    gate, which is the built-in set of experiment notes and ACLSum; it takes some minutes.
    """
    ctx: Context = click_context.obj
    if record is not None and not record.absolute().parent.is_dir():
        raise JournalError(f"There is no folder {record.parent}.", "Name one that is there.")
    if pack in ctx.journal.gate.writers():
        whole, good = _gate(ctx, pack, as_json)
    else:
        from journal_app import paths
        from journal_app.models.packs import find

        find(paths.model_packs(), pack)  # tells of a name that is none
        whole, good = _head(ctx, split, as_json)
    if record is not None:
        try:
            record.write_text(
                json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
            )
        except OSError as error:
            raise JournalError(
                f"{record} cannot be written: {error.strerror or error}.",
                "The results of packs that write are kept: `journal model history --json`.",
            ) from error
    if as_json:
        ctx.echo_json(whole)
    if not good:
        click_context.exit(1)


def _gate(ctx: Context, pack: str, quiet: bool) -> tuple[dict[str, Any], bool]:
    from journal_app.domain import model_gate

    with Meter("notes and papers", 1, quiet=quiet) as meter:
        made = ctx.journal.gate.evaluate(pack, progress=meter)
    if not quiet:
        click.echo(f"{pack} on {made.identity.device}, {made.identity.eval_set}")
        rows = []
        for metric in model_gate.METRICS:
            if metric.name in made.results:
                bound = made.thresholds.get(metric.name)
                sign = "≥" if metric.better == "higher" else "≤"
                needed = "" if bound is None else f"{sign} {metric.words(bound)}"
                rows.append((metric.label, metric.words(made.results[metric.name]), needed))
        echo_table(rows, ("figure", "value", "needed"))
        click.echo("passed: it may word summaries here" if made.passed else "FAILED:")
        for reason in made.reasons:
            click.echo(f"  {reason}")
        if not made.passed:
            click.echo("Summaries stay in the words of the text.")
    return model_gate.as_json(made), made.passed


@model.command("history")
@click.argument("pack", default="")
@json_option
@click.pass_obj
def history(ctx: Context, pack: str, as_json: bool) -> None:
    """Every eval of PACK (or of all that write), the newest first, and whether its gate is open."""
    from journal_app.domain import model_gate

    gate = ctx.journal.gate
    records = gate.history(pack)
    if pack and not records:
        from journal_app import paths
        from journal_app.models.packs import find

        find(paths.model_packs(), pack)  # tells of a name that is none
    if as_json:
        ctx.echo_json([model_gate.as_json(one) for one in records])
        return
    shown = ("fact_recall", "unsupported", "number_errors", "fallback", "decode")
    metrics = [model_gate.BY_NAME[name] for name in shown]
    echo_table(
        [_record_row(one, metrics) for one in records],
        ("when", "pack", *(metric.label for metric in metrics), "verdict"),
    )
    for name in gate.writers():
        if pack in ("", name):
            open_, why = gate.standing(name)
            click.echo(f"{name}: gate {'open' if open_ else 'closed'}. {why}")


def _record_row(one: EvalRecord, metrics: list[Any]) -> tuple[str, ...]:
    when = datetime.fromtimestamp(one.at / 1000).strftime("%Y-%m-%d %H:%M")
    figures = (metric.words(one.results.get(metric.name)) for metric in metrics)
    return (when, one.identity.pack, *figures, "passed" if one.passed else "failed")


def _head(ctx: Context, split: str, quiet: bool) -> tuple[dict[str, Any], bool]:
    from journal_app.models import evaluate

    host = ctx.journal.model_host
    papers = evaluate.documents(split)
    with Meter("papers", 1, quiet=quiet) as meter:
        results = evaluate.evaluate(papers, host.rate, progress=meter)
    good = evaluate.passed(results)
    whole = {
        "data": evaluate.data_version(),
        "split": split,
        "papers": len(papers),
        "metric": "rouge-score F1 with stemming, x 100, and R-precision of what people marked, "
        "0 to 1; means over papers and three aspects",
        "results": results,
        "thresholds": evaluate.THRESHOLDS,
        "reference": evaluate.REFERENCE,
        "model": host.identity().name,
        "digest": host.identity().digest,
        "device": host.device().label,
        "passed": good,
    }
    if not quiet:
        click.echo(f"ACLSum {split}, {len(papers)} papers, one sentence per aspect, F1 × 100")
        metrics = (*evaluate.METRICS, evaluate.PRECISION)
        heads = ("ROUGE-1", "ROUGE-2", "ROUGE-L", "R-precision")
        echo_table(_rows(results, metrics), ("method", *heads))
        echo_table(
            [
                (name, *(f"{figures[m]:.4g}" if m in figures else "-" for m in metrics))
                for name, figures in {
                    **evaluate.REFERENCE,
                    "required": evaluate.THRESHOLDS,
                }.items()
            ],
            ("for comparison", *heads),
        )
        click.echo("passed" if good else "FAILED: below the required figures")
    return whole, good


def _rows(results: dict[str, Any], metrics: tuple[str, ...]) -> list[tuple[str, ...]]:
    rows = []
    for name, figures in results.items():
        rows.append(
            (name, *(f"{figures[m]['mean']:.2f} ± {figures[m]['stderr']:.2f}" for m in metrics))
        )
        if name == "salience head":
            for aspect in figures[metrics[0]]["aspects"]:
                values = (f"{figures[m]['aspects'][aspect]['mean']:.2f}" for m in metrics)
                rows.append((f"  {aspect}", *values))
    return rows
