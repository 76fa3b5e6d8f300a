"""Notes made where the journal is not: one JSON line each, taken in exactly once.

Invariants: a line is one append and holds the id that its entry will have, so taking it in again
makes nothing new; the file of notes is never changed by taking in, and may be read-only.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app import paths
from journal_app.domain import capture
from journal_app.domain.ids import is_ulid, ulid
from journal_app.errors import JournalError
from journal_app.runtime.surroundings import surroundings
from journal_app.services.spool import take_in
from journal_app.store import entries

if TYPE_CHECKING:
    from journal_app.services.entries import EntryService
    from journal_app.store.database import Store

NAMES = "notes*.jsonl"  # what is read of a folder, and of those in it
LONGEST = 4 * 1024 * 1024  # bytes of a line
_YEAR_9999 = 253_370_764_800_000


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no note."""

    file: Path
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Collected:
    """Ids of the new entries, how many lines were known already, and the lines that are none."""

    new: tuple[str, ...]
    known: int
    bad: tuple[BadLine, ...]


def default_file() -> Path:
    """`FIELD_JOURNAL_SPOOL`, else `notes.jsonl` in the user's data folder."""
    named = os.environ.get("FIELD_JOURNAL_SPOOL")
    return Path(named) if named else paths.user_data() / "notes.jsonl"


def append(
    file: Path, text: str, *, kind: str = "note", tags: Sequence[str] = (), run: str | None = None
) -> str:
    """Put a note at the end of `file` and return its id. Raises JournalError."""
    capture.clean_kind(kind)
    capture.parse(text)  # what could not be kept later is refused now
    now = time.time_ns() // 1_000_000
    record = {
        "id": ulid(now, secrets.randbits(80)),
        "at": now,
        "text": text,
        "tags": [capture.clean_tag(tag) for tag in tags],
        "kind": kind,
        "run": run,
        "context": surroundings(),
    }
    line = json.dumps(record).encode() + b"\n"
    if len(line) > LONGEST:
        raise JournalError("This note is too long for a line of notes.", "Keep it in parts.")
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, flags, 0o600)
        try:
            if (size := os.fstat(handle).st_size) > 0:
                os.lseek(handle, size - 1, os.SEEK_SET)
                if os.read(handle, 1) != b"\n":  # a line that a full disk cut short
                    line = b"\n" + line
            if os.write(handle, line) != len(line):
                raise OSError("the disk is full")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise JournalError(
            f"{file} cannot be written: {error.strerror or error}.",
            "Name another file with --spool, or in FIELD_JOURNAL_SPOOL.",
        ) from error
    return str(record["id"])


def collect(service: EntryService, store: Store, places: Iterable[Path]) -> Collected:
    """Make entries of every line that is not one yet. Raises JournalError for an unreadable file;
    what was taken in before stays."""
    new: list[str] = []
    bad: list[BadLine] = []
    known = 0
    for file in _files(places):
        try:
            with file.open("rb") as handle:
                for number, line in _lines(handle):
                    if not line.strip():
                        continue
                    record = _record(line)
                    if isinstance(record, str):
                        bad.append(BadLine(file, number, record))
                    elif entries.exists(store.read(), record["id"]):
                        known += 1
                    else:
                        try:
                            take_in(service, record)
                            new.append(record["id"])
                        except (KeyError, TypeError, AttributeError) as error:
                            bad.append(BadLine(file, number, f"a field is not as it is: {error}"))
        except OSError as error:
            raise JournalError(
                f"{file} cannot be read: {error.strerror or error}.",
                "What was read before it is kept; collect again when it can be read.",
            ) from error
    return Collected(tuple(new), known, tuple(bad))


def _files(places: Iterable[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.rglob(NAMES) if path.is_file())
            if not inside:
                raise JournalError(f"{place} holds no {NAMES}.", "Name the file itself.")
            found.update(dict.fromkeys(inside))
        elif place.is_file():
            found[place] = None
        else:
            raise JournalError(f"There is no {place}.", "`journal note` makes notes.jsonl.")
    return list(found)


def _lines(handle: Any) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := handle.readline(LONGEST + 1):
        number += 1
        yield number, line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = handle.readline(LONGEST + 1)


def _record(line: bytes) -> dict[str, Any] | str:
    """The note of a line, or why it is none."""
    if len(line) > LONGEST:
        return "the line is too long"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        ended = line.endswith(b"\n")
        return "not JSON" if ended else "not JSON, and not ended: perhaps still being written"
    if not isinstance(record, dict):
        return "not a note"
    id, at, text = record.get("id"), record.get("at"), record.get("text")
    if not isinstance(id, str) or not is_ulid(id):
        return "no id"
    if type(at) is not int or not 0 <= at < _YEAR_9999:
        return "no time"
    if not isinstance(text, str) or not capture.clean_text(text).strip():
        return "no text"
    record["id"] = id.upper()
    return record
