"""Which files of a folder are used, what they say of themselves, and that none leads outside."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from journal_app.domain.generate import Message, Prompt
from journal_app.errors import JournalError
from journal_app.models import onnx_file
from journal_app.models.decoding import decoder_files
from journal_app.models.decoding.decoder import Decoder
from tests.helpers import decoder_graphs, decoders
from tests.helpers.decoders import Tiny

LLAMA = Tiny(gemma=False, globals=frozenset(), head_sizes=(16,) * 4, seed=5)
PROMPT = Prompt((Message("user", "the loss"),), limit=6)


def tiny_pack(folder: Path, tiny: Tiny = LLAMA) -> tuple[Tiny, dict[str, Any]]:
    """Tokenizer and settings; the shape with its vocabulary, and weights."""
    tiny = dataclasses.replace(tiny, vocabulary=decoders.tokenizer_json(folder))
    decoders.settings(folder, tiny)
    return tiny, decoders.weights(tiny)


def touch(folder: Path, *names: str) -> None:
    for name in ("tokenizer.json", *names):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.touch()


@pytest.mark.parametrize(
    ("there", "chosen", "embed"),
    [
        (["model.onnx"], "model.onnx", None),
        (["onnx/model.onnx", "onnx/model_q4.onnx", "onnx/model_fp16.onnx"],
         "onnx/model_q4.onnx", None),
        (["onnx/model_fp16.onnx", "onnx/model_quantized.onnx"], "onnx/model_quantized.onnx", None),
        (["onnx/model_q4f16.onnx", "onnx/model.onnx"], "onnx/model.onnx", None),
        (
            ["onnx/decoder_model_merged_q4.onnx", "onnx/embed_tokens_q4.onnx",
             "onnx/embed_tokens.onnx", "onnx/vision_encoder_q4.onnx", "onnx/audio_encoder_q4.onnx"],
            "onnx/decoder_model_merged_q4.onnx",
            "onnx/embed_tokens_q4.onnx",
        ),
        (
            ["onnx/decoder_model_merged_q4f16.onnx", "onnx/embed_tokens_quantized.onnx"],
            "onnx/decoder_model_merged_q4f16.onnx",
            "onnx/embed_tokens_quantized.onnx",
        ),
        (["phi3-mini-cpu.onnx"], "phi3-mini-cpu.onnx", None),
    ],
)  # fmt: skip
def test_of_several_quantizations_one_is_chosen_by_rule(
    tmp_path: Path, there: list[str], chosen: str, embed: str | None
) -> None:
    touch(tmp_path, *there)
    found = decoder_files.find(tmp_path)
    assert found.decoder == tmp_path / chosen
    assert found.embed == (tmp_path / embed if embed else None)


def test_a_folder_without_a_decoder_or_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"tokenizer\.json"):
        decoder_files.find(tmp_path)
    touch(tmp_path, "a.onnx", "b.onnx")
    with pytest.raises(JournalError, match="no ONNX decoder"):
        decoder_files.find(tmp_path)


def genai(folder: Path, **decoder: Any) -> None:
    """A genai_config.json as the model builder writes it."""
    made = {
        "filename": "llm.onnx",
        "head_size": 16,
        "inputs": {
            "input_ids": "input_ids",
            "attention_mask": "attention_mask",
            "past_key_names": "cache.%d.key",
            "past_value_names": "cache.%d.value",
        },
        "outputs": {
            "logits": "logits",
            "present_key_names": "next.%d.key",
            "present_value_names": "next.%d.value",
        },
        **decoder,
    }
    config = {
        "model": {
            "context_length": 300,
            "eos_token_id": [3, 1],
            "type": "llama",
            "decoder": made,
        },
        "search": {"past_present_share_buffer": True},
    }
    (folder / "genai_config.json").write_text(json.dumps(config), "utf-8")


def test_a_folder_of_the_genai_builder_gives_file_and_names(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    model = decoder_graphs.llama(tiny, w, past="cache.%d.", present="next.%d.")
    onnx.save(model, tmp_path / "llm.onnx")
    touch_other = tmp_path / "model.onnx"
    touch_other.write_bytes(b"not this one")
    genai(tmp_path)
    decoder = Decoder(tmp_path, "cpu")
    assert decoder.context == 300
    assert decoder.runner.shared  # type: ignore[attr-defined]
    made = decoder.generate(PROMPT)
    ids = decoder.runner.read
    start = made.prompt_tokens
    expected = decoders.greedy(tiny, w, ids[:start], 6, {1, 2, 3, 4})
    assert ids[start:] == expected[: len(ids) - start]


@pytest.mark.parametrize("name", ["../llm.onnx", "/etc/passwd", "missing.onnx"])
def test_a_genai_folder_cannot_name_a_file_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (tmp_path / "llm.onnx").touch()
    touch(folder)
    genai(folder, filename=name)
    with pytest.raises(JournalError, match="which is not in"):
        decoder_files.find(folder)


def test_a_pipeline_for_one_npu_is_refused_with_the_way_out(tmp_path: Path) -> None:
    touch(tmp_path)
    genai(tmp_path, pipeline=[{"embeddings": {"filename": "e.onnx"}}])
    with pytest.raises(JournalError, match="pipeline") as told:
        decoder_files.find(tmp_path)
    assert "one decoder file" in told.value.hint


def test_settings_of_text_models_inside_of_larger_ones_are_read(tmp_path: Path) -> None:
    touch(tmp_path, "model.onnx")
    config = {"text_config": {"max_position_embeddings": 512, "eos_token_id": 7, "head_dim": 4}}
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    (tmp_path / "tokenizer_config.json").write_text(
        json.dumps({"model_max_length": 1e30, "eos_token": {"content": "<e>"}}), "utf-8"
    )
    found = decoder_files.find(tmp_path)
    assert (found.context, found.ends, found.head_size) == (512, {7}, 4)
    assert "<e>" in found.end_texts


@pytest.mark.parametrize("text", ["[]", "{", '{"a": ' * 5000, "\ud800"])
def test_broken_settings_are_told_by_name(tmp_path: Path, text: str) -> None:
    touch(tmp_path, "model.onnx")
    (tmp_path / "config.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(JournalError, match=r"config\.json"):
        decoder_files.find(tmp_path)


def with_outside(path: Path, location: str, wrap: Callable[[onnx.TensorProto], Any]) -> None:
    """A model one of whose tensors lies in the file `location`."""
    tensor = TensorProto(name="w.secret", data_type=1, dims=[4], data_location=1)
    tensor.external_data.add(key="location", value=location)
    tensor.external_data.add(key="length", value="16")
    path.write_bytes(wrap(tensor).SerializeToString())


def outer(nodes: list[onnx.NodeProto], **more: Any) -> onnx.GraphProto:
    answer = helper.make_tensor_value_info("b", TensorProto.FLOAT, [1])
    return helper.make_graph(nodes, "g", [], [answer], **more)


def as_weight(tensor: onnx.TensorProto) -> onnx.ModelProto:
    return helper.make_model(outer([], initializer=[tensor]))


def in_subgraph(tensor: onnx.TensorProto) -> onnx.ModelProto:
    inner = helper.make_graph([helper.make_node("Constant", [], ["c"], value=tensor)], "i", [], [])
    node = helper.make_node("If", ["a"], ["b"], then_branch=inner, else_branch=inner)
    return helper.make_model(outer([node]))


def in_function(tensor: onnx.TensorProto) -> onnx.ModelProto:
    node = helper.make_node("Constant", [], ["c"], value=tensor)
    made = helper.make_function("d", "f", [], ["c"], [node], [helper.make_opsetid("", 17)])
    return helper.make_model(outer([]), functions=[made])


def as_sparse(tensor: onnx.TensorProto) -> onnx.ModelProto:
    sparse = onnx.SparseTensorProto(values=tensor, dims=[8])
    return helper.make_model(outer([], sparse_initializer=[sparse]))


WRAPS = [as_weight, in_subgraph, in_function, as_sparse]


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize(
    "location",
    ["../w.data", "/etc/passwd", "C:\\w.data", "a/../../w.data", "", "link.data", "folder/w.data",
     "*/_ORT_MEM_ADDR_/*", "\\\\server\\w.data", "missing.data"],
)  # fmt: skip
def test_no_tensor_leads_out_of_the_pack(
    tmp_path: Path, location: str, wrap: Callable[[onnx.TensorProto], Any]
) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    secret = tmp_path / "w.data"
    secret.write_bytes(b"0" * 16)
    (folder / "link.data").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    path = folder / "model.onnx"
    with_outside(path, location, wrap)
    graph = onnx_file.read(path)
    with pytest.raises(JournalError, match=r"w\.secret"):
        decoder_files.confine(path, graph, folder)


@pytest.mark.parametrize("wrap", WRAPS)
def test_a_tensor_in_a_file_of_the_pack_is_fine(
    tmp_path: Path, wrap: Callable[[onnx.TensorProto], Any]
) -> None:
    (tmp_path / "w.data").write_bytes(b"0" * 16)
    path = tmp_path / "model.onnx"
    with_outside(path, "w.data", wrap)
    decoder_files.confine(path, onnx_file.read(path), tmp_path)


def test_of_two_locations_both_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "w.data").write_bytes(b"0" * 16)

    def twice(tensor: onnx.TensorProto) -> onnx.ModelProto:
        tensor.external_data.add(key="location", value="w.data")
        return as_weight(tensor)

    path = tmp_path / "model.onnx"
    with_outside(path, "../w.data", twice)
    with pytest.raises(JournalError, match=r"w\.secret"):
        decoder_files.confine(path, onnx_file.read(path), tmp_path)


def test_a_model_file_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    tiny, w = tiny_pack(folder)
    onnx.save(decoder_graphs.llama(tiny, w), tmp_path / "model.onnx")
    (folder / "model.onnx").symlink_to(tmp_path / "model.onnx")
    with pytest.raises(JournalError, match="leads out"):
        Decoder(folder, "cpu")


def test_the_decoder_refuses_before_it_opens_a_session(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    tiny, w = tiny_pack(folder)
    path = folder / "model.onnx"
    model = decoder_graphs.llama(tiny, w)
    onnx.save(
        model, path, save_as_external_data=True, location="model.onnx.data", size_threshold=1024
    )
    assert Decoder(folder, "cpu").generate(PROMPT).tokens
    changed = onnx.load(path, load_external_data=False)
    (tmp_path / "stolen.data").write_bytes((folder / "model.onnx.data").read_bytes())
    for tensor in changed.graph.initializer:
        for pair in tensor.external_data:
            if pair.key == "location":
                pair.value = "../stolen.data"
    path.write_bytes(changed.SerializeToString())
    with pytest.raises(JournalError, match=r"\.\./stolen\.data"):
        Decoder(folder, "cpu")


def test_what_is_read_of_a_file_is_what_onnx_reads(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    model = decoder_graphs.llama(tiny, w)
    path = tmp_path / "model.onnx"
    onnx.save(model, path)
    graph = onnx_file.read(path)
    assert [(node.kind, list(node.inputs), list(node.outputs)) for node in graph.nodes] == [
        (node.op_type, list(node.input), list(node.output)) for node in model.graph.node
    ]
    assert graph.precision == "float32"
    sizes = sum(numpy_helper.to_array(one).nbytes for one in model.graph.initializer)
    assert sum(graph.types.values()) == sizes


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    path = tmp_path / "model.onnx"
    onnx.save(decoder_graphs.llama(tiny, w), path)
    whole = path.read_bytes()
    for damaged in (
        b"",
        whole[: len(whole) // 2],
        b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x0b",
    ):
        path.write_bytes(damaged)
        with pytest.raises(JournalError, match="not a whole ONNX file"):
            Decoder(tmp_path, "cpu")


def test_a_broken_tokenizer_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "model.onnx")
    with pytest.raises(JournalError, match=r"tokenizer\.json cannot be read"):
        Decoder(tmp_path, "cpu")


def test_a_builder_that_says_no_to_shared_buffers_is_heard(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    onnx.save(
        decoder_graphs.llama(tiny, w, past="cache.%d.", present="next.%d."), tmp_path / "llm.onnx"
    )
    genai(tmp_path)
    shared = Decoder(tmp_path, "cpu").generate(PROMPT).text
    path = tmp_path / "genai_config.json"
    path.write_text(path.read_text("utf-8").replace("true", "false"), "utf-8")
    decoder = Decoder(tmp_path, "cpu")
    assert not decoder.runner.shared  # type: ignore[attr-defined]
    assert decoder.generate(PROMPT).text == shared


def test_an_unknown_input_is_named(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    model = decoder_graphs.llama(tiny, w)
    model.graph.input.append(helper.make_tensor_value_info("pixel_values", 1, [1]))
    onnx.save(model, tmp_path / "model.onnx")
    with pytest.raises(JournalError, match="pixel_values"):
        Decoder(tmp_path, "cpu")


def test_two_graphs_need_the_one_that_embeds(tmp_path: Path) -> None:
    gemma4 = Tiny(layers=4, ple=6)
    tiny, w = tiny_pack(tmp_path, gemma4)
    onnx.save(decoder_graphs.gemma(tiny, w), tmp_path / "decoder_model_merged.onnx")
    with pytest.raises(JournalError, match="neither token numbers nor embeddings"):
        Decoder(tmp_path, "cpu")


def test_caches_of_another_kind_are_refused(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path)
    model = decoder_graphs.llama(tiny, w)
    del model.graph.output[1]
    onnx.save(model, tmp_path / "model.onnx")
    with pytest.raises(JournalError, match=r"past_key_values\.0\.key"):
        Decoder(tmp_path, "cpu")


def test_open_head_counts_come_from_the_settings(tmp_path: Path) -> None:
    tiny, w = tiny_pack(tmp_path, Tiny())
    model = decoder_graphs.gemma(tiny, w)
    for given in model.graph.input:
        if given.name.startswith("past"):
            given.type.tensor_type.shape.dim[1].dim_param = "heads"
            given.type.tensor_type.shape.dim[3].dim_param = "size"
    onnx.save(model, tmp_path / "model.onnx")
    with pytest.raises(JournalError, match="head_dim"):
        Decoder(tmp_path, "cpu")
    config = json.loads((tmp_path / "config.json").read_text("utf-8"))
    (tmp_path / "config.json").write_text(json.dumps({**config, "head_dim": 8}), "utf-8")
    assert np.isfinite(Decoder(tmp_path, "cpu").generate(PROMPT).tokens)
