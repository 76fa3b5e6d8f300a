"""Commands about links: what an entry links and what links it; renaming."""

from __future__ import annotations

from typing import Any

import click

from journal_app.cli.common import Context, json_option, settled
from journal_app.services.links import Neighbour


def _neighbour(one: Neighbour) -> dict[str, Any]:
    return {
        "id": one.row.id,
        "kind": one.row.kind,
        "title": one.row.title,
        "relation": one.relation,
        "passage": one.passage.text if one.passage else None,
    }


@click.command()
@click.argument("entry")
@json_option
@click.pass_obj
def links(ctx: Context, entry: str, as_json: bool) -> None:
    """Show what ENTRY links, what links it, and who says its title without a link."""
    journal = settled(ctx.existing)
    service, found = journal.links, journal.entries.get(entry)
    outgoing, back = service.outgoing(found.id), service.backlinks(found.id)
    runs, missing = service.runs(found.id), service.unresolved(found.id)
    unlinked = service.unlinked(found.id)
    here = {run.id for run in runs}
    linked = [
        x.target_id for x in found.links if x.target_kind == "run" and x.target_id not in here
    ]
    waiting = list(dict.fromkeys([*linked, *service.awaited_runs(found.id)]))
    if as_json:
        ctx.echo_json(
            {
                "id": found.id,
                "title": found.title,
                "outgoing": [_neighbour(one) for one in outgoing],
                "runs": [{"id": run.id, "name": run.name} for run in runs],
                "waiting": waiting,
                "backlinks": [_neighbour(one) for one in back],
                "unresolved": missing,
                "unlinked": [
                    {"id": one.row.id, "title": one.row.title, "passage": one.passage.text}
                    for one in unlinked
                ],
            }
        )
        return
    click.secho(found.title, bold=True)
    for one in outgoing:
        click.echo(f"→ {one.row.id}  {one.row.title}{_how(one)}")
    for run in runs:
        click.echo(f"→ run {run.id}  {run.name}")
    for name in waiting:
        click.echo(f"→ run {name!r} is not imported yet")
    for name in missing:
        click.echo(f"→ nothing is called {name!r} yet")
    for one in back:
        click.echo(f"← {one.row.id}  {one.row.title}{_how(one)}")
        if one.passage is not None:
            click.secho(f"    {one.passage.text}", dim=True)
    for place in unlinked:
        click.echo(f"~ {place.row.id}  {place.row.title}  (says the title, no link)")
        click.secho(f"    {place.passage.text}", dim=True)
    if not (outgoing or runs or waiting or missing or back or unlinked):
        click.echo("It stands alone. [[Title]] in a text links it.")


def _how(one: Neighbour) -> str:
    return f"  ({one.relation})" if one.relation else ""


@click.command()
@click.argument("entry")
@click.argument("title")
@json_option
@click.pass_obj
def rename(ctx: Context, entry: str, title: str, as_json: bool) -> None:
    """Give ENTRY another TITLE; texts that link it by its title follow."""
    found, changed = ctx.existing.links.rename(entry, title)
    if as_json:
        ctx.echo_json({"id": found.id, "title": found.title, "changed": changed})
        return
    click.echo(f"{found.id}  {found.title}")
    if changed:
        click.echo(f"links to it rewritten in {len(changed)} of your entries", err=True)
