"""Words and their opposites, and what stands on the two sides of a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal_app.domain.trust.polarity import Clause, content_of, stem, words_of

# Opposites: one axis a line, one pole on each side of the bar. `*` stands for any ending. The
# first group speaks of a direction: a word of it that no source has must be proved by numbers.
_DIRECTIONS = """
change: increas* rise rises rising rose risen grow grows grew growing growth climb* gain* raise*
  raising boost* surge* doubl* | decreas* reduc* fall falls fell fallen falling drop drops dropped
  dropping lower lowers lowered lowering declin* shrink* shrank shrunk diminish* halv* cut cuts
quality: better best improv* superior good win wins won help helps helped helping useful
  beneficial | worse worst degrad* deteriorat* regress* inferior bad hurt hurts hurting harm*
  useless
level: high higher highest large* big bigger biggest great* more most above exceed* | low lowest
  small* less least fewer fewest below
speed: fast faster fastest quick* speedup accelerat* | slow slower slowest slowly slowdown slowed
  slows
success: work works worked working succe* pass passes passed solv* fixed fixes | fail* broke
  broken breaks crash* unsolved
cost: cheap* | expensive* costl*
"""
_OPPOSITES = """
time: before earlier preced* previously prior | after later follow* subsequent*
bound: minimum minimal min | maximum maximal max
stay: remain* persist* | disappear* vanish* gone
stability: converg* | diverg*
presence: with includ* add adds added adding present contain* | remov* exclud* delet* omit*
switch: enabl* activat* | disabl* deactivat*
verdict: accept* allow* approv* permit* | reject* forbid* forbidden den* refus* block*
use: keep keeps kept keeping adopt* retain* | abandon* discard* revert* dismiss*
length: long longer longest | short shorter shortest shorten*
date: early earlier earliest | late later latest
ease: easy easi* simpl* | hard* difficult* complex*
strength: strong* | weak*
sign: positive* | negative*
weight: heav* | light lighter lightest
start: start* begin* begun began open* resum* | stop* end ends ended ending finish* close* paus*
  halt*
likeness: same equal* identical* similar* alike | differ* unequal* dissimilar*
truth: true correct* right confirm* support* agree* | false* wrong* incorrect* refut* contradict*
  disagree*
fit: overfit* | underfit*
place: over | under
train: train training | validation eval evaluation test
part: all every always everything everywhere | none never
frequency: often frequent* usually | rare* seldom
input: input* | output*
side: left | right
upper: upper top | bottom
first: first initial* | last final*
cause: caus* | prevent*
"""
_COMPARATIVE = frozenset(
    "better worse higher lower faster slower more less fewer larger smaller".split()
)
_UP = re.compile(
    r"\b(?:went|goes|go|going|gone|is|was|were|are|came|comes|moved|moves|trend(?:s|ed)|drove|brought|"
    r"pushed|pulled)\s+(up|down)\b|\b(up|down)\s+(?:from|by|to|over)\b",
    re.IGNORECASE,
)


def _axes(text: str) -> list[str]:
    """The lines of a table, each with those that go on from it."""
    return text.strip().replace("\n  ", " ").splitlines()


def _poles(text: str) -> tuple[dict[str, tuple[str, int]], list[tuple[str, str, int]]]:
    exact: dict[str, tuple[str, int]] = {}
    open_ended: list[tuple[str, str, int]] = []
    for line in _axes(text):
        axis, _, both = line.partition(":")
        for sign, side in zip((1, -1), both.split("|"), strict=True):
            for word in side.split():
                if word.endswith("*"):
                    open_ended.append((word[:-1], axis, sign))
                else:
                    exact.setdefault(word, (axis, sign))
    return exact, sorted(open_ended, key=lambda one: -len(one[0]))


_EXACT, _OPEN = _poles(_DIRECTIONS + _OPPOSITES.lstrip())
DIRECTIONS = frozenset(line.partition(":")[0] for line in _axes(_DIRECTIONS))
_NO_POLE = frozenset(
    "dropout denoising dense density denominator harmonic hardware hardly addition startup "
    "endpoint passage passive simplex address additional cutoff greatly lightning".split()
)


def pole(word: str) -> tuple[str, int] | None:
    """The axis of a lower-case word and its side on it (1 or -1)."""
    if word in _NO_POLE:
        return None
    found = _EXACT.get(word)
    if found is not None:
        return found
    for start, axis, sign in _OPEN:
        if word.startswith(start):
            return axis, sign
    return None


@dataclass(frozen=True, slots=True)
class Direction:
    """A word with an opposite: its axis, its side, whether it is denied, and the content words
    after it in its clause (of all its clause where there are none)."""

    word: str
    axis: str
    sign: int
    denied: bool
    near: frozenset[str]


def directions(found: Sequence[Clause]) -> list[Direction]:
    """Every word with an opposite in these clauses."""
    result = []
    for clause in found:
        words = words_of(clause.text)
        for match in _UP.finditer(clause.text):
            word = (match.group(1) or match.group(2)).lower()
            sign = 1 if word == "up" else -1
            near = frozenset(clause.content)
            result.append(Direction(word, "change", sign, clause.negated, near))
        for index, word in enumerate(words):
            known = pole(word)
            if known is not None:
                denied = stem(word) in clause.firmly and not word.startswith("fail")
                after = content_of(" ".join(words[index + 1 :])) or content_of(
                    " ".join(words[:index])
                )
                result.append(Direction(word, *known, denied, frozenset(after)))
    return result


# What stands on each side of these matters.
PIVOTS = re.compile(
    r"\b(than|beats?|beaten by|outperform(?:s|ed)?|surpass(?:es|ed)?|instead of|rather than|"
    r"replac(?:e|es|ed)|"
    r"before|after|because(?: of)?|due to|caus(?:es|ed)|leads? to|led to|over|versus|vs)\b\.?",
    re.IGNORECASE,
)


def has_pole_turn(text: str) -> int:
    """The product of the sides of the comparatives of `text`: tells `A better than B` from
    `B worse than A`, which are the same."""
    sign = 1
    for word in words_of(text):
        known = pole(word)
        if known and word in _COMPARATIVE:
            sign *= known[1]
    return sign
