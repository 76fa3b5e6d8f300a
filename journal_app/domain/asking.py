"""A question to the journal: which sentences answer it, and when to say that none does.

The score of a sentence is the likeness of its meaning to the question and the share of the
question's telling words that it (or the title of its entry, or its heading) holds. The journal is
said not to know where the best sentence means something else, or misses what the question turns on:
a name, a number, an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal_app.domain.segment import Sentence
from journal_app.domain.summarize import cue

ANSWERS = 3
MEANING, WORDS = 0.6, 0.4  # weights of the two parts of a score
CUE = 0.05  # for each standard deviation that the wording of a verdict adds (`summarize.cue`)
LEAST_SCORE = 0.38  # below that a sentence is about something else
LEAST_MEANING = 0.25
LEAST_WORDS = 0.6  # of the telling words; one that only the title or heading holds counts half
NEAR_BEST = 0.8  # of the best score: what falls behind is left out

_STOP = frozenset(
    """a about after again all also am an and any are as at be because been before being best but
    by can could did do does doing done for from get give had has have having he her here him
    his how i if in into is it its just know last like made make many may me might more most
    much my no not of off on once one only or other our out over own per please really same say
    says she should show so some still such tell than that the their them then there these they
    this those through to too under until up us use used using very was we were what when where
    which while who why will with without would you your happened happen happens ever cause
    caused causes decide decided enough reason set sets thing things training trained train
    model models run runs experiment experiments data metric metrics result results""".split()
)
_WORD = re.compile(r"[^\W_][\w./+-]*[^\W_]|[^\W_]")
_OPEN = re.compile(
    r"(?:open|to ?do|next|question|later|idea|maybe|plan|not tested|untested|hypothesis)\b", re.I
)
_SHARP = re.compile(r"\d|[a-z][A-Z]|_|^[A-Z]{2,}")
# Words that a question turns into others: what is asked for stands in the answer in another form.
# What notes abbreviate.
_SAME = {"validation": "val", "accuracy": "acc", "parameters": "params", "perplexity": "ppl"}
# Chinese and Japanese write no spaces: their words are told by the little words between them, and
# compared by letters and pairs of letters.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SCRIPTS = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_LITTLE = re.compile(
    "什么|为何|为什么|怎么样?|怎样|如何|多少|哪些?|哪个|几|吗|呢|吧|的|了|着|过|在|是|和|与|或|及|会|能|"
    "要|就|都|也|把|被|让|使|从|到|对|给|我们?|你|他|它|这|那|有|没有?|请|谁|时候?|之|于|"
    "どう|なぜ|何|いつ|どの|どれ|です|ます|した|する|して|から|まで|[はがをにのでともかへや]"
)
_PARTS = re.compile(r"[-/._+]")
_ENDINGS = (
    "ations",
    "ation",
    "ences",
    "ence",
    "ances",
    "ance",
    "ingly",
    "edly",
    "ing",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "s",
)


def stem(word: str) -> str:
    """A word without its common ending, folded: `warming` and `warms` are `warm`."""
    low = word.casefold()
    low = _SAME.get(low, low)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    return low[:-1] if len(low) > 3 and low[-1] == "e" else low


def terms(text: str) -> dict[str, str]:
    """The telling words of a question: stem → the word as it stands, in order."""
    found: dict[str, str] = {}
    for word in _words(text):
        if is_cjk(word):
            for part in _LITTLE.sub(" ", word).split():
                for pair in _pairs(part):
                    found.setdefault(pair, pair)
        elif word.casefold() not in _STOP:
            found.setdefault(stem(word), word)
    return found


def is_cjk(word: str) -> bool:
    """Whether a word is of letters that are written without spaces."""
    return re.match(f"[{_CJK}]", word) is not None


def _words(text: str) -> list[str]:
    """Words, cut where the script changes: `第4200步` is three."""
    return [
        part
        for word in _WORD.findall(text)
        for part in _SCRIPTS.findall(word)
        if any(letter.isalnum() for letter in part)
    ]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def sharp(words: Mapping[str, str]) -> set[str]:
    """Stems of what a question turns on: numbers, identifiers, acronyms. An answer without them
    answers something else."""
    return {key for key, word in words.items() if _SHARP.search(word)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer. `meaning` is the cosine to the question, `held` the stems of its
    telling words in the sentence, `near` those of its title and heading."""

    index: int
    meaning: float
    held: frozenset[str]
    near: frozenset[str]
    newest: int
    cue: float = 0.0


def held_by(text: str) -> frozenset[str]:
    """The stems of a text: of `warmup-500` also its parts, of `发散了` its letters and pairs."""
    found: set[str] = set()
    for word in _words(text):
        if is_cjk(word):
            found.update(word, _pairs(word))
        else:
            found.update(stem(part) for part in (word, *_PARTS.split(word)) if part)
    return frozenset(found)


def score(one: Candidate, asked: Mapping[str, str]) -> float:
    """About 0 to 1; a word of the title or heading counts half."""
    if not asked:
        return one.meaning
    share = sum(1.0 if key in one.held else 0.5 if key in one.near else 0.0 for key in asked) / len(
        asked
    )
    return MEANING * max(0.0, one.meaning) + WORDS * share + CUE * one.cue


def _covered(one: Candidate, asked: Mapping[str, str]) -> float:
    return sum(1.0 if key in one.held else 0.5 if key in one.near else 0.0 for key in asked)


def weight(sentence: Sentence) -> float:
    """What the wording of a sentence says of its weight as an answer: verdicts up, what is open or
    planned down."""
    unsettled = _OPEN.match(sentence.text) or _OPEN.match(sentence.lead)
    return cue(sentence) - (3.0 if unsettled else 0.0)


def promising(texts: Sequence[tuple[str, str]], asked: Mapping[str, str], limit: int) -> list[int]:
    """Indices of at most `limit` of the (sentence, title and heading) pairs whose meaning is worth
    a look: those that hold most of the asked words, in order."""
    scored = []
    for index, (text, around) in enumerate(texts):
        held, near = held_by(text), held_by(around)
        value = sum(1.0 if key in held else 0.5 if key in near else 0.0 for key in asked)
        scored.append((-value, index))
    return sorted(index for _, index in sorted(scored)[:limit])


def answers(candidates: Sequence[Candidate], asked: Mapping[str, str]) -> list[int]:
    """Indices of the sentences that answer, best first; empty: the journal does not know.

    Among equals the newer one comes first.
    """
    needed = sharp(asked)
    fit = []
    for one in candidates:
        words = one.held | one.near
        covered = _covered(one, asked)
        if one.meaning < LEAST_MEANING or (asked and covered / len(asked) < LEAST_WORDS):
            continue
        if needed and not needed <= words:
            continue
        value = score(one, asked)
        if value >= LEAST_SCORE:
            fit.append((value, one.newest, one.index))
    fit.sort(key=lambda one: (-round(one[0], 3), -one[1], one[2]))
    return [index for value, _, index in fit[:ANSWERS] if value >= NEAR_BEST * fit[0][0]]
