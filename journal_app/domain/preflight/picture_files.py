"""What the first bytes of a picture say: format, width, height, and what EXIF gives away.

Only headers are read. Sources: PNG (W3C, 11.2.2 and the eXIf chunk), GIF89a (logical screen),
JPEG (ISO 10918-1 B.2.2; Exif 2.32, 4.7.2), WebP (RFC 9649, 2.4 to 2.7).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

READ = 1_000_000  # bytes: EXIF may have pictures of its own before the size of a JPEG is said
_GPS = 0x8825
_NAMED = {
    0x010F: "camera",
    0x0110: "camera",
    0x0131: "program",
    0x013B: "author",
    0x8298: "copyright",
    0x9003: "date taken",
    0xA431: "serial number of the camera",
    0xA430: "owner of the camera",
}
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


@dataclass(frozen=True, slots=True)
class Picture:
    """The size in pixels (0 where it is not said), whether EXIF tells where it was taken, and the
    kinds of other things that it tells."""

    format: str
    width: int = 0
    height: int = 0
    position: bool = False
    tells: tuple[str, ...] = ()


def look(path: Path) -> Picture | None:
    """What a file says of itself; None where it is no picture of a known kind, or broken.

    Raises OSError.
    """
    with path.open("rb") as file:
        data = file.read(READ)
        try:
            return _look(data, file)
        except (struct.error, IndexError, ValueError):
            return None


def _look(data: bytes, file: BinaryIO) -> Picture | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", data[16:24])
        return Picture("PNG", width, height, *_exif(_png_exif(file)))
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", data[6:10])
        return Picture("GIF", width, height)
    if data[:2] == b"\xff\xd8":
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data, file)
    head = data[:1000].lstrip()
    return Picture("SVG") if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head else None


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    exif: tuple[bool, tuple[str, ...]] = (False, ())
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        kind = data[at + 1]
        if kind == 0xFF:  # padding
            at += 1
            continue
        if kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
            continue
        (size,) = struct.unpack(">H", data[at + 2 : at + 4])
        part = data[at + 4 : at + 2 + size]
        if kind == 0xE1 and part.startswith(b"Exif\0\0"):
            exif = _exif(part[6:])
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", part[1:5])
            return Picture("JPEG", width, height, *exif)
        if kind in (0xD9, 0xDA) or size < 2:
            break
        at += 2 + size
    return Picture("JPEG", 0, 0, *exif)


def _png_exif(file: BinaryIO) -> bytes:
    file.seek(8)
    while len(head := file.read(8)) == 8:
        size, kind = struct.unpack(">I4s", head)
        if kind == b"eXIf":
            return file.read(min(size, READ))
        if kind == b"IEND":
            break
        file.seek(size + 4, 1)
    return b""


def _webp(data: bytes, file: BinaryIO) -> Picture:
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        exif = b""
        file.seek(12)
        while len(head := file.read(8)) == 8:
            name, size = struct.unpack("<4sI", head)
            if name == b"EXIF":
                exif = file.read(min(size, READ)).removeprefix(b"Exif\0\0")
                break
            file.seek(size + size % 2, 1)
        return Picture("WebP", width, height, *_exif(exif))
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Picture("WebP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    width, height = struct.unpack("<HH", data[26:30])
    return Picture("WebP", width & 0x3FFF, height & 0x3FFF)


def _exif(data: bytes) -> tuple[bool, tuple[str, ...]]:
    """Whether a position is told, and what else; nothing for a block that cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return False, ()
    try:
        tags = dict(_tags(data, struct.unpack(order + "I", data[4:8])[0], order))
        more = dict(_tags(data, tags[0x8769], order)) if 0x8769 in tags else {}
        place = dict(_tags(data, tags[_GPS], order)) if _GPS in tags else {}
    except (struct.error, IndexError):
        return False, ()
    # Some cameras write an empty block of positions: 2 and 4 are latitude and longitude.
    told = [_NAMED[tag] for tag in sorted({*tags, *more} & set(_NAMED))]
    return 2 in place and 4 in place, tuple(dict.fromkeys(told))


def _tags(data: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack(order + "H", data[at : at + 2])
    for index in range(min(count, 500)):
        start = at + 2 + 12 * index
        tag, _, _, value = struct.unpack(order + "HHII", data[start : start + 12])
        yield tag, value
