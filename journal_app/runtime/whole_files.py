"""Files that appear whole or not at all, in folders that other programs use too."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

PARTIAL = ".field-journal-partial"


def place(target: Path, data: bytes) -> None:
    """Put `data` at `target`, in place of what is there. Raises OSError."""
    partial = target.with_name(f".{secrets.token_hex(6)}{PARTIAL}")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
