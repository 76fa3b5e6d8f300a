"""Commands: preflight, gate, receipts."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from journal_app.cli.common import Context, echo_table, iso, json_option, when
from journal_app.domain.gates import Gate, Verdict
from journal_app.domain.preflight import Finding
from journal_app.domain.seen import Check
from journal_app.errors import JournalError

_COLOURS = {"error": "red", "warning": "yellow", "ok": "green"}


@click.command()
@click.argument("post")
@click.option("--target", help="Where it is to go: its slug there is looked at too.")
@click.option("--offline", is_flag=True, help="Do not ask the links whether they answer.")
@json_option
@click.pass_obj
def preflight(ctx: Context, post: str, target: str | None, offline: bool, as_json: bool) -> None:
    """Check POST as it is checked before it is approved.

    Links, pictures, front matter, private things, secrets, personal data, numbers against the
    linked runs and evals, gates. Exit status 1 where something stands in the way. An error that is
    meant can be taken upon yourself by its id: `journal schedule … --allow ID`.
    """
    found = ctx.existing.preflight.check(post, target, network=not offline)
    if as_json:
        ctx.echo_json([asdict(one) for one in found.findings])
    else:
        for one in found.findings:
            _show(one)
        errors, warnings = (
            sum(one.level == level for one in found.findings) for level in ("error", "warning")
        )
        click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    if not found.ok():
        sys.exit(1)


def _show(one: Finding) -> None:
    where = f" ({one.where})" if one.where else ""
    mark = f"  [{one.id}]" if one.level == "error" else ""
    click.secho(f"{one.level:7}", fg=_COLOURS.get(one.level), nl=False)
    click.echo(f"  {one.what}{where}{mark}")
    if one.hint and one.level in ("error", "warning"):
        click.echo(f"         {one.hint}")


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


# ---------------------------------------------------------------------- gates


@click.group()
def gate() -> None:
    """Thresholds on eval results that keep a post back until they hold."""


@gate.command("add")
@click.argument("post")
@click.argument("rule")
@click.option("--name", required=True, help="What the gate is called.")
@click.option("--eval", "task", required=True, help="The task: gsm8k.")
@click.option("--metric", required=True, help="The metric: exact_match.")
@click.option("--filter", default="", help="The filter, where there are several: strict-match.")
@json_option
@click.pass_obj
def gate_add(
    ctx: Context,
    post: str,
    rule: str,
    name: str,
    task: str,
    metric: str,
    filter: str,
    as_json: bool,
) -> None:
    """Let POST out only while RULE (such as ">=0.45") holds for a linked eval result."""
    made = ctx.existing.preflight.add_gate(post, name, task, metric, rule, filter=filter)
    ctx.echo_json(_as_json_gate(made)) if as_json else click.echo(f"{made.name}: {made.rule}")


@gate.command("list")
@click.argument("post")
@json_option
@click.pass_obj
def gate_list(ctx: Context, post: str, as_json: bool) -> None:
    """List the gates of POST."""
    found = ctx.existing.preflight.gates(post)
    if as_json:
        ctx.echo_json([_as_json_gate(one) for one in found])
    elif not found:
        click.echo("This post has no gate.")
    else:
        echo_table([(one.name, one.rule) for one in found], ("name", "rule"))


@gate.command("remove")
@click.argument("post")
@click.argument("name")
@click.pass_obj
def gate_remove(ctx: Context, post: str, name: str) -> None:
    """Take the gate NAME off POST."""
    ctx.existing.preflight.remove_gate(post, name)
    click.echo(f"{name} is removed.")


@gate.command("check")
@click.argument("post")
@json_option
@click.pass_obj
def gate_check(ctx: Context, post: str, as_json: bool) -> None:
    """Judge the gates of POST now. Exit status 1 where one is shut."""
    found = ctx.existing.preflight.verdicts(post)
    if as_json:
        ctx.echo_json([_as_json_verdict(one) for one in found])
    elif not found:
        click.echo("This post has no gate.")
    else:
        echo_table(
            [(v.gate.name, "open" if v.passed else "shut", v.gate.rule, v.reason) for v in found],
            ("name", "gate", "rule", "why"),
        )
    if not all(one.passed for one in found):
        sys.exit(1)


def _as_json_gate(one: Gate) -> dict[str, Any]:
    return {
        "name": one.name,
        "post": one.post_id,
        "task": one.task,
        "metric": one.metric,
        "filter": one.filter,
        "op": one.op,
        "threshold": one.threshold,
    }


def _as_json_verdict(one: Verdict) -> dict[str, Any]:
    return {
        **_as_json_gate(one.gate),
        "passed": one.passed,
        "score": one.score,
        "reason": one.reason,
        "eval": one.eval_id,
    }


# ---------------------------------------------------------------------- receipts


@click.group()
def receipts() -> None:
    """What is out, whether it is still there, and everything that happened."""


@receipts.command("list")
@click.argument("post", required=False)
@json_option
@click.pass_obj
def receipts_list(ctx: Context, post: str | None, as_json: bool) -> None:
    """List what is out, and what the last look at each page found."""
    found = ctx.existing.receipts.listing(post)
    if as_json:
        ctx.echo_json(
            [
                {
                    "publication": p.id,
                    "post": p.post_id,
                    "title": title,
                    "target": p.target,
                    "rev": p.rev,
                    "url": p.receipt.url if p.receipt else "",
                    "at": iso(p.receipt.at) if p.receipt else None,
                    "check": _as_json_check(check),
                }
                for p, title, check in found
            ]
        )
    elif not found:
        click.echo("Nothing is out yet.")
    else:
        echo_table(
            [
                (
                    p.id,
                    p.target,
                    check.verdict if check else "-",
                    when(check.at) if check else "",
                    title,
                    (p.receipt.url or p.receipt.path) if p.receipt else "",
                )
                for p, title, check in found
            ],
            ("publication", "target", "page", "looked at", "title", "where"),
        )


@receipts.command("check")
@click.argument("publication", required=False)
@click.option("--due", is_flag=True, help="Look at all pages whose time has come.")
@json_option
@click.pass_obj
def receipts_check(ctx: Context, publication: str | None, due: bool, as_json: bool) -> None:
    """Look at the public page of PUBLICATION (its id, or the post) now.

    Exit status 1 where it changed or is gone.
    """
    service = ctx.existing.receipts
    if due == (publication is not None):
        raise JournalError("Say what to look at.", "A PUBLICATION of `receipts list`, or --due.")
    if publication is None:
        found = service.look_due(limit=100)
    else:
        history = ctx.existing.publishing.history(publication)
        out = [p for p in history if p.state == "published"] or history
        found = [service.look(out[0].id)]
    if as_json:
        ctx.echo_json([_as_json_check(one) for one in found])
    else:
        for one in found:
            click.echo(f"{one.publication_id}  {one.verdict}: {one.message}")
        if not found:
            click.echo("No page is due.")
    if any(one.verdict in ("changed", "gone") for one in found):
        sys.exit(1)


@receipts.command("log")
@click.argument("publication", required=False)
@json_option
@click.pass_obj
def receipts_log(ctx: Context, publication: str | None, as_json: bool) -> None:
    """Everything that happened, or what happened to one PUBLICATION."""
    found = ctx.existing.receipts.events(publication)
    if as_json:
        ctx.echo_json([{**asdict(one), "at": iso(one.at)} for one in found])
    elif not found:
        click.echo("Nothing happened yet.")
    else:
        echo_table(
            [(when(e.at), e.kind, e.what, e.target, e.title[:40], e.detail) for e in found],
            ("at", "kind", "what", "target", "title", "detail"),
        )


@receipts.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["json", "csv", "md"]), help="Default: by name."
)
@click.pass_obj
def receipts_export(ctx: Context, file: Path, form: str | None) -> None:
    """Write the log to FILE (- for the screen): JSON lines, CSV or Markdown.

    It holds no text of a post and no secret.
    """
    wanted = form or {".csv": "csv", ".md": "md"}.get(file.suffix.lower(), "json")
    service = ctx.existing.receipts
    if str(file) == "-":
        service.export(sys.stdout, wanted)
        return
    count = service.export(file, wanted)
    click.echo(f"{file}: {_count(count, 'event')}.")


def _as_json_check(one: Check | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "publication": one.publication_id,
        "at": iso(one.at),
        "verdict": one.verdict,
        "status": one.status,
        "sha256": one.sha256,
        "message": one.message,
        "seen": len(one.seen),
        "of": one.total,
        "next": iso(one.next_at),
    }
