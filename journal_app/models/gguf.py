"""GGUF to ONNX: a Llama model becomes a folder as Hugging Face would lay it out.

Writes model.onnx with its weights in model.onnx.data, tokenizer.json, tokenizer_config.json,
config.json and generation_config.json. The same file gives the same bytes.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.models import gguf_llama, gguf_tokenizer
from journal_app.models.gguf_graph import DATA, MODEL, Graph
from journal_app.models.gguf_read import Config, Weights

FILES = (
    MODEL, DATA, "tokenizer.json", "tokenizer_config.json", "config.json", "generation_config.json",
)  # fmt: skip

Progress = Callable[[int, int], None]
Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What was converted: the model's own name, its licence as the file states it, and sizes."""

    name: str
    licence: str
    context: int  # tokens
    vocabulary: int
    parameters: int
    tensors: dict[str, int]  # how many of each type
    memory: int  # bytes that a CPU session holds, without the cache of keys and values
    seconds: float


def convert(
    source: Path, target: Path, *, progress: Progress | None = None, check: Check | None = None
) -> ConvertReport:
    """Convert a GGUF file into the existing, empty folder `target`.

    `progress(done, total)` counts bytes of `source`'s tensors. `check` is called often and may
    raise to stop; what is in `target` is then unfinished. Raises JournalError that names the
    tensor or the metadata key which stands in the way.
    """
    started = time.perf_counter()
    with Weights(source) as weights:
        # First what may be refused, then what takes long.
        tokenizer = gguf_tokenizer.read(weights.metadata, source, weights.config.vocab)
        infos = weights.file.tensors
        total, done = sum(info.size for info in infos.values()), 0

        def began(name: str) -> None:
            nonlocal done
            if check is not None:
                check()
            if progress is not None:
                progress(min(done, total), total)
            done += infos[name].size

        try:
            with Graph(target) as graph:
                gguf_llama.write(weights, graph, began)
            config = {**_config(weights.config), **tokenizer.generation}
            for name, value in (
                ("tokenizer.json", tokenizer.tokenizer),
                ("tokenizer_config.json", tokenizer.config),
                ("generation_config.json", tokenizer.generation),
                ("config.json", config),
            ):
                (target / name).write_text(_json(value), "utf-8", newline="\n")
        except OSError as error:
            raise JournalError(
                f"{source.name} could not be converted into {target}: {error.strerror or error}.",
                f"It needs about {1.3 * total / 1e6:.0f} MB there.",
            ) from error
        if progress is not None:
            progress(total, total)
        return ConvertReport(
            name=_text(weights, "general.name"),
            licence=_text(weights, "general.license"),
            context=weights.config.context,
            vocabulary=weights.config.vocab,
            parameters=sum(_elements(info.shape) for info in infos.values()),
            tensors=dict(sorted(Counter(info.type for info in infos.values()).items())),
            memory=_memory(weights),
            seconds=time.perf_counter() - started,
        )


def _memory(weights: Weights) -> int:
    """What the runtime's own layout of every matrix takes, which the head needs even when tied."""
    # A block of 32 is repacked with its scale and a sum, float32 each; Q4_1 has a rest beside.
    block = {"Q8_0": 32 + 8, "Q4_0": 16 + 8, "Q4_1": 16 + 12, "F16": 128, "F32": 128}
    return sum(
        _elements(info.shape) * block[info.type] // 32 for info in weights.file.tensors.values()
    )


def _elements(shape: tuple[int, ...]) -> int:
    count = 1
    for one in shape:
        count *= one
    return count


def _text(weights: Weights, key: str) -> str:
    value = weights.metadata.get(key, "")
    return value if isinstance(value, str) else ""


def _config(config: Config) -> dict[str, Any]:
    scaled = config.rope_factor != 1
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "num_hidden_layers": config.layers,
        "hidden_size": config.hidden,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "head_dim": config.head_dim,
        "intermediate_size": config.ffn,
        "vocab_size": config.vocab,
        "max_position_embeddings": config.context,
        "rms_norm_eps": config.eps,
        "rope_theta": config.rope_theta,
        "rope_scaling": {"rope_type": "linear", "factor": config.rope_factor} if scaled else None,
        "tie_word_embeddings": config.tied,
    }


def _json(value: dict[str, Any]) -> str:
    small = len(value.get("model", ())) == 0  # a vocabulary would be a line a token
    return json.dumps(value, ensure_ascii=False, indent=2 if small else None) + "\n"
