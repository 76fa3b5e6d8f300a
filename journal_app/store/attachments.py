"""Content-addressed files beside the database: `attachments/ab/<sha256>.ext`.

Invariant: a file appears under its name only when it is whole, and before any row refers to it; so
a crash leaves at worst an unused file, never a row without one.
"""

from __future__ import annotations

import io
import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from journal_app.domain.entry import Attachment
from journal_app.errors import JournalError, NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Writer

FOLDER = "attachments"
LARGEST = 1 << 30  # bytes of one file: more is a checkpoint or a data set, not a note's evidence
PARTIAL = ".partial"
_CHUNK = 1 << 20
_SHA = re.compile(r"[0-9a-f]{64}")


def suffix_of(name: str) -> str:
    """The file ending that is kept: short, lower case, letters and digits."""
    ending = Path(name).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ".bin"


def put(folder: Path, data: bytes, name: str) -> Attachment:
    """Keep `data` once, however often it is added. Raises JournalError if it cannot be kept."""
    return _keep(folder, io.BytesIO(data), name)


def put_file(folder: Path, path: Path) -> Attachment:
    """Keep a copy of the file at `path`. Raises NotFound or JournalError."""
    try:
        if path.is_dir():
            raise JournalError(f"{path} is a folder.", "Attach files, or a zip of the folder.")
        if path.exists() and not path.is_file():
            raise JournalError(
                f"{path} is a pipe, a socket or a device.", "Save what comes out of it as a file."
            )
        if (size := path.stat().st_size) > LARGEST:
            raise _too_large(path.name, size)
        handle = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path} to attach.", "Check the path.") from error
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror or error}.") from error
    with handle:
        return _keep(folder, handle, path.name)


def _too_large(name: str, size: int) -> JournalError:
    return JournalError(
        f"{name} has {size / 1e9:.1f} GB; a file kept with an entry has at most 1.",
        "Name its path in the text instead.",
    )


def _keep(folder: Path, source: BinaryIO, name: str) -> Attachment:
    """Copy piece by piece, so that a file of any size takes little memory."""
    import hashlib  # with mimetypes 8 ms, which a capture without files need not pay
    import mimetypes

    digest, size = hashlib.sha256(), 0
    suffix = suffix_of(name)
    partial = folder / FOLDER / f".{os.urandom(6).hex()}{PARTIAL}"
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as handle:
            while piece := source.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                if size > LARGEST:  # it grows while it is read
                    raise _too_large(name, size)
                handle.write(piece)
            handle.flush()
            os.fsync(handle.fileno())
        sha = digest.hexdigest()
        relative = f"{FOLDER}/{sha[:2]}/{sha}{suffix}"
        target = folder / relative
        if target.exists() and target.stat().st_size == size:
            partial.unlink()
            target.touch()  # who removes unused files leaves new ones
        else:
            target.parent.mkdir(exist_ok=True)
            partial.replace(target)
    except JournalError:
        partial.unlink(missing_ok=True)
        raise
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise JournalError(
            f"{name} could not be kept in {folder / FOLDER}: {error.strerror or error}.",
            "Free some space or mend the folder's permissions; the entry was not changed.",
        ) from error
    media = mimetypes.guess_type("x" + suffix)[0] or "application/octet-stream"
    return Attachment(sha, Path(name).name or sha[:8], relative, media, size)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    import hashlib

    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def detach(w: Writer, entry_id: str, sha256: str) -> bool:
    """The file is no longer one of the entry's; it stays, for revisions may show it."""
    found = w.db.execute(
        "DELETE FROM entry_attachments WHERE entry_id = ? AND sha256 = ?", (entry_id, sha256)
    )
    return found.rowcount > 0


def unused(db: sqlite3.Connection, folder: Path, before: float) -> list[Path]:
    """Files of the folder that no entry has and no text or revision shows, last written before a
    moment (seconds since 1970); among them what a kill left half written. Reads every revision."""
    found = []
    place = folder / FOLDER
    for path in sorted(place.rglob("*")) if place.is_dir() else ():
        if path.is_symlink() or not path.is_file() or path.stat().st_mtime >= before:
            continue
        sha = path.stem
        half = path.parent == place and path.suffix == PARTIAL
        if not half and (not _SHA.fullmatch(sha) or path.parent.name != sha[:2]):
            continue  # not ours
        if half or not _shown(db, sha):
            found.append(path)
    return found


def _shown(db: sqlite3.Connection, sha: str) -> bool:
    if db.execute("SELECT 1 FROM entry_attachments WHERE sha256 = ?", (sha,)).fetchone():
        return True
    said = "SELECT 1 FROM {} WHERE instr(body, ?) LIMIT 1"
    return any(
        db.execute(said.format(table), (sha,)).fetchone() for table in ("entry_text", "revisions")
    )


def remove_unused(w: Writer, folder: Path, before: float) -> list[tuple[Path, int]]:
    """Remove the unused files for good: what went, with its bytes."""
    gone = []
    for path in unused(w.db, folder, before):
        size = path.stat().st_size
        try:
            path.unlink()
        except OSError as error:
            raise JournalError(
                f"{path} cannot be removed: {error.strerror or error}.",
                "Mend the folder's permissions.",
            ) from error
        w.db.execute("DELETE FROM attachments WHERE sha256 = ?", (path.stem,))
        gone.append((path, size))
    return gone
