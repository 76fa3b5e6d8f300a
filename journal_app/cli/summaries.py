"""Summaries of entries, files and standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal_app.cli.common import Context, json_option
from journal_app.cli.progress import Meter
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.domain.summarize import Summary
    from journal_app.services.assist import AssistService


@click.command()
@click.argument("source", default="")
@click.option(
    "--sentences",
    type=int,
    help="How many at most, 1 to 50 (default: the setting, 3; 7 of several entries).",
)
@click.option("--since", "day", help="All entries since a day instead: 2026-11-20, monday, 7d.")
@click.option("--week", is_flag=True, help="All entries since Monday.")
@click.option("--verbatim", is_flag=True, help="Only sentences of the text, worded by nobody.")
@json_option
@click.pass_obj
def summarize(
    ctx: Context,
    source: str,
    sentences: int | None,
    day: str | None,
    week: bool,
    verbatim: bool,
    as_json: bool,
) -> None:
    """Summarize SOURCE on this device: an entry's id, a file, or - for standard input.

    Every sentence says where it stands in the text. Where the writing model passed its gate on
    this device, sentences are in its words and checked; else they are those of the text. Nothing
    leaves this machine.
    """
    if bool(source) + (day is not None) + week != 1:
        raise click.UsageError("Name a SOURCE, or --since DAY, or --week.")
    from journal_app.services.assist import PERIOD_SENTENCES

    assist = ctx.journal.assist
    count = sentences if sentences is not None else int(ctx.journal.settings.get("sentences"))
    with Meter("sentences" if source else "entries", 1) as meter:
        if source:
            made = _summarize(assist, source, count, meter, not verbatim)
        else:
            made = assist.summarize_since(
                "monday" if day is None else day,
                sentences=sentences if sentences is not None else PERIOD_SENTENCES,
                rewrite=not verbatim,
                progress=meter,
            )
    _tell_device(ctx)
    if as_json:
        ctx.echo_json(made.as_json())
        return
    for one in made.sentences:
        where = ", ".join(f"{span.start}–{span.end}" for span in one.sources)
        mark = {"extracted": "", "rewritten": ", reworded", "fallback": ", as written"}[one.origin]
        who = f"{one.title}, " if one.title else ""
        click.echo(f"• {one.text}" + click.style(f"  [{who}{where}{mark}]", dim=True))
    click.secho(f"{made.model} · {made.device} · {made.seconds:.2f} s", dim=True)
    if not verbatim and all(one.origin == "extracted" for one in made.sentences):
        _tell_gate(ctx)


def _tell_gate(ctx: Context) -> None:
    """Say why the writing model did not word the sentences, where one is installed and asked."""
    settings, gate = ctx.journal.settings, ctx.journal.gate
    pack = settings.get("model.writer")
    if settings.get("summaries.rewrite") == "off" or pack not in gate.writers():
        return
    allowed, why = gate.standing(pack)
    if not allowed:
        click.secho(f"Not worded by {pack}, its gate is closed. {why}", dim=True, err=True)


def _tell_device(ctx: Context) -> None:
    """Say on standard error when the device that the settings name is not the one in use."""
    choice = ctx.journal.settings.get("device")
    if choice == "auto":
        return
    used = ctx.journal.model_host.device()
    if used.notes:
        click.echo(f"Note: {'; '.join(used.notes)}.", err=True)


def _summarize(
    assist: AssistService,
    source: str,
    count: int,
    meter: Callable[[int, int], None],
    rewrite: bool,
) -> Summary:
    if source == "-":
        text = _decoded(sys.stdin.buffer.read(), "Standard input")
        return assist.summarize_text(text, sentences=count, rewrite=rewrite, progress=meter)
    entry = assist.find_entry(source)
    if entry is not None:
        return assist.summarize_entry(entry, sentences=count, rewrite=rewrite, progress=meter)
    path = Path(source)
    if not path.exists():
        raise NotFound(
            f"{source} is neither an entry nor a file.", "`journal list` shows the entries."
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JournalError(
            f"{path} cannot be read: {error.strerror or error}.", "Name a text file."
        ) from error
    text = _decoded(data, str(path))
    return assist.summarize_text(text, sentences=count, rewrite=rewrite, progress=meter)


def _decoded(data: bytes, name: str) -> str:
    """The text of a file as it is: line ends and a byte order mark stay, so that offsets fit."""
    if b"\0" in data:
        raise JournalError(f"{name} is not text: it holds binary data.", "Name a text file.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JournalError(
            f"{name} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 and try again."
        ) from error
