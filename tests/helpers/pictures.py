"""Pictures for tests: PNG files made of nothing but the standard library."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

from journal_app.domain.entry import Attachment


def png(width: int = 4, height: int = 3, shade: int = 128) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def attached(folder: Path, name: str, data: bytes) -> Attachment:
    """A picture as the journal keeps it, under `folder`."""
    sha = hashlib.sha256(data).hexdigest()
    path = f"attachments/{sha[:2]}/{sha}{Path(name).suffix}"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return Attachment(sha, name, path, "image/png", len(data))
