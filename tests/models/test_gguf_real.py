"""SmolLM2-135M from its GGUF file, beside the float reference and beside llama.cpp."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import pytest
from tokenizers import Tokenizer

from journal_app.models.gguf import convert
from tests.helpers.gguf_llamacpp import LlamaCpp
from tests.helpers.gguf_tiny import stored_reference
from tests.helpers.packs import real_gguf

ASKED = [
    "What is the capital of France?",
    "Rewrite this sentence in plain words: The learning rate of 3e-4 diverged after 1500 steps, "
    "so we went back to 1e-4 with a longer warmup.",
    "Give this note a title: Trained the 12-layer model on the new tokenizer; validation loss "
    "2.91, worse than before.",
]
COUNT = 16
END = 2  # <|im_end|>


class Real:
    """The converted model in a session, and where it came from."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime as ort

        self.source = real_gguf()
        self.report = convert(self.source, folder)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        self._session = ort.InferenceSession(str(folder / "model.onnx"), options)

    def prompt(self, text: str) -> list[int]:
        """A question in the model's chat form."""
        whole = f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"
        ids: list[int] = self.tokenizer.encode(whole).ids
        return ids

    def logits(self, tokens: list[int]) -> Any:
        """Logits of every position."""
        feed = {
            "input_ids": np.array([tokens]),
            "attention_mask": np.ones((1, len(tokens)), np.int64),
            "num_logits_to_keep": np.array([0]),
        }
        for one in self._session.get_inputs():
            if one.name.startswith("past_key_values"):
                feed[one.name] = np.zeros((1, one.shape[1], 0, one.shape[3]), np.float32)
        return self._session.run(["logits"], feed)[0][0]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> list[Real]:
    """Made by the first test that has the pack, for all of them."""
    return []


@pytest.fixture
def real(converted: list[Real], tmp_path_factory: pytest.TempPathFactory) -> Real:
    """The converted model; a skip where the pack is not installed."""
    if not converted:
        real_gguf()
        converted.append(Real(tmp_path_factory.mktemp("real")))
    return converted[0]


def likely(logits: Any) -> Any:
    """Log probabilities."""
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def test_the_conversion_takes_seconds(real: Real) -> None:
    assert real.report.seconds < 10
    assert real.report.parameters == 134_515_008
    assert real.report.licence == "apache-2.0"


@pytest.mark.parametrize("asked", ASKED)
def test_answers_are_as_near_to_the_weights_as_llama_cpp_is(asked: str, real: Real) -> None:
    prompt = real.prompt(asked)
    theirs = LlamaCpp(real.source).greedy(prompt, COUNT)
    tokens = [token for token, _ in theirs]
    every = [*prompt, *tokens[:-1]]
    wanted = likely(stored_reference(real.source).logits(every))[len(prompt) - 1 :]
    found = likely(real.logits(every))[len(prompt) - 1 :]
    at = np.arange(COUNT)
    from_weights = np.abs(found[at, tokens] - wanted[at, tokens])
    from_them = np.abs(found[at, tokens] - np.array([chance for _, chance in theirs]))
    assert from_weights.mean() < 0.1
    assert from_them.mean() < 0.1
    # Wherever the weights leave no doubt (e^0.5 between the first two), both say the same token.
    best = np.sort(wanted, axis=-1)
    sure = best[:, -1] - best[:, -2] > 0.5
    assert sure.mean() > 0.5
    assert (found.argmax(-1) == wanted.argmax(-1))[sure].all()
    spoken = sure & (wanted.argmax(-1) != END)  # llama.cpp was told not to end
    assert (found.argmax(-1) == np.array(tokens))[spoken].all()


def test_the_answer_in_words(real: Real) -> None:
    tokens = real.prompt("What is the capital of France?")
    start = len(tokens)
    for _ in range(8):
        tokens.append(int(real.logits(tokens)[-1].argmax()))
    assert real.tokenizer.decode(tokens[start:]).startswith("The capital of France is Paris.")
