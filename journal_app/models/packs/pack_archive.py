"""Unpack an archive with a model: only plain files with plain names, only inside, only so much.

Invariants: every member's name is checked before the first byte is written, and one bad name
refuses the whole archive; links and devices are refused; what comes out is counted against what
the archive declares, against the free space, and against how far real models compress.
"""

from __future__ import annotations

import bz2
import contextlib
import errno
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from journal_app.errors import JournalError
from journal_app.models.packs.pack_names import Unsafe, checked, distinct, pickled
from journal_app.models.packs.pack_place import need_room

Progress = Callable[[int, int], None]
Check = Callable[[], None]

MOST_MEMBERS = 20_000
# Weights compress to a half at best and texts to a tenth; a bomb's zeros to a thousandth.
MOST_TIMES, ALWAYS = 100, 64_000_000  # times the archive's size; bytes that are allowed anyway
_AT_ONCE = 8_000_000  # the most that a tar header may make the reader hold
_CHUNK = 1 << 20
# What the readers of the standard library raise over a broken archive; a password or a method that
# they lack is a RuntimeError.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    size: int
    handle: Any


def is_archive(path: Path) -> bool:
    """Whether `unpack` can read it, by its first bytes."""
    if zipfile.is_zipfile(path):
        return True
    try:
        with _tar(path) as archive:
            return archive.next() is not None
    except (*_BROKEN, OSError):
        return False


def unpack(
    path: Path, folder: Path, *, progress: Progress | None = None, check: Check | None = None
) -> None:
    """Unpack into the empty folder `folder`; raises JournalError for an archive that is refused.

    Files of kinds that are never opened (pickles) are left where they are.
    """
    try:
        if zipfile.is_zipfile(path):
            _unpack_zip(path, folder, progress, check)
        else:
            _unpack_tar(path, folder, progress, check)
    except Unsafe as error:
        raise JournalError(
            f"{path.name} is refused: {error}.", "Get the model from another origin."
        ) from error
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # of the disk; these are of a broken stream, or a place that no file can have
        raise JournalError(
            f"{path.name} cannot be unpacked: {str(error) or 'it is cut off'}.",
            "Get the archive again.",
        ) from error


def _unpack_zip(path: Path, folder: Path, progress: Progress | None, check: Check | None) -> None:
    with zipfile.ZipFile(path) as archive:
        members, packed = [], 0
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            if info.flag_bits & 1:
                raise Unsafe(f"{info.filename} is encrypted")
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise Unsafe(f"{info.filename} is a link or a device")
            packed += info.compress_size
            if not info.filename.endswith("/"):
                members.append(_Member(_named(info.filename), info.file_size, info))
            elif info.filename.strip("/"):
                _named(info.filename.rstrip("/"))
        if packed > path.stat().st_size:
            raise Unsafe("its members overlap")
        _accept([(one.name, one.size) for one in members], path, folder)
        total, done = sum(one.size for one in members), 0
        for one in members:
            if pickled(one.name):
                continue
            with archive.open(one.handle) as source:
                for written in _write(source, one, folder):
                    done += written
                    _tell(done, total, progress, check)


def _unpack_tar(path: Path, folder: Path, progress: Progress | None, check: Check | None) -> None:
    """Twice over the archive: all names first, then the files."""
    members: list[tuple[str, int]] = []
    with _tar(path) as archive:
        for info in archive:
            if len(members) > MOST_MEMBERS:
                raise Unsafe(f"it holds more than {MOST_MEMBERS} files")
            if info.isdir():
                if info.name.strip("./"):
                    _named(info.name.removeprefix("./"))
                continue
            if not info.isreg() or info.issparse():
                raise Unsafe(f"{info.name} is a link, a device or a sparse file")
            members.append((_named(info.name.removeprefix("./")), info.size))
            if check:
                check()
    _accept(members, path, folder)
    total, done = sum(size for _, size in members), 0
    wanted = dict(members)
    with _tar(path) as archive:
        for info in archive:
            name = info.name.removeprefix("./")
            if not info.isreg() or pickled(name) or wanted.get(name) != info.size:
                continue
            source = archive.extractfile(info)
            assert source is not None
            for written in _write(source, _Member(name, info.size, info), folder):
                done += written
                _tell(done, total, progress, check)


def _named(name: str) -> str:
    try:
        return checked(name)
    except Unsafe as error:
        raise Unsafe(f"the name {name!r} in it: {error}") from error


def _accept(members: list[tuple[str, int]], path: Path, folder: Path) -> None:
    """Raise where the members clash, or are too many or too large."""
    if len(members) > MOST_MEMBERS:
        raise Unsafe(f"it holds more than {MOST_MEMBERS} files")
    total, packed = sum(size for _, size in members), path.stat().st_size
    if any(size < 0 for _, size in members) or total > max(ALWAYS, MOST_TIMES * packed):
        raise Unsafe(f"{packed / 1e6:.1f} MB claim to hold {total / 1e6:.0f} MB")
    distinct(name for name, _ in members)
    need_room(folder, total, f"what {path.name} holds")


def _write(source: IO[bytes], member: _Member, folder: Path) -> Iterator[int]:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("xb") as handle:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > member.size:
                raise Unsafe(f"{member.name} is longer than the archive says")
            handle.write(chunk)
            yield len(chunk)
    if size != member.size:
        raise Unsafe(f"{member.name} is shorter than the archive says")


def _tell(done: int, total: int, progress: Progress | None, check: Check | None) -> None:
    if check:
        check()
    if progress:
        progress(done, total)


# ---------------------------------------------------------------------- tar, with a bridle


class _Bridled:
    """What a tar reader reads from: no header makes it hold more than `_AT_ONCE`, and no more
    comes out than the archive's size allows."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._most = source, most

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > _AT_ONCE:
            raise Unsafe("a header in it is too large")
        data = self._source.read(size)
        self._look()
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        if whence == 0 and place > self._most:
            raise Unsafe("it holds more than its size allows")
        return self._source.seek(place, whence)

    def tell(self) -> int:
        return self._source.tell()

    def _look(self) -> None:
        if self._source.tell() > self._most:
            raise Unsafe("it holds more than its size allows")


@contextlib.contextmanager
def _tar(path: Path) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as plain:
        first = plain.read(6)
        plain.seek(0)
        most = 2 * ALWAYS + MOST_TIMES * path.stat().st_size
        bridled: Any = _Bridled(_unpacked(plain, first), most)
        try:
            with tarfile.open(fileobj=bridled, mode="r:") as archive:
                yield archive
        except gzip.BadGzipFile as error:
            raise tarfile.ReadError(str(error)) from error


def _unpacked(plain: IO[bytes], first: bytes) -> IO[bytes]:
    if first.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=plain)  # type: ignore[return-value]
    if first.startswith(b"BZh"):
        return bz2.BZ2File(plain)
    if first == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(plain)
    return plain
