"""Sentences to unit vectors with a MiniLM-like encoder on ONNX Runtime.

Mean pooling over the tokens, then L2 norm, at most 256 tokens a sentence (the limit that
sentence-transformers sets for all-MiniLM-L6-v2). Runs in the model host process only.

An NPU gets the static form of the encoder (`static_encoder`): rows of fixed length that hold as
many texts as fit.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.models import compact, devices, onnx_file
from journal_app.models.npu import compiled, static_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TOKENS = 256
BATCH = 16
TOGETHER = 1024  # tokens of a batch: memory grows with them, speed hardly any more
# Tokens of a row on an NPU: what one sentence needs, and what the longest text needs.
STATIC_LENGTHS = (64, MAX_TOKENS)


class Embedder:
    """One loaded model. `policy` and `strict` choose the device (see `devices`); `threads` is the
    most it takes of the CPU, `batch` how many texts it reads at once (memory grows with it);
    `cache` is where compiled graphs lie (beside the pack where nothing is said); `static` takes
    the NPU's form on any device."""

    def __init__(
        self,
        model: Path,
        vocab: Path,
        policy: str = "auto",
        *,
        strict: bool = False,
        static: bool = False,
        threads: int = devices.MAX_THREADS,
        batch: int = BATCH,
        cache: Path | None = None,
    ) -> None:
        from tokenizers import BertWordPieceTokenizer

        self._model = model
        self._threads, self._batch, self._strict = threads, batch, strict
        self._tokenizer = BertWordPieceTokenizer(str(vocab), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._sessions: dict[int, Any] = {}
        self._static = static
        self._store = compiled.Store(cache or model.parent.parent / compiled.FOLDER)
        self._loose = compiled.Store(None)
        candidates = devices.wanted(devices.detect(), policy, strict)
        session, self._found, info = devices.open_best(
            candidates, policy, self._start, strict=strict, model=model
        )
        self._static = self._takes_static(self._found)
        self._sessions[STATIC_LENGTHS[0] if self._static else 0] = session
        npu = self._found.kind == "npu"
        precision = "fp16" if npu else onnx_file.read(model).precision
        self.info = dataclasses.replace(info, precision=precision)
        self.dimensions = int(session.get_outputs()[0].shape[-1])
        self._inputs = {one.name for one in session.get_inputs()}

    def _takes_static(self, found: devices.Found) -> bool:
        return self._static or found.kind == "npu"

    def _start(self, found: devices.Found) -> Any:
        return self._open(found, STATIC_LENGTHS[0] if self._takes_static(found) else 0)

    def _open(self, found: devices.Found, tokens: int) -> Any:
        import onnxruntime as ort

        if tokens:
            store = self._store if found.kind == "npu" else self._loose
            return store.open(form(self._model, tokens), found, self._threads)
        options = devices.options(found, self._threads, strict=self._strict)
        model: Path | bytes = self._model
        if found.kind == "cpu":
            model = compact.cached(self._model, compiled.file_digest(self._model))
        source = model if isinstance(model, bytes) else str(model)
        return ort.InferenceSession(source, sess_options=options)

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Yield (indices, vectors (k, d)) batch by batch: like lengths together, short first."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        if self._static:
            yield from self._packed(tokens, order)
            return
        at = 0
        while at < len(order):
            rows = [order[at]]
            for one in order[at + 1 : at + self._batch]:
                if (len(rows) + 1) * len(tokens[one]) > TOGETHER:
                    break
                rows.append(one)
            at += len(rows)
            yield rows, self._run([tokens[index] for index in rows])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """All vectors at once, (n, d), rows of unit length."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for rows, vectors in self.batches(texts):
            out[rows] = vectors
        return out

    @staticmethod
    def quantize(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
        """Rows as int8 with a scale each: row ≈ scale * int8 row."""
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
        return scales.astype(np.float32), np.rint(vectors / scales[:, None]).astype(np.int8)

    def _packed(
        self, tokens: Sequence[list[int]], order: Sequence[int]
    ) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Rows of fixed length with as many texts as fit, `order` from short to long."""
        at = 0
        for size in STATIC_LENGTHS:
            part = [one for one in order[at:] if len(tokens[one]) <= size]
            at += len(part)
            for row, feed in static_encoder.feeds([tokens[one] for one in part], size):
                if size not in self._sessions:
                    self._sessions[size] = self._open(self._found, size)
                hidden = self._sessions[size].run(None, feed)[0][0]
                rows = [part[one] for one in row]
                lengths = [len(tokens[one]) for one in rows]
                ends = np.cumsum(lengths)
                pooled = [
                    hidden[end - length : end].mean(0)
                    for end, length in zip(ends, lengths, strict=True)
                ]
                yield rows, _unit(np.array(pooled, np.float32))

    def _run(self, tokens: list[list[int]]) -> NDArray[np.float32]:
        rows, length = len(tokens), max(len(one) for one in tokens)
        ids = np.zeros((rows, length), np.int64)
        mask = np.zeros((rows, length), np.int64)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in feed.items() if name in self._inputs}
        hidden = self._sessions[0].run(None, given)[0]
        weights = mask[:, :, None].astype(np.float32)
        return _unit((hidden * weights).sum(1) / weights.sum(1))


def form(model: Path, tokens: int) -> compiled.Form:
    """The static form of an encoder with rows of `tokens` tokens."""
    return compiled.Form(
        f"{model.parent.name}, rows of {tokens} tokens",
        compiled.file_digest(model),
        static_encoder.FORM,
        str(tokens),
        lambda target: static_encoder.write(model, target, tokens),
    )


def _unit(pooled: NDArray[np.float32]) -> NDArray[np.float32]:
    norm = np.linalg.norm(pooled, axis=1, keepdims=True)
    result: NDArray[np.float32] = (pooled / np.maximum(norm, 1e-9)).astype(np.float32)
    return result
