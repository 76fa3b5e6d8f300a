"""The salience head: which sentences carry a text, out of their vectors, words and place.

The head is a linear map from the features below, the vector and the known words of a sentence and
of the sentences before and after it to one score per aspect (challenge, approach, outcome); a
softmax over the sentences of one text makes them comparable. Trained by
`scripts/train_salience.py` on ACLSum's train split: the best sentence should have a high ROUGE,
and the best R sentences should be the R that people marked. What a note's sentence is worth says
the part for facts (see `facts`). The weights are a plain `.npz` that is read without pickle.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journal_app.domain.segment import Sentence
from journal_app.errors import JournalError
from journal_app.models.facts import FactHead
from journal_app.models.wording import NEAR, near, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FEATURES = "salience-features/3"


_CUES = tuple(
    re.compile(pattern)  # for text in lower case
    for pattern in (
        r"\b(?:however|unfortunately|but|although|despite|lack\w*|limit\w*|difficult\w*|challeng\w*"
        r"|problem\w*|suffer\w*|fail\w*|ignor\w*|require\w*|expensive|scarce|costly|remain\w*|hard"
        r"|poor\w*|cannot|ca n't|can't|not)\b",
        r"\b(?:we|our|i)\b.{0,40}\b(?:propos\w*|present\w*|introduc\w*|describ\w*|develop\w*|use|used"
        r"|employ|explor\w*|investigat\w*|stud(?:y|ied)|design\w*|build|examin\w*|tried)\b",
        r"\b(?:in this (?:paper|work|article|study)|this paper|this work)\b",
        r"\b(?:result\w*|experiment\w*|evaluation\w*|show\w*|demonstrat\w*|outperform\w*|achiev\w*"
        r"|improv\w*|better|significan\w*|state[- ]of[- ]the[- ]?art|gain\w*|effective\w*|found)\b",
        r"\b(?:existing|previous|prior|current|recent|traditional|most|many)\b",
        r"\b(?:for example|for instance|figure|table|section|e\.g|such as)\b",
        r"\b(?:future|plan to|would like|in addition|finally|first|second)\b",
        r"\d",
        r"%|\bpoints?\b",
        r"\b(?:novel|new|first)\b",
        r"\b(?:is|are) (?:an?|the) (?:important|fundamental|key|crucial|task|problem)\b",
        r"[?:]\s*$|^\W",
        r"\bet al\b|\(\s*\d{4}|, \d{4} \)",
        r"\bour (?:method|approach|model|system|framework|algorithm)\b",
        r"\bproposed?\b",
    )
)
_SECTIONS = (
    re.compile(r"\b(?:abstract|summary|tl;?dr|overview)\b", re.IGNORECASE),
    re.compile(r"\b(?:introduction|background|motivation|problem|question|goal|why)\b", re.I),
    re.compile(
        r"\b(?:conclusions?|verdict|lessons?|takeaways?|results?|outcome|discussion)\b", re.I
    ),
)
_NO_SECTION = len(_SECTIONS)


def _section(name: str) -> int:
    """0 opening summary, 1 introduction, 2 conclusion, 3 any other or none."""
    for index, pattern in enumerate(_SECTIONS):
        if pattern.search(name):
            return index
    return _NO_SECTION


def features(sentences: Sequence[Sentence], vectors: Array) -> Array:
    """The (n, f) matrix of place, length, cues and likeness for the n sentences of one text.

    `vectors` is (n, d), rows of unit length. The vectors themselves are not part of the result.
    """
    count = len(sentences)
    centroid = vectors.mean(0)
    centroid = centroid / (np.linalg.norm(centroid) + 1e-9)
    to_centroid = vectors @ centroid
    between = vectors @ vectors.T
    lower = [one.text.lower() for one in sentences]
    cues = np.array([[float(bool(cue.search(text))) for cue in _CUES] for text in lower])
    rows = []
    for index, sentence in enumerate(sentences):
        section = [0.0] * (_NO_SECTION + 1)
        section[_section(sentence.section)] = 1.0
        place, last = sentence.place, sentence.places - 1
        within = place / max(1, last)
        where = [
            within,
            float(place == 0),
            float(place == 1),
            float(place == last),
            float(place == last - 1),
            min(sentence.places, 40) / 40,
            index / max(1, count - 1),
            1 / (1 + place),
            1 / (1 + last - place),
        ]
        bend = (within, float(place == 0), float(place == last), within**2, 1 / (1 + place))
        size = len(sentence.text.split())
        length = [
            float(np.log1p(size)),
            float(size < 8),
            float(size > 35),
            min(size, 60) / 60,
            min(size / 60, 2.0) ** 2,
        ]
        others = np.delete(between[index], index)
        closest = np.sort(others)[-3:] if count > 1 else np.zeros(1)
        likeness = [
            float(to_centroid[index]),
            float(others.mean()) if count > 1 else 0.0,
            float(closest.mean()),
            float(closest[-1]),
            float(to_centroid[index] - to_centroid.mean()),
            float((to_centroid > to_centroid[index]).mean()),
            float(between[index, max(0, index - 1)]),
            float(between[index, min(count - 1, index + 1)]),
        ]
        known = section[:_NO_SECTION]
        rows.append(
            [
                *section,
                *where,
                *(a * b for a in known for b in bend),
                *length,
                *cues[index],
                *(a * b for a in known for b in cues[index]),
                *likeness,
            ]
        )
    before = np.vstack([np.zeros_like(cues[:1]), cues[:-1]])
    after = np.vstack([cues[1:], np.zeros_like(cues[:1])])
    return np.hstack([np.array(rows), before, after])


@dataclass(frozen=True)
class Head:
    """The weights. `place` is (f, 3); `meaning` (d, 9) and `lexicon` (w, 9) hold three columns of
    aspects for each place in NEAR. `known` gives the row of a word in the lexicon."""

    mean: Array
    spread: Array
    centre: Array
    place: Array
    meaning: Array
    lexicon: Array
    known: dict[str, int]
    facts: FactHead | None = None

    def standard(self, matrix: Array) -> Array:
        """Features in standard deviations of the training papers, cut at 4."""
        scaled: Array = np.clip((matrix - self.mean) / self.spread, -4, 4)
        return scaled

    def logits(self, sentences: Sequence[Sentence], matrix: Array, vectors: Array) -> Array:
        """(n, 3) scores; a softmax down each column gives the share of each sentence."""
        around = (vectors - self.centre) @ self.meaning
        for index, sentence in enumerate(sentences):
            rows = [self.known[word] for word in words(sentence.text) if word in self.known]
            if rows:
                around[index] += self.lexicon[sorted(rows)].sum(0) / math.sqrt(len(rows))
        out: Array = self.standard(matrix) @ self.place
        for at, offset in enumerate(NEAR):
            out = out + near(around[:, 3 * at : 3 * at + 3], offset)
        return out

    def rate(self, sentences: Sequence[Sentence], vectors: Array) -> tuple[Array, Array]:
        """Salience (n,): the log-odds that a sentence carries a fact; and (n, 3) log shares."""
        scores = self.logits(sentences, features(sentences, vectors), vectors)
        shares = scores - scores.max(0)
        shares = shares - np.log(np.exp(shares).sum(0))
        if self.facts is None:
            return np.log(np.exp(shares).mean(1) + 1e-12), shares
        return self.facts.score(sentences, vectors), shares


_ARRAYS = ("mean", "spread", "centre", "place", "meaning", "lexicon")


_FACT_ARRAYS = ("mean", "spread", "centre", "place", "meaning", "lexicon", "base")


def _listed(known: dict[str, int]) -> NDArray[np.uint8]:
    text = "\n".join(sorted(known, key=lambda word: known[word]))
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def _known(listed: NDArray[np.uint8]) -> dict[str, int]:
    text = bytes(listed).decode("utf-8")
    return {word: index for index, word in enumerate(text.split("\n")) if word}


def save(path: Path, head: Head) -> None:
    """Write the weights as `.npz`: half precision for the words, float32 for the rest."""
    arrays: dict[str, Any] = {name: getattr(head, name).astype(np.float32) for name in _ARRAYS}
    arrays |= {"lexicon": head.lexicon.astype(np.float16), "known": _listed(head.known)}
    if head.facts is not None:
        for name in _FACT_ARRAYS:
            kind = np.float16 if name == "lexicon" else np.float32
            arrays[f"facts_{name}"] = getattr(head.facts, name).astype(kind)
        arrays["facts_known"] = _listed(head.facts.known)
    np.savez(path, features=np.array(FEATURES), **arrays)


def load(path: Path) -> Head:
    """Read the weights; raises JournalError when the file is missing, damaged or foreign."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            if str(stored["features"]) != FEATURES:
                raise JournalError(
                    f"{path} was made for other features ({stored['features']}).",
                    "Install Field Journal again, or train the head: scripts/train_salience.py.",
                )
            facts = None
            if "facts_known" in stored:
                given = {name: stored[f"facts_{name}"].astype(np.float64) for name in _FACT_ARRAYS}
                facts = FactHead(**given, known=_known(stored["facts_known"]))
            arrays = {name: stored[name].astype(np.float64) for name in _ARRAYS}
            return Head(**arrays, known=_known(stored["known"]), facts=facts)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise JournalError(
            f"The salience head {path} cannot be read: {error}.",
            "Install Field Journal again, or train the head: scripts/train_salience.py.",
        ) from error
