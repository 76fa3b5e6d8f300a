"""Commands about likeness: `journal index` builds it, `journal similar` asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.cli.runs import safe
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.similar import IndexStatus


@click.command()
@click.option("--status", "only_status", is_flag=True, help="Say how far it is; do nothing.")
@click.option(
    "--measure",
    type=click.IntRange(100),
    metavar="N",
    help="Measure building and searching with N made-up entries, in a folder of its own.",
)
@json_option
@click.pass_obj
def index(context: Context, only_status: bool, measure: int | None, as_json: bool) -> None:
    """Build the index behind "more like this", on this device.

    It goes on where it was broken off, and takes only entries that are new or were changed. The
    open window does the same by itself while nobody writes.
    """
    if measure is not None:
        from journal_app.cli import bench_index

        bench_index.tell(bench_index.measure(measure), as_json)
        return
    service = context.existing.similar
    made = 0
    if not only_status:
        with Meter("entries", 1, quiet=as_json) as meter:
            made = service.build(meter, hurry=True)
    status = service.status()
    if as_json:
        context.echo_json(
            {"made": made, "done": status.done, "total": status.total, "model": status.model}
        )
    else:
        click.echo(_told(status, made))


def _told(status: IndexStatus, made: int) -> str:
    if not status.model:
        return "No index: the embedding model is not installed. `journal model install` fetches it."
    text = f"{status.done} of {status.total} entries are in the index"
    text += f", {made} of them new." if made else "."
    return text if status.complete else f"{text} `journal index` goes on."


@click.command()
@click.argument("entry", required=False)
@click.option("--text", metavar="TEXT", help="Entries that mean what TEXT says.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@json_option
@click.pass_obj
def similar(
    context: Context, entry: str | None, text: str | None, limit: int, as_json: bool
) -> None:
    """Entries like ENTRY (an id, its beginning, or a title), or like --text.

    By meaning, with the model on this device; by shared rare words where the entry is not in the
    index yet or no model is installed.
    """
    if (entry is None) == (text is None):
        raise JournalError("Give an entry or --text.", '`journal similar --text "…"`.')
    service = context.existing.similar
    found = service.search(text, limit) if text is not None else service.like(entry or "", limit)
    if as_json:
        context.echo_json(
            {
                "by": found.by,
                "note": found.note,
                "entries": [
                    {"id": row.id, "kind": row.kind, "title": row.title, "score": round(score, 4)}
                    for row, score in found.rows
                ],
            }
        )
        return
    if found.note:
        click.echo(found.note, err=True)
    if not found.rows:
        click.echo("Nothing is like it.")
        return
    echo_table(
        [(f"{score:.0%}", row.id, row.kind, safe(row.title)) for row, score in found.rows],
        ("like", "id", "kind", "title"),
    )
