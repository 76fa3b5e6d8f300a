"""Choose the sentences that carry a text: pure selection over ratings from the model on the device.

Invariant: a summary only ever holds sentences of the text, in the order of the text, each with the
span it was taken from.

The score of a sentence of a note is the trained head's salience plus a little of plain cues: a
centroid alone misses verdicts ("not worth it") and the lines with the decisive numbers. Repetition
is kept out by maximal marginal relevance (Carbonell and Goldstein, 1998). Of a very long text only
the sentences that `preselect` takes are read by the model.
"""

from __future__ import annotations

import hashlib
import math
import operator
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from journal_app.domain.segment import Sentence
from journal_app.errors import JournalError

SELECTOR = "salience-facts-mmr/3"  # stored with every summary: which rules chose it
Origin = Literal["extracted", "rewritten", "fallback"]
ASPECTS = ("challenge", "approach", "outcome")
MAX_SENTENCES = 50
READ_AT_MOST = 1200  # sentences of one text: 5 to 8 s of two CPU cores
SALIENCE, CUE = 1.3, 0.2  # weights in a score: of a standard deviation of salience; of cues
REPETITION = 1.0  # what full likeness to a chosen sentence costs, in the unit of scores
SAME = 0.95  # likeness from which two sentences say the same: the second waits for all others

RUN = 100  # sentences
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_VERDICT = re.compile(
    r"\b(?:results?|verdict|conclusion|lesson|takeaway|summary|outcome|decision|decided|learned|"
    r"(?:not |n't )?worth(?: it| the)?|turns? out|turned out|in the end|root cause|because|"
    r"the (?:fix|cause|reason|bug|culprit)|fixed|solved|works?|worked|failed|fails|diverged|"
    r"helps?|helped|hurts?|no (?:gain|effect|difference|improvement)|better|worse|best|worst|"
    r"improve[sd]?|improvement|regress(?:ed|ion)|slower|faster|reverted|abandoned|kept|dropped|"
    r"surprising(?:ly)?|important|key|never|always|should have|next time|keep|avoid)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:results?|verdict|conclusions?|lessons?|takeaways?|summary|tl;?dr|outcome|decision)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_DECISIVE = re.compile(
    r"\d\s*%|\d\.\d+|[-+~±≈]\s?\d|\d\s*(?:→|->|=>|vs\.?|to|against)\s*[-+~]?\d|\bfrom\b.*\d.*\bto\b.*\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Where a model runs. `share` is the measured part (0 to 1) of its graph's nodes on that
    device, `work` of the estimated multiplications; `notes` says why a device that ranks higher
    was not taken. `memory` in bytes and `load_seconds` are of this load; None: not measured."""

    kind: Literal["npu", "gpu", "cpu"]
    name: str
    provider: str
    share: float
    notes: tuple[str, ...] = ()
    work: float = 0.0
    precision: str = ""
    memory: int | None = None
    load_seconds: float = 0.0
    model: str = ""

    @property
    def label(self) -> str:
        """One line for people: `CPU, AMD EPYC (100 % of the model)`."""
        name = f", {self.name}" if self.name else ""
        return f"{self.kind.upper()}{name} ({self.share:.0%} of the model)"


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model rated: its name, and a digest of the weights of embedder and head."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rating:
    """The model's view of n sentences: `salience` (natural log, higher is better), three aspect
    scores each (order of ASPECTS), and unit vectors of equal length."""

    salience: tuple[float, ...]
    aspects: tuple[tuple[float, float, float], ...]
    vectors: tuple[Sequence[float], ...]


class Rater(Protocol):
    """The model on this device, whatever process it lives in."""

    def rate(
        self,
        sentences: Sequence[Sentence],
        *,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> Rating:
        """Rate all sentences of one text. `progress(done, total)`; `check` raises to cancel."""
        ...

    def device(self) -> DeviceInfo:
        """Where it runs; starts it when it is not running."""
        ...

    def identity(self) -> ModelIdentity:
        """Which model it is."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A slice of the text that was summarized: `text == original[start:end]` (characters)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary and where it stands.

    `origin`: `extracted` is a sentence of the text; `rewritten` is the model's wording of it, which
    passed every check; `fallback` is the sentence of the text because the model's wording failed
    what `failed` names. `entry_id` and `title` say whose it is in a summary of several.
    """

    text: str
    sources: tuple[Source, ...]
    origin: Origin = "extracted"
    failed: tuple[str, ...] = ()
    entry_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary with its origin. `stale`: the text was changed since."""

    sentences: tuple[SummarySentence, ...]
    model: str
    device: str
    seconds: float
    id: str = ""
    entry_id: str = ""
    created_at: int = 0
    stale: bool = False

    def as_json(self) -> dict[str, Any]:
        """`{"summary": [{"text", "sources": [{"start", "end", "text"}]}], "model", …}`."""
        return {
            "summary": [
                {
                    "text": sentence.text,
                    "origin": sentence.origin,
                    **({"failed": list(sentence.failed)} if sentence.failed else {}),
                    **({"entry": sentence.entry_id} if sentence.entry_id else {}),
                    "sources": [
                        {"start": source.start, "end": source.end, "text": source.text}
                        for source in sentence.sources
                    ],
                }
                for sentence in self.sentences
            ],
            "model": self.model,
            "device": self.device,
            "seconds": self.seconds,
        }


def text_digest(text: str) -> str:
    """SHA-256 of a text: tells whether a stored summary still belongs to it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked_count(count: int) -> int:
    """A sensible number of sentences, or a JournalError."""
    if not 1 <= count <= MAX_SENTENCES:
        raise JournalError(
            f"A summary of {count} sentences cannot be made.",
            f"Ask for 1 to {MAX_SENTENCES} with --sentences.",
        )
    return count


def cue(sentence: Sentence) -> float:
    """What the wording of a note's sentence adds to its score, in standard deviations."""
    text = sentence.text
    words = len(text.split())
    score = 0.0
    score += min(2, len(_VERDICT.findall(text))) * 0.45
    if _HEAD.search(sentence.lead) or _HEAD.search(sentence.section) or _HEAD.match(text):
        score += 0.6
    if _NUMBER.search(text):
        score += 0.3
    if _DECISIVE.search(text):
        score += 0.4
    if text.endswith("?"):
        score -= 0.7
    if text.endswith((":", "：")):
        score -= 0.9
    if words < 4 and text.isascii():
        score -= 0.8
    if words > 60:
        score -= 0.5
    if sentence.kind == "row":
        score -= 0.8
    return score


def preselect(sentences: Sequence[Sentence], limit: int = READ_AT_MOST) -> list[int]:
    """Indices, in order, of at most `limit` sentences that are worth reading by the model.

    A shorter text is kept whole. Of a longer one, sentences are ranked without the model: cues,
    the first and last places of a section, and how much of the text's frequent words (four letters
    or more, standardized) they hold. Each section gives in proportion to its length, its best
    first, and at least one where there is room; where a text has no headings or long sections,
    runs of RUN sentences count as sections.
    """
    if len(sentences) <= limit:
        return list(range(len(sentences)))
    scores = _cheap(sentences)
    groups: dict[tuple[str, int], list[int]] = {}
    section, started = "", 0
    for index, sentence in enumerate(sentences):
        if sentence.section != section or sentence.place == 0:
            section, started = sentence.section, index
        groups.setdefault((section, started + (index - started) // RUN * RUN), []).append(index)
    ranked = []
    for members in groups.values():
        members.sort(key=lambda index: -scores[index])
        ranked += [
            (rank / len(members), -scores[index], index) for rank, index in enumerate(members)
        ]
    return sorted(index for _, _, index in sorted(ranked)[:limit])


def _cheap(sentences: Sequence[Sentence]) -> list[float]:
    """Scores in standard deviations, without the model."""
    words = [_LONG_WORD.findall(sentence.text.lower()) for sentence in sentences]
    counts = Counter(word for found in words for word in found)
    weight = {word: math.log(count) for word, count in counts.items()}
    lexical = [sum(weight[word] for word in set(found)) / (len(found) + 4) for found in words]
    return [
        value
        + cue(sentence)
        + (0.6 if sentence.place == 0 else 0.3 if sentence.place == sentence.places - 1 else 0.0)
        for value, sentence in zip(_standard(lexical), sentences, strict=True)
    ]


def choose(sentences: Sequence[Sentence], rating: Rating, count: int) -> list[int]:
    """Indices of at most `count` sentences, in the order of the text."""
    total = len(sentences)
    if total <= count:
        return list(range(total))
    scores = worth(sentences, rating)
    chosen: list[int] = []
    like = [0.0] * total
    while len(chosen) < count:
        best = max(
            (index for index in range(total) if index not in chosen),
            key=lambda index: (
                like[index] < SAME,
                scores[index] - REPETITION * like[index],
                -index,
            ),
        )
        chosen.append(best)
        like = [
            max(old, new) for old, new in zip(like, likeness(rating.vectors, best), strict=True)
        ]
    return sorted(chosen)


def worth(sentences: Sequence[Sentence], rating: Rating) -> list[float]:
    """What each sentence is worth to a summary: about the log of how likely it carries a fact."""
    return [
        SALIENCE * value + CUE * cue(sentence)
        for value, sentence in zip(_standard(rating.salience), sentences, strict=True)
    ]


def likeness(vectors: Sequence[Sequence[float]], index: int) -> list[float]:
    """Cosine of one of some unit vectors to each of them."""
    own = vectors[index]
    return [sum(map(operator.mul, own, vector)) for vector in vectors]


def _standard(values: Sequence[float]) -> list[float]:
    """Values in standard deviations from their mean, cut at ±2.5."""
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [max(-2.5, min(2.5, (value - mean) / spread)) for value in values]


def cite(text: str, sentence: Sentence) -> SummarySentence:
    """The sentence as a part of a summary of `text`."""
    source = Source(sentence.start, sentence.end, text[sentence.start : sentence.end])
    return SummarySentence(sentence.text, (source,))
