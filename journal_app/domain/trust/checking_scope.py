"""The rule on scope: what a claim was limited to in its source still limits it.

A phrase such as "on these 31", "with one seed", "for at least 300 steps" may go only with the claim
that it limits; empty ones ("in the end") may go alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journal_app.domain.trust.phrases import Token, has, read
from journal_app.domain.trust.units import DAYS, UNITS

KEPT = 0.5  # a claim is kept if this share of its content words is: half of them still state it
WORDS = 5  # content words of a phrase at most: what follows is the rest of the sentence
# With an object these limit what they stand beside; `of` only after a share ("40 % of the tokens").
_LIMITS = frozenset(
    "on with without for in at below under above over across within among during between per from "
    "after before until against up to via using inside outside beyond".split()
) - {"to", "up", "from", "against", "via"}
_TIMES = frozenset("when if unless until while once whenever after before".split())
_SHARES = frozenset("most some half part none all many few any each both percent majority".split())
_OPENING = frozenset(
    "the a an this that these those our my its their his her your all both each every any about "
    "around roughly at least most only even just exactly more less than up to no other same such "
    "very one ~".split()
)
_CLOSING = frozenset(
    "the a an this that these those it we i they he she you there our my its their".split()
)
_AUXILIARIES = frozenset(
    "is are was were be been being has have had does do did will would can could may might should "
    "must i'm it's that's".split()
)
# They limit nothing.
_IDLE = re.compile(
    r"\b(?:in (?:the (?:end|meantime|first place|long run)|fact|practice|short|general|total|sum|"
    r"addition|contrast|particular|summary|passing|turn|hindsight|retrospect|other words|any case|"
    r"place|use|order to|question|mind|my (?:opinion|view)|itself|time|context|principle)|"
    r"at (?:first|last|all|least|most|once|the (?:moment|end|start|same time)|present|"
    r"hand|any rate|night)|for (?:now|example|instance|sure|once|a while|the (?:record|moment|"
    r"time being)|good|that|this|me|us)|on (?:the (?:other|one) hand|top(?: of)?|its own|purpose|"
    r"balance|the way|the whole|paper)|over (?:time|and over)|after (?:all|that|this|which)|"
    r"before (?:that|this|long)|with (?:that|this|it|which|them|respect|regard)|"
    r"under way|above all|up to now|so far|of course|in the (?:morning|evening|afternoon)|"
    r"(?:on|in|at|for|after|before) (?:last|next|this) (?:week|month|night|year|time))\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"[,;:(–—-]\s*(?:but )?(?:(?:I am|I'm|I’m|we are|we're)(?: still)? "
    r"(?:not|un)\s?(?:sure|certain)|"
    r"I (?:think|guess|suppose|believe|suspect)|(?:I|we) (?:do not|don't|don’t) know|"
    r"not sure|perhaps|maybe|probably|or so|if I remember|as far as I)\b",
    re.IGNORECASE,
)
_SAYS_DOUBT = re.compile(
    r"\b(?:sure|certain|think|guess|suppose|believe|suspect|know|perhaps|maybe|probably|may|might|"
    r"could|seems?|appears?|or so|about|far as)\b",
    re.IGNORECASE,
)
_LIKE = re.compile(r"\b(?:as (?:in|with|for|on|at)|like|such as|similar to|same as)\b", re.I)


def findings(sentence: str, source: str) -> Iterator[str]:
    """What limits the source and got lost, a line each."""
    keys = {one.key for one in read(sentence) if one.key}
    tokens = read(source)
    for phrase, claim, needed, enough in _phrases(source, tokens):
        kept = [key for key in needed if has(key, keys)]
        if len(kept) >= enough or not _stated(claim, keys):
            continue
        shown = source[phrase[0].start : phrase[-1].start + len(phrase[-1].word)]
        yield f"“{shown}” got lost: it limits what is said."
    yield from _comments(sentence, source, keys)
    yield from _likeness(sentence, source, keys)
    yield from _owners(tokens, keys, source)


def _phrases(
    source: str, tokens: Sequence[Token]
) -> Iterator[tuple[list[Token], list[Token], list[str], int]]:
    """Each limiting phrase with its claim, the keys of which it must keep some, and how many."""
    idle = [match.span() for match in _IDLE.finditer(source)]
    for at, token in enumerate(tokens):
        if any(start <= token.start < end for start, end in idle):
            continue
        before = tokens[at - 1] if at else None
        if at == 0 and token.word.endswith(("ed", "ing")):
            phrase, _ = _whole(tokens, at)  # "Trained on nothing but 500 reviews, …"
            claim = [one for one in tokens if one.part == token.part + 1]
            leads = token.word.endswith("ing") or any(
                one.word in _AUXILIARIES | _LIMITS for one in phrase
            )
            if token.part < tokens[-1].part and leads:
                words = [one.key for one in phrase if one.key]
                yield phrase, claim, words, (len(words) + 1) // 2
            continue
        begins = before is None or before.clause != token.clause
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is None or after.part != token.part:
            continue
        full = token.word in _TIMES and (
            token.word not in ("after", "before", "until")
            or (after.word in _CLOSING and after.word not in _OPENING)
        )
        if token.word == "of" and before and _shares(tokens, at - 1):
            pass
        elif token.word not in _LIMITS and not full:
            continue
        if token.word == "while" and begins and before and before.part != token.part:
            continue  # a contrast
        opener = next((one for one in tokens if one.part == token.part - 1), None)
        if begins and opener and opener.word == token.word:
            continue  # "on these F1 is 55, on the rest 92.9": it says something of its own
        phrase, closed = _whole(tokens, at) if full else _objects(tokens, at)
        items = [one for one in phrase if one.key]
        if not items or items[-1].word in DAYS:
            continue
        claim = _claim(tokens, phrase, begins=begins)
        numbers = [one.key for one in items if one.number]
        if full:
            yield phrase, claim, [one.key for one in items], 1
            continue
        if begins and not closed:
            needed = [items[0].key]
        elif numbers and items[-1].word in UNITS:
            needed = numbers
        else:
            words = [one.key for one in items]
            needed = list(dict.fromkeys([*words[:2], *numbers, words[-1]]))
        yield phrase, claim, needed, len(needed)


def _shares(tokens: Sequence[Token], at: int) -> bool:
    """Whether it says how many: no number that a word names, as in "step 4,200 of the run"."""
    named = at > 0 and tokens[at].tight and bool(tokens[at - 1].key)
    return tokens[at].word in _SHARES or (tokens[at].number and not named)


def _objects(tokens: Sequence[Token], at: int) -> tuple[list[Token], bool]:
    """A preposition with its object; and whether it is clear where that ends."""
    phrase = [tokens[at]]
    content = 0
    for one in tokens[at + 1 :]:
        if one.part != tokens[at].part or one.clause != tokens[at].clause:
            return phrase, True
        if not one.key:
            if content == 0 and one.word in _OPENING:
                phrase.append(one)
                continue
            return phrase, one.word in _CLOSING
        if content == WORDS:
            return phrase, False
        phrase.append(one)
        content += 1
    return phrase, True


def _whole(tokens: Sequence[Token], at: int) -> tuple[list[Token], bool]:
    """A clause of condition or time."""
    phrase = [tokens[at]]
    for one in tokens[at + 1 :]:
        if one.part != tokens[at].part or one.clause != tokens[at].clause:
            break
        phrase.append(one)
    return phrase, True


def _claim(tokens: Sequence[Token], phrase: Sequence[Token], *, begins: bool) -> list[Token]:
    """What the phrase limits: its clause, or where it fills a part, the part beside it."""
    inside = {one.start for one in phrase}
    clause, part = phrase[0].clause, phrase[0].part
    mine = [one for one in tokens if one.clause == clause and one.start not in inside]
    opens = phrase[0].start == tokens[0].start
    if any(one.key and (opens or not one.number) for one in mine):
        return mine
    next_part = next((o.part for o in tokens if o.part > part and o.aside <= phrase[0].aside), -1)
    following = [one for one in tokens if one.part == next_part]
    while following and all(one.number for one in following):  # "with width 128, 256, 512, …"
        next_part += 1
        following = [one for one in tokens if one.part == next_part]
    ahead = [one for one in tokens if one.part == part and one.clause == clause - 1]
    last = max((o.part for o in tokens if o.part < part and o.aside <= phrase[0].aside), default=-1)
    before = ahead or [one for one in tokens if one.part == last]
    first = not before or phrase[0].start == tokens[0].start
    return following if first or not begins else before


def _stated(claim: Sequence[Token], keys: set[str]) -> bool:
    """Whether the claim is said again; one with numbers only where it keeps one of them."""
    wanted = {one.key for one in claim if one.key}
    numbers = {key for key in wanted if key.startswith("#")}
    if not wanted or (numbers and not numbers & keys):
        return False
    return sum(has(key, keys) for key in wanted) >= max(1, KEPT * len(wanted))


def _comments(sentence: str, source: str, keys: set[str]) -> Iterator[str]:
    """ "…, I'm not sure" doubts what stands before it."""
    for match in _DOUBT.finditer(source):
        head = read(source[: match.start()])
        claim = [one for one in head if one.part == head[-1].part] if head else []
        if _stated(claim, keys) and not _SAYS_DOUBT.search(sentence):
            yield f"“{match.group().lstrip(',;:( –—-')}” got lost: it doubts what is said."


def _likeness(sentence: str, source: str, keys: set[str]) -> Iterator[str]:
    """ "as in the base run" is not "in the base run"."""
    if _LIKE.search(sentence):
        return
    for match in _LIKE.finditer(source):
        following = [one.key for one in read(source[match.end() :]) if one.key][:2]
        if following and all(has(key, keys) for key in following):
            yield f"“{match.group()}” got lost: what is only alike is told as the thing itself."
            return


def _owners(tokens: Sequence[Token], keys: set[str], source: str) -> Iterator[str]:
    """ "a portal whose ads …" must not become "the ads …": a part is not the whole."""
    for at, token in enumerate(tokens):
        if token.word != "whose" or not at:
            continue
        owner = next((one for one in reversed(tokens[:at]) if one.key), None)
        owned = [one for one in tokens[at + 1 :] if one.part == token.part]
        if owner and not has(owner.key, keys) and _stated(owned, keys):
            yield f"“{owner.word} whose …” got lost: only a part of them is meant."
