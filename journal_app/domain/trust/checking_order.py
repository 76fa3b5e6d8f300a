"""The rule on order: who does what stays so, and a part is not told as the whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from journal_app.domain.trust.phrases import Token, has, is_verb, read

SAID = 0.6  # of a subordinate clause's content words: so much of it is told as a fact
_IN = frozenset("in on at with without of for from under over to between".split())
_WHEN = frozenset("when if unless until once whenever whether".split())
_HOW = frozenset("what how why whether which where".split())
_SHARE = re.compile(
    r"\b(one|half|part|none|few|many|\d+(?:\.\d+)? ?%?) of (?:the|its|our|these|those|all)\b", re.I
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:(?:the |main |our |their )*claim|next|open|plan|idea|todo|to do|hypothesis|question|"
    r"proposal|guess|option|wish|maybe|"
    r"let me|ok let me|alert|rule|goal|target|aim|expected|expectation)\b(?=:| when\b| me\b)",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"(?:^|[,;:.]\s+)(?:please )?(?:don't|don’t|do not|never)\s+\w+", re.I)
_PAST_NOT = re.compile(r"\b(?:did not|didn't|didn’t)\b", re.IGNORECASE)
_TURNS = frozenset("by of".split())  # a passive, or "the loader's bug"
_COPULAS = frozenset("is are was were".split())


def findings(sentence: str, source: str) -> Iterator[str]:
    """What changed its place, a line each."""
    said, known = read(sentence), read(source)
    keys = {one.key for one in said if one.key}
    yield from _promoted(said, known, keys)
    yield from _turned(sentence, said, known)
    yield from _facts(said, known, keys)
    ours, theirs = (Counter(one.key for one in each if _word(one)) for each in (said, known))
    for key, times in ours.items():
        if theirs[key] and times > theirs[key]:
            yield f"“{key}…” stands there more often than in the source."
    if _YOU.search(sentence) and not _YOU.search(source):
        yield "It speaks to somebody, not so the source."
    label = _LABEL.match(source)
    if (
        label
        and not _LABEL.match(sentence)
        and label.group().strip().lower() not in sentence.lower()
    ):
        rest = [one.key for one in known if _word(one) and one.start >= label.end()]
        if _share(rest, keys) >= 0.5:
            yield f"“{label.group().strip()}” got lost: it is not done."
    if _PAST_NOT.search(sentence) and not _PAST_NOT.search(source) and _ORDERED.search(source):
        yield "What the source asks for is told as done."
    for match in _SHARE.finditer(source):
        after = next((one for one in known if _word(one) and one.start >= match.end()), None)
        word = match.group(1).lower().strip(" %")
        again = {one.word.strip("%") for one in said} | {one.key.lstrip("#") for one in said}
        if after and has(after.key, keys) and word == "one" and not again & {"one", "1", "a", "an"}:
            yield f"“{match.group()}” got lost: only a part is meant."


def _word(token: Token) -> bool:
    return bool(token.key) and not token.number


def _share(wanted: Sequence[str], keys: set[str]) -> float:
    return sum(has(key, keys) for key in wanted) / len(wanted) if wanted else 0.0


def _promoted(said: Sequence[Token], known: Sequence[Token], keys: set[str]) -> Iterator[str]:
    """ "Shipping with 11.2 makes no sense" must not become "11.2 makes no sense"."""
    for at, token in enumerate(said):
        begins = at == 0 or said[at - 1].part != token.part
        if not begins:
            continue
        while at + 1 < len(said) and said[at].word in ("the", "a", "an", "our", "this", "that"):
            at += 1
        first = said[at]
        places = [index for index, one in enumerate(known) if first.key and one.key == first.key]
        if len(places) != 1:
            continue
        place = places[0] - 1
        while place >= 0 and (not known[place].key and known[place].word not in _IN):
            place -= 1
        if at <= 1 and place == 0 and known[0].word in _IN and known[0].word != said[0].word:
            yield f"“{known[0].word}” got lost before “{first.word}”."
            continue
        if place < 1 or known[place].word not in _IN or known[place].part != known[places[0]].part:
            continue
        head = known[place - 1]
        if place > 1 and head.key and head.part == known[place].part and not has(head.key, keys):
            yield f"“{head.word} {known[place].word} {first.word}” lost what it speaks of."


def _turned(sentence: str, said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """Words whose order is turned have other parts in what happens, but for a passive and a phrase
    or clause that moved as a whole."""
    places: dict[str, int] = {}
    counts = Counter(one.key for one in known if one.key)
    for index, one in enumerate(known):
        if one.key and counts[one.key] == 1:
            places[one.key] = index
    row = [(one, places[one.key]) for one in said if one.key in places]
    falls = [(first, last) for (first, a), (last, b) in pairwise(row) if b < a]
    if not falls:
        return
    ours, theirs = ({one.word for one in tokens} for tokens in (said, known))
    turns = ours & _TURNS - theirs
    passive = re.search(r"\b(?:is|are|was|were|be|been)\b", sentence) and not turns
    if turns or "'s" in sentence or "’s" in sentence:
        return
    for first, last in falls:
        if first.part != last.part:
            # what moved as a whole stands between marks, after a word that says how it belongs
            continue
        between = [one.word for one in said if first.start < one.start < last.start]
        lead = next((i for i, one in enumerate(said) if one.start == first.start), 0)
        if first.word.endswith("s") and first.word[:-1].endswith("time"):
            continue  # "sometimes" may stand anywhere
        if lead and said[lead - 1].word in _IN and set(between) & _COPULAS:
            continue  # "on books is 9.8" of "9.8 on books"
        if any(word in _IN | {"and", "as", "when", "if", "since", "because"} for word in between):
            continue
        if passive and theirs & {"we", "i", "you", "they"}:
            continue
        if set(between) & _COPULAS and theirs & _COPULAS:
            middle = [
                one
                for one, after in pairwise(known)
                if one.word in _COPULAS and after.word not in _IN
            ]
            if any(places[last.key] < known.index(one) < places[first.key] for one in middle):
                continue  # "the cause was A" of "A was the cause"
        yield f"“{first.word} {last.word}” stands the other way round in the source."
        return
    commas = sentence.count(",")
    if commas and any(first.part != last.part for first, last in falls):
        start = said[0].word
        if start not in _IN | _WHEN | {"after", "before", "during", "within", "as", "since"}:
            first, last = next((a, b) for a, b in falls if a.part != b.part)
            if not _whole(first, said, places):
                yield f"“{first.word}, {last.word}” stands the other way round in the source."


def _whole(token: Token, said: Sequence[Token], places: dict[str, int]) -> bool:
    """Whether the part of a token is a piece of the source in its order, with a verb's length."""
    words = [one for one in said if one.part == token.part]
    part = [places[one.key] for one in words if one.key in places]
    if not any(is_verb(one.word) for one in words):
        return False
    return len(part) > 1 and part == sorted(part) and part[-1] - part[0] <= 3 * len(part)


def _facts(said: Sequence[Token], known: Sequence[Token], keys: set[str]) -> Iterator[str]:
    """ "Alert when a GPU is at 85 °C" must not become "a GPU is at 85 °C"; nor "what they had to
    add" "they had to add"."""
    words = {one.word for one in said}
    for at, token in enumerate(known):
        opens = token.word in _WHEN or (token.word in _HOW and at == 0)
        if not opens or words & (_WHEN | _HOW):
            continue
        inside = [
            one for one in known[at + 1 :] if one.part == token.part and one.clause == token.clause
        ]
        wanted = [one.key for one in inside if one.key]
        if not wanted or _share(wanted, keys) < SAID:
            continue
        first = next((i for i, one in enumerate(said) if has(wanted[0], {one.key} - {""})), 0)
        led = {one.word for one in said[max(0, first - 3) : first]}
        if not led & {"with", "at", "after", "in", "during", "on", "for", "under", "without"}:
            yield f"“{token.word} …” got lost: a condition is told as a fact."
            return
