"""What an ONNX file says of itself, read without its weights: operators, wiring, outside files.

The file is walked as protobuf records through a memory map; the numbers of a tensor are skipped,
so that a model of gigabytes costs a few pages and neither the `onnx` package nor a session. Field
numbers: onnx/onnx.proto of ONNX 1.19. Invariant: every tensor's outside file is looked at, also in
subgraphs, functions, sparse tensors and attributes; what cannot be read is refused, never skipped.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from journal_app.errors import JournalError

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_DEPTH = 32  # graphs within graphs
WAY_OUT = "Get the pack again from a source you trust, then `journal model import` it."


@dataclass(frozen=True, slots=True)
class Node:
    """One operator: its type with the names it reads and writes; `bits` of its weights, if said."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    bits: int = 0


@dataclass(slots=True)
class Graph:
    """All nodes of a file, those of subgraphs too; `outside` pairs tensors with their files;
    `types` counts the bytes of weights by ONNX data type number."""

    nodes: list[Node] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)
    types: dict[int, int] = field(default_factory=dict)

    @property
    def precision(self) -> str:
        """How most weights are kept, for people: `int4`, `int8`, `float16`, `float32`."""
        bits = [node.bits for node in self.nodes if node.bits]
        if bits:
            return f"int{max(set(bits), key=bits.count)}"
        names = {1: "float32", 2: "int8", 3: "int8", 10: "float16", 16: "bfloat16"}
        largest = max(self.types, key=lambda one: self.types[one], default=0)
        return names.get(largest, "")


def read(path: Path) -> Graph:
    """Raises JournalError where the file is not a whole ONNX file."""
    graph, problem = Graph(), ""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        _model(memoryview(data), graph)
        # Not closed by hand: after a failure the trace still holds views of it.
    except (OSError, ValueError, IndexError) as error:
        problem = str(error)
    if problem:
        raise JournalError(f"{path} is not a whole ONNX file: {problem}.", WAY_OUT)
    return graph


def confine(path: Path, graph: Graph, folder: Path) -> None:
    """Refuse a file whose tensors lie anywhere but in files of the pack's `folder`.

    Absolute paths, `..`, drive letters and links that lead outside are refused, naming the tensor.
    """
    root = folder.resolve()
    if not path.resolve().is_relative_to(root):
        raise JournalError(f"{path} is a link that leads out of the pack.", WAY_OUT)
    for tensor, location in dict.fromkeys(graph.outside):
        parts = {*PurePosixPath(location).parts, *PureWindowsPath(location).parts}
        absolute = PurePosixPath(location).is_absolute() or PureWindowsPath(location).anchor
        if not location or absolute or ".." in parts or "\0" in location:
            raise JournalError(
                f"{path.name}: the tensor {tensor} asks for the file {location!r}, "
                "which is not in the pack's folder.",
                WAY_OUT,
            )
        target = path.parent / location
        if not target.resolve().is_relative_to(root):
            raise JournalError(
                f"{path.name}: the file {location} of the tensor {tensor} is a link that leads "
                "out of the pack's folder.",
                WAY_OUT,
            )
        if not target.is_file():
            raise JournalError(
                f"{path.name}: the file {location} of the tensor {tensor} is missing.",
                "`journal model verify` says what else is missing.",
            )


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("a number is too long")


def _fields(data: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """(field number, value of a varint, content of a record) one after the other."""
    at, end, nothing = 0, len(data), data[:0]
    while at < end:
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield number, value, nothing
            continue
        if wire == _BYTES:
            size, at = _varint(data, at)
        elif wire in (_FIXED64, _FIXED32):
            size = 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"unknown kind of record {wire}")
        if at + size > end:
            raise ValueError("it ends too early")
        yield number, 0, data[at : at + size]
        at += size


def _text(data: memoryview) -> str:
    return str(data, "utf-8")  # UnicodeDecodeError is a ValueError


def _model(data: memoryview, graph: Graph) -> None:
    seen = False
    for number, _, content in _fields(data):
        if number == 7:
            seen = True
            _graph(content, graph, 0)
        elif number == 25:  # a function: its nodes, and the defaults of its attributes
            for inner, _, part in _fields(content):
                if inner == 7:
                    _node(part, graph, 1)
                elif inner == 11:
                    _attribute(part, graph, 1)
        elif number == 20:  # training information: two graphs
            for inner, _, part in _fields(content):
                if inner in (1, 2):
                    _graph(part, graph, 1)
    if not seen:
        raise ValueError("it holds no graph")


def _graph(data: memoryview, graph: Graph, depth: int) -> None:
    if depth > _DEPTH:
        raise ValueError("graphs lie too deep in each other")
    for number, _, content in _fields(data):
        if number == 1:
            _node(content, graph, depth)
        elif number == 5:
            _tensor(content, graph)
        elif number == 15:
            _sparse(content, graph)


def _node(data: memoryview, graph: Graph, depth: int) -> None:
    kind, inputs, outputs, bits = "", [], [], 0
    for number, _, content in _fields(data):
        if number == 1:
            inputs.append(_text(content))
        elif number == 2:
            outputs.append(_text(content))
        elif number == 4:
            kind = _text(content)
        elif number == 5:
            bits = _attribute(content, graph, depth) or bits
    if kind in ("MatMulNBits", "GatherBlockQuantized"):
        bits = bits or 4
    graph.nodes.append(Node(kind, tuple(inputs), tuple(outputs), bits))


def _attribute(data: memoryview, graph: Graph, depth: int) -> int:
    """Read what an attribute holds; answers the value of an attribute named `bits`."""
    name, integer = "", 0
    for number, value, content in _fields(data):
        if number == 1:
            name = _text(content)
        elif number == 3:
            integer = value
        elif number in (5, 10):
            _tensor(content, graph)
        elif number in (6, 11):
            _graph(content, graph, depth + 1)
        elif number in (22, 23):
            _sparse(content, graph)
    return integer if name == "bits" else 0


def _sparse(data: memoryview, graph: Graph) -> None:
    for number, _, content in _fields(data):
        if number in (1, 2):
            _tensor(content, graph)


def _tensor(data: memoryview, graph: Graph) -> None:
    name, outside, kind, size = "", False, 0, 0
    locations = []  # a runtime may take the first or the last of several: all must be good
    for number, value, content in _fields(data):
        if number == 2:
            kind = value
        elif number == 8:
            name = _text(content)
        elif number == 9:
            size += len(content)
        elif number == 14:
            outside = outside or value == 1
        elif number == 13:
            outside = True
            pair = dict.fromkeys((1, 2), "")
            for inner, _, part in _fields(content):
                if inner in pair:
                    pair[inner] = _text(part)
            if pair[1] == "location":
                locations.append(pair[2])
            elif pair[1] == "length" and pair[2].isdecimal():
                size += int(pair[2])
    if outside:
        graph.outside += [(name, location) for location in locations or [""]]
    graph.types[kind] = graph.types.get(kind, 0) + size
