"""Commands about entries: add, list, show, edit, link, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from journal_app.cli.common import (
    Context,
    echo_table,
    in_editor,
    iso,
    json_option,
    read_stdin,
    when,
)
from journal_app.domain.entry import KINDS, RELATIONS, Entry, Row
from journal_app.domain.views import SECTIONS, View
from journal_app.errors import JournalError

kind_choice = click.Choice(KINDS)


def as_json_row(row: Row) -> dict[str, Any]:
    """A list row for JSON."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "excerpt": row.excerpt,
        "tags": list(row.tags),
        "runs": row.n_runs,
        "evals": row.n_evals,
        "rev": row.rev,
        "created": iso(row.created_at),
        "updated": iso(row.updated_at),
        "trashed": iso(row.trashed_at),
        "status": row.status,
    }


def as_json_entry(entry: Entry) -> dict[str, Any]:
    """An entry whole for JSON."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "body": entry.body,
        "tags": list(entry.tags),
        "links": [
            {
                "kind": link.target_kind,
                "id": link.target_id,
                "relation": link.relation,
                "title": link.title,
            }
            for link in entry.links
        ],
        "attachments": [
            {"name": file.name, "path": file.path, "type": file.media_type, "bytes": file.size}
            for file in entry.attachments
        ],
        "front": dict(entry.front),
        "rev": entry.rev,
        "created": iso(entry.created_at),
        "updated": iso(entry.updated_at),
        "trashed": iso(entry.trashed_at),
    }


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", type=kind_choice, default="note", show_default=True)
@click.option("--title", help="Default: the first line.")
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@click.option("--run", "runs", multiple=True, help="Id or name of a run; may be repeated.")
@click.option(
    "--attach", multiple=True, type=click.Path(path_type=Path), help="A file; may be repeated."
)
@json_option
@click.pass_obj
def add(
    ctx: Context,
    text: tuple[str, ...],
    kind: str,
    title: str | None,
    tags: tuple[str, ...],
    runs: tuple[str, ...],
    attach: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Keep TEXT as a note and print its id; - reads standard input.

    #tag in the text is a tag; ->run:ID links to a run (also ->eval:ID, ->entry:ID, and with a
    relation: ->supports:run:ID).
    """
    words = read_stdin() if text == ("-",) else " ".join(text)
    entry = ctx.journal.entries.add(
        words, kind=kind, title=title, tags=tags, runs=runs, attach=attach
    )
    ctx.echo_json(as_json_entry(entry)) if as_json else click.echo(entry.id)
    for line in ctx.journal.entries.waiting_links(entry):
        click.echo(line, err=True)


@click.command("list")
@click.option("--section", type=click.Choice(SECTIONS), default="all", show_default=True)
@click.option("--kind", type=kind_choice)
@click.option("--tag")
@click.option("--run", help="Entries that link this run.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@json_option
@click.pass_obj
def list_entries(
    ctx: Context,
    section: str,
    kind: str | None,
    tag: str | None,
    run: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List entries, newest change first."""
    if run is not None:
        run = ctx.existing.experiments.run(run).id
    view = View(section, kind, tag.lstrip("#").lower() if tag else None, run)
    rows = ctx.existing.entries.rows(view, limit=limit)
    if as_json:
        ctx.echo_json([as_json_row(row) for row in rows])
        return
    if not rows:
        click.echo('Nothing here yet. `journal add "what happened"` keeps a first note.')
        return
    echo_table(
        [
            (row.id, row.kind, when(row.updated_at), " ".join("#" + t for t in row.tags), row.title)
            for row in rows
        ],
        ("id", "kind", "changed", "tags", "title"),
    )


@click.command()
@click.argument("entry")
@json_option
@click.pass_obj
def show(ctx: Context, entry: str, as_json: bool) -> None:
    """Show ENTRY (id, its first letters, or its title) whole."""
    found = ctx.existing.entries.get(entry)
    if as_json:
        ctx.echo_json({**as_json_entry(found), "context": dict(found.context)})
        return
    click.secho(found.title, bold=True)
    tags = "".join(f"  #{tag}" for tag in found.tags)
    click.echo(f"{found.kind}  {found.id}  rev {found.rev}  {when(found.created_at)}{tags}")
    for link in found.links:
        name = link.title or f"{link.target_id} (not imported yet)"
        click.echo(f"{link.relation} {link.target_kind}: {name}")
    if found.context:
        facts = " · ".join(f"{key} {value}" for key, value in found.context.items())
        click.secho(f"context (private): {facts}", dim=True)
    click.echo()
    click.echo(found.body)


@click.command()
@click.argument("entry")
@click.option("--text", help="The new text; - reads standard input. Default: open $EDITOR.")
@click.option("--title")
@click.option("--kind", type=kind_choice)
@json_option
@click.pass_obj
def edit(
    ctx: Context, entry: str, text: str | None, title: str | None, kind: str | None, as_json: bool
) -> None:
    """Edit ENTRY. When it was changed elsewhere meanwhile, both texts are kept."""
    entries = ctx.journal.entries
    found = entries.get(entry)
    if text == "-":
        body = read_stdin()
    elif text is not None:
        body = text
    elif title is not None or kind is not None:
        body = found.body
    else:
        edited = in_editor(found.body)
        body = found.body if edited is None else edited.rstrip("\n")
    saved = entries.save(found.id, body, base_rev=found.rev, title=title, kind=kind, origin="cli")
    if as_json:
        ctx.echo_json(as_json_entry(saved.copy or saved.entry))
        return
    if saved.copy is not None:
        raise JournalError(
            f"{found.title!r} was changed elsewhere while you edited; nothing is lost.",
            f"Your text is entry {saved.copy.id}; `journal merge {saved.copy.id}` merges them.",
        )
    click.echo(f"{saved.entry.id} rev {saved.entry.rev}")


@click.command()
@click.argument("entry")
@click.argument("target")
@click.option("--relation", type=click.Choice(RELATIONS), default="about", show_default=True)
@click.option("--remove", is_flag=True, help="Remove the link.")
@json_option
@click.pass_obj
def link(ctx: Context, entry: str, target: str, relation: str, remove: bool, as_json: bool) -> None:
    """Link ENTRY to TARGET: a run's name or id, eval:ID, or entry:ID.

    A run that is not imported yet may be named: the link waits for it.
    """
    entries = ctx.journal.entries
    if remove:
        kind, _, name = target.partition(":")
        if kind not in ("run", "eval", "entry"):
            kind, name = "run", target
        ids = {name}
        if kind == "run":
            ids |= {x.target_id for x in entries.get(entry).links if x.title == name}
        for target_id in ids:
            found = entries.unlink(entry, kind, target_id)
        known = True
    else:
        found, known = entries.link(entry, target, relation)
    if as_json:
        ctx.echo_json(as_json_entry(found))
        return
    for one in found.links:
        click.echo(f"{one.relation} {one.target_kind}:{one.target_id} {one.title}".rstrip())
    if not known:
        click.echo(f"{target!r} is not imported yet; the link waits for it.", err=True)


@click.command()
@click.argument("entry")
@click.option("--remove", "keys", multiple=True, metavar="KEY", help="Forget this; repeatable.")
@click.option("--clear", is_flag=True, help="Forget all of it.")
@json_option
@click.pass_obj
def context(ctx: Context, entry: str, keys: tuple[str, ...], clear: bool, as_json: bool) -> None:
    """Show where ENTRY was captured, or forget it. It is private: posts never hold it."""
    if clear or keys:
        from journal_app.services.context import forget_context

        found = forget_context(ctx.existing.store, entry, None if clear else keys)
    else:
        found = ctx.existing.entries.get(entry)
    if as_json:
        ctx.echo_json({"id": found.id, "context": dict(found.context)})
    elif found.context:
        echo_table(list(found.context.items()), ("what", "value"))
    else:
        click.echo("Nothing is kept about where this entry was captured.")


@click.command()
@click.argument("entry")
@click.option("--rev", type=int, help="Bring back this revision instead.")
@json_option
@click.pass_obj
def restore(ctx: Context, entry: str, rev: int | None, as_json: bool) -> None:
    """Take ENTRY out of the trash, or make an earlier revision its newest."""
    service = ctx.journal.entries
    if rev is None and service.get(entry).trashed_at is None:
        raise JournalError(f"{entry!r} is not in the trash.", "--rev N brings back a revision.")
    found = service.restore(entry) if rev is None else service.restore_revision(entry, rev)
    ctx.echo_json(as_json_entry(found)) if as_json else click.echo(f"{found.id}  {found.title}")
