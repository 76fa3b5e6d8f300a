"""Commands that fill slots: cadence, blackout, enqueue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.publication import (
    allow_option,
    as_json_publication,
    shown_due,
    tell_warnings,
)
from journal_app.domain.cadence import Cadence, Shift, words
from journal_app.domain.due import Due, rfc3339
from journal_app.errors import JournalError

yes_option = click.option("--yes", is_flag=True, help="Move what waits into the slots of now.")


@click.group()
def cadence() -> None:
    """Weekly slots of a target, filled from its queue.

    \b
    journal cadence add weekly "Tuesdays and Fridays 09:00 Europe/Berlin" --target blog
    journal enqueue POST --target blog
    """


@cadence.command("add")
@click.argument("name")
@click.argument("text", nargs=-1, metavar="[WHEN]...")
@click.option("--target", required=True)
@click.option("--days", help="tue,fri; mon-fri; daily; weekends.")
@click.option("--at", "times", multiple=True, help="09:00; more than once for several a day.")
@click.option("--tz", help="For example Europe/Berlin; default: the setting, else this computer's.")
@click.option("--replace", is_flag=True, help="Change the cadence of that name.")
@yes_option
@json_option
@click.pass_obj
def cadence_add(
    ctx: Context,
    name: str,
    text: tuple[str, ...],
    target: str,
    days: str | None,
    times: tuple[str, ...],
    tz: str | None,
    replace: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Give a target slots, in words or by --days and --at.

    What waits moves only with --yes; without it the moves are shown.
    """
    service = ctx.journal.cadence
    if text:
        if days or times or tz:
            raise click.UsageError("Write WHEN, or --days, --at and --tz.")
        one = service.add_spoken(name, target, " ".join(text), replace=replace)
    else:
        on = (days or "").replace(",", " ").split()
        at = " ".join(times).replace(",", " ").split()
        one = service.add(name, target, on, at, tz, replace=replace)
    if not as_json:
        click.echo(f"{one.name}: {words(one)}, for {one.target}.")
    _offer(ctx, one.target, yes, {"cadence": _as_json_cadence(one)} if as_json else None)


@cadence.command("list")
@json_option
@click.pass_obj
def cadence_list(ctx: Context, as_json: bool) -> None:
    """List the cadences, with the next free slot of their targets."""
    service = ctx.existing.cadence
    known = service.cadences()
    if as_json:
        ctx.echo_json([_as_json_cadence(one) for one in known])
    elif not known:
        click.echo(
            'No cadence yet. `journal cadence add weekly "Tuesdays 09:00" --target NAME` makes one.'
        )
    else:
        rows = []
        for one in known:
            free = service.next_slots(one.target, 1)
            rows.append((one.name, one.target, words(one), _at(free[0]) if free else "none"))
        echo_table(rows, ("name", "target", "slots", "target's next free slot"))


@cadence.command("remove")
@click.argument("name")
@yes_option
@click.pass_obj
def cadence_remove(ctx: Context, name: str, yes: bool) -> None:
    """Forget the cadence NAME. What waits in its slots keeps its time, or moves with --yes."""
    gone = ctx.existing.cadence.remove(name)
    click.echo(f"Forgotten: {gone.name} ({words(gone)}, for {gone.target}).")
    _offer(ctx, gone.target, yes)


@cadence.command("slots")
@click.option("--target", help="Default: the only one with a cadence.")
@click.option("--count", type=click.IntRange(1, 1000), default=10, show_default=True)
@json_option
@click.pass_obj
def cadence_slots(ctx: Context, target: str | None, count: int, as_json: bool) -> None:
    """The queue of a target and its next free slots, and what the clocks did to them."""
    service = ctx.existing.cadence
    name = target or _only_target(ctx)
    queue = service.queued(name)
    free = service.slots(name, count)
    if as_json:
        ctx.echo_json(
            {
                "target": name,
                "queue": [
                    {"id": q.id, "title": q.title, "state": q.state, **_as_json_due(q.due)}
                    for q in queue
                ],
                "free": [
                    {**_as_json_due(slot.due), "cadence": slot.cadence, "note": slot.note}
                    for slot in free
                ],
            }
        )
        return
    rows = [(str(n), _at(one.due), one.title) for n, one in enumerate(queue, 1)]
    rows += [("", _at(slot.due), " · ".join(filter(None, ("free", slot.note)))) for slot in free]
    if rows:
        echo_table(rows, ("place", "slot", "post"))
    else:
        click.echo(f"{name} has no free slot. `journal blackout list` shows days without any.")


@cadence.command("move")
@click.argument("publication")
@click.argument("position", type=click.IntRange(1))
@click.option("--target", help="Where PUBLICATION is a post that waits for several.")
@json_option
@click.pass_obj
def cadence_move(
    ctx: Context, publication: str, position: int, target: str | None, as_json: bool
) -> None:
    """Move PUBLICATION (its id, or the post) to a POSITION in its queue, counted from 1.

    The others give way.
    """
    found = ctx.existing.publishing.waiting(publication, target)
    moved = ctx.existing.cadence.move(found.id, position)
    if as_json:
        ctx.echo_json([_as_json_shift(one) for one in moved])
    else:
        _echo_moves(moved, "moved")


@cadence.command("refill")
@click.argument("target", required=False)
@yes_option
@json_option
@click.pass_obj
def cadence_refill(ctx: Context, target: str | None, yes: bool, as_json: bool) -> None:
    """Deal what waits into the free slots anew: holes close, blackout days empty.

    Shows the moves; --yes does them.
    """
    if not as_json and not ctx.existing.cadence.moves(target):
        click.echo("Everything stands in its slot.")
        return
    _offer(ctx, target, yes, {} if as_json else None)


def _offer(
    ctx: Context, target: str | None, yes: bool, report: dict[str, Any] | None = None
) -> None:
    """Move what waits into the slots of now, or show the plan; `report` is filled for JSON."""
    service = ctx.journal.cadence
    found = service.refill(target) if yes else service.moves(target)
    if report is not None:
        ctx.echo_json({**report, "moved": yes, "moves": [_as_json_shift(one) for one in found]})
    elif found:
        _echo_moves(found, "moved" if yes else "would move")
        if not yes:
            again = f" {target}" if target else ""
            click.echo(
                f"Nothing was moved. `journal cadence refill{again} --yes` moves "
                f"{'it' if len(found) == 1 else 'them'}.",
                err=True,
            )


def _echo_moves(moves: Sequence[Shift], what: str) -> None:
    if not moves:
        click.echo("Nothing had to move.")
        return
    echo_table(
        [(_at(one.before), _at(one.after), one.target, one.title) for one in moves],
        (f"{what} from", "to", "target", "post"),
    )


def _only_target(ctx: Context) -> str:
    names = sorted({one.target for one in ctx.existing.cadence.cadences()})
    if len(names) != 1:
        raise JournalError(
            "Say which target." if names else "No target has a cadence.",
            "--target " + " or --target ".join(names)
            if names
            else 'Make one: `journal cadence add weekly "Tuesdays 09:00" --target NAME`.',
        )
    return names[0]


# ---------------------------------------------------------------------- blackout


@click.group()
def blackout() -> None:
    """Days on which no cadence has a slot: holidays, a deadline."""


@blackout.command("add")
@click.argument("first")
@click.argument("last", required=False)
@click.option("--name", default="", help="Such as Holidays.")
@yes_option
@json_option
@click.pass_obj
def blackout_add(
    ctx: Context, first: str, last: str | None, name: str, yes: bool, as_json: bool
) -> None:
    """No slots from FIRST to LAST (2026-12-24; LAST included, default: the one day).

    What waits on these days moves only with --yes; without it the moves are shown.
    """
    one = ctx.journal.cadence.add_blackout(first, last, name)
    if not as_json:
        click.echo(f"{one.id}  {_days(one.first, one.last)}  {one.name}".rstrip())
    _offer(ctx, None, yes, {"blackout": asdict(one)} if as_json else None)


@blackout.command("list")
@json_option
@click.pass_obj
def blackout_list(ctx: Context, as_json: bool) -> None:
    """List the blackout days."""
    known = ctx.existing.cadence.blackouts()
    if as_json:
        ctx.echo_json([asdict(one) for one in known])
    elif known:
        echo_table(
            [(one.id, _days(one.first, one.last), one.name) for one in known],
            ("id", "days", "name"),
        )
    else:
        click.echo("No blackout. `journal blackout add 2026-12-24 2027-01-01` makes one.")


@blackout.command("remove")
@click.argument("days")
@yes_option
@click.pass_obj
def blackout_remove(ctx: Context, days: str, yes: bool) -> None:
    """Forget the blackout DAYS: an id, its first day, or its name."""
    gone = ctx.existing.cadence.remove_blackout(days)
    click.echo(f"Forgotten: {_days(gone.first, gone.last)} {gone.name}".rstrip())
    _offer(ctx, None, yes)


# ---------------------------------------------------------------------- enqueue


@click.command()
@click.argument("post")
@click.option("--target", required=True)
@click.option("--position", type=click.IntRange(1), help="Place in the queue; default: at its end.")
@click.option("--slug", help="Name in the address; default: from the title.")
@click.option("--replace", is_flag=True, help="The present text, in the place of what waits there.")
@allow_option
@json_option
@click.pass_obj
def enqueue(
    ctx: Context,
    post: str,
    target: str,
    position: int | None,
    slug: str | None,
    replace: bool,
    allow: tuple[str, ...],
    as_json: bool,
) -> None:
    """Publish POST at the next free slot of a target. The text of now is what goes out."""
    service = ctx.journal.cadence
    p = service.enqueue(post, target, position, slug=slug, replace=replace, allow=allow)
    note = service.note(p)
    if as_json:
        ctx.echo_json({**as_json_publication(p), "slot": p.slot, "note": note})
        return
    click.echo(f"{p.id}  {shown_due(p)}  {p.target}  {p.natural_key}  (revision {p.rev})")
    if note:
        click.echo(note)
    tell_warnings(ctx, p)


# ---------------------------------------------------------------------- words


def _at(due: Due) -> str:
    return f"{due.wall[:16]} {due.tz}"


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _as_json_due(due: Due) -> dict[str, str]:
    return {"due": rfc3339(due.at, due.tz), "wall": due.wall, "tz": due.tz}


def _as_json_cadence(one: Cadence) -> dict[str, Any]:
    return {**asdict(one), "words": words(one)}


def _as_json_shift(one: Shift) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "target": one.target,
        "from": rfc3339(one.before.at, one.before.tz),
        "to": rfc3339(one.after.at, one.after.tz),
    }
