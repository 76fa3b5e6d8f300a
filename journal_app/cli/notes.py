"""`journal note` where the journal is not, and `journal collect` where it is."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.common import Context, json_option, read_stdin
from journal_app.domain.entry import KINDS
from journal_app.domain.naming import counted

SHOWN = 20  # lines that are no notes


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), default="note", show_default=True)
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@click.option("--run", help="Id or name of a run.")
@click.option(
    "--spool",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file (default: FIELD_JOURNAL_SPOOL, else notes.jsonl in your data folder).",
)
@json_option
@click.pass_obj
def note(
    ctx: Context,
    text: tuple[str, ...],
    kind: str,
    tags: tuple[str, ...],
    run: str | None,
    spool: Path | None,
    as_json: bool,
) -> None:
    """Keep TEXT in a file of notes, without a journal; - reads standard input.

    For machines that do not have the journal: `journal collect FILE` takes the notes in.
    """
    from journal_app.services import notes_file

    words = read_stdin() if text == ("-",) else " ".join(text)
    file = spool or notes_file.default_file()
    id = notes_file.append(file, words, kind=kind, tags=tags, run=run)
    ctx.echo_json({"id": id, "file": str(file)}) if as_json else click.echo(id)


@click.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def collect(ctx: Context, places: tuple[Path, ...], as_json: bool) -> None:
    """Take in the notes of PLACES: files of `journal note`, or folders with notes*.jsonl in them.

    Every note is taken in once, however often it is collected; the files are not changed.
    """
    from journal_app.services import notes_file

    done = notes_file.collect(ctx.journal.entries, ctx.journal.store, places)
    if as_json:
        ctx.echo_json(
            {
                "new": list(done.new),
                "known": done.known,
                "bad": [
                    {"file": str(line.file), "line": line.number, "why": line.why}
                    for line in done.bad
                ],
            }
        )
        return
    for line in done.bad[:SHOWN]:
        click.echo(f"{line.file}, line {line.number}: {line.why}", err=True)
    if len(done.bad) > SHOWN:
        click.echo(f"… and {len(done.bad) - SHOWN:,} more lines; --json lists all.", err=True)
    click.echo(f"{counted(len(done.new), 'new note')}, {done.known:,} known already.")
