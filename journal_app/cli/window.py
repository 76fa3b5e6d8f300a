"""Commands that open or draw the window. Qt is loaded here and nowhere else in the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from journal_app.cli.common import Context
from journal_app.errors import JournalError


def has_display() -> bool:
    """Whether a window could be seen: a display server, or a platform that always has one."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.pass_obj
def window(ctx: Context) -> None:
    """Open the window. The first start of all fills your journal with a sample experiment."""
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise JournalError(
            "There is no display to open a window on.",
            "`journal --help` lists what works without one; `journal demo DIR` shows the loop.",
        )
    from journal_app.gui.app import run

    sys.exit(run(ctx.folder))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def shots(ctx: Context, folder: Path) -> None:
    """Render the window with this journal to PNG files in FOLDER, light and dark."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from journal_app import paths
    from journal_app.gui.shots import take

    for path in take(ctx.folder or paths.default_journal(), folder):
        click.echo(path)
