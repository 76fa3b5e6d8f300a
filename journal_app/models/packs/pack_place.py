"""The folder of packs as a place to work in: who may, where, with how much room, and how a folder
takes the place of another at once.

`.partial/` holds what is not a pack: the lock, wheels on their way (`*.part`), downloads of a hub
(`*.hub`), folders that are being built (`*.new`), replaced (`*.old`) or removed (`*.gone`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from journal_app.errors import JournalError

PARTIAL = ".partial"
SPARE = 32_000_000  # bytes that an install leaves free
_HALF = (".old", ".new", ".gone", ".made", ".unpacked")
_PATIENCE = 10.0  # seconds
_KEPT = 30 * 86_400.0  # seconds for which a broken-off download is gone on with


@contextlib.contextmanager
def locked(root: Path) -> Iterator[Path]:
    """Hold the right to change `root`; yields the folder for unfinished work.

    Raises JournalError when another process holds it. The system frees it on a kill; what a killed
    process left half-made is undone here.
    """
    partial = root / PARTIAL
    try:
        partial.mkdir(parents=True, exist_ok=True)
        handle = (partial / "lock").open("a+b")
    except OSError as error:
        raise JournalError(
            f"The folder for model packs {root} cannot be written: {error.strerror or error}.",
            "Give yourself write permission there, or name another with JOURNAL_MODELS.",
        ) from error
    with handle:
        if not _lock(handle):
            raise JournalError(
                "Another process is installing a model pack.", "Wait until it is done."
            )
        _tidy(root, partial)
        yield partial


def _lock(handle: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def waiting(file: Path) -> Iterator[None]:
    """Hold the lock `file`, after waiting a while for another process that is about to end."""
    with file.open("a+b") as handle:
        until = time.monotonic() + _PATIENCE
        while not _lock(handle):
            if time.monotonic() > until:
                raise JournalError(f"Another process works in {file.parent}.", "Wait for its end.")
            time.sleep(0.05)
        yield


def recover(root: Path, id: str) -> None:
    """Put a pack back whose replacement was killed between its two renames."""
    if (root / id).exists() or not (root / PARTIAL / f"{id}.old").is_dir():
        return
    with contextlib.suppress(JournalError), locked(root):
        pass  # taking the lock tidies; where it is held, the replacing is under way


def _tidy(root: Path, partial: Path) -> None:
    now = time.time()
    for path in list(partial.iterdir()):
        with contextlib.suppress(OSError):
            if path.suffix == ".old" and not (root / path.stem).exists():
                path.replace(root / path.stem)
                continue
            begun = path.suffix in (".part", ".hub")
            if path.suffix in _HALF or (begun and now - _newest(path) > _KEPT):
                discard(path)


def _newest(path: Path) -> float:
    return max(one.lstat().st_mtime for one in (path, *path.rglob("*")))


def discard(path: Path) -> None:
    """Delete a file or a folder, if it is there and can be."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def need_room(folder: Path, needed: int, what: str) -> None:
    """Raise JournalError unless `needed` bytes and some to spare are free at `folder`."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise JournalError(
            f"There is no room for {what}: it needs {(needed + SPARE) / 1e6:.0f} MB in {folder}, "
            f"and {free / 1e6:.0f} MB are free.",
            "Make room, `journal model remove` a pack, or name another folder with JOURNAL_MODELS.",
        )


def take_place(stage: Path, final: Path, old: Path) -> None:
    """Put the finished folder `stage` at `final`; what was there is deleted by way of `old`."""
    discard(old)
    _sync(stage)
    replaced = final.exists()
    if replaced:
        final.replace(old)
    try:
        stage.replace(final)
    except OSError:
        if replaced:
            old.replace(final)
        raise
    sync_folder(final.parent)
    discard(old)


def swept_away(folder: Path, gone: Path) -> None:
    """Delete a folder that others see: it goes at once. Raises JournalError while it is in use."""
    discard(gone)
    try:
        folder.replace(gone)
    except OSError as error:
        raise JournalError(
            f"{folder} cannot be removed: {error.strerror or error}.",
            "Close the programs that use it (the window too) and try again.",
        ) from error
    sync_folder(folder.parent)
    discard(gone)


def _sync(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb+") as handle:
                os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last through a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network folders cannot
        return
    finally:
        os.close(handle)
