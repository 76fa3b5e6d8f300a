"""What kind of model a tree of files is, and which of its files make the pack; by reading, without
running anything.

Known layouts: a folder that ONNX Runtime GenAI's builder made (`genai_config.json`), the layout of
onnx-community (`onnx/model*.onnx`, or `embed_tokens*` with `decoder_model_merged*`, in several
quantizations), a plain folder with one graph, and a sentence encoder in either. In the pack the
graphs lie at the top under one name each, whatever quantization was taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from journal_app.errors import JournalError
from journal_app.models import onnx_file
from journal_app.models.catalog import EMBEDDINGS, GENERATION
from journal_app.models.onnx_file import Graph
from journal_app.models.packs import pack_weights
from journal_app.models.packs.pack_names import never_unpickled, pickled

# Which quantization is taken when none is named: the first of these that is there.
FOR_GENERATION = "q4 int4 quantized int8 uint8 fp32 q4f16 fp16 bnb4".split()
FOR_EMBEDDINGS = "quantized int8 uint8 fp32 fp16 q4 int4 q4f16 bnb4".split()
ALIASES = {"q8": "quantized", "f32": "fp32", "f16": "fp16"}
_BASES = ("decoder_model_merged", "embed_tokens", "decoder_with_past_model", "decoder_model")
_TEXTS = (
    "config.json generation_config.json genai_config.json tokenizer.json tokenizer_config.json "
    "special_tokens_map.json added_tokens.json chat_template.jinja chat_template.json vocab.txt "
    "1_Pooling/config.json"
).split()
_LICENCES = re.compile(r"(?i)(licen[cs]e|copying|notice|use_policy)([._-][\w.-]*)?")
_TEXT_MOST = 128_000_000  # bytes of a tokenizer; the largest known has 33 MB
_CONTEXT = 2048  # tokens that the estimate of memory holds


class Tree(Protocol):
    """Files by relative name, here or elsewhere."""

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        ...

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes by name ("/" between parts)."""
        ...

    def bring(self, names: Sequence[str]) -> Path:
        """The folder in which these files lie now."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How a pack is made out of a tree: `files` are names in the pack → names in the tree."""

    task: str
    layout: str
    graphs: Mapping[str, str]
    files: Mapping[str, str]
    variant: str
    memory: int
    licences: tuple[str, ...]
    left_out: tuple[str, ...]


def plan(tree: Tree, variant: str = "") -> Plan:
    """Look at a tree and choose; raises JournalError that names what is missing or not known."""
    graphs = [name for name in tree.sizes if name.endswith(".onnx")]
    if not graphs:
        raise _no_graph(tree)
    configs = [name for name in tree.sizes if PurePosixPath(name).name == "genai_config.json"]
    if configs and not (variant and _has_variant(graphs, variant)):
        base, chosen, taken = _genai(tree, configs, variant)
        layout = "decoder-genai"
    else:
        base, chosen, taken = _community(tree, graphs, variant)
        layout = "decoder-two-graphs" if len(chosen) > 1 else "decoder"
    where = tree.bring(list(chosen.values()))
    read = {role: onnx_file.read(where / name) for role, name in chosen.items()}
    for role, graph in read.items():
        if graph.compiled:
            raise JournalError(
                f"{chosen[role]} was compiled for one device and cannot run on others.",
                "Take the plain ONNX model; `journal model compile` compiles it for yours.",
            )
    task = _task(tree, chosen, read)
    if task == EMBEDDINGS:
        layout, chosen, read = (
            "encoder",
            {"encoder": chosen["decoder"]},
            {"encoder": read["decoder"]},
        )
    files = _files(tree, base, layout, chosen, read)
    _complete(tree, base, task, files)
    licences = [name for name in tree.sizes if _is_licence(name, base)]
    config = files.get("config.json") if task == GENERATION else None
    weights = sum(tree.sizes[name] for name in files.values() if not name.endswith(".json"))
    return Plan(
        task,
        layout,
        {role: _in_pack(role, name, layout, base) for role, name in chosen.items()},
        files,
        taken,
        weights + (cache_bytes(where / config) if config else 0),
        tuple(sorted(licences)),
        tuple(sorted(name for name in tree.sizes if pickled(name))),
    )


def text(tree: Tree, name: str) -> str:
    """A small text file of the tree; raises JournalError when it is too large or not text."""
    if tree.sizes[name] > _TEXT_MOST:
        raise JournalError(f"{name} is too large for a file of its kind.", "Is it the right file?")
    try:
        return (tree.bring([name]) / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JournalError(f"{name} cannot be read: {error}.", "Get the file again.") from error


def json_object(tree: Tree, name: str) -> dict[str, Any]:
    """A JSON object of the tree; raises JournalError when it is none."""
    try:
        found = json.loads(text(tree, name))
    except (ValueError, RecursionError) as error:
        raise JournalError(f"{name} is not JSON: {error}.", "Get the file again.") from error
    if not isinstance(found, dict):
        raise JournalError(f"{name} does not hold a JSON object.", "Get the file again.")
    return found


# ---------------------------------------------------------------------- choosing


def _genai(tree: Tree, configs: Sequence[str], variant: str) -> tuple[str, dict[str, str], str]:
    folders = {str(PurePosixPath(name).parent).removeprefix("."): name for name in configs}
    fitting = [one for one in folders if not variant or variant.lower() in one.lower()]
    if len(fitting) > 1:  # the CPU's four bits run everywhere
        fitting = [one for one in fitting if "cpu" in one.lower() and "int4" in one.lower()]
    if len(fitting) != 1:
        known = ", ".join(one or "(the top)" for one in sorted(folders))
        raise JournalError(
            f"{tree.name} holds several models{f', none called {variant}' if variant else ''}: "
            f"{known}.",
            "Name one with --variant.",
        )
    base = fitting[0]
    config = json_object(tree, folders[base])
    decoder = (config.get("model") or {}).get("decoder") or {}
    if decoder.get("pipeline") or not isinstance(decoder.get("filename"), str):
        raise JournalError(
            f"{folders[base]} describes a pipeline of graphs for one kind of device.",
            "Take the model's plain ONNX form, with one decoder graph.",
        )
    chosen = {"decoder": _join(base, decoder["filename"])}
    embedding = ((config.get("model") or {}).get("embedding") or {}).get("filename")
    if isinstance(embedding, str):
        chosen["embed"] = _join(base, embedding)
    if missing := [name for name in chosen.values() if name not in tree.sizes]:
        raise _missing(tree, missing)
    return base, chosen, base.rpartition("/")[2]


def _community(tree: Tree, graphs: Sequence[str], variant: str) -> tuple[str, dict[str, str], str]:
    folder = _graph_folder(tree, graphs)
    base = str(PurePosixPath(folder).parent) if PurePosixPath(folder).name == "onnx" else folder
    base = "" if base == "." else base
    by_base: dict[str, dict[str, str]] = {}
    for name in graphs:
        if _parent(name) == folder:
            stem, quantization = _split(PurePosixPath(name).stem)
            by_base.setdefault(stem, {})[quantization] = name
    if "decoder_model_merged" in by_base and "embed_tokens" in by_base:
        roles = {"decoder": "decoder_model_merged", "embed": "embed_tokens"}
    elif "model" in by_base:
        roles = {"decoder": "model"}
    elif "decoder_model_merged" in by_base:
        roles = {"decoder": "decoder_model_merged"}
    elif len(by_base) == 1 and not set(by_base) & set(_BASES):
        roles = {"decoder": next(iter(by_base))}
    else:
        names = ", ".join(PurePosixPath(name).name for name in sorted(graphs)[:8])
        raise JournalError(
            f"{tree.name} holds no graph layout that Field Journal knows: {names}.",
            "It takes model*.onnx, decoder_model_merged*.onnx with embed_tokens*.onnx, or a folder "
            "with genai_config.json.",
        )
    order = FOR_GENERATION if len(roles) > 1 or _generates(tree, base) else FOR_EMBEDDINGS
    taken = _quantization(tree, by_base[roles["decoder"]], variant, order)
    chosen = {"decoder": by_base[roles["decoder"]][taken]}
    if "embed" in roles:
        embeds = by_base["embed_tokens"]
        like = taken if taken in embeds else _quantization(tree, embeds, "", order)
        chosen["embed"] = embeds[like]
    return base, chosen, taken


def _graph_folder(tree: Tree, graphs: Sequence[str]) -> str:
    folders = sorted({_parent(name) for name in graphs}, key=lambda one: (one.count("/"), one))
    named = [one for one in folders if PurePosixPath(one).name == "onnx"]
    if named:
        return named[0]
    if "" in folders or len(folders) == 1:
        return folders[0]
    raise JournalError(
        f"{tree.name} holds ONNX graphs in several folders: {', '.join(folders[:8])}.",
        "Name the folder of the one model.",
    )


def _quantization(tree: Tree, there: Mapping[str, str], variant: str, order: Sequence[str]) -> str:
    wanted = variant.lower().removesuffix(".onnx").removeprefix("model_")
    wanted = ALIASES.get(wanted, wanted)
    if variant:
        if wanted in there:
            return wanted
        listed = ", ".join(sorted(there))
        raise JournalError(
            f"{tree.name} has no variant {variant!r}; it has {listed}.", "Name one with --variant."
        )
    for one in order:
        if one in there:
            return one
    if len(there) == 1:
        return next(iter(there))
    raise JournalError(
        f"{tree.name} has the variants {', '.join(sorted(there))}.", "Name one with --variant."
    )


def _split(stem: str) -> tuple[str, str]:
    """A graph's name as (what it is, quantization): `model_q4` is ("model", "q4")."""
    for base in (*_BASES, "model"):
        if stem == base:
            return base, "fp32"
        if stem.startswith(f"{base}_"):
            return base, stem[len(base) + 1 :].lower()
    return stem, "fp32"


def _has_variant(graphs: Iterable[str], variant: str) -> bool:
    wanted = ALIASES.get(variant.lower(), variant.lower())
    return any(_split(PurePosixPath(name).stem)[1] == wanted for name in graphs)


def _generates(tree: Tree, base: str) -> bool:
    name = _join(base, "config.json")
    if name not in tree.sizes:
        return True
    made_for = json_object(tree, name).get("architectures") or [""]
    return any(word in str(made_for[0]) for word in ("CausalLM", "LMHead", "Conditional"))


# ---------------------------------------------------------------------- reading


def _task(tree: Tree, chosen: Mapping[str, str], read: Mapping[str, Graph]) -> str:
    graph, name = read["decoder"], chosen["decoder"]
    past = any(one.startswith("past") for one in graph.inputs)
    if past and (
        "input_ids" in graph.inputs or ("inputs_embeds" in graph.inputs and len(read) > 1)
    ):
        if "embed" in read and "input_ids" not in read["embed"].inputs:
            raise _odd(chosen["embed"], read["embed"], "input_ids")
        return GENERATION
    hidden = {"last_hidden_state", "token_embeddings", "sentence_embedding", "hidden_states"}
    if "input_ids" in graph.inputs and not past and hidden & set(graph.outputs):
        return EMBEDDINGS
    raise _odd(
        name,
        graph,
        "input_ids and past_key_values.* (a decoder), or input_ids and an "
        "output last_hidden_state (a sentence encoder)",
    )


def _odd(name: str, graph: Graph, needs: str) -> JournalError:
    return JournalError(
        f"{name} is no model that Field Journal can use: its inputs are "
        f"{', '.join(graph.inputs[:6])}; its outputs {', '.join(graph.outputs[:4])}.",
        f"It needs {needs}.",
    )


def _files(
    tree: Tree,
    base: str,
    layout: str,
    chosen: Mapping[str, str],
    read: Mapping[str, Graph],
) -> dict[str, str]:
    files = {}
    for role, name in chosen.items():
        placed = _in_pack(role, name, layout, base)
        files[placed] = name
        for data in pack_weights.confine(read[role], name, tree.sizes):
            beside = PurePosixPath(data).relative_to(PurePosixPath(name).parent)
            files[_join(_parent(placed), str(beside))] = data
    folders = dict.fromkeys((*(_parent(name) for name in chosen.values()), base))
    for name in _TEXTS:
        for folder in folders:
            if (full := _join(folder, name)) in tree.sizes:
                files[name] = full
    return files


def _in_pack(role: str, name: str, layout: str, base: str) -> str:
    if layout == "decoder-genai":
        return name.removeprefix(f"{base}/" if base else "")  # as genai_config.json has it
    if layout == "decoder-two-graphs":
        return {"decoder": "decoder_model_merged.onnx", "embed": "embed_tokens.onnx"}[role]
    return "model.onnx"


def _complete(tree: Tree, base: str, task: str, files: Mapping[str, str]) -> None:
    """Raise JournalError with every file that is missing."""
    missing = []
    if "tokenizer.json" not in files and not (task == EMBEDDINGS and "vocab.txt" in files):
        missing.append(_join(base, "tokenizer.json"))
    if task == GENERATION and not {"config.json", "genai_config.json"} & set(files):
        missing.append(_join(base, "config.json"))
    if missing:
        raise _missing(tree, missing)
    for name, full in files.items():
        if name.endswith(".json"):
            json_object(tree, full)


def cache_bytes(config: Path) -> int:
    """Bytes of a decoder's key/value cache for 2,048 tokens, as float32; 0 where unknown."""
    try:
        given = json.loads(config.read_text("utf-8"))
        given = given.get("text_config") or given
        heads = int(given["num_attention_heads"])
        width = int(given.get("head_dim") or int(given["hidden_size"]) // heads)
        pairs = int(given["num_hidden_layers"]) * int(given.get("num_key_value_heads") or heads)
    except (OSError, AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return 0
    return 2 * 4 * pairs * width * _CONTEXT


def _is_licence(name: str, base: str) -> bool:
    path = PurePosixPath(name)
    return (
        _parent(name) in ("", base) and bool(_LICENCES.fullmatch(path.name)) and not pickled(name)
    )


def _no_graph(tree: Tree) -> JournalError:
    for name in sorted(tree.sizes):
        if pickled(name):
            return never_unpickled(name)
    if any(name.endswith(".safetensors") for name in tree.sizes):
        return JournalError(
            f"{tree.name} holds weights as safetensors, and no ONNX graph.",
            "Take an ONNX export of the model (many lie under onnx-community) or a GGUF file.",
        )
    return JournalError(f"{tree.name} holds no .onnx file.", "Name the folder with the model.")


def _missing(tree: Tree, names: Sequence[str]) -> JournalError:
    verb = "is" if len(names) == 1 else "are"
    return JournalError(
        f"{tree.name} is not whole: {', '.join(names)} {verb} missing.",
        "Get the missing files from the model's origin.",
    )


def _parent(name: str) -> str:
    parent = str(PurePosixPath(name).parent)
    return "" if parent == "." else parent


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
