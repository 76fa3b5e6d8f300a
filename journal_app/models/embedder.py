"""Sentences to unit vectors with a MiniLM-like encoder on ONNX Runtime.

Mean pooling over the tokens, then L2 norm, at most 256 tokens a sentence (the limit that
sentence-transformers sets for all-MiniLM-L6-v2). Runs in the model host process only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.models import devices

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TOKENS = 256
BATCH = 16
# An NPU takes static shapes only: a batch of 8 at the shortest of these lengths that fits.
STATIC_BATCH = 8
STATIC_LENGTHS = (64, MAX_TOKENS)


class Embedder:
    """One loaded model. `choice` is `auto`, `npu`, `gpu` or `cpu`; `threads` is the most it takes
    of the CPU, `batch` how many texts it reads at once (memory grows with it)."""

    def __init__(
        self,
        model: Path,
        vocab: Path,
        choice: str = "auto",
        *,
        static: bool = False,
        threads: int = devices.MAX_THREADS,
        batch: int = BATCH,
    ) -> None:
        from tokenizers import BertWordPieceTokenizer

        self._model = model
        self._threads, self._batch = threads, batch
        self._tokenizer = BertWordPieceTokenizer(str(vocab), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._sessions: dict[int, Any] = {}
        self._static = static
        candidates = devices.wanted(devices.detect(), choice)
        session, self._found, self.info = devices.open_best(candidates, choice, self._start)
        self._static = static or self._needs_static(self._found)
        self._sessions[STATIC_LENGTHS[0] if self._static else 0] = session
        self.dimensions = int(session.get_outputs()[0].shape[-1])
        self._inputs = {one.name for one in session.get_inputs()}

    @staticmethod
    def _needs_static(found: devices.Found) -> bool:
        return found.kind == "npu"

    def _start(self, found: devices.Found) -> Any:
        static = self._static or self._needs_static(found)
        return self._open(found, STATIC_LENGTHS[0] if static else 0)

    def _open(self, found: devices.Found, length: int) -> Any:
        import onnxruntime as ort

        given = devices.options(found, self._threads)
        if length:
            given.add_free_dimension_override_by_name("batch", STATIC_BATCH)
            given.add_free_dimension_override_by_name("sequence", length)
        return ort.InferenceSession(str(self._model), sess_options=given)

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Yield (indices, vectors (k, d)) batch by batch: like lengths together, short first."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        size = STATIC_BATCH if self._static else self._batch
        for at in range(0, len(order), size):
            rows = order[at : at + size]
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

    def _run(self, tokens: list[list[int]]) -> NDArray[np.float32]:
        longest = max(len(one) for one in tokens)
        rows, length, key = len(tokens), longest, 0
        if self._static:
            rows = STATIC_BATCH
            key = length = next(size for size in STATIC_LENGTHS if size >= longest)
        if key not in self._sessions:
            self._sessions[key] = self._open(self._found, key)
        ids = np.zeros((rows, length), np.int64)
        mask = np.zeros((rows, length), np.int64)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        mask[len(tokens) :, 0] = 1  # rows of padding: a mask of zeros would divide by zero
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in feed.items() if name in self._inputs}
        hidden = self._sessions[key].run(None, given)[0][: len(tokens)]
        weights = mask[: len(tokens), :, None].astype(np.float32)
        pooled = (hidden * weights).sum(1) / weights.sum(1)
        norm = np.linalg.norm(pooled, axis=1, keepdims=True)
        result: NDArray[np.float32] = (pooled / np.maximum(norm, 1e-9)).astype(np.float32)
        return result
