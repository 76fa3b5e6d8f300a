"""Clauses of English sentences, their content words, and which of them are denied.

Plain word lists and clauses, no grammar: good enough to say that two wordings differ in polarity,
never to say what a sentence means. Where they err, they should err by seeing a difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from journal_app.domain.trust.units import FUNCTION, NUMBER_WORDS

_WORD = re.compile(r"[^\W\d_](?:[\w'’]|-(?=\w))*")
_BREAK = re.compile(
    r"[,;:.!?…—](?=\s|$)|\s\|\s|\s[-–—]\s|\b(?:but|and|while|whereas|although|though|because|since|so|which|"
    r"then|however|yet|or|if|unless|when|as|until)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?…])(?=\s|$)")

IRREGULAR = {
    form: base
    for line in (
        "fall fell fallen|rise rose risen|grow grew grown|go went gone goes|run ran|"
        "take took taken|make made|get got gotten|give gave given|break broke broken|lose lost|"
        "keep kept|beat beaten|choose chose chosen|find found|hold held|lead led|begin began begun|"
        "write wrote written|drive drove driven|see saw seen|shrink shrank shrunk|know knew known|"
        "think thought|mean meant|spend spent|show shown|stand stood|win won|"
        "bad worse worst|good better best|have had has|do did done does|be is are was were been"
    ).split("|")
    for base, *forms in (line.split(),)
    for form in (base, *forms)
}
_ENDINGS = (
    "ations ation ingly edly ences ence ances ance ments ment ities ity ness ions ion ings ing ies "
    "ied ers er est ed es ly al s e y"
).split()


def stem(word: str) -> str:
    """A crude stem, only to compare two words: `converged` and `convergence` give `converg`."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    low = IRREGULAR.get(low, low)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] in "bdgmnprt":
        low = low[:-1]
    return low


def words_of(text: str) -> list[str]:
    """The words in lower case, straight apostrophes."""
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


_NEGATION = frozenset(
    "not no never none neither nor without cannot nothing nobody nowhere hardly barely scarcely "
    "fail fails failed failing failure lack lacks lacked lacking unable avoid avoids avoided "
    "avoiding prevent prevents prevented preventing refuse refuses refused except absent missing "
    "impossible rejects denied".split()
)
_WHOLE_CLAUSE = frozenset("none nothing nobody neither".split())  # they deny what follows and leads
_DENYING_VERBS = ("fail", "avoid", "prevent", "refus", "reject")
_NEXT_ONLY = frozenset("without except lack lacks lacked lacking absent missing".split())
# No news of their own: they neither carry nor take a negation.
LIGHT = FUNCTION | frozenset(
    "very much really quite just too any some all there here than such own same other another "
    "both more most less least rather even again already then thus still yet now ever let us me "
    "him her them who whom whose what how why where get got make made be being am it's that's "
    "there's".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence. `content`: stems of its content words in order; `denied`: stems within
    the reach of a negation, `firmly` those right after it; `negations`: how many it holds."""

    text: str
    content: tuple[str, ...]
    denied: frozenset[str]
    firmly: frozenset[str]
    negations: int

    @property
    def negated(self) -> bool:
        """Whether it holds a negation."""
        return self.negations > 0


def is_negation(word: str) -> bool:
    """Whether a lower-case word denies."""
    return word in _NEGATION or word.endswith("n't")


def clauses(text: str) -> list[Clause]:
    """The clauses of `text` that hold a word."""
    pieces: list[str] = []
    at = 0
    for match in _BREAK.finditer(text):
        pieces.append(text[at : match.start()])
        at = match.start() if match.group()[0].isalpha() else match.end()
    pieces.append(text[at:])
    found: list[Clause] = []
    for piece in pieces:
        words = words_of(piece)
        if words and found and is_negation(words[-1]):  # "… but the index does not": not what?
            spared = [word for word in words_of(found[-1].text) if word not in LIGHT][1:]
            piece = f"{piece.rstrip()} {' '.join(spared)}"
        if words:
            found.append(_clause(piece))
    return found


def _clause(text: str) -> Clause:
    words = _joined(words_of(text))
    content: list[str] = []
    denied: set[str] = set()
    firmly: set[str] = set()
    odd = False  # an odd number of negations so far
    reach = rank = 0
    negations = 0
    short = False
    for word in words:
        if is_negation(word):
            odd = not odd
            rank = 0
            reach = 2 if word == "no" else 1
            short = word in _NEXT_ONLY
            negations += not short
            if word.startswith(_DENYING_VERBS):
                content.append(stem(word))
            continue
        if word in LIGHT:
            reach = min(reach, 1) if rank else reach
            continue
        key = stem(word)
        content.append(key)
        if odd:
            if rank < reach:
                firmly.add(key)
            if rank < 1 or not short:
                denied.add(key)
            if not word.endswith("ly"):
                rank += 1
    if any(word in _WHOLE_CLAUSE for word in words):
        denied |= set(content)
        firmly |= set(content)
    return Clause(text, tuple(content), frozenset(denied), frozenset(firmly), negations)


def _joined(words: list[str]) -> list[str]:
    """`instead of` and `rather than` deny; `not only` and `no doubt` do not."""
    found: list[str] = []
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if (word, following) in (("instead", "of"), ("rather", "than"), ("far", "from")):
            found.append("without")
        elif word in ("not", "no") and following in ("only", "doubt", "matter"):
            continue
        else:
            found.append(word)
    return found


def sentences_of(text: str) -> list[str]:
    """The sentences of `text`, cut at strong punctuation."""
    return [piece for piece in _SENTENCE.split(text) if piece.strip()]


def content_of(text: str) -> set[str]:
    """The stems of all content words; numbers in words are no content."""
    return {
        stem(word)
        for word in words_of(text)
        if word not in LIGHT and word not in NUMBER_WORDS and not is_negation(word)
    }
