"""A sentence encoder whose weights stay in eight bits in memory.

Exports with int8 weights often hold them as `Cast(int8) * scale` in front of plain MatMuls. ONNX
Runtime folds that into float weights when it loads them: of a 23 MB file become 170 MB. Here the
same weights go into MatMulNBits (8 bits, one scale for each column repeated for its blocks of 32),
and the embedding table is multiplied by its scale after the rows were looked up: 50 MB, and
arithmetic on integers. Vectors move by less than 0.0005 in cosine, because activations are rounded
to eight bits (accuracy level 4); the test holds them to 0.999.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
BLOCK = 32  # MatMulNBits' rows that share a scale
FOLDER = ".compact"  # beside the packs: what can be made again


def cached(model: Path, digest: str) -> Path | bytes:
    """The compact form of `model`, whose SHA-256 is `digest`: a file beside the packs, made when it
    is missing; its bytes where that folder cannot be written; `model` itself where nothing in it
    could be made smaller."""
    file = model.parent.parent / FOLDER / f"{digest[:16]}-compact{VERSION}.onnx"
    if file.exists():
        return file if file.stat().st_size else model
    from google.protobuf.message import DecodeError

    try:
        made = compact(model)
    except DecodeError:
        return model  # ONNX Runtime tells what is wrong with it
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as handle:
            handle.write(made or b"")  # an empty file remembers that there is nothing to gain
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        return made or model
    return file if made else model


def compact(model: Path) -> bytes | None:
    """The model as bytes with its int8 weights kept as such; None where it holds none."""
    import onnx

    loaded = onnx.load(model)
    surgery = _Surgery(loaded.graph)
    nodes = [new for node in loaded.graph.node for new in surgery.replaced(node)]
    if not surgery.count:
        return None
    outputs = {one.name for one in loaded.graph.output}
    nodes = _needed(nodes, outputs)
    used = {name for node in nodes for name in node.input} | outputs
    kept = [one for one in (*loaded.graph.initializer, *surgery.added) if one.name in used]
    del loaded.graph.node[:], loaded.graph.initializer[:]
    loaded.graph.node.extend(nodes)
    loaded.graph.initializer.extend(kept)
    if not any(one.domain == "com.microsoft" for one in loaded.opset_import):
        loaded.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    made: bytes = loaded.SerializeToString(deterministic=True)
    return made


@dataclass(slots=True)
class _Surgery:
    graph: Any
    added: list[Any] = field(default_factory=list)
    count: int = 0
    _held: dict[str, Any] = field(default_factory=dict)
    _made_by: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._held = {one.name: one for one in self.graph.initializer}
        self._made_by = {name: node for node in self.graph.node for name in node.output}

    def replaced(self, node: Any) -> list[Any]:
        """The nodes that take the place of one."""
        if node.op_type == "Gather" and (found := self._weight(node.input[0])):
            return self._gather(node, *found) or [node]
        if node.op_type == "MatMul" and (found := self._weight(node.input[1])):
            return self._multiply(node, *found) or [node]
        return [node]

    def _weight(self, name: str) -> tuple[str, str] | None:
        """(int8 values, scales) by name where `name` is `Cast(values) * scales`."""
        product = self._made_by.get(name)
        if product is None or product.op_type != "Mul":
            return None
        cast = self._made_by.get(product.input[0])
        if cast is None or cast.op_type != "Cast":
            return None
        values, scales = cast.input[0], product.input[1]
        held = self._held.get(values), self._held.get(scales)
        if held[0] is None or held[1] is None or held[0].data_type != 3 or len(held[0].dims) != 2:
            return None
        return values, scales

    def _array(self, name: str) -> NDArray[Any]:
        from onnx import numpy_helper

        found: NDArray[Any] = numpy_helper.to_array(self._held[name])
        return found

    def _gather(self, node: Any, values: str, scales: str) -> list[Any]:
        from onnx import helper

        if any(one.name == "axis" and one.i != 0 for one in node.attribute):
            return []
        if self._array(scales).shape != (self._held[values].dims[0], 1):
            return []
        self.count += 1
        out, rows = node.output[0], node.input[1]
        return [
            helper.make_node("Gather", [values, rows], [f"{out}_q"], axis=0),
            helper.make_node("Cast", [f"{out}_q"], [f"{out}_f"], to=1),
            helper.make_node("Gather", [scales, rows], [f"{out}_s"], axis=0),
            helper.make_node("Mul", [f"{out}_f", f"{out}_s"], [out]),
        ]

    def _multiply(self, node: Any, values: str, scales: str) -> list[Any]:
        from onnx import helper, numpy_helper

        weight, scale = self._array(values), self._array(scales).reshape(-1)
        inner, outer = weight.shape
        if inner % BLOCK or scale.size not in (1, outer):
            return []
        self.count += 1
        blocks = inner // BLOCK
        shifted = (weight.T.astype(np.int16) + 128).astype(np.uint8).reshape(outer, blocks, BLOCK)
        repeated = np.repeat(np.broadcast_to(scale, (outer,))[:, None], blocks, 1)
        out = node.output[0]
        self.added.append(numpy_helper.from_array(shifted, f"{out}_B"))
        self.added.append(numpy_helper.from_array(repeated.astype(np.float32), f"{out}_S"))
        return [
            helper.make_node(
                "MatMulNBits",
                [node.input[0], f"{out}_B", f"{out}_S"],
                [out],
                domain="com.microsoft",
                K=inner,
                N=outer,
                bits=8,
                block_size=BLOCK,
                accuracy_level=4,
            )
        ]


def _needed(nodes: list[Any], outputs: set[str]) -> list[Any]:
    """The nodes that an output depends on, in their order."""
    wanted = set(outputs)
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.append(node)
            wanted.update(node.input)
    return kept[::-1]
