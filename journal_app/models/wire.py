"""The frames between the journal and its model process: a JSON head and raw bytes after it.

Four bytes (big-endian) give the length of the head; its key `bytes` the length of what follows.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")
LIMIT = 64 << 20


def write(stream: BinaryIO, head: dict[str, Any], payload: bytes = b"") -> None:
    """Send one frame."""
    text = json.dumps({**head, "bytes": len(payload)}, ensure_ascii=False).encode()
    stream.write(_LENGTH.pack(len(text)) + text + payload)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the stream, also when it ends within a frame."""
    size = stream.read(_LENGTH.size)
    if len(size) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(size)
    if length > LIMIT:
        return None
    text = stream.read(length)
    if len(text) < length:
        return None
    head: dict[str, Any] = json.loads(text)
    wanted = int(head["bytes"])
    payload = stream.read(wanted)
    return (head, payload) if len(payload) == wanted else None
