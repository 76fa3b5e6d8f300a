"""Commands that put entries in order: tag, tags, star, trash. Most take many at once.

Entries are named one by one, or found by `--search`; a search is only listed until `--yes`.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from journal_app.cli.common import Context, echo_table, iso, json_option, when
from journal_app.cli.entries import as_json_entry
from journal_app.cli.searches import asked
from journal_app.errors import JournalError
from journal_app.services.bulk import Done

FOUND_AT_MOST = 100_000

search_option = click.option(
    "--search", "query", help="Every entry that this search finds, in place of ENTRIES."
)
yes_option = click.option("--yes", is_flag=True, help="Do it to what --search finds.")


def _chosen(ctx: Context, names: Sequence[str], query: str | None) -> list[str]:
    """The ids of the entries that are named or found."""
    service = ctx.existing.entries
    if query is None:
        return [service.get(name).id for name in names]  # all or none when one is not there
    if names:
        raise JournalError("Name entries or search for them, not both.", "--search finds many.")
    return ctx.existing.bulk.found(asked(ctx, (query,)))


def _listed(ctx: Context, ids: Sequence[str], what: str, as_json: bool) -> None:
    """A dry run: what would be changed."""
    if as_json:
        ctx.echo_json({"would_change": list(ids)})
        return
    for id in ids:
        click.echo(f"{id}  {ctx.journal.entries.get(id).title}")
    click.echo(f"{len(ids):,} found. Nothing was changed; --yes {what}.", err=True)


def _told(ctx: Context, done: Done, as_json: bool) -> None:
    changed = [ctx.journal.entries.get(before.id) for before in done.changed]
    if as_json:
        ctx.echo_json(
            {
                "changed": [as_json_entry(entry) for entry in changed],
                "left_alone": [{"title": t, "reason": why} for t, why in done.skipped],
            }
        )
        return
    for entry in changed:
        tags = " ".join("#" + tag for tag in entry.tags)
        click.echo(f"{entry.id}  {entry.title}  {tags}".rstrip())
    for title, why in done.skipped:
        click.echo(f"left alone: {title}: {why}", err=True)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="[ENTRY] [add|remove] TAGS…")
@search_option
@yes_option
@json_option
@click.pass_obj
def tag(ctx: Context, words: tuple[str, ...], query: str | None, yes: bool, as_json: bool) -> None:
    """Add TAGS to ENTRY, or `remove` them; a tag written ^tag is removed too.

    `journal tag --search "warmup kind:note" add lr --yes` does it to everything found.
    """
    names, rest = (words[:1], words[1:]) if query is None else ((), words)
    verb = rest[0] if len(rest) > 1 and rest[0] in ("add", "remove") else ""
    tags = rest[1:] if verb else rest
    if not tags:
        raise JournalError("Name at least one tag.", "`journal tag ENTRY TAG`.")
    less = [t.removeprefix("^") for t in tags if t.startswith("^") or verb == "remove"]
    more = [t for t in tags if not t.startswith("^") and verb != "remove"]
    if query is None:
        found = ctx.journal.entries.tag(names[0], more, less)
        if as_json:
            ctx.echo_json(as_json_entry(found))
        else:
            click.echo(" ".join("#" + t for t in found.tags) or "no tags")
        return
    ids = _chosen(ctx, (), query)
    if not yes:
        _listed(ctx, ids, "tags them", as_json)
    else:
        _told(ctx, ctx.journal.bulk.tag(ids, more, less), as_json)


@click.command()
@click.option("--rename", nargs=2, metavar="OLD NEW", help="In every entry and every text.")
@json_option
@click.pass_obj
def tags(ctx: Context, rename: tuple[str, str] | None, as_json: bool) -> None:
    """List every tag with the number of its entries, or give one another name.

    A renamed tag is rewritten in the texts too: each becomes a revision.
    """
    if rename is not None:
        _told(ctx, ctx.existing.bulk.rename_tag(*rename), as_json)
        return
    from journal_app.domain.retag import tree

    nodes = tree(ctx.existing.entries.tags(FOUND_AT_MOST))
    if as_json:
        ctx.echo_json([{"tag": node.tag, "entries": node.n} for node in nodes if node.n])
    elif not nodes:
        click.echo("No tags yet. Write #words in a note, or `journal tag ENTRY TAG`.")
    else:
        echo_table([(n.n, "  " * n.depth + "#" + n.tag) for n in nodes], ("entries", "tag"))


@click.command()
@click.argument("entries", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the star away.")
@json_option
@click.pass_obj
def star(ctx: Context, entries: tuple[str, ...], remove: bool, as_json: bool) -> None:
    """Give ENTRIES a star: they stand in the sidebar. Without one: list the starred ones."""
    if entries:
        done = ctx.journal.bulk.star(_chosen(ctx, entries, None), not remove)
        _told(ctx, done, as_json)
        return
    found = [ctx.journal.entries.get(id) for id in ctx.existing.favourites.ids()]
    if as_json:
        ctx.echo_json([as_json_entry(entry) for entry in found])
    elif not found:
        click.echo("No entry has a star. `journal star ENTRY` gives one.")
    else:
        echo_table([(e.id, e.kind, e.title) for e in found], ("id", "kind", "title"))


@click.command()
@click.argument("entries", nargs=-1)
@search_option
@yes_option
@click.option("--list", "show", is_flag=True, help="List what lies in the trash, with its age.")
@click.option("--empty", is_flag=True, help="Remove it for good. Asks, unless --yes.")
@click.option("--older", type=click.IntRange(0), default=0, help="--empty: only so many days old.")
@json_option
@click.pass_obj
def trash(
    ctx: Context,
    entries: tuple[str, ...],
    query: str | None,
    yes: bool,
    show: bool,
    empty: bool,
    older: int,
    as_json: bool,
) -> None:
    """Put ENTRIES into the trash; `journal restore` takes them out."""
    if empty:
        _empty(ctx, older, yes, as_json)
        return
    if show or not (entries or query is not None):
        _show(ctx, as_json)
        return
    ids = _chosen(ctx, entries, query)
    if query is not None and not yes:
        _listed(ctx, ids, "puts them into the trash", as_json)
        return
    if query is not None:
        _told(ctx, ctx.journal.bulk.trash(ids), as_json)
        return
    done = [ctx.journal.entries.trash(id) for id in ids]
    if as_json:
        ctx.echo_json([as_json_entry(entry) for entry in done])
        return
    for entry in done:
        click.echo(f"{entry.id}  {entry.title}")
        if entry.kind == "post":
            for place in ctx.journal.publishing.online(entry.id):
                click.echo(f"  stays published: {place}", err=True)


def _show(ctx: Context, as_json: bool) -> None:
    found = ctx.existing.bin.listing()
    if as_json:
        ctx.echo_json(
            [
                {
                    "id": one.entry.id,
                    "title": one.entry.title,
                    "trashed": iso(one.entry.trashed_at),
                    "days": one.days,
                    "stays": one.stays or None,
                }
                for one in found
            ]
        )
    elif not found:
        click.echo("The trash is empty.")
    else:
        rows = [
            (one.entry.id, when(one.entry.trashed_at), one.days, one.stays, one.entry.title)
            for one in found
        ]
        echo_table(rows, ("id", "thrown away", "days", "stays, because", "title"))


def _empty(ctx: Context, older: int, yes: bool, as_json: bool) -> None:
    going = [one for one in ctx.existing.bin.listing() if not one.stays and one.days >= older]
    if not yes and going:
        click.confirm(
            f"Remove {len(going)} entries for good? Only a backup could bring them back",
            abort=True,
            err=True,
        )
    done = ctx.journal.bin.empty(older)
    if as_json:
        ctx.echo_json({"removed": done.removed, "stayed": done.stayed})
        return
    click.echo(f"{done.removed} removed.")
    if done.stayed:
        click.echo(f"{done.stayed} stay: publications need them.")
