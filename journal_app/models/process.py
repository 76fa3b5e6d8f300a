"""The other process as such: its pipes and its end, its environment, what it says of devices."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from typing import Any, BinaryIO, cast

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.models import wire

START_SECONDS = 120.0  # an NPU compiles the graph on the first start
STARTING = 0  # the mailbox of what the process says before it was asked anything

Mail = queue.SimpleQueue[tuple[dict[str, Any], bytes] | None]


class Process:
    """One run of the worker: its pipe in, a mailbox for each request, the tail of its log.

    `low` asks Windows for a priority below the window's; elsewhere the worker lowers itself.
    """

    def __init__(
        self, command: list[str], environment: dict[str, str], *, low: bool = False
    ) -> None:
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        if low:
            hidden |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        self.popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            creationflags=hidden,
        )
        self._mail: dict[int, Mail] = {STARTING: queue.SimpleQueue()}
        self._boxes, self._sending = threading.Lock(), threading.Lock()
        self._ended = False
        self.log: deque[str] = deque(maxlen=20)
        assert self.popen.stdout is not None and self.popen.stderr is not None
        self._threads = [
            threading.Thread(target=self._receive, args=(self.popen.stdout,), daemon=True),
            threading.Thread(target=self._keep_log, args=(self.popen.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def mailbox(self, number: int) -> Mail:
        """Where the answers to request `number` arrive; None in it when the process has ended."""
        with self._boxes:
            box = self._mail.setdefault(number, queue.SimpleQueue())
            if self._ended:
                box.put(None)
            return box

    def forget(self, number: int) -> None:
        """Nobody waits for request `number` any more."""
        with self._boxes:
            self._mail.pop(number, None)

    def send(self, head: dict[str, Any], payload: bytes = b"") -> None:
        """One frame to the process, from any thread. Raises OSError or ValueError when it ended."""
        with self._sending:
            wire.write(self.stdin, head, payload)

    def _receive(self, stream: Any) -> None:
        while (frame := wire.read(stream)) is not None:
            number = frame[0].get("id")
            with self._boxes:
                for box in self._mail.values() if number is None else [self._mail.get(number)]:
                    if box is not None:  # else of a request that was cancelled
                        box.put(frame)
        with self._boxes:
            self._ended = True
            for box in self._mail.values():
                box.put(None)

    def _keep_log(self, stream: Any) -> None:
        for line in stream:
            self.log.append(line.decode("utf-8", "replace").rstrip())

    @property
    def stdin(self) -> BinaryIO:
        """The pipe into the process."""
        pipe = self.popen.stdin
        assert pipe is not None
        return cast(BinaryIO, pipe)  # of bytes, as the process was opened

    def stop(self) -> None:
        """End it and release its pipes and threads."""
        with contextlib.suppress(OSError):
            self.stdin.close()
        try:
            self.popen.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        for thread in self._threads:
            thread.join(timeout=2)
        for stream in (self.popen.stdout, self.popen.stderr):
            if stream is not None:
                stream.close()


def list_devices() -> dict[str, Any]:
    """`{"devices": [{id, kind, name, provider, vendor, emulated}], "plugins": {provider: problem},
    "facts": doctor_facts.Facts as JSON}` of this machine.

    Asked in a process of its own; raises JournalError when that fails.
    """
    way_out = "The CPU works without this list: `journal config device cpu`."
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "journal_app.models.devices"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment(),
            timeout=START_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JournalError(f"The devices could not be listed: {error}.", way_out) from error
    try:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise JournalError(
            f"The devices could not be listed (status {done.returncode}): {done.stderr[-300:]}",
            way_out,
        ) from error
    return found


def environment() -> dict[str, str]:
    """For a process that loads onnxruntime: telemetry off before it starts, this package found."""
    package = str(paths.PACKAGE.parent)
    known = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "ORT_DISABLE_TELEMETRY": "1",
        "PYTHONPATH": os.pathsep.join([package, known] if known else [package]),
        "TOKENIZERS_PARALLELISM": "false",
        # glibc keeps what large blocks leave behind; from this size on they go back at once.
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }
