"""A small builder of ONNX graphs with fixed shapes, in the plain operators that an NPU takes.

Weights lie in one file beside the graph, so that a model of gigabytes needs no protobuf of that
size. Masks are added as `MASKED`: an infinity is not a number any more after one product in the
16-bit floats of an NPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MASKED = -1e4
OPSET = 20  # the first with Gelu; QNN and OpenVINO take it
IR_VERSION = 10


class Builder:
    """Collects nodes and weights; `save` writes them. Every method gives the name of its output.

    `kind` is the type of all floats. Weights go by their names: the same name is stored once.
    """

    def __init__(self, kind: type[np.floating[Any]] = np.float32) -> None:
        from onnx import TensorProto

        self.kind = kind
        self.onnx_kind = TensorProto.FLOAT if kind is np.float32 else TensorProto.FLOAT16
        self._nodes: list[Any] = []
        self._weights: dict[str, Any] = {}
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._data: list[NDArray[Any]] = []
        self._place = 0

    def input(self, name: str, shape: Sequence[int], *, integer: bool = False) -> str:
        """An input of the graph, floats or int32."""
        from onnx import TensorProto, helper

        kind = TensorProto.INT32 if integer else self.onnx_kind
        self._inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, source: str, name: str, shape: Sequence[int]) -> None:
        """Let the value `source` leave the graph as `name`."""
        from onnx import helper

        for node in self._nodes:
            node.input[:] = [name if one == source else one for one in node.input]
            node.output[:] = [name if one == source else one for one in node.output]
        self._outputs.append(helper.make_tensor_value_info(name, self.onnx_kind, list(shape)))

    def weight(self, name: str, values: NDArray[Any] | float | Sequence[int]) -> str:
        """A constant: floats become `kind`, integers int64 (they are shapes and places)."""
        from onnx import TensorProto, helper

        if name in self._weights:
            return name
        array = np.ascontiguousarray(values)
        integer = array.dtype.kind in "iu"
        array = array.astype(np.int64 if integer else self.kind).reshape(np.shape(values))
        kind = TensorProto.INT64 if integer else self.onnx_kind
        if array.nbytes < 1024:
            made = helper.make_tensor(name, kind, array.shape, array.tobytes(), raw=True)
        else:
            made = TensorProto(name=name, data_type=kind, dims=array.shape)
            made.data_location = TensorProto.EXTERNAL
            pad = -self._place % 4096  # so that it can be mapped
            if pad:
                self._data.append(np.zeros(pad, np.uint8))
            for key, value in (("offset", self._place + pad), ("length", array.nbytes)):
                made.external_data.add(key=key, value=str(value))
            self._data.append(array)
            self._place += pad + array.nbytes
        self._weights[name] = made
        return name

    def node(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """An operator of the standard domain; the name of its output, or the list of them."""
        from onnx import helper

        number = len(self._nodes)
        names = [f"v{number}.{index}" for index in range(outputs)]
        made = helper.make_node(kind, list(inputs), names, name=f"{kind}.{number}", **attributes)
        self._nodes.append(made)
        return names[0] if outputs == 1 else names

    def linear(
        self, x: str, name: str, matrix: NDArray[Any], bias: NDArray[Any] | None = None
    ) -> str:
        """x (rows, in) times the transpose of `matrix` (out, in), plus `bias`: a fully connected
        layer with two dimensions is what NPUs do best."""
        inputs = [x, self.weight(name, matrix)]
        if bias is not None:
            inputs.append(self.weight(name + ".bias", bias))
        return str(self.node("Gemm", *inputs, transB=1))

    def shaped(self, x: str, *shape: int) -> str:
        """Reshape; 0 keeps a dimension, one -1 is what is left."""
        name = "shape." + "x".join(map(str, shape))
        return str(self.node("Reshape", x, self.weight(name, shape)))

    def save(self, path: Path, name: str) -> None:
        """Write `path` and `path`.data beside it."""
        from onnx import helper, save

        graph = helper.make_graph(
            self._nodes, name, self._inputs, self._outputs, list(self._weights.values())
        )
        data = path.with_name(path.name + ".data")
        for tensor in graph.initializer:
            if tensor.external_data:
                tensor.external_data.add(key="location", value=data.name)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
        )
        with data.open("wb") as out:
            for part in self._data:
                out.write(part.tobytes())
        save(model, str(path))
