"""Keeps `None` alive under PySide6 6.12 on Python 3.10 and 3.11.

Measured with PySide6 6.12.0 on CPython 3.11.7: every Qt call that returns nothing gives up one
reference to None that it never took, so that the interpreter ends with `Fatal Python error:
none_dealloc` after some seven thousand calls. From Python 3.12 on None cannot die (PEP 683), and
there is nothing to do. Before it, None is given a count that no window can use up: what PEP 683
does, by hand.
"""

from __future__ import annotations

import sys

ENOUGH = 1 << 48


def hold() -> None:
    """Make None immortal in practice; a second call does nothing."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > ENOUGH // 2:
        return
    import ctypes

    count = ctypes.c_ssize_t.from_address(id(None))
    if count.value in range(sys.getrefcount(None) - 8, sys.getrefcount(None) + 8):
        count.value += ENOUGH
