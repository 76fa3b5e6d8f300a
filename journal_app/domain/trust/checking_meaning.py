"""The rule on polarity: nothing is turned, limited, doubted or claimed that the source does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal_app.domain.trust.checking_numbers import proved
from journal_app.domain.trust.claims import ADDED_ONLY, CAUSES, CONDITION, CUES, SCOPE
from journal_app.domain.trust.opposites import DIRECTIONS, PIVOTS, directions, has_pole_turn
from journal_app.domain.trust.polarity import Clause, clauses, content_of, sentences_of, words_of

KEPT = 0.5  # a clause is said again if this share of its content words is
_REACH = 2  # content words on each side of a comparison, the nearest
_PREFIXES = ("un", "non-", "non", "in", "im", "ir", "dis", "mis")
# Words of these axes belong to what stands beside them; others ("long inputs") to a noun.
_PLACED = DIRECTIONS | {"time", "verdict", "use", "switch", "presence", "stability", "cause"}


def findings(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """What turns the meaning, a line each."""
    said = clauses(sentence)
    known = [clause for source in sources for clause in clauses(source)]
    yield from _denials(said, known)
    yield from _opposites(sentence, said, known)
    yield from _cues(sentence, said, sources, known)
    yield from _sides(sentence, sources)


def _denials(said: Sequence[Clause], known: Sequence[Clause]) -> Iterator[str]:
    denied, firmly, plain = _polarity(known)
    said_denied, said_firmly, said_plain = _polarity(said)
    negations = any(clause.negated for clause in said)
    for word in sorted(said_firmly & (plain - denied)):
        yield f"“{word}…” is denied, not so in the source."
    for word in sorted((firmly - plain) & (said_plain - said_denied)):
        if not negations or not _denied_nearby(word, said):
            yield f"“{word}…” is denied in the source."
    yield from _prefixes(said, known)
    for clause in known:
        if clause.negated and clause.content:
            again = _best(clause, said)
            if again is None or again.negated or _turned(again, clause):
                continue
            if _best(again, known, least=0.0) in (clause, None):
                yield f"A denial got lost: “{clause.text.strip()}”."
    for clause in said:
        same = [other for other in known if clause.content and other.content == clause.content]
        if same and not any((one.negations - clause.negations) % 2 == 0 for one in same):
            yield f"A denial came in or got lost: “{clause.text.strip()}”."
        if clause.negated and clause.content:
            origin = _best(clause, known, least=0.6)
            if origin is None or origin.negated or _turned(origin, clause):
                continue
            if _best(origin, said, least=0.0) in (clause, None):
                yield f"A denial came in: “{clause.text.strip()}”."


def _polarity(found: Sequence[Clause]) -> tuple[set[str], set[str], set[str]]:
    denied = set[str]().union(*(clause.denied for clause in found))
    firmly = set[str]().union(*(clause.firmly for clause in found))
    plain = {word for clause in found for word in clause.content if word not in clause.denied}
    return denied, firmly, plain


def _denied_nearby(word: str, said: Sequence[Clause]) -> bool:
    """A negation in the clause of the word, or in the next one ("on small models, it did not")."""
    for index, clause in enumerate(said):
        if word in clause.content:
            return any(other.negated for other in said[index : index + 2])
    return False


def _prefixes(said: Sequence[Clause], known: Sequence[Clause]) -> Iterator[str]:
    """`unstable` against `stable`, with their negations counted."""
    for one, other in ((said, known), (known, said)):
        plain = _signed(other, prefixed=False)
        again = _signed(other, prefixed=True)
        for word, signs in _signed(one, prefixed=True).items():
            if word in plain and not signs & (plain[word] | again.get(word, set())):
                yield f"“{word}…” turned into its opposite."


def _signed(found: Sequence[Clause], *, prefixed: bool) -> dict[str, set[int]]:
    """Words with their signs: as they stand, or those that a prefix denies, without it."""
    signs: dict[str, set[int]] = {}
    for clause in found:
        for word in clause.content:
            sign = -1 if word in clause.denied else 1
            if not prefixed:
                signs.setdefault(word, set()).add(sign)
                continue
            for prefix in _PREFIXES:
                if word.startswith(prefix) and len(word) - len(prefix) >= 4:
                    signs.setdefault(word[len(prefix) :], set()).add(-sign)
    return signs


def _turned(clause: Clause, other: Clause) -> bool:
    """Whether a prefix denies in `clause` what stands in `other`: `unstable`."""
    return any(
        word.startswith(prefix) and word[len(prefix) :] in other.content
        for word in clause.content
        for prefix in _PREFIXES
    )


def _best(clause: Clause, among: Sequence[Clause], least: float = KEPT) -> Clause | None:
    """The one clause that says `clause` again, or None where there is none or a tie."""
    wanted = set(clause.content)
    scored = sorted(
        ((len(wanted & set(other.content)), index) for index, other in enumerate(among)),
        reverse=True,
    )
    if not scored or scored[0][0] < max(1, least * len(wanted)):
        return None
    if len(scored) > 1 and scored[1][0] == scored[0][0]:
        tied = [among[index] for score, index in scored if score == scored[0][0]]
        if len({one.negated for one in tied}) > 1:
            return None
    return among[scored[0][1]]


def _opposites(sentence: str, said: Sequence[Clause], known: Sequence[Clause]) -> Iterator[str]:
    theirs = directions(known)
    mine = directions(said)
    for one in mine:
        same = [other for other in theirs if other.axis == one.axis]
        if not same:
            if one.axis in DIRECTIONS and not (
                one.axis in ("change", "level") and proved(sentence, one.sign)
            ):
                yield f"“{one.word}” says more than the source."
            continue
        fitting = [other for other in same if (other.sign, other.denied) == (one.sign, one.denied)]
        if not fitting:
            if not (one.axis == "change" and proved(sentence, one.sign)):
                yield f"“{one.word}” against “{same[0].word}” in the source."
        elif len(fitting) < len(same) and one.axis in _PLACED:
            here = max(len(one.near & other.near) for other in fitting)
            there = max(len(one.near & other.near) for other in same if other not in fitting)
            if there > here:
                yield f"“{one.word}” stands where the source has its opposite."


def _cues(
    sentence: str, said: Sequence[Clause], sources: Sequence[str], known: Sequence[Clause]
) -> Iterator[str]:
    for name, cue in CUES.items():
        here = cue.search(sentence)
        there = [clause for clause in known if cue.search(clause.text)]
        in_source = any(cue.search(source) for source in sources)
        if here and not in_source:
            yield f"“{here.group().strip()}” is not in the source."
        elif not here and in_source:
            for clause in there:
                if _again(clause, said):
                    yield f"“{clause.text.strip()}”: what limits it got lost ({name})."
                    break
    for name, cue in ADDED_ONLY.items():
        here = cue.search(sentence)
        if here and not any(cue.search(source) for source in sources):
            if name == "cause" and any(CAUSES.search(source) for source in sources):
                continue
            yield f"“{here.group()}” is not in the source ({name})."
    content = content_of(sentence)
    if "?" in sentence and not any("?" in source for source in sources):
        yield "A question came in."
    elif "?" not in sentence:
        for one in [part for source in sources for part in sentences_of(source)]:
            if one.endswith("?") and _share(content, one) >= KEPT:
                yield "The source only asks this."
                break
    for one in [part for source in sources for part in sentences_of(source)]:
        scope = SCOPE.match(one.lstrip())
        limits = content_of(scope.group("scope")) if scope else set()
        if limits and not limits & content and _share(content, one) >= KEPT:
            yield f"“{one.lstrip()[: scope.end() if scope else 0].strip()}” got lost."
            break
    if not CONDITION.search(sentence):
        for source in sources:
            for one in sentences_of(source):
                condition = CONDITION.search(one)
                if condition and _share(content, one) >= KEPT:
                    yield f"The condition “{condition.group()} …” got lost."
                    return
    elif not any(CONDITION.search(source) for source in sources):
        yield "A condition came in."


def _share(content: set[str], text: str) -> float:
    """The share of the content words that stands in `text`."""
    return len(content & content_of(text)) / len(content) if content else 0.0


def _again(clause: Clause, said: Sequence[Clause]) -> bool:
    wanted = set(clause.content)
    shared = wanted & {word for one in said for word in one.content}
    return bool(wanted) and len(shared) >= max(1, KEPT * len(wanted))


def _sides(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """ "A beats B" must not become "B beats A"."""
    theirs = [side for source in sources for side in _compared(source)]
    for pivot, left, right, turn in _compared(sentence):
        kept = crossed_once = False
        for _, other_left, other_right, other_turn in [one for one in theirs if one[0] == pivot]:
            straight = len(left & other_left) + len(right & other_right)
            crossed = len(left & other_right) + len(right & other_left)
            if turn != other_turn:
                straight, crossed = crossed, straight
            crossed_once = crossed_once or crossed > straight
            kept = kept or (straight > 0 and straight >= crossed)
        if crossed_once and not kept:
            yield f"What stands around “{pivot}” changed sides."


def _compared(text: str) -> Iterator[tuple[str, set[str], set[str], int]]:
    for match in PIVOTS.finditer(text):
        pivot = match.group(1).lower()
        left = _side(text[: match.start()], last=True)
        right = _side(text[match.end() :], last=False)
        if left and right:
            family = pivot.split()[0].rstrip("sd")
            family = {"befor": "time", "before": "time", "after": "time", "led": "lead"}.get(
                family, family
            )
            turn = has_pole_turn(" ".join(words_of(text[: match.start()])[-3:]))
            if pivot == "before":
                turn = -turn
            if pivot == "beaten by":
                family, turn = "beat", -turn
            yield family, left, right, turn


def _side(text: str, *, last: bool) -> set[str]:
    words = [word for word in words_of(_part(text, last=last)) if content_of(word)]
    return content_of(" ".join(words[-_REACH:] if last else words[:_REACH]))


def _part(text: str, *, last: bool) -> str:
    """The last or first part of `text` within strong punctuation."""
    parts = sentences_of(text) or [""]
    return parts[-1] if last else parts[0]
