"""Verified copies of the database, and a copy of every attachment.

Invariant: a copy counts only after `integrity_check` said ok, and the oldest copy is removed only
after a newer one counts; so a damaged database can never push the good copies out.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from journal_app.errors import JournalError, NotFound

KEEP = 14
FOLDER = "backups"
FAILED = "backup-failed.txt"  # beside the database: the folder of the copies may be what is wrong
ATTACHMENTS = "attachments"
COPY = 0x464A4331  # PRAGMA application_id of a copy, however it comes into the place of the journal
_NAME = re.compile(r"journal-\d{8}T\d{9}Z-[a-z-]+\.db")


def listing(folder: Path) -> list[Path]:
    """The copies of the journal in `folder`, newest first."""
    place = folder / FOLDER
    if not place.is_dir():
        return []
    return sorted((p for p in place.iterdir() if _NAME.fullmatch(p.name)), reverse=True)


def failure(folder: Path) -> tuple[int, str] | None:
    """When the automatic backup last failed (ms UTC) and what it met; None after one that did not.

    Kept in a file, for the process that took it has nobody to tell and the next one has.
    """
    note = folder / FAILED
    try:
        return int(note.stat().st_mtime * 1000), note.read_text(encoding="utf-8")
    except OSError:
        return None


def remember_failure(folder: Path, text: str) -> None:
    """Keep what the automatic backup met; an empty text: nothing any more."""
    note = folder / FAILED
    with contextlib.suppress(OSError):  # on a full disk the missing copy tells it as well
        if text:
            note.write_text(text, encoding="utf-8")
        else:
            note.unlink(missing_ok=True)


def clear_partials(folder: Path) -> None:
    """Remove what a killed backup left half written. Only for the one that holds the lock."""
    for path in (folder / FOLDER).glob("journal-*-daily.partial*"):
        path.unlink(missing_ok=True)


def take(file: Path, now: int, reason: str = "manual", keep: int = KEEP) -> Path:
    """Copy `file` with SQLite's backup API, verify the copy, then drop the oldest.

    Raises JournalError when the copy does not verify or cannot be written; then nothing is dropped.
    """
    place = file.parent / FOLDER
    moment = datetime.fromtimestamp(now / 1000, UTC)
    stamp = moment.strftime("%Y%m%dT%H%M%S") + f"{moment.microsecond // 1000:03d}Z"
    target = place / f"journal-{stamp}-{reason}.db"
    partial = target.with_suffix(".partial")
    try:
        place.mkdir(exist_ok=True)
        with (
            contextlib.closing(_read_only(file)) as source,
            contextlib.closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy)
            copy.execute(f"PRAGMA application_id = {COPY}")
            copy.execute("PRAGMA journal_mode = DELETE")
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise JournalError(
                f"The backup of {file} did not verify: {said}.",
                "The earlier backups were kept. Restore one with `journal backup restore`.",
            )
        _sync(partial)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise JournalError(
            f"The backup {target} could not be written: {error}.",
            "The earlier backups were kept.",
        ) from error
    finally:
        with contextlib.suppress(OSError):  # its folder may be what is wrong
            partial.unlink(missing_ok=True)
    _copy_attachments(file.parent / ATTACHMENTS, place / ATTACHMENTS)
    for old in listing(file.parent)[keep:]:
        old.unlink(missing_ok=True)
    return target


def copy_to(copy: Path, folder: Path, keep: int = KEEP) -> Path:
    """Put a verified copy and the attachments into another folder, such as one on another disk.

    Read back and verified there before the oldest of that folder is dropped. Raises JournalError.
    """
    target = folder / copy.name
    partial = target.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(copy, partial)
        _sync(partial)
        said = verdict(partial)
        if said == "ok":
            partial.replace(target)
    except OSError as error:
        raise JournalError(
            f"The backup could not be copied to {folder}: {error.strerror or error}.",
            f"It is kept in {copy.parent}. Another folder: `journal config backup.folder FOLDER`.",
        ) from error
    finally:
        with contextlib.suppress(OSError):  # the folder itself may not be there
            partial.unlink(missing_ok=True)
    if said != "ok":
        raise JournalError(
            f"The copy of the backup in {folder} did not verify: {said}.",
            f"The earlier ones were kept, and {copy} is good.",
        )
    _copy_attachments(copy.parent / ATTACHMENTS, folder / ATTACHMENTS)
    for old in sorted((p for p in folder.iterdir() if _NAME.fullmatch(p.name)), reverse=True)[
        keep:
    ]:
        old.unlink(missing_ok=True)
    return target


def is_copy(db: sqlite3.Connection) -> bool:
    """Whether this is a copy that nobody has taken over as a journal yet: what was done since it
    was taken is not in it."""
    return bool(db.execute("PRAGMA application_id").fetchone()[0] == COPY)


def take_over(db: sqlite3.Connection) -> None:
    """It is the journal from now on."""
    db.execute("PRAGMA application_id = 0")


def verdict(copy: Path) -> str:
    """ok, or what is wrong with a copy."""
    try:
        with contextlib.closing(_read_only(copy)) as db:
            return str(db.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)


def _copy_attachments(source: Path, target: Path) -> None:
    """Copy what `target` lacks; the names are digests, so a file that is there is the same."""
    for path in source.glob("??/*"):
        copy = target / path.parent.name / path.name
        if path.name.startswith(".") or (
            copy.exists() and copy.stat().st_size == path.stat().st_size
        ):
            continue
        partial = copy.with_name(f".{copy.name}.partial")
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, partial)
            partial.replace(copy)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise JournalError(
                f"The attachment {path.name} could not be copied to {target}: "
                f"{error.strerror or error}.",
                "Free some space; the copy of the database itself is good.",
            ) from error


def restore(folder: Path, name: str, now: int) -> tuple[Path, Path | None]:
    """Put the copy `name` in the database's place; what is there now is set aside, never deleted.

    A database that can be read keeps its file: SQLite writes the copy into it, so that a window or
    an agent that has it open goes on with what was restored (a file taken away from under them
    would be damaged: sqlite.org/howtocorrupt.html, 1.3 and 2.4).

    Returns the database and where the former one now lies.
    """
    found = [p for p in listing(folder) if p.name == name or p == Path(name)]
    if not found:
        raise NotFound(
            f"There is no backup {name} in {folder / FOLDER}.", "`journal backup list` shows them."
        )
    said = verdict(found[0])
    if said != "ok":
        raise JournalError(
            f"The backup {found[0]} is damaged: {said}.",
            "Choose another one: `journal backup list` marks the good ones.",
        )
    file = folder / "journal.db"
    fresh = folder / "journal.db.restoring"
    _copy(found[0], fresh)
    with contextlib.closing(sqlite3.connect(fresh)) as copy:
        copy.execute(f"PRAGMA application_id = {COPY}")  # one of an older program does not say so
    _sync(fresh)
    aside: Path | None = None
    if file.exists():
        aside = folder / f"journal.db.set-aside-{now}"
        if _written_into(file, fresh, aside):
            fresh.unlink()
            _copy_attachments(folder / FOLDER / ATTACHMENTS, folder / ATTACHMENTS)
            return file, aside
        file.replace(aside)
        for tail in ("-wal", "-shm"):
            side = file.with_name(file.name + tail)
            if side.exists():
                side.replace(aside.with_name(aside.name + tail))
    fresh.replace(file)
    _copy_attachments(folder / FOLDER / ATTACHMENTS, folder / ATTACHMENTS)
    return file, aside


def _written_into(file: Path, fresh: Path, aside: Path) -> bool:
    """Keep what `file` holds as `aside`, and write `fresh` into it; False where it is damaged."""
    if file.stat().st_size == 0 or verdict(file) != "ok":
        return False
    try:
        with (
            contextlib.closing(sqlite3.connect(file, timeout=10)) as live,
            contextlib.closing(sqlite3.connect(aside)) as kept,
            contextlib.closing(_read_only(fresh)) as source,
        ):
            live.backup(kept)
            kept.execute("PRAGMA journal_mode = DELETE")
            source.backup(live)
    except sqlite3.Error as error:
        raise JournalError(
            f"The copy could not be written into {file}: {error}. Nothing was changed.",
            "Close what has the journal open, then try again.",
        ) from error
    _sync(aside)
    return True


def _copy(source: Path, target: Path) -> None:
    import shutil  # 3 ms at every start of the command line otherwise

    shutil.copyfile(source, target)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
