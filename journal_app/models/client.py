"""The pipe to the model process: starts it on demand, asks, watches, restarts.

Invariant: this module loads neither onnxruntime nor numpy; a crash of a driver ends the other
process, costs the requests that were running, and is told as a JournalError.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from journal_app.domain.capture import clean_text
from journal_app.errors import Cancelled, JournalError
from journal_app.models.process import START_SECONDS, STARTING, Mail, Process, environment

_LOOK = 0.05  # seconds between two looks at whether the user cancelled

Check = Callable[[], None]
Hear = Callable[[dict[str, Any], bytes], None]


class _Gone(Exception):
    """The worker said bye before it took the request: send it again."""


class Client:
    """One model process at a time, for requests from any thread.

    Requests of one lane (see `worker`) queue up; `options` are the worker's.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._asking: set[object] = set()
        self._lanes = (threading.RLock(), threading.RLock())
        self._life = threading.RLock()
        self._numbers = itertools.count(STARTING + 1)
        self._process: Process | None = None
        self._closing, self._closer = threading.Event(), threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process that runs now, if one does."""
        process = self._process
        return process.popen.pid if process and process.popen.poll() is None else None

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asking)

    def ask(
        self,
        request: dict[str, Any],
        payload: bytes = b"",
        *,
        lane: int = 0,
        hear: Hear | None = None,
        check: Check | None = None,
    ) -> dict[str, Any]:
        """The last frame of the answer; `hear` gets those before it.

        `check` is called at least every 50 ms and cancels by raising. Raises JournalError when the
        worker refuses or fails, or when the process dies.
        """
        mine = object()
        self._asking.add(mine)
        try:
            with self._turn(self._lanes[lane], check):
                return self._ask_in_turn(request, payload, hear, check)
        finally:
            self._asking.discard(mine)

    def close(self) -> None:
        """End the process, cancelling what runs; the next request would start it again."""
        with self._closer:
            self._closing.set()
            try:
                with self._lanes[0], self._lanes[1]:
                    self._drop()
            finally:
                self._closing.clear()

    @contextlib.contextmanager
    def _turn(self, lock: threading.RLock, check: Check | None) -> Iterator[None]:
        """Wait for a lock; who gives up meanwhile need not wait on."""
        while not lock.acquire(timeout=_LOOK):
            if self._closing.is_set():
                raise Cancelled
            if check:
                check()
        try:
            yield
        finally:
            lock.release()

    def _ask_in_turn(
        self, request: dict[str, Any], payload: bytes, hear: Hear | None, check: Check | None
    ) -> dict[str, Any]:
        for _ in range(2):
            process = self._running(check)
            number = next(self._numbers)
            mail = process.mailbox(number)
            try:
                _send(process, {**request, "id": number}, payload)
            except (OSError, ValueError):  # it ended before the request began: ask a fresh one
                self._drop(process)
                continue
            try:
                return self._answer(process, mail, hear, check)
            except _Gone:
                self._drop(process)
            except BaseException:
                self._cancel(process, number)
                raise
            finally:
                process.forget(number)
        raise self._died(process)

    def _answer(
        self, process: Process, mail: Mail, hear: Hear | None, check: Check | None
    ) -> dict[str, Any]:
        while True:
            frame = self._next(mail, check)
            if frame is None:
                raise self._died(process)
            head, payload = frame
            event = head["event"]
            if event == "bye":
                raise _Gone
            if event == "done":
                return head
            if event == "cancelled":
                raise Cancelled
            if event == "refused":
                raise JournalError(head["message"], head["hint"])
            if event == "error":
                raise JournalError(
                    f"The model failed: {head['message']}.",
                    "Try another device: `journal config device cpu`.",
                )
            if hear is not None:
                hear(head, payload)

    def _next(
        self, mail: Mail, check: Check | None, limit: float | None = None
    ) -> tuple[dict[str, Any], bytes] | None:
        waited = 0.0
        while True:
            if self._closing.is_set():
                raise Cancelled
            if check:
                check()
            try:
                return mail.get(timeout=_LOOK)
            except queue.Empty:
                waited += _LOOK
                if limit is not None and waited > limit:
                    return None

    @staticmethod
    def _cancel(process: Process, number: int) -> None:
        with contextlib.suppress(OSError, ValueError):  # ended, or its pipe is closed already
            process.send({"op": "cancel", "id": STARTING, "target": number})

    def _running(self, check: Check | None) -> Process:
        """The live process, started if need be."""
        with self._turn(self._life, check):
            if self._process is not None and self._process.popen.poll() is None:
                return self._process
            self._drop()
            command = [sys.executable, "-X", "utf8", "-m", "journal_app.models.worker"]
            command.append(json.dumps(self._options))
            low = bool(self._options["background"])
            process = self._process = Process(command, environment(), low=low)
            try:
                frame = self._next(process.mailbox(STARTING), check, START_SECONDS)
            except BaseException:
                self._drop()
                raise
            if frame is None:
                raise self._died(process)
            process.forget(STARTING)
            return process

    def _drop(self, only: Process | None = None) -> None:
        """End the process; with `only`, unless another has taken its place."""
        with self._life:
            if only is not None and self._process is not only:
                return
            process, self._process = self._process, None
            if process is not None:
                process.stop()

    def _died(self, process: Process) -> JournalError:
        """The error for a process that ended in the middle; the next request starts a new one."""
        self._drop(process)
        last = next((line for line in reversed(process.log) if line), "")
        return JournalError(
            f"The model process ended in the middle of the work (status "
            f"{process.popen.returncode})." + (f" Its last words: {last}" if last else ""),
            "Nothing else was touched; try again. If it repeats: `journal model verify`, "
            "`journal config device cpu`.",
        )


def _send(process: Process, request: dict[str, Any], payload: bytes) -> None:
    try:
        process.send(request, payload)
    except UnicodeEncodeError:  # half a character, from a clipboard or a terminal
        process.send(_storable(request), payload)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return value
