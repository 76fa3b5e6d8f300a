"""GGUF to ONNX: the converted model says what the file's weights say; bad files are refused."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import gguf
import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.errors import Cancelled, JournalError
from journal_app.models.gguf import FILES, convert
from tests.helpers.gguf_tiny import KINDS, Reference, Tiny

TOKENS = [1, 40, 77, 300, 12, 12, 5, 201, 99, 4, 63, 258]


def converted(tiny: Tiny, folder: Path) -> tuple[Reference, Path]:
    """Write the model into `folder`, convert it; the reference and the ONNX folder."""
    reference = tiny.write(folder / "tiny.gguf")
    target = folder / "onnx"
    target.mkdir()
    convert(folder / "tiny.gguf", target)
    return reference, target


def opened(folder: Path, *, exact: bool) -> Any:
    """A session; `exact` multiplies in float32, so that only the layout of weights is compared."""
    import onnxruntime as ort

    path = folder / "model.onnx"
    if exact:
        model = onnx.load(path, load_external_data=False)
        for node in model.graph.node:
            for given in node.attribute:
                if given.name == "accuracy_level":
                    given.i = 1
        path = folder / "exact.onnx"
        path.write_bytes(model.SerializeToString())
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options)


def empty(session: Any) -> dict[str, Any]:
    """A cache of no tokens."""
    return {
        one.name: np.zeros((1, one.shape[1], 0, one.shape[3]), np.float32)
        for one in session.get_inputs()
        if one.name.startswith("past_key_values")
    }


def logits(session: Any, tokens: Sequence[int]) -> Any:
    """Logits (n, vocabulary) of every position, in one run."""
    feed = {
        "input_ids": np.array([tokens]),
        "attention_mask": np.ones((1, len(tokens)), np.int64),
        "num_logits_to_keep": np.array([0]),
        **empty(session),
    }
    return session.run(["logits"], feed)[0][0]


def spread(found: Any, wanted: Any) -> float:
    """The largest difference in units of the logits' own spread."""
    return float(np.abs(found - wanted).max() / wanted.std())


@pytest.mark.parametrize("tied", [True, False], ids=["tied", "untied"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_type_of_tensor_keeps_its_weights(kind: str, tied: bool, tmp_path: Path) -> None:
    reference, folder = converted(Tiny(kind=kind, tied=tied), tmp_path)
    wanted = reference.logits(TOKENS)
    assert spread(logits(opened(folder, exact=True), TOKENS), wanted) < 1e-4
    # As shipped, inputs of quantized products are rounded to 8 bits, as in llama.cpp.
    found = logits(opened(folder, exact=False), TOKENS)
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.99


@pytest.mark.parametrize(
    "tiny",
    [
        Tiny(
            kind="Q4_1",
            kinds={"token_embd": "Q8_0", "attn_v": "Q8_0", "ffn_down": "F16", "ffn_up": "Q4_0"},
        ),
        Tiny(kind="Q4_0", kinds={"output": "F16", "token_embd": "Q8_0"}, tied=False),
        Tiny(kv_heads=4, kind="Q8_0"),
        Tiny(kv_heads=1, heads=2, head_dim=64, kind="Q4_1", layers=3),
        Tiny(heads=3, kv_heads=3, head_dim=80),
        Tiny(factors=[1.0, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0], theta=500_000.0),
        Tiny(linear=4.0),
    ],
    ids=[
        "mixed",
        "head apart",
        "no groups",
        "one kv head",
        "wide heads",
        "llama 3 frequencies",
        "linear",
    ],
)
def test_shapes_and_rotary_scaling_are_followed(tiny: Tiny, tmp_path: Path) -> None:
    reference, folder = converted(tiny, tmp_path)
    found = logits(opened(folder, exact=True), TOKENS)
    assert spread(found, reference.logits(TOKENS)) < 1e-4


@pytest.mark.parametrize("cuts", [[12], [5, 9, 12], [1, 2, 3, 4, 5, 6, 12], [11, 12]])
def test_a_shared_cache_of_full_length_gives_the_same(cuts: list[int], tmp_path: Path) -> None:
    reference, folder = converted(Tiny(kind="Q4_1"), tmp_path)
    wanted = reference.logits(TOKENS)
    session = opened(folder, exact=True)
    import onnxruntime as ort

    binding = session.io_binding()
    kept = []
    for name in empty(session):
        shape = (1, 2, 32, 16)
        buffer = ort.OrtValue.ortvalue_from_numpy(np.full(shape, np.nan, np.float32))
        kept.append(buffer)
        binding.bind_ortvalue_input(name, buffer)
        binding.bind_ortvalue_output(name.replace("past_key_values", "present"), buffer)
    binding.bind_output("logits", "cpu")
    start = 0
    for end in cuts:
        binding.bind_cpu_input("input_ids", np.array([TOKENS[start:end]]))
        binding.bind_cpu_input("attention_mask", np.ones((1, end), np.int64))
        session.run_with_iobinding(binding)
        found = next(one for one in binding.get_outputs() if one.shape()[-1] == wanted.shape[1])
        assert found.shape()[:2] == [1, 1]  # the last position alone, unless asked
        assert spread(found.numpy()[0, 0], wanted[end - 1]) < 1e-4
        start = end


def test_a_growing_cache_gives_the_same(tmp_path: Path) -> None:
    reference, folder = converted(Tiny(kind="Q4_0"), tmp_path)
    session = opened(folder, exact=True)
    past = empty(session)
    names = [one.name for one in session.get_outputs()]
    for at, token in enumerate(TOKENS):
        feed = {
            "input_ids": np.array([[token]]),
            "attention_mask": np.ones((1, at + 1), np.int64),
            **past,
        }
        out = dict(zip(names, session.run(names, feed), strict=True))
        past = {name: out[name.replace("past_key_values", "present")] for name in past}
    assert spread(out["logits"][0, 0], reference.logits(TOKENS)[-1]) < 1e-4


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file."""
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}


def test_two_conversions_give_the_same_bytes(tmp_path: Path) -> None:
    Tiny(kind="Q4_1").write(tmp_path / "tiny.gguf")
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        convert(tmp_path / "tiny.gguf", tmp_path / name)
        found.append(digests(tmp_path / name))
    assert found[0] == found[1]
    assert set(found[0]) == set(FILES)


def test_the_folder_says_what_a_loader_asks(tmp_path: Path) -> None:
    _, folder = converted(Tiny(more={"tokenizer.ggml.eot_token_id": 0}), tmp_path)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["model_type"] == "llama"
    assert config["num_key_value_heads"] == 2
    assert config["max_position_embeddings"] == 128
    generation = json.loads((folder / "generation_config.json").read_text("utf-8"))
    assert generation == {"bos_token_id": 1, "eos_token_id": [0, 2]}
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    assert tokenizer["chat_template"].startswith("{% for m in messages %}")
    assert (tokenizer["bos_token"], tokenizer["eos_token"]) == ("<|start|>", "<|stop|>")


def test_progress_counts_bytes_and_a_check_stops(tmp_path: Path) -> None:
    Tiny().write(tmp_path / "tiny.gguf")
    (tmp_path / "one").mkdir()
    seen: list[tuple[int, int]] = []
    report = convert(
        tmp_path / "tiny.gguf", tmp_path / "one", progress=lambda *part: seen.append(part)
    )
    assert seen == sorted(seen)
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] == report.parameters * 4
    assert (report.name, report.licence, report.tensors) == ("Tiny", "mit", {"F32": 20})

    def stop() -> None:
        if len(seen) > 5:
            raise Cancelled

    (tmp_path / "two").mkdir()
    seen.clear()
    with pytest.raises(Cancelled):
        convert(
            tmp_path / "tiny.gguf",
            tmp_path / "two",
            progress=lambda *part: seen.append(part),
            check=stop,
        )
    assert len(seen) == 6


REFUSED: Iterable[tuple[str, Tiny, str]] = [
    ("architecture", Tiny(more={"general.architecture": "gemma3"}), "gemma3"),
    ("unknown key", Tiny(more={"llama.expert_count": 8}), "llama.expert_count"),
    ("rope scaling", Tiny(more={"llama.rope.scaling.type": "yarn"}), "llama.rope.scaling.type"),
    ("missing key", Tiny(more={"llama.block_count": None}), "llama.block_count"),
    ("layers", Tiny(more={"llama.block_count": 2**30}), "llama.block_count"),
    ("heads", Tiny(more={"llama.attention.head_count_kv": 3}), "llama.attention.head_count"),
    ("partial rotary", Tiny(more={"llama.rope.dimension_count": 8}), "llama.rope.dimension_count"),
    ("text for a number", Tiny(more={"llama.context_length": "long"}), "llama.context_length"),
    ("missing tensor", Tiny(without=["blk.1.ffn_up.weight"]), "blk.1.ffn_up.weight"),
    ("unknown tensor", Tiny(extra={"blk.0.attn_q.bias": (64,)}), "blk.0.attn_q.bias"),
    ("odd shape", Tiny(extra={"blk.0.ffn_up.weight": (64, 64)}), "blk.0.ffn_up.weight"),
    ("head size", Tiny(head_dim=24), "llama.attention.key_length"),
    ("odd width", Tiny(ffn=80), "llama.feed_forward_length"),
    ("vector of F16", Tiny(extra={"output_norm.weight": (1, 64)}), "output_norm.weight"),
    ("splitting", Tiny(pre="unheard-of"), "unheard-of"),
    ("tokenizer", Tiny(more={"tokenizer.ggml.model": "bert"}), "tokenizer.ggml.model"),
    ("token", Tiny(more={"tokenizer.ggml.eos_token_id": 9999}), "tokenizer.ggml.eos_token_id"),
    ("merges", Tiny(more={"tokenizer.ggml.merges": ["zz yy"]}), "tokenizer.ggml.merges"),
    ("no end", Tiny(more={"tokenizer.ggml.eos_token_id": None}), "tokenizer.ggml.eos_token_id"),
    ("no merges", Tiny(more={"tokenizer.ggml.merges": None}), "tokenizer.ggml.merges"),
]


@pytest.mark.parametrize(
    ("tiny", "named"), [one[1:] for one in REFUSED], ids=[x[0] for x in REFUSED]
)
def test_what_is_not_known_is_refused_by_name(tiny: Tiny, named: str, tmp_path: Path) -> None:
    tiny.write(tmp_path / "tiny.gguf")
    (tmp_path / "onnx").mkdir()
    with pytest.raises(JournalError, match=named) as refused:
        convert(tmp_path / "tiny.gguf", tmp_path / "onnx")
    assert refused.value.hint


def test_other_quantizations_are_refused_with_the_tensor_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    KINDS["Q5_0"] = gguf.GGMLQuantizationType.Q5_0
    try:
        Tiny(kinds={"ffn_gate": "Q5_0"}).write(path)
    finally:
        del KINDS["Q5_0"]
    (tmp_path / "onnx").mkdir()
    with pytest.raises(JournalError, match=r"blk\.0\.ffn_gate\.weight .* is Q5_0") as refused:
        convert(path, tmp_path / "onnx")
    assert "llama-quantize" in refused.value.hint


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model for files to be broken."""
    path = tmp_path_factory.mktemp("small") / "tiny.gguf"
    Tiny(kind="Q4_1", layers=1).write(path)
    return path


def attempt(data: bytes, folder: Path) -> None:
    """Convert a broken file: it works or is refused; nothing else may come out."""
    (folder / "broken.gguf").write_bytes(data)
    target = folder / "onnx"
    target.mkdir(exist_ok=True)
    try:
        convert(folder / "broken.gguf", target)
    except JournalError as error:
        assert error.hint


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_refused(
    share: float, small: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    data = small.read_bytes()
    (folder / "broken.gguf").write_bytes(data[: int(len(data) * share)])
    (folder / "onnx").mkdir()
    with pytest.raises(JournalError) as refused:
        convert(folder / "broken.gguf", folder / "onnx")
    assert refused.value.hint


@settings(max_examples=150, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 12_000), st.sampled_from([0, 1, 4, 8, 9, 127, 255])), max_size=4
    ),
    numbers=st.lists(
        st.tuples(st.integers(0, 12_000), st.sampled_from([2**63, 2**64 - 1, 2**32, 10**7])),
        max_size=2,
    ),
)
def test_a_hostile_file_is_refused_or_converted(
    changes: list[tuple[int, int]],
    numbers: list[tuple[int, int]],
    small: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = bytearray(small.read_bytes())
    for at, value in changes:
        data[at % len(data)] = value
    for at, value in numbers:
        at %= len(data) - 8
        data[at : at + 8] = value.to_bytes(8, "little")
    attempt(bytes(data), tmp_path_factory.mktemp("hostile"))


def test_other_files_are_no_models(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    for name, data in (("empty", b""), ("pickle", b"\x80\x04]q\x00."), ("zip", b"PK\x03\x04" * 9)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(JournalError, match=name):
            convert(tmp_path / name, tmp_path / "onnx")
    with pytest.raises(JournalError, match="missing"):
        convert(tmp_path / "missing", tmp_path / "onnx")


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    Tiny().write(tmp_path / "tiny.gguf")
    with pytest.raises(JournalError, match="could not be converted into") as refused:
        convert(tmp_path / "tiny.gguf", tmp_path / "nowhere")
    assert "MB" in refused.value.hint
