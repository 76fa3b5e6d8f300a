"""How a system starts the agent at login: what all three ways share."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from journal_app import paths
from journal_app.errors import JournalError

# Runs a command; returns its exit status and what it said. Raises OSError if it is not there.
Run = Callable[[Sequence[str]], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Installed:
    """What the system knows of the agent: whether it is set up, whether it runs, in words."""

    installed: bool
    running: bool
    words: str
    files: tuple[Path, ...] = ()


class Manager(Protocol):
    """A system's way to start a program at login."""

    name: str

    def install(self) -> Installed:
        """Set it up and start it; again: with the command of now. Raises JournalError."""
        ...

    def status(self) -> Installed:
        """What the system knows of it."""
        ...

    def uninstall(self) -> Installed:
        """Stop it and take away what `install` wrote. A second call does nothing."""
        ...


def run(command: Sequence[str]) -> tuple[int, str]:
    """Run a command of the system for at most half a minute."""
    done = subprocess.run(
        list(command), capture_output=True, text=True, errors="replace", timeout=30, check=False
    )
    return done.returncode, f"{done.stdout}{done.stderr}".strip()


def asked(run: Run, *command: str) -> tuple[int, str]:
    """`run`, with a plain error where the command is missing or hangs."""
    try:
        return run(command)
    except FileNotFoundError as error:
        raise JournalError(
            f"{command[0]} is not on this computer: there is nothing that could start the agent.",
            "Start `journal agent run` at login yourself, or `journal publish --due` from cron.",
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JournalError(
            f"{command[0]} did not answer: {error}.", "Try `journal agent install` again."
        ) from error


def identity(folder: Path) -> str:
    """What tells the agents of two journals apart; the journal of the user needs nothing."""
    real = os.path.realpath(folder)
    if real == os.path.realpath(paths.default_journal()):
        return ""
    return "-" + hashlib.sha256(real.encode()).hexdigest()[:8]


def command(folder: Path) -> list[str]:
    """The command line of the agent of a journal."""
    program = sys.executable
    if sys.platform == "win32":  # without a console window
        quiet = Path(program).with_name("pythonw.exe")
        program = str(quiet) if quiet.exists() else program
    where = os.path.realpath(folder)
    return [program, "-X", "utf8", "-m", "journal_app", "--journal", where, "agent", "run"]


def manager(folder: Path) -> Manager:
    """The way of this system. Raises JournalError where it has none."""
    from journal_app.runtime.agent import launchd, systemd, task_scheduler

    words = command(folder)
    if sys.platform == "darwin":
        return launchd.LaunchAgent(words, identity(folder))
    if sys.platform == "win32":
        return task_scheduler.ScheduledTask(words, identity(folder))
    return systemd.UserUnit(words, identity(folder))
