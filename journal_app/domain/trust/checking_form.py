"""The rule on form: the pieces that are left still make one sentence, and the same one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from journal_app.domain.trust.opposites import DIRECTIONS, has_pole_turn, pole
from journal_app.domain.trust.phrases import AUXILIARY, Token, has, is_verb, read

OWN = 0.8  # of the content words a source must hold, to be the one that was put in other words
_UNENDED = frozenset(
    "and but or nor while whereas although though because since so which whose if unless until "
    "when the a an of with without for from to at by than as into onto per between among during "
    "via is are was were be not no very more most less its their our my".split()
)
_COPULA = re.compile(r"\s(?:is|are|was|were|means?|equals?)\s", re.IGNORECASE)
_MAY_BE_COLON = frozenset("the a an is are was were since because so which".split())
_SUBJECT = re.compile(
    r"\b(?:it|they|he|she|this|that|these|those)(?:'s|’s|\s+(?:[a-z]+s|[a-z]+ed|are|were|have|"
    r"had|do|did|will|can|could|may|might|should|would|cost|need|run|go|went|ran|got|gave|took))\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"\b(?:all right|alright|okay|ok|fine|correctly|properly|successful(?:ly)?|as expected|"
    r"as planned|important|interesting)\b",
    re.IGNORECASE,
)
_CLOSING = frozenset("the a an this that these those it we i they he she there our its".split())
_BEFORE_NOUN = frozenset("the a an this that these those our my its their".split())
# Before a noun these say nothing that limits it.
_FREE = frozenset("nice sad whole entire actual overall respective simple".split())


def findings(sentence: str, source: str) -> Iterator[str]:
    """What is broken or joined anew, a line each; `source` is what the sentence was made from."""
    said, known = read(sentence), read(source)
    keys = {one.key for one in known if one.key}
    mine = [one for one in said if one.key]
    if not mine or sum(has(one.key, keys) for one in mine) < OWN * len(mine):
        return  # made from more than this: what is joined in it is no matter of one sentence
    yield from _ending(said, known)
    yield from _again(sentence, source)
    yield from _bridges(said, known)
    yield from _colons(sentence, source, known)
    yield from _prepositions(said, known)
    yield from _fragments(said, known)
    yield from _modifiers(said, known)
    yield from _identified(said, known)
    yield from _crossed(said, known)
    count = len(_SUBJECT.findall(sentence))
    if count > len(_SUBJECT.findall(source)) and count:
        yield "A pronoun stands for what the source names."
    approved = _APPROVED.search(sentence)
    if approved and not _APPROVED.search(source):
        yield f"“{approved.group()}” is a judgement that the source does not make."


def _ending(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """Nothing ends in the middle, unless the source ends a part so."""
    last = said[-1].word
    ends = {one.word for one, after in itertools.pairwise(known) if after.part > one.part}
    if last in _UNENDED and last not in ends | {known[-1].word}:
        yield f"It ends in “{last}”."


def _again(sentence: str, source: str) -> Iterator[str]:
    """ "Every angry customer is a customer who is angry" says nothing; a loop neither."""
    parts = _COPULA.split(sentence, maxsplit=1)
    if len(parts) == 2:
        left, right = ({one.key for one in read(part) if one.key} for part in parts)
        if right and all(has(key, left) for key in right):
            yield "It says of a thing only what the thing is called."
    said = read(sentence)
    flat = " ".join(one.word for one in read(source))
    for part in range(1, said[-1].part + 1):
        before = {one.key for one in said if one.key and one.part < part}
        words = [one for one in said if one.part == part]
        here = {one.key for one in words if one.key}
        shown = " ".join(one.word for one in words)
        if here and here <= before and flat.count(shown) < 2:
            yield f"“{shown}” was said already."


def _bridges(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """One clause made from parts of the source with another part between them left out."""
    parts: dict[str, set[int]] = {}
    for one in known:
        if one.key:
            parts.setdefault(one.key, set()).add(one.part)
    held = {one.key for one in said}
    for clause in {one.part for one in said}:
        keys = [one.key for one in said if one.part == clause and one.key in parts]
        single = [parts[key] for key in keys if len(parts[key]) == 1]
        places = sorted({next(iter(place)) for place in single})
        for first, last in itertools.pairwise(places):
            between = {one.key for one in known if one.key and first < one.part < last}
            if between and not any(key in held for key in between):
                yield "It joins what stands apart in the source."
                return
        if len(places) > 2:
            yield "It joins more than two parts of the source into one."
            return


def _colons(sentence: str, source: str, known: Sequence[Token]) -> Iterator[str]:
    """A new colon claims that one explains the other: nothing may have stood between them."""
    for match in re.finditer(r":(?=\s)", sentence):
        left = [one.key for one in read(sentence[: match.start()]) if one.key]
        right = [one.key for one in read(sentence[match.end() :]) if one.key]
        keys = [one.key for one in known if one.key]
        if not left or not right or left[-1] not in keys or right[0] not in keys:
            continue
        marks = [
            index
            for index, (one, after) in enumerate(itertools.pairwise(keys))
            if one == left[-1] and after == right[0]
        ]
        whole = [index for index, one in enumerate(known) if one.key == left[-1]]
        beside = known[whole[0] + 1 : whole[0] + 4]
        for one in beside:
            if one.key == right[0]:
                break
            if one.word in _UNENDED and one.word not in _MAY_BE_COLON:
                yield f"A colon stands where the source has “{one.word}”."
                break
        if not marks and keys.index(left[-1]) < len(keys) - 1 - keys[::-1].index(right[0]):
            yield "A colon joins what does not stand side by side in the source."


def _prepositions(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """ "With 300 pairs the error is 2.3" must not become "300 pairs the error is 2.3"."""
    for at, token in enumerate(said[:-1]):
        follow = said[at + 1]
        if (
            not token.key
            or follow.word not in _CLOSING
            or follow.part != token.part
            or follow.word in ("that", "there")
        ):
            continue
        start = at
        while start and said[start - 1].key and said[start - 1].part == token.part:
            start -= 1
        if start and said[start - 1].part == token.part:
            continue
        first = said[start].key
        for place, one in enumerate(known):
            if one.key == first and place:
                before = known[place - 1]
                if before.word in ("with", "without", "on", "at", "for", "in", "under", "below"):
                    yield f"“{before.word}” got lost before “{one.word}”."
                    return


def _fragments(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """ "The warm up of 12, and …": a beginning without the verb that the source has."""
    if said[0].word not in ("the", "a", "an"):
        return
    acts = any(one.word in AUXILIARY or one.word.endswith("ed") for one in known)
    if acts and not any(is_verb(one.word) for one in said) and known[0].word != said[0].word:
        yield "It has no verb, the source has one."
        return
    first = [one for one in said if one.clause == said[0].clause]
    rest = [one for one in said if one.clause != said[0].clause]
    goes_on = rest and rest[0].word in ("and", "but", "so") and rest[0].part > said[0].part
    if goes_on and known[0].word != said[0].word and not any(is_verb(one.word) for one in first):
        yield "It begins with a piece that has no verb."


def _identified(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """ "Clip ss_0412" is not "the clip"."""
    keys = {one.key for one in said if one.key}
    for one, name in itertools.pairwise(known):
        named = name.tight and one.part == name.part and any(c in "_0123456789" for c in name.key)
        lost = named and not name.number and one.key in keys and name.key not in keys
        if lost and sum(other.key == one.key for other in known) == 1:
            yield f"“{one.word} {name.word}” lost its name."


def _modifiers(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """ "The real robot" is not "the robot": what stands between article and noun may limit it."""
    for at, token in enumerate(said[:-1]):
        noun = said[at + 1]
        if token.word not in _BEFORE_NOUN or not noun.key or noun.number or not noun.tight:
            continue
        places = [index for index, one in enumerate(known) if one.key == noun.key and index]
        lost = []
        for index in places:
            before = known[index - 1]
            if (
                not before.key
                or before.number
                or before.part != known[index].part
                or not known[index].tight
                or before.word.endswith("ly")
                or before.word in _FREE
                or has(before.key, {one.key for one in said if one.key})
            ):
                break
            lost.append(before.word)
        else:
            if lost:
                yield f"“{lost[0]} {noun.word}” lost its “{lost[0]}”."


def _crossed(said: Sequence[Token], known: Sequence[Token]) -> Iterator[str]:
    """ "A corrects B" must not become "B corrects A", nor "A than B" "B than A"."""
    for pivot in dict.fromkeys(one.word for one in said):
        ours, theirs = _around(said, pivot), _around(known, pivot)
        if ours is None or theirs is None:
            continue
        (left, right), (before, after) = ours, theirs
        crossed = len(left & after), len(right & before)
        straight = len(left & before) + len(right & after)
        if min(crossed) and not straight and _same_way(said, known):
            yield f"What stands around “{pivot}” changed sides."
            return


def _same_way(said: Sequence[Token], known: Sequence[Token]) -> bool:
    """No passive, no turned comparison, nothing that is the same from both sides."""
    ours, theirs = ({one.word for one in tokens} for tokens in (said, known))
    if ("by" in ours) != ("by" in theirs):
        return False
    return has_pole_turn(" ".join(ours)) == has_pole_turn(" ".join(theirs))


_EVEN = frozenset("is are was were and or with to equals equal versus vs the a an of".split())


def _around(tokens: Sequence[Token], pivot: str) -> tuple[set[str], set[str]] | None:
    """The content words of its part before and after a word that stands there once."""
    places = [index for index, one in enumerate(tokens) if one.word == pivot]
    if len(places) != 1 or pivot in _EVEN:
        return None
    at = places[0]
    if not tokens[at].key and pivot not in ("than", "against", "over", "before", "after"):
        return None
    part = tokens[at].part
    ahead = [one.key for one in tokens[:at] if _thing(one) and one.part >= part - 1]
    behind = [one.key for one in tokens[at + 1 :] if _thing(one) and one.part <= part + 1]
    return set(ahead[-4:]), set(behind[:4])


def _thing(token: Token) -> bool:
    """Whether it may name a side: no number, no "faster"."""
    known = pole(token.word)
    return bool(token.key) and not token.number and not (known and known[0] in DIRECTIONS)
