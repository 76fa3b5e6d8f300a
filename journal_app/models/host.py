"""What the model process can be asked: sentences rated and embedded, texts written and counted.

Invariant: this module loads neither onnxruntime nor numpy; see `client` for the process itself.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain.generate import Completion, Prompt
from journal_app.domain.segment import Sentence
from journal_app.domain.similar import Nearest, Vector
from journal_app.domain.summarize import DeviceInfo, ModelIdentity, Rating
from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, GENERATION, known
from journal_app.models.client import Check, Client

IDLE_SECONDS = 120.0

Progress = Callable[[int, int], None]


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
        self._client = Client(self._options)

    def configure(self, *, device: str, strict: bool, memory: int) -> None:
        """Take another device or limit from now on; ends the process, cancelling what runs."""
        self._options.update(device=device, strict=strict, memory=memory)
        self.close()

    @property
    def head(self) -> Path:
        """The file of the salience head."""
        return paths.resources() / "models" / "salience" / "head.npz"

    @property
    def pid(self) -> int | None:
        """The process that runs now, if one does."""
        return self._client.pid

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._client.busy

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
        return _device(self._client.ask({"op": "info", "pack": self._encoder()})["device"])

    def loaded(self) -> list[DeviceInfo]:
        """Every model that is loaded now; starts nothing."""
        if self.pid is None:
            return []
        return [_device(one) for one in self._client.ask({"op": "loaded"})["loaded"]]

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
        answer = self._client.ask(request, hear=batch, check=check)
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
            self._client.ask(request, hear=batch, check=check)
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
        answer = self._client.ask(
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
        return Completion(**self._client.ask(request, lane=1, hear=hear, check=check)["completion"])

    def count(self, texts: Sequence[str], *, pack: str) -> list[int]:
        """How many tokens each text has; see `Writer`."""
        request = {"op": "count", "pack": self._folder(pack), "texts": list(texts)}
        return [int(n) for n in self._client.ask(request, lane=1)["counts"]] if texts else []

    def context_of(self, pack: str) -> int:
        """The tokens that the pack's context holds; loads it."""
        request = {"op": "count", "pack": self._folder(pack), "texts": []}
        return int(self._client.ask(request, lane=1)["context"])

    def device_of(self, pack: str) -> DeviceInfo:
        """Where a generator runs; loads it."""
        request = {"op": "info", "pack": self._folder(pack), "task": GENERATION}
        return _device(self._client.ask(request)["device"])

    def digest_of(self, pack: str) -> str:
        """SHA-256 over the pack's files, from its manifest."""
        digest: str = packs.find(self._root, pack).digest
        return digest

    def close(self) -> None:
        """End the process, cancelling what runs; the next request would start it again."""
        self._client.close()

    # ------------------------------------------------------------------ inside

    def _encoder(self) -> str:
        return str(packs.require(self._root, self._pack).folder)

    def _folder(self, pack: str) -> str:
        return str(packs.find(self._root, pack).folder)


def _device(given: dict[str, Any]) -> DeviceInfo:
    return DeviceInfo(**{**given, "notes": tuple(given["notes"])})


def _floats(payload: bytes) -> array[float]:
    """Little-endian float32."""
    flat = array("f")
    flat.frombytes(payload)
    if sys.byteorder == "big":
        flat.byteswap()
    return flat
