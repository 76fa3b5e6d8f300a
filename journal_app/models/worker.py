"""The model process: `python -m journal_app.models.worker PACK HEAD DEVICE IDLE`.

It answers frames (see `wire`) on its standard streams, one request at a time, and opens no socket.
It ends when its parent's pipe closes, when it is told to, or after IDLE seconds without a request
(then it says `bye`, so that a request already on its way is sent again to a fresh process).

Requests: `info`; `rate` with `sentences`; `cancel` with the id of a request. Answers carry the id:
`batch` (rows, done, total, vectors as float32), then `done` or `error`.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import queue
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from journal_app.domain.segment import Sentence
from journal_app.errors import JournalError
from journal_app.models import wire


class Worker:
    """One loaded pack and head, serving one parent."""

    def __init__(self, pack: Path, head: Path, device: str, out: BinaryIO) -> None:
        import onnxruntime as ort

        from journal_app.models import salience
        from journal_app.models.embedder import Embedder

        ort.disable_telemetry_events()  # the Windows back end knows only this switch
        self._out = out
        self._head = salience.load(head)
        self._embedder = Embedder(pack / "model.onnx", pack / "vocab.txt", device)
        self.cancelled: set[int] = set()

    def info(self) -> dict[str, Any]:
        """Device and process, as the parent shows them."""
        return {"device": asdict(self._embedder.info), "pid": os.getpid()}

    def serve(self, request: dict[str, Any]) -> None:
        """Answer one request; a failure of the runtime goes back as an answer."""
        from journal_app.models import devices

        number = int(request["id"])
        try:
            if request["op"] == "rate":
                self._rate(number, request["sentences"])
            else:
                wire.write(self._out, {"id": number, "event": "done", **self.info()})
        except (*devices.errors(), MemoryError) as error:  # type: ignore[misc]
            text = " ".join(str(error).split())[:500] or type(error).__name__
            wire.write(self._out, {"id": number, "event": "error", "message": text})
        finally:
            self.cancelled.discard(number)

    def _rate(self, number: int, given: list[dict[str, Any]]) -> None:
        import numpy as np

        sentences = [Sentence(0, 0, **one) for one in given]
        vectors = np.zeros((len(sentences), self._embedder.dimensions), np.float32)
        done = 0
        for rows, part in self._embedder.batches([sentence.text for sentence in sentences]):
            if number in self.cancelled:
                return
            vectors[rows] = part
            done += len(rows)
            message = {
                "id": number,
                "event": "batch",
                "rows": rows,
                "done": done,
                "total": len(sentences),
            }
            wire.write(self._out, message, part.astype("<f4").tobytes())
        salience, shares = self._head.rate(sentences, vectors.astype(np.float64))
        answer = {"id": number, "event": "done", "salience": salience.tolist()}
        wire.write(self._out, {**answer, "aspects": shares.tolist()})


def _listen(stream: BinaryIO, requests: queue.Queue[dict[str, Any]], cancelled: set[int]) -> None:
    """Read frames; a cancel takes effect between two batches, the end of the pipe at once."""
    while (frame := wire.read(stream)) is not None:
        head = frame[0]
        if head["op"] == "cancel":
            cancelled.add(int(head["target"]))
        else:
            requests.put(head)
    os._exit(0)  # the parent is gone: nothing here is worth a clean end


def main(arguments: list[str]) -> int:
    """Serve until told to stop; the exit status is 0 unless the pack could not be loaded."""
    from journal_app.models import devices

    pack, head, device, idle = arguments
    # Ctrl+C in a terminal reaches both processes; the parent decides, and its pipe ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native libraries print to descriptor 1: the frames get a descriptor of their own.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        worker = Worker(Path(pack), Path(head), device, out)
    except JournalError as error:
        wire.write(out, {"event": "refused", "message": error.message, "hint": error.hint})
        return 1
    except devices.errors() as error:
        text = " ".join(str(error).split())[:300]
        hint = (
            "`journal model verify` says whether the pack is damaged and how to mend it; with a "
            "whole pack, try `journal config device cpu`."
        )
        message = f"The model {pack} cannot be loaded: {text}."
        wire.write(out, {"event": "refused", "message": message, "hint": hint})
        return 1
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(
        target=_listen, args=(sys.stdin.buffer, requests, worker.cancelled), daemon=True
    ).start()
    wire.write(out, {"event": "ready", **worker.info()})
    while True:
        try:
            request = requests.get(timeout=float(idle))
        except queue.Empty:
            wire.write(out, {"event": "bye"})
            return 0
        if int(request["id"]) not in worker.cancelled:
            worker.serve(request)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
