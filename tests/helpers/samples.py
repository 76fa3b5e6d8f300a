"""Real records kept beside the project on developers' machines; absent elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples"


def shared_samples() -> Path:
    """The folder of real sample records, or a skip that says why."""
    if not FOLDER.is_dir():
        pytest.skip(f"the real sample records are not on this machine ({FOLDER})")
    return FOLDER
