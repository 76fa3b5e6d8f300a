"""A knock at the agent's door: "look at the queue now". It carries nothing else.

The door is a socket in a folder of this user alone (a named pipe on Windows). What is read from it
is thrown away; that somebody knocked is all there is to know.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Listener
from pathlib import Path

from journal_app.runtime import single_instance


def _address(folder: Path) -> str:
    return single_instance.address(single_instance.name_of(folder, "agent"))


class Door:
    """Listens in a thread that sleeps until somebody knocks; `close` ends it."""

    def __init__(self, folder: Path, knocked: Callable[[], object]) -> None:
        address = _address(folder)
        with contextlib.suppress(OSError):
            Path(address).unlink()  # of an agent that was killed: this one holds the lease
        self._listener = Listener(address)
        self._knocked = knocked
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="agent-door", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                guest = self._listener.accept()
            except (OSError, EOFError):
                self._closed.wait(1)
                continue
            with contextlib.suppress(OSError, EOFError), guest:  # gone again, or says too much
                if guest.poll(1):
                    guest.recv_bytes(64)
            self._knocked()

    def close(self) -> None:
        """Listen no more."""
        self._closed.set()
        self._listener.close()


def knock(folder: Path) -> bool:
    """Ask the agent of this journal to look at the queue; False where none listens."""
    try:
        with Client(_address(folder)) as guest:
            guest.send_bytes(b"look")
        return True
    except (OSError, EOFError):
        return False
