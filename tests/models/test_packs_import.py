"""Taking in a model of one's own: what it is read as, what is taken, and what is refused."""

from __future__ import annotations

import json
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper

from journal_app.errors import Cancelled, JournalError
from journal_app.models import onnx_file, packs
from journal_app.models.catalog import DEFAULT, EMBEDDINGS, GENERATION, WRITER
from journal_app.models.packs import pack_weights
from journal_app.models.packs.pack_import import import_pack
from tests.helpers import onnx_folders as made

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "packs"


def names(found: packs.Installed) -> list[str]:
    return sorted(
        path.relative_to(found.folder).as_posix()
        for path in found.folder.rglob("*")
        if path.is_file()
    )


def untouched(root: Path) -> bool:
    """Nothing is installed and nothing half-made is left."""
    return packs.installed_packs(root) == [] and {
        path.name for path in root.rglob("*") if path.is_file()
    } <= {"lock"}


def test_onnx_community_takes_q4_with_its_data_and_names_it_plainly(
    root: Path, tmp_path: Path
) -> None:
    folder = made.community(tmp_path / "Tiny-1B-ONNX")
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    (folder / "modeling_tiny.py").write_text("print('no')")
    found = import_pack(root, folder)
    assert found.id == "tiny-1b-onnx-q4"
    assert (found.task, found.layout, found.licence) == (GENERATION, "decoder", "MIT")
    assert found.graphs == {"decoder": "model.onnx"}
    assert names(found) == sorted(
        "LICENSE config.json generation_config.json manifest.json model.onnx model_q4.onnx_data "
        "tokenizer.json tokenizer_config.json".split()
    )
    assert found.licence_text == "Do what you like.\n"
    assert found.manifest["left_out"] == ["pytorch_model.bin"]
    assert found.manifest["schema"] == 2 and found.memory > 0 and found.entry is None
    assert packs.verify(found) == []
    again = packs.find(root, found.id)
    assert again.digest == found.digest and len(again.digest) == 64
    assert [one.id for one in packs.installed_packs(root)] == [found.id]
    onnx.load(str(found.file("model.onnx")))  # it finds its data under its new name


@pytest.mark.parametrize("variant", ["fp16", "FP16", "model_fp16", "model_fp16.onnx", "fp32"])
def test_another_variant_by_name(root: Path, tmp_path: Path, variant: str) -> None:
    folder = made.community(tmp_path / "tiny")
    found = import_pack(root, folder, variant=variant, id="mine", licence="Gemma")
    source = "model.onnx" if variant == "fp32" else "model_fp16.onnx"
    assert found.file("model.onnx").read_bytes() == (folder / "onnx" / source).read_bytes()
    assert found.licence == "Gemma" and found.id == "mine"


def test_a_variant_that_is_not_there_names_those_that_are(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny")
    with pytest.raises(JournalError, match=r"no variant 'q8'; it has fp16, fp32, q4"):
        import_pack(root, folder, variant="q8")
    assert untouched(root)


def test_two_graphs_of_one_quantization(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.two_graphs(tmp_path / "gemma"))
    assert found.layout == "decoder-two-graphs" and found.task == GENERATION
    assert found.graphs == {"decoder": "decoder_model_merged.onnx", "embed": "embed_tokens.onnx"}
    for name in found.graphs.values():
        assert found.file(name).is_file()


def test_a_folder_of_the_genai_builder(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.genai(tmp_path / "phi"))
    assert (found.layout, found.task) == ("decoder-genai", GENERATION)
    assert found.file("genai_config.json").is_file() and found.file("model.onnx.data").is_file()


def test_several_genai_folders_take_the_cpu_s_four_bits(root: Path, tmp_path: Path) -> None:
    top = tmp_path / "phi"
    for name in ("cpu_and_mobile/cpu-int4-rtn-block-32", "cuda/cuda-fp16"):
        made.genai(top / name)
    found = import_pack(root, top)
    assert found.manifest["variant"] == "cpu-int4-rtn-block-32"
    other = import_pack(root, top, variant="cuda-fp16")
    assert other.id == "phi-cuda-fp16"
    with pytest.raises(JournalError, match="none called tpu"):
        import_pack(root, top, variant="tpu")


def test_a_pipeline_for_one_kind_of_device_is_told(root: Path, tmp_path: Path) -> None:
    folder = made.genai(tmp_path / "npu")
    config = {"model": {"decoder": {"pipeline": [{"filename": "a.onnx"}]}}}
    (folder / "genai_config.json").write_text(json.dumps(config))
    with pytest.raises(JournalError, match="pipeline"):
        import_pack(root, folder)


def test_a_sentence_encoder_gets_its_words(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.sentences(tmp_path / "minilm"))
    assert (found.task, found.layout) == (EMBEDDINGS, "encoder")
    assert found.graphs == {"encoder": "model.onnx"}
    assert found.file("vocab.txt").read_text("utf-8").split("\n")[:-1] == made.WORDS


@pytest.mark.parametrize(
    ("file", "value", "says"),
    [
        ("tokenizer.json", {"model": {"type": "Unigram"}}, "Unigram"),
        ("tokenizer_config.json", {"do_lower_case": False}, "capital"),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False}, "average"),
    ],
)
def test_an_encoder_that_the_embedder_would_misread_is_refused(
    root: Path, tmp_path: Path, file: str, value: object, says: str
) -> None:
    folder = made.sentences(tmp_path / "other")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(json.dumps(value))
    with pytest.raises(JournalError, match=says):
        import_pack(root, folder)
    assert untouched(root)


@pytest.mark.parametrize("missing", ["tokenizer.json", "config.json", "onnx/model_q4.onnx_data"])
def test_what_is_missing_is_named(root: Path, tmp_path: Path, missing: str) -> None:
    folder = made.community(tmp_path / "tiny")
    (folder / missing).unlink()
    with pytest.raises(JournalError) as caught:
        import_pack(root, folder)
    assert missing.rpartition("/")[2] in caught.value.message
    assert untouched(root)


def test_both_missing_files_are_named_at_once(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny")
    (folder / "tokenizer.json").unlink()
    (folder / "config.json").unlink()
    with pytest.raises(JournalError, match=r"tokenizer\.json, config\.json are missing"):
        import_pack(root, folder)


@pytest.mark.parametrize("name", ["model.bin", "m.pt", "m.PTH", "m.pkl", "m.ckpt", "m.npy"])
def test_pickles_are_refused_alone_and_as_the_only_thing(
    root: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "torch"
    folder.mkdir()
    (folder / name).write_bytes(b"\x80\x04K\x01.")
    for path in (folder / name, folder):
        with pytest.raises(JournalError, match="can run code"):
            import_pack(root, path)
    assert not root.exists() or untouched(root)


@pytest.mark.parametrize(
    "location",
    [
        "../secret",
        "/etc/passwd",
        "C:\\secret",
        "a/../../secret",
        "..\\secret",
        "*/_ORT_MEM_ADDR_/*",
    ],
)
def test_external_data_outside_is_refused_with_the_tensor_named(
    root: Path, tmp_path: Path, location: str
) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    tensor = made.weights("layers.0.weight")
    made.external(tensor, location)
    (tmp_path / "secret").write_bytes(bytes(256))
    inputs = ["input_ids", "past_key_values.0.key"]
    made.save(folder / "onnx/model.onnx", made.model(inputs, ["logits"], [tensor]))
    with pytest.raises(JournalError, match=r"layers\.0\.weight"):
        import_pack(root, folder)
    assert untouched(root)


def test_external_data_past_the_end_or_pickled_is_refused(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", ["_q4"])
    (folder / "onnx/model_q4.onnx_data").write_bytes(bytes(255))
    with pytest.raises(JournalError, match="that file has 255"):
        import_pack(root, folder)
    made.decoder(folder / "onnx/model_q4.onnx", data="weights.bin")
    with pytest.raises(JournalError, match="can run code"):
        import_pack(root, folder)
    assert untouched(root)


def hiding_places() -> list[tuple[str, onnx.ModelProto]]:
    """Models with an external tensor in every place of a model that can hold one."""

    def tensor() -> onnx.TensorProto:
        one = made.weights("hidden")
        made.external(one, "../out")
        return one

    inputs, outputs = ["input_ids"], ["logits"]
    found = [("initializer", made.model(inputs, outputs, [tensor()]))]
    constant = made.model(inputs, outputs)
    constant.graph.node.append(helper.make_node("Constant", [], ["c"], value=tensor()))
    found.append(("attribute", constant))
    many = made.model(inputs, outputs)
    attribute = many.graph.node[0].attribute.add(name="ts", type=onnx.AttributeProto.TENSORS)
    attribute.tensors.append(tensor())
    found.append(("attribute, several", many))
    inner = helper.make_graph([], "inner", [], [], initializer=[tensor()])
    branch = made.model(inputs, outputs)
    branch.graph.node[0].attribute.append(helper.make_attribute("then_branch", inner))
    found.append(("a graph inside", branch))
    graphs = made.model(inputs, outputs)
    attribute = graphs.graph.node[0].attribute.add(name="gs", type=onnx.AttributeProto.GRAPHS)
    attribute.graphs.append(inner)
    found.append(("several graphs inside", graphs))
    sparse = made.model(inputs, outputs)
    one = sparse.graph.sparse_initializer.add()
    one.values.CopyFrom(tensor())
    found.append(("sparse", sparse))
    indices = made.model(inputs, outputs)
    attribute = indices.graph.node[0].attribute.add(
        name="s", type=onnx.AttributeProto.SPARSE_TENSOR
    )
    attribute.sparse_tensor.indices.CopyFrom(tensor())
    found.append(("sparse attribute", indices))
    function = made.model(inputs, outputs)
    function.functions.add(name="f", domain="x").node.append(constant.graph.node[-1])
    found.append(("function", function))
    training = made.model(inputs, outputs)
    training.training_info.add().algorithm.CopyFrom(inner)
    found.append(("training", training))
    return found


@pytest.mark.parametrize(
    ("where", "model"), hiding_places(), ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_tensor_cannot_hide(tmp_path: Path, where: str, model: onnx.ModelProto) -> None:
    path = made.save(tmp_path / "model.onnx", model)
    graph = onnx_file.read(path)
    assert [(one.tensor, one.location) for one in graph.external] == [("hidden", "../out")], where
    with pytest.raises(JournalError, match="hidden"):
        pack_weights.confine(graph, "model.onnx", {"model.onnx": 1})


def test_the_names_are_those_that_onnx_reads(tmp_path: Path) -> None:
    path = made.decoder(tmp_path / "m.onnx", data="m.data")
    graph, real = onnx_file.read(path), onnx.load(str(path), load_external_data=False).graph
    assert graph.inputs == [one.name for one in real.input]
    assert graph.outputs == [one.name for one in real.output]
    assert {one.location for one in graph.external} == {"m.data"} and not graph.compiled


def test_two_locations_of_one_tensor_are_both_looked_at(tmp_path: Path) -> None:
    tensor = made.weights()
    made.external(tensor, "../out")
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "fine.data"
    path = made.save(tmp_path / "m.onnx", made.model(["input_ids"], ["logits"], [tensor]))
    with pytest.raises(JournalError, match="leads out"):
        pack_weights.confine(onnx_file.read(path), "m.onnx", {"fine.data": 256})


@settings(max_examples=200, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 399), st.integers(0, 255)), min_size=1, max_size=8),
    kept=st.integers(0, 600),
)
def test_a_damaged_model_is_told_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], kept: int
) -> None:
    path = made.decoder(tmp_path_factory.mktemp("broken") / "m.onnx")
    whole = bytearray(path.read_bytes())
    for place, value in changes:
        whole[place] = value
    path.write_bytes(bytes(whole[:kept] if kept < 400 else whole))
    try:
        graph = onnx_file.read(path)
        pack_weights.confine(graph, "m.onnx", {"m.onnx": len(whole)})
    except JournalError:
        return
    assert graph.outputs


def test_a_model_compiled_for_one_device_is_told(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    inputs = ["input_ids", "past_key_values.0.key"]
    made.save(folder / "onnx/model.onnx", made.model(inputs, ["logits"], kind="EPContext"))
    with pytest.raises(JournalError, match="compiled for one device"):
        import_pack(root, folder)


def test_another_kind_of_graph_is_told_with_its_inputs(root: Path, tmp_path: Path) -> None:
    folder = made.texts(tmp_path / "vision")
    made.save(folder / "model.onnx", made.model(["pixel_values"], ["logits"]))
    with pytest.raises(JournalError, match="its inputs are pixel_values"):
        import_pack(root, folder)


@needs_links
def test_links_inside_are_followed_and_links_outside_refused(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    (folder / "blobs").mkdir()
    (folder / "tokenizer.json").rename(folder / "blobs" / "abc")
    (folder / "tokenizer.json").symlink_to("blobs/abc")
    found = import_pack(root, folder)
    assert not found.file("tokenizer.json").is_symlink() and packs.verify(found) == []
    packs.remove(root, found.id)
    (tmp_path / "outside.json").write_text("{}")
    for target in ("../outside.json", "/etc/passwd", "nowhere", ".."):
        (folder / "tokenizer.json").unlink()
        (folder / "tokenizer.json").symlink_to(target)
        with pytest.raises(JournalError, match=r"tokenizer\.json .* leads out"):
            import_pack(root, folder)
    assert untouched(root)


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_an_archive_of_a_folder(root: Path, tmp_path: Path, kind: str) -> None:
    folder = made.community(tmp_path / "Tiny", ["", "_q4"])
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    archive = tmp_path / f"Tiny.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in folder.rglob("*"):
                packed.write(path, path.relative_to(tmp_path))
    else:
        with tarfile.open(archive, f"w:{kind[4:]}") as packed_tar:
            packed_tar.add(folder, "Tiny")
    found = import_pack(root, archive)
    assert found.id == "tiny-q4" and packs.verify(found) == []
    assert {path.name for path in (root / ".partial").iterdir()} == {"lock"}


def test_taken_names_and_wrong_files_are_told(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    import_pack(root, folder, id="mine")
    (tmp_path / "some.onnx").write_bytes(b"x")
    (tmp_path / "some.txt").write_bytes(b"hello")
    (tmp_path / "picture.gguf").write_bytes(b"\x89PNG")
    (tmp_path / "other-1.0-py3-none-any.whl").write_bytes(b"PK")
    for path, id, says in (
        (folder, "mine", "There is a pack mine already"),
        (folder, DEFAULT, "of the catalog"),
        (folder, "../out", "cannot name a model pack"),
        (folder, "nul", "cannot name a model pack"),
        (tmp_path / "some.onnx", "", "alone is not enough"),
        (tmp_path / "some.txt", "", "not a model"),
        (tmp_path / "picture.gguf", "", "is no GGUF file"),
        (tmp_path / "other-1.0-py3-none-any.whl", "", "not the wheel of a known pack"),
        (tmp_path / "nowhere", "", "no file or folder"),
    ):
        with pytest.raises(JournalError, match=says):
            import_pack(root, path, id=id)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no path on Windows")
def test_what_may_have_no_end_is_not_read(root: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    for path in (tmp_path / "pipe.gguf", Path("/dev/zero")):
        with pytest.raises(JournalError, match=f"{path} is neither a file nor a folder"):
            import_pack(root, path)
    assert untouched(root)


def test_a_damaged_gguf_is_told_by_the_name_that_the_user_gave(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + (1).to_bytes(8, "little") * 2)
    with pytest.raises(JournalError) as error:
        import_pack(root, path)
    assert str(error.value).startswith(f"{path} is damaged") and ".partial" not in str(error.value)
    assert untouched(root)


def test_cancelling_leaves_nothing(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", ["_q4"])
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_pack(root, folder, check=check)
    assert untouched(root)


def test_the_original_stays_as_it_is(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    import_pack(root, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_known_file_under_a_name_of_its_own_replaces_nothing(root: Path) -> None:
    source = Path(os.environ["JOURNAL_TEST_PACKS"]) / WRITER / "source.gguf"
    if not source.exists():
        pytest.skip(f"the pack is not installed: `journal model install {WRITER}`")
    found = import_pack(root, source, id="mine")
    assert found.id == "mine" and packs.verify(found) == []
    assert not (root / WRITER).exists()
