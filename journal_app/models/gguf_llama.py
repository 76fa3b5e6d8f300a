"""The decoder graph of a Llama model for ONNX Runtime, from the weights of a GGUF file.

Interface, as Hugging Face exports have it (B batch, S new tokens, T all tokens so far):
inputs `input_ids` (B, S) and `attention_mask` (B, T), both int64, and for each layer N
`past_key_values.N.key`/`.value` (B, heads, past, head size) float32; outputs `logits` float32 and
`present.N.key`/`.value`. Past and present may be bound to the same buffer of full length.

`logits` are those of the last position alone, (B, 1, vocabulary): the head and the last layer's
second half run for no other. The optional input `num_logits_to_keep` (1,) int64 asks for the last
n positions, 0 for all; a session that does not feed it gets 1.

Measured choices (SmolLM2-135M on two x86-64 cores): gate and up in one matrix and a Split, fewer
starts of the threads, +18 % decoding (Q, K and V are one for the same reason); block sums by
AveragePool, one node, and rests that the runtime does not repack, +5 % over Reshape, ReduceSum and
a repacked MatMul.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from onnx import TensorProto, ValueInfoProto, helper

from journal_app.models.gguf_graph import Graph
from journal_app.models.gguf_pack import packed
from journal_app.models.gguf_read import BLOCK, EMBEDDING, HEAD, NORM, Config, Weights

KEEP = "num_logits_to_keep"
_FLOATS = ("F32", "F16")
_DOC = (
    f"logits are those of the last {KEEP} positions (an optional input: 1 unless fed, 0 for all). "
    "past_key_values.N and present.N may share one buffer of full length."
)
Began = Callable[[str], None]


def write(weights: Weights, graph: Graph, began: Began) -> None:
    """Build and save the graph; `began(tensor)` is called before each tensor is read."""
    _Llama(weights, graph, began).write()


class _Llama:
    def __init__(self, weights: Weights, graph: Graph, began: Began) -> None:
        self._weights, self._graph, self._began = weights, graph, began
        self._config: Config = weights.config
        self._sums: dict[str, str] = {}

    def write(self) -> None:
        config, graph = self._config, self._graph
        hidden, branch = self._embedding(), ""
        self._lengths()
        for layer in range(config.layers):
            hidden, branch = self._layer(layer, hidden, branch)
        last = self._norm("last", hidden, branch, NORM)[0]
        self._head(last)
        inputs = [
            _value("input_ids", TensorProto.INT64, "batch", "sequence"),
            _value("attention_mask", TensorProto.INT64, "batch", "total"),
        ]
        outputs = [_value("logits", TensorProto.FLOAT, "batch", "kept", config.vocab)]
        for layer in range(config.layers):
            for part in ("key", "value"):
                for name, length, ends in (
                    ("past_key_values", "past", inputs),
                    ("present", "present", outputs),
                ):
                    shape = ("batch", config.kv_heads, length, config.head_dim)
                    ends.append(_value(f"{name}.{layer}.{part}", TensorProto.FLOAT, *shape))
        inputs.append(_value(KEEP, TensorProto.INT64, 1))
        graph.save(inputs, outputs, {"logits": f"the last {KEEP} positions, 1 by default"}, _DOC)

    def _lengths(self) -> None:
        """What attention asks of the mask, the rotary tables, and which positions are kept."""
        graph, config = self._graph, self._config
        one = graph.tensor("one", np.array([1], np.int64))
        counts = graph.node("ReduceSum", ["attention_mask", one], "counts", keepdims=0)
        counts = graph.node("Cast", [counts], "counts_int32", to=TensorProto.INT32)
        graph.node("Sub", [counts, graph.tensor("one_int32", np.array(1, np.int32))], "before")
        shape = graph.node("Shape", ["attention_mask"], "mask_shape")
        total = graph.node(
            "Gather", [shape, graph.tensor("second", np.array(1, np.int64))], "width"
        )
        graph.node("Cast", [total], "total", to=TensorProto.INT32)
        turns = np.outer(np.arange(config.context), self._weights.frequencies())
        graph.tensor("cos", np.cos(turns).astype(np.float32))
        graph.tensor("sin", np.sin(turns).astype(np.float32))
        graph.node("Neg", [graph.tensor(KEEP, np.array([1], np.int64))], "kept_from")
        graph.tensor("end", np.array([np.iinfo(np.int64).max], np.int64))

    def _layer(self, layer: int, hidden: str, branch: str) -> tuple[str, str]:
        graph, config, at = self._graph, self._config, f"layer{layer}"
        blk = f"blk.{layer}."
        normed, hidden = self._norm(f"{at}.in", hidden, branch, f"{blk}attn_norm.weight")
        parts = tuple(f"{blk}attn_{one}.weight" for one in "qkv")
        attended = graph.node(
            "ms.GroupQueryAttention",
            [
                *self._qkv(at, normed, parts),
                f"past_key_values.{layer}.key",
                f"past_key_values.{layer}.value",
                *("before", "total", "cos", "sin"),
            ],
            [f"{at}.attended", f"present.{layer}.key", f"present.{layer}.value"],
            num_heads=config.heads,
            kv_num_heads=config.kv_heads,
            scale=config.head_dim**-0.5,
            do_rotary=1,
            rotary_interleaved=0,
        )
        if layer == config.layers - 1:
            attended, hidden = self._kept(attended), self._kept(hidden)
        branch = self._linear(f"{at}.out", attended, (f"{blk}attn_output.weight",))
        normed, hidden = self._norm(f"{at}.mid", hidden, branch, f"{blk}ffn_norm.weight")
        gate, up = self._gate_up(at, normed, (f"{blk}ffn_gate.weight", f"{blk}ffn_up.weight"))
        gate = graph.node("ms.QuickGelu", [gate], f"{at}.silu", alpha=1.0)  # x * sigmoid(x)
        inner = graph.node("Mul", [gate, up], f"{at}.inner")
        return hidden, self._linear(f"{at}.down", inner, (f"{blk}ffn_down.weight",))

    def _kept(self, name: str) -> str:
        return self._graph.node("Slice", [name, "kept_from", "end", "one"], f"{name}.kept")

    def _norm(self, at: str, hidden: str, branch: str, name: str) -> tuple[str, str]:
        """The norm of hidden + branch, and that sum."""
        self._began(name)
        scale = self._graph.tensor(name, self._weights.tensor(name))
        epsilon = self._config.eps
        if not branch:
            kind = "SimplifiedLayerNormalization"
            return self._graph.node(kind, [hidden, scale], at, axis=-1, epsilon=epsilon), hidden
        self._graph.node(
            "ms.SkipSimplifiedLayerNormalization",
            [hidden, branch, scale],
            [at, "", "", f"{at}.sum"],
            epsilon=epsilon,
        )
        return at, f"{at}.sum"

    def _qkv(self, at: str, normed: str, parts: tuple[str, ...]) -> list[str]:
        if self._alike(parts):
            return [self._linear(f"{at}.qkv", normed, parts), "", ""]
        return [
            self._linear(f"{at}.{letter}", normed, (part,))
            for letter, part in zip("qkv", parts, strict=True)
        ]

    def _gate_up(self, at: str, normed: str, parts: tuple[str, ...]) -> list[str]:
        names = [f"{at}.gate", f"{at}.up"]
        if self._alike(parts):
            both = self._linear(f"{at}.gate_up", normed, parts)
            self._graph.node("Split", [both], names, axis=-1, num_outputs=2)
            return names
        return [
            self._linear(name, normed, (part,)) for name, part in zip(names, parts, strict=True)
        ]

    def _alike(self, parts: tuple[str, ...]) -> bool:
        """Whether the tensors are of one type and can lie in one matrix."""
        return len({self._weights.info(one).type for one in parts}) == 1

    def _linear(self, out: str, given: str, names: tuple[str, ...], beside: bool = False) -> str:
        """given @ weight.T, (B, S, columns) to (B, S, rows); the tensors are of one type.

        `beside`: the embedding's bytes are this matrix's, and are there already.
        """
        for name in names:
            self._began(name)
        graph, weights, matrix = self._graph, self._weights, f"{out}.weight"
        if weights.info(names[0]).type in _FLOATS:
            matrix = self._float(matrix if not beside else EMBEDDING, names)
            return graph.node("ms.FusedMatMul", [given, matrix], out, transB=1)
        stored = packed(weights, names)
        graph.tensor(matrix, stored.data, beside=EMBEDDING if beside else "")
        scales = graph.tensor(
            f"{out}.scales", stored.scales.reshape(-1), beside=f"{EMBEDDING}.scales" * beside
        )
        product = graph.node(
            "ms.MatMulNBits",
            [given, matrix, scales],
            out if stored.rests is None else f"{out}.levels",
            K=stored.columns,
            N=stored.rows,
            bits=stored.bits,
            block_size=BLOCK,
            accuracy_level=4,  # products of int8, as llama.cpp has them
        )
        if stored.rests is None:
            return product
        # The pool gives means, so the rests are BLOCK times as large: a power of two, exact.
        # Of rank 3 they are not repacked, and one row goes through the faster matrix-vector code.
        rests = graph.tensor(f"{out}.rests", (stored.rests.T * np.float32(BLOCK))[None])
        rest = graph.node("MatMul", [self._means(given), rests], f"{out}.rest")
        return graph.node("Add", [product, rest], out)

    def _float(self, matrix: str, names: tuple[str, ...]) -> str:
        """A matrix of floats; float16 stays so in the file and is widened when it is loaded."""
        graph, weights = self._graph, self._weights
        half = weights.info(names[0]).type == "F16"
        kind = np.float16 if half else np.float32
        array = np.concatenate([weights.rows(name).view(kind) for name in names])
        graph.tensor(matrix, array)
        if not half:
            return matrix
        return graph.node("Cast", [matrix], f"{matrix}.wide", to=TensorProto.FLOAT)

    def _means(self, given: str) -> str:
        if given not in self._sums:
            self._sums[given] = self._graph.node(
                "AveragePool", [given], f"{given}.means", kernel_shape=[BLOCK], strides=[BLOCK]
            )
        return self._sums[given]

    def _embedding(self) -> str:
        graph, weights, config = self._graph, self._weights, self._config
        self._began(EMBEDDING)
        kind = weights.info(EMBEDDING).type
        if kind in _FLOATS:
            array = weights.rows(EMBEDDING).view(np.float16 if kind == "F16" else np.float32)
            found = graph.node("Gather", [graph.tensor(EMBEDDING, array), "input_ids"], "rows")
            return graph.node("Cast", [found], "embedded", to=TensorProto.FLOAT)
        stored = packed(weights, (EMBEDDING,))
        found = graph.node(
            "ms.GatherBlockQuantized",
            [
                graph.tensor(EMBEDDING, stored.data.reshape(config.vocab, -1)),
                "input_ids",
                graph.tensor(f"{EMBEDDING}.scales", stored.scales),
            ],
            "embedded",
            bits=stored.bits,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )
        if stored.rests is None:
            return found
        each = graph.tensor("blocks", np.array([0, 0, config.hidden // BLOCK, BLOCK], np.int64))
        flat = graph.tensor("flat", np.array([0, 0, config.hidden], np.int64))
        rests = graph.tensor(f"{EMBEDDING}.rests", stored.rests[..., None])
        rest = graph.node("Gather", [rests, "input_ids"], "embedded.rest")
        blocks = graph.node("Reshape", [found, each], "embedded.blocks")
        blocks = graph.node("Add", [blocks, rest], "embedded.whole")
        return graph.node("Reshape", [blocks, flat], "embedded.flat")

    def _head(self, last: str) -> None:
        tied = self._config.tied
        self._linear("logits", last, (EMBEDDING if tied else HEAD,), beside=tied)


def _value(name: str, kind: int, *shape: int | str) -> ValueInfoProto:
    made: ValueInfoProto = helper.make_tensor_value_info(name, kind, list(shape))
    return made
