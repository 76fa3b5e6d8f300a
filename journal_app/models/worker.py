"""The model process: `python -m journal_app.models.worker OPTIONS`, OPTIONS as JSON.

It answers frames (see `wire`) on its standard streams and opens no socket. It ends when its
parent's pipe closes, when it is told to, or after `idle` seconds without a request (then it says
`bye`, so that a request already on its way is sent again to a fresh process).

Two lanes work side by side: `generate` and `count` in one, everything else in the other, so that a
search does not wait for a text. Requests (with `pack`, the folder): `info`; `rate` with
`sentences`; `embed` with `texts`; `nearest` with `matrix`, `dims`, `limit` and records; `generate`
with a prompt; `count` with `texts`; `loaded`; `cancel` with the id of a request. Answers carry the
id: `batch` (rows, done, total, and float32 vectors for `rate`, float32 scales and int8 vectors for
`embed`), `progress`, `text`; then `done` or `error`; `refused` when a pack cannot be loaded. A
model is loaded by the first request that needs it: a search needs none.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import json
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from journal_app.domain.generate import Message, Prompt, Sampling
from journal_app.domain.segment import Sentence
from journal_app.errors import Cancelled, JournalError
from journal_app.models import wire
from journal_app.models.catalog import GENERATION
from journal_app.models.loaded import Models

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from journal_app.models.decoding.decoder import Decoder
    from journal_app.models.embedder import Embedder
    from journal_app.models.nearest import Searcher
    from journal_app.models.salience import Head

Request = tuple[dict[str, Any], bytes]
WRITING = ("generate", "count")  # operations of the second lane


class Worker:
    """Loaded models and a head, serving one parent."""

    def __init__(self, head: Path, models: Models, out: BinaryIO) -> None:
        self._head_file = head
        self._models = models
        self._out, self._sending = out, threading.Lock()
        self._head: Head | None = None
        self._searcher: Searcher | None = None
        self._writing: tuple[int, Decoder] | None = None
        self._cancelled: set[int] = set()
        self.lanes: tuple[queue.Queue[Request], queue.Queue[Request]] = (
            queue.Queue(),
            queue.Queue(),
        )
        self._open: set[int] = set()  # requests taken and not yet answered, in both lanes
        self._last = time.monotonic()  # when the last answer was given
        self._state = threading.Lock()  # of the four above that both lanes and the pipe touch

    def take(self, request: Request) -> None:
        """Queue a request in its lane."""
        with self._state:
            self._open.add(int(request[0]["id"]))
        self.lanes[request[0]["op"] in WRITING].put(request)

    def cancel(self, number: int) -> None:
        """Give a request up: between two batches, or within a run of the generator."""
        with self._state:  # else the next text could be ended in place of this one
            if number not in self._open:
                return
            self._cancelled.add(number)
            if self._writing is not None and self._writing[0] == number:
                self._writing[1].terminate()

    def rest(self, idle: float) -> float:
        """Seconds until both lanes have been idle for `idle`; 0 when they have."""
        with self._state:
            if self._open:
                return idle
            return max(0.0, self._last + idle - time.monotonic())

    def send(self, head: dict[str, Any], payload: bytes = b"") -> None:
        """One frame, from either lane."""
        with self._sending:
            wire.write(self._out, head, payload)

    def serve(self, request: dict[str, Any], payload: bytes) -> None:
        """Answer one request; a failure of the runtime goes back as an answer."""
        number = int(request["id"])
        try:
            if number not in self._cancelled:
                self._serve(number, request, payload)
                self._models.tidy()
        finally:
            with self._state:
                self._cancelled.discard(number)
                self._open.discard(number)
                self._last = time.monotonic()

    def _serve(self, number: int, request: dict[str, Any], payload: bytes) -> None:
        if request["op"] == "nearest":
            return self._nearest(number, request, payload)
        if request["op"] == "loaded":
            found = [asdict(info) for info in self._models.loaded()]
            return self.send({"id": number, "event": "done", "loaded": found})
        from journal_app.models import devices

        folder = Path(request["pack"])
        try:
            self._load_and_infer(number, request, folder)
        except Cancelled:
            self.send({"id": number, "event": "cancelled"})
        except JournalError as error:
            self._refuse(number, error.message, error.hint)
        except _NotLoaded as error:
            self._refuse(
                number,
                f"The model {folder} cannot be loaded: {error}.",
                "`journal model verify` says whether the pack is damaged and how to mend it; with "
                "a whole pack, try `journal config device cpu`.",
            )
        except (*devices.errors(), MemoryError) as error:  # type: ignore[misc]  # a tuple of any length
            text = " ".join(str(error).split())[:500] or type(error).__name__
            self.send({"id": number, "event": "error", "message": text})
        return None

    def _refuse(self, number: int, message: str, hint: str) -> None:
        self.send({"id": number, "event": "refused", "message": message, "hint": hint})

    def _load_and_infer(self, number: int, request: dict[str, Any], folder: Path) -> None:
        import onnxruntime as ort

        from journal_app.models import devices

        ort.disable_telemetry_events()  # the Windows back end knows only this switch
        writes = request["op"] in WRITING or request.get("task") == GENERATION
        opened = self._models.decoder(folder) if writes else self._models.embedder(folder)
        try:
            model: Any = opened.__enter__()
        except devices.errors() as error:
            raise _NotLoaded(" ".join(str(error).split())[:300]) from error
        try:
            self._infer(number, request, folder, model)
        finally:
            opened.__exit__(None, None, None)

    def _infer(self, number: int, request: dict[str, Any], folder: Path, model: Any) -> None:
        done: dict[str, Any] = {"id": number, "event": "done"}
        if request["op"] == "rate":
            self._rate(number, request["sentences"], model)
        elif request["op"] == "embed":
            self._embed(number, request["texts"], model)
        elif request["op"] == "generate":
            self._generate(number, request, model)
        elif request["op"] == "count":
            self.send({**done, "counts": model.count(request["texts"]), "context": model.context})
        else:
            self.send({**done, "device": asdict(self._models.info(folder))})

    def _rate(self, number: int, given: list[dict[str, Any]], embedder: Embedder) -> None:
        import numpy as np

        from journal_app.models import salience

        self._head = self._head or salience.load(self._head_file)
        sentences = [Sentence(0, 0, **one) for one in given]
        vectors = np.zeros((len(sentences), embedder.dimensions), np.float32)
        done = 0
        texts = [sentence.text for sentence in sentences]
        for rows, part in self._batches(number, texts, embedder):
            vectors[rows] = part
            done += len(rows)
            self._sent(number, rows, done, len(sentences), part.astype("<f4").tobytes())
        if number in self._cancelled:
            return
        salience_of, shares = self._head.rate(sentences, vectors.astype(np.float64))
        answer = {"id": number, "event": "done", "salience": salience_of.tolist()}
        self.send({**answer, "aspects": shares.tolist()})

    def _embed(self, number: int, texts: list[str], embedder: Embedder) -> None:
        done = 0
        for rows, part in self._batches(number, texts, embedder):
            scales, vectors = embedder.quantize(part)
            done += len(rows)
            payload = scales.astype("<f4").tobytes() + vectors.tobytes()
            self._sent(number, rows, done, len(texts), payload)
        if number not in self._cancelled:
            self.send({"id": number, "event": "done"})

    def _batches(
        self, number: int, texts: list[str], embedder: Embedder
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Batches until the request is cancelled."""
        for rows, part in embedder.batches(texts):
            if number in self._cancelled:
                return
            yield rows, part

    def _sent(self, number: int, rows: list[int], done: int, total: int, payload: bytes) -> None:
        head = {"id": number, "event": "batch", "rows": rows, "done": done, "total": total}
        self.send(head, payload)

    def _nearest(self, number: int, request: dict[str, Any], payload: bytes) -> None:
        from journal_app.models.nearest import Searcher

        self._searcher = self._searcher or Searcher()
        found = self._searcher.nearest(
            request["matrix"], int(request["dims"]), payload, int(request["limit"])
        )
        answer = {"id": number, "event": "done", "stale": found is None, "found": found or []}
        self.send(answer)

    def _generate(self, number: int, request: dict[str, Any], decoder: Decoder) -> None:
        given = request["prompt"]
        prompt = Prompt(
            tuple(Message(**one) for one in given["messages"]),
            int(given["limit"]),
            Sampling(**given["sampling"]),
            tuple(given["stop"]),
            tuple(given["copy_from"]),
        )
        with self._state:
            self._writing = number, decoder
        try:
            made = decoder.generate(
                prompt,
                emit=lambda text: self.send({"id": number, "event": "text", "text": text}),
                progress=lambda done, total: self.send(
                    {"id": number, "event": "progress", "done": done, "total": total}
                ),
                stopped=lambda: number in self._cancelled,
            )
        finally:
            with self._state:
                self._writing = None
        self.send({"id": number, "event": "done", "completion": asdict(made)})


class _NotLoaded(Exception):
    """ONNX Runtime refused the files of a pack."""


def _listen(stream: BinaryIO, worker: Worker) -> None:
    """Read frames; the end of the pipe takes effect at once."""
    while (frame := wire.read(stream)) is not None:
        head = frame[0]
        if head["op"] == "cancel":
            worker.cancel(int(head["target"]))
        else:
            worker.take(frame)
    os._exit(0)  # the parent is gone: nothing here is worth a clean end


def _write_lane(worker: Worker) -> None:
    try:
        while True:
            worker.serve(*worker.lanes[1].get())
    finally:  # a bug in this thread must end the process as one in the main thread does
        traceback.print_exc()
        os._exit(70)


def main(arguments: list[str]) -> int:
    """Serve until told to stop."""
    given = json.loads(arguments[0])
    background = bool(given["background"])
    # Ctrl+C in a terminal reaches both processes; the parent decides, and its pipe ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if background and hasattr(os, "nice"):  # Windows: see process.Process
        os.nice(10)
    # Native libraries print to descriptor 1: the frames get a descriptor of their own.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    models = Models(
        given["device"],
        strict=bool(given["strict"]),
        limit=int(given["memory"]),
        background=background,
    )
    worker = Worker(Path(given["head"]), models, out)
    for target, arguments_ in ((_listen, (sys.stdin.buffer, worker)), (_write_lane, (worker,))):
        threading.Thread(target=target, args=arguments_, daemon=True).start()
    worker.send({"event": "ready"})
    idle = wait = float(given["idle"])
    while True:
        try:
            request = worker.lanes[0].get(timeout=wait)
        except queue.Empty:
            wait = worker.rest(idle)
            if wait:
                continue
            worker.send({"event": "bye"})
            return 0
        worker.serve(*request)
        wait = idle


def _run() -> None:
    """Never through the interpreter's own end: it waits for threads that read from the pipe."""
    status = 70
    try:
        status = main(sys.argv[1:])
    finally:
        if status == 70:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _run()
