"""A Llama model as a graph of fixed shapes in plain operators: the form that an NPU takes whole.

One run reads `tokens` new tokens of each of `rows` texts and gives the logits of one of them. The
keys and values of earlier tokens lie in `slots` slots that the caller keeps: the graph reads them
and gives back only what is new, so that nothing but the new tokens is ever copied out. What may be
looked at, and how far each position is turned, are inputs: the graph itself holds no state, no
length and no branch.

Inputs (floats but for the ids; B rows, S tokens, C slots, G heads for each of K heads of keys):
  ids [B,S] int32; cosine, sine [B,S,1,head/2]; mask [B,1,G·S,C+S], 0 or MASKED;
  pick [B,1,S], one-hot: whose logits are asked for; only where S > 1;
  key.N [B,K,head,C], value.N [B,K,C,head] of each layer N.
Outputs: logits [B,vocab]; new_key.N [B,K,head,S], new_value.N [B,K,S,head].

The mean of squares in RMSNorm leaves the range of 16-bit floats from |x| = 256 on; x is divided by
a quarter of its largest magnitude first, called m, which changes nothing: x / sqrt(mean(x²) + e) is
(x/m) / sqrt(mean((x/m)²) + e/m²). A quarter, since an NPU divides by multiplying with 1/m, and the
first token of a text has magnitudes of 25,000 in SmolLM2: 1/25,000 is below the least normal 16-bit
float and counts as nothing, which ruins all later tokens that look at the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.models.npu.static_graph import Builder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journal_app.models.gguf_read import Config, Weights

PART = 0.25
LEAST = 1e-3  # of m: e/m² stays a number in 16 bits


@dataclass(frozen=True, slots=True)
class Shape:
    """The fixed sizes of a graph: texts, new tokens of each, slots for earlier ones."""

    rows: int = 1
    tokens: int = 1
    slots: int = 512

    @property
    def key(self) -> str:
        """For names of files: `1x64x512`."""
        return f"{self.rows}x{self.tokens}x{self.slots}"


def write(
    weights: Weights,
    path: Path,
    shape: Shape,
    *,
    layers: int | None = None,
    kind: type[np.floating[Any]] = np.float32,
) -> None:
    """Write the graph to `path` (weights beside it); `layers` of them only, for comparisons."""
    _Writer(weights, shape, Builder(kind)).write(path, layers or weights.config.layers)


class _Writer:
    def __init__(self, weights: Weights, shape: Shape, builder: Builder) -> None:
        self._weights, self._b = weights, builder
        self._c: Config = weights.config
        self._s = shape

    def write(self, path: Path, layers: int) -> None:
        b, c, s = self._b, self._c, self._s
        half, group = c.head_dim // 2, c.heads // c.kv_heads
        ids = b.input("ids", (s.rows, s.tokens), integer=True)
        self._cosine = b.input("cosine", (s.rows, s.tokens, 1, half))
        self._sine = b.input("sine", (s.rows, s.tokens, 1, half))
        self._mask = b.input("mask", (s.rows, 1, group * s.tokens, s.slots + s.tokens))
        pick = b.input("pick", (s.rows, 1, s.tokens)) if s.tokens > 1 else ""
        # One matrix serves the lookup and, where the model ties them, the head.
        table = b.weight("embedding", self._weights.tensor("token_embd.weight"))
        x = b.shaped(b.node("Gather", table, ids, axis=0), s.rows * s.tokens, c.hidden)
        for layer in range(layers):
            x = self._layer(x, layer)
        if pick:
            x = b.node("MatMul", pick, b.shaped(x, s.rows, s.tokens, c.hidden))
            x = b.shaped(x, s.rows, c.hidden)
        x = self._norm(x, "output_norm.weight")
        name = "embedding" if c.tied else "output.weight"
        head = self._tensor("token_embd.weight" if c.tied else name)
        logits = b.linear(x, name, head)
        b.output(logits, "logits", (s.rows, c.vocab))
        b.save(path, "llama")

    def _layer(self, x: str, layer: int) -> str:
        b = self._b
        at = f"blk.{layer}."
        x = b.node("Add", x, self._attention(self._norm(x, at + "attn_norm.weight"), layer))
        y = self._norm(x, at + "ffn_norm.weight")
        gate = self._linear(y, at + "ffn_gate.weight")
        gate = b.node("Mul", gate, b.node("Sigmoid", gate))
        y = b.node("Mul", gate, self._linear(y, at + "ffn_up.weight"))
        return str(b.node("Add", x, self._linear(y, at + "ffn_down.weight")))

    def _attention(self, x: str, layer: int) -> str:
        b, c, s = self._b, self._c, self._s
        at, group = f"blk.{layer}.", c.heads // c.kv_heads
        kept_key = b.input(f"key.{layer}", (s.rows, c.kv_heads, c.head_dim, s.slots))
        kept_value = b.input(f"value.{layer}", (s.rows, c.kv_heads, s.slots, c.head_dim))
        query = self._linear(x, at + "attn_q.weight", c.head_dim**-0.5)
        query = self._turned(b.shaped(query, s.rows, s.tokens, c.heads, c.head_dim))
        if s.tokens > 1:  # the heads that share keys side by side
            query = b.shaped(query, s.rows, s.tokens, c.kv_heads, group * c.head_dim)
            query = b.node("Transpose", query, perm=[0, 2, 1, 3])
            query = b.shaped(query, s.rows * c.kv_heads, s.tokens, group, c.head_dim)
            query = b.node("Transpose", query, perm=[0, 2, 1, 3])
        query = b.shaped(query, s.rows, c.kv_heads, group * s.tokens, c.head_dim)
        key = self._turned(
            b.shaped(
                self._linear(x, at + "attn_k.weight"), s.rows, s.tokens, c.kv_heads, c.head_dim
            )
        )
        key = b.node("Transpose", key, perm=[0, 2, 3, 1])
        value = b.shaped(
            self._linear(x, at + "attn_v.weight"), s.rows, s.tokens, c.kv_heads, c.head_dim
        )
        value = b.node("Transpose", value, perm=[0, 2, 1, 3])
        b.output(key, f"new_key.{layer}", (s.rows, c.kv_heads, c.head_dim, s.tokens))
        b.output(value, f"new_value.{layer}", (s.rows, c.kv_heads, s.tokens, c.head_dim))
        key, value = f"new_key.{layer}", f"new_value.{layer}"
        scores = b.node("MatMul", query, b.node("Concat", kept_key, key, axis=3))
        looked = b.node("Softmax", b.node("Add", scores, self._mask), axis=-1)
        out = b.node("MatMul", looked, b.node("Concat", kept_value, value, axis=2))
        if s.tokens > 1:
            out = b.shaped(out, s.rows * c.kv_heads, group, s.tokens, c.head_dim)
            out = b.node("Transpose", out, perm=[0, 2, 1, 3])
            out = b.shaped(out, s.rows, c.kv_heads, s.tokens, group * c.head_dim)
            out = b.node("Transpose", out, perm=[0, 2, 1, 3])
        out = b.shaped(out, s.rows * s.tokens, c.queries)
        return self._linear(out, at + "attn_output.weight")

    def _turned(self, x: str) -> str:
        """Rotary embedding of x [B,S,heads,head]: halves turned against each other."""
        b = self._b
        half = b.weight("halves", (self._c.head_dim // 2,) * 2)
        first, second = b.node("Split", x, half, axis=3, outputs=2)
        a = b.node("Sub", b.node("Mul", first, self._cosine), b.node("Mul", second, self._sine))
        c = b.node("Add", b.node("Mul", second, self._cosine), b.node("Mul", first, self._sine))
        return str(b.node("Concat", a, c, axis=3))

    def _norm(self, x: str, name: str) -> str:
        b = self._b
        most = b.node("ReduceMax", b.node("Abs", x), b.weight("last", (-1,)), keepdims=1)
        most = b.node("Max", b.node("Mul", most, b.weight("part", PART)), b.weight("least", LEAST))
        y = b.node("Div", x, most)
        mean = b.node("ReduceMean", b.node("Mul", y, y), b.weight("last", (-1,)), keepdims=1)
        eps = b.node("Div", b.weight("root", self._c.eps**0.5), most)
        size = b.node("Sqrt", b.node("Add", mean, b.node("Mul", eps, eps)))
        return str(b.node("Mul", b.node("Div", y, size), b.weight(name, self._tensor(name))))

    def _linear(self, x: str, name: str, scale: float = 1.0) -> str:
        matrix = self._tensor(name)
        return self._b.linear(x, name, matrix if scale == 1 else matrix * np.float32(scale))

    def _tensor(self, name: str) -> NDArray[np.float32]:
        return self._weights.tensor(name)


def angles(config: Config, positions: NDArray[np.integer[Any]]) -> tuple[Any, Any]:
    """Cosine and sine [..., head/2] of how far each position is turned (float64 inside)."""
    half = config.head_dim // 2
    speed = config.rope_theta ** -(np.arange(half) / half)
    turn = positions[..., None] / config.rope_factor * speed
    return np.cos(turn).astype(np.float32), np.sin(turn).astype(np.float32)
