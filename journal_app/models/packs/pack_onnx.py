"""What an ONNX file says of itself, read off its protobuf without loading it: inputs, outputs, and
the other files that its tensors lie in.

The wire format is walked over a memory map, so that weights are skipped and never copied; only the
messages that can hold a tensor or a graph are entered. Field numbers are those of `onnx.proto`
(IR version 13). Nothing of the file is executed.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from journal_app.errors import JournalError
from journal_app.models.packs.pack_names import Unsafe, checked, never_unpickled, pickled

# message → {field number: (message of its content)}; what is not here cannot hold a tensor.
_INSIDE: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 11: "input", 12: "output", 15: "sparse"},
    "node": {5: "attribute"},
    "function": {7: "node", 11: "attribute"},
    "attribute": {
        5: "tensor",
        6: "graph",
        10: "tensor",
        11: "graph",
        22: "sparse",
        23: "sparse",
    },
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "external"},
    "external": {},
    "input": {},
    "output": {},
}
_DEEPEST = 64  # nested graphs


@dataclass(frozen=True, slots=True)
class External:
    """A tensor that lies in another file: bytes `offset` to `offset + length` (-1: to its end)."""

    tensor: str
    location: str
    offset: int = 0
    length: int = -1


@dataclass(slots=True)
class Graph:
    """What a file holds: names of the main graph's inputs and outputs, external tensors."""

    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    external: list[External] = field(default_factory=list)
    compiled: bool = False  # an EPContext node: made for one device

    @property
    def locations(self) -> list[str]:
        """The files that tensors lie in, each once."""
        return list(dict.fromkeys(one.location for one in self.external))


class _Broken(ValueError):
    """Not the protobuf of a model."""


def read(path: Path) -> Graph:
    """The graph in `path`; raises JournalError when the file is no ONNX model."""
    found = Graph()
    try:
        with (
            path.open("rb") as handle,
            mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            _walk(data, 0, len(data), "model", found, (), 0)
    except (OSError, ValueError) as error:
        raise JournalError(
            f"{path.name} is not an ONNX model, or it is cut off: {error}.",
            "Get the file again from its origin.",
        ) from error
    if not found.outputs:
        raise JournalError(
            f"{path.name} is not an ONNX model: it holds no graph with an output.",
            "Name the folder with the model.",
        )
    return found


def confine(graph: Graph, name: str, sizes: Mapping[str, int]) -> list[str]:
    """The files beside the graph `name` that it needs, as names like those in `sizes` (bytes).

    Raises JournalError, with the tensor named, when a tensor lies outside the graph's folder, in a
    file of a kind that is refused, past the end of its file, or in one that is missing.
    """
    base = PurePosixPath(name).parent
    needed: dict[str, None] = {}
    for one in graph.external:
        where = f"The tensor {one.tensor!r} of {name} lies in {one.location!r}"
        try:
            full = (base / checked(one.location)).as_posix()
        except Unsafe as error:
            raise JournalError(
                f"{where}, and that is refused: {error}.",
                "A model's data must lie beside it. Get the model from another origin.",
            ) from error
        if pickled(full):
            raise never_unpickled(full)
        if full not in sizes:
            raise JournalError(
                f"{where}, and there is no such file.", "Put it beside the model and try again."
            )
        end = one.offset + max(one.length, 0)
        if one.offset < 0 or one.length < -1 or end > sizes[full]:
            raise JournalError(
                f"{where}, at bytes {one.offset} to {end}, and that file has {sizes[full]}.",
                "The file is cut off, or it is of another model. Get both again.",
            )
        needed[full] = None
    return list(needed)


def _walk(
    data: mmap.mmap, at: int, end: int, kind: str, found: Graph, path: tuple[str, ...], depth: int
) -> None:
    if depth > _DEEPEST:
        raise _Broken("it nests too deep")
    inside, path = _INSIDE[kind], (*path, kind)
    tensor, parts = "", []
    for number, start, stop in _fields(data, at, end):
        into = inside.get(number)
        if kind == "tensor" and number == 8:
            tensor = _text(data, start, stop)
        elif kind == "node" and number == 4 and _text(data, start, stop) == "EPContext":
            found.compiled = True
        elif into == "external":
            parts.append(_pair(data, start, stop))
        elif into in ("input", "output"):
            if path == ("model", "graph"):
                names = found.inputs if into == "input" else found.outputs
                names += [_text(data, a, b) for one, a, b in _fields(data, start, stop) if one == 1]
        elif into is not None:
            _walk(data, start, stop, into, found, path, depth + 1)
    if parts:
        found.external += _external(tensor, parts)


def _external(tensor: str, parts: list[tuple[str, str]]) -> Iterator[External]:
    """One for each location given: which of two a loader takes is not relied on."""
    given = dict(parts)
    try:
        offset, length = int(given.get("offset", "0") or 0), int(given.get("length", "-1") or -1)
    except ValueError as error:
        raise _Broken(f"the tensor {tensor!r} has no number as its place") from error
    for location in [value for key, value in parts if key == "location"] or [""]:
        yield External(tensor, location, offset, length)


def _pair(data: mmap.mmap, at: int, end: int) -> tuple[str, str]:
    key = value = ""
    for number, start, stop in _fields(data, at, end):
        if number == 1:
            key = _text(data, start, stop)
        elif number == 2:
            value = _text(data, start, stop)
    return key, value


def _fields(data: mmap.mmap, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The length-delimited fields in a message as (number, start, stop); others are passed over."""
    while at < end:
        tag, at = _varint(data, at, end)
        if tag >> 32:
            raise _Broken("it is no protobuf")
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            _, at = _varint(data, at, end)
        elif wire == 1:
            at += 8
        elif wire == 5:
            at += 4
        elif wire == 2:
            size, at = _varint(data, at, end)
            if at + size > end or size >> 31:
                raise _Broken("a part of it is longer than the whole")
            yield number, at, at + size
            at += size
        else:
            raise _Broken("it is no protobuf")
        if number == 0 or at > end:
            raise _Broken("it is no protobuf")


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise _Broken("it is no protobuf")


def _text(data: mmap.mmap, start: int, stop: int) -> str:
    if stop - start > 4096:
        raise _Broken("a name in it is too long")
    return data[start:stop].decode("utf-8", "replace")
