"""llama.cpp (PyPI xllamacpp) on a GGUF file: its tokens and its answers, over loopback."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


class LlamaCpp:
    """A server of llama.cpp in this process, one thread; skips the test where there is none."""

    def __init__(self, path: Path, context: int = 512) -> None:
        xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp has no wheel here")
        wanted = xllamacpp.CommonParams()
        wanted.model.path = str(path)
        wanted.n_ctx = context
        wanted.n_parallel = 1
        wanted.verbosity = 0
        wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
        self._server = xllamacpp.Server(wanted)

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """What a text is cut into; `special` adds BOS where the model wants it."""
        body = {"content": text, "add_special": special, "parse_special": True}
        request = urllib.request.Request(
            self._server.listening_address + "/tokenize",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: list[int] = json.load(answer)["tokens"]
        return found

    def greedy(self, prompt: Sequence[int], count: int) -> list[tuple[int, float]]:
        """The likeliest next tokens with their log probabilities, whether or not they end it."""
        answer: dict[str, Any] = self._server.handle_completions(
            {
                "prompt": list(prompt),
                "n_predict": count,
                "temperature": 0,
                "n_probs": 1,
                "ignore_eos": True,
                "cache_prompt": False,
            }
        )
        each = answer["choices"][0]["logprobs"]["content"]
        return [(one["id"], one["logprob"]) for one in each]
