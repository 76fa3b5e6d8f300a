"""Commands of upkeep: backup, config, check."""

from __future__ import annotations

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.domain import due
from journal_app.domain.naming import counted
from journal_app.errors import JournalError


@click.group(invoke_without_command=True)
@click.option("--daily", is_flag=True, help="Only if the copy of the day is due.")
@json_option
@click.pass_context
def backup(click_context: click.Context, daily: bool, as_json: bool) -> None:
    """Verified copies of the journal; without a command, take one now."""
    if click_context.invoked_subcommand is None:
        upkeep = click_context.obj.existing.upkeep
        path = upkeep.backup_if_due() if daily else upkeep.backup()
        if as_json:
            click_context.obj.echo_json({"path": None if path is None else str(path)})
        else:
            click.echo("The copy of the day is there." if path is None else path)


@backup.command("list")
@json_option
@click.pass_obj
def list_backups(ctx: Context, as_json: bool) -> None:
    """The copies, newest first."""
    from journal_app import paths
    from journal_app.store import backups

    # Reads the folder only: it must work when the database itself does not open.
    copies = backups.listing(ctx.folder or paths.default_journal())
    if as_json:
        ctx.echo_json(
            [
                {"name": p.name, "bytes": p.stat().st_size, "state": backups.verdict(p)}
                for p in copies
            ]
        )
    elif not copies:
        click.echo("No backups yet. `journal backup` takes one.")
    else:
        echo_table(
            [(p.name, p.stat().st_size, backups.verdict(p)) for p in copies],
            ("name", "bytes", "state"),
        )


@backup.command()
@click.argument("name")
@click.pass_obj
def restore(ctx: Context, name: str) -> None:
    """Put the copy NAME in the database's place; the present file is set aside, not deleted."""
    from journal_app import paths
    from journal_app.store import backups
    from journal_app.store.database import system_now

    folder = ctx.folder or paths.default_journal()
    file, aside = backups.restore(folder, name, system_now())
    click.echo(f"Restored {file} from {name}.")
    if aside is not None:
        click.echo(f"The former database is kept as {aside}.")


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
@click.pass_obj
def config(ctx: Context, name: str | None, value: str | None, as_json: bool) -> None:
    """Show every setting, one setting NAME, or set it to VALUE."""
    from journal_app import settings

    preferences = ctx.journal.settings
    if name is not None and value is not None:
        if name == "timezone" and value:
            due.zone(value)  # refuses a name that is no zone, with near ones
        if name == "daily.template" and value:
            ctx.journal.templates.text(value)  # refuses a name that no template has
        preferences.set(name, value)
    if name is not None:
        found = preferences.get(name)
        ctx.echo_json({name: found}) if as_json else click.echo(found)
    elif as_json:
        ctx.echo_json(preferences.all())
    else:
        shown = [s for s in settings.SETTINGS if s.type != "kept"]
        echo_table(
            [(s.name, preferences.get(s.name) or "-", s.help) for s in shown],
            ("setting", "value", "meaning"),
        )


@click.command()
@click.option("--files", is_flag=True, help="List kept files that nothing shows any more.")
@click.option("--remove", is_flag=True, help="--files: remove them for good. Asks, unless --yes.")
@click.option("--yes", is_flag=True, help="--remove: do not ask.")
@json_option
@click.pass_obj
def check(ctx: Context, files: bool, remove: bool, yes: bool, as_json: bool) -> None:
    """Check the database, the links between rows, and every attachment.

    --files lists files in `attachments` that no entry and no revision shows, such as those of
    entries that were removed from the trash.
    """
    if files:
        _files(ctx, remove, yes, as_json)
        return
    if remove or yes:
        raise JournalError("--remove goes with --files.", "`journal check --files --remove`.")
    report = ctx.existing.upkeep.check()
    if as_json:
        ctx.echo_json(
            {
                "entries": report.entries,
                "attachments": report.attachments,
                "problems": list(report.problems),
                "warnings": list(report.warnings),
            }
        )
    else:
        click.echo(f"{report.entries} entries, {report.attachments} attachments.")
        for problem in report.problems:
            click.echo(f"- {problem}")
        for warning in report.warnings:
            click.echo(f"warning: {warning}")
    if report.problems:
        count = len(report.problems)
        raise JournalError(
            f"{count} problem{'s' if count > 1 else ''} found.",
            "`journal backup list` shows the copies; restoring one brings attachments back too.",
        )
    if not as_json:
        click.echo("Everything is in order.")


def _files(ctx: Context, remove: bool, yes: bool, as_json: bool) -> None:
    """List the files that nothing shows, or remove them."""
    upkeep = ctx.existing.upkeep
    found = [(path, path.stat().st_size) for path in upkeep.unused_files()]
    if remove and found:
        if not yes:
            click.confirm(f"Remove {counted(len(found), 'file')} for good?", abort=True, err=True)
        found = upkeep.remove_unused_files()
    total = sum(size for _, size in found)
    if as_json:
        listed = [{"path": str(path), "bytes": size} for path, size in found]
        ctx.echo_json({"removed" if remove else "unused": listed, "bytes": total})
        return
    for path, size in found:
        click.echo(f"{size:>14,}  {path}")
    words = "removed" if remove else "that nothing shows"
    click.echo(f"{counted(len(found), 'file')} {words}, {total:,} bytes.")
