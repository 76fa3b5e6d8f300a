"""The wall clock, this computer's zone, and which process is still alive."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from functools import cache
from pathlib import Path

_NONCE = secrets.token_hex(4)


def now() -> int:
    """The wall clock in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


@cache
def local_zone() -> str:
    """The IANA name of this computer's zone; UTC where the system does not say."""
    import tzlocal

    try:
        return str(tzlocal.get_localzone_name() or "UTC")
    except (LookupError, ValueError, OSError):
        return "UTC"


def identity() -> str:
    """This process: `host/pid/start`. Another process never has the same one, and it stays the same
    where a network gives this computer another name."""
    return _identity(os.getpid())


@cache
def _identity(pid: int) -> str:
    return f"{socket.gethostname()}/{pid}/{_started(pid) or _NONCE}"


def alive(identity_text: str) -> bool | None:
    """Whether the process of an identity still runs; None where that cannot be told.

    That is so for another computer, and where the number may have been given to a new process
    since: its start time tells, which not every system shows (Linux does).
    """
    if identity_text == identity():
        return True
    host, _, rest = identity_text.rpartition("/")[0].rpartition("/")
    start = identity_text.rpartition("/")[2]
    if host != socket.gethostname():
        return None
    if not rest.isdigit():
        return False
    pid = int(rest)
    if pid == os.getpid() or not _exists(pid):
        return False
    started = _started(pid)
    return None if started is None else started == start


def _started(pid: int) -> str | None:
    if sys.platform != "linux":
        return None
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    # A zombie has ended: it only waits for its parent to ask how.
    return "ended" if fields[0] in "ZX" else fields[19]


def _exists(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        # os.kill(pid, 0) would press Ctrl+C there. SYNCHRONIZE; signalled means ended.
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x00100000, False, pid)
        if not handle:
            return bool(kernel.GetLastError() == 5)  # there, but another user's
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) != 0)
        finally:
            kernel.CloseHandle(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
