"""A command of the program as a process of its own, which outlives the one that starts it."""

from __future__ import annotations

import sys
from pathlib import Path


def start(folder: Path, *words: str) -> None:
    """Run `journal WORDS` on the journal in `folder` and do not wait for it. Raises OSError."""
    import subprocess  # 9 ms that a command which starts nothing need not pay

    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "journal_app", "--journal", str(folder), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # closing the terminal does not end it
        creationflags=flags,
    )
