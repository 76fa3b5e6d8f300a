"""The conformance kit over real git servers: a folder, and http-backend with a token."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.extend.conformance import SECRET, TargetConformance
from tests.helpers.servers.git_worlds import FolderWorld, HttpWorld


class TestFolder(TargetConformance):
    @pytest.fixture
    def world(self, tmp_path: Path) -> FolderWorld:
        return FolderWorld(tmp_path)


class TestHttp(TargetConformance):
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[HttpWorld]:
        world = HttpWorld(tmp_path)
        yield world
        world.server.stop()
        assert SECRET not in _everything(tmp_path / "home")


def _everything(folder: Path) -> str:
    found = subprocess.run(
        ["grep", "-r", "-a", SECRET, str(folder)], capture_output=True, check=False
    )
    return found.stdout.decode("utf-8", "replace")
