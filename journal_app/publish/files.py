"""Files that appear whole or not at all.

Invariants: nothing is written under its public name before it is complete and on the disk; a file
that is already there is never written over by `place_new` and `place_folder`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PARTIAL = ".field-journal-partial"


def partial_name(name: str) -> str:
    """A hidden name beside `name` that site generators do not read."""
    return f".{name}.{secrets.token_hex(4)}{PARTIAL}"


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file and wait for the disk."""
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def sync_folder(path: Path) -> None:
    """Make a rename inside `path` survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def partial_file(path: Path, data: bytes) -> Iterator[Path]:
    """A complete file under a hidden name beside `path`; gone afterwards unless renamed."""
    partial = path.with_name(partial_name(path.name))
    try:
        write_synced(partial, data)
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def place_new(path: Path, data: bytes) -> None:
    """Put a file where none is. Raises FileExistsError."""
    with partial_file(path, data) as partial:
        if sys.platform == "win32":
            partial.rename(path)  # refuses to replace
        else:
            try:
                os.link(partial, path)  # refuses to replace, unlike rename
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                if path.exists():
                    raise FileExistsError(path) from None
                partial.rename(path)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Put a file in the place of the one that is there."""
    with partial_file(path, data) as partial:
        partial.replace(path)
    sync_folder(path.parent)


def place_folder(path: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Make a whole folder appear at once. Raises FileExistsError."""
    partial = path.with_name(partial_name(path.name))
    try:
        partial.mkdir()
        for name, data in contents:
            write_synced(partial / name, data)
        sync_folder(partial)
        if path.exists():
            raise FileExistsError(path)
        try:
            partial.rename(path)
        except OSError as error:  # made meanwhile: ENOTEMPTY on Unix
            if path.exists():
                raise FileExistsError(path) from error
            raise
    finally:
        if partial.exists():
            shutil.rmtree(partial, ignore_errors=True)
    sync_folder(path.parent)


def take_away(path: Path) -> None:
    """Make a whole folder vanish at once; a kill in between leaves a hidden partial."""
    partial = path.with_name(partial_name(path.name))
    path.rename(partial)
    sync_folder(path.parent)
    shutil.rmtree(partial, ignore_errors=True)


def clear_partials(folder: Path, name: str = "", older_s: float = 0) -> None:
    """Remove what a killed process left while it prepared `name` (empty: anything) in a folder;
    with `older_s`, only what was not written to for so long."""
    if not folder.is_dir():
        return
    start = f".{name}." if name else "."
    for left in folder.iterdir():
        if not (left.name.startswith(start) and left.name.endswith(PARTIAL)):
            continue
        with contextlib.suppress(FileNotFoundError):
            if older_s and time.time() - left.stat().st_mtime < older_s:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
