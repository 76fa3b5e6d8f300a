"""The client of the model process: starts it on demand, asks, watches, restarts.

Invariant: this module loads neither onnxruntime nor numpy; a crash of a driver ends the other
process, costs one request, and is told as a JournalError.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import queue
import sys
import threading
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain.segment import Sentence
from journal_app.domain.similar import Nearest, Vector
from journal_app.domain.summarize import DeviceInfo, ModelIdentity, Rating
from journal_app.errors import Cancelled, JournalError
from journal_app.models import packs, wire
from journal_app.models.catalog import DEFAULT, known
from journal_app.models.process import START_SECONDS, Process, environment

IDLE_SECONDS = 120.0
_LOOK = 0.05  # seconds between two looks at whether the user cancelled

Progress = Callable[[int, int], None]
Check = Callable[[], None]


class _Gone(Exception):
    """The worker said bye before it took the request: send it again."""


class ModelHost:
    """The model on this device, in a process of its own. Use from any thread; requests queue up.

    `device` is `auto`, `npu`, `gpu` or `cpu`; after `idle` seconds without a request the process
    ends and its memory returns; the next request starts it again. `background` is for work that
    nobody waits for: one thread, low priority.
    """

    def __init__(
        self,
        root: Path | None = None,
        *,
        device: str = "auto",
        pack: str = DEFAULT,
        idle: float = IDLE_SECONDS,
        background: bool = False,
    ) -> None:
        self._root = root if root is not None else paths.model_packs()
        self._choice = device
        self._pack = pack
        self._idle = idle
        self._mode = "background" if background else "normal"
        self._asking: set[object] = set()
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._process: Process | None = None
        self._closing = threading.Event()

    @property
    def head(self) -> Path:
        """The file of the salience head."""
        return paths.resources() / "models" / "salience" / "head.npz"

    @property
    def pid(self) -> int | None:
        """The process that runs now, if one does."""
        process = self._process
        return process.popen.pid if process and process.popen.poll() is None else None

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asking)

    def key(self) -> str:
        """16 hex digits that name the installed model; "" when it is not installed."""
        pack = known(self._pack)
        return pack.model.sha256[:16] if packs.installed(self._root, pack) else ""

    def identity(self) -> ModelIdentity:
        """Name and digest; raises JournalError when the pack is not installed."""
        found = packs.require(self._root, self._pack)
        both = found.pack.model.sha256 + packs.digest(self.head)
        name = f"{found.pack.id} + salience head"
        return ModelIdentity(name, hashlib.sha256(both.encode()).hexdigest())

    def device(self) -> DeviceInfo:
        """The device in use and the measured share of the model on it; starts the process."""
        given = self._ask({"op": "info"})["device"]
        return DeviceInfo(**{**given, "notes": tuple(given["notes"])})

    def rate(
        self,
        sentences: Sequence[Sentence],
        *,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> Rating:
        """Rate the sentences of one text; `progress(done, total)` batch by batch.

        `check` is called at least every 50 ms and cancels by raising. Raises JournalError when the
        pack is missing or the process dies.
        """
        if not sentences:
            return Rating((), (), ())
        given = [
            {
                "text": one.text,
                "kind": one.kind,
                "section": one.section,
                "lead": one.lead,
                "place": one.place,
                "places": one.places,
            }
            for one in sentences
        ]
        vectors: list[Sequence[float]] = [array("f")] * len(sentences)

        def batch(head: dict[str, Any], payload: bytes) -> None:
            flat = array("f")
            flat.frombytes(payload)
            if sys.byteorder == "big":
                flat.byteswap()
            width = len(flat) // len(head["rows"])
            for at, row in enumerate(head["rows"]):
                vectors[row] = flat[at * width : (at + 1) * width]
            if progress:
                progress(head["done"], head["total"])

        answer = self._ask({"op": "rate", "sentences": given}, batch=batch, check=check)
        aspects = tuple((a, b, c) for a, b, c in answer["aspects"])
        return Rating(tuple(answer["salience"]), aspects, tuple(vectors))

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> list[Vector]:
        """A unit vector for each text; progress, check and errors as in `rate`."""
        vectors: dict[int, Vector] = {}

        def batch(head: dict[str, Any], payload: bytes) -> None:
            rows = head["rows"]
            scales = array("f")
            scales.frombytes(payload[: 4 * len(rows)])
            if sys.byteorder == "big":
                scales.byteswap()
            width = len(payload) // len(rows) - 4
            for at, row in enumerate(rows):
                start = 4 * len(rows) + at * width
                vectors[row] = Vector(scales[at], payload[start : start + width])
            if progress:
                progress(head["done"], head["total"])

        if texts:
            self._ask({"op": "embed", "texts": list(texts)}, batch=batch, check=check)
        return [vectors[row] for row in range(len(texts))]

    def nearest(
        self,
        matrix: Path | None,
        query: Vector,
        tail: bytes,
        limit: int,
        check: Check | None = None,
    ) -> Nearest:
        """The vectors of a matrix file and of `tail` (records newer than it) nearest to `query`.

        No model is loaded for it. Raises JournalError when the process dies.
        """
        request = {"op": "nearest", "matrix": str(matrix) if matrix else "", "limit": limit}
        answer = self._ask(
            {**request, "dims": len(query.data)}, query.record(0) + tail, check=check
        )
        found = tuple((int(n), float(score)) for n, score in answer["found"])
        return Nearest(found, stale=bool(answer["stale"]))

    def close(self) -> None:
        """End the process, cancelling what runs; the next request would start it again."""
        self._closing.set()
        try:
            with self._lock:
                self._drop()
        finally:
            self._closing.clear()

    # ------------------------------------------------------------------ inside

    def _ask(
        self,
        request: dict[str, Any],
        payload: bytes = b"",
        *,
        batch: Callable[[dict[str, Any], bytes], None] | None = None,
        check: Check | None = None,
    ) -> dict[str, Any]:
        mine = object()
        self._asking.add(mine)
        try:
            with self._lock:
                return self._ask_in_turn(request, payload, batch, check)
        finally:
            self._asking.discard(mine)

    def _ask_in_turn(
        self,
        request: dict[str, Any],
        payload: bytes,
        batch: Callable[[dict[str, Any], bytes], None] | None,
        check: Check | None,
    ) -> dict[str, Any]:
        for _ in range(2):
            process = self._running(check)
            number = next(self._numbers)
            try:
                wire.write(process.stdin, {**request, "id": number}, payload)
            except OSError:  # it ended before the request began: ask a fresh one
                self._drop()
                continue
            try:
                return self._answer(process, number, batch, check)
            except _Gone:
                self._drop()
            except BaseException:
                self._cancel(process, number)
                raise
        raise self._died()

    def _answer(
        self,
        process: Process,
        number: int,
        batch: Callable[[dict[str, Any], bytes], None] | None,
        check: Check | None,
    ) -> dict[str, Any]:
        while True:
            frame = self._next(process, check)
            if frame is None:
                raise self._died()
            head, payload = frame
            if head["event"] == "bye":
                raise _Gone
            if head.get("id") != number:
                continue  # of a request that was cancelled
            if head["event"] == "batch":
                if batch is not None:
                    batch(head, payload)
            elif head["event"] == "refused":
                self._drop()
                raise JournalError(head["message"], head["hint"])
            elif head["event"] == "error":
                raise JournalError(
                    f"The model failed: {head['message']}.",
                    "Try another device: `journal config device cpu`.",
                )
            else:
                return head

    def _next(
        self, process: Process, check: Check | None, limit: float | None = None
    ) -> tuple[dict[str, Any], bytes] | None:
        waited = 0.0
        while True:
            if self._closing.is_set():
                raise Cancelled
            if check:
                check()
            try:
                return process.mail.get(timeout=_LOOK)
            except queue.Empty:
                waited += _LOOK
                if limit is not None and waited > limit:
                    return None

    @staticmethod
    def _cancel(process: Process, number: int) -> None:
        with contextlib.suppress(OSError, ValueError):  # ended, or its pipe is closed already
            wire.write(process.stdin, {"op": "cancel", "id": 0, "target": number})

    def _running(self, check: Check | None) -> Process:
        """The live process, started if need be."""
        if self._process is not None and self._process.popen.poll() is None:
            return self._process
        self._drop()
        found = packs.require(self._root, self._pack)
        command = [sys.executable, "-X", "utf8", "-m", "journal_app.models.worker"]
        command += [str(found.folder), str(self.head), self._choice, str(self._idle), self._mode]
        low = self._mode == "background"
        process = self._process = Process(command, environment(), low=low)
        try:
            frame = self._next(process, check, START_SECONDS)
        except BaseException:
            self._drop()
            raise
        if frame is None:
            raise self._died()
        return process

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.stop()

    def _died(self) -> JournalError:
        """The error for a process that ended in the middle; the next request starts a new one."""
        process = self._process
        self._drop()
        code = process.popen.returncode if process else None
        last = next((line for line in reversed(process.log) if line), "") if process else ""
        return JournalError(
            f"The model process ended in the middle of the work (status {code})."
            + (f" Its last words: {last}" if last else ""),
            "Nothing else was touched; try again. If it repeats: `journal model verify`, "
            "`journal config device cpu`.",
        )
