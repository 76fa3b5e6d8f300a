"""Measure the start: `python -m journal_app.gui.probes.startup FOLDER` prints milliseconds from the
start of the process to the end of the first paint of the filled list, and ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

IMPORTED = time.time()  # the best known begin where the system does not tell


def process_started() -> float:
    """When this process began, in seconds since 1970 (Linux: from the kernel, to 10 ms)."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        boot = float(Path("/proc/uptime").read_text().split()[0])
    except OSError:
        return IMPORTED
    age = boot - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.time() - age


def measure(folder: Path) -> float:
    """Open the window on `folder`, wait for the first paint, return the milliseconds it took."""
    began = process_started()
    from journal_app.gui.app import FirstPaint, Session, application

    app = application()
    session = Session(folder)
    taken: list[float] = []

    def painted() -> None:
        taken.append((time.time() - began) * 1000)
        app.quit()

    FirstPaint(session.window.entries.list.viewport(), painted)
    session.window.show()
    app.exec()
    session.close()
    return taken[0]


if __name__ == "__main__":
    print(f"{measure(Path(sys.argv[1])):.0f}")
