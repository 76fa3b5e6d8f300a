"""The spool of `note()`: a line is on disk before the call returns, an entry soon after.

One folder for each journal, one JSONL file for each process that notes. Invariants:
* A note carries the id that its entry will have, so taking a line in twice makes one entry; any
  process may therefore take in the lines of any other, alive or dead.
* A line goes away only after its entry is committed; a file of a living process is emptied by that
  process alone.
"""

from __future__ import annotations

import json
import os
import threading
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app import paths
from journal_app.domain import capture
from journal_app.domain.entry import KINDS, Link
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.services.entries import EntryService

WEEK = 7 * 24 * 3600  # seconds: how long a file of another computer counts as in use


def folder(journal: Path) -> Path:
    """Where the notes for one journal wait; outside it, so that it may be unreachable."""
    place = paths.user_data() / "spool"
    # Twelve letters of the path make it readable, two checksums make it one of a kind.
    path = os.fsencode(journal.resolve())
    words = "".join(c for c in journal.name if c.isalnum())[:12]
    return place / f"{words}-{zlib.crc32(path):08x}{zlib.adler32(path[::-1]):08x}"


class Spool:
    """This process's file for one journal. Use from any thread."""

    def __init__(self, journal: Path) -> None:
        place = folder(journal)
        place.mkdir(parents=True, exist_ok=True)
        self.path = place / f"{paths.host()}-{os.getpid()}-{os.urandom(4).hex()}.jsonl"
        self._lock = threading.Lock()
        self._waiting = 0
        # No buffer: what was written survives kill -9 of this process.
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def append(self, record: dict[str, Any]) -> None:
        """Put a note on disk. Raises OSError."""
        line = json.dumps(record).encode() + b"\n"
        with self._lock:
            os.write(self._file, line)
            self._waiting += 1

    def done(self, count: int) -> None:
        """Say that `count` notes are kept; when none waits, the file is emptied."""
        with self._lock:
            self._waiting -= count
            if self._waiting == 0:
                os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Close the file, and remove it when nothing in it waits."""
        with self._lock:
            os.close(self._file)
            if self._waiting == 0:
                self.path.unlink(missing_ok=True)


def take_in(entries: EntryService, record: dict[str, Any]) -> None:
    """Make an entry of one note; a second time changes nothing."""
    text = str(record["text"])
    if not text.strip():
        return
    try:
        parsed = capture.parse(text)
    except JournalError:  # only links: kept as it is
        parsed = capture.Capture(text, (), ())
    kind = record.get("kind")
    tags = [capture.clean_tag(t) for t in record.get("tags", []) if any(map(str.isalnum, t))]
    run = capture.clean_text(str(record.get("run") or ""))
    context = record.get("context") or {}
    entries.create(
        parsed.text,
        id=str(record["id"]),
        kind=kind if kind in KINDS else "note",
        title=record.get("title"),
        tags=[*parsed.tags, *tags],
        links=[*parsed.links, *([Link("run", run)] if run else [])],
        origin="script",
        created_at=int(record["at"]),
        context={str(key): str(value) for key, value in context.items()},
    )


def collect(entries: EntryService, journal: Path) -> None:
    """Take in every line that waits for this journal; a line that is no note goes to `.bad`."""
    place = folder(journal)
    if not place.is_dir():
        return
    for path in sorted(place.glob("*.jsonl")):
        try:
            lines = path.read_bytes().splitlines(keepends=True)
            bad = [line for line in lines if not _taken(entries, line)]
        except (JournalError, OSError):
            return  # the journal cannot be written: the notes go on waiting
        if _alive(path):
            continue
        if bad:
            with path.with_suffix(".bad").open("ab") as handle:
                handle.writelines(bad)
        path.unlink(missing_ok=True)


def _taken(entries: EntryService, line: bytes) -> bool:
    try:
        take_in(entries, json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _alive(path: Path) -> bool:
    """Whether the process that owns the file may still write to it."""
    host, _, rest = path.stem.rpartition("-")[0].rpartition("-")
    if host != paths.host() or not rest.isdigit() or os.name == "nt":
        return time.time() - path.stat().st_mtime < WEEK
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
