"""kill -9 while the window is written in: nothing typed more than two seconds before is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.timeout(300)
def test_killed_while_typing_pasting_renaming_and_taking_in() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "kills.py"), "--rounds", "12"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing twice" in done.stdout
