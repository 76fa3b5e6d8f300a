"""The model process: `python -m journal_app.models.worker PACK HEAD DEVICE IDLE MODE`.

It answers frames (see `wire`) on its standard streams, one request at a time, and opens no socket.
It ends when its parent's pipe closes, when it is told to, or after IDLE seconds without a request
(then it says `bye`, so that a request already on its way is sent again to a fresh process).

Requests: `info`; `rate` with `sentences`; `embed` with `texts`; `nearest` with `matrix`, `dims`,
`limit` and records; `cancel` with the id of a request. Answers carry the id: `batch` (rows, done,
total, and float32 vectors for `rate`, float32 scales and int8 vectors for `embed`), then `done` or
`error`; `refused` when the pack cannot be loaded. The model is loaded by the first request that
needs it: a search does not. MODE `background` takes one thread at low priority.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import queue
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from journal_app.domain.segment import Sentence
from journal_app.errors import JournalError
from journal_app.models import wire

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from journal_app.models.embedder import Embedder
    from journal_app.models.nearest import Searcher
    from journal_app.models.salience import Head

SMALL_BATCH = 1  # texts at once in the background: as fast as 16, with a third of the memory
Requests = queue.Queue[tuple[dict[str, Any], bytes]]


class Worker:
    """One pack and head, loaded when needed, serving one parent."""

    def __init__(
        self, pack: Path, head: Path, device: str, out: BinaryIO, *, background: bool
    ) -> None:
        self._pack, self._head_file, self._device = pack, head, device
        self._out = out
        self._background = background
        self._embedder: Embedder | None = None
        self._head: Head | None = None
        self._searcher: Searcher | None = None
        self.cancelled: set[int] = set()

    @property
    def embedder(self) -> Embedder:
        """The model; loaded once."""
        if self._embedder is None:
            import onnxruntime as ort

            from journal_app.models import devices
            from journal_app.models.embedder import BATCH, Embedder

            ort.disable_telemetry_events()  # the Windows back end knows only this switch
            low = self._background
            self._embedder = Embedder(
                self._pack / "model.onnx",
                self._pack / "vocab.txt",
                self._device,
                threads=1 if low else devices.MAX_THREADS,
                batch=SMALL_BATCH if low else BATCH,
            )
        return self._embedder

    def serve(self, request: dict[str, Any], payload: bytes) -> None:
        """Answer one request; a failure of the runtime goes back as an answer."""
        number = int(request["id"])
        try:
            if request["op"] == "nearest":
                self._nearest(number, request, payload)
            elif self._load(number):
                self._infer(number, request)
        finally:
            self.cancelled.discard(number)

    def _load(self, number: int) -> bool:
        """Load the model; tells why where that fails."""
        from journal_app.models import devices

        try:
            _ = self.embedder
        except JournalError as error:
            self._refuse(number, error.message, error.hint)
        except devices.errors() as error:
            text = " ".join(str(error).split())[:300]
            self._refuse(
                number,
                f"The model {self._pack} cannot be loaded: {text}.",
                "`journal model verify` says whether the pack is damaged and how to mend it; with "
                "a whole pack, try `journal config device cpu`.",
            )
        else:
            return True
        return False

    def _refuse(self, number: int, message: str, hint: str) -> None:
        frame = {"id": number, "event": "refused", "message": message, "hint": hint}
        wire.write(self._out, frame)

    def _infer(self, number: int, request: dict[str, Any]) -> None:
        from journal_app.models import devices

        try:
            if request["op"] == "rate":
                self._rate(number, request["sentences"])
            elif request["op"] == "embed":
                self._embed(number, request["texts"])
            else:
                info = asdict(self.embedder.info)
                wire.write(self._out, {"id": number, "event": "done", "device": info})
        except JournalError as error:
            self._refuse(number, error.message, error.hint)
        except (*devices.errors(), MemoryError) as error:  # type: ignore[misc]
            text = " ".join(str(error).split())[:500] or type(error).__name__
            wire.write(self._out, {"id": number, "event": "error", "message": text})

    def _rate(self, number: int, given: list[dict[str, Any]]) -> None:
        import numpy as np

        from journal_app.models import salience

        self._head = self._head or salience.load(self._head_file)
        sentences = [Sentence(0, 0, **one) for one in given]
        vectors = np.zeros((len(sentences), self.embedder.dimensions), np.float32)
        for rows, part in self._batches(number, [sentence.text for sentence in sentences]):
            vectors[rows] = part
            self._sent(number, rows, len(sentences), part.astype("<f4").tobytes())
        if number in self.cancelled:
            return
        salience_of, shares = self._head.rate(sentences, vectors.astype(np.float64))
        answer = {"id": number, "event": "done", "salience": salience_of.tolist()}
        wire.write(self._out, {**answer, "aspects": shares.tolist()})

    def _embed(self, number: int, texts: list[str]) -> None:
        for rows, part in self._batches(number, texts):
            scales, vectors = self.embedder.quantize(part)
            payload = scales.astype("<f4").tobytes() + vectors.tobytes()
            self._sent(number, rows, len(texts), payload)
        if number not in self.cancelled:
            wire.write(self._out, {"id": number, "event": "done"})

    def _batches(
        self, number: int, texts: list[str]
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Batches until the request is cancelled."""
        self._done = 0
        for rows, part in self.embedder.batches(texts):
            if number in self.cancelled:
                return
            self._done += len(rows)
            yield rows, part

    def _sent(self, number: int, rows: list[int], total: int, payload: bytes) -> None:
        head = {"id": number, "event": "batch", "rows": rows, "done": self._done, "total": total}
        wire.write(self._out, head, payload)

    def _nearest(self, number: int, request: dict[str, Any], payload: bytes) -> None:
        from journal_app.models.nearest import Searcher

        self._searcher = self._searcher or Searcher()
        found = self._searcher.nearest(
            request["matrix"], int(request["dims"]), payload, int(request["limit"])
        )
        answer = {"id": number, "event": "done", "stale": found is None, "found": found or []}
        wire.write(self._out, answer)


def _listen(stream: BinaryIO, requests: Requests, cancelled: set[int]) -> None:
    """Read frames; a cancel takes effect between two batches, the end of the pipe at once."""
    while (frame := wire.read(stream)) is not None:
        head = frame[0]
        if head["op"] == "cancel":
            cancelled.add(int(head["target"]))
        else:
            requests.put(frame)
    os._exit(0)  # the parent is gone: nothing here is worth a clean end


def main(arguments: list[str]) -> int:
    """Serve until told to stop."""
    pack, head, device, idle, mode = arguments
    # Ctrl+C in a terminal reaches both processes; the parent decides, and its pipe ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if mode == "background" and hasattr(os, "nice"):  # Windows: see process.Process
        os.nice(10)
    # Native libraries print to descriptor 1: the frames get a descriptor of their own.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    worker = Worker(Path(pack), Path(head), device, out, background=mode == "background")
    requests: Requests = queue.Queue()
    threading.Thread(
        target=_listen, args=(sys.stdin.buffer, requests, worker.cancelled), daemon=True
    ).start()
    wire.write(out, {"event": "ready"})
    while True:
        try:
            request, payload = requests.get(timeout=float(idle))
        except queue.Empty:
            wire.write(out, {"event": "bye"})
            return 0
        if int(request["id"]) not in worker.cancelled:
            worker.serve(request, payload)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
