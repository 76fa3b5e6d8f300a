"""Notes that could not be written wait as files, and are taken in exactly once.

One JSON file a note under `spool/` of the user's data folder. A note carries the id that its entry
will have, so that a note taken in twice (killed between commit and removal) is one entry.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain import capture
from journal_app.domain.entry import KINDS, Link
from journal_app.errors import JournalError
from journal_app.services.entries import EntryService


def folder() -> Path:
    """Where notes wait."""
    return paths.user_data() / "spool"


def put(record: dict[str, Any]) -> Path:
    """Keep a note as a file that appears whole. Raises OSError."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"{record['id']}.json"
    partial = target.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as handle:
        json.dump(record, handle, ensure_ascii=False)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(target)
    return target


def take_in(entries: EntryService, record: dict[str, Any]) -> None:
    """Make an entry of one note; a second time changes nothing. Nothing in it is ever an error."""
    text = str(record["text"])
    if not text.strip():
        return
    try:
        parsed = capture.parse(text)
    except JournalError:  # only links: kept as it is
        parsed = capture.Capture(text, (), ())
    kind = record.get("kind")
    tags = [capture.clean_tag(t) for t in record.get("tags", []) if any(map(str.isalnum, t))]
    runs = [Link("run", record["run"])] if record.get("run") else []
    entries.create(
        parsed.text,
        id=str(record["id"]),
        kind=kind if kind in KINDS else "note",
        title=record.get("title"),
        tags=[*parsed.tags, *tags],
        links=[*parsed.links, *runs],
        origin="script",
        created_at=int(record["at"]),
    )


def collect(entries: EntryService) -> int:
    """Take in every waiting note; one that cannot be read is set aside as `.bad`, never dropped."""
    taken = 0
    place = folder()
    if not place.is_dir():
        return 0
    for path in sorted(place.glob("*.json")):
        try:
            take_in(entries, json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError):
            path.replace(path.with_suffix(".bad"))
            continue
        except JournalError:
            break  # the journal cannot be written: the notes go on waiting
        path.unlink(missing_ok=True)
        taken += 1
    return taken
