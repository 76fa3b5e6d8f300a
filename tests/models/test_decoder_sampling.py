"""Which token comes next, and how tokens become text that can be shown."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.generate import Sampling
from journal_app.errors import JournalError
from journal_app.models.decoding.decoder_text import Stream, Vocabulary, held
from journal_app.models.decoding.sampling import Sampler, penalized, within

LOGITS = st.lists(
    st.floats(-30, 30, width=32, allow_subnormal=False), min_size=2, max_size=200
).map(lambda values: np.array(values, np.float32))


@given(LOGITS)
def test_greedy_gives_all_tokens_from_the_most_probable_down(logits: np.ndarray) -> None:
    order = list(Sampler(Sampling()).order(logits, []))
    assert sorted(order) == list(range(len(logits)))
    assert order[0] == int(np.argmax(logits))
    assert all(logits[a] >= logits[b] for a, b in itertools.pairwise(order))


@given(LOGITS, st.floats(0.1, 3), st.floats(0.05, 1), st.floats(0, 0.5), st.integers(0, 99))
def test_sampled_tokens_are_all_there_and_the_kept_ones_come_first(
    logits: np.ndarray, temperature: float, top_p: float, min_p: float, seed: int
) -> None:
    sampling = Sampling(temperature, top_p, min_p, seed=seed)
    order = list(Sampler(sampling).order(logits, []))
    assert order == list(Sampler(sampling).order(logits, []))
    assert sorted(order) == list(range(len(logits)))
    scaled = logits.astype(np.float64) / temperature
    p = np.exp(scaled - scaled.max())
    kept = within((p / p.sum()).astype(np.float32), top_p, min_p)
    assert all(kept[order[: int(kept.sum())]])


def test_samples_follow_the_distribution_also_among_allowed_tokens() -> None:
    p = np.array([0.5, 0.2, 0.2, 0.1])
    sampler = Sampler(Sampling(temperature=1.0, seed=3))
    orders = [list(sampler.order(np.log(p).astype(np.float32), [])) for _ in range(4000)]
    first = np.bincount([order[0] for order in orders], minlength=4) / 4000
    assert np.abs(first - p).max() < 0.03
    allowed = [next(one for one in order if one != 0) for order in orders]
    shares = np.bincount(allowed, minlength=4) / 4000
    assert np.abs(shares - np.array([0, 0.4, 0.4, 0.2])).max() < 0.03


def test_the_tail_is_cut() -> None:
    p = np.array([0.1, 0.5, 0.25, 0.15], np.float32)
    assert within(p, 0.6, 0.0).tolist() == [False, True, True, False]
    assert within(p, 0.0, 0.0).tolist() == [False, True, False, False]
    assert within(p, 1.0, 0.3).tolist() == [False, True, True, True]


def test_a_penalty_moves_towards_unlikely_on_both_sides_of_zero() -> None:
    logits = np.array([4.0, -4.0, 1.0], np.float32)
    assert penalized(logits, [0, 1, 0], 2.0).tolist() == [2.0, -8.0, 1.0]
    assert logits.tolist() == [4.0, -4.0, 1.0]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_no_number_is_no_choice(bad: float) -> None:
    with pytest.raises(JournalError, match="no numbers"):
        next(Sampler(Sampling()).order(np.array([1.0, bad], np.float32), []))


@pytest.fixture(scope="module")
def byte_level(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """A tokenizer as of SmolLM2, Qwen and Llama 3: bytes with a few merges."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(["the loss went down", "日本語 é 🙂 naïve"], trainer)
    return Vocabulary(made)


@pytest.fixture(scope="module")
def byte_fallback(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """A tokenizer as of Gemma and Llama 2: words with ▁, bytes for what is missing."""
    from tokenizers import Tokenizer

    from tests.helpers import decoders

    folder: Path = tmp_path_factory.mktemp("tokenizer")
    decoders.tokenizer_json(folder)
    return Vocabulary(Tokenizer.from_file(str(folder / "tokenizer.json")))


KINDS = ["byte_level", "byte_fallback"]
TEXTS = st.text(
    st.one_of(st.sampled_from("thelosw 12.\n日é🙂<"), st.characters(exclude_categories=["Cs"])),
    max_size=40,
)


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS)
def test_shown_pieces_make_the_text_again_in_whole_characters(
    kind: str, request: pytest.FixtureRequest, text: str
) -> None:
    text = text.replace("▁", " ")  # which is how Gemma's tokenizer writes a space
    vocabulary: Vocabulary = request.getfixturevalue(kind)
    stream = Stream(vocabulary)
    ids = vocabulary._tokenizer.encode(text, add_special_tokens=False).ids
    shown = [stream.push(token) for token in ids]
    assert "".join(shown) + stream.finish() == text == stream.text
    assert not any("\ufffd" in piece for piece in shown if "\ufffd" not in text)


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS, stop=st.lists(st.text("the los\n日", min_size=1, max_size=4), max_size=3))
def test_a_stop_string_cuts_and_no_part_of_it_is_shown(
    kind: str, request: pytest.FixtureRequest, text: str, stop: list[str]
) -> None:
    text = text.replace("▁", " ")
    vocabulary: Vocabulary = request.getfixturevalue(kind)
    stream, shown = Stream(vocabulary, stop), ""
    for token in vocabulary._tokenizer.encode(text, add_special_tokens=False).ids:
        shown += stream.push(token)
        assert not any(one in shown for one in stop)
        if stream.stopped:
            break
    shown += stream.finish()
    places = [text.find(one) for one in stop if one in text]
    if not places:
        assert shown == text
    else:
        assert shown == stream.text
        assert not any(one in shown for one in stop)
        assert text.startswith(shown) and len(shown) >= min(places)


@given(st.text("ab", max_size=12), st.lists(st.text("ab", min_size=1, max_size=5), max_size=4))
def test_just_what_may_begin_a_stop_string_is_held_back(text: str, stop: list[str]) -> None:
    expected = max(
        (length for one in stop for length in range(1, len(one)) if text.endswith(one[:length])),
        default=0,
    )
    assert held(text, stop) == expected


class Plain:
    """A guard without bytes: any ASCII, and é."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def allows(self, text: str, piece: str) -> bool:
        self.seen.append((text, piece))
        return all(letter.isascii() or letter in "é\ufffd" for letter in piece)

    def ends(self, text: str) -> bool:
        return True


class Bytes(Plain):
    """A guard that reads bytes."""

    def allows_bytes(self, text: str, piece: bytes) -> bool:
        return "é".encode().startswith(piece) or piece == "é".encode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("guard", [Plain(), Bytes()], ids=["characters", "bytes"])
def test_a_guard_judges_characters_that_span_tokens(
    kind: str, request: pytest.FixtureRequest, guard: Plain
) -> None:
    vocabulary: Vocabulary = request.getfixturevalue(kind)
    number = {vocabulary.data(one): one for one in range(vocabulary.size)}
    first, second, other = (number[bytes([one])] for one in (0xC3, 0xA9, 0xA8))  # é, è
    stream = Stream(vocabulary, guard=guard)
    assert stream.whole and stream.may_follow(first)
    stream.push(first)
    assert not stream.whole and stream.text == ""
    assert stream.may_follow(second)
    assert not stream.may_follow(other)
    assert not stream.may_follow(number[b"a"]), "the character would be broken"
    stream.push(second)
    assert stream.whole and stream.text == "é"
    special = next(one for one in range(vocabulary.size) if vocabulary.is_special(one))
    assert not stream.may_follow(special)


class Numbers(Plain):
    """The text may not end inside of the number 1.5."""

    def ends(self, text: str) -> bool:
        return not text.endswith(("1", "1."))


@pytest.mark.parametrize("kind", KINDS)
def test_a_limit_leaves_no_half_of_a_fact(kind: str, request: pytest.FixtureRequest) -> None:
    vocabulary: Vocabulary = request.getfixturevalue(kind)
    number = {vocabulary.data(one): one for one in range(vocabulary.size)}
    for text, left in (("norm 1.5", "norm 1.5"), ("norm 1.", "norm "), ("norm 1", "norm ")):
        stream, shown = Stream(vocabulary, guard=Numbers()), ""
        for letter in text:
            shown += stream.push(number[letter.encode()])
            assert left.startswith(shown)
        assert shown + stream.finish() == stream.text == left
