"""Content-addressed files beside the database: `attachments/ab/<sha256>.ext`.

Invariant: a file appears under its name only when it is whole, and before any row refers to it; so
a crash leaves at worst an unused file, never a row without one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from journal_app.domain.entry import Attachment
from journal_app.errors import JournalError, NotFound

FOLDER = "attachments"


def suffix_of(name: str) -> str:
    """The file ending that is kept: short, lower case, letters and digits."""
    ending = Path(name).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ".bin"


def put(folder: Path, data: bytes, name: str) -> Attachment:
    """Keep `data` once, however often it is added. Raises JournalError if it cannot be kept."""
    import hashlib  # with mimetypes 8 ms, which a capture without files need not pay
    import mimetypes

    sha = hashlib.sha256(data).hexdigest()
    suffix = suffix_of(name)
    relative = f"{FOLDER}/{sha[:2]}/{sha}{suffix}"
    target = folder / relative
    media = mimetypes.guess_type("x" + suffix)[0] or "application/octet-stream"
    attachment = Attachment(sha, Path(name).name or sha[:8], relative, media, len(data))
    if target.exists() and target.stat().st_size == len(data):
        return attachment
    partial = target.with_name(f".{sha[:8]}-{os.urandom(4).hex()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise JournalError(
            f"{name} could not be kept in {target.parent}: {error.strerror or error}.",
            "Free some space or mend the folder's permissions; the entry was not changed.",
        ) from error
    return attachment


def put_file(folder: Path, path: Path) -> Attachment:
    """Keep a copy of the file at `path`. Raises NotFound or JournalError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path} to attach.", "Check the path.") from error
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror or error}.") from error
    return put(folder, data, path.name)
