"""The client of the model process: starts it on demand, asks, watches, restarts.

Invariant: this module loads neither onnxruntime nor numpy; a crash of a driver ends the other
process, costs the requests that were running, and is told as a JournalError.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import queue
import sys
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain.generate import Completion, Prompt
from journal_app.domain.segment import Sentence
from journal_app.domain.similar import Nearest, Vector
from journal_app.domain.summarize import DeviceInfo, ModelIdentity, Rating
from journal_app.errors import Cancelled, JournalError
from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, known
from journal_app.models.process import START_SECONDS, STARTING, Mail, Process, environment

IDLE_SECONDS = 120.0
_LOOK = 0.05  # seconds between two looks at whether the user cancelled

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Hear = Callable[[dict[str, Any], bytes], None]


class _Gone(Exception):
    """The worker said bye before it took the request: send it again."""


class ModelHost:
    """The models on this device, in a process of their own. Use from any thread.

    Requests of one lane (see `worker`) queue up. `device` is a policy (`auto`, `npu`, `gpu`, `cpu`
    or the id of a device); `strict` forbids another device than that. `pack` is the sentence
    encoder. After `idle` seconds without a request the process ends and its memory returns; the
    next request starts it again. `memory` is the most it may hold, in bytes (0: no limit).
    `background` is for work that nobody waits for: one thread, low priority.
    """

    def __init__(
        self,
        root: Path | None = None,
        *,
        device: str = "auto",
        strict: bool = False,
        pack: str = DEFAULT,
        idle: float = IDLE_SECONDS,
        memory: int = 0,
        background: bool = False,
    ) -> None:
        self._root = root if root is not None else paths.model_packs()
        self._pack = pack
        self._options = {
            "head": str(self.head),
            "device": device,
            "strict": strict,
            "idle": idle,
            "memory": memory,
            "background": background,
        }
        self._asking: set[object] = set()
        self._lanes = (threading.RLock(), threading.RLock())
        self._life = threading.RLock()
        self._numbers = itertools.count(STARTING + 1)
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

    @property
    def policy(self) -> str:
        """The device policy that this client was made with."""
        return str(self._options["device"])

    def key(self) -> str:
        """16 hex digits that name the installed encoder; "" when it is not installed."""
        pack = known(self._pack)
        return pack.model.sha256[:16] if packs.installed(self._root, pack) else ""

    def identity(self) -> ModelIdentity:
        """Name and digest; raises JournalError when the pack is not installed."""
        found = packs.require(self._root, self._pack)
        both = known(self._pack).model.sha256 + packs.digest(self.head)
        name = f"{found.id} + salience head"
        return ModelIdentity(name, hashlib.sha256(both.encode()).hexdigest())

    def device(self) -> DeviceInfo:
        """Where the encoder runs, and the measured share of it there; starts the process."""
        return _device(self._ask({"op": "info", "pack": self._encoder()})["device"])

    def loaded(self) -> list[DeviceInfo]:
        """Every model that is loaded now; starts nothing."""
        if self.pid is None:
            return []
        return [_device(one) for one in self._ask({"op": "loaded"})["loaded"]]

    # ------------------------------------------------------------------ the encoder

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
            flat = _floats(payload)
            width = len(flat) // len(head["rows"])
            for at, row in enumerate(head["rows"]):
                vectors[row] = flat[at * width : (at + 1) * width]
            if progress:
                progress(head["done"], head["total"])

        request = {"op": "rate", "pack": self._encoder(), "sentences": given}
        answer = self._ask(request, hear=batch, check=check)
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
            scales = _floats(payload[: 4 * len(rows)])
            width = len(payload) // len(rows) - 4
            for at, row in enumerate(rows):
                start = 4 * len(rows) + at * width
                vectors[row] = Vector(scales[at], payload[start : start + width])
            if progress:
                progress(head["done"], head["total"])

        if texts:
            request = {"op": "embed", "pack": self._encoder(), "texts": list(texts)}
            self._ask(request, hear=batch, check=check)
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

    # ------------------------------------------------------------------ the generator

    def generate(
        self,
        prompt: Prompt,
        *,
        pack: str,
        emit: Callable[[str], None] | None = None,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> Completion:
        """See `journal_app.domain.generate.Writer`."""

        def hear(head: dict[str, Any], _payload: bytes) -> None:
            if head["event"] == "text" and emit:
                emit(head["text"])
            elif head["event"] == "progress" and progress:
                progress(head["done"], head["total"])

        request = {"op": "generate", "pack": self._folder(pack), "prompt": asdict(prompt)}
        return Completion(**self._ask(request, lane=1, hear=hear, check=check)["completion"])

    def count(self, texts: Sequence[str], *, pack: str) -> list[int]:
        """How many tokens each text has; see `Writer`."""
        request = {"op": "count", "pack": self._folder(pack), "texts": list(texts)}
        return [int(n) for n in self._ask(request, lane=1)["counts"]] if texts else []

    def context_of(self, pack: str) -> int:
        """The tokens that the pack's context holds; loads it."""
        request = {"op": "count", "pack": self._folder(pack), "texts": []}
        return int(self._ask(request, lane=1)["context"])

    def device_of(self, pack: str) -> DeviceInfo:
        """Where a generator runs; loads it."""
        request = {"op": "info", "pack": self._folder(pack), "task": "text generation"}
        return _device(self._ask(request)["device"])

    def digest_of(self, pack: str) -> str:
        """SHA-256 over the pack's files, from its manifest."""
        digest: str = packs.find(self._root, pack).digest
        return digest

    def close(self) -> None:
        """End the process, cancelling what runs; the next request would start it again."""
        self._closing.set()
        try:
            with self._lanes[0], self._lanes[1]:
                self._drop()
        finally:
            self._closing.clear()

    # ------------------------------------------------------------------ inside

    def _encoder(self) -> str:
        return str(packs.require(self._root, self._pack).folder)

    def _folder(self, pack: str) -> str:
        return str(packs.find(self._root, pack).folder)

    def _ask(
        self,
        request: dict[str, Any],
        payload: bytes = b"",
        *,
        lane: int = 0,
        hear: Hear | None = None,
        check: Check | None = None,
    ) -> dict[str, Any]:
        mine = object()
        self._asking.add(mine)
        try:
            with self._turn(lane, check):
                return self._ask_in_turn(request, payload, hear, check)
        finally:
            self._asking.discard(mine)

    @contextlib.contextmanager
    def _turn(self, lane: int, check: Check | None) -> Iterator[None]:
        """Wait for the lane; who gives up meanwhile need not wait on."""
        while not self._lanes[lane].acquire(timeout=_LOOK):
            if self._closing.is_set():
                raise Cancelled
            if check:
                check()
        try:
            yield
        finally:
            self._lanes[lane].release()

    def _ask_in_turn(
        self, request: dict[str, Any], payload: bytes, hear: Hear | None, check: Check | None
    ) -> dict[str, Any]:
        for _ in range(2):
            process = self._running(check)
            number = next(self._numbers)
            mail = process.mailbox(number)
            try:
                process.send({**request, "id": number}, payload)
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
        with self._life:
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


def _device(given: dict[str, Any]) -> DeviceInfo:
    return DeviceInfo(**{**given, "notes": tuple(given["notes"])})


def _floats(payload: bytes) -> array[float]:
    """Little-endian float32."""
    flat = array("f")
    flat.frombytes(payload)
    if sys.byteorder == "big":
        flat.byteswap()
    return flat
