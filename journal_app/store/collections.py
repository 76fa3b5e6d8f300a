"""Where adopted entries came from, read once for an import; and what an export needs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain.entry import Attachment
from journal_app.domain.notes import IMPORTED, NoteFile
from journal_app.errors import JournalError
from journal_app.store import attachments
from journal_app.store.rows import rows

if TYPE_CHECKING:
    from journal_app.domain.views import View
    from journal_app.store.database import Writer

PAGE = 500
FILE_LIMIT = 256 << 20  # bytes of one attachment


@dataclass(frozen=True, slots=True)
class Adopted:
    """An entry that was taken in: the digest of its source then, and its own state then."""

    id: str
    native_id: str
    digest: str
    state: str
    trashed: bool


def adopted(db: sqlite3.Connection, format: str) -> dict[str, list[Adopted]]:
    """Every entry of a format by native id, the oldest first."""
    found: dict[str, list[Adopted]] = {}
    for record in db.execute(
        "SELECT id, trashed_at, json_extract(front, '$.imported') AS origin FROM entries"
        " WHERE front LIKE '%\"imported\"%' ORDER BY n"
    ):
        origin = json.loads(record["origin"]) if record["origin"] else None
        if not isinstance(origin, dict) or origin.get("format") != format:
            continue
        native = str(origin.get("native_id"))
        found.setdefault(native, []).append(
            Adopted(
                record["id"],
                native,
                str(origin.get("digest")),
                str(origin.get("state")),
                record["trashed_at"] is not None,
            )
        )
    return found


def known(db: sqlite3.Connection) -> set[str]:
    """The ids of all entries."""
    return {record["id"] for record in db.execute("SELECT id FROM entries")}


def mark(w: Writer, id: str, front: Mapping[str, Any], origin: Mapping[str, str]) -> None:
    """Say in `front` where an entry came from. Its revision does not change."""
    text = json.dumps({**front, IMPORTED: dict(origin)}, ensure_ascii=False, sort_keys=True)
    w.db.execute("UPDATE entries SET front = ? WHERE id = ?", (text, id))


def set_times(w: Writer, id: str, created_at: int, updated_at: int) -> None:
    """Give an entry the times that its source has."""
    w.db.execute(
        "UPDATE entries SET created_at = ?, updated_at = ? WHERE id = ?",
        (created_at, updated_at, id),
    )


def ids_of(db: sqlite3.Connection, view: View) -> Iterator[str]:
    """The ids of a view, newest change first, page by page."""
    offset = 0
    while page := rows(db, view, PAGE, offset):
        yield from (row.id for row in page)
        offset += PAGE


def created(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """When the entries were made, by id."""
    found: dict[str, int] = {}
    for at in range(0, len(ids), PAGE):
        part = ids[at : at + PAGE]
        marks = ",".join("?" * len(part))
        for row in db.execute(f"SELECT id, created_at FROM entries WHERE id IN ({marks})", part):
            found[row["id"]] = row["created_at"]
    return found


def sha_of(file: NoteFile, held: dict[Path, str]) -> str:
    """The SHA-256 of a file of a note; `held` remembers. Raises OSError, JournalError."""
    if file.load is not None:
        return hashlib.sha256(file.load()).hexdigest()
    assert file.path is not None
    if file.path not in held:
        if file.path.is_symlink():
            raise JournalError(f"the file {file.name!r} is a symbolic link: not followed")
        if file.path.stat().st_size > FILE_LIMIT:
            raise JournalError(f"the file {file.name!r} is larger than {FILE_LIMIT >> 20} MB")
        with file.path.open("rb") as handle:
            held[file.path] = hashlib.file_digest(handle, "sha256").hexdigest()
    return held[file.path]


def kept(folder: Path, file: NoteFile, sha: str, dry_run: bool) -> Attachment:
    """The file in the attachments of the journal in `folder`; a dry run copies nothing."""
    if dry_run:
        return Attachment(sha, file.name, file.name, "", 0)
    if file.load is not None:
        data = file.load()
    else:
        assert file.path is not None
        data = file.path.read_bytes()
    placed = attachments.put(folder, data, file.path.name if file.path else file.name)
    return replace(placed, name=file.name)
