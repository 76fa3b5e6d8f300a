"""Every test has its own home, its own journal, no network but loopback, and no display."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The keyring of the user is never touched; tests of secrets bring one of their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

from journal_app.journal import Journal


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: no test reads or writes the user's journal, packs or settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    packs = os.environ.get("JOURNAL_MODELS") or str(
        Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
        / "field-journal"
        / "models"
    )
    monkeypatch.setenv("FIELD_JOURNAL_HOME", str(folder / "data"))
    monkeypatch.setenv("JOURNAL_TEST_PACKS", packs)  # where `make` put the real pack
    monkeypatch.delenv("JOURNAL_DIR", raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def runtime_dir() -> Iterator[None]:
    """Sockets and locks of the tests, in a folder with a short path: a socket's has 100 letters."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    folder = tempfile.mkdtemp(prefix="fj-")
    os.environ["XDG_RUNTIME_DIR"] = folder
    yield
    shutil.rmtree(folder)
    if before is None:
        del os.environ["XDG_RUNTIME_DIR"]
    else:
        os.environ["XDG_RUNTIME_DIR"] = before


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty journal, migrated once; tests copy it."""
    folder = tmp_path_factory.mktemp("migrated") / "journal"
    Journal(folder).close()
    return folder


@pytest.fixture
def journal_folder(tmp_path: Path, migrated: Path) -> Path:
    """The folder of a fresh, empty journal."""
    folder = tmp_path / "journal"
    shutil.copytree(migrated, folder)
    return folder


@pytest.fixture
def journal(journal_folder: Path) -> Iterator[Journal]:
    """A fresh, empty, open journal."""
    with Journal(journal_folder) as opened:
        yield opened


Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def cli(journal_folder: Path) -> Cli:
    """Run the real command line in a process of its own on this test's journal."""

    def call(*words: str, stdin: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "journal_app", "--journal", str(journal_folder), *words],
            input=data,
            capture_output=True,
            check=False,
            timeout=60,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return call
