"""See that the tests can run a real WordPress: install Debian's packages where that asks nobody.

As root on Debian or Ubuntu only. No service is started and none is set up: the tests run a copy of
their own (tests/helpers/wordpress.py). Usage: python scripts/wordpress.py
(always exit 0: without WordPress its tests skip and say so)
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "php-cli", "php-mysql", "php-gd", "php-xml", "php-mbstring", "php-curl", "mariadb-server",
    "mariadb-client", "wordpress",
)  # fmt: skip
POLICY = Path("/usr/sbin/policy-rc.d")
LONGEST = 600  # seconds for one step


def main() -> int:
    """Install what is missing."""
    if sys.platform != "linux" or not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        print("WordPress is not tested: its packages are Debian's.")
        return 0
    missing = [name for name in PACKAGES if not installed(name)]
    if missing and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with no_services():
            run(["apt-get", "update", "-qq"], environment)
            run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
                environment)  # fmt: skip
        missing = [name for name in PACKAGES if not installed(name)]
    if missing:
        print(f"WordPress is not tested: {', '.join(missing)} is not installed.")
    return 0


def installed(name: str) -> bool:
    """Whether a Debian package is there, whole."""
    asked = ["dpkg-query", "-W", "-f", "${Status}", name]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.stdout.startswith("install ok installed")


@contextlib.contextmanager
def no_services() -> Iterator[None]:
    """Meanwhile packages start no service: Debian asks this file (policy-rc.d, exit status 101)."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def run(command: list[str], environment: dict[str, str]) -> None:
    """A failure is told by what is missing afterwards."""
    try:
        subprocess.run(command, check=False, env=environment, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}")


if __name__ == "__main__":
    sys.exit(main())
