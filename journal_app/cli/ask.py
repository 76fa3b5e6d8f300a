"""Commands of the journal's own: ask it, do something with an entry, look at what was made."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from journal_app.cli.common import Context, echo_table, json_option, read_stdin, when
from journal_app.cli.history import echo_blocks
from journal_app.cli.progress import Meter
from journal_app.domain.commands import Request
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.commands import Answer
    from journal_app.store.generations import Generation

_pack = click.option(
    "--pack", default="", help="Let this pack word it, as a trial where its gate is closed."
)


@click.command()
@click.argument("question", nargs=-1, required=True)
@_pack
@json_option
@click.pass_obj
def ask(ctx: Context, question: tuple[str, ...], pack: str, as_json: bool) -> None:
    """Answer QUESTION out of the journal, with the entries that say so, or say that none does.

    Exit status 1 where the journal does not say.
    """
    with Meter("tokens", 1) as meter:
        made = ctx.journal.commands.run(
            "ask", Request(argument=" ".join(question)), pack=pack, progress=meter
        )
    _show(ctx, made, as_json)
    if not made.known:
        click.get_current_context().exit(1)


@click.command()
@click.argument("name", default="")
@click.argument("words", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="What there is, also your own commands.")
@click.option("--budget", is_flag=True, help="Only count: how much of its budget the text takes.")
@_pack
@json_option
@click.pass_obj
def do(
    ctx: Context,
    name: str,
    words: tuple[str, ...],
    listing: bool,
    budget: bool,
    pack: str,
    as_json: bool,
) -> None:
    """Run the command NAME: `journal do title ENTRY`, `journal do compare RUN RUN`.

    WORDS are an entry (its id, the beginning of it, or - for standard input) where the command
    takes a text, else runs, a day, or a question. Nothing is written into an entry.
    """
    service = ctx.journal.commands
    if listing or not name:
        _list(ctx, as_json)
        return
    command = service.get(name)
    request = _request(ctx, command.input, words)
    if budget:
        text = request.text or request.argument
        if request.entry_id:
            text = ctx.journal.entries.get(request.entry_id).body
        count = service.budget(name, text)
        if as_json:
            ctx.echo_json({**asdict(count), "cut": count.cut})
            return
        cut = ", the rest is cut" if count.cut else ""
        click.echo(f"about {count.tokens:,} of {count.limit:,} tokens{cut}")
        return
    with Meter("tokens", 1) as meter:
        made = service.run(name, request, pack=pack, progress=meter)
    _show(ctx, made, as_json)
    if not made.known:
        click.get_current_context().exit(1)


@click.command()
@click.argument("generation", default="")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--command", "task", default="", help="Only of one command.")
@click.option("--again", is_flag=True, help="Run GENERATION again and show what differs.")
@_pack
@json_option
@click.pass_obj
def transcript(
    ctx: Context,
    generation: str,
    limit: int,
    task: str,
    again: bool,
    pack: str,
    as_json: bool,
) -> None:
    """What models and commands gave, the newest first; or one GENERATION whole.

    With --again (and another --pack, to compare) it is made again and the difference is shown.
    """
    from journal_app.services.transcript import output_text

    service = ctx.journal.commands
    if not generation and (again or pack):
        raise click.UsageError("Name the GENERATION that is to be made again.")
    if pack and not again:
        raise click.UsageError("--pack words it --again; name both.")
    if not generation:
        rows = service.transcript(limit, task=task)
        if as_json:
            ctx.echo_json([_row(one) for one in rows])
            return
        echo_table(
            [
                (one.id, when(one.created_at), one.task, _worded_by(one),
                 f"{one.seconds:.2f} s", " ".join(output_text(one).split()))
                for one in rows
            ],
            ("generation", "when", "command", "worded by", "took", "output"),
        )  # fmt: skip
        return
    if again:
        made = service.again(generation, pack=pack)
        _show(ctx, made, as_json)
        if not as_json:
            _difference(ctx, generation, made.id)
        return
    row = service.kept(generation)
    if as_json:
        ctx.echo_json(_row(row))
        return
    for key, value in _row(row).items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        click.echo(click.style(f"{key}: ", bold=True) + shown)


def _row(one: Generation) -> dict[str, object]:
    values = asdict(one)
    parsed = ("output", "sources", "checks", "prompt", "inputs")
    return {key: json.loads(v) if key in parsed else v for key, v in values.items()}


def _worded_by(one: Generation) -> str:
    """The pack whose words were shown; one that failed a check was asked and not shown."""
    checks = json.loads(one.checks)
    ruled = isinstance(checks, dict) and checks.get("by") == "rules"
    return "rules" if ruled or not one.pack else one.pack


def _difference(ctx: Context, before: str, after: str) -> None:
    service = ctx.journal.commands
    blocks = service.difference(service.kept(before).id, after)
    if any(block.changed for block in blocks):
        echo_blocks(blocks)
    else:
        click.echo("It says the same as before.")


def _list(ctx: Context, as_json: bool) -> None:
    service = ctx.journal.commands
    found = service.commands()
    if as_json:
        ctx.echo_json(
            [
                {
                    "name": one.name,
                    "argument": one.argument,
                    "input": one.input,
                    "help": one.help,
                    "version": one.version,
                    "budget": one.budget,
                    "limit": one.limit,
                    "model": one.words,
                    "file": one.origin,
                }
                for one in found
            ]
        )
        return
    echo_table(
        [
            (
                f"/{one.name} {one.argument}".strip(),
                "model" if one.words else "rules",
                f"{one.budget} + {one.limit}",
                "yours" if one.origin else "",
                one.help,
            )
            for one in found
        ],
        ("command", "worded by", "tokens", "", "what it does"),
    )
    for problem in service.problems():
        click.echo(f"warning: {problem}", err=True)


def _request(ctx: Context, input: str, words: tuple[str, ...]) -> Request:
    if input != "text":
        entry, rest = "", list(words)
        if input == "runs" and len(words) == 1:
            entry = ctx.journal.assist.find_entry(words[0]) or ""
            rest = [] if entry else rest
        return Request(entry, argument=" ".join(rest))
    if list(words) == ["-"]:
        return Request(text=read_stdin())
    if not words:
        raise JournalError("This command needs a text.", "Name an entry, or - for standard input.")
    return Request(ctx.journal.entries.get(" ".join(words)).id)


def _show(ctx: Context, made: Answer, as_json: bool) -> None:
    if as_json:
        ctx.echo_json(made.as_json())
        return
    click.echo(made.text)
    for one in made.sentences:
        if one.title:
            where = ", ".join(f"{span.start}–{span.end}" for span in one.sources)
            click.secho(f"  from {one.title} [{where}]", dim=True)
    by = f"worded by {made.model}" if made.by == "model" else "no model worded this"
    trial = ", a trial: its gate is closed" if made.trial else ""
    click.secho(f"{by}{trial} · {made.device} · {made.seconds:.2f} s · {made.id}", dim=True)
    if made.why:
        click.secho(made.why, dim=True)
