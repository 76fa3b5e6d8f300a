"""`journal mirror`: a folder of Markdown files that follows the journal."""

from __future__ import annotations

from pathlib import Path

import click

from journal_app.cli.collections import listed, tell_problems
from journal_app.cli.common import Context, json_option, settled
from journal_app.cli.progress import Meter
from journal_app.cli.runs import safe
from journal_app.domain.naming import counted
from journal_app.errors import JournalError


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--off", is_flag=True, help="Follow no more; the files stay.")
@click.option("--status", "only_status", is_flag=True, help="Say how far it is; write nothing.")
@click.option("--anew", is_flag=True, help="Begin anew, such as in an emptied folder.")
@click.option(
    "--settle",
    is_flag=True,
    help="Keep files that were changed outside under another name, and write ours again.",
)
@json_option
@click.pass_obj
def mirror(
    context: Context,
    folder: Path | None,
    off: bool,
    only_status: bool,
    anew: bool,
    settle: bool,
    as_json: bool,
) -> None:
    """Keep every entry as a Markdown file in FOLDER from now on, for git or Syncthing to carry.

    Every command and the window write what they change. A file that you change there is left
    alone and named by --status; `journal adopt FOLDER` takes such changes in.
    """
    if off and (folder or anew or settle):
        raise JournalError("--off goes alone.", "`journal mirror --off`.")
    journal = context.journal if folder is not None else context.existing
    service = journal.mirror
    if off:
        journal.settings.set("mirror.folder", "")
        click.echo("The mirror is off. Its files stay where they are.")
        return
    if folder is not None:
        place = service.check_folder(folder.expanduser().absolute())
        service.begin(place, anew=anew)
        journal.settings.set("mirror.folder", place)
    elif anew:
        raise JournalError("--anew needs the folder.", "`journal mirror FOLDER --anew`.")
    if not service.status().folder:
        if as_json:
            context.echo_json({"folder": ""})
        else:
            click.echo("There is no mirror. `journal mirror FOLDER` begins one.")
        return
    kept = service.settle() if settle else []
    done = {}
    if not only_status:
        with Meter("entries", 1, quiet=as_json) as meter:
            settled(journal)
            report = service.catch_up(meter)
        done = {
            "written": report.written,
            "moved": report.moved,
            "removed": report.removed,
            "files": report.files,
        }
    status = service.status()
    if as_json:
        about = {"folder": status.folder, "entries": status.entries, "pending": status.pending}
        context.echo_json({**about, **done, "kept": kept, "left": listed(list(status.left))})
        return
    click.echo(f"{safe(status.folder)}: {status.entries} entries, {status.pending} to go")
    if done:
        words = [f"{done[word]} {word}" for word in ("written", "moved", "removed")]
        click.echo(", ".join([*words, counted(done["files"], "attachment")]))
    for name in kept:
        click.echo(f"kept: {safe(name)}")
    tell_problems("left alone", list(status.left))
    if status.left:
        click.echo("`journal adopt FOLDER` takes changes in; --settle keeps both.")
