"""Tiny Llama models in GGUF with random weights, and what they should answer, in plain numpy.

The reference takes the weights that gguf's own quantizer and dequantizer give: it shares no code
with the converter.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
KINDS = {name: gguf.GGMLQuantizationType[name] for name in ("F32", "F16", "Q8_0", "Q4_0", "Q4_1")}
BYTES = [chr(one) for one in (*range(33, 127), *range(161, 173), *range(174, 256))]
BYTES += [chr(256 + one) for one in range(256 - len(BYTES))]  # GPT-2's letters for all bytes
SPECIALS = ["<|end|>", "<|start|>", "<|stop|>"]
# Texts that ways of splitting disagree on. The vocabularies are learned from them as wholes, so
# that merges lie across every place where one might cut.
TEXTS = [
    "the loss went down",
    " the loss,  went   down \n\n to 0.25  ",
    "Don't you'll WE'VE it's I'M she'd they're can'T",
    "3e-4 12345678 1,234.50 €12½ ٣٤٥ ²³",
    "naïve café Ǆungla Ångström ΣΙΓΜΑ привет 你好，世界 สวัสดี 한국어",
    "emoji 😀👩‍👩‍👧‍👦🇨🇭 and ﬁ ligature",
    "tabs\tand\r\nlines\r\n\r\n  \n end\n",
    "snake_case camelCase HTTPServer x==y; a->b /path/to/file.py #tag @name",
    "a\u00a0b\u200bc\u3000d\ufeffe",
    "!!!??? ... --- «quoted» “so” … (x) [y] {z} ^~|<>=+$",
    "<|start|>user\nHello world<|stop|>\n",
    "warmup warmup  warmup   warmup    warmup",
    "camelCase camelCase,camelCase (camelCase) HTTPServer HTTPServer //////// a////",
    "",
    " ",
    "\n",
]


@dataclass(frozen=True)
class Tiny:
    """A tiny model. `kinds` gives the type of each tensor by the end of its name."""

    kind: str = "F32"
    kinds: Mapping[str, str] = field(default_factory=dict)
    tied: bool = True
    layers: int = 2
    hidden: int = 64
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 16
    ffn: int = 96
    context: int = 128
    theta: float = 10_000.0
    pre: str | None = "smollm"
    tokenizer: str = "gpt2"
    seed: int = 7
    factors: Sequence[float] | None = None  # divide the rotary frequencies, as Llama 3.1 does
    linear: float | None = None
    more: Mapping[str, Any] = field(default_factory=dict)  # metadata on top; None leaves one out
    extra: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # tensors on top, by shape
    without: Sequence[str] = ()

    def write(self, path: Path) -> Reference:
        """Write the GGUF file; returns the model that it must be."""
        tokens = vocabulary(self.tokenizer)
        writer = gguf.GGUFWriter(path, "llama")
        keys = self._metadata(len(tokens["tokens"]))
        tokenizer = {f"tokenizer.ggml.{key}": value for key, value in tokens.items()}
        for key, value in {**keys, **tokenizer, **self.more}.items():
            if value is not None:
                _add(writer, key, value)
        weights: dict[str, Floats] = {}
        for name, shape in {**self._shapes(len(tokens["tokens"])), **self.extra}.items():
            if name not in self.without:
                weights[name] = self._tensor(writer, name, shape)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return Reference(self, weights)

    def _metadata(self, vocab: int) -> dict[str, Any]:
        found: dict[str, Any] = {
            "general.architecture": "llama",
            "general.name": "Tiny",
            "general.license": "mit",
            "llama.block_count": self.layers,
            "llama.context_length": self.context,
            "llama.embedding_length": self.hidden,
            "llama.feed_forward_length": self.ffn,
            "llama.attention.head_count": self.heads,
            "llama.attention.head_count_kv": self.kv_heads,
            "llama.attention.key_length": self.head_dim,
            "llama.attention.value_length": self.head_dim,
            "llama.attention.layer_norm_rms_epsilon": 1e-5,
            "llama.rope.freq_base": self.theta,
            "llama.rope.dimension_count": self.head_dim,
            "llama.vocab_size": vocab,
            "tokenizer.ggml.pre": self.pre,
            "tokenizer.chat_template": "{% for m in messages %}{{ m.content }}{% endfor %}",
        }
        if self.linear is not None:
            found |= {"llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": self.linear}
        del found["general.architecture"]  # the writer has written it
        return found

    def _shapes(self, vocab: int) -> dict[str, tuple[int, ...]]:
        hidden, queries, keys = (
            self.hidden,
            self.heads * self.head_dim,
            self.kv_heads * self.head_dim,
        )
        found: dict[str, tuple[int, ...]] = {"token_embd.weight": (vocab, hidden)}
        found["output_norm.weight"] = (hidden,)
        if not self.tied:
            found["output.weight"] = (vocab, hidden)
        if self.factors is not None:
            found["rope_freqs.weight"] = (self.head_dim // 2,)
        for layer in range(self.layers):
            for part, shape in (
                ("attn_norm", (hidden,)),
                ("attn_q", (queries, hidden)),
                ("attn_k", (keys, hidden)),
                ("attn_v", (keys, hidden)),
                ("attn_output", (hidden, queries)),
                ("ffn_norm", (hidden,)),
                ("ffn_gate", (self.ffn, hidden)),
                ("ffn_up", (self.ffn, hidden)),
                ("ffn_down", (hidden, self.ffn)),
            ):
                found[f"blk.{layer}.{part}.weight"] = shape
        return found

    def _tensor(self, writer: gguf.GGUFWriter, name: str, shape: tuple[int, ...]) -> Floats:
        part = name.split(".")[-2]
        seed = [self.seed, *name.encode()]
        values = np.random.default_rng(seed).normal(0.02, 0.3, shape).astype(np.float32)
        if name == "rope_freqs.weight":
            values = np.asarray(self.factors, np.float32)
        elif len(shape) == 1:
            values = 1 + values / 3
        kind = KINDS[self.kinds.get(part, self.kind) if len(shape) > 1 else "F32"]
        turned = len(shape) > 1 and part in ("attn_q", "attn_k")
        stored = values
        if turned:  # to the order of ggml's rotary embedding: x0 y0 x1 y1 …
            halves = values.reshape(-1, 2, self.head_dim // 2, shape[1])
            stored = halves.swapaxes(1, 2).reshape(shape)
        raw = gguf.quants.quantize(np.ascontiguousarray(stored), kind)
        writer.add_tensor(name, raw, raw_dtype=kind)
        back = gguf.quants.dequantize(raw, kind).astype(np.float64).reshape(shape)
        return _in_halves(back, name, self.head_dim)


@dataclass(frozen=True)
class Reference:
    """A Llama forward pass by the textbook, in float64."""

    tiny: Tiny
    weights: Mapping[str, Floats]

    def logits(self, tokens: Sequence[int]) -> Floats:
        """Logits (n, vocabulary) of every position."""
        tiny, n = self.tiny, len(tokens)
        weights = self.weights
        embedding = weights["token_embd.weight"]
        inverse = tiny.theta ** -(np.arange(0, tiny.head_dim, 2) / tiny.head_dim)
        inverse = inverse / (tiny.linear or 1.0) / np.asarray(tiny.factors or 1.0)
        turns = np.outer(np.arange(n), inverse)[:, None]
        hidden = embedding[np.asarray(tokens)]
        for layer in range(tiny.layers):

            def weight(part: str, layer: int = layer) -> Floats:
                return weights[f"blk.{layer}.{part}.weight"]

            normed = _norm(hidden, weight("attn_norm"))
            query = _turned((normed @ weight("attn_q").T).reshape(n, tiny.heads, -1), turns)
            key = _turned((normed @ weight("attn_k").T).reshape(n, tiny.kv_heads, -1), turns)
            value = (normed @ weight("attn_v").T).reshape(n, tiny.kv_heads, -1)
            seen = _attention(query, key, value)
            hidden = hidden + seen.reshape(n, -1) @ weight("attn_output").T
            normed = _norm(hidden, weight("ffn_norm"))
            gate = normed @ weight("ffn_gate").T
            inner = gate / (1 + np.exp(-gate)) * (normed @ weight("ffn_up").T)
            hidden = hidden + inner @ weight("ffn_down").T
        head = embedding if tiny.tied else weights["output.weight"]
        result: Floats = _norm(hidden, weights["output_norm.weight"]) @ head.T
        return result


def _norm(hidden: Floats, scale: Floats) -> Floats:
    return np.asarray(hidden / np.sqrt((hidden**2).mean(-1, keepdims=True) + 1e-5) * scale)


def _turned(vectors: Floats, turns: Floats) -> Floats:
    first, second = np.split(vectors, 2, -1)
    cos, sin = np.cos(turns), np.sin(turns)
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], -1)


def _attention(query: Floats, key: Floats, value: Floats) -> Floats:
    each = query.shape[1] // key.shape[1]
    key, value = np.repeat(key, each, 1), np.repeat(value, each, 1)
    scores = np.einsum("qhd,khd->hqk", query, key) / np.sqrt(query.shape[2])
    scores += np.triu(np.full(scores.shape[1:], -np.inf), 1)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return np.asarray(np.einsum("hqk,khd->qhd", shares, value))


class _Stored(Mapping[str, Floats]):
    """The weights of a file, each read and unpacked by gguf when it is asked for."""

    def __init__(self, path: Path, head_dim: int) -> None:
        self._tensors = {one.name: one for one in gguf.GGUFReader(path).tensors}
        self._head_dim = head_dim

    def __getitem__(self, name: str) -> Floats:
        stored = self._tensors[name]
        shape = tuple(int(one) for one in stored.shape[::-1])
        back = gguf.quants.dequantize(stored.data, stored.tensor_type)
        return _in_halves(back.astype(np.float64).reshape(shape), name, self._head_dim)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)


def stored_reference(path: Path) -> Reference:
    """The float reference of SmolLM2-135M in a file: its sizes, the weights that gguf reads."""
    sizes = Tiny(layers=30, hidden=576, heads=9, kv_heads=3, head_dim=64, ffn=1536, theta=100_000.0)
    return Reference(sizes, _Stored(path, sizes.head_dim))


def _in_halves(stored: Floats, name: str, head_dim: int) -> Floats:
    """Rows of query and key from ggml's order (x0 y0 x1 y1 …) to halves; others as they are."""
    if name.split(".")[-2] not in ("attn_q", "attn_k") or stored.ndim < 2:
        return stored
    pairs = stored.reshape(-1, head_dim // 2, 2, stored.shape[1])
    return pairs.swapaxes(1, 2).reshape(stored.shape)


def vocabulary(kind: str) -> dict[str, Any]:
    """Tokens and merges learned from TEXTS, as `tokenizer.ggml.` keys."""
    return _byte_level() if kind == "gpt2" else _sentencepiece()


def _byte_level() -> dict[str, Any]:
    letters = dict(zip([*range(33, 127), *range(161, 173), *range(174, 256)], BYTES, strict=False))
    rest = [one for one in range(256) if one not in letters]
    letters |= dict(zip(rest, BYTES[len(letters) :], strict=True))
    words = [[letters[one] for one in word.encode()] for word in TEXTS]
    merges = _learn(words, 900)
    tokens = [*SPECIALS, *BYTES, *dict.fromkeys(left + right for left, right in merges)]
    return {
        "model": "gpt2",
        "tokens": tokens,
        "token_type": [3] * len(SPECIALS) + [1] * (len(tokens) - len(SPECIALS)),
        "merges": [f"{left} {right}" for left, right in merges],
        "bos_token_id": 1,
        "eos_token_id": 2,
        "unknown_token_id": 0,
        "add_bos_token": False,
    }


def _sentencepiece() -> dict[str, Any]:
    words = [list(f" {text}".replace(" ", "▁")) for text in TEXTS]
    merges = _learn(words, 900)
    letters = sorted({letter for word in words for letter in word})
    pieces = [*dict.fromkeys(left + right for left, right in merges), *letters]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{one:02X}>" for one in range(256)), *pieces]
    return {
        "model": "llama",
        "tokens": tokens,
        "scores": [0.0] * 259 + [-float(rank) for rank in range(len(pieces))],
        "token_type": [2, 3, 3] + [6] * 256 + [1] * len(pieces),
        "bos_token_id": 1,
        "eos_token_id": 2,
        "unknown_token_id": 0,
        "add_bos_token": True,
    }


def _learn(words: list[list[str]], count: int) -> list[tuple[str, str]]:
    """The most frequent pair of neighbours, over and over."""
    merges: list[tuple[str, str]] = []
    while len(merges) < count:
        seen: dict[tuple[str, str], int] = {}
        for word in words:
            for pair in itertools.pairwise(word):
                seen[pair] = seen.get(pair, 0) + 1
        if not seen:
            break
        best = max(seen, key=lambda pair: (seen[pair], pair))
        merges.append(best)
        words = [_merged(word, best) for word in words]
    return merges


def _merged(word: list[str], pair: tuple[str, str]) -> list[str]:
    found: list[str] = []
    for piece in word:
        if found and (found[-1], piece) == pair:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _add(writer: gguf.GGUFWriter, key: str, value: Any) -> None:
    if isinstance(value, list):
        writer.add_array(key, value)
    elif isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    else:
        writer.add_string(key, value)
