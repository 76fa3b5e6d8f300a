"""ULID: 48 bits of milliseconds and 80 random bits as 26 Crockford base-32 letters.

Source: the ULID specification (ulid/spec). Twenty lines of our own instead of a package, because
the packages import for longer (65 ms measured) than a whole `journal add` may take.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PATTERN = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def ulid(ms: int, randomness: int) -> str:
    """The id for a moment (`ms` since 1970 UTC) and 80 bits of randomness."""
    value = (ms & (1 << 48) - 1) << 80 | randomness & (1 << 80) - 1
    return "".join(ALPHABET[value >> shift & 31] for shift in range(125, -5, -5))


def is_ulid(text: str) -> bool:
    """Whether `text` is a well-formed id (letters in any case)."""
    return PATTERN.fullmatch(text.upper()) is not None
