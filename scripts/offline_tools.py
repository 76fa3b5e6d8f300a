"""See that the tools of the offline test are there on Linux: install them as root, else say how.

Usage: python scripts/offline_tools.py   (always exit 0: without them that test skips and says so)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

TOOLS = ("strace", "unshare")
PACKAGES = {"strace": "strace", "unshare": "util-linux"}


def main() -> int:
    """Install what is missing where that can be done without asking."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if sys.platform != "linux" or not missing:
        return 0
    names = sorted({PACKAGES[tool] for tool in missing})
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", *names], check=False, env=environment)
    still = [tool for tool in missing if shutil.which(tool) is None]
    if still:
        print(f"The offline test is skipped: {', '.join(still)} is missing ({', '.join(names)}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
