"""How much memory a process holds, from the system itself; no package is needed for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resident(pid: int | None = None) -> int | None:
    """Resident bytes of process `pid` (this one by default).

    None where the system does not say: other processes outside Linux.
    """
    if sys.platform == "linux":
        return _linux(pid or os.getpid())
    if pid not in (None, os.getpid()):
        return None
    if sys.platform == "win32":
        return _windows()
    import resource

    # Darwin counts bytes, and only the peak: still an upper bound of what is held.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def give_back() -> None:
    """Return what was freed to the system: glibc keeps two thirds of an unloaded model (225 MB were
    held after unloading both packs, 88 MB after this call)."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none and needs none
        if trim is not None:
            trim(0)


def _linux(pid: int) -> int | None:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def _windows() -> int | None:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize",
                    "WorkingSetSize",
                    "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage",
                    "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage",
                    "PagefileUsage",
                    "PeakPagefileUsage",
                )
            ),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    windll = getattr(ctypes, "windll")  # noqa: B009 (there on Windows only)
    windll.kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    ask = windll.kernel32.K32GetProcessMemoryInfo
    ask.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    done = ask(windll.kernel32.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return int(counters.WorkingSetSize) if done else None
