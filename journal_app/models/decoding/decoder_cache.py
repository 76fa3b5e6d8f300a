"""Keys and values of the tokens that were read, kept between the steps of a decoder.

`Shared`: one buffer per cache, bound as past and as present, written in place by
GroupQueryAttention, which takes the number of valid tokens from the attention mask. `Growing`:
what came out of a step goes into the next one as it is. Both hold arrays of shape
(1, heads, tokens, head size); heads, sizes and types may differ from layer to layer, and there may
be fewer caches than layers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.errors import JournalError
from journal_app.models.decoding.decoder_files import Files
from journal_app.models.onnx_file import Graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 256  # tokens: a shared buffer grows by whole blocks
TYPES: dict[str, Any] = {"tensor(float)": np.float32, "tensor(float16)": np.float16}


@dataclass(frozen=True, slots=True)
class Slot:
    """One cache of the graph: where it goes in, where it comes out, how it is made."""

    past: str
    present: str
    heads: int
    size: int
    type: Any  # of numpy

    def empty(self, tokens: int) -> NDArray[Any]:
        """Room for `tokens`; the system gives the pages only when they are written."""
        return np.zeros((1, self.heads, tokens, self.size), self.type)


def slots(session: Any, files: Files) -> list[Slot]:
    """The caches of a graph. Raises JournalError where one has no way out or an unknown type."""
    outputs = {one.name for one in session.get_outputs()}
    found = []
    for given in session.get_inputs():
        present = present_of(given.name, files)
        if present is None:
            continue
        shape = list(given.shape)
        if present not in outputs or given.type not in TYPES or len(shape) != 4:
            raise JournalError(
                f"{files.decoder}: the cache {given.name} ({given.type}, {shape}) cannot be used.",
                "Take a form of the model with float32 or float16 caches, one for keys and one "
                "for values.",
            )
        heads = shape[1] if isinstance(shape[1], int) else files.heads
        size = shape[3] if isinstance(shape[3], int) else files.head_size
        if not heads or not size:
            raise JournalError(
                f"{files.decoder}: the shape of the cache {given.name} is not known.",
                "config.json must give num_key_value_heads and head_dim.",
            )
        found.append(Slot(given.name, present, heads, size, TYPES[given.type]))
    return found


def present_of(name: str, files: Files) -> str | None:
    """The output that continues the cache `name`; None where `name` is no cache."""
    names = files.names
    for past, present in zip(names.past, names.present, strict=True):
        match = re.fullmatch(re.escape(past).replace("%d", r"(\d+)"), name)
        if match:
            return present.replace("%d", match[1])
    for before, after in (
        ("past_key_values.", "present."),
        ("past_key_", "present_key_"),
        ("past_value_", "present_value_"),
        ("past_", "present_"),
    ):
        if name.startswith(before):
            return after + name.removeprefix(before)
    return None


def can_share(graph: Graph, found: Sequence[Slot]) -> bool:
    """Whether past and present may be one buffer: every cache goes into GroupQueryAttention alone
    and comes out of it. Then nothing else can take the buffer's length for the tokens read."""
    wanted = {slot.past: slot.present for slot in found}
    served = set()
    for node in graph.nodes:
        if node.kind == "GroupQueryAttention" and len(node.inputs) > 4 and len(node.outputs) > 2:
            for place, out in ((3, 1), (4, 2)):
                past, present = node.inputs[place], node.outputs[out]
                if past in wanted:
                    if wanted[past] != present:
                        return False
                    served.add(past)
                elif past in wanted.values():  # a layer that reads another one's cache
                    return False
            others = set(node.inputs[:3] + node.inputs[5:])
        else:
            others = set(node.inputs)
        if others & (wanted.keys() | set(wanted.values())):
            return False
    return bool(wanted) and served == wanted.keys()


class Shared:
    """Buffers of one length for all caches, which grow by blocks and shrink when far too long."""

    def __init__(self, found: Sequence[Slot]) -> None:
        self._slots = found
        self._arrays: list[NDArray[Any]] = []
        self.room = 0
        self.bound = False

    def reserve(self, tokens: int, kept: int) -> None:
        """Make room for `tokens` in all; the first `kept` stay."""
        if tokens <= self.room <= max(4 * tokens, BLOCK):
            return
        room = -(-tokens // BLOCK) * BLOCK
        for n, slot in enumerate(self._slots):
            fresh = slot.empty(room)
            if kept:
                fresh[:, :, :kept] = self._arrays[n][:, :, :kept]
            self._arrays[n : n + 1] = [fresh]
        self.room, self.bound = room, False

    def cut(self, tokens: int) -> None:
        """Later tokens are written over: nothing to do."""

    def before(self, binding: Any) -> None:
        """Bind once for as long as the buffers stay."""
        if self.bound:
            return
        import onnxruntime as ort

        for slot, array in zip(self._slots, self._arrays, strict=True):
            value = ort.OrtValue.ortvalue_from_numpy(array)
            binding.bind_ortvalue_input(slot.past, value)
            binding.bind_ortvalue_output(slot.present, value)
        self.bound = True

    def after(self, outputs: Sequence[Any]) -> None:
        """The graph wrote in place."""


class Growing:
    """What each step gave out, as ONNX Runtime's own values."""

    def __init__(self, found: Sequence[Slot]) -> None:
        self._slots = found
        self._values: list[Any] = []

    def reserve(self, tokens: int, kept: int) -> None:
        """Nothing to reserve."""

    def cut(self, tokens: int) -> None:
        """Keep the first `tokens`."""
        import onnxruntime as ort

        held = self._values[0].shape()[2] if self._values else 0
        if self._values and held == tokens:
            return
        made = []
        for n, slot in enumerate(self._slots):
            array = slot.empty(0)
            if tokens:
                array = np.ascontiguousarray(self._values[n].numpy()[:, :, :tokens])
            made.append(ort.OrtValue.ortvalue_from_numpy(array))
        self._values = made

    def before(self, binding: Any) -> None:
        """The last outputs go in; the next ones are made by the graph."""
        for slot, value in zip(self._slots, self._values, strict=True):
            binding.bind_ortvalue_input(slot.past, value)
            binding.bind_output(slot.present)

    def after(self, outputs: Sequence[Any]) -> None:
        """Keep what came out; `outputs` in the order of the caches."""
        self._values = list(outputs)
