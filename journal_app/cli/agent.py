"""`journal agent`: what publishes while the window is closed."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import click

from journal_app.cli.common import Context, iso, json_option, when
from journal_app.errors import JournalError


@click.group()
def agent() -> None:
    """Publish in the background, with the window closed.

    One agent or window publishes at a time; the others watch.
    """


@agent.command("install")
@click.pass_obj
def agent_install(ctx: Context) -> None:
    """Start the agent now and at each login, by the system's own means."""
    from journal_app.runtime.agent.service import manager

    found = manager(ctx.journal.folder).install()
    for file in found.files:
        click.echo(str(file))
    click.echo(f"The agent is set up: {found.words}. `journal agent status` shows what it does.")
    if sys.platform == "linux":
        click.echo("It runs while you are logged in; `loginctl enable-linger` keeps it running.")
    needed = ctx.journal.targets.variables()
    if needed:
        where = (
            "write NAME=value into ~/.config/environment.d/field-journal.conf and log in anew"
            if sys.platform == "linux"
            else "set them for the whole login"
        )
        click.echo(
            f"The agent does not know the variables of this shell: {', '.join(needed)}. Either "
            f"{where}, or put the keys into the keyring: `journal target secret NAME`.",
            err=True,
        )


@agent.command("uninstall")
@click.pass_obj
def agent_uninstall(ctx: Context) -> None:
    """Stop the agent, and take away what `install` set up. What is scheduled stays scheduled."""
    from journal_app.runtime.agent.service import manager

    manager(ctx.journal.folder).uninstall()
    click.echo("The agent is gone. Posts go out while a window is open.")


@agent.command("status")
@json_option
@click.pass_obj
def agent_status(ctx: Context, as_json: bool) -> None:
    """Who publishes, when there is something to do, and what the system knows."""
    from journal_app.runtime.agent.service import manager

    journal = ctx.existing
    holder = journal.publisher.status()
    at = journal.publishing.next_due()
    try:
        system = manager(journal.folder).status()
        installed, words = system.installed, system.words
    except JournalError as error:
        installed, words = False, error.message
    if as_json:
        ctx.echo_json(
            {
                "installed": installed,
                "system": words,
                "publishes": holder.role if holder else None,
                "process": holder.holder if holder else None,
                "since": iso(holder.since) if holder else None,
                "next_due": iso(at),
            }
        )
        return
    click.echo(f"system      {words}")
    who = f"the {holder.role}, since {when(holder.since)} ({holder.holder})" if holder else "nobody"
    click.echo(f"publishes   {who}")
    click.echo(f"next due    {when(at) or 'nothing'}")
    if holder is None:
        click.echo("Nothing goes out until a window is open, or: `journal agent install`.")


@agent.command("run")
@click.pass_obj
def agent_run(ctx: Context) -> None:
    """Be the agent, in the foreground, until it is interrupted."""
    from journal_app.journal import Journal
    from journal_app.runtime.agent.loop import AgentLoop, Look
    from journal_app.runtime.agent.waker import Door

    journal = ctx.journal
    if journal.store.read_only:
        raise JournalError("This journal cannot be written.", "Mend its permissions.")

    def look() -> Look:
        nonlocal journal
        if journal.store.replaced():  # a copy was restored: what is open lies aside
            journal.close()
            journal = Journal(journal.folder)
        if not journal.publisher.take("agent"):
            return Look(False, None)
        return Look(True, journal.publishing.next_wake(), journal.publishing.left_behind())

    def trouble(error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else journal.explain(error)
        click.echo(f"{plain or error!r} It is tried again.", err=True)

    loop = AgentLoop(look, lambda: _send(journal.folder), journal.store.now, trouble)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: loop.stop())
    door = None
    with contextlib.suppress(OSError):  # without it, a changed queue is seen a little later
        door = Door(journal.folder, loop.wake)
    click.echo(f"The agent of {journal.folder} runs; Ctrl+C ends it.", err=True)
    try:
        loop.run()
    finally:
        if door is not None:
            door.close()
        journal.publisher.release()


def _send(folder: Path) -> None:
    """Let a process of its own send what is due: the agent stays small, and outlives its faults."""
    subprocess.run(
        [
            *(sys.executable, "-X", "utf8", "-m", "journal_app", "--journal", str(folder)),
            *("publish", "--due", "--ahead", "4"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
