"""Tiny decoders with random weights, each with a plain numpy forward pass to compare with.

The Gemma models are those of transformers' modeling_gemma3.py and modeling_gemma4.py: norms with
(1 + w), norms of queries and keys, sliding and global layers with two rotary bases, scaled
embeddings, GeGLU; per-layer inputs, two head sizes and shared keys and values for the two-graph
form. `decoder_graphs` has their graphs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EPSILON = 1e-6
SPECIALS = ["<pad>", "<eos>", "<bos>", "<start_of_turn>", "<end_of_turn>", "<unk>"]
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
