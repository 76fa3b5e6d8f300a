"""Commands about the versions of an entry: history, diff, merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from journal_app.cli.common import Context, echo_table, iso, json_option, when
from journal_app.cli.entries import as_json_entry
from journal_app.domain.diff import Block
from journal_app.domain.revisions import origin_of
from journal_app.errors import JournalError

WORDS = {"restore": "restored from {}", "conflict": "other version of {}"}


def _origin(origin: str) -> str:
    found = origin_of(origin)
    return WORDS[found.word].format(found.rev) if found.word in WORDS else origin


@click.command()
@click.argument("entry")
@click.option("--name", help="Name a version, so that it is kept for good; an empty name ends it.")
@click.option("--rev", type=int, help="The revision to name. Default: the newest.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@json_option
@click.pass_obj
def history(
    ctx: Context, entry: str, name: str | None, rev: int | None, limit: int, as_json: bool
) -> None:
    """List the versions of ENTRY, newest first, or name one."""
    service = ctx.existing.history
    if name is not None:
        head = service.name(entry, rev, name)
        if as_json:
            ctx.echo_json({"rev": head.rev, "name": head.named or None})
        else:
            click.echo(f"{head.rev}  {head.named}".rstrip())
        return
    if rev is not None:
        raise JournalError("--rev goes with --name.", "`journal diff ENTRY REV` shows a revision.")
    heads = service.heads(entry, limit=limit)
    sizes = {head.rev: service.size(entry, head.rev) for head in heads}
    if as_json:
        ctx.echo_json(
            [
                {
                    "rev": head.rev,
                    "saved": iso(head.created_at),
                    "origin": head.origin,
                    "name": head.named or None,
                    "published": head.published,
                    "added": sizes[head.rev].added,
                    "removed": sizes[head.rev].removed,
                    "title": head.title,
                }
                for head in heads
            ]
        )
        return
    echo_table(
        [
            (
                head.rev,
                when(head.created_at),
                _origin(head.origin),
                f"+{sizes[head.rev].added} −{sizes[head.rev].removed}",
                head.named or ("published" if head.published else ""),
                head.title,
            )
            for head in heads
        ],
        ("rev", "saved", "by", "words", "name", "title"),
    )


@click.command()
@click.argument("entry")
@click.argument("old", required=False)
@click.argument("new", required=False)
@json_option
@click.pass_obj
def diff(ctx: Context, entry: str, old: str | None, new: str | None, as_json: bool) -> None:
    """Show what changed in ENTRY from OLD to NEW: numbers or names of versions, or now.

    With one version: what changed since it. With none: what the last revision changed.
    """
    service = ctx.existing.history
    last = service.find(entry, new or "now")
    first = service.find(entry, old) if old is not None else service.before(entry, last)
    blocks = service.compare(entry, first, last)
    if as_json:
        ctx.echo_json({"old": first, "new": last, "blocks": [_as_json(b) for b in blocks]})
        return
    if not any(block.changed for block in blocks):
        click.echo("Nothing changed.")
        return
    click.secho(f"revision {first or 'none'} → {last}", dim=True)
    echo_blocks(blocks)


def _as_json(block: Block) -> list[dict[str, Any]]:
    return [{"op": piece.op, "text": piece.text} for piece in block.pieces]


def echo_blocks(blocks: Sequence[Block]) -> None:
    """Changed words in [-brackets-] {+like git's word diff+}, coloured too; a line around."""
    for number, block in enumerate(blocks):
        if block.changed:
            text = "".join(
                click.style(f"[-{piece.text}-]", fg="red")
                if piece.op == "removed"
                else click.style(f"{{+{piece.text}+}}", fg="green")
                if piece.op == "added"
                else piece.text
                for piece in block.pieces
            )
            click.echo(text.rstrip("\n"))
            continue
        lines = block.old.rstrip("\n").split("\n")
        first, last = number == 0, number == len(blocks) - 1
        shown = [] if first else lines[:1]
        if len(lines) > 2 or ((first or last) and len(lines) > 1):
            shown.append("…")
        if not last and (len(lines) > 1 or first):
            shown.append(lines[-1])
        click.secho("\n".join(shown), dim=True)


@click.command()
@click.argument("entry")
@click.argument("copy", required=False)
@click.option("--write", is_flag=True, help="Write it into the entry; the copy goes to the trash.")
@json_option
@click.pass_obj
def merge(ctx: Context, entry: str, copy: str | None, write: bool, as_json: bool) -> None:
    """Merge COPY, the other version that a clash kept, into ENTRY, and print the text.

    The copy alone is enough: it knows its entry. What both changed stands between conflict
    markers; --write takes such a text only after you decided: `journal merge … > text`, edit it,
    `journal edit ENTRY --text - < text`.
    """
    from journal_app.domain import merge as merging

    service = ctx.existing.merging
    clash = service.look(copy or entry, entry if copy is not None else None)
    text = merging.text_of(clash.parts, ("copy", "entry"))
    open_ones = len(merging.conflicts(clash.parts))
    if write and open_ones:
        raise JournalError(
            f"{open_ones} place{'s' if open_ones > 1 else ''} changed in both versions; "
            "nothing was written.",
            "Decide in the window (Merge), or print the text, edit it and keep it by "
            "`journal edit ENTRY --text -`.",
        )
    done = service.accept(clash, text) if write else None
    if as_json:
        ctx.echo_json(
            {
                "entry": clash.entry.id,
                "copy": clash.copy.id,
                "base": clash.base_rev,
                "conflicts": open_ones,
                "text": text,
                "written": as_json_entry(done) if done is not None else None,
            }
        )
    elif done is not None:
        click.echo(f"{done.id} rev {done.rev}")
    else:
        click.echo(text.rstrip("\n"))
        if open_ones:
            click.echo(f"{open_ones} to decide; nothing was written.", err=True)
