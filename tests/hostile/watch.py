"""Sees what nobody may do: open a file outside the attachments, call an address."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_IN_OPEN, _IN_NONBLOCK = 0x20, 0o4000
_opened: list[str] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open" and isinstance(arguments[0], str | bytes):
        _opened.append(os.fsdecode(arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def opened_by_python() -> Iterator[list[str]]:
    """The paths that Python code opens, in any thread."""
    global _opened
    _opened = heard = []
    yield heard
    _opened = None


class OpenedFiles:
    """Tells whether anybody, Qt's own code included, opened one of some files (Linux)."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.inotify_init1(_IN_NONBLOCK)
        assert self._fd >= 0
        for path in paths:
            assert self._libc.inotify_add_watch(self._fd, os.fsencode(path), _IN_OPEN) >= 0

    def any(self) -> bool:
        """Whether one was opened since the last question."""
        try:
            return bool(os.read(self._fd, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """Stop watching."""
        os.close(self._fd)


class Canary:
    """A port of this computer that nobody may call."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(16)
        self._socket.setblocking(False)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def called(self) -> bool:
        """Whether anybody called."""
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()
