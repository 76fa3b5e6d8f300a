"""Commands about posts: draft, target, schedule, unschedule, queue, publish."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from journal_app.cli.common import Context, echo_table, iso, json_option
from journal_app.cli.entries import as_json_entry
from journal_app.domain.due import Fold, Gap, local, offset, rfc3339, span
from journal_app.domain.publishing import Outcome, Publication, QueueItem, Target
from journal_app.errors import JournalError

LATE_SHOWN = 60_000  # ms: four heartbeats; less is not lateness that anyone notices


def as_json_publication(p: Publication) -> dict[str, Any]:
    """A publication for JSON."""
    return {
        "id": p.id,
        "post": p.post_id,
        "rev": p.rev,
        "target": p.target,
        "state": p.state,
        "due": rfc3339(p.due.at, p.due.tz),
        "due_utc": iso(p.due.at),
        "wall": p.due.wall,
        "tz": p.due.tz,
        "key": p.natural_key,
        "slug": p.plan.slug,
        "attempt": p.attempt,
        "receipt": None if p.receipt is None else {**asdict(p.receipt), "at": iso(p.receipt.at)},
        "error": p.last_error,
    }


def _shown_due(p: Publication) -> str:
    moment = local(p.due.at, p.due.tz)
    seconds = ":%S" if moment.second else ""
    return f"{moment:%Y-%m-%d %H:%M}{moment.strftime(seconds)} {p.due.tz} ({offset(moment)})"


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


# ---------------------------------------------------------------------- targets


@click.group()
def target() -> None:
    """Where posts go."""


@target.command("add")
@click.argument("name")
@click.option("--kind", default="folder", show_default=True)
@click.option("--path", type=click.Path(path_type=Path), help="The site's folder.")
@click.option("--flavor", type=click.Choice(["hugo", "jekyll"]), default="hugo", show_default=True)
@click.option("--content", help="Folder of posts inside it (content/posts, _posts).")
@click.option("--url", help="Where the site is read, for links in receipts.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Of other kinds.")
@json_option
@click.pass_obj
def target_add(
    ctx: Context,
    name: str,
    kind: str,
    path: Path | None,
    flavor: str,
    content: str | None,
    url: str | None,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add the target NAME after a look whether posts can go there."""
    config: dict[str, Any] = {}
    if kind == "folder":
        config = {"flavor": flavor, "content": content, "url": url}
        config["path"] = str(path.expanduser().absolute()) if path else None
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise JournalError(f"--set {setting} has no value.", "Write --set KEY=VALUE.")
        config[key] = value
    found = ctx.journal.targets.add(name, kind, config)
    if as_json:
        ctx.echo_json(_as_json_target(found))
    else:
        click.echo(f"Posts can go to {name}: {_where(found)}")


@target.command("list")
@json_option
@click.pass_obj
def target_list(ctx: Context, as_json: bool) -> None:
    """List the targets."""
    found = ctx.journal.targets.listing()
    if as_json:
        ctx.echo_json([_as_json_target(one) for one in found])
    elif not found:
        click.echo("No target yet. `journal target add blog --path DIR --flavor hugo` adds one.")
    else:
        echo_table([(t.name, t.kind, _where(t)) for t in found], ("name", "kind", "where"))


@target.command("test")
@click.argument("name")
@click.pass_obj
def target_test(ctx: Context, name: str) -> None:
    """Look whether posts can go to NAME now. Nothing is sent."""
    facts = ctx.journal.targets.test(name)
    click.echo(f"Posts can go to {name}.")
    for fact in facts:
        click.echo(f"  {fact}")


@target.command("remove")
@click.argument("name")
@click.pass_obj
def target_remove(ctx: Context, name: str) -> None:
    """Remove the target NAME. What is published there stays."""
    ctx.journal.targets.remove(name)
    click.echo(f"Removed {name}.")


def _as_json_target(found: Target) -> dict[str, Any]:
    return {"name": found.name, "kind": found.kind, "config": dict(found.config)}


def _where(found: Target) -> str:
    return " ".join(str(found.config.get(key) or "") for key in ("flavor", "path", "url")).strip()


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
    as_json: bool,
) -> None:
    """Publish POST at a time to come. The text of now is what goes out."""
    p = ctx.journal.publishing.schedule(
        post, target, at, tz=tz, fold=fold, gap=gap, slug=slug, replace=replace
    )
    if as_json:
        ctx.echo_json(as_json_publication(p))
        return
    click.echo(f"{p.id}  {_shown_due(p)}  {p.target}  {p.natural_key}  (revision {p.rev})")


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
        click.echo(f"Taken off: {p.id} ({p.target}, {_shown_due(p)}).")


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
                _shown_due(item.publication),
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
    remarks = []
    if item.late_ms >= LATE_SHOWN:
        remarks.append(f"{span(item.late_ms)} late")
    if item.edited:
        remarks.append("edited since approved")
    error = (item.publication.last_error or "").partition("\n")[0]
    if item.publication.state == "unknown":
        remarks.append("needs attention: " + (error or "perhaps out"))
    elif error and item.publication.state != "missed":
        remarks.append(error)
    if item.publication.state == "missed":
        remarks.append(f"`journal publish {item.publication.post_id}` sends it")
    return "; ".join(remarks)


# ---------------------------------------------------------------------- publish


@click.command()
@click.argument("post", required=False)
@click.option("--due", is_flag=True, help="Everything that is due.")
@click.option("--target", help="Default: the only one.")
@click.option("--slug", help="Name in the address; default: from the title.")
@json_option
@click.pass_obj
def publish(
    ctx: Context, post: str | None, due: bool, target: str | None, slug: str | None, as_json: bool
) -> None:
    """Publish POST now, or everything that is due (--due; also for cron).

    Prints where each post stands. Ends with 1 if one could not go out.
    """
    if due == (post is not None):
        raise click.UsageError("Name a POST, or say --due.")
    if post is None and (target or slug):
        raise click.UsageError("--target and --slug belong to a POST.")
    service = ctx.journal.publishing
    outcomes = service.run_due() if post is None else [service.publish_now(post, target, slug)]
    if as_json:
        ctx.echo_json([{**as_json_publication(o.publication), "title": o.title} for o in outcomes])
    else:
        for outcome in outcomes:
            _tell(outcome)
        if not outcomes:
            click.echo("Nothing is due.")
    if not all(outcome.ok for outcome in outcomes):
        sys.stdout.flush()
        click.get_current_context().exit(1)


def _tell(outcome: Outcome) -> None:
    p = outcome.publication
    if outcome.ok and p.receipt is not None:
        late = f"  ({span(p.receipt.late_ms)} late)" if p.receipt.late_ms >= LATE_SHOWN else ""
        url = f"  {p.receipt.url}" if p.receipt.url else ""
        click.echo(f"published  {outcome.title}  {p.receipt.path}{url}{late}")
        return
    click.secho(f"{p.state}  {outcome.title}  {p.target}: {outcome.message}", fg="red", err=True)
    hint = outcome.hint
    if p.state in ("missed", "failed"):
        hint = f"{hint}\n" if hint else ""
        hint += f"Send it: `journal publish {p.post_id} --target {p.target}`."
    if hint:
        click.echo(hint, err=True)
