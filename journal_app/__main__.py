"""`journal`: the command line; called bare, it opens the window."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line with the process's arguments."""
    if sys.argv[1:] == ["capture", "--window"] and _window_asked():
        return
    from journal_app.cli.main import run

    sys.exit(run(sys.argv[1:]))


def _window_asked() -> bool:
    """Whether a running window opens its capture window: a key was pressed, so this asks before
    the command line is loaded. Everything that may go wrong is left to the command to tell."""
    from journal_app import paths
    from journal_app.errors import JournalError
    from journal_app.runtime import single_instance as one

    folder = paths.default_journal()
    try:
        message = one.Message("capture", token=one.leave())
        return any(one.send(one.name_of(folder, role), message) for role in ("window", "capture"))
    except (JournalError, OSError):
        return False


def window() -> None:
    """Open the window (the desktop entry point)."""
    from journal_app.cli.main import run

    sys.exit(run(["window", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
