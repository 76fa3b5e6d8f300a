"""The GGUF container: metadata and where each tensor lies, every length checked before it is used.

Layout (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3, little endian):
magic, version u32, tensors u64, keys u64; per key: name, type u32, value; per tensor: name, rank
u32, dimensions u64 (fastest first), type u32, offset u64; then the data, aligned. Strings are a u64
length and UTF-8 bytes. Nothing in the file is ever executed or unpickled.

Raises JournalError, naming the file and the key or tensor, for whatever is cut off or senseless.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from journal_app.errors import JournalError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_ALIGNMENT = 32
_AGAIN = "Get the file again from its origin."
# More than any real model has; a hostile count must not fill the memory before it runs out of file.
_MOST_KEYS = 4096
_MOST_TENSORS = 65_536
_MOST_ITEMS = 4_000_000
_MOST_NAME = 256

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9

# ggml tensor types: name, elements of a block, bytes of a block.
TYPES = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    8: ("Q8_0", 32, 34),
}
# Types that are not read, by name, so that the refusal can say what the file holds.
_OTHERS = {
    6: "Q5_0", 7: "Q5_1", 9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K",
    15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S",
    22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64", 29: "IQ1_M",
    30: "BF16", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """Where a tensor lies: `shape` is slowest first (rows, columns), `offset` is in the file."""

    name: str
    type: str
    shape: tuple[int, ...]
    offset: int
    size: int


class Closing:
    """Something open that the end of a `with` block closes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is open."""


class GgufFile(Closing):
    """An open GGUF file; `metadata` by key, `tensors` by name, `data(info)` its bytes (mapped).

    Use it as a context manager: the file stays mapped until it is closed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as handle:
                self._map = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            raise JournalError(f"{path} cannot be read: {error}.", _AGAIN) from error
        try:
            self._parse()
        except BaseException:
            self._map.close()
            raise

    def close(self) -> None:
        """Let the file go. Arrays made from `data` must be gone, or were copied."""
        self._map.close()

    def data(self, info: TensorInfo) -> bytes:
        """The bytes of a tensor, copied out of the file."""
        return self._map[info.offset : info.offset + info.size]

    def _parse(self) -> None:
        self._at = 0
        self._where = "its head"
        if self._take(4) != _MAGIC:
            raise JournalError(
                f"{self.path} is not a GGUF file.", "Name the .gguf file of a Llama model."
            )
        version = self._number("I")
        if version not in _VERSIONS:
            raise JournalError(
                f"{self.path} is GGUF version {version}; 2 and 3 (little endian) are read.",
                "Convert it with a current llama.cpp.",
            )
        tensors, keys = self._number("Q"), self._number("Q")
        self._most("tensors", tensors, _MOST_TENSORS)
        self._most("metadata keys", keys, _MOST_KEYS)
        self.metadata = dict(self._pairs(keys))
        self.tensors = self._infos(tensors)

    def _pairs(self, count: int) -> Iterator[tuple[str, Any]]:
        seen = set()
        for _ in range(count):
            self._where = "its metadata"
            key = self._string(_MOST_NAME)
            if key in seen:
                raise self._broken(f"the metadata key {key} occurs twice")
            seen.add(key)
            self._where = f"the metadata key {key}"
            yield key, self._value(self._number("I"), nested=False)

    def _value(self, kind: int, *, nested: bool) -> Any:
        if kind in _SCALARS:
            return self._number(_SCALARS[kind])
        if kind == _STRING:
            return self._string()
        if kind != _ARRAY or nested:
            raise self._broken(f"{self._where} has the unknown type {kind}")
        item, count = self._number("I"), self._number("Q")
        self._most(f"items in {self._where}", count, _MOST_ITEMS)
        if item in _SCALARS:
            code = f"<{count}{_SCALARS[item]}"
            return list(struct.unpack(code, self._take(struct.calcsize(code))))
        return [self._value(item, nested=True) for _ in range(count)]

    def _infos(self, count: int) -> dict[str, TensorInfo]:
        found: list[tuple[str, tuple[int, ...], int, int]] = []
        for _ in range(count):
            self._where = "its list of tensors"
            name = self._string(_MOST_NAME)
            self._where = f"the tensor {name}"
            rank = self._number("I")
            if not 1 <= rank <= 4:
                raise self._broken(f"{self._where} has {rank} dimensions")
            shape = tuple(self._number("Q") for _ in range(rank))[::-1]
            found.append((name, shape, self._number("I"), self._number("Q")))
        alignment = self.metadata.get("general.alignment", _ALIGNMENT)
        if not isinstance(alignment, int) or not 1 <= alignment <= 1 << 16:
            raise self._broken(f"general.alignment is {alignment}")
        start = -(-self._at // alignment) * alignment
        infos: dict[str, TensorInfo] = {}
        for name, shape, kind, offset in found:
            if name in infos:
                raise self._broken(f"the tensor {name} occurs twice")
            infos[name] = self._info(name, shape, kind, start + offset)
        return infos

    def _info(self, name: str, shape: tuple[int, ...], kind: int, offset: int) -> TensorInfo:
        if kind not in TYPES:
            raise JournalError(
                f"The tensor {name} of {self.path} is {_OTHERS.get(kind, f'of type {kind}')}; "
                "F32, F16, Q8_0, Q4_0 and Q4_1 are read.",
                "Make the file with `llama-quantize --pure --token-embedding-type q8_0 "
                "--output-tensor-type q8_0 FROM.gguf TO.gguf Q4_1`, or import an ONNX export.",
            )
        title, block, width = TYPES[kind]
        elements = 1
        for one in shape:
            elements *= one
        if not elements or shape[-1] % block:
            raise self._broken(f"the tensor {name} ({title}) has the shape {list(shape)}")
        size = elements // block * width
        if offset + size > len(self._map):
            raise self._broken(f"the tensor {name} lies beyond the end of the file")
        return TensorInfo(name, title, shape, offset, size)

    def _take(self, size: int) -> bytes:
        if size > len(self._map) - self._at:
            raise self._broken(f"the file ends within {self._where}")
        self._at += size
        return self._map[self._at - size : self._at]

    def _number(self, code: str) -> Any:
        return struct.unpack("<" + code, self._take(struct.calcsize("<" + code)))[0]

    def _string(self, most: int | None = None) -> str:
        size = self._number("Q")
        if most is not None and size > most:
            raise self._broken(f"a name in {self._where} has {size} bytes")
        try:
            return self._take(size).decode("utf-8")
        except UnicodeDecodeError:
            raise self._broken(f"{self._where} is not UTF-8 text") from None

    def _most(self, what: str, count: int, most: int) -> None:
        if count > most:
            raise self._broken(f"it claims {count} {what}; at most {most} are read")

    def _broken(self, what: str) -> JournalError:
        return JournalError(f"{self.path} is damaged: {what}.", _AGAIN)
