"""Streams of runs: `streams/<run>-<id>.log` beside the database, byte for byte what came.

A write returns when the operating system has the bytes: they survive kill -9 of this process; after
`sync` they survive a power cut.
"""

from __future__ import annotations

import os
from pathlib import Path

from journal_app.domain.publishing import slug

FOLDER = "streams"


class StreamLog:
    """The log of one stream. One thread writes; any thread may call `sync`. Raises OSError."""

    def __init__(self, journal: Path, run: str, id: str) -> None:
        folder = journal / FOLDER
        folder.mkdir(exist_ok=True)
        self.path = folder / f"{slug(run, 'run')[:80]}-{id}.log"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._file = os.open(self.path, flags, 0o600)
        self._unsynced = False

    def write(self, data: bytes) -> None:
        """Append all of `data`."""
        write_all(self._file, data)
        self._unsynced = True

    def sync(self) -> None:
        """Bring what was written to the disk itself."""
        if self._unsynced:
            self._unsynced = False
            os.fsync(self._file)

    def close(self) -> None:
        """Sync and close."""
        try:
            self.sync()
        finally:
            os.close(self._file)


def write_all(file: int, data: bytes) -> None:
    """`os.write` until nothing is left."""
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]
