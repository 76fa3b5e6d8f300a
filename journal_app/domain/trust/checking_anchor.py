"""The rule on anchors: a number stays beside a word that it stands beside in its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from journal_app.domain.trust.phrases import Token, has, read
from journal_app.domain.trust.polarity import stem
from journal_app.domain.trust.units import UNITS

REACH = 3  # content words on each side: a noun with its adjective and its verb
# Before a number these are no name of it: what they say may be said by another verb.
_VERBS = frozenset(
    stem(word)
    for word in (
        "reach take show use get give need make become stay remain find see note mean contain "
        "hold score cost rise fall drop grow increase decrease improve go come run train last "
        "require add lose gain approximately roughly exactly nearly almost exceed estimate "
        "average measure equal last first top"
    ).split()
)
_MEASURES = frozenset(stem(unit) for unit in UNITS if unit.isalpha()) | {"point"}


def findings(sentence: str, source: str) -> Iterator[str]:
    """Numbers without the words they belong to, a line each."""
    said, known = read(sentence), read(source)
    theirs: dict[str, list[tuple[str, set[str]]]] = {}
    for at, token in enumerate(known):
        if token.number:
            theirs.setdefault(token.key, []).append((_label(known, at), _near(known, at)))
    counted = Counter(one.key for one in said if one.number)
    for key, times in counted.items():
        if key in theirs and times > len(theirs[key]):
            yield f"{key[1:]} stands there more often than in the source."
    yield from _series(said, known)
    for at, token in enumerate(said):
        if not token.number or token.key not in theirs:
            continue
        mine = _near(said, at)
        places = theirs[token.key]
        if not any(_fits(mine, label, near) for label, near in places):
            label = next((label for label, _ in places if label), "")
            lost = f"“{label}…”, " if label and not has(label, mine) else ""
            yield f"{token.word.strip('.,;:')} lost {lost}what it stands beside in the source."


def _series(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """A row of numbers stays whole: one that misses a value puts the others in its place."""
    mine = [[one.key for one in row] for row in _rows(said)]
    for row in _rows(known):
        keys = [one.key for one in row]
        for other in mine:
            if len(set(keys) & set(other)) >= 2 and len(other) < len(keys):
                yield f"A value of the row {' '.join(one.word for one in row)} got lost."


def _rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Numbers with nothing but spaces between them."""
    row: list[Token] = []
    for one in tokens:
        if row and not (one.number and one.tight):
            if len(row) > 1:
                yield row
            row = []
        if one.number:
            row.append(one)
    if len(row) > 1:
        yield row


def _fits(mine: set[str], label: str, near: set[str]) -> bool:
    if label:
        return has(label, mine)
    return not near or any(has(key, mine) for key in near)


def _label(tokens: Sequence[Token], at: int) -> str:
    """The word right before a number that names it: `lr` of "lr 3e-4", `depth` of "depth 12"."""
    before = tokens[at - 1] if at else None
    if before and before.word == "of" and at > 1 and tokens[at - 2].part == tokens[at].part:
        before = tokens[at - 2]  # "an IoU of 48"
    if before is None or not tokens[at].tight or before.part != tokens[at].part:
        return ""
    if before.number or before.key in _VERBS or before.word.endswith("ed"):
        return ""
    return before.key


def _near(tokens: Sequence[Token], at: int) -> set[str]:
    """The keys of the nearest content words on both sides, in its part of the sentence; where it
    has none there, in the part before."""
    part = tokens[at].part
    found: set[str] = set()
    while not found and part >= 0:
        ahead = [
            one.key
            for one in tokens[:at]
            if _word(one) and one.part == part and one.aside <= tokens[at].aside
        ]
        after = [one.key for one in tokens[at + 1 :] if _word(one) and one.part == part]
        found = set(ahead[-REACH:]) | set(after[:REACH])
        part -= 1
    return found


def _word(token: Token) -> bool:
    return bool(token.key) and not token.number
