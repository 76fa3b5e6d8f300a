"""What `make run` does after the set-up: the window, or without a display the tour as text.

Usage: python scripts/start.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import qt_libraries

from journal_app.cli.window import has_display

ROOT = Path(__file__).resolve().parent.parent
JOURNAL = Path(sys.executable).with_name("journal")


def main() -> int:
    """Open the window, or run `journal demo` and render the window to pictures."""
    ready = qt_libraries.main() == 0
    if has_display() and ready:
        return subprocess.run([str(JOURNAL), "window"], check=False).returncode
    if not has_display():
        print("There is no display here, so this is the same tour in the terminal.", flush=True)
    folder = ROOT / "demo"
    shots = ["--shots"] if ready else []
    return subprocess.run([str(JOURNAL), "demo", str(folder), *shots], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
