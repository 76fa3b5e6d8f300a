"""Commands about whole collections: adopt, export."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.cli.runs import safe
from journal_app.domain.entry import KINDS
from journal_app.domain.experiments import Problem
from journal_app.domain.naming import counted
from journal_app.domain.views import SECTIONS, View

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
                "lost": _listed(report.lost),
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
    _tell("not carried", report.lost)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--section", type=click.Choice(PLACES), default="all", help="A section.")
@click.option("--tag", metavar="TAG", help="Only entries with this tag.")
@click.option("--kind", type=click.Choice(KINDS), help="Only entries of this kind.")
@json_option
@click.pass_obj
def export(
    context: Context, folder: Path, section: str, tag: str | None, kind: str | None, as_json: bool
) -> None:
    """Write entries as Markdown files with front matter, and their attachments beside them.

    Doing it again writes only what changed. A file that is not the export's own, or that you
    changed, is left alone. `journal adopt` reads the folder back.
    """
    view = View(section, kind, tag.lstrip("#").lower() if tag else None)
    with Meter("entries", 1, quiet=as_json) as meter:
        report = context.existing.exporting.export(folder, view, progress=meter)
    if as_json:
        context.echo_json(
            {
                "folder": report.folder,
                "written": report.written,
                "same": report.same,
                "files": report.files,
                "left": _listed(report.left),
            }
        )
        return
    click.echo(
        f"{safe(report.folder)}: {report.written} written, {report.same} the same, "
        f"{counted(report.files, 'attachment')} copied"
    )
    _tell("left alone", report.left)


def _listed(problems: list[Problem]) -> list[dict[str, str]]:
    return [{"path": one.path, "message": one.message} for one in problems]


def _tell(label: str, problems: list[Problem]) -> None:
    if not problems:
        return
    click.echo()
    echo_table(
        [(safe(one.path), safe(one.message)) for one in problems[:SHOWN]], [label, "because"]
    )
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more: --json lists all.")
