"""An ONNX graph under construction, its large tensors streamed into one external file.

The same input gives the same bytes: names, order and places follow from the calls alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import (
    FunctionProto,
    GraphProto,
    ModelProto,
    NodeProto,
    TensorProto,
    ValueInfoProto,
    helper,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL, DATA = "model.onnx", "model.onnx.data"
MICROSOFT = "com.microsoft"
OPSET, IR = 21, 10
# Files are mapped by page; tensors that share a page would be read for one another.
_PAGE = 4096
_INLINE = 1024  # bytes: shapes and axes stay where shape inference can see them


class Graph:
    """Collects nodes and tensors; `save` writes the model beside its data. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = (folder / DATA).open("wb")
        self._nodes: list[NodeProto] = []
        self._tensors: list[TensorProto] = []
        self._known: set[str] = set()
        self._places: dict[str, int] = {}

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def tensor(self, name: str, array: NDArray[Any], *, beside: str = "") -> str:
        """A constant. `beside` names one with the same bytes, stored once for both.

        They stay two tensors, each with a shape of its own, so that the runtime can drop its copy
        of the one that it repacks and map of the other just the rows that are looked up.
        """
        if name in self._known:
            return name
        self._known.add(name)
        array = np.asarray(array, order="C")
        made = TensorProto(
            name=name, data_type=helper.np_dtype_to_tensor_dtype(array.dtype), dims=array.shape
        )
        if array.nbytes < _INLINE:
            made.raw_data = array.tobytes()
        else:
            place = self._places[beside] if beside else self._write(array)
            self._places[name] = place
            made.data_location = TensorProto.EXTERNAL
            for key, value in (("location", DATA), ("offset", place), ("length", array.nbytes)):
                made.external_data.add(key=key, value=str(value))
        self._tensors.append(made)
        return name

    def _write(self, array: NDArray[Any]) -> int:
        self._file.write(b"\0" * (-self._file.tell() % _PAGE))
        place = self._file.tell()
        self._file.write(array.reshape(-1).view(np.uint8).data)
        return place

    def node(
        self, kind: str, inputs: Sequence[str], outputs: str | Sequence[str], **given: Any
    ) -> str:
        """An operator of the standard set ("Add") or of Microsoft's ("ms.QuickGelu").

        Returns the name of its first output.
        """
        names = [outputs] if isinstance(outputs, str) else list(outputs)
        domain, _, kind = kind.rpartition(".")
        self._nodes.append(
            helper.make_node(
                kind,
                list(inputs),
                names,
                name=f"{names[0]}/{kind}",
                domain=MICROSOFT if domain else "",
                **given,
            )
        )
        return names[0]

    def save(
        self,
        inputs: Sequence[ValueInfoProto],
        outputs: Sequence[ValueInfoProto],
        properties: dict[str, str],
        doc: str,
    ) -> None:
        """Write the model; the data must be complete by now."""
        self._file.flush()
        graph: GraphProto = helper.make_graph(
            self._nodes, "decoder", list(inputs), list(outputs), self._tensors, doc_string=doc
        )
        functions: list[FunctionProto] = []
        model: ModelProto = helper.make_model(
            graph,
            functions=functions,
            producer_name="field-journal",
            ir_version=IR,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        )
        helper.set_model_props(model, properties)
        (self._folder / MODEL).write_bytes(model.SerializeToString(deterministic=True))
