"""The tiny decoders of `decoders` as ONNX graphs.

The Gemma graphs are written in plain ONNX operators after transformers' modeling_gemma3.py and
modeling_gemma4.py; the Llama graph uses GroupQueryAttention as our conversions do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tests.helpers.decoders import EPSILON, Array, Tiny


class Build:
    """Nodes of a graph, one call each."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def __call__(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        self._count += 1
        name = out or f"t{self._count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: Any, kind: Any = np.float32, name: str = "") -> str:
        self._count += 1
        name = name or f"c{self._count}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def norm(self, x: str, w: Array | None) -> str:
        squares = self("ReduceMean", self("Mul", x, x), axes=[-1], keepdims=1)
        root = self("Sqrt", self("Add", squares, self.constant(EPSILON)))
        made = self("Div", x, root)
        return made if w is None else self("Mul", made, self.constant(1 + w))

    def linear(self, x: str, w: Array) -> str:
        return self("MatMul", x, self.constant(w))

    def heads(self, x: str, heads: int, size: int) -> str:
        cut = self("Reshape", x, self.constant([0, 0, heads, size], np.int64))
        return self("Transpose", cut, perm=[0, 2, 1, 3])

    def gelu(self, x: str) -> str:
        cube = self("Mul", self("Mul", x, x), x)
        inside = self("Add", x, self("Mul", cube, self.constant(0.044715)))
        bent = self("Tanh", self("Mul", inside, self.constant(np.sqrt(2 / np.pi))))
        return self("Mul", self("Mul", x, self.constant(0.5)), self("Add", bent, self.constant(1)))

    def rope(self, x: str, positions: str, base: float, size: int) -> str:
        frequencies = self.constant(base ** (-np.arange(0, size, 2) / size))
        place = self("Unsqueeze", positions, self.constant([1, 3], np.int64))  # B 1 n 1
        angles = self("Mul", self("Cast", place, to=TensorProto.FLOAT), frequencies)
        both = self("Concat", angles, angles, axis=-1)
        half = size // 2
        first, second = (
            self("Slice", x, *(self.constant([one], np.int64) for one in (a, b, 3)))
            for a, b in ((0, half), (half, size))
        )
        turned = self("Concat", self("Neg", second), first, axis=-1)
        return self(
            "Add",
            self("Mul", x, self("Cos", both)),
            self("Mul", turned, self("Sin", both)),
        )

    def model(self, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "tiny", inputs, outputs, self.constants)
        sets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=9)


def _value(name: str, kind: int, *shape: Any) -> Any:
    return helper.make_tensor_value_info(name, kind, list(shape))


def _cache_kind(tiny: Tiny) -> int:
    return int(helper.np_dtype_to_tensor_dtype(np.dtype(tiny.cache)))


def embedder(tiny: Tiny, w: dict[str, Array]) -> onnx.ModelProto:
    """`input_ids` to `inputs_embeds` and `per_layer_inputs`."""
    g = Build()
    rows = g("Gather", g.constant(w["embed"]), "input_ids")
    g("Mul", rows, g.constant(np.sqrt(tiny.hidden)), out="inputs_embeds")
    own = g("Mul", g("Gather", g.constant(w["ple"]), "input_ids"), g.constant(np.sqrt(tiny.ple)))
    shape = g.constant([0, 0, tiny.layers, tiny.ple], np.int64)
    g("Reshape", own, shape, out="per_layer_inputs")
    return g.model(
        [_value("input_ids", TensorProto.INT64, "batch", "n")],
        [
            _value("inputs_embeds", TensorProto.FLOAT, "batch", "n", tiny.hidden),
            _value("per_layer_inputs", TensorProto.FLOAT, "batch", "n", tiny.layers, tiny.ple),
        ],
    )


def gemma(tiny: Tiny, w: dict[str, Array], *, branch: bool = False) -> onnx.ModelProto:
    """A Gemma decoder in plain operators; in the two-graph form where `tiny.ple` is set. With
    `branch`, it gives NaN unless `use_cache_branch` says whether a past is given."""
    g = Build()
    inputs = [
        _value("attention_mask", TensorProto.INT64, "batch", "total"),
        _value("position_ids", TensorProto.INT64, "batch", "n"),
    ]
    if tiny.ple:
        inputs += [
            _value("inputs_embeds", TensorProto.FLOAT, "batch", "n", tiny.hidden),
            _value("per_layer_inputs", TensorProto.FLOAT, "batch", "n", tiny.layers, tiny.ple),
            _value("num_logits_to_keep", TensorProto.INT64),
        ]
        h = "inputs_embeds"
        seen = g.linear(h, w["ple_project"] / np.sqrt(tiny.hidden))
        cut = g("Reshape", seen, g.constant([0, 0, tiny.layers, tiny.ple], np.int64))
        both = g("Add", g.norm(cut, w["ple_norm"]), "per_layer_inputs")
        ple = g("Mul", both, g.constant(2**-0.5))
    else:
        inputs.insert(0, _value("input_ids", TensorProto.INT64, "batch", "n"))
        rows = g("Gather", g.constant(w["embed"]), "input_ids")
        h, ple = g("Mul", rows, g.constant(np.sqrt(tiny.hidden))), ""
    outputs: list[Any] = []
    masks = _masks(g, tiny)
    caches: dict[int, tuple[str, str]] = {}
    for layer in range(tiny.layers):
        x = g.norm(h, w[f"{layer}.input_norm"])
        if tiny.sources[layer] == layer:
            caches[layer] = _keys_and_values(g, tiny, w, layer, x, inputs, outputs)
        size = tiny.head_sizes[layer]
        q = g.norm(g.heads(g.linear(x, w[f"{layer}.q"]), tiny.heads, size), w[f"{layer}.q_norm"])
        q = g.rope(q, "position_ids", tiny.base(layer), size)
        k, v = (_repeat(g, tiny, one, size) for one in caches[tiny.sources[layer]])
        scores = g("MatMul", q, g("Transpose", k, perm=[0, 1, 3, 2]))
        scores = g("Add", g("Mul", scores, g.constant(size**-0.5)), masks[layer in tiny.globals])
        mixed = g("Transpose", g("MatMul", g("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        flat = g("Reshape", mixed, g.constant([0, 0, tiny.heads * size], np.int64))
        h = g("Add", h, g.norm(g.linear(flat, w[f"{layer}.o"]), w[f"{layer}.post_norm"]))
        x = g.norm(h, w[f"{layer}.pre_ffn_norm"])
        gated = g("Mul", g.gelu(g.linear(x, w[f"{layer}.gate"])), g.linear(x, w[f"{layer}.up"]))
        h = g("Add", h, g.norm(g.linear(gated, w[f"{layer}.down"]), w[f"{layer}.post_ffn_norm"]))
        if tiny.ple:
            one = g("Gather", ple, g.constant(layer, np.int64), axis=2)
            gated = g("Mul", g.gelu(g.linear(h, w[f"{layer}.ple_gate"])), one)
            out = g.norm(g.linear(gated, w[f"{layer}.ple_out"]), w[f"{layer}.ple_out_norm"])
            h = g("Add", h, out)
    if tiny.ple:
        begin = g("Neg", g("Reshape", "num_logits_to_keep", g.constant([1], np.int64)))
        last = g.constant([2**62], np.int64)
        h = g("Slice", h, begin, last, g.constant([1], np.int64))
    x = g.norm(h, w["norm"])
    if branch:
        inputs.append(_value("use_cache_branch", TensorProto.BOOL, 1))
        logits = g("MatMul", x, g.constant(w["embed"].T))
        held = g("Gather", g("Shape", inputs[2 + (not tiny.ple)].name), g.constant([2], np.int64))
        right = g("Equal", g("Greater", held, g.constant([0], np.int64)), "use_cache_branch")
        g("Where", right, logits, g.constant(np.nan), out="logits")
    else:
        g("MatMul", x, g.constant(w["embed"].T), out="logits")
    outputs.insert(0, _value("logits", TensorProto.FLOAT, "batch", "kept", tiny.vocabulary))
    return g.model(inputs, outputs)


def _masks(g: Build, tiny: Tiny) -> dict[bool, str]:
    """What is added to the scores of global (True) and sliding layers."""
    total = g("Squeeze", g("Gather", g("Shape", "attention_mask"), g.constant([1], np.int64)))
    zero, one = g.constant(0, np.int64), g.constant(1, np.int64)
    keys = g("Unsqueeze", g("Range", zero, total, one), g.constant([0, 1, 2], np.int64))
    place = g("Unsqueeze", "position_ids", g.constant([1, 3], np.int64))
    behind = g("Sub", place, keys)
    given = g("Unsqueeze", "attention_mask", g.constant([1, 2], np.int64))
    seen = g("And", g("GreaterOrEqual", behind, zero), g("Cast", given, to=TensorProto.BOOL))
    near = g("And", seen, g("Less", behind, g.constant(tiny.window, np.int64)))
    none, much = g.constant(0.0), g.constant(-1e30)
    return {True: g("Where", seen, none, much), False: g("Where", near, none, much)}


def _keys_and_values(
    g: Build, tiny: Tiny, w: dict[str, Array], layer: int, x: str, inputs: Any, outputs: Any
) -> tuple[str, str]:
    size, kind = tiny.head_sizes[layer], _cache_kind(tiny)
    made = []
    for name in ("k", "v"):
        one = g.heads(g.linear(x, w[f"{layer}.{name}"]), tiny.kv_heads, size)
        if name == "k":
            one = g.norm(one, w[f"{layer}.k_norm"])
            one = g.rope(one, "position_ids", tiny.base(layer), size)
        elif tiny.ple:
            one = g.norm(one, None)
        word = {"k": "key", "v": "value"}[name]
        past, present = f"past_key_values.{layer}.{word}", f"present.{layer}.{word}"
        inputs.append(_value(past, kind, "batch", tiny.kv_heads, "past", size))
        outputs.append(_value(present, kind, "batch", tiny.kv_heads, "all", size))
        g("Concat", past, g("Cast", one, to=kind), axis=2, out=present)
        made.append(g("Cast", present, to=TensorProto.FLOAT))
    return made[0], made[1]


def _repeat(g: Build, tiny: Tiny, x: str, size: int) -> str:
    times = tiny.heads // tiny.kv_heads
    wide = g("Unsqueeze", x, g.constant([2], np.int64))
    many = g("Concat", *[wide] * times, axis=2)
    return g("Reshape", many, g.constant([0, tiny.heads, -1, size], np.int64))


def llama(
    tiny: Tiny,
    w: dict[str, Array],
    *,
    past: str = "past_key_values.%d.",
    present: str = "present.%d.",
    peek: bool = False,
) -> onnx.ModelProto:
    """A Llama decoder on GroupQueryAttention. With `peek`, the positions are counted from the
    length of the past, so that a buffer longer than the text would be wrong."""
    g, kind = Build(), _cache_kind(tiny)
    inputs = [
        _value("input_ids", TensorProto.INT64, "batch", "n"),
        _value("attention_mask", TensorProto.INT64, "batch", "total"),
    ]
    outputs = [_value("logits", TensorProto.FLOAT, "batch", "n", tiny.vocabulary)]
    h = g("Gather", g.constant(w["embed"]), "input_ids")
    one = g.constant([1], np.int64)
    sums = g("ReduceSum", "attention_mask", one, keepdims=0)
    valid = g("Cast", g("Sub", sums, one), to=TensorProto.INT32)
    width = g("Squeeze", g("Gather", g("Shape", "attention_mask"), one))
    if peek:
        held = g("Gather", g("Shape", (past % 0) + "key"), g.constant([2], np.int64))
        width = g("Squeeze", g("Add", held, g("Gather", g("Shape", "input_ids"), one)))
    total = g("Cast", width, to=TensorProto.INT32)
    size = tiny.head_sizes[0]
    angles = np.arange(tiny.context)[:, None] * 10_000.0 ** (-np.arange(0, size, 2) / size)
    cos, sin = (g.constant(f(angles).astype(tiny.cache), tiny.cache) for f in (np.cos, np.sin))
    for layer in range(tiny.layers):
        x = g.norm(h, w[f"{layer}.input_norm"])
        parts = [g("Cast", g.linear(x, w[f"{layer}.{name}"]), to=kind) for name in "qkv"]
        names = {}
        for side, pattern, values in (("past", past, inputs), ("present", present, outputs)):
            for word in ("key", "value"):
                name = names[side, word] = (pattern % layer) + word
                values.append(_value(name, kind, "batch", tiny.kv_heads, side, size))
        pasts = [names["past", "key"], names["past", "value"]]
        g.nodes.append(
            helper.make_node(
                "GroupQueryAttention",
                [*parts, *pasts, valid, total, cos, sin],
                [f"mixed{layer}", names["present", "key"], names["present", "value"]],
                domain="com.microsoft",
                num_heads=tiny.heads,
                kv_num_heads=tiny.kv_heads,
                do_rotary=1,
            )
        )
        mixed = g("Cast", f"mixed{layer}", to=TensorProto.FLOAT)
        h = g("Add", h, g.linear(mixed, w[f"{layer}.o"]))
        x = g.norm(h, w[f"{layer}.pre_ffn_norm"])
        gate = g.linear(x, w[f"{layer}.gate"])
        gated = g("Mul", g("Mul", gate, g("Sigmoid", gate)), g.linear(x, w[f"{layer}.up"]))
        h = g("Add", h, g.linear(gated, w[f"{layer}.down"]))
    g("MatMul", g.norm(h, w["norm"]), g.constant(w["embed"].T), out="logits")
    return g.model(inputs, outputs)


def hanging(model: onnx.ModelProto, token: int) -> onnx.ModelProto:
    """The model, made to compute for years where its input holds `token`."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["still"]),
            helper.make_node("Add", ["held", "held"], ["next"]),
        ],
        "body",
        [
            _value("turn", TensorProto.INT64),
            _value("go", TensorProto.BOOL),
            _value("held", TensorProto.FLOAT),
        ],
        [_value("still", TensorProto.BOOL), _value("next", TensorProto.FLOAT)],
    )
    g = Build()
    same = g("Cast", g("Equal", "input_ids", g.constant(token, np.int64)), to=TensorProto.INT64)
    turns = g("Mul", g("ReduceSum", same, keepdims=0), g.constant(2**50, np.int64))
    zero = g("Loop", turns, g.constant(True, np.bool_), g.constant(0.0), body=body)
    for node in model.graph.node:
        node.output[:] = ["raw" if one == "logits" else one for one in node.output]
    g("Add", "raw", zero, out="logits")
    renamed = {name: f"hang_{name}" for name in (one.output[0] for one in g.nodes)}
    renamed |= {one.name: f"hang_{one.name}" for one in g.constants}
    renamed["logits"] = "logits"
    for node in g.nodes:
        node.input[:] = [renamed.get(one, one) for one in node.input]
        node.output[:] = [renamed.get(one, one) for one in node.output]
    for one in g.constants:
        one.name = renamed[one.name]
    model.graph.node.extend(g.nodes)
    model.graph.initializer.extend(g.constants)
    return model
