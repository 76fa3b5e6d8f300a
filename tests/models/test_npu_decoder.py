"""The generator on a Snapdragon X Elite's NPU, emulated: the decode graph whole, the same tokens.

The prompts are such that float32 prefers each of its 24 tokens by 0.18 logits or more. Arithmetic
in 16 bits moves the lead of a token by up to 0.1, and the pack's own on the CPU (8-bit activations)
by more: which of two nearly equal tokens wins means nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from journal_app.domain.generate import Message
from journal_app.models import devices
from journal_app.models.decoding.decoder import Decoder
from journal_app.models.devices import devices_work
from journal_app.models.gguf_read import Config, Weights
from journal_app.models.npu import compiled, static_decoder, static_llama
from journal_app.models.npu.static_decoder import Loop
from journal_app.models.npu.static_llama import Shape
from tests.helpers.npu import emulated
from tests.helpers.packs import real_gguf

PROMPTS = (
    "Summarize in one sentence: We doubled the batch size to 512, the loss curve became smoother, "
    "but the final accuracy fell by 0.4 points.",
    "What does a checkpoint of a model hold?",
    "Shorten: The run failed after three hours because the disk of the data loader was full and "
    "nobody had looked at it.",
)
TOKENS = 24
SLOTS = 128
LEAD = 0.18


def greedy_of_the_pack(decoder: Decoder, ids: Sequence[int]) -> list[int]:
    """The first tokens that the pack writes on the CPU."""
    import onnxruntime as ort

    runner, options = decoder.runner, ort.RunOptions()
    runner.keep(0, len(ids) + TOKENS)
    made = [int(runner.feed(ids, options).argmax())]
    while len(made) < TOKENS:
        made.append(int(runner.feed(made[-1:], options).argmax()))
    return made


def on_the_cpu(folder: Path, weights: Weights, shape: Shape) -> Any:
    """A session of the static form in float32 on the CPU."""
    import onnxruntime as ort

    path = folder / f"{shape.key}.onnx"
    static_llama.write(weights, path, shape)
    options = devices.options(devices.Found("cpu", "", devices.CPU))
    return ort.InferenceSession(str(path), sess_options=options)


def loop_on_the_cpu(folder: Path, source: Path, rows: int) -> Loop:
    """The decode loop of the static form, in float32."""
    with Weights(source) as weights:
        config: Config = weights.config

    def start(tokens: int) -> Any:
        with Weights(source) as weights:
            return on_the_cpu(folder, weights, Shape(rows, tokens, SLOTS))

    return Loop(config, start, rows=rows, slots=SLOTS)


def read(loop: Loop, prompts: Sequence[Sequence[int]]) -> Any:
    """Read prompts of different lengths in chunks; the logits after the last token of each."""
    logits = np.zeros((loop.rows, loop.config.vocab), np.float32)
    for at in range(0, max(map(len, prompts)), loop.chunk):
        parts = [prompt[at : at + loop.chunk] for prompt in prompts]
        made = loop.feed(parts)
        for row, part in enumerate(parts):
            if part:
                logits[row] = made[row]
    return logits


def write(loop: Loop, logits: Any) -> tuple[list[list[int]], float]:
    """TOKENS greedy tokens of every row, and the least lead of a best one."""
    made: list[list[int]] = []
    leads = []
    for _ in range(TOKENS):
        best = np.sort(logits, axis=1)[:, -2:]
        leads.append(float((best[:, 1] - best[:, 0]).min()))
        made.append([int(one) for one in logits.argmax(axis=1)])
        if len(made) < TOKENS:
            logits = loop.feed([[token] for token in made[-1]])
    return [list(row) for row in zip(*made, strict=True)], min(leads)


def test_the_static_form_writes_what_the_pack_writes(tmp_path: Path) -> None:
    source = real_gguf()
    decoder = Decoder(source.parent, "cpu")
    prompts = [decoder.chat.encode((Message("user", one),)) for one in PROMPTS]
    loop = loop_on_the_cpu(tmp_path, source, len(PROMPTS))
    made, lead = write(loop, read(loop, prompts))
    assert made == [greedy_of_the_pack(decoder, prompt) for prompt in prompts]
    assert lead > LEAD  # see above: else the prompts decide nothing


def test_going_back_and_reading_in_chunks_change_nothing(tmp_path: Path) -> None:
    source = real_gguf()
    with Weights(source) as weights:
        config = weights.config
    sessions = {}
    with Weights(source) as weights:
        for tokens in (1, 16):
            path = tmp_path / f"{tokens}.onnx"
            static_llama.write(weights, path, Shape(1, tokens, 64), layers=2)
            sessions[tokens] = path
    import onnxruntime as ort

    def start(tokens: int) -> Any:
        return ort.InferenceSession(str(sessions[tokens]))

    loop = Loop(config, start, slots=64, chunk=16)
    ids = list(range(300, 340))
    for token in ids:
        one_by_one = loop.feed([[token]])
    loop.cut(5)
    for at in range(5, 40, 16):
        chunked = loop.feed([ids[at : at + 16]])
    assert loop.lengths == [40]
    assert np.allclose(one_by_one, chunked, atol=1e-3)
    with pytest.raises(ValueError, match="free slots"):
        loop.cut(64)
        for _ in range(3):
            loop.feed([ids[:16]])


@pytest.mark.timeout(1200)  # emulation: about 80 s of one core, more beside other work
def test_the_decode_graph_runs_wholly_on_the_npu_with_the_tokens_of_the_cpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = emulated(monkeypatch)
    source = real_gguf()
    decoder = Decoder(source.parent, "cpu")
    prompts = [decoder.chat.encode((Message("user", one),)) for one in PROMPTS]
    expected = [greedy_of_the_pack(decoder, prompt) for prompt in prompts]
    del decoder

    rows = len(PROMPTS)
    cpu = loop_on_the_cpu(tmp_path, source, rows)
    logits = read(cpu, prompts)
    npu = next(one for one in devices.detect() if one.id == device)
    form = static_decoder.form(source, 1, rows=rows, slots=SLOTS)
    session = compiled.Store(tmp_path / "compiled").open(form, npu)
    placed = devices_work.placed(session)
    assert {(one.provider, one.kind) for one in placed} == {(devices.QNN, "EPContext")}
    loop = Loop(cpu.config, lambda _: session, rows=rows, slots=SLOTS)
    loop.take(cpu)
    del cpu
    made, lead = write(loop, logits)
    print(f"least lead on the NPU: {lead:.3f} logits")
    assert made == expected


def test_a_prompt_is_read_in_chunks_wholly_on_the_npu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fourteen layers of the graph that takes a chunk at a time, against float32 on the CPU.

    In layer 12 the first token of a text grows to 25,000: what 16 bits hold with care only.
    """
    import onnxruntime as ort

    device = emulated(monkeypatch)
    source = real_gguf()
    npu = next(one for one in devices.detect() if one.id == device)
    store = compiled.Store(tmp_path / "compiled")
    layers, shape = 14, Shape(1, 16, 32)
    with Weights(source) as weights:
        config = weights.config
        static_llama.write(weights, tmp_path / "model.onnx", shape, layers=layers)
    form = static_decoder.form(source, 16, slots=32, layers=layers)

    def loop(session: Any) -> Loop:
        # The same graph for both sizes: every part below has two tokens or more.
        return Loop(config, lambda _: session, slots=32, chunk=16)

    cpu = loop(ort.InferenceSession(str(tmp_path / "model.onnx")))
    ours = loop(store.open(form, npu))
    text = Tokenizer.from_file(str(source.parent / "tokenizer.json")).encode(
        "<|im_start|>user\nWhat does a checkpoint of a model hold, and how large is it?<|im_end|>\n"
        "<|im_start|>assistant"
    )
    for at in (0, 16):
        part = text.ids[at : at + 16]
        expected, made = cpu.feed([part])[0], ours.feed([part])[0]
        cosine = expected @ made / np.linalg.norm(expected) / np.linalg.norm(made)
        assert cosine > 0.9999
    for layer in range(layers):
        kept, theirs = ours.kept(layer), cpu.kept(layer)
        assert max(np.abs(a - b).max() for a, b in zip(kept, theirs, strict=True)) < 0.3
