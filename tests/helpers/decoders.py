"""Tiny decoders with random weights, each with a plain numpy forward pass to compare with.

The Gemma graphs are written in plain ONNX operators after transformers' modeling_gemma3.py and
modeling_gemma4.py: norms with (1 + w), norms of queries and keys, sliding and global layers with
two rotary bases, scaled embeddings, GeGLU; per-layer inputs, two head sizes and shared keys and
values for the two-graph form. The Llama graph uses GroupQueryAttention as our conversions do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
EPSILON = 1e-6
SPECIALS = ["<pad>", "<eos>", "<bos>", "<start_of_turn>", "<end_of_turn>", "<unk>"]
END_OF_TURN = 4
_WORDS = "the loss went down up run seed was not worth it because warmup".split()
_CHARS = (
    "▁\n.,:;!?'\"-+*/=%()<>|_#0123456789" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


@dataclass(frozen=True)
class Tiny:
    """The shape of a tiny model; `globals` are layers without a window, `sources` the layers whose
    keys and values a layer takes (its own by default), `ple` the size of per-layer inputs."""

    vocabulary: int = 0
    hidden: int = 32
    layers: int = 4
    heads: int = 4
    kv_heads: int = 2
    head_sizes: tuple[int, ...] = (8, 8, 8, 8)
    inner: int = 48
    window: int = 6
    globals: frozenset[int] = frozenset({3})
    sources: tuple[int, ...] = (0, 1, 2, 3)
    ple: int = 0
    cache: Any = np.float32
    seed: int = 7
    gemma: bool = True
    context: int = 512
    extra: dict[str, Any] = field(default_factory=dict)

    def base(self, layer: int) -> float:
        return 1_000_000.0 if layer in self.globals and self.gemma else 10_000.0

    def own(self) -> list[int]:
        """The layers with a cache of their own."""
        return [layer for layer in range(self.layers) if self.sources[layer] == layer]


def tokenizer_json(folder: Path) -> int:
    """Write a Gemma-like tokenizer.json; the size of its vocabulary."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers

    tokens = [*SPECIALS, *(f"<0x{byte:02X}>" for byte in range(256)), *_CHARS]
    merges: list[tuple[str, str]] = []
    for word in _WORDS:
        whole = "▁"
        for letter in word:
            if (whole, letter) not in merges:
                merges.append((whole, letter))
            whole += letter
            if whole not in tokens:
                tokens.append(whole)
    model = models.BPE(
        {token: number for number, token in enumerate(tokens)},
        merges,
        unk_token="<unk>",
        byte_fallback=True,
        fuse_unk=True,
    )
    made = Tokenizer(model)
    made.normalizer = normalizers.Replace(" ", "▁")
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    made.add_special_tokens([AddedToken(one, special=True, normalized=False) for one in SPECIALS])
    made.save(str(folder / "tokenizer.json"))
    return int(made.get_vocab_size())


GEMMA_TEMPLATE = (  # as google/gemma-3-1b-it has it, without images
    "{{ bos_token }}{%- if messages[0]['role'] == 'system' -%}"
    "{{ raise_exception('System role not supported') }}{%- endif -%}"
    "{%- for message in messages -%}"
    "{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}"
    "{%- endif -%}"
    "{%- set role = 'model' if message['role'] == 'assistant' else message['role'] -%}"
    "{{ '<start_of_turn>' + role + '\n' + (message['content'] | trim) + '<end_of_turn>\n' }}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{ '<start_of_turn>model\n' }}{%- endif -%}"
)


def settings(folder: Path, tiny: Tiny, *, template: str = GEMMA_TEMPLATE) -> None:
    """Write the usual settings files beside a model."""
    config = {
        "model_type": "gemma3_text" if tiny.gemma else "llama",
        "max_position_embeddings": tiny.context,
        "num_key_value_heads": tiny.kv_heads,
        "eos_token_id": 1,
    }
    tokens = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>"}
    if template:
        tokens["chat_template"] = template
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": [1, 4]}), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens), "utf-8")


def weights(tiny: Tiny) -> dict[str, Array]:
    """Random weights by name."""
    noise = np.random.default_rng(tiny.seed)

    def normal(*shape: int, scale: float = 0.0) -> Array:
        made = noise.standard_normal(shape) * (scale or shape[0] ** -0.5)
        return made.astype(np.float32)

    made = {"embed": normal(tiny.vocabulary, tiny.hidden, scale=0.3)}
    if tiny.ple:
        made["ple"] = normal(tiny.vocabulary, tiny.layers * tiny.ple, scale=0.3)
        made["ple_project"] = normal(tiny.hidden, tiny.layers * tiny.ple)
        made["ple_norm"] = normal(tiny.ple, scale=0.1)
    made["norm"] = normal(tiny.hidden, scale=0.1)
    for layer in range(tiny.layers):
        size = tiny.head_sizes[layer]
        named = {
            "q": normal(tiny.hidden, tiny.heads * size),
            "k": normal(tiny.hidden, tiny.kv_heads * size),
            "v": normal(tiny.hidden, tiny.kv_heads * size),
            "o": normal(tiny.heads * size, tiny.hidden),
            "gate": normal(tiny.hidden, tiny.inner),
            "up": normal(tiny.hidden, tiny.inner),
            "down": normal(tiny.inner, tiny.hidden),
            "q_norm": normal(size, scale=0.1),
            "k_norm": normal(size, scale=0.1),
        }
        for name in ("input_norm", "post_norm", "pre_ffn_norm", "post_ffn_norm", "ple_out_norm"):
            named[name] = normal(tiny.hidden, scale=0.1)
        if tiny.ple:
            named["ple_gate"] = normal(tiny.hidden, tiny.ple)
            named["ple_out"] = normal(tiny.ple, tiny.hidden)
        made |= {f"{layer}.{name}": value for name, value in named.items()}
    return made


# The reference: every step reads the whole text again.


def _norm(x: Array, w: Array | None) -> Array:
    made = x / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
    return made if w is None else made * (1 + w)


def _rope(x: Array, base: float) -> Array:
    size = x.shape[-1]
    angles = np.arange(x.shape[1])[:, None] * base ** (-np.arange(0, size, 2) / size)
    cos, sin = (np.concatenate([one, one], -1) for one in (np.cos(angles), np.sin(angles)))
    half = size // 2
    return x * cos + np.concatenate([-x[..., half:], x[..., :half]], -1) * sin


def _gelu(x: Array) -> Array:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def _silu(x: Array) -> Array:
    return x / (1 + np.exp(-x))


def forward(tiny: Tiny, w: dict[str, Array], ids: list[int]) -> Array:
    """Logits (tokens, vocabulary) in float64."""
    w = {name: value.astype(np.float64) for name, value in w.items()}
    h = w["embed"][ids] * (np.sqrt(tiny.hidden) if tiny.gemma else 1.0)
    n = len(ids)
    ple = np.zeros((n, tiny.layers, tiny.ple))
    if tiny.ple:
        own = w["ple"][ids].reshape(n, tiny.layers, -1) * np.sqrt(tiny.ple)
        seen = (h @ w["ple_project"]) / np.sqrt(tiny.hidden)
        ple = (_norm(seen.reshape(n, tiny.layers, -1), w["ple_norm"]) + own) / np.sqrt(2)
    caches: dict[int, tuple[Array, Array]] = {}
    behind = np.arange(n)[:, None] - np.arange(n)[None]
    for layer in range(tiny.layers):
        size, base = tiny.head_sizes[layer], tiny.base(layer)
        x = _norm(h, w[f"{layer}.input_norm"])

        def split(name: str, heads: int, x: Array = x, layer: int = layer) -> Array:
            return (x @ w[f"{layer}.{name}"]).reshape(n, heads, -1).swapaxes(0, 1)

        q = split("q", tiny.heads)
        if tiny.sources[layer] == layer:
            k, v = split("k", tiny.kv_heads), split("v", tiny.kv_heads)
            if tiny.gemma:
                k = _norm(k, w[f"{layer}.k_norm"])
            k = _rope(k, base)
            if tiny.ple:
                v = _norm(v, None)
            caches[layer] = tuple(one.astype(tiny.cache).astype(np.float64) for one in (k, v))  # type: ignore[assignment]
        if tiny.gemma:
            q = _norm(q, w[f"{layer}.q_norm"])
        k, v = (
            np.repeat(one, tiny.heads // tiny.kv_heads, 0) for one in caches[tiny.sources[layer]]
        )
        scores = _rope(q, base) @ k.swapaxes(1, 2) / np.sqrt(size)
        hidden_from = behind < 0
        if tiny.gemma and layer not in tiny.globals:
            hidden_from = hidden_from | (behind >= tiny.window)
        scores = np.where(hidden_from, -1e30, scores)
        p = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (p / p.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(n, -1)
        x = mixed @ w[f"{layer}.o"]
        act = _gelu if tiny.gemma else _silu
        h = h + (_norm(x, w[f"{layer}.post_norm"]) if tiny.gemma else x)
        x = _norm(h, w[f"{layer}.pre_ffn_norm"])
        x = act(x @ w[f"{layer}.gate"]) * (x @ w[f"{layer}.up"]) @ w[f"{layer}.down"]
        h = h + (_norm(x, w[f"{layer}.post_ffn_norm"]) if tiny.gemma else x)
        if tiny.ple:
            x = _gelu(h @ w[f"{layer}.ple_gate"]) * ple[:, layer]
            h = h + _norm(x @ w[f"{layer}.ple_out"], w[f"{layer}.ple_out_norm"])
    return _norm(h, w["norm"]) @ w["embed"].T


def greedy(
    tiny: Tiny, w: dict[str, Array], prompt: list[int], most: int, ends: set[int]
) -> list[int]:
    """The tokens that a greedy loop over `forward` writes."""
    ids = list(prompt)
    while len(ids) < len(prompt) + most:
        token = int(np.argmax(forward(tiny, w, ids)[-1]))
        if token in ends:
            break
        ids.append(token)
    return ids[len(prompt) :]


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
