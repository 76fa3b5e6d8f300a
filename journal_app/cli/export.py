"""`journal export`: entries as a Markdown folder, or as one HTML, PDF, DOCX or JSON file."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.collections import PLACES, listed, tell_problems
from journal_app.cli.common import Context, json_option, settled
from journal_app.cli.progress import Meter
from journal_app.cli.runs import safe
from journal_app.domain.entry import KINDS
from journal_app.domain.naming import counted
from journal_app.domain.views import View
from journal_app.errors import JournalError

FORMATS = ("markdown", "html", "pdf", "docx", "json")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("entries", nargs=-1)
@click.option("--format", type=click.Choice(FORMATS), help="Else: by the ending of TARGET.")
@click.option("--search", "query", metavar="WORDS", help="Only what this search finds.")
@click.option("--section", type=click.Choice(PLACES), help="Only a section.")
@click.option("--tag", metavar="TAG", help="Only entries with this tag.")
@click.option("--kind", type=click.Choice(KINDS), help="Only entries of this kind.")
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@click.option("--paper", type=click.Choice(("a4", "letter")), default="a4", help="Of a PDF.")
@click.option("--revisions", is_flag=True, help="JSON: with every kept revision.")
@click.option("--context", "private", is_flag=True, help="JSON: with where notes were captured.")
@json_option
@click.pass_obj
def export(
    context: Context,
    target: Path,
    entries: tuple[str, ...],
    format: str | None,
    query: str | None,
    section: str | None,
    tag: str | None,
    kind: str | None,
    replace: bool,
    paper: str,
    revisions: bool,
    private: bool,
    as_json: bool,
) -> None:
    """Write all entries, or those named, into TARGET.

    A folder gets one Markdown file an entry and the attachments beside them; doing it again writes
    only what changed, and a file that you changed is left alone. A name that ends with .html, .pdf,
    .docx or .json becomes one file. `journal adopt` reads the folder and the JSON back.
    """
    from journal_app.services.documents import FORMATS as ENDINGS

    chosen = format or ENDINGS.get(target.suffix.lower(), "markdown")
    if (revisions or private) and chosen != "json":
        raise JournalError("--revisions and --context go with JSON.", "Name a .json file.")
    if query:
        from journal_app.cli.searches import asked

        query = asked(context, (query,))
    view = View(section or "all", kind, tag.lstrip("#").lower() if tag else None)
    if entries and (query or view != View()):
        raise JournalError("Name entries, or choose them; not both.", "`journal export --help`.")
    if chosen == "markdown":
        _folder(context, target, entries, query or "", view, as_json)
    else:
        options = {"replace": replace, "revisions": revisions, "context": private}
        _file(context, target, chosen, entries, query or "", view, paper, options, as_json)


def _folder(
    context: Context,
    target: Path,
    refs: tuple[str, ...],
    query: str,
    view: View,
    as_json: bool,
) -> None:
    journal = settled(context.existing)
    ids = journal.documents.choose(refs, query=query) if refs or query else None
    with Meter("entries", 1, quiet=as_json) as meter:
        report = journal.exporting.export(target, view, ids=ids, progress=meter)
    if as_json:
        context.echo_json(
            {
                "folder": report.folder,
                "written": report.written,
                "same": report.same,
                "files": report.files,
                "left": listed(report.left),
            }
        )
        return
    click.echo(
        f"{safe(report.folder)}: {report.written} written, {report.same} the same, "
        f"{counted(report.files, 'attachment')} copied"
    )
    tell_problems("left alone", report.left)


def _file(
    context: Context,
    target: Path,
    format: str,
    refs: tuple[str, ...],
    query: str,
    view: View,
    paper: str,
    options: dict[str, bool],
    as_json: bool,
) -> None:
    from journal_app.services.documents import DocumentReport, unwritable

    service = settled(context.existing).documents
    ids = service.choose(refs, query=query, view=view)
    with Meter("entries", 1, quiet=as_json) as meter:
        if format == "pdf":
            from journal_app.cli.window import write_pdf

            place = service.free(target, replace=options["replace"])
            try:
                missing = write_pdf(context, ids, place, paper, meter)
            except OSError as error:
                raise unwritable(place, error) from error
            found = service.secrets(ids)
            report = DocumentReport(str(place), format, len(ids), tuple(missing), found)
        else:
            report = service.write(
                target,
                format,
                ids,
                replace=options["replace"],
                revisions=options["revisions"],
                context=options["context"],
                progress=meter,
            )
    if as_json:
        context.echo_json(
            {
                "path": report.path,
                "format": report.format,
                "entries": report.entries,
                "missing": list(report.missing),
                "secrets": list(report.secrets),
            }
        )
        return
    words = "1 entry" if report.entries == 1 else f"{report.entries:,} entries"
    click.echo(f"{safe(report.path)}: {words}")
    for name in report.missing:
        click.echo(f"missing: {safe(name)}", err=True)
    for title in report.secrets:
        click.echo(f"warning: {safe(title)!r} looks as if it held a key or a password", err=True)
