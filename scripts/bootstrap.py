"""Make the virtual environment with nothing but Python: venv, uv inside it, then `uv sync`.

Usage: python3 scripts/bootstrap.py .venv
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Set up the folder named by the first argument; the exit status of the step that failed."""
    if sys.version_info < (3, 11):
        print(f"Field Journal needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        print("Name another one: make run PYTHON=python3.12")
        return 1
    folder = (ROOT / sys.argv[1]).resolve()
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"Making {folder.name} …", flush=True)
        try:
            venv.create(folder, with_pip=True)
        except subprocess.CalledProcessError:
            print(
                "Python's venv module lacks pip. On Debian or Ubuntu: apt-get install python3-venv"
            )
            return 1
    environment = {
        **os.environ,
        "VIRTUAL_ENV": str(folder),
        "UV_PROJECT_ENVIRONMENT": str(folder),
        "UV_COMPILE_BYTECODE": "1",
        "UV_PYTHON": str(python),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    for words, command in (
        ("Bringing uv in …", [str(python), "-m", "pip", "install", "--quiet", "uv>=0.9"]),
        ("Installing from uv.lock …", [str(python), "-m", "uv", "sync", "--frozen", "--inexact"]),
    ):
        print(words, flush=True)
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if status:
            print("Setting up stopped here; the same command goes on from this step.")
            return status
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, every start is faster
    for name in ("journal_app", "migrations"):
        subprocess.run([str(python), "-m", "compileall", "-q", name], cwd=ROOT, env=environment)
    (folder / ".ready").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
