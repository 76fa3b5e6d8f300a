"""`journal`: the command line; called bare, it opens the window."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line with the process's arguments."""
    from journal_app.cli.main import run

    sys.exit(run(sys.argv[1:]))


def window() -> None:
    """Open the window (the desktop entry point)."""
    from journal_app.cli.main import run

    sys.exit(run(["window", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
