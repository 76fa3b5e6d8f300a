"""A BERT-like sentence encoder as a graph of fixed shapes in plain operators: the NPU's form.

The pack's own graph has shapes that depend on the text and, in its attention mask, an operator
(GatherND) that QNN refuses; one refused node costs two copies of everything and forbids strict
placement. This form is made from the weights alone. Its one shape is a row of `tokens` tokens that
holds as many texts as fit, side by side: who may look at whom is the mask's matter, so that short
texts waste nothing.

Inputs: ids, positions [1,T] int32; mask [1,1,T,T] float, 0 or MASKED. Output: hidden [1,T,d].
The weights are found by their place in the graph; the result is compared with the pack's own graph
before it is used, and refused where they differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.errors import JournalError
from journal_app.models.npu.static_graph import MASKED, Builder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Pair = tuple[NDArray[np.float32], NDArray[np.float32]]

TOKENS = 256
HEAD_SIZES = (32, 64, 96, 128)  # not written in the weights: the one that agrees is taken
AGREE = 0.9999  # cosine to the pack's own graph on the CPU
FORM = "encoder/1"
_PER_LAYER = 6  # products with weights: query, key, value, out, up, down
_WAY_OUT = "Use the CPU for this pack: `journal config device cpu`."


@dataclass(frozen=True, slots=True)
class Parts:
    """The weights: lookup tables, (out, in) matrices with biases, (gain, bias) of the norms."""

    words: NDArray[np.float32]
    places: NDArray[np.float32]
    products: tuple[_Pair, ...]
    norms: tuple[_Pair, ...]
    eps: float

    @property
    def layers(self) -> int:
        """How many layers there are."""
        return len(self.products) // _PER_LAYER


def write(model: Path, target: Path, tokens: int = TOKENS) -> None:
    """Make the static form of `model` as `target` (weights beside it).

    Raises JournalError where the model is no BERT-like encoder or the form does not agree with it.
    """
    parts = read(model)
    hidden = parts.words.shape[1]
    tokens = min(tokens, len(parts.places))
    worst = 0.0
    for head in HEAD_SIZES:
        if hidden % head:
            continue
        _write(parts, target, tokens, head)
        worst = max(worst, _agreement(model, target, tokens, len(parts.words)))
        if worst >= AGREE:
            return
    raise _refused(model, f"its static form agrees with it only to {worst:.4f}")


def read(model: Path) -> Parts:
    """The weights of a BERT-like encoder, int8 ones as the floats that they stand for."""
    import onnx

    graph = onnx.load(str(model)).graph
    known = _constants(graph)
    readers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    tables: list[NDArray[np.float32]] = []
    products: list[_Pair] = []
    norms: list[_Pair] = []
    eps = 1e-12
    for node in graph.node:
        given = [known.get(name) for name in node.input]
        if node.op_type == "Gather" and given[0] is not None and given[0].ndim == 2:
            tables.append(given[0])
        elif node.op_type == "LayerNormalization" and len(given) == 3:
            if given[1] is None or given[2] is None:
                raise _refused(model, f"the norm {node.name} has no weights")
            norms.append((given[1], given[2]))
            eps = next((one.f for one in node.attribute if one.name == "epsilon"), eps)
        elif node.op_type == "MatMul" and given[1] is not None:
            add = next(iter(readers.get(node.output[0], ())), None)
            bias = _constant_of(add, known) if add is not None and add.op_type == "Add" else None
            if bias is None:
                raise _refused(model, f"the product {node.name} has no bias")
            products.append((np.ascontiguousarray(given[1].T), bias))
        elif node.op_type == "Gemm" and given[1] is not None:
            if len(given) != 3 or given[2] is None:
                raise _refused(model, f"the product {node.name} has no bias")
            turned = any(one.name == "transB" and one.i for one in node.attribute)
            products.append((given[1] if turned else given[1].T, given[2]))
    tables.sort(key=len)
    if len(tables) != 3 or len(products) % _PER_LAYER or not products:
        what = f"{len(tables)} lookup tables and {len(products)} products with weights"
        raise _refused(model, f"it has {what}")
    if len(norms) != 2 * (len(products) // _PER_LAYER) + 1:
        raise _refused(model, f"it has {len(norms)} norms")
    kinds, places, words = tables
    return Parts(words + kinds[0], places, tuple(products), tuple(norms), eps)


def _constants(graph: Any) -> dict[str, NDArray[Any]]:
    """Every constant by name; what Cast, Mul, Transpose and DequantizeLinear make of constants is
    one as well."""
    from onnx import helper, numpy_helper

    known = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for node in graph.node:
        given = [known.get(name) for name in node.input]
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            known[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        if not given or any(one is None for one in given):
            continue
        values = [one for one in given if one is not None]
        if node.op_type == "Cast":
            kind = helper.tensor_dtype_to_np_dtype(node.attribute[0].i)
            known[node.output[0]] = values[0].astype(kind)
        elif node.op_type == "Mul":
            known[node.output[0]] = values[0] * values[1]
        elif node.op_type == "Identity":
            known[node.output[0]] = values[0]
        elif node.op_type == "Transpose" and values[0].ndim == 2:
            known[node.output[0]] = values[0].T
        elif node.op_type == "DequantizeLinear":
            known[node.output[0]] = _dequantized(node, values)
    return known


def _dequantized(node: Any, values: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
    axis = next((one.i for one in node.attribute if one.name == "axis"), 1)
    shape = [1] * values[0].ndim
    if values[1].ndim:
        shape[axis] = -1
    zero = values[2].astype(np.float32).reshape(shape) if len(values) > 2 else np.float32(0)
    made: NDArray[np.float32] = values[0].astype(np.float32) - zero
    return made * values[1].astype(np.float32).reshape(shape)


def _constant_of(node: Any, known: Mapping[str, NDArray[Any]]) -> NDArray[Any] | None:
    return next((known[name] for name in node.input if name in known), None)


def _write(parts: Parts, target: Path, tokens: int, head: int) -> None:
    b = Builder()
    hidden = parts.words.shape[1]
    heads = hidden // head
    ids = b.input("ids", (1, tokens), integer=True)
    positions = b.input("positions", (1, tokens), integer=True)
    mask = b.input("mask", (1, 1, tokens, tokens))
    norms = iter(enumerate(parts.norms))

    def norm(x: str) -> str:
        number, (gain, bias) = next(norms)
        gain_name, bias_name = b.weight(f"gain.{number}", gain), b.weight(f"bias.{number}", bias)
        return str(
            b.node("LayerNormalization", x, gain_name, bias_name, axis=-1, epsilon=parts.eps)
        )

    def product(x: str, number: int, scale: float = 1.0) -> str:
        matrix, bias = parts.products[number]
        return b.linear(x, f"w.{number}", matrix * np.float32(scale), bias * np.float32(scale))

    def split(x: str, perm: list[int]) -> str:
        return str(b.node("Transpose", b.shaped(x, 1, tokens, heads, head), perm=perm))

    x = b.node("Gather", b.weight("words", parts.words), ids, axis=0)
    places = b.weight("places", parts.places[:tokens])
    x = norm(b.node("Add", x, b.node("Gather", places, positions, axis=0)))
    x = b.shaped(x, tokens, hidden)
    for layer in range(parts.layers):
        at = layer * _PER_LAYER
        query = split(product(x, at, head**-0.5), [0, 2, 1, 3])
        key = split(product(x, at + 1), [0, 2, 3, 1])
        value = split(product(x, at + 2), [0, 2, 1, 3])
        scores = b.node("Add", b.node("MatMul", query, key), mask)
        seen = b.node("MatMul", b.node("Softmax", scores, axis=-1), value)
        seen = b.shaped(b.node("Transpose", seen, perm=[0, 2, 1, 3]), tokens, hidden)
        x = norm(b.node("Add", product(seen, at + 3), x))
        y = b.node("Gelu", product(x, at + 4))
        x = norm(b.node("Add", product(y, at + 5), x))
    b.output(b.shaped(x, 1, tokens, hidden), "hidden", (1, tokens, hidden))
    b.save(target, "encoder")


def _agreement(model: Path, target: Path, tokens: int, words: int) -> float:
    """The least cosine of a token's vector to that of the pack's own graph, both on the CPU, for
    two texts side by side."""
    import onnxruntime as ort

    random = np.random.default_rng(0)
    texts = [random.integers(0, words, size=size).tolist() for size in (9, min(40, tokens - 9))]
    whole = _session(ort, model)
    mine = _session(ort, target).run(None, next(feeds(texts, tokens))[1])[0][0]
    names = {one.name for one in whole.get_inputs()}
    at, worst = 0, 1.0
    for text in texts:
        ids = np.array([text], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        feed = {name: value for name, value in given.items() if name in names}
        theirs = whole.run(None, feed)[0][0]
        ours = mine[at : at + len(text)]
        lengths = np.linalg.norm(theirs, axis=1) * np.linalg.norm(ours, axis=1)
        worst = min(worst, float(((theirs * ours).sum(1) / lengths).min()))
        at += len(text)
    return worst


def _session(ort: Any, path: Path) -> Any:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), sess_options=options)


def feeds(
    texts: Sequence[Sequence[int]], tokens: int
) -> Iterator[tuple[list[int], dict[str, NDArray[Any]]]]:
    """Pack texts (each of at most `tokens` tokens) into rows, in their order: the numbers of the
    texts of a row, and what the graph is fed. Text k of a row begins where text k-1 ended."""
    row: list[int] = []
    used = 0
    for number, text in enumerate(texts):
        if used + len(text) > tokens:
            yield row, _feed([texts[one] for one in row], tokens)
            row, used = [], 0
        row.append(number)
        used += len(text)
    if row:
        yield row, _feed([texts[one] for one in row], tokens)


def _feed(texts: Sequence[Sequence[int]], tokens: int) -> dict[str, NDArray[Any]]:
    ids = np.zeros((1, tokens), np.int32)
    positions = np.zeros((1, tokens), np.int32)
    mask = np.full((1, 1, tokens, tokens), MASKED, np.float32)
    at = 0
    for text in texts:
        end = at + len(text)
        ids[0, at:end] = text
        positions[0, at:end] = np.arange(len(text))
        mask[0, 0, at:end, at:end] = 0
        at = end
    mask[0, 0, at:, 0] = 0  # what is left over must look at something
    return {"ids": ids, "positions": positions, "mask": mask}


def _refused(model: Path, why: str) -> JournalError:
    return JournalError(f"{model} has no form for an NPU: {why}.", _WAY_OUT)
