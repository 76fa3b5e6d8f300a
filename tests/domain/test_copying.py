"""Whatever a model proposes, the guard lets it write no fact that is not in a source.

The judge of the finished texts knows nothing of the guard: it takes facts out of text with a few
regular expressions of its own.
"""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.trust.copying import CopyGuard

NOTE = (
    "Warmup of 500 steps ended the divergence of nano-d12 (val_bpb 0.871 → 0.864), but Muon with "
    "lr 3e-4 used 1.5 GB more; see `eval_core.py` and “deep cut” on Tuesday, Dr Smith's note at "
    "12:30."
)
SOURCES = (
    NOTE,
    "We ran three seeds on 8 GPUs for 4–6 hours; accuracy rose from 61.2% to 63.0 ± 0.3 %.",
    "Llama 3 took 1,250 tokens/s at --batch-size=32, twice the 2 runs of v1.2.3 before 2024-05-01.",
    "损失从3.2降到2.9，批量大小为三十二。",
    "Der Lauf mit λ=0.05 und Adam ergab −4,5 dB; see https://example.org/a?b=3 and @run-17.",
    "Only half of the ten models finished; twenty-five failed, the best at 2 × 4 layers in 90 ms.",
)


def spelled(guard: CopyGuard, text: str) -> bool:
    """Whether a model can write `text` word by word and then end."""
    pieces = re.findall(r"\s*\S+|\s+", text)
    done = ""
    for piece in pieces:
        if not guard.allows(done, piece):
            return False
        done += piece
    return guard.ends(done)


GOOD = (
    "Warmup 500 ended the divergence.",
    "Warmup of 500 steps ended the divergence of nano-d12.",
    "The val_bpb fell from 0.871 to 0.864, but Muon used 1.5 GB more.",
    "On Tuesday, lr 3e-4 was used (see eval_core.py).",
    "See “deep cut” at 12:30.",
    "See `eval_core.py`, as Smith noted.",
    "It used 1.5GB more.",
    "- Muon with lr 3e-4\n- Warmup of 500 steps",
    "This is about Smith's note—and about nano-d12.",
    "The run doesn't diverge with 500 warmup steps.",
)
BAD = (
    "Warmup of 50 steps", "Warmup of 500 epochs", "500 small epochs", "5000 steps", "0.87", "1.5",
    "1.5 MB", "1.5 more", "3 runs", "three runs", "It ended twice", "the first run", "ten runs",
    "half of it", "a tenfold gain", "The nano-d13 run", "val_loss fell", "the Adam run", "GPU",
    "Dr Jones", "eval.py", "`eval.py`", "“deep” cut", "the \"deep cut\"", "on Monday", "on monday",
    "in May", "12:3", "12:300", "3e-5", "3e", "-500 steps", "- 500 - 1.5 GB", "±0.864", "50%",
    "500 %", "500%", "500 ms", "500k steps", "500.5", "500,000", "500/1.5", "500-step", "v1.2",
    "Muon 500", "Muon Smith", "nano-d12 0.864", "５００", "٥٠٠", "500²", "Ⅳ", "#500", "$500",
    "https://a.b", "/tmp/x", "a/b", "--lr", "lr=3e-4", "x_y", "@run", "**bold**", "мы", "α", "三",
    "500 (epochs)", "eval_core.pyc", "aMuon", "MuonX", "Tuesday's Friday",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_true_rewrite_can_be_written(text: str) -> None:
    assert spelled(CopyGuard([NOTE]), text)


@pytest.mark.parametrize("text", BAD)
def test_a_false_fact_cannot_be_written(text: str) -> None:
    for before in ("", "It says that "):
        if before + text[:1] != "- " and (before or text[0] != "-"):
            assert not spelled(CopyGuard([NOTE]), before + text)


def test_numbers_may_change_their_spelling() -> None:
    guard = CopyGuard(SOURCES)
    for text in (
        "We ran 3 seeds", "in 4-6 hours", "from 61.2 % to", "from 61.2 percent", "at 1250 tokens/s",
        "the two runs", "twenty-five failed", "−4,5 dB", "in 90ms",
    ):  # fmt: skip
        assert spelled(guard, text), text
    for text in (
        "three GPUs",
        "8 seeds",
        "4 hours",
        "6 hours",
        "61 %",
        "2 layers",
        "4 layers",
        "five",
    ):
        assert not spelled(guard, text), text


def test_a_number_that_is_the_beginning_of_another_may_end_only_if_it_is_one() -> None:
    assert not CopyGuard(["lr 3.05"]).ends("lr 3.0")
    assert CopyGuard(["lr 3.05 not 3.0"]).ends("lr 3.0")
    assert CopyGuard(["lr 3.05"]).allows("lr 3.0", "5")
    assert not CopyGuard(["lr 3.05"]).allows("lr 3.0", " ")
    assert not CopyGuard(["lr 3.05"]).allows("lr 3.0", "55")


def test_a_heading_lends_no_number_a_name() -> None:
    guard = CopyGuard(["I read forty samples of run 7.", "Evaluation"])
    assert not spelled(guard, "The samples are in Evaluation 7.")
    assert spelled(guard, "Evaluation of run 7.")
    assert spelled(guard, "The Evaluation is of run 7.")
    assert not spelled(CopyGuard(["Take a new one."]), "Take 1.")


def test_without_sources_only_plain_words_can_be_written() -> None:
    guard = CopyGuard([])
    assert spelled(guard, "The loss went down, which is good.")
    assert not spelled(guard, "The loss went down by 3.")
    assert guard.ends("")
    assert guard.allows("", "")


def test_a_text_that_was_never_allowed_stays_forbidden() -> None:
    guard = CopyGuard([NOTE])
    assert not guard.ends("9 runs")
    assert not guard.allows("9 runs", " more")
    assert guard.allows("", "Warmup")


def test_bytes_of_unfinished_characters() -> None:
    guard = CopyGuard([SOURCES[3]])
    raw = "损失从".encode()
    assert all(guard.allows_bytes("", raw[:end]) for end in range(1, len(raw) + 1))
    assert guard.allows_bytes("损", raw[3:5])
    assert not guard.allows_bytes("损", "天".encode()[:3])
    assert not guard.allows_bytes("损", b"\xff")
    assert guard.allows("损", "\ufffd")
    assert guard.allows("损\ufffd", "失")
    assert not CopyGuard(["plain"]).allows("pl", "a\ufffdb")
    assert guard.allows_bytes("", b"so")


# -- the judge

NUMBER = re.compile(
    r"(?:--?|[+−±~<>$#@]|\b[a-zA-Z]+[-_]?)?\d+(?:[.,:/–-]?\d+)*(?:[eE][+-]?\d+)?(?:%|[a-zA-Z]+)?"
)
COUNTED = re.compile(r"(\d)\s+(steps|epochs|runs|hours|seeds|gb|mb|ms|layers|models|tokens)\b")
COUNTING = re.compile(
    r"\b(?:one|two|three|five|ten|twenty|half|twice|first|second|third|dozen|hundred|"
    r"thousand|million|tenfold|triple)\b",
    re.IGNORECASE,
)
IDENTIFIER = re.compile(
    r"https?://\S*[\w/]|\w+_\w+|--[\w-]+|@[\w-]+|\w+\.(?:py|toml|org)\b|\b[a-z]+[A-Z]\w*|\b[A-Z]{2,}\w*"
)
QUOTE = re.compile(r"“[^”]*”?|`[^`]*`?|\"[^\"]*\"?|«[^»]*»?")
NAME = re.compile(r"(?<![.!?…])(?<![.!?…]\W)(?<=[\w,;:)] )[A-Z]\w+")
DIGITS = {"1": "one", "2": "two", "3": "three", "8": "eight", "10": "ten", "25": "twenty-five"}


def same(number: str) -> str:
    """One spelling of a number for the judge."""
    number = number.replace("−", "-").replace("–", "-").lower()
    return re.sub(r"(?<=\d),(?=\d{3})", "", number)


def facts(text: str) -> set[str]:
    found = set()
    for line in text.splitlines():  # a line begins a sentence
        found |= {"c " + name for name in NAME.findall(re.sub(r"\s+", " ", line.strip()))}
    text = re.sub(r"\s+", " ", text)
    found |= {"n " + same(match.group()) for match in NUMBER.finditer(text)}
    found |= {"w " + match.group().lower() for match in COUNTING.finditer(text)}
    for kind, pattern in (("i ", IDENTIFIER), ("q ", QUOTE)):
        found |= {kind + match.group() for match in pattern.finditer(text)}
    return found


def known(sources: tuple[str, ...]) -> set[str]:
    """All facts of the sources and of the words within their quotes, and other spellings."""
    found: set[str] = set()
    for source in sources:
        for text in (source, *(match.group()[1:-1] for match in QUOTE.finditer(source))):
            found |= facts(text)
            found |= {"c " + word for word in re.findall(r"[A-Z]\w+", text)}
    for fact in list(found):
        kind, _, text = fact.partition(" ")
        if kind == "n":
            found |= {f"w {DIGITS.get(text, '')}", "n " + re.sub(r"(?<=\d)(?:%|[a-z]+)$", "", text)}
        if kind == "w":
            found |= {f"n {digits}" for digits, word in DIGITS.items() if word == text}
    for unit in ("%", "GB", "ms"):  # written apart or together
        for source in sources:
            found |= {
                f"n {same(number)}{unit.lower()}"
                for number in re.findall(rf"([-+−]?[\d.,]+) ?{unit}", source)
            }
    return found


def invented(text: str, sources: tuple[str, ...]) -> set[str]:
    bad = facts(text) - known(sources)
    text = same(text)
    for match in COUNTED.finditer(text):
        number = NUMBER.findall(text[: match.start() + 1])[-1]
        digits = rf"(?<![\d.]){re.escape(number)}|\b{DIGITS.get(number, 'no word')}"
        near = rf"(?:{digits})(?:\s+\S+){{0,2}}\s*{match.group(2)}"
        if not any(re.search(near, same(source)) for source in sources):
            bad.add(f"unit {number} {match.group(2)}")
    return bad


def test_the_judge_sees_inventions() -> None:
    for text in (
        "Warmup of 50 steps",
        "It took 500 epochs.",
        "the nano-d13 run",
        "two runs",
        "by Jones",
    ):
        assert invented(f"It says {text}", (NOTE,)), text
    assert not invented(NOTE, (NOTE,))


# -- models that try everything

POOL = (
    *"0123456789.,:%-–/_'`\"“”()[]→±<>=@#x+ ", " 5", " 50", "00", "e-4", " three", " ten",
    " twice", " half", " first", " steps", " epochs", " runs", " GB", "%", " ms", " tokens",
    " layers", " Adam", " Muon", " Smith", " Monday", "The", " the", " of", " loss", ".", ", ",
    ". ", "\n", "- ", "s", "'s", " val_", "loss", " nano-", "d12", " GPUs", " and", "fold", "th",
    "三", "十", "５", "٣", " —", " - ", " 2", " to", " I", "II", " https://", " in", " full",
    "well-", "known", "é", "²", " Llama", " million",
)  # fmt: skip


def finish(guard: CopyGuard, text: str, letters: str) -> str:
    """The text with as few characters as it needs to end: fails where there is no way."""
    edge = [text]
    for _ in range(400):
        for candidate in edge:
            if guard.ends(candidate):
                return candidate
        edge = [
            candidate + letter
            for candidate in edge[:20]
            for letter in letters
            if guard.allows(candidate, letter)
        ]
        assert edge, f"dead end after {text!r}"
    raise AssertionError(f"no end after {text!r}")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(SOURCES), min_size=1, max_size=3, unique=True).map(tuple),
    st.integers(0, 2**32),
)
def test_no_model_can_write_a_fact_that_is_not_in_a_source(
    sources: tuple[str, ...], seed: int
) -> None:
    chance = random.Random(seed)
    guard = CopyGuard(sources)
    letters = "".join(sorted({*"".join(sources), *"xs ."}))
    text = ""
    for _ in range(60):
        source = chance.choice(sources)
        at = chance.randrange(len(source))
        pieces = [
            source[at : at + chance.randint(1, 9)],
            " " + chance.choice(source.split())[: chance.randint(1, 9)],
            " " + chance.choice(source.split()),
            *chance.sample(POOL, 6),
        ]
        allowed = [piece for piece in pieces if guard.allows(text, piece)]
        if allowed:
            text += chance.choice(allowed)
    text = finish(guard, text, letters)
    assert not invented(text, sources), text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(SOURCES), st.text(max_size=60)), min_size=1, max_size=4),
    st.data(),
)
def test_a_source_itself_can_always_be_written(sources: list[str], data: st.DataObject) -> None:
    guard = CopyGuard(sources)
    source = data.draw(st.sampled_from(sources)).replace("\x00", " ").replace("\ufffd", " ").strip()
    done = ""
    while len(done) < len(source):
        width = data.draw(st.integers(1, 12))
        piece = source[len(done) : len(done) + width]
        assert guard.allows(done, piece), (done, piece)
        done += piece
    assert guard.ends(done)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(max_size=40), max_size=3),
    st.lists(st.text(min_size=1, max_size=4), max_size=30),
)
def test_anything_that_was_allowed_can_be_finished(sources: list[str], pieces: list[str]) -> None:
    guard = CopyGuard(sources)
    text = ""
    for piece in pieces:
        if "\ufffd" not in piece and guard.allows(text, piece):
            text += piece
    finish(guard, text, "".join(sorted({*"".join(sources), *"xs ."} - {"\ufffd"})))


def test_two_guards_and_going_back() -> None:
    guard = CopyGuard([NOTE])
    fresh = CopyGuard([NOTE])
    texts = ["Warmup of 5", "Warmup", "Warmup of 500 steps", "", "The", "Warmup of 500"]
    for text in texts:
        for piece in ("00", " of", "0", " steps", ".", " epochs"):
            assert (
                guard.allows(text, piece)
                == fresh.allows(text, piece)
                == CopyGuard([NOTE]).allows(text, piece)
            )


def test_a_call_is_fast() -> None:
    """Ten times the promised 50 µs at most, on any machine; the figure itself is printed."""
    guard = CopyGuard(SOURCES * 3)
    pieces = [*POOL, *(" " + word for word in NOTE.split())]
    text, calls = "", 0
    started = time.perf_counter()
    for step in range(60):
        allowed = [piece for piece in pieces if guard.allows(text, piece)]
        calls += len(pieces)
        if allowed:
            text += allowed[step * 7 % len(allowed)]
    took = (time.perf_counter() - started) / calls
    print(f"{took * 1e6:.1f} µs a call")
    assert took < 500e-6
