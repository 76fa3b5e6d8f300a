"""The rule on numbers: same value, unit, bound, order and owner as in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise, zip_longest

from journal_app.domain.trust.opposites import pole
from journal_app.domain.trust.polarity import content_of, stem, words_of
from journal_app.domain.trust.quantities import Quantity, quantities
from journal_app.domain.trust.units import UNITS, singular

_TO = re.compile(r"\s*(?:down |up )?(?:to|→|->|=>|⇒|–|-|—|through)\s*", re.IGNORECASE)
_FROM = re.compile(
    r"[\s,(]*(?:(?:up|down|rising|falling|instead|increased|decreased|reduced|improved)\s+)?"
    r"(?:from|was|were|of|vs\.?|versus|against|compared (?:to|with)|over|before|than|previously)"
    r"\s*:?\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"[;.](?=\s|$)|,(?!\d)|\s[-–—]\s|\b(?:and|but|while|whereas|or|versus|vs)\b")
_UNIT_STEMS = frozenset(stem(unit) for unit in UNITS if unit.isalpha())
_NEAR = 40  # characters around a number in which its unit may stand ("epochs: 3")


def findings(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """What is wrong with the numbers, a line each."""
    written = quantities(sentence)
    if not written:
        return
    known = [(source, one) for source in sources for one in quantities(source)]
    for one in written:
        same = [
            (source, other)
            for source, other in known
            if _same_value(one, other) and not _pronoun(one, sentence, other, source)
        ]
        if not same:
            yield f"The number {one.value} is not in the source."
            continue
        fitting = [other for source, other in same if _same_unit(one, other, source)]
        if not fitting:
            yield f"“{one}” has another unit in the source: {same[0][1]}."
        elif not any(one.bound == other.bound for other in fitting):
            yield f"“{one}” is “{fitting[0]}” in the source."
    yield from _orders(sentence, written, sources)
    yield from _owners(sentence, sources)


_TIMES = (
    {"2": 1, "twice": 0, "double": 0},
    {"3": 1, "thrice": 0, "triple": 0},
    {"0.5": 0, "half": 0},
)


def _same_value(one: Quantity, other: Quantity) -> bool:
    """`twice` is 2, where one of both says so or counts times."""
    if one.value == other.value:
        return True
    return any(
        one.value in family
        and other.value in family
        and all(not family[each.value] or each.unit == "x" for each in (one, other))
        for family in _TIMES
    )


def _pronoun(one: Quantity, sentence: str, other: Quantity, source: str) -> bool:
    """Whether a digit 1 leans on a "one" that may not count ("the chosen one")."""
    digit = sentence[one.start : one.end][:1].isdigit()
    word = source[other.start : other.end][:1].isalpha()
    return one.value == "1" and digit and word and (not one.unit or one.unit != other.unit)


def _same_unit(one: Quantity, other: Quantity, source: str) -> bool:
    """A measure must stay; a plain unit ("500 steps") may be left out, and may have stood before
    the number or a few words after it."""
    if one.unit == other.unit:
        return True
    if one.value != other.value:  # twice and 2×
        return {one.unit, other.unit} <= {"", "x"} or not (one.measured or other.measured)
    if other.measured or one.measured:
        return False
    if not one.unit:
        return True
    cut = re.split(r"[.;!?](?=\s)|\d", source[other.end : other.end + _NEAR])[0]
    after = {UNITS.get(word, singular(word)) for word in words_of(cut)[:4]}
    ahead = words_of(source[max(0, other.start - _NEAR) : other.start])
    before = {UNITS.get(word, singular(word)) for word in ahead[-1:]}
    counted = one.unit in UNITS.values()
    if one.unit in after or one.unit in before:
        return True
    return not counted and one.unit in {singular(word) for word in words_of(source)} | _VERBS


_VERBS = frozenset("gave took ended made ran show showed shows reached used needed failed".split())


def pairs(text: str, found: Sequence[Quantity]) -> list[tuple[str, str, bool]]:
    """Values in "from A to B", first A; True where the words say so, False for "B against A"."""
    result = []
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if _TO.fullmatch(between):
            result.append((one.value, other.value, True))
        elif _FROM.fullmatch(between):
            result.append((other.value, one.value, "from" in between.lower()))
    return result


def _orders(sentence: str, written: Sequence[Quantity], sources: Sequence[str]) -> Iterator[str]:
    known = []
    places: dict[str, int] = {}
    base = 0
    for source in sources:
        found = quantities(source)
        known += [pair[:2] for pair in pairs(source, found)]
        for one in found:
            places.setdefault(one.value, base + one.start)
        base += len(source) + 1
    for first, last, firm in pairs(sentence, written):
        if (first, last) in known or not firm or first not in places or last not in places:
            ordered = True
        elif (last, first) in known:
            ordered = False
        else:
            ordered = places[first] < places[last]
        if not ordered:
            yield f"“From {first} to {last}” is the other way round in the source."
            continue
        moved = _moved(sentence)
        stated = any(moved in _changes(source) for source in sources)
        if firm and moved and not stated and _sign(first, last) not in (0, moved):
            yield f"From {first} to {last} is no {'rise' if moved > 0 else 'fall'}."


def _moved(sentence: str) -> int:
    """The direction that the words claim: 1, -1, or 0 where they claim none or both."""
    signs = _changes(sentence)
    return signs.pop() if len(signs) == 1 else 0


def _changes(text: str) -> set[int]:
    return {known[1] for word in words_of(text) if (known := pole(word)) and known[0] == "change"}


def _sign(first: str, last: str) -> int:
    try:
        gap = Decimal(last) - Decimal(first)
    except InvalidOperation:
        return 0
    return (gap > 0) - (gap < 0)


def proved(sentence: str, sign: int) -> bool:
    """Whether two numbers of the sentence ("from A to B") show a change of this sign."""
    found = quantities(sentence)
    return any(_sign(first, last) == sign for first, last, firm in pairs(sentence, found) if firm)


def _owners(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """A number whose words fit another number of the source better has changed its place."""
    known: dict[str, set[str]] = {}
    unclear: set[str] = set()
    for source in sources:
        mine = list(_neighbours(source))
        values = [value for value, _ in mine]
        unclear |= {value for value in values if values.count(value) > 1}
        for value, near in mine:
            known.setdefault(value, set()).update(near)
    segments = [one for source in sources for one in _segments(source)]
    for value, near in _neighbours(sentence):
        here = max((len(near & words) for values, words in segments if value in values), default=-1)
        there = max(
            (len(near & words) for values, words in segments if value not in values), default=0
        )
        if here == 0 and there and there >= min(2, len(near)):
            yield f"{value} stands with words of another part of the source."
        if value not in known or value in unclear:
            continue
        own = len(near & known[value])
        for other, words in known.items():
            if other != value and other not in unclear and len(near & words) > own:
                yield f"{value} stands with the words of {other}."
                break


def _segments(text: str) -> list[tuple[set[str], set[str]]]:
    """The numbers and the content words of each part of a text. A part that is nothing but
    numbers (", 0.44 → 0.45") belongs to the one before it."""
    found: list[tuple[set[str], set[str]]] = []
    at = 0
    known = quantities(text)
    for stop in [*(match.end() for match in _AND.finditer(text)), len(text)]:
        values = {one.value for one in known if at <= one.start < stop}
        words = _content(text[at:stop])
        if words or not found:
            found.append((values, words))
        else:
            found[-1][0].update(values)
        at = stop
    return found


def _neighbours(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each number with the content words of its part of the sentence: those before the first
    number there, and those between the number before it and itself; all where it is alone."""
    at = 0
    spans = []
    for match in _AND.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    found = quantities(text)
    for start, end in spans:
        inside = [one for one in found if start <= one.start < end]
        head: set[str] = set()
        last = start
        for one, after in zip_longest(inside, inside[1:]):
            own = _content(text[last : one.start])
            if one is inside[0]:
                head = own
            if len(inside) == 1 or not own | head:
                stop = after.start if after else end
                own = _content(text[start : one.start] + " " + text[one.end : stop])
            yield one.value, own | head
            last = one.end


def _content(text: str) -> set[str]:
    return content_of(text) - _UNIT_STEMS
