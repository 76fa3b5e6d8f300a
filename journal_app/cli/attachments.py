"""Commands about files kept with entries: attach, attachments."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.domain.entry import reference
from journal_app.errors import JournalError
from journal_app.services.attachments import Kept


def as_json_file(kept: Kept) -> dict[str, object]:
    """A file for JSON."""
    file = kept.file
    return {
        "name": file.name,
        "path": file.path,
        "type": file.media_type,
        "bytes": file.size,
        "sha256": file.sha256,
        "state": kept.state,
    }


@click.command()
@click.argument("entry")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--no-text", is_flag=True, help="Keep the files only; name none in the text.")
@json_option
@click.pass_obj
def attach(ctx: Context, entry: str, files: tuple[Path, ...], no_text: bool, as_json: bool) -> None:
    """Keep FILES with ENTRY and name them at the end of its text."""
    found = ctx.existing.entries.get(entry)
    service = ctx.journal.attachments
    kept = [service.attach_file(found.id, path) for path in files]
    if not no_text:
        new = [reference(file) for file in kept if file.path not in found.body]
        if new:
            body = "\n\n".join([found.body.rstrip("\n"), "\n".join(new)]).lstrip("\n")
            saved = ctx.journal.entries.save(found.id, body, base_rev=found.rev, origin="cli")
            if saved.copy is not None:
                raise JournalError(
                    f"{found.title!r} was changed meanwhile; the files are kept with it.",
                    f"The text that names them is entry {saved.copy.id}.",
                )
    if as_json:
        ctx.echo_json([as_json_file(Kept(file, "ok")) for file in kept])
        return
    for file in kept:
        click.echo(file.path)


@click.command()
@click.argument("entry")
@click.option("--verify", is_flag=True, help="Read every file and compare its digest.")
@click.option("--remove", metavar="NAME", help="Take this file off the entry and out of its text.")
@click.option(
    "--save", nargs=2, metavar="NAME PATH", type=(str, click.Path(path_type=Path)),
    help="Write a copy of this file.",
)  # fmt: skip
@json_option
@click.pass_obj
def attachments(
    ctx: Context,
    entry: str,
    verify: bool,
    remove: str | None,
    save: tuple[str, Path] | None,
    as_json: bool,
) -> None:
    """List the files of ENTRY: whole, missing or damaged."""
    found = ctx.existing.entries.get(entry)
    service = ctx.journal.attachments
    if save is not None:
        name, target = save
        file = service.named(found.id, name)
        place = target / file.name if target.is_dir() else target
        service.export(file, place, replace=False)
        if not (as_json or remove):
            click.echo(str(place))
            return
    if remove is not None:
        entries = ctx.journal.entries
        service.remove(
            found,
            service.named(found.id, remove),
            lambda body: entries.save(found.id, body, base_rev=found.rev, origin="cli"),
        )
    kept = service.of(found.id, verify=verify)
    if as_json:
        ctx.echo_json([as_json_file(one) for one in kept])
    elif not kept:
        click.echo("No files. `journal attach ENTRY FILE` keeps one with it.")
    else:
        echo_table(
            [(k.file.name, k.file.size, k.state, k.file.media_type, k.file.path) for k in kept],
            ("name", "bytes", "state", "type", "path"),
        )
