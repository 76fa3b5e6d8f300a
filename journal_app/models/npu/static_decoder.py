"""The decode loop's other half on an NPU: graphs of fixed shapes, and the slots that they read.

One graph takes a token at a time; a second one, opened when a prompt is longer than that, takes
CHUNK tokens. Both read the same slots of keys and values and give back what is new; what a step
that was ended gave back is never kept. The forms are made from the GGUF file that a converted pack
keeps; a pack without one runs on other devices.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models import devices
from journal_app.models.npu import compiled, static_llama
from journal_app.models.npu.static_graph import MASKED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journal_app.models.gguf_read import Config

SOURCE = "source.gguf"  # the name that packs keep it under
SLOTS = 1024
CHUNK = 64
FORM = "llama-fp16/2"


class Loop:
    """Keys and values of `rows` texts in `slots` slots each, and the steps that fill them.

    `start(tokens)` opens the graph that takes so many new tokens of each text; it is called once
    for 1, and once for `chunk` when more are given. `lengths` says how many tokens of each text
    were read.
    """

    def __init__(
        self,
        config: Config,
        start: Callable[[int], Any],
        *,
        rows: int = 1,
        slots: int = SLOTS,
        chunk: int = CHUNK,
    ) -> None:
        self.config = config
        self.rows, self.slots, self.chunk = rows, slots, chunk
        self.lengths = [0] * rows
        self._start = start
        self._sessions: dict[int, Any] = {}
        self._kind: type[np.floating[Any]] = np.float32
        self._caches: dict[str, NDArray[Any]] = {}
        self._make_room(self._session(1))

    def feed(self, texts: Sequence[Sequence[int]], options: Any = None) -> NDArray[np.float32]:
        """Read on in every text (at most `chunk` tokens each, maybe none); the logits (rows,
        vocabulary) after the last token of each. Where nothing was read, they mean nothing."""
        most = max(len(one) for one in texts)
        size = 1 if most <= 1 else self.chunk
        room = self.slots - max(self.lengths)
        if most > size or most > room:
            raise ValueError(f"{most} tokens for a chunk of {size} and {room} free slots")
        session = self._session(size)
        feed = {**self._caches, **self._given(texts, size)}
        names = [one.name for one in session.get_outputs()]
        made = dict(zip(names, session.run(names, feed, options), strict=True))
        for row, text in enumerate(texts):
            begin, end = self.lengths[row], self.lengths[row] + len(text)
            for layer in range(self._layers):
                key, value = made[f"new_key.{layer}"], made[f"new_value.{layer}"]
                self._caches[f"key.{layer}"][row, :, :, begin:end] = key[row, :, :, : len(text)]
                self._caches[f"value.{layer}"][row, :, begin:end] = value[row, :, : len(text)]
            self.lengths[row] = end
        logits: NDArray[np.float32] = made["logits"].astype(np.float32)
        return logits

    def cut(self, tokens: int) -> None:
        """Forget what comes after the first `tokens` of every text."""
        self.lengths = [min(one, tokens) for one in self.lengths]

    def kept(self, layer: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Keys (rows, heads, head, tokens) and values (rows, heads, tokens, head) of a layer, up
        to the longest text."""
        end = max(self.lengths)
        key, value = self._caches[f"key.{layer}"], self._caches[f"value.{layer}"]
        return key[..., :end].astype(np.float32), value[:, :, :end].astype(np.float32)

    def take(self, other: Loop) -> None:
        """Go on where another loop of the same model and size stands."""
        for name, values in other._caches.items():
            self._caches[name][:] = values
        self.lengths = list(other.lengths)

    def _session(self, tokens: int) -> Any:
        if tokens not in self._sessions:
            self._sessions[tokens] = self._start(tokens)
        return self._sessions[tokens]

    def _make_room(self, session: Any) -> None:
        """Zeros, not whatever the memory holds: 0 times something that is no number is none."""
        for one in session.get_inputs():
            if one.name.startswith(("key.", "value.")):
                self._kind = np.float16 if "16" in one.type else np.float32
                self._caches[one.name] = np.zeros(one.shape, self._kind)
        self._layers = len(self._caches) // 2

    def _given(self, texts: Sequence[Sequence[int]], size: int) -> dict[str, NDArray[Any]]:
        rows, slots = self.rows, self.slots
        ids = np.zeros((rows, size), np.int32)
        mask = np.full((rows, 1, size, slots + size), MASKED, self._kind)
        pick = np.zeros((rows, 1, size), self._kind)
        mask[..., slots:][..., np.tri(size, dtype=bool)] = 0
        for row, text in enumerate(texts):
            ids[row, : len(text)] = text
            mask[row, :, :, : self.lengths[row]] = 0
            pick[row, 0, len(text) - 1] = 1
        positions = np.array(self.lengths)[:, None] + np.arange(size)
        cosine, sine = static_llama.angles(self.config, positions)
        group = self.config.heads // self.config.kv_heads
        given = {
            "ids": ids,
            "cosine": cosine[:, :, None].astype(self._kind),
            "sine": sine[:, :, None].astype(self._kind),
            "mask": np.tile(mask, (1, 1, group, 1)),
        }
        return {**given, "pick": pick} if size > 1 else given


class StaticRunner:
    """What the decode loop asks of a graph (see `decoder_run.Runner`), on an NPU."""

    def __init__(self, loop: Loop, info: DeviceInfo) -> None:
        self.info = info
        self.context = min(loop.slots, loop.config.context)
        self.chunk = loop.chunk
        self.read: list[int] = []
        self._loop = loop

    def keep(self, tokens: int, total: int) -> int:
        """Go back to the first `tokens` that were read; there is room for `context` in all."""
        kept = min(tokens, len(self.read))
        self._loop.cut(kept)
        del self.read[kept:]
        return kept

    def feed(self, tokens: Sequence[int], options: Any) -> NDArray[np.float32]:
        """Read on; the logits (vocabulary,) after the last token."""
        logits: NDArray[np.float32] = self._loop.feed([tokens], options)[0]
        self.read += tokens
        return logits


def open_npu(
    folder: Path, policy: str, *, strict: bool = False, threads: int = devices.MAX_THREADS
) -> tuple[StaticRunner | None, tuple[str, ...]]:
    """The pack on the best NPU that the policy allows; None, with the reasons, where none takes it.

    No NPU to try is no reason to tell. Raises JournalError where `strict` leaves no other device.
    """
    found = devices.wanted(devices.detect(), policy, strict)
    npus = [one for one in found if one.kind == "npu"]
    if not npus:
        return None, ()
    store = compiled.Store(folder.parent / compiled.FOLDER)
    try:
        forms = {tokens: form(folder / SOURCE, tokens) for tokens in (1, CHUNK)}
        session, one, info = devices.open_best(
            npus, policy, lambda one: store.open(forms[1], one, threads), strict=True
        )
    except JournalError as error:
        if strict:
            raise
        return None, (error.message,)

    def start(tokens: int) -> Any:
        return session if tokens == 1 else store.open(forms[tokens], one, threads)

    loop = Loop(_config(folder / SOURCE), start)
    return StaticRunner(loop, dataclasses.replace(info, precision="fp16")), ()


def form(
    source: Path, tokens: int, *, rows: int = 1, slots: int = SLOTS, layers: int | None = None
) -> compiled.Form:
    """The static form of a GGUF file that takes `tokens` tokens at a time."""
    if not source.is_file():
        raise JournalError(
            f"{source.parent.name} has no form for an NPU: it keeps no {SOURCE}.",
            "`journal model import FILE.gguf` makes a pack of a Llama model that has one.",
        )
    shape = static_llama.Shape(rows, tokens, slots)

    def write(target: Path) -> None:
        from journal_app.models.gguf_read import Weights

        with Weights(source) as weights:
            static_llama.write(weights, target, shape, layers=layers, kind=np.float16)

    what = "one token" if tokens == 1 else f"{tokens} tokens"
    digest = compiled.file_digest(source)
    part = shape.key if layers is None else f"{shape.key}, {layers} layers"
    return compiled.Form(f"{source.parent.name}, {what} at a time", digest, FORM, part, write)


def _config(source: Path) -> Config:
    from journal_app.models.gguf_read import Weights

    with Weights(source) as weights:
        return weights.config
