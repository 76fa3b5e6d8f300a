"""A folder with an ONNX decoder: which of its files are used, and what its settings say.

Read alike: our own conversions, folders that the ONNX GenAI model builder made, and exports of
onnx-community (one graph, or `embed_tokens` and `decoder_model_merged` as for Gemma 3n and 4).

Which file: the one that `genai_config.json` names; else in the folder, then in its folder `onnx`,
`decoder_model_merged` before `model`, and of several quantizations the first of PREFERENCE there
is; else the only ONNX file of the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from journal_app.errors import JournalError
from journal_app.models.onnx_file import Graph

# 4-bit weights with float32 arithmetic first, then 8 bits, then whole floats; what computes in
# float16 is last, since processors without float16 arithmetic convert at every step.
PREFERENCE = ("_q4", "_int4", "_quantized", "_int8", "_uint8", "", "_q4f16", "_fp16", "_bnb4")
BASES = ("decoder_model_merged", "model", "decoder", "model_merged")
EMBED_BASES = ("embed_tokens", "embeddings", "embedding")
FOLDERS = ("", "onnx")
DEFAULT_CONTEXT = 2048
SETTINGS_LIMIT = 32_000_000  # bytes of one settings file
_WAY_OUT = "Get the pack again from a source you trust, then `journal model import` it."
# What ends a turn, where the settings of a pack name only the end of a text.
TURN_ENDS = ("<|im_end|>", "<end_of_turn>", "<turn|>", "<|eot_id|>", "<|end|>")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the graph's inputs and outputs; `%d` is the number of a layer's cache."""

    ids: str = "input_ids"
    embeds: str = "inputs_embeds"
    mask: str = "attention_mask"
    positions: str = "position_ids"
    past: tuple[str, ...] = ("past_key_values.%d.key", "past_key_values.%d.value")
    present: tuple[str, ...] = ("present.%d.key", "present.%d.value")
    logits: str = "logits"


@dataclass(frozen=True, slots=True)
class Files:
    """What was found. `context` in tokens; `share` is what the folder says of shared buffers
    (None: nothing); `heads` and `head_size` help where the graph leaves them open."""

    folder: Path
    decoder: Path
    embed: Path | None
    names: Names
    context: int
    ends: frozenset[int]
    end_texts: frozenset[str]
    share: bool | None = None
    heads: int = 0
    head_size: int = 0
    tokenizer: dict[str, Any] = field(default_factory=dict)


def find(folder: Path) -> Files:
    """Raises JournalError where there is no decoder or no tokenizer, or a file cannot be read."""
    if not (folder / "tokenizer.json").is_file():
        raise JournalError(
            f"{folder} has no tokenizer.json.",
            "Take a folder that holds the model together with its tokenizer.json.",
        )
    genai = settings(folder / "genai_config.json").get("model") or {}
    config = settings(folder / "config.json")
    text = {**config, **(config.get("text_config") or {})}
    generation = settings(folder / "generation_config.json")
    tokenizer = settings(folder / "tokenizer_config.json")
    decoder, embed, names = _from_genai(folder, genai) or (*_chosen(folder), Names())
    ids = _numbers(
        generation.get("eos_token_id"),
        config.get("eos_token_id"),
        text.get("eos_token_id"),
        genai.get("eos_token_id"),
    )
    heads = text.get("num_key_value_heads") or text.get("num_attention_heads") or 0
    return Files(
        folder,
        decoder,
        embed,
        names,
        _context(genai, text, tokenizer),
        ids,
        # A model that opens a new text after its answer has ended its answer.
        frozenset({*TURN_ENDS, special(tokenizer, "eos_token"), special(tokenizer, "bos_token")})
        - {""},
        _share(folder, genai),
        int(heads),
        int(text.get("head_dim") or (genai.get("decoder") or {}).get("head_size") or 0),
        tokenizer,
    )


def confine(path: Path, graph: Graph, folder: Path) -> None:
    """Refuse a file whose tensors lie anywhere but in files of the pack's `folder`.

    Absolute paths, `..`, drive letters and links that lead outside are refused, naming the tensor.
    """
    root = folder.resolve()
    if not path.resolve().is_relative_to(root):
        raise JournalError(f"{path} is a link that leads out of the pack.", _WAY_OUT)
    for tensor, location in dict.fromkeys((one.tensor, one.location) for one in graph.external):
        parts = {*PurePosixPath(location).parts, *PureWindowsPath(location).parts}
        absolute = PurePosixPath(location).is_absolute() or PureWindowsPath(location).anchor
        if not location or absolute or ".." in parts or "\0" in location:
            raise JournalError(
                f"{path.name}: the tensor {tensor} asks for the file {location!r}, "
                "which is not in the pack's folder.",
                _WAY_OUT,
            )
        target = path.parent / location
        if not target.resolve().is_relative_to(root):
            raise JournalError(
                f"{path.name}: the file {location} of the tensor {tensor} is a link that leads "
                "out of the pack's folder.",
                _WAY_OUT,
            )
        if not target.is_file():
            raise JournalError(
                f"{path.name}: the file {location} of the tensor {tensor} is missing.",
                "`journal model verify` says what else is missing.",
            )


def settings(path: Path) -> dict[str, Any]:
    """A JSON object of a pack, empty where there is no such file."""
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > SETTINGS_LIMIT:
            raise ValueError("it is too large")
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict):
            raise ValueError("it holds no object")
    except (OSError, ValueError, RecursionError) as error:
        raise JournalError(f"{path} cannot be read: {error}.", "Install the pack again.") from error
    return found


def special(tokenizer: dict[str, Any], name: str) -> str:
    """The text of `bos_token`, `eos_token` and their like in `tokenizer_config.json`: written as a
    text or as an object with its `content`."""
    value = tokenizer.get(name)
    return str((value.get("content") if isinstance(value, dict) else value) or "")


def _numbers(*values: Any) -> frozenset[int]:
    found: set[int] = set()
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, int) and not isinstance(one, bool):
                found.add(one)
    return frozenset(found)


def _context(genai: dict[str, Any], text: dict[str, Any], tokenizer: dict[str, Any]) -> int:
    lengths = [
        genai.get("context_length"),
        text.get("max_position_embeddings"),
        text.get("n_positions"),
        text.get("n_ctx"),
        tokenizer.get("model_max_length"),  # 1e30 stands for "not known"
    ]
    known = [int(one) for one in lengths if isinstance(one, int | float) and 0 < one < 1e8]
    return min(known, default=DEFAULT_CONTEXT)


def _share(folder: Path, genai: dict[str, Any]) -> bool | None:
    if not genai:
        return None
    search = settings(folder / "genai_config.json").get("search") or {}
    return bool(search.get("past_present_share_buffer"))


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise JournalError(
            f"genai_config.json names the file {name!r}, which is not in {folder}.",
            "Take the whole folder as the model builder wrote it.",
        )
    return path


def _from_genai(folder: Path, model: dict[str, Any]) -> tuple[Path, Path | None, Names] | None:
    decoder = model.get("decoder") or {}
    if decoder.get("pipeline"):
        raise JournalError(
            f"The model in {folder} is cut into a pipeline for one kind of NPU.",
            "Take the pack's form for CPU or GPU: one decoder file.",
        )
    if not decoder.get("filename"):
        return None
    usual, given, made = Names(), decoder.get("inputs") or {}, decoder.get("outputs") or {}
    names = Names(
        given.get("input_ids") or usual.ids,
        given.get("inputs_embeds") or usual.embeds,
        given.get("attention_mask") or usual.mask,
        given.get("position_ids") or usual.positions,
        _pair(given, "past", usual.past),
        _pair(made, "present", usual.present),
        made.get("logits") or usual.logits,
    )
    embedding = (model.get("embedding") or {}).get("filename")
    embed = _inside(folder, str(embedding)) if embedding else None
    return _inside(folder, str(decoder["filename"])), embed, names


def _pair(given: dict[str, Any], side: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    if given.get(f"{side}_names"):  # keys and values in one tensor
        return (str(given[f"{side}_names"]),)
    key, value = given.get(f"{side}_key_names"), given.get(f"{side}_value_names")
    return (str(key), str(value)) if key and value else usual


def _chosen(folder: Path) -> tuple[Path, Path | None]:
    for place in (folder / one for one in FOLDERS):
        decoder = _first(place, BASES, PREFERENCE)
        if decoder is None:
            continue
        base = next(one for one in BASES if decoder.stem.startswith(one))
        suffix = decoder.stem.removeprefix(base)
        return decoder, _first(place, EMBED_BASES, (suffix, *PREFERENCE))
    for place in (folder / one for one in FOLDERS):
        files = sorted(place.glob("*.onnx"))
        if len(files) == 1:
            return files[0], None
    raise JournalError(
        f"{folder} holds no ONNX decoder.",
        "A pack for text generation has model.onnx or onnx/decoder_model_merged.onnx; "
        "a GGUF file is converted by `journal model import FILE.gguf`.",
    )


def _first(place: Path, bases: Iterable[str], suffixes: Iterable[str]) -> Path | None:
    for base in bases:
        for suffix in suffixes:
            path = place / f"{base}{suffix}.onnx"
            if path.is_file():
                return path
    return None
