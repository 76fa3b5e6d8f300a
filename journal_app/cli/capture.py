"""`journal capture`: the quickest way to a note, from a key of the desktop or from a terminal."""

from __future__ import annotations

import os
import sys

import click

from journal_app.cli.common import Context, json_option, read_stdin
from journal_app.domain.entry import KINDS
from journal_app.errors import JournalError

# What prints the clipboard's text, where there is no other way without a window.
CLIPBOARDS = (
    ("wl-paste", "--no-newline"),
    ("xclip", "-selection", "clipboard", "-out"),
    ("xsel", "--clipboard", "--output"),
    ("pbpaste",),
    ("powershell", "-NoProfile", "-Command", "Get-Clipboard -Raw"),
)


@click.command()
@click.argument("text", nargs=-1)
@click.option("--window", "in_window", is_flag=True, help="Open the capture window.")
@click.option("--clipboard", is_flag=True, help="Keep the text that is on the clipboard.")
@click.option("--kind", type=click.Choice(KINDS), default="note", show_default=True)
@click.option("--tag", "tags", multiple=True, help="May be repeated.")
@click.option("--run", "runs", multiple=True, help="Id or name of a run; may be repeated.")
@json_option
@click.pass_obj
def capture(
    ctx: Context,
    text: tuple[str, ...],
    in_window: bool,
    clipboard: bool,
    kind: str,
    tags: tuple[str, ...],
    runs: tuple[str, ...],
    as_json: bool,
) -> None:
    """Keep TEXT, what is piped in, or what you type until Ctrl+D.

    Bind `journal capture --window` to a key of your desktop: it opens the capture window over
    whatever you are doing, in the running window's process where there is one.
    """
    if in_window:
        if text or clipboard:
            raise click.UsageError("--window asks for the text itself.")
        sys.exit(open_window(ctx))
    words = " ".join(text)
    if clipboard:
        words = f"{words}\n\n{_clipboard()}".strip()
    elif not text or text == ("-",):
        if sys.stdin.isatty():
            click.echo("What did you just learn? Ctrl+D keeps it, Ctrl+C drops it.", err=True)
        words = read_stdin()
    entry = ctx.journal.entries.add(words, kind=kind, tags=tags, runs=runs)
    if as_json:
        ctx.echo_json({"id": entry.id, "title": entry.title})
    else:
        click.echo(entry.id)


def open_window(ctx: Context) -> int:
    """Ask the running window for its capture window; without one, open it in this process."""
    from journal_app import paths
    from journal_app.runtime import single_instance as one

    folder = ctx.folder or paths.default_journal()
    message = one.Message("capture", token=one.leave())
    if folder.is_dir():
        for role in ("window", "capture"):
            if one.ask(one.name_of(folder, role), message):
                return 0
    from journal_app.cli.window import has_display

    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise JournalError(
            "There is no display to open a window on.", 'Keep it here: `journal add "…"`.'
        )
    from journal_app.gui.capture.program import run

    return run(ctx.folder)


def _clipboard() -> str:
    import subprocess  # 5 ms that a key press need not pay

    for command in CLIPBOARDS:
        try:
            done = subprocess.run(command, capture_output=True, check=True, timeout=10)
        except (OSError, subprocess.SubprocessError):
            continue
        return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").strip()
    raise JournalError(
        "The clipboard cannot be read from here.",
        "Install wl-clipboard, xclip or xsel, or use `journal capture --window`.",
    )
