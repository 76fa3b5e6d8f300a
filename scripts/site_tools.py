"""See that the site generators of the tests are there: install them where that asks nobody.

Hugo and Jekyll come from Debian (as root), Eleventy and Astro from npm into a folder of their own,
never into the project. Usage: python scripts/site_tools.py [--all]
(always exit 0: without a generator its test skips and says so; Astro only with --all)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(os.environ.get("FIELD_JOURNAL_TOOLS") or Path.home() / ".cache/field-journal-tools")
DEBIAN = ("hugo", "jekyll")
NPM = {"eleventy": "@11ty/eleventy@3", "astro": "astro@5"}
LONGEST = 300  # seconds for one installation


def main() -> int:
    """Install what is missing."""
    wanted = list(NPM) if "--all" in sys.argv else ["eleventy"]
    debian()
    for name in wanted:
        npm(name)
    return 0


def debian() -> None:
    """The generators that Debian has."""
    missing = [name for name in DEBIAN if shutil.which(name) is None]
    if not missing:
        return
    apt = sys.platform == "linux" and shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], environment)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], environment)
    for name in missing:
        if shutil.which(name) is None:
            print(f"Sites of {name} are not built in the tests: {name} is not installed.")


def npm(name: str) -> None:
    """One generator from npm, in a folder of its own."""
    place = TOOLS / name
    package = NPM[name].rpartition("@")[0]
    if (place / "node_modules" / package / "package.json").exists():
        return
    program = shutil.which("npm")
    if program and shutil.which("node"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        quiet = ["--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
        run([program, "install", *quiet, NPM[name]], {**os.environ}, place)
    if not (place / "node_modules" / package / "package.json").exists():
        print(f"Sites of {name} are not built in the tests: npm could not install it.")


def run(command: list[str], environment: dict[str, str], place: Path | None = None) -> None:
    """A failure is told by what is missing afterwards."""
    try:
        subprocess.run(command, check=False, env=environment, cwd=place, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}")


if __name__ == "__main__":
    sys.exit(main())
