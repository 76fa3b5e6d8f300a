"""One window for one journal: who holds it, where it listens, and one line sent to it.

Invariant: who holds the lock file of a name is the only one that may listen under it. The system
frees the lock when its process ends, however it ends, so a socket that was left over is told from
a live one without asking it.

The channel carries three verbs and answers `ok` or `no`. What comes in is untrusted: a line that
is too long or names anything else is refused. Names come from the folder's identity on disk, so
that every way to write its path leads to the same window. Qt is not known here.
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from journal_app import paths
from journal_app.errors import JournalError

LONGEST = 512  # bytes of a message
STARTING = 10.0  # seconds that a window may take from its start until it listens
VERBS = ("capture", "show", "open")
_OWN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)  # no child keeps the lock
_ENTRY = re.compile(r"[0-9A-Za-z]{26}")
_TOKEN = re.compile(r"[\w.:@/+=-]{1,256}")  # what a desktop gives to let a window come forward


@dataclass(frozen=True, slots=True)
class Message:
    """What another process asks for. `entry` is the id for `open`, `token` the desktop's leave."""

    verb: str
    entry: str = ""
    token: str = ""

    def line(self) -> str:
        """The message as it is sent."""
        words = [self.verb, self.entry, f"token={self.token}" if self.token else ""]
        return " ".join(word for word in words if word) + "\n"


def read(line: bytes) -> Message | None:
    """The message in a line, None for anything else."""
    if len(line) > LONGEST:
        return None
    try:
        words = line.decode("ascii").split()
    except UnicodeDecodeError:
        return None
    token = ""
    if words and words[-1].startswith("token="):
        token = words.pop().removeprefix("token=")
        if not _TOKEN.fullmatch(token):
            return None
    if not words or words[0] not in VERBS:
        return None
    wanted = 2 if words[0] == "open" else 1
    if len(words) != wanted or (wanted == 2 and not _ENTRY.fullmatch(words[1])):
        return None
    return Message(words[0], words[1] if wanted == 2 else "", token)


def name_of(folder: Path, role: str = "window") -> str:
    """A short name for a journal folder that is there, the same for every path to it."""
    found = folder.stat()
    return f"{role}-{found.st_dev:x}-{found.st_ino:x}"


def place() -> Path:
    """The folder of sockets and locks, for this user alone. Raises JournalError if it is not."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    if sys.platform == "win32":
        folder = paths.user_data() / "run"
    elif base and Path(base).is_dir():
        folder = Path(base) / paths.APP
    else:
        import tempfile  # 20 ms that a desktop session, which has a runtime folder, need not pay

        folder = Path(tempfile.gettempdir()) / f"{paths.APP}-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            found = folder.lstat()
            if found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink():
                raise PermissionError(1, "it belongs to somebody else or is open to others")
    except OSError as error:
        raise JournalError(
            f"{folder} cannot be used: {error.strerror}.",
            "Remove that folder, or set XDG_RUNTIME_DIR to a folder of your own.",
        ) from error
    return folder


def address(name: str) -> str:
    """Where the holder of a name listens: a socket, on Windows a named pipe."""
    if sys.platform == "win32":
        user = re.sub(r"\W", "", os.environ.get("USERNAME", "user"))
        return rf"\\.\pipe\{paths.APP}-{user}-{name}"
    return str(place() / f"{name}.sock")


class Claim:
    """The lock of a name, held until `release` or the end of the process, not a moment less: a
    bare descriptor, for a file object would let go when it is forgotten."""

    def __init__(self, name: str, handle: int) -> None:
        self.name = name
        self._handle = handle

    def release(self) -> None:
        """Let another process have the name. A second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def claim(name: str) -> Claim | None:
    """Take a name; None while another process has it."""
    handle = os.open(place() / f"{name}.lock", os.O_RDWR | os.O_CREAT | _OWN, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return Claim(name, handle)


def send(name: str, message: Message, timeout: float = 3.0) -> bool:
    """Ask the holder of a name for something; whether it said that it will.

    False when nobody listens. Without Qt: this is the short way from a key to the window.
    """
    line = message.line().encode("ascii")
    if sys.platform == "win32":
        return _send_pipe(address(name), line)
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        channel.settimeout(timeout)
        try:
            channel.connect(address(name))
            channel.sendall(line)
            return channel.recv(64).startswith(b"ok")
        except OSError:
            return False


def ask(name: str, message: Message) -> bool:
    """Send to the holder of a name, and wait for one that is just starting; False without one."""
    until = time.monotonic() + STARTING
    while not send(name, message):
        held = claim(name)
        if held is not None:
            held.release()
            return False
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _send_pipe(pipe: str, line: bytes) -> bool:
    """A named pipe opens like a file. The window may come forward only if we say so."""
    import ctypes

    try:
        with Path(pipe).open("r+b", buffering=0) as channel:
            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # type: ignore[attr-defined]
            channel.write(line)
            return channel.read(64).startswith(b"ok")
    except OSError:
        return False


def leave() -> str:
    """The desktop's leave for the next window to come forward, handed to us by what started us."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return token if _TOKEN.fullmatch(token) else ""
