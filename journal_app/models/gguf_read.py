"""A Llama model out of a GGUF file: its sizes, and its weights in the row order of Hugging Face.

GGUF stores the rows of the query and key projections in the order of ggml's rotary embedding
(pairs side by side); `Weights` gives them back as Hugging Face has them (halves).
Everything that the converter does not know is refused, with the key or the tensor named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.errors import JournalError
from journal_app.models.gguf_file import Closing, GgufFile, TensorInfo

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 32  # elements that share a scale in Q8_0, Q4_0 and Q4_1
ARCHITECTURE = "llama"
MOST_CONTEXT = (
    131_072  # tokens; the rotary tables of more would be large, and a claim costs nothing
)
_EXPORT = "Import an ONNX export of the model instead (`journal model import FOLDER`)."

# Keys of `llama.` that are read below, and those that say nothing about the arithmetic.
_READ = {
    "block_count", "context_length", "embedding_length", "feed_forward_length", "vocab_size",
    "attention.head_count", "attention.head_count_kv", "attention.layer_norm_rms_epsilon",
    "attention.key_length", "attention.value_length", "rope.freq_base", "rope.dimension_count",
    "rope.scaling.type", "rope.scaling.factor",
}  # fmt: skip
_IDLE = {"rope.scaling.original_context_length", "rope.scaling.finetuned", "tensor_data_layout"}
_LAYER = {
    "attn_norm": ("hidden",),
    "attn_q": ("queries", "hidden"),
    "attn_k": ("keys", "hidden"),
    "attn_v": ("keys", "hidden"),
    "attn_output": ("hidden", "queries"),
    "ffn_norm": ("hidden",),
    "ffn_gate": ("ffn", "hidden"),
    "ffn_up": ("ffn", "hidden"),
    "ffn_down": ("hidden", "ffn"),
}
EMBEDDING, NORM, HEAD, FACTORS = (
    "token_embd.weight", "output_norm.weight", "output.weight", "rope_freqs.weight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Config:
    """The sizes of a Llama model; `ffn` is the width of gate and up, `context` in tokens."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context: int
    eps: float
    rope_theta: float
    rope_factor: float  # 1, or by how much linear scaling stretches the positions
    tied: bool  # the head is the embedding

    @property
    def queries(self) -> int:
        """Rows of the query projection."""
        return self.heads * self.head_dim

    @property
    def keys(self) -> int:
        """Rows of the key projection, and of the value projection."""
        return self.kv_heads * self.head_dim


class Weights(Closing):
    """The weights of an open GGUF file. `config` has the sizes; a context manager.

    Tensors go by their GGUF names ("blk.0.attn_q.weight", "output_norm.weight").
    """

    def __init__(self, path: Path) -> None:
        self.file = GgufFile(path)
        try:
            self.config = _config(self.file)
            self._check()
        except BaseException:
            self.file.close()
            raise

    def close(self) -> None:
        """Let the file go; arrays that were read stay."""
        self.file.close()

    @property
    def metadata(self) -> dict[str, Any]:
        """The file's metadata by key."""
        return self.file.metadata

    def info(self, name: str) -> TensorInfo:
        """Type, shape and place of a tensor."""
        return self.file.tensors[name]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor as float32, (rows, columns) or (n,), rows as Hugging Face orders them."""
        info = self.info(name)
        raw = self.rows(name)
        if info.type in ("F32", "F16"):
            kind = np.float32 if info.type == "F32" else np.float16
            return raw.view(kind).astype(np.float32).reshape(info.shape)
        levels, scale, offset = unpacked(raw, info.type)
        values = levels.astype(np.float32) * scale[..., None]
        if offset is not None:
            values += offset[..., None]
        return values.reshape(info.shape)

    def rows(self, name: str) -> NDArray[np.uint8]:
        """The stored bytes of a tensor, (rows, bytes), rows as Hugging Face orders them."""
        info = self.info(name)
        count = info.shape[0] if len(info.shape) > 1 else 1
        raw = np.frombuffer(self.file.data(info), np.uint8).reshape(count, -1)
        heads = {"attn_q": self.config.heads, "attn_k": self.config.kv_heads}
        part = name.split(".")[-2]
        return _halves(raw, heads[part]) if part in heads else raw

    def frequencies(self) -> NDArray[np.float64]:
        """Radians a position turns each pair of a head by, (head_dim / 2,), scaling included."""
        config = self.config
        pairs = np.arange(0, config.head_dim, 2, dtype=np.float64) / config.head_dim
        found = config.rope_theta**-pairs / config.rope_factor
        if FACTORS in self.file.tensors:
            found = found / self.tensor(FACTORS).astype(np.float64)
        return np.asarray(found, np.float64)

    def _check(self) -> None:
        config = self.config
        sizes = {"hidden": config.hidden, "queries": config.queries, "keys": config.keys}
        sizes["ffn"] = config.ffn
        wanted = {EMBEDDING: (config.vocab, config.hidden), NORM: (config.hidden,)}
        if not config.tied:
            wanted[HEAD] = (config.vocab, config.hidden)
        if FACTORS in self.file.tensors:
            wanted[FACTORS] = (config.head_dim // 2,)
        for layer in range(config.layers):
            for part, shape in _LAYER.items():
                wanted[f"blk.{layer}.{part}.weight"] = tuple(sizes[one] for one in shape)
        for name, size in wanted.items():
            info = self.file.tensors.get(name)
            if info is None:
                raise JournalError(
                    f"{self.file.path} has no tensor {name}.", "Get the file again from its origin."
                )
            if info.shape != size:
                raise JournalError(
                    f"The tensor {name} of {self.file.path} has the shape {list(info.shape)}; "
                    f"the metadata ask for {list(size)}.",
                    _EXPORT,
                )
            if len(size) == 1 and info.type != "F32":
                raise JournalError(
                    f"The tensor {name} of {self.file.path} is {info.type}; it must be F32.",
                    _EXPORT,
                )
        for name in self.file.tensors:
            if name not in wanted:
                raise JournalError(
                    f"{self.file.path} has a tensor that the converter does not know: {name}.",
                    _EXPORT,
                )


def unpacked(
    raw: NDArray[np.uint8], kind: str
) -> tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.float32] | None]:
    """A quantized tensor's levels (rows, blocks, 32), scales and offsets (rows, blocks).

    A weight is scale * level (+ offset, for Q4_1 alone).
    Levels: Q8_0 -127..127, Q4_0 -8..7, Q4_1 0..15.
    """
    rows = raw.shape[0]
    width = {"Q8_0": 34, "Q4_0": 18, "Q4_1": 20}[kind]
    blocks = raw.reshape(rows, -1, width)
    scale = blocks[..., :2].copy().view(np.float16)[..., 0].astype(np.float32)
    if kind == "Q8_0":
        return blocks[..., 2:].view(np.int8), scale, None
    nibbles = blocks[..., width - 16 :]
    levels = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).view(np.int8)
    if kind == "Q4_0":
        return levels - np.int8(8), scale, None
    return levels, scale, blocks[..., 2:4].copy().view(np.float16)[..., 0].astype(np.float32)


def _halves(raw: NDArray[np.uint8], heads: int) -> NDArray[np.uint8]:
    """Rows of pairs (x0 y0 x1 y1 …) to halves (x0 x1 … y0 y1 …), head by head."""
    split = raw.reshape(heads, -1, 2, raw.shape[1])
    return np.ascontiguousarray(split.swapaxes(1, 2)).reshape(raw.shape)


def _config(file: GgufFile) -> Config:
    found = file.metadata.get("general.architecture")
    if found != ARCHITECTURE:
        raise JournalError(
            f"{file.path} has the architecture {found!r}; only {ARCHITECTURE!r} is converted.",
            _EXPORT,
        )
    keys = {key.partition(".")[2] for key in file.metadata if key.startswith("llama.")}
    for key in sorted(keys - _READ - _IDLE):
        raise JournalError(
            f"The metadata key llama.{key} of {file.path} is not known to the converter.", _EXPORT
        )
    heads = _whole(file, "attention.head_count")
    hidden = _whole(file, "embedding_length")
    head_dim = _whole(file, "attention.key_length", hidden // heads)
    kv_heads = _whole(file, "attention.head_count_kv", heads)
    embedding = file.tensors.get(EMBEDDING)
    rows = embedding.shape[0] if embedding else 0
    config = Config(
        layers=_whole(file, "block_count"),
        hidden=hidden,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        ffn=_whole(file, "feed_forward_length"),
        vocab=_whole(file, "vocab_size", rows),
        context=min(_whole(file, "context_length"), MOST_CONTEXT),
        eps=_real(file, "attention.layer_norm_rms_epsilon"),
        rope_theta=_real(file, "rope.freq_base", 10_000.0),
        rope_factor=_scaling(file),
        tied=HEAD not in file.tensors,
    )
    for key, given, wanted in (
        ("block_count", min(config.layers, len(file.tensors)), config.layers),
        ("attention.value_length", _whole(file, "attention.value_length", head_dim), head_dim),
        ("rope.dimension_count", _whole(file, "rope.dimension_count", head_dim), head_dim),
        ("attention.head_count", heads % kv_heads, 0),
        ("embedding_length", hidden % BLOCK, 0),
        ("feed_forward_length", config.ffn % BLOCK, 0),
        ("attention.key_length", head_dim % 16, 0),  # as GroupQueryAttention wants it
    ):
        if given != wanted:
            raise _odd(file, key)
    return config


def _scaling(file: GgufFile) -> float:
    kind = file.metadata.get("llama.rope.scaling.type", "none")
    if kind == "none":
        return 1.0
    if kind != "linear":
        raise JournalError(
            f"llama.rope.scaling.type of {file.path} is {kind!r}; 'linear' and 'none' are known.",
            _EXPORT,
        )
    return _real(file, "rope.scaling.factor")


def _whole(file: GgufFile, key: str, default: int | None = None) -> int:
    value = file.metadata.get(f"llama.{key}", default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 31:
        raise _odd(file, key)
    return value


def _real(file: GgufFile, key: str, default: float | None = None) -> float:
    value = file.metadata.get(f"llama.{key}", default)
    if not isinstance(value, float | int) or not math.isfinite(value) or value <= 0:
        raise _odd(file, key)
    return float(value)


def _odd(file: GgufFile, key: str) -> JournalError:
    value = file.metadata.get(f"llama.{key}", "missing")
    if isinstance(value, list):
        value = "a list"
    return JournalError(
        f"llama.{key} of {file.path} is {value}: that is not a Llama model the converter knows.",
        _EXPORT,
    )
