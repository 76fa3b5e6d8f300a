"""Commands that open or draw the window. Qt is loaded here and nowhere else in the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from journal_app import paths
from journal_app.cli.common import Context
from journal_app.errors import JournalError
from journal_app.runtime import single_instance as one


def has_display() -> bool:
    """Whether a window could be seen: a display server, or a platform that always has one."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--entry", help="Show this entry: its id, first letters, or title.")
@click.option("--another", is_flag=True, help="Open a second window on the same journal.")
@click.pass_obj
def window(ctx: Context, entry: str | None, another: bool) -> None:
    """Open the window, or bring the one that is open to the front.

    The first start of all fills your journal with a sample experiment.
    """
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise JournalError(
            "There is no display to open a window on.",
            "`journal --help` lists what works without one; `journal demo DIR` shows the loop.",
        )
    id = ctx.existing.entries.get(entry).id if entry else ""
    ctx.close()
    claim = None
    if not another:
        folder = ctx.folder or paths.default_journal()
        name = _name(folder)
        claim = one.claim(name) if name else None
        if name and claim is None:
            if one.ask(name, one.Message("open" if id else "show", id, one.leave())):
                return
            claim = one.claim(name)  # unless it has just closed
            if claim is None:
                raise JournalError(
                    "Field Journal has this journal open but does not answer.",
                    "Close it, or open a second window: `journal window --another`.",
                )
    from journal_app.gui.app import run

    sys.exit(run(ctx.folder, claim, id))


def _name(folder: Path) -> str:
    """The name of a journal's window; "" where none can be claimed (the journal then says why)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return one.name_of(folder)
    except OSError:
        return ""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def shots(ctx: Context, folder: Path) -> None:
    """Render the windows with this journal to PNG files in FOLDER, light and dark."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from journal_app.gui.probes.shots import take

    for path in take(ctx.folder or paths.default_journal(), folder, panels=True):
        click.echo(path)


def write_pdf(
    ctx: Context, ids: Sequence[str], target: Path, paper: str, progress: Callable[[int, int], None]
) -> list[str]:
    """Draw entries as a PDF without a display; the attachments that were not there."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from journal_app.gui import app, pdf

    app.application()
    return pdf.write(ctx.existing, ids, target, paper=paper, progress=progress)
