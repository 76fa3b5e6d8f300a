"""Any ONNX decoder writes what a plain forward pass says, token for token."""

from __future__ import annotations

import dataclasses
import os
import threading
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import numpy as np
import onnx
import pytest

from journal_app.domain.generate import Message, Prompt, Sampling
from journal_app.errors import Cancelled, JournalError
from journal_app.models.decoding.decoder import Decoder
from tests.helpers import decoder_graphs, decoders
from tests.helpers.decoders import Tiny

GEMMA4 = Tiny(
    layers=5,
    head_sizes=(8, 16, 8, 8, 16),
    globals=frozenset({1, 4}),
    sources=(0, 1, 2, 2, 1),
    kv_heads=1,
    ple=6,
    seed=11,
)
LLAMA = Tiny(gemma=False, globals=frozenset(), head_sizes=(16,) * 4, seed=5)
PROMPT = Prompt((Message("user", "the loss went down because warmup was 500"),), limit=24)
ENDS = {1, 2, 4}


def pack(folder: Path, tiny: Tiny, **options: Any) -> tuple[Tiny, dict[str, Any]]:
    """Write a whole pack in the usual form; its shape and weights."""
    folder.mkdir(parents=True, exist_ok=True)
    tiny = dataclasses.replace(tiny, vocabulary=decoders.tokenizer_json(folder))
    w = decoders.weights(tiny)
    decoders.settings(folder, tiny)
    make = decoder_graphs.gemma if tiny.gemma else decoder_graphs.llama
    if tiny.ple:
        (folder / "onnx").mkdir()
        onnx.save(decoder_graphs.embedder(tiny, w), folder / "onnx" / "embed_tokens_q4.onnx")
        onnx.save(make(tiny, w), folder / "onnx" / "decoder_model_merged_q4.onnx")
    else:
        onnx.save(make(tiny, w, **options), folder / "model.onnx")
    return tiny, w


def written(decoder: Decoder, prompt: Prompt, **how: Any) -> tuple[list[int], list[int]]:
    """The prompt's tokens and the tokens written after them that the model read again."""
    made = decoder.generate(prompt, **how)
    read = decoder.runner.read
    return read[: made.prompt_tokens], read[made.prompt_tokens :]


CASES = [
    pytest.param(Tiny(), {}, False, id="gemma 3"),
    pytest.param(Tiny(cache=np.float16), {}, False, id="gemma 3, caches of float16"),
    pytest.param(Tiny(), {"branch": True}, False, id="an old merged export"),
    pytest.param(GEMMA4, {}, False, id="gemma 4: two graphs, per-layer inputs, shared caches"),
    pytest.param(LLAMA, {}, True, id="llama on shared buffers"),
    pytest.param(LLAMA, {"peek": True}, False, id="llama that looks at the past's length"),
    pytest.param(
        dataclasses.replace(LLAMA, cache=np.float16), {}, True, id="llama, buffers of float16"
    ),
]


@pytest.mark.parametrize(("tiny", "options", "shared"), CASES)
@pytest.mark.parametrize("chunk", [7, 128])
def test_it_writes_what_a_plain_forward_pass_says(
    tmp_path: Path, tiny: Tiny, options: dict[str, Any], shared: bool, chunk: int
) -> None:
    tiny, w = pack(tmp_path, tiny, **options)
    decoder = Decoder(tmp_path, "cpu", chunk=chunk)
    ids, made = written(decoder, PROMPT)
    expected = decoders.greedy(tiny, w, ids, PROMPT.limit, ENDS)
    assert len(expected) > 8, "the random model ends too early to prove anything"
    assert made == expected[: len(made)] and len(made) >= len(expected) - 1
    assert decoder.runner.shared is shared  # type: ignore[attr-defined]
    logits = decoders.forward(tiny, w, ids)[-1]
    decoder.runner.keep(0, len(ids))
    import onnxruntime as ort

    again = decoder.runner.feed(ids, ort.RunOptions())
    assert np.abs(again - logits).max() < (0.05 if tiny.cache is np.float16 else 1e-3)


class Counting:
    """How many tokens each step of a decoder reads."""

    def __init__(self, decoder: Decoder) -> None:
        self.steps: list[int] = []
        feed = decoder.runner.feed

        def counted(tokens: list[int], options: Any) -> Any:
            self.steps.append(len(tokens))
            return feed(tokens, options)

        decoder.runner.feed = counted  # type: ignore[method-assign]


def ask(text: str, **options: Any) -> Prompt:
    return Prompt((Message("user", text),), **{"limit": 8, **options})


@pytest.mark.parametrize("tiny", [Tiny(), LLAMA, GEMMA4], ids=["growing", "shared", "gemma 4"])
def test_a_shared_beginning_is_read_once_and_changes_nothing(tmp_path: Path, tiny: Tiny) -> None:
    pack(tmp_path, tiny)
    decoder, cold = Decoder(tmp_path, "cpu", chunk=16), Decoder(tmp_path, "cpu", chunk=16)
    beginning = "the run went down because warmup was 500 and the seed was 3. " * 2
    decoder.generate(ask(beginning + "what now"))
    counting = Counting(decoder)
    seen: list[tuple[int, int]] = []
    made = decoder.generate(
        ask(beginning + "why"), progress=lambda done, total: seen.append((done, total))
    )
    fresh = cold.generate(ask(beginning + "why"))
    assert (made.text, made.prompt_tokens) == (fresh.text, fresh.prompt_tokens)
    assert sum(counting.steps) - (made.tokens - 1) < 20 < made.prompt_tokens
    assert seen[-1] == (made.prompt_tokens, made.prompt_tokens)
    # The same again, then something else: neither is mixed with what is left from before.
    assert decoder.generate(ask(beginning + "why")).text == fresh.text
    other = decoder.generate(ask("a seed"))
    assert other.text == Decoder(tmp_path, "cpu").generate(ask("a seed")).text


def test_a_shared_buffer_grows_and_shrinks_without_losing_what_was_read(tmp_path: Path) -> None:
    tiny, w = pack(tmp_path, dataclasses.replace(LLAMA, context=4096))
    decoder = Decoder(tmp_path, "cpu")
    words = "the loss went down because warmup was 500. "
    for repeats in (1, 30, 2, 40):
        ids, made = written(decoder, ask(words * repeats))
        expected = decoders.greedy(tiny, w, ids, 8, ENDS)
        assert made == expected[: len(made)] and len(made) >= len(expected) - 1


def test_a_long_prompt_is_read_in_chunks_that_show_progress(tmp_path: Path) -> None:
    pack(tmp_path, Tiny())
    decoder = Decoder(tmp_path, "cpu", chunk=10)
    counting, seen = Counting(decoder), []
    made = decoder.generate(
        ask("the loss went down " * 8), progress=lambda done, total: seen.append((done, total))
    )
    prefill = counting.steps[: len(counting.steps) - made.tokens + 1]
    assert max(prefill) == 10 and sum(prefill) == made.prompt_tokens
    assert [done for done, _ in seen] == np.cumsum(prefill).tolist()
    assert min(prefill) > 1, "a single token is rounded in another way"


def test_an_old_export_reads_a_prompt_whole(tmp_path: Path) -> None:
    pack(tmp_path, Tiny(), branch=True)
    decoder = Decoder(tmp_path, "cpu", chunk=10)
    counting = Counting(decoder)
    made = decoder.generate(ask("the loss went down " * 8))
    assert counting.steps[0] == made.prompt_tokens


def test_a_running_step_ends_at_once_from_another_thread(tmp_path: Path) -> None:
    """The graph would compute for years: only a true end of the running call lets this pass."""
    pack(tmp_path, LLAMA)
    path = tmp_path / "model.onnx"
    model = onnx.load(path)
    from tokenizers import Tokenizer

    hash_sign = Tokenizer.from_file(str(tmp_path / "tokenizer.json")).token_to_id("#")
    onnx.save(decoder_graphs.hanging(model, hash_sign), path)
    decoder = Decoder(tmp_path, "cpu")
    before = decoder.generate(ask("the loss")).text
    asked, ended = threading.Event(), threading.Event()

    def stopped() -> bool:
        asked.set()
        return False

    def work() -> None:
        with pytest.raises(Cancelled):
            decoder.generate(ask("# the loss"), stopped=stopped)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert asked.wait(60)
    assert not ended.wait(0.2), "the step should still be computing"
    decoder.terminate()
    thread.join(60)
    assert ended.is_set()
    assert decoder.generate(ask("the loss")).text == before


def test_cancelling_stops_between_two_steps_and_the_next_request_is_whole(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu", chunk=8)
    whole = decoder.generate(ask("the loss went down and up", limit=20)).text
    for after in (0, 1, 3, 9):
        asked = iter(range(100))
        with pytest.raises(Cancelled):
            decoder.generate(
                ask("the loss went down and up", limit=20),
                stopped=lambda asked=asked, after=after: next(asked) >= after,
            )
        assert decoder.generate(ask("the loss went down and up", limit=20)).text == whole
    decoder.terminate()  # nothing runs: nothing happens
    assert decoder.generate(ask("the loss went down and up", limit=20)).text == whole


def test_what_does_not_fit_is_refused_with_the_counts(tmp_path: Path) -> None:
    pack(tmp_path, dataclasses.replace(Tiny(), context=64))
    decoder = Decoder(tmp_path, "cpu")
    with pytest.raises(JournalError, match=r"[\d,]+ tokens and the answer may have 8") as told:
        decoder.generate(ask("the loss went down " * 30))
    assert "64" in told.value.message and "journal model list" in told.value.hint
    assert decoder.context == 64


def test_counting_tokens_knows_no_special_ones(tmp_path: Path) -> None:
    pack(tmp_path, Tiny())
    decoder = Decoder(tmp_path, "cpu")
    assert decoder.count(["", " the loss"]) == [0, 2]


def test_sampling_is_seeded(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu")

    def text(seed: int) -> str:
        sampling = Sampling(temperature=1.5, top_p=0.95, min_p=0.01, seed=seed)
        return decoder.generate(ask("the loss", limit=12, sampling=sampling)).text

    assert text(1) == text(1)
    assert len({text(seed) for seed in range(5)}) > 1


def test_repeating_tokens_are_punished_only_where_they_were_generated(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu")
    free = written(decoder, ask("the loss", limit=20))[1]
    held = written(decoder, ask("the loss", limit=20, sampling=Sampling(repetition=50.0)))[1]
    assert held[0] == free[0], "the prompt's own tokens are not punished"
    assert len(set(held)) == len(held)


class Letters:
    """Only small letters and spaces; the text may end after a whole pair of characters."""

    def __init__(self) -> None:
        self.asked = 0

    def allows(self, text: str, piece: str) -> bool:
        self.asked += 1
        return all(letter in " abcdefghijklmnopqrstuvwxyz" for letter in piece)

    def ends(self, text: str) -> bool:
        return len(text) % 2 == 0


@pytest.mark.parametrize("temperature", [0.0, 2.0])
def test_a_guard_decides_about_every_token(tmp_path: Path, temperature: float) -> None:
    pack(tmp_path, LLAMA)
    guard = Letters()
    decoder = Decoder(tmp_path, "cpu", guard=lambda sources: guard)
    sampling = Sampling(temperature=temperature)
    free = decoder.generate(ask("the loss", limit=40, sampling=sampling))
    made = decoder.generate(ask("the loss", limit=40, sampling=sampling, copy_from=("a",)))
    assert not guard.allows("", free.text)
    assert guard.allows("", made.text)
    assert made.text and guard.ends(made.text)


def test_a_guard_gets_the_most_probable_token_that_it_allows(tmp_path: Path) -> None:
    tiny, w = pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu", guard=lambda sources: Letters())
    ids, made = written(decoder, ask("the loss", copy_from=("a",)))
    allowed = [
        decoder._vocabulary.data(token) is not None  # a special token is never allowed
        and Letters().allows(
            "", (decoder._vocabulary.data(token) or b"!").decode("utf-8", "replace")
        )
        for token in range(tiny.vocabulary)
    ]
    for at, token in enumerate(made):
        logits = decoders.forward(tiny, w, ids + made[:at])[-1]
        logits[~np.array(allowed)] = -np.inf
        logits[list(ENDS)] = -np.inf
        assert token == int(np.argmax(logits))


class Nothing:
    """A guard that is in a dead end."""

    def allows(self, text: str, piece: str) -> bool:
        return False

    def ends(self, text: str) -> bool:
        return False


def test_a_dead_end_is_told_as_unfinished(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu", guard=lambda sources: Nothing())
    made = decoder.generate(ask("the loss", copy_from=("a",)))
    assert (made.text, made.tokens, made.reason) == ("", 0, "length")


def test_stop_strings_are_never_shown(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu")
    whole = decoder.generate(ask("the loss", limit=30)).text
    at = len(whole) // 2
    stop = whole[at : at + 4]
    shown: list[str] = []
    made = decoder.generate(ask("the loss", limit=30, stop=(stop, "")), emit=shown.append)
    assert made.reason == "stop"
    assert made.text == whole[: whole.index(stop)] == "".join(shown)


def test_every_end_that_the_pack_names_ends_a_turn(tmp_path: Path) -> None:
    """The config names <eos>, the generation settings <end_of_turn> too; neither is shown."""
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu")
    steps = decoder.runner.feed
    for end in (1, 4):

        def ending(tokens: list[int], options: Any, end: int = end) -> Any:
            logits = steps(tokens, options).copy()
            if len(tokens) == 1:
                logits[end] = 1e6
            return logits

        decoder.runner.feed = ending  # type: ignore[method-assign]
        made = decoder.generate(ask("the loss"))
        assert (made.reason, made.tokens) == ("stop", 1)
        assert "<" not in made.text


def test_numbers_that_overflow_are_told(tmp_path: Path) -> None:
    pack(tmp_path, LLAMA)
    decoder = Decoder(tmp_path, "cpu")
    decoder.runner.feed = lambda tokens, options: np.full(300, np.nan, np.float32)  # type: ignore[method-assign]
    with pytest.raises(JournalError, match="no numbers"):
        decoder.generate(ask("the loss"))
