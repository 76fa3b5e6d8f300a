"""Commands about posts that wait: draft, schedule, approve, reschedule, unschedule, queue."""

from __future__ import annotations

import re

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.entries import as_json_entry
from journal_app.cli.publication import (
    LATE_SHOWN,
    allow_option,
    as_json_publication,
    shown_due,
    tell_warnings,
)
from journal_app.domain.due import Fold, Gap, local, span
from journal_app.domain.publishing import QueueItem
from journal_app.errors import JournalError


@click.command()
@click.argument("entries", nargs=-1, required=True)
@click.option("--title", required=True)
@json_option
@click.pass_obj
def draft(ctx: Context, entries: tuple[str, ...], title: str, as_json: bool) -> None:
    """Make a post out of ENTRIES, in this order, and print its id.

    Text, tags, files and links to runs and evals come along; each source is linked.
    """
    post = ctx.journal.writing.draft(entries, title)
    ctx.echo_json(as_json_entry(post)) if as_json else click.echo(post.id)


# ---------------------------------------------------------------------- schedule


@click.command()
@click.argument("post")
@click.option("--target", required=True)
@click.option("--at", required=True, help='"2026-12-01 09:00", or with an offset.')
@click.option("--tz", help="For example Europe/Berlin; default: the setting, else this computer's.")
@click.option("--fold", type=click.Choice(["first", "second"]), help="Of a time that is twice.")
@click.option("--gap", type=click.Choice(["before", "after"]), help="Of a time that never is.")
@click.option("--slug", help="Name in the address; default: from the title.")
@click.option("--replace", is_flag=True, help="Instead of what waits there.")
@click.option("--late", help="How late it may go out unasked: 6h, 2d, never, always.")
@allow_option
@json_option
@click.pass_obj
def schedule(
    ctx: Context,
    post: str,
    target: str,
    at: str,
    tz: str | None,
    fold: Fold | None,
    gap: Gap | None,
    slug: str | None,
    replace: bool,
    late: str | None,
    allow: tuple[str, ...],
    as_json: bool,
) -> None:
    """Publish POST at a time to come. The text of now is approved: it is what goes out."""
    p = ctx.journal.publishing.schedule(
        post,
        target,
        at,
        tz=tz,
        fold=fold,
        gap=gap,
        slug=slug,
        replace=replace,
        late_limit=_late(late),
        allow=allow,
    )
    if as_json:
        ctx.echo_json(as_json_publication(p))
        return
    click.echo(f"{p.id}  {shown_due(p)}  {p.target}  {p.natural_key}  (revision {p.rev})")
    if ctx.journal.publishing.held_by_target(p):
        click.echo(
            f"Safe to close the laptop once the queue says pushed: {p.target} puts it out itself."
        )
    else:
        at = f"{local(p.due.at, p.due.tz):%H:%M}"
        click.echo(f"This computer must be on at {at}, with the window or `journal agent` running.")
    tell_warnings(ctx, p)


def _late(text: str | None) -> int | None:
    """`6h`, `2d`, `90min`, never, always: milliseconds, 0, -1."""
    if text is None:
        return None
    given = text.strip().lower()
    if given in ("never", "always"):
        return 0 if given == "never" else -1
    match = re.fullmatch(r"(\d{1,4})\s*(min|h|d)", given)
    if match is None:
        raise JournalError(
            f"--late {text} is not a length of time.", "Such as 6h, 2d, never, always."
        )
    return int(match[1]) * {"min": 60_000, "h": 3_600_000, "d": 86_400_000}[match[2]]


@click.command()
@click.argument("publication")
@click.option("--target", help="Where PUBLICATION is a post that waits for several.")
@allow_option
@json_option
@click.pass_obj
def approve(
    ctx: Context, publication: str, target: str | None, allow: tuple[str, ...], as_json: bool
) -> None:
    """Let the text of now go out instead of the approved one, at the same time.

    PUBLICATION is its id, or the post. Also takes up what the preflight or a gate had blocked.
    """
    service = ctx.journal.publishing
    p = service.approve(service.waiting(publication, target).id, allow=allow)
    if as_json:
        ctx.echo_json(as_json_publication(p))
    else:
        click.echo(f"Approved: revision {p.rev} for {p.target}, {shown_due(p)}.")
        tell_warnings(ctx, p)


@click.command()
@click.argument("publication")
@click.option("--at", required=True, help='"2026-12-01 09:00", or with an offset.')
@click.option("--tz", help="Default: the zone that it has.")
@click.option("--fold", type=click.Choice(["first", "second"]), help="Of a time that is twice.")
@click.option("--gap", type=click.Choice(["before", "after"]), help="Of a time that never is.")
@click.option("--target", help="Where PUBLICATION is a post that waits for several.")
@json_option
@click.pass_obj
def reschedule(
    ctx: Context,
    publication: str,
    at: str,
    tz: str | None,
    fold: Fold | None,
    gap: Gap | None,
    target: str | None,
    as_json: bool,
) -> None:
    """Move PUBLICATION (its id, or the post) to another time. The approved text stays."""
    service = ctx.journal.publishing
    found = service.waiting(publication, target)
    p = service.reschedule(found.id, at, tz=tz, fold=fold, gap=gap)
    if as_json:
        ctx.echo_json(as_json_publication(p))
    else:
        click.echo(f"{p.id}  {shown_due(p)}  {p.target}  (was {shown_due(found)})")


@click.command()
@click.argument("publication")
@click.option("--target", help="Where PUBLICATION is a post that waits for several.")
@json_option
@click.pass_obj
def unschedule(ctx: Context, publication: str, target: str | None, as_json: bool) -> None:
    """Take PUBLICATION (its id, or the post) off the schedule."""
    p = ctx.journal.publishing.cancel(publication, target)
    if as_json:
        ctx.echo_json(as_json_publication(p))
    else:
        click.echo(f"Taken off: {p.id} ({p.target}, {shown_due(p)}).")


@click.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@json_option
@click.pass_obj
def queue(ctx: Context, limit: int, as_json: bool) -> None:
    """What goes out next, and what went wrong."""
    items = ctx.journal.publishing.queue(limit)
    if as_json:
        ctx.echo_json(
            [
                {
                    **as_json_publication(item.publication),
                    "title": item.title,
                    "edited_since_approved": item.edited,
                    "late_ms": item.late_ms,
                }
                for item in items
            ]
        )
        return
    if not items:
        click.echo("Nothing waits. `journal schedule POST --target NAME --at …` plans a post.")
        return
    echo_table(
        [
            (
                shown_due(item.publication),
                item.publication.target,
                item.publication.state,
                item.title,
                _remarks(item),
            )
            for item in items
        ],
        ("due", "target", "state", "post", "remarks"),
    )


def _remarks(item: QueueItem) -> str:
    remarks: list[str] = []
    p = item.publication
    if p.act != "publish":
        remarks.append(p.act)
    if item.late_ms >= LATE_SHOWN:
        remarks.append(f"{span(item.late_ms)} late")
    if item.paused:
        remarks.append(f"{p.target} is paused: {item.paused} (`journal target test {p.target}`)")
    elif p.state == "pushed":
        remarks.append("safe to close the laptop")
    elif p.state == "scheduled" and not item.late_ms:
        remarks.append(f"this computer must be on at {local(p.due.at, p.due.tz):%H:%M}")
    if item.edited:
        remarks.append("edited since approved")
    error = (item.publication.last_error or "").partition("\n")[0]
    if item.publication.state == "unknown":
        asks = "needs you: " if item.publication.needs_somebody else "looked up again soon: "
        remarks.append(asks + (error or "perhaps out"))
    elif error and error != item.paused and item.publication.state != "missed":
        remarks.append(error)
    if item.publication.state == "missed":
        remarks.append(f"`journal publish {item.publication.post_id}` sends it")
    return "; ".join(remarks)
