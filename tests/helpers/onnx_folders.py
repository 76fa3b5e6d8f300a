"""Folders with tiny ONNX models, in the layouts that the packs know; made with `onnx` itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import onnx
from onnx import TensorProto, helper

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "loss", "fell"]


def weights(name: str = "w", count: int = 64) -> onnx.TensorProto:
    """A tensor of floats."""
    return helper.make_tensor(name, TensorProto.FLOAT, [count], [0.5] * count)


def external(tensor: onnx.TensorProto, location: str, offset: int = 0) -> bytes:
    """Make `tensor` lie in another file; the bytes that belong there."""
    data = onnx.numpy_helper.to_array(tensor).tobytes()
    tensor.ClearField("float_data")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    del tensor.external_data[:]
    for key, value in (("location", location), ("offset", offset), ("length", len(data))):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)
    return data


def model(
    inputs: Sequence[str],
    outputs: Sequence[str],
    tensors: Sequence[onnx.TensorProto] = (),
    kind: str = "Identity",
) -> onnx.ModelProto:
    """A graph with these names; it computes nothing of use."""
    graph = helper.make_graph(
        [helper.make_node(kind, [inputs[0]], [name]) for name in outputs],
        "g",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["n"]) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["n"]) for name in outputs],
        initializer=list(tensors),
    )
    return helper.make_model(graph)


def save(path: Path, made: onnx.ModelProto) -> Path:
    """Write a model as it is; external data is not looked at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.SerializeToString())
    return path


def decoder(path: Path, *, data: str = "", first: str = "input_ids") -> Path:
    """A graph with a decoder's inputs and outputs; `data` names a file for its weights."""
    tensor = weights()
    if data:
        (path.parent / data).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / data).write_bytes(external(tensor, data))
    inputs = [first, "attention_mask", "past_key_values.0.key", "past_key_values.0.value"]
    outputs = ["logits", "present.0.key", "present.0.value"]
    return save(path, model(inputs, outputs, [tensor]))


def encoder(path: Path) -> Path:
    """A graph with a sentence encoder's inputs and outputs."""
    return save(path, model(["input_ids", "attention_mask"], ["last_hidden_state"], [weights()]))


def texts(folder: Path, *, made_for: str = "LlamaForCausalLM", licence: str = "MIT") -> Path:
    """The settings and the tokenizer that lie beside a model."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "architectures": [made_for],
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "hidden_size": 8,
        "num_hidden_layers": 1,
    }
    vocabulary = {word: place for place, word in enumerate(WORDS)}
    tokenizer = {
        "model": {"type": "WordPiece", "vocab": vocabulary, "unk_token": "[UNK]"},
        "normalizer": {"type": "BertNormalizer", "lowercase": True},
    }
    for name, value in {
        "config.json": config,
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": {"chat_template": "{{ messages[0].content }}"},
        "generation_config.json": {"eos_token_id": 2},
    }.items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    (folder / "LICENSE").write_text("Do what you like.\n", "utf-8")
    (folder / "README.md").write_text(f"---\nlicense: {licence}\n---\n# A model\n", "utf-8")
    return folder


def community(folder: Path, variants: Sequence[str] = ("", "_q4", "_fp16")) -> Path:
    """The layout of onnx-community: `onnx/model*.onnx`, the texts above; q4 has external data."""
    texts(folder)
    for variant in variants:
        data = "model_q4.onnx_data" if variant == "_q4" else ""
        decoder(folder / "onnx" / f"model{variant}.onnx", data=data)
    return folder


def two_graphs(folder: Path) -> Path:
    """The layout of Gemma's exports: embeddings and decoder apart."""
    texts(folder)
    for variant in ("_q4", "_fp16"):
        decoder(folder / f"onnx/decoder_model_merged{variant}.onnx", first="inputs_embeds")
        made = model(["input_ids"], ["inputs_embeds"], [weights()])
        save(folder / f"onnx/embed_tokens{variant}.onnx", made)
    return folder


def genai(folder: Path, name: str = "model.onnx") -> Path:
    """A folder as ONNX Runtime GenAI's builder writes it."""
    texts(folder)
    (folder / "config.json").unlink()
    decoder(folder / name, data=f"{Path(name).name}.data")
    config = {"model": {"type": "llama", "decoder": {"filename": name}}}
    (folder / "genai_config.json").write_text(json.dumps(config), "utf-8")
    return folder


def sentences(folder: Path) -> Path:
    """A sentence encoder with its tokenizer."""
    texts(folder, made_for="BertModel")
    encoder(folder / "onnx" / "model.onnx")
    return folder
