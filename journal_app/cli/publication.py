"""What commands about publications share: JSON, due times in words, `--allow`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from journal_app.cli.common import Context, iso
from journal_app.domain.due import local, offset, rfc3339
from journal_app.domain.publishing import Publication

SHOWN = 5  # warnings of an approval; `journal preflight` has them all
LATE_SHOWN = 60_000  # ms: four heartbeats; less is not lateness that anyone notices

allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="ID",
    help="A finding of `journal preflight` that you take upon yourself.",
)


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
        "act": p.act,
        "attempt": p.attempt,
        "next_look_utc": iso(p.wake_at),
        "late_limit_ms": p.late_limit,
        "receipt": None if p.receipt is None else {**asdict(p.receipt), "at": iso(p.receipt.at)},
        "error": p.last_error,
    }


def shown_due(p: Publication) -> str:
    """The due time as people read it: wall time, zone, offset."""
    moment = local(p.due.at, p.due.tz)
    seconds = ":%S" if moment.second else ""
    return f"{moment:%Y-%m-%d %H:%M}{moment.strftime(seconds)} {p.due.tz} ({offset(moment)})"


def tell_warnings(ctx: Context, p: Publication) -> None:
    """What the preflight of an approval had to say that did not stand in its way."""
    kept = next((r for r in ctx.journal.preflight.reports(p.id) if r.stage == "approval"), None)
    found = [one for one in kept.report.findings if one.level == "warning"] if kept else []
    for one in found[:SHOWN]:
        click.echo(f"warning: {one.what}" + (f" ({one.where})" if one.where else ""), err=True)
    if len(found) > SHOWN:
        click.echo(f"{len(found) - SHOWN} more: `journal preflight {p.post_id}`", err=True)
