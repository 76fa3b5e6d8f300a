"""What CI runs: style, types, import contracts, then the tests.

Usage: python scripts/checks.py [--no-tests]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS = (
    ("style", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("import contracts", [str(BIN / "lint-imports")]),
)


def main() -> int:
    """Run every check even when one fails; the exit status is 1 if any did."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    checks = list(CHECKS)
    if "--no-tests" not in sys.argv:
        checks.append(("tests", [sys.executable, "-m", "pytest"]))
    failed = []
    for name, command in checks:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
