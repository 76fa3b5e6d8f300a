"""Commands of the devices."""

from __future__ import annotations

from dataclasses import asdict

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.errors import JournalError


@click.command()
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
