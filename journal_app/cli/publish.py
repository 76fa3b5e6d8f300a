"""Commands that send and take back: publish, unpublish, settle, log."""

from __future__ import annotations

import sys
import time

import click

from journal_app.cli.common import Context, echo_table, iso, json_option, when
from journal_app.cli.publication import (
    LATE_SHOWN,
    allow_option,
    as_json_publication,
    shown_due,
    tell_warnings,
)
from journal_app.domain.due import span
from journal_app.domain.publishing import Outcome

LOOKED = 0.25  # s between two looks at the queue, while pages are looked at


@click.command()
@click.argument("post", required=False)
@click.option("--due", is_flag=True, help="Everything that is due.")
@click.option("--ahead", type=float, default=0, hidden=True, help="Wait S seconds for the next.")
@click.option("--target", help="Default: the only one.")
@click.option("--slug", help="Name in the address; default: from the title.")
@allow_option
@json_option
@click.pass_obj
def publish(
    ctx: Context,
    post: str | None,
    due: bool,
    ahead: float,
    target: str | None,
    slug: str | None,
    allow: tuple[str, ...],
    as_json: bool,
) -> None:
    """Publish POST now, or everything that is due (--due; also for cron).

    Prints where each post stands. Ends with 1 if one could not go out.
    """
    if due == (post is not None):
        raise click.UsageError("Name a POST, or say --due.")
    if post is None and (target or slug):
        raise click.UsageError("--target and --slug belong to a POST.")
    outcomes = (
        _everything_due(ctx, ahead) if post is None else [_now(ctx, post, target, slug, allow)]
    )
    if ahead:  # the agent: nobody reads what is printed
        _notify(outcomes)
    if as_json:
        ctx.echo_json([{**as_json_publication(o.publication), "title": o.title} for o in outcomes])
    else:
        for outcome in outcomes:
            _tell(outcome)
            if post is not None:
                tell_warnings(ctx, outcome.publication)
        if not outcomes:
            click.echo("Nothing is due.")
    if not all(outcome.ok for outcome in outcomes):
        sys.stdout.flush()
        click.get_current_context().exit(1)


def _now(
    ctx: Context, post: str, target: str | None, slug: str | None, allow: tuple[str, ...]
) -> Outcome:
    from journal_app.cli.progress import Meter
    from journal_app.services.sending import Watch

    with Meter("sent", 1) as meter:
        watch = Watch(progress=meter)
        return ctx.journal.publishing.publish_now(post, target, slug, allow=allow, watch=watch)


def _everything_due(ctx: Context, ahead: float) -> list[Outcome]:
    """What is due now, and what comes up within `ahead` seconds: its time is waited for."""
    journal = ctx.journal
    journal.publishing.wake_forgotten()
    until = time.monotonic() + ahead
    outcomes = journal.tend()
    while (at := journal.publishing.next_wake()) is not None:
        wait = (at - journal.store.now()) / 1000
        if wait <= 0 or time.monotonic() + wait > until:
            break
        time.sleep(wait)
        outcomes += journal.tend()
    while not journal.looked(LOOKED):  # what comes up meanwhile does not wait for a slow page
        at = journal.publishing.next_wake()
        if at is not None and at <= journal.store.now():
            outcomes += journal.tend()
    return outcomes


def _notify(outcomes: list[Outcome]) -> None:
    """Say on the desktop what needs somebody, and what went out late."""
    for outcome in outcomes:
        p = outcome.publication
        if p.needs_somebody:
            from journal_app.runtime.notify import tell

            tell(f"Not out: {outcome.title}", f"{p.target}: {outcome.message}")
        elif p.state == "published" and p.receipt is not None and p.receipt.late_ms >= LATE_SHOWN:
            from journal_app.runtime.notify import tell

            tell(f"Out, {span(p.receipt.late_ms)} late: {outcome.title}", p.receipt.url)


def _tell(outcome: Outcome) -> None:
    p = outcome.publication
    if p.state == "removed":
        click.echo(f"taken back  {outcome.title}  {p.target}")
        return
    if p.state == "pushed":
        click.echo(f"pushed  {outcome.title}  {p.target} holds it until {shown_due(p)}")
        return
    if outcome.ok and p.receipt is not None:
        late = f"  ({span(p.receipt.late_ms)} late)" if p.receipt.late_ms >= LATE_SHOWN else ""
        url = f"  {p.receipt.url}" if p.receipt.url else ""
        click.echo(f"published  {outcome.title}  {p.receipt.path}{url}{late}")
        return
    click.secho(f"{p.state}  {outcome.title}  {p.target}: {outcome.message}", fg="red", err=True)
    hint = outcome.hint
    if p.state == "scheduled" and p.wake_at is not None:
        hint = f"{hint}\n" if hint else ""
        hint += f"The next try is at {when(p.wake_at)}: it waits in the queue."
    if p.state in ("missed", "failed") and "journal settle" not in hint:
        hint = f"{hint}\n" if hint else ""
        again = "unpublish" if p.act == "unpublish" else "publish"
        what = "Take it back again" if p.act == "unpublish" else "Send it"
        hint += f"{what}: `journal {again} {p.post_id} --target {p.target}`."
    if hint:
        click.echo(hint, err=True)


@click.command()
@click.argument("post")
@click.option("--target", help="Where POST is out at several.")
@json_option
@click.pass_obj
def unpublish(ctx: Context, post: str, target: str | None, as_json: bool) -> None:
    """Take POST, which is out, back from its readers. Its history stays in the journal."""
    outcome = ctx.journal.publishing.unpublish(post, target)
    if as_json:
        ctx.echo_json({**as_json_publication(outcome.publication), "title": outcome.title})
    else:
        _tell(outcome)
    if not outcome.ok:
        click.get_current_context().exit(1)


@click.command()
@click.argument("publication")
@click.option("--out/--not-out", "out", required=True, default=None, help="What you saw there.")
@click.option("--url", default="", help="Where it is.")
@click.pass_obj
def settle(ctx: Context, publication: str, out: bool, url: str) -> None:
    """Say whether PUBLICATION went out, where its target cannot tell, or you posted it by hand."""
    p = ctx.journal.publishing.settle(publication, out=out, url=url)
    click.echo(
        f"{p.id} is {p.state}." if out else f"{p.id} is not out: `journal publish` sends it."
    )


@click.command("log")
@click.argument("publication")
@json_option
@click.pass_obj
def log(ctx: Context, publication: str, as_json: bool) -> None:
    """Everything that happened to PUBLICATION (its id, or the post), oldest first."""
    service = ctx.journal.publishing
    lines = [
        (p, line) for p in reversed(service.history(publication)) for line in service.log(p.id)
    ]
    if as_json:
        ctx.echo_json(
            [
                {
                    "publication": p.id,
                    "target": p.target,
                    "at": iso(line.at),
                    "state": line.state,
                    "detail": line.detail,
                }
                for p, line in lines
            ]
        )
    else:
        rows = [
            (when(line.at), p.target, line.state, line.detail.replace("\n", " "))
            for p, line in lines
        ]
        echo_table(rows, ("when", "target", "state", "what"))
