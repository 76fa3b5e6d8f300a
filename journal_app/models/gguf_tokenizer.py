"""The tokenizer inside a GGUF file, written as a Hugging Face `tokenizer.json`.

Two kinds are known: byte-level BPE ("gpt2"), whose way of splitting text first is named by
`tokenizer.ggml.pre`, and SentencePiece BPE ("llama"), whose merges follow from its scores.
The expressions are those of llama.cpp (src/llama-vocab.cpp) or, where that one rewrites them for
its own engine, of the model's own tokenizer.json. Other kinds are refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError

_WAY_OUT = "Import an ONNX export of the model with its own tokenizer.json instead."
_SPACE = "▁"
# Token types of GGUF.
_NORMAL, _UNKNOWN, _CONTROL, _USER, _UNUSED, _BYTE = 1, 2, 3, 4, 5, 6

_SHORT = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|"
_ENDS = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_LLAMA3 = _SHORT + r"\p{N}{1,3}" + _ENDS
_QWEN2 = _SHORT + r"\p{N}" + _ENDS
_TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)"


@dataclass(frozen=True, slots=True)
class _Split:
    """How text is cut before merging: one expression after the other; the rest is for the model."""

    expressions: tuple[str, ...]
    whole_words: bool = False  # a piece that is a token stays one, whatever the merges say
    bos: bool = False  # starts with the BOS token unless the file says otherwise


_DIGITS = _Split((r"\p{N}", _GPT2))
_PRE = {
    "default": _Split((r"[\p{P}\$\+<=>\^~\|]+", _GPT2, r"\p{N}+", r"[0-9][0-9][0-9]")),
    "gpt-2": _Split((_GPT2,)),
    **dict.fromkeys(("smollm", "starcoder", "refact", "command-r", "codeshell"), _DIGITS),
    **dict.fromkeys(
        ("llama-bpe", "llama3", "llama-v3", "falcon3"),
        _Split((_LLAMA3,), whole_words=True, bos=True),
    ),
    **dict.fromkeys(("qwen2", "deepseek-r1-qwen", "stablelm2"), _Split((_QWEN2,))),
    "tekken": _Split((_TEKKEN,), whole_words=True, bos=True),
}


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """The three files of a tokenizer, as JSON objects."""

    tokenizer: dict[str, Any]
    config: dict[str, Any]
    generation: dict[str, Any]


def known() -> list[str]:
    """The ways of splitting text (`tokenizer.ggml.pre`) that byte-level vocabularies may name."""
    return sorted(_PRE)


def read(metadata: Mapping[str, Any], path: Path, vocabulary: int) -> Tokenizer:
    """The tokenizer of a GGUF file's metadata; raises JournalError for one that it cannot express.

    `path` names the file in errors, `vocabulary` is the count of rows of the embedding.
    """
    reader = _Reader(metadata, path, vocabulary)
    kind = metadata.get("tokenizer.ggml.model")
    if kind == "gpt2":
        return reader.finish(*reader.byte_level())
    if kind == "llama":
        return reader.finish(*reader.sentencepiece())
    raise JournalError(
        f"tokenizer.ggml.model of {path} is {kind!r}; 'gpt2' and 'llama' are known.", _WAY_OUT
    )


class _Reader:
    def __init__(self, metadata: Mapping[str, Any], path: Path, vocabulary: int) -> None:
        self._metadata, self._path = metadata, path
        self._tokens = self._list("tokens", str)
        self._types = self._list("token_type", int, default=[_NORMAL] * len(self._tokens))
        if len(self._types) != len(self._tokens):
            raise self._odd("token_type", "has another length than the tokens")
        if not 0 < len(self._tokens) <= vocabulary:
            raise self._odd("tokens", f"has {len(self._tokens)} of {vocabulary} tokens")
        self._ids = {token: id for id, token in enumerate(self._tokens)}
        if len(self._ids) != len(self._tokens):
            raise self._odd("tokens", "names a token twice")

    def byte_level(self) -> tuple[dict[str, Any], bool]:
        """Byte-level BPE: the parts of tokenizer.json, and whether BOS comes first."""
        pre = self._metadata.get("tokenizer.ggml.pre", "default")
        split = _PRE.get(pre) if isinstance(pre, str) else None
        if split is None:
            raise JournalError(
                f"tokenizer.ggml.pre of {self._path} is {pre!r}: that way of splitting text is not "
                f"known. Known are {', '.join(known())}.",
                _WAY_OUT,
            )
        merges = [self._merge(one) for one in self._list("merges", str)]
        cut = [
            {
                "type": "Split",
                "pattern": {"Regex": one},
                "behavior": "Isolated",
                "invert": False,
            }
            for one in split.expressions
        ]
        level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
        parts = {
            "normalizer": None,
            "pre_tokenizer": {
                "type": "Sequence",
                "pretokenizers": [*cut, {**level, "use_regex": False}],
            },
            "decoder": {**level, "use_regex": True},
            "model": self._model(merges, ignore_merges=split.whole_words),
        }
        return parts, split.bos

    def sentencepiece(self) -> tuple[dict[str, Any], bool]:
        """SentencePiece BPE with bytes to fall back on, as Llama 2 has it."""
        scores = self._list("scores", float)
        if len(scores) != len(self._tokens):
            raise self._odd("scores", "has another length than the tokens")
        prefix = self._flag("add_space_prefix", True)
        space = {"type": "Replace", "pattern": {"String": " "}, "content": _SPACE}
        back = {"type": "Replace", "pattern": {"String": _SPACE}, "content": " "}
        normal = [{"type": "Prepend", "prepend": _SPACE}, space] if prefix else [space]
        decode = [back, {"type": "ByteFallback"}, {"type": "Fuse"}]
        if prefix:
            decode.append({"type": "Strip", "content": " ", "start": 1, "stop": 0})
        unknown = next((id for id, kind in enumerate(self._types) if kind == _UNKNOWN), None)
        parts = {
            "normalizer": {"type": "Sequence", "normalizers": normal},
            "pre_tokenizer": None,
            "decoder": {"type": "Sequence", "decoders": decode},
            "model": self._model(
                self._implied(scores),
                unk_token=None if unknown is None else self._tokens[unknown],
                fuse_unk=True,
                byte_fallback=True,
            ),
        }
        return parts, True

    def finish(self, parts: dict[str, Any], bos_first: bool) -> Tokenizer:
        """Add the special tokens and what a Hugging Face folder says beside the tokenizer."""
        bos, eos = self._special("bos"), self._special("eos")
        if eos is None:
            raise self._odd("eos_token_id", "is missing: nothing would end an answer")
        first = bos is not None and self._flag("add_bos_token", bos_first)
        added = [
            {
                "id": id,
                "content": self._tokens[id],
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": kind != _USER,
            }
            for id, kind in enumerate(self._types)
            if kind in (_CONTROL, _USER, _UNKNOWN)
        ]
        tokenizer = {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": added,
            "post_processor": self._template(bos) if first and bos is not None else None,
            **parts,
        }
        pad = self._special("padding")
        ends = [eos, *(self._special(name) for name in ("eot", "eom"))]
        stops = sorted({id for id in ends if id is not None})
        generation = {"eos_token_id": stops if len(stops) > 1 else eos}
        config: dict[str, Any] = {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "add_bos_token": first,
            "eos_token": self._tokens[eos],
            "clean_up_tokenization_spaces": False,
        }
        for name, id in (("bos", bos), ("pad", pad), ("unk", self._special("unknown"))):
            if id is not None:
                config[f"{name}_token"] = self._tokens[id]
        for name, id in (("bos", bos), ("pad", pad)):
            if id is not None:
                generation[f"{name}_token_id"] = id
        template = self._metadata.get("tokenizer.chat_template")
        if isinstance(template, str):
            config["chat_template"] = template
        return Tokenizer(tokenizer, config, generation)

    def _model(self, merges: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
        return {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            **more,
            "vocab": self._ids,
            "merges": merges,
        }

    def _merge(self, text: str) -> tuple[str, str]:
        # The first space may be part of a piece only in files that spell the space itself.
        left, _, right = text.partition(" ")
        for one in (left, right, left + right):
            if one not in self._ids:
                raise self._odd("merges", f"merges {text!r}, which are no tokens")
        return left, right

    def _implied(self, scores: list[float]) -> list[tuple[str, str]]:
        """Each way to make a token out of two others, the best score first."""
        found = []
        for id, token in enumerate(self._tokens):
            if self._types[id] not in (_NORMAL, _USER):
                continue
            for at in range(1, len(token)):
                left, right = self._ids.get(token[:at]), self._ids.get(token[at:])
                if left is not None and right is not None:
                    found.append((-scores[id], id, left, right))
        return [(self._tokens[left], self._tokens[right]) for _, _, left, right in sorted(found)]

    def _template(self, bos: int) -> dict[str, Any]:
        token = self._tokens[bos]
        first = {"SpecialToken": {"id": token, "type_id": 0}}
        texts = [{"Sequence": {"id": letter, "type_id": n}} for n, letter in enumerate("AB")]
        return {
            "type": "TemplateProcessing",
            "single": [first, texts[0]],
            "pair": [first, *texts],
            "special_tokens": {token: {"id": token, "ids": [bos], "tokens": [token]}},
        }

    def _special(self, name: str) -> int | None:
        value = self._metadata.get(f"tokenizer.ggml.{name}_token_id")
        if value is None:
            return None
        if not isinstance(value, int) or not 0 <= value < len(self._tokens):
            raise self._odd(f"{name}_token_id", f"is {value}, which is no token")
        return value

    def _flag(self, name: str, default: bool) -> bool:
        value = self._metadata.get(f"tokenizer.ggml.{name}", default)
        if not isinstance(value, bool):
            raise self._odd(name, "is neither true nor false")
        return value

    def _list(self, name: str, kind: type, default: list[Any] | None = None) -> list[Any]:
        value = self._metadata.get(f"tokenizer.ggml.{name}", default)
        if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
            raise self._odd(name, "is missing or of the wrong type")
        return value

    def _odd(self, name: str, what: str) -> JournalError:
        return JournalError(f"tokenizer.ggml.{name} of {self._path} {what}.", _WAY_OUT)
