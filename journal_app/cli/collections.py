"""Commands about whole collections: adopt; what the reports of export and mirror share."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.cli.runs import safe
from journal_app.domain.experiments import Problem
from journal_app.domain.views import SECTIONS

PLACES = tuple(name for name in SECTIONS if name not in ("today", "trash"))
SHOWN = 20  # losses that are printed; --json lists all


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "format", metavar="FORMAT", help="Read it as this format; do not guess.")
@click.option("--dry-run", is_flag=True, help="Say what would come; write nothing.")
@json_option
@click.pass_obj
def adopt(context: Context, path: Path, format: str | None, dry_run: bool, as_json: bool) -> None:
    """Take in a collection of notes: an Obsidian vault, a Markdown folder, a log, jrnl, an export.

    Doing it again changes nothing. An entry that you edited since is never written over: a newer
    source becomes a copy linked to it. The source is only read.
    """
    service = context.journal.collections
    with Meter("notes", 1, quiet=as_json) as meter:
        report = service.take_in(path, format=format, dry_run=dry_run, progress=meter)
    if as_json:
        context.echo_json(
            {
                "path": report.path,
                "format": report.format,
                "dry_run": report.dry_run,
                "new": report.new,
                "changed": report.changed,
                "same": report.same,
                "copies": report.copies,
                "trashed": report.trashed,
                "files": report.files,
                "links": report.links,
                "ids": [] if dry_run else report.ids,
                "lost": listed(report.lost),
            }
        )
        return
    verb = "would come" if dry_run else "came"
    counts = (
        ("new", report.new),
        ("changed", report.changed),
        ("same as before", report.same),
        ("copies beside edited entries", report.copies),
        ("left in the trash", report.trashed),
        ("attached files", report.files),
        ("links", report.links),
    )
    click.echo(f"{safe(report.path)} ({report.format}): what {verb}")
    rows = [(label, count) for label, count in counts if count]
    echo_table(rows or [("nothing", 0)], ["notes", "number"])
    tell_problems("not carried", report.lost)


def listed(problems: list[Problem]) -> list[dict[str, str]]:
    """Problems for --json."""
    return [{"path": one.path, "message": one.message} for one in problems]


def tell_problems(label: str, problems: list[Problem]) -> None:
    """A table of the first problems, if there are any."""
    if not problems:
        return
    click.echo()
    echo_table(
        [(safe(one.path), safe(one.message)) for one in problems[:SHOWN]], [label, "because"]
    )
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more: --json lists all.")
