"""What an ONNX file says of itself, read without its weights: operators, wiring, outside files.

The file is walked as protobuf over a memory map; the numbers of a tensor are passed over, so that
a model of gigabytes costs a few pages and neither the `onnx` package nor a session. Field numbers:
onnx/onnx.proto (IR version 13). Invariant: every tensor's outside file is found, also in subgraphs,
functions, training information, sparse tensors and attributes; what cannot be read is refused,
never skipped.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from journal_app.errors import JournalError

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_DEPTH = 32  # graphs within graphs
_LONGEST = 4096  # bytes of a name
_TYPES = {1: "float32", 2: "int8", 3: "int8", 10: "float16", 16: "bfloat16"}


@dataclass(frozen=True, slots=True)
class Node:
    """One operator: its type with the names it reads and writes; `bits` of its weights, if said."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    bits: int = 0


@dataclass(frozen=True, slots=True)
class External:
    """A tensor that lies in another file: bytes `offset` to `offset + length` (-1: to its end)."""

    tensor: str
    location: str
    offset: int = 0
    length: int = -1


@dataclass(slots=True)
class Graph:
    """All nodes and outside tensors of a file, those of subgraphs too; the inputs and outputs of
    its main graph; `types` counts the bytes of weights by ONNX data type number."""

    nodes: list[Node] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    external: list[External] = field(default_factory=list)
    types: dict[int, int] = field(default_factory=dict)

    @property
    def compiled(self) -> bool:
        """Whether it was compiled for one device: it holds a node with a compiler's result."""
        return any(node.kind == "EPContext" for node in self.nodes)

    @property
    def precision(self) -> str:
        """How most weights are kept, for people: `int4`, `int8`, `float16`, `float32`."""
        bits = [node.bits for node in self.nodes if node.bits]
        if bits:
            return f"int{max(set(bits), key=bits.count)}"
        return _TYPES.get(max(self.types, key=lambda one: self.types[one], default=0), "")


def read(path: Path) -> Graph:
    """The graph in `path`; raises JournalError where it is not a whole ONNX file."""
    graph = Graph()
    try:
        with (
            path.open("rb") as handle,
            mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            _Walk(data, graph).model()
        if not graph.outputs:
            raise ValueError("it holds no graph with an output")
    except (OSError, ValueError) as error:  # an empty file, or a text that is not UTF-8: ValueError
        raise JournalError(
            f"{path} is not a whole ONNX file: {error}.", "Get the file again from its origin."
        ) from error
    return graph


class _Walk:
    """The messages of one file; each method reads that of its name in `data[at:end]`."""

    def __init__(self, data: mmap.mmap, graph: Graph) -> None:
        self._data, self._found = data, graph

    def model(self) -> None:
        for number, _, at, end in self._fields(0, len(self._data)):
            if number == 7:
                self._graph(at, end, 0)
            elif number == 25:  # a function: its nodes, and the defaults of its attributes
                for inner, _, start, stop in self._fields(at, end):
                    if inner == 7:
                        self._node(start, stop, 1)
                    elif inner == 11:
                        self._attribute(start, stop, 1)
            elif number == 20:  # training information: two graphs
                for inner, _, start, stop in self._fields(at, end):
                    if inner in (1, 2):
                        self._graph(start, stop, 1)

    def _graph(self, at: int, end: int, depth: int) -> None:
        if depth > _DEPTH:
            raise ValueError("graphs lie too deep in each other")
        for number, _, start, stop in self._fields(at, end):
            if number == 1:
                self._node(start, stop, depth)
            elif number == 5:
                self._tensor(start, stop)
            elif number in (11, 12) and not depth:
                names = self._found.inputs if number == 11 else self._found.outputs
                names += [
                    self._text(a, b) for one, _, a, b in self._fields(start, stop) if one == 1
                ]
            elif number == 15:
                self._sparse(start, stop)

    def _node(self, at: int, end: int, depth: int) -> None:
        kind, inputs, outputs, bits = "", [], [], 0
        for number, _, start, stop in self._fields(at, end):
            if number == 1:
                inputs.append(self._text(start, stop))
            elif number == 2:
                outputs.append(self._text(start, stop))
            elif number == 4:
                kind = self._text(start, stop)
            elif number == 5:
                bits = self._attribute(start, stop, depth) or bits
        if kind in ("MatMulNBits", "GatherBlockQuantized"):
            bits = bits or 4
        self._found.nodes.append(Node(kind, tuple(inputs), tuple(outputs), bits))

    def _attribute(self, at: int, end: int, depth: int) -> int:
        """Answers the value of an attribute named `bits`, else 0."""
        name, integer = "", 0
        for number, value, start, stop in self._fields(at, end):
            if number == 1:
                name = self._text(start, stop)
            elif number == 3:
                integer = value
            elif number in (5, 10):
                self._tensor(start, stop)
            elif number in (6, 11):
                self._graph(start, stop, depth + 1)
            elif number in (22, 23):
                self._sparse(start, stop)
        return integer if name == "bits" else 0

    def _sparse(self, at: int, end: int) -> None:
        for number, _, start, stop in self._fields(at, end):
            if number in (1, 2):
                self._tensor(start, stop)

    def _tensor(self, at: int, end: int) -> None:
        name, outside, kind, size = "", False, 0, 0
        pairs = []
        for number, value, start, stop in self._fields(at, end):
            if number == 2:
                kind = value
            elif number == 8:
                name = self._text(start, stop)
            elif number == 9:
                size += stop - start
            elif number == 13:
                pairs.append(self._pair(start, stop))
            elif number == 14:
                outside = outside or value == 1
        if outside or pairs:
            found = _external(name, pairs)
            self._found.external += found
            size += max(found[0].length, 0)
        self._found.types[kind] = self._found.types.get(kind, 0) + size

    def _pair(self, at: int, end: int) -> tuple[str, str]:
        pair = {1: "", 2: ""}
        for number, _, start, stop in self._fields(at, end):
            if number in pair:
                pair[number] = self._text(start, stop)
        return pair[1], pair[2]

    def _fields(self, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """(field number, value of a varint, start, stop) of one field after the other."""
        while at < end:
            key, at = self._varint(at, end)
            number, wire, value = key >> 3, key & 7, 0
            if not number or key >> 32:
                raise ValueError("it is no protobuf")
            start = at
            if wire == _VARINT:
                value, at = self._varint(at, end)
            elif wire == _BYTES:
                size, start = self._varint(at, end)
                at = start + size
            elif wire in (_FIXED64, _FIXED32):
                at += 8 if wire == _FIXED64 else 4
            else:
                raise ValueError("it is no protobuf")
            if at > end:
                raise ValueError("it ends too early")
            yield number, value, start, at

    def _varint(self, at: int, end: int) -> tuple[int, int]:
        value = 0
        for shift in range(0, 70, 7):
            if at >= end:
                raise ValueError("it ends too early")
            byte = self._data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, at
        raise ValueError("a number in it is too long")

    def _text(self, at: int, end: int) -> str:
        if end - at > _LONGEST:
            raise ValueError("a name in it is too long")
        return self._data[at:end].decode("utf-8")


def _external(tensor: str, pairs: list[tuple[str, str]]) -> list[External]:
    """One for each location given: a runtime may take the first or the last of several."""
    given = dict(pairs)
    try:
        offset, length = int(given.get("offset") or 0), int(given.get("length") or -1)
    except ValueError as error:
        raise ValueError(f"the tensor {tensor!r} has no number as its place") from error
    locations = [value for key, value in pairs if key == "location"] or [""]
    return [External(tensor, location, offset, length) for location in locations]
