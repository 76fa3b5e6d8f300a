"""The tokenizer of a GGUF file cuts text as llama.cpp does, for every way of splitting."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import pytest
from tokenizers import Tokenizer

from journal_app.models.gguf import convert
from journal_app.models.gguf_tokenizer import known
from tests.helpers.gguf_llamacpp import LlamaCpp
from tests.helpers.gguf_tiny import TEXTS, Tiny
from tests.helpers.packs import real_gguf


def tokenizer(tiny: Tiny, folder: Path) -> tuple[Tokenizer, LlamaCpp]:
    """Ours and llama.cpp's for the same file."""
    tiny.write(folder / "tiny.gguf")
    (folder / "onnx").mkdir()
    convert(folder / "tiny.gguf", folder / "onnx")
    ours = Tokenizer.from_file(str(folder / "onnx" / "tokenizer.json"))
    return ours, LlamaCpp(folder / "tiny.gguf")


@pytest.mark.parametrize("pre", known())
def test_byte_level_text_is_cut_as_in_llama_cpp(pre: str, tmp_path: Path) -> None:
    ours, theirs = tokenizer(Tiny(pre=pre, layers=1), tmp_path)
    for text in TEXTS:
        found = ours.encode(text, add_special_tokens=False)
        assert found.ids == theirs.tokens(text), text
        assert ours.decode(found.ids, skip_special_tokens=False) == text


@pytest.mark.parametrize("prefix", [True, False])
def test_sentencepiece_text_is_cut_as_in_llama_cpp(prefix: bool, tmp_path: Path) -> None:
    tiny = Tiny(
        tokenizer="llama", pre=None, layers=1, more={"tokenizer.ggml.add_space_prefix": prefix}
    )
    ours, theirs = tokenizer(tiny, tmp_path)
    for text in TEXTS:
        if "<|" in text:
            continue
        found = ours.encode(text, add_special_tokens=False)
        assert found.ids == theirs.tokens(text), text
        assert ours.decode(found.ids, skip_special_tokens=False) == text


def test_bos_comes_first_where_the_file_says_so(tmp_path: Path) -> None:
    tiny = Tiny(layers=1, more={"tokenizer.ggml.add_bos_token": True})
    ours, theirs = tokenizer(tiny, tmp_path)
    assert ours.encode("the loss").ids == theirs.tokens("the loss", special=True)
    assert ours.encode("the loss").ids[0] == 1
    assert ours.encode("the loss", add_special_tokens=False).ids[0] != 1


def test_the_real_vocabulary_is_cut_as_in_llama_cpp(tmp_path: Path) -> None:
    source = real_gguf()
    convert(source, tmp_path)
    ours = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    theirs = LlamaCpp(source)
    for text in [*TEXTS, *(text.replace("start", "im_start") for text in TEXTS)]:
        assert ours.encode(text, add_special_tokens=False).ids == theirs.tokens(text), text
