"""The part of the salience head for notes: which sentences say what a colleague has to learn.

A linear map from features, vector and known words of a sentence to the log-odds that it carries a
fact: an outcome with its number, a cause, a decision. Trained by `scripts/train_salience.py` on
the labelled notes in resources/evals/notes (train and dev).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journal_app.domain.segment import Sentence
from journal_app.models.wording import near, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


# For text in lower case. The order is that of the weights: with any change here, FEATURES in
# salience.py changes.
_CUES = (
    re.compile(
        r"\b(?:results?|outcome|in short|overall|net|in one line|tl;?dr|summary|verdict|conclusion"
        r"|answer|in the end|finally)\b"
    ),
    re.compile(
        r"\b(?:because|cause[ds]?|reason|culprit|due to|came from|comes from|root|turn(?:s|ed) out"
        r"|explains?|that's (?:it|why|the)|it(?:'s| was) the|whole thing|since the|guilty|bug"
        r"|origin|responsible|not the|so the)\b"
    ),
    re.compile(
        r"\b(?:decision|decided?|from (?:now|here) on|default|agreed|we (?:keep|use|take|go|stay"
        r"|ship|drop)|keeps?|kept|stays?|adopt\w*|ships?|goes live|moves? to|cancel\w*|switch\w*"
        r"|will be|is now|are now|now|must|no longer|dropped|thrown|abandon\w*|accepted|rejected"
        r"|chosen|merge|until|only after)\b"
    ),
    re.compile(
        r"\b(?:lesson|always|never|next time|should have|rule|don't|do not|remember|worth"
        r"|instead of|rather than|first|before)\b"
    ),
    re.compile(
        r"\b(?:gains?|brings?|lifts?|raises?|rose|rises|reduces?|cuts?|drops?|fell|falls?|improv\w*"
        r"|better|worse|faster|slower|loses?|lost|costs?|saves?|beats?|reach\w*|enough|best|worst"
        r"|lower|higher|more than|as good|no difference|nothing|equal|same)\b"
    ),
    re.compile(
        r"\bfrom\b[^.]*\d[^.]*\bto\b[^.]*\d|\d\s*%?\s*(?:→|->|=>)\s*\d"
        r"|\b(?:against|vs\.?|versus|instead of|rather than|before|after)\b[^.]*\d"
        r"|\d[^.]*\b(?:against|vs\.?|versus|instead of|rather than)\b"
    ),
    re.compile(
        r"\b(?:todo|next|tomorrow|later|ask|open|maybe|perhaps|idea|plan|want to|would like|could"
        r"|might|not (?:tested|tried|measured)|haven't)\b"
    ),
    re.compile(
        r"\b(?:lr|batch|bs|seeds?|epochs?|steps|warmup|adamw?|cosine|dropout|params?|parameters"
        r"|layers|tokens|trained on|dataset|train\b|gpu|a100|h100|\d+gb|bf16|fp16|context|setup"
        r"|config)\b"
    ),
    re.compile(
        r"\b(?:coffee|lunch|sleep|cake|mood|fun|lol|odd|funny|weekend|dentist|thanks|sorry"
        r"|hours? (?:lost|wasted)|annoying)\b"
    ),
    re.compile(r"\b(?:asked|said|showed|reminded|wrote|thinks|present|apologies|told)\b"),
    re.compile(r"^\W*(?:so|but|and|however|therefore|hence|thus)\b"),
    re.compile(r"\b(?:so|therefore|hence|thus|which means|meaning|in other words)\b"),
    re.compile(r"%|points?\b"),
    re.compile(r"\d"),
    re.compile(r"\d\.\d"),
    re.compile(r"\d\s*(?:ms|s|h|min|gib|gb|mb|k|m|b|tok/s|eur|usd|€|\$|°c)\b"),
    re.compile(r"\?\s*$"),
    re.compile(r":\s*$"),
    re.compile(r"!"),
    re.compile(r"\b(?:we|i)\b"),
    re.compile(r"\b(?:not|no|n't|never|nothing|without|none)\b"),
    re.compile(r"[\"“]"),
    re.compile(r"\b(?:only|just|merely|alone|all of)\b"),
    re.compile(r"\b(?:most|main|biggest|largest|half|twice|times|much more|far)\b"),
    re.compile(
        r"\b(?:rejected|confirmed|refuted|settled|won't|no longer|we take|take it|goes? in"
        r"|stays? (?:on|off|out|in)|is out|is in|for now|at least|at most|only|without|needs?"
        r"|required?|necessary|under|within|budget|limit|released?|supports?)\b"
    ),
    re.compile(
        r"\b(?:is|was|were|are|did|does)"
        r" (?:the|what|why|enough|needed|worth|due|caused|it)\b"
    ),
    re.compile(r"\b(?:would|could|should|might|may)\b"),
    re.compile(r"\b(?:today|yesterday|monday|tuesday|wednesday|thursday|friday)\b"),
    re.compile(r"\b(?:per|each|every)\b"),
)
_RUN_IN = re.compile(r"[A-Z][\w -]{2,25}[.:] ")
_SECTIONS = (
    re.compile(
        r"result|outcome|verdict|conclusion|found|finding|learn|summary|what happened|answer"
    ),
    re.compile(r"decision|decid|action|measure|consequence|fix|change|lesson|recommend|takeaway"),
    re.compile(r"next|todo|open|plan|future|question|known|limit|caveat"),
    re.compile(r"setup|set-up|data|method|config|context|background|hypothesis|why|goal|train"),
    re.compile(r"cause|why|reason|diagnos|analysis|went"),
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_LONG = re.compile(r"[a-z]{4,}")
_TIME = re.compile(r"\W*\d\d?[:.]\d\d")
_COMMON = frozenset("that this with from have were they then than them been also into when".split())


def features(sentences: Sequence[Sentence]) -> Array:
    """The (n, f) matrix of place, length, figures and cues for the n sentences of one note."""
    count = len(sentences)
    figures = [set(_FIGURE.findall(one.text)) for one in sentences]
    met = Counter(figure for found in figures for figure in found)
    spoken = [set(_LONG.findall(one.text.lower())) - _COMMON for one in sentences]
    said = Counter(word for found in spoken for word in found)
    rows = []
    for index, one in enumerate(sentences):
        text, own, heard = one.text, figures[index], spoken[index]
        size = len(text.split())
        at = index / max(1, count - 1)
        place = [
            at,
            at**2,
            float(index == 0),
            float(index < 3),
            float(index == count - 1),
            float(index >= count - 3),
            max(0.0, at - 0.5),
            max(0.0, at - 0.75),
            one.place / max(1, one.places - 1),
            float(one.place == 0),
            float(one.place == one.places - 1),
            min(one.places, 20) / 20,
        ]
        length = [
            math.log1p(size),
            float(size < 4),
            float(size < 7),
            float(size > 12),
            float(size > 20),
            float(size > 30),
            min(size, 45) / 45,
        ]
        form = [
            float(one.kind == "bullet"),
            float(one.kind == "row"),
            float(bool(one.section)),
            float(bool(_TIME.match(text))),
            float(text[:1].islower()),
            sum(letter.isupper() for letter in text) / (len(text) + 5),
            min(text.count(","), 10) / 5,
            float(":" in text),
            float(";" in text),
            float("(" in text),
            float(text.endswith((".", "!"))),
        ]
        told = [
            min(len(own), 5) / 5,
            float(len(own) > 0),
            float(len(own) == 1),
            float(len(own) >= 4),
            float(any(met[figure] > 1 for figure in own)),
            sum(met[figure] == 1 for figure in own) / 3,
            math.fsum(math.log(said[word]) for word in heard) / (len(heard) + 2),
            sum(said[word] > 2 for word in heard) / (len(heard) + 1),
            sum(said[word] == 1 for word in heard) / (len(heard) + 1),
        ]
        above, before, low = one.section.lower(), one.lead.lower(), text.lower()
        section = [float(bool(pattern.search(above))) for pattern in _SECTIONS]
        lead = [float(bool(pattern.search(before) or pattern.match(low))) for pattern in _SECTIONS]
        rows.append([*place, *length, *form, *told, *section, *lead])
    cues = np.array([_cued(one.text) for one in sentences])
    sizes = np.array([[math.log1p(len(one.text.split()))] for one in sentences])
    around = [near(part, offset) for part in (cues, sizes) for offset in (1, -1)]
    return np.hstack([np.array(rows), cues, *around, _figures(sentences), _talk(sentences)])


def _cued(text: str) -> list[float]:
    low = text.lower()
    return [*(float(bool(cue.search(low))) for cue in _CUES), float(bool(_RUN_IN.match(text)))]


def _figures(sentences: Sequence[Sentence]) -> Array:
    """(n, 7): how the numbers of a sentence stand to those of the note.

    An outcome is a number that is new beside one that was met before ("61.2 to 78.5"), in the
    format that the note uses most.
    """
    found = [_NUMBER.findall(one.text) for one in sentences]
    formats = Counter(_format(one) for own in found for one in set(own) if "." in one)
    usual = formats.most_common(1)[0][0] if formats else None
    met = Counter(one for own in found for one in set(own))
    last = {one: index for index, own in enumerate(found) for one in own}
    seen: set[str] = set()
    rows = []
    for index, own in enumerate(found):
        alike = Counter(_format(one) for one in set(own))
        telling = [one for one in own if "." in one or len(one) > 2]
        old = any(one in seen for one in telling)
        new = any(one not in seen for one in telling)
        rows.append(
            [
                float(any(count > 1 for count in alike.values())),
                float(usual is not None and alike[usual] > 0),
                float(usual is not None and alike[usual] == 2),
                float(old and new),
                float(old),
                float(new),
                float(any(last[one] == index and met[one] > 1 for one in telling)),
            ]
        )
        seen |= set(telling)
    return np.array(rows)


def _format(number: str) -> int:
    """How many digits follow the point; below 0 without one: how many stand in all."""
    whole, point, rest = number.partition(".")
    return len(rest) if point else -1 - len(whole.replace(",", ""))


def _talk(sentences: Sequence[Sentence]) -> Array:
    """(n, 4): the note's topic in the sentence; a question or a head before it, a mutter after."""
    opening = [sentences[0].section, *(one.text for one in sentences[:2])]
    topic = set(_LONG.findall(" ".join(opening).lower()))
    rows = []
    for index, one in enumerate(sentences):
        own = set(_LONG.findall(one.text.lower()))
        before = sentences[index - 1].text if index else None
        after = sentences[index + 1].text if index + 1 < len(sentences) else None
        rows.append(
            [
                len(own & topic) / (len(own) + 2),
                float(before is not None and before.endswith("?")),
                float(before is not None and len(before.split()) <= 2),
                float(after is not None and len(after.split()) <= 3),
            ]
        )
    return np.array(rows)


@dataclass(frozen=True)
class FactHead:
    """The weights: `place` (f,), `meaning` (d,), `lexicon` (w,), `base` (1,). `known` gives the
    index of a word in the lexicon."""

    mean: Array
    spread: Array
    centre: Array
    place: Array
    meaning: Array
    lexicon: Array
    base: Array
    known: dict[str, int]

    def standard(self, matrix: Array) -> Array:
        """Features in standard deviations of the training notes, cut at 4."""
        scaled: Array = np.clip((matrix - self.mean) / self.spread, -4, 4)
        return scaled

    def score(self, sentences: Sequence[Sentence], vectors: Array) -> Array:
        """Log-odds (n,) that each sentence carries a fact; `vectors` is (n, d), of unit length."""
        out: Array = self.standard(features(sentences)) @ self.place
        out = out + (vectors - self.centre) @ self.meaning + self.base[0]
        for index, sentence in enumerate(sentences):
            rows = [self.known[word] for word in words(sentence.text) if word in self.known]
            if rows:
                out[index] += self.lexicon[sorted(rows)].sum() / math.sqrt(len(rows))
        return out
