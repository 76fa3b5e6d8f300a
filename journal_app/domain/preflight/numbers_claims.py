"""Which number of a sentence is said of which task, metric or parameter.

Silence is better than a false alarm: a number that may be a difference, a limit, a plan, a point on
the way, or somebody else's is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journal_app.domain.preflight.numbers_names import Kind, Name
from journal_app.domain.preflight.numbers_read import Written, read
from journal_app.domain.trust.claims import CUES
from journal_app.domain.trust.units import UNITS

# Words that may stand between a name and its number.
_BETWEEN = re.compile(
    r"(?:[\s:=|,*_`\"“”()~≈<>≤≥-]|\b(?:is|was|were|are|of|at|to|be|reached|reaches|reaching|hits?|"
    r"got|gets?|gives?|gave|scores?|scored|scoring|comes?|came|out|in|stands?|stay(?:s|ed)|remain(?:s|ed)|sits|sat|moved|ended|ends|up|down|"
    r"went|goes|fell|falls|rose|rises|climbed|climbs|dropped|drops|improved|improves|grew|settled|"
    r"landed|lands|now|an?|about|only|just|around|roughly|nearly|almost|over|above|under|below|"
    r"values?|results?|metric|final|finally|the|model|with|on|for|our|ours|its|set|used|using|"
    r"we|it|i|has|had|have|shows?|showed|reports?|measured|achieve[sd]?|achieving|from|and|both|"
    r"accuracy|score|run|test|this|that|which|by the end|after training|as|high|low|exactly|"
    r"bit|little|sank|stieg|fiel|ging|ist|war|beträgt|lag|liegt|bei|von|auf|erreicht(?:e)?|der|die|das|mit|eine[nr]?|wir|etwa|rund"
    r")\b)*+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[)\]]\s*)?(?:\([^)]*\)\s*)?(?:(?:points?|score)\s+)?"
    r"(?:(?:in|of|on|for|at|as|auf|bei|in)\s+)?(?:(?:the|its|our|der|die|dem)\s+)?[*_`“\"]*"
    r"(?:(?:final|overall|test|full)\s+)?"
)
_THEN = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:on|in|for|at|of|auf|bei)\s+(?:the\s+)?[*_`“\"]*")
_CLAUSE = re.compile(r"[;]|\s[-–—]\s|,?\s\b(?:but|while|whereas|although|though|aber|während)\b")
_AWAY = re.compile(  # what ends right before a number that is no claim
    r"(?:\bby(?: about| roughly| only| just| nearly| around| some)?|\b(?:up|down)? ?from|"
    r"\b(?:compared (?:to|with)|vs\.?|versus|against|than(?: the)?|instead of|"
    r"(?:gains?|better|improvement|lead|up) over|beats?|beat|"
    r"baseline(?: of| is| was|:)?|chance(?: of| is| level|:)?|random(?: guessing)?(?: is| at|:)?|"
    r"(?:improvement|gain|drop|increase|decrease|difference|gap|delta|rise|fall|change|loss) of"
    r"(?: about| only)?|within|std|stderr|sd|standard (?:error|deviation)(?: of| is)?|"
    r"tolerance(?: of)?|threshold(?: of| is)?|"
    r"seed|version|steps?|epoch|layer|figure|fig\.|table|section|chapter|equation|line|page|n ?=|"
    r"p ?[=<]|k ?=|temperature(?: of)?|um|als|gegenüber|statt)|±|\+/-|\+-|\(was|\bwas previously|"
    r"previously|formerly|earlier|originally|→ ?Δ|Δ ?=?|[0-9] ?[–—-])\s*[~≈]?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:%|percent|points?|pp|×|x)?\s*(?:percentage )?(?:points?\s*)?\(?(?:better|higher|lower|"
    r"worse|more|less|faster|slower|above|below|over|under|improvement|gain|drop|increase|decrease|"
    r"difference|relative|"
    r"of (?:the|all|its|our|my|these|those|every) \w+|"
    r"of (?:data|tokens|questions|samples|examples|time|cases|steps|"
    r"cost|training|it|them|all)|besser|schlechter|höher|niedriger|mehr|weniger|baseline|chance)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:target|goal|aim(?:ed)?|threshold|expect(?:ed|ation)?|predict(?:ed|ion)?|hypothes\w+|"
    r"guess(?:ed)?|bet|imagine|suppose|if|unless|until|once|when|whenever|paper|reported in|"
    r"leaderboard|published|literature|state of the art|sota|others?|another|"
    r"intermediate|at step|after step|by step|early on|halfway|midway|at first|initial(?:ly)?|"
    r"before|earlier|previous(?:ly)?|last (?:week|month|year|time)|started|begins?|began|"
    r"not|never|no longer|isn't|wasn't|didn't|neither|without|except|"
    r"(?:first|second|third|other|older?|previous|next|earlier) (?:\w+ )?"
    r"(?:run|try|attempt|model|version)|"
    r"(?:larger|smaller|bigger|longer|shorter|teacher|student|reference|original) (?:\w+ )?"
    r"(?:run|model|one|version|network)|humans?|"
    r"(?:scores|numbers|values|anything|everything) (?:above|over|below|under)|"
    r"people|experts?|students?|random|chance|guessing|"
    r"average|mean|median|averaged|each|range[sd]?|between|wrong|typo|bug|"
    r"Ziel|wenn|falls|vorher|zuvor|nicht|erwartet\w*|Durchschnitt|zwischen)\b",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"\s*(?:±|\+/-|\+-|\(±)")
_LISTED = re.compile(
    r"\s*%?\s*(?:,|/|and|,\s*and|or|und|oder|→|->|to|bis|–|—)\s*[~≈]?$", re.IGNORECASE
)
_OVER = re.compile(
    r"\b(?:over|above|more than|at least|exceed(?:s|ing)?|über|mehr als|mindestens)\s*$", re.I
)
_UNDER = re.compile(r"\b(?:under|below|less than|at most|unter|weniger als|höchstens)\s*$", re.I)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|approximately|approx\.?|circa|ca\.?|some|close to|"
    r"just (?:over|under|above|below)|etwa|rund|ungefähr|knapp|fast|gut)\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*%?\s*(?:\w+ )?(?:to|→|->|auf)\s*[~≈]?(?:about |around )?", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|von)\s*[~≈]?$", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\b(?:from|von)\s+[~≈]?[\d.,]+(?:e-?\d+)?\s*%?\s*(?:\w+ )?(?:to|→|->|auf)\s*$", re.IGNORECASE
)
_ANY = re.compile(
    r"\b(?:an?|any|every|other|larger|smaller|higher|lower|bigger|different|ein(?:e|en|er)?)\s+$",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\b(?:we|I|wir|ich) (?:used?|train(?:ed)?|chose|set|took|kept|nahmen|nutz\w+)\b"
    r"|\b(?:trained|training|using|run) with\b|\busing\b",
    re.IGNORECASE,
)
_AHEAD = 60  # characters before a number in which its own words stand
_SCORE_UNITS = frozenset({"%", "bpb", "accuracy", "acc"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A number and what it is said of. `tight`: name and number stand together."""

    number: Written
    task: str = ""
    metric: str = ""
    param: str = ""
    runs: tuple[str, ...] = ()
    tight: bool = False
    generic: bool = False


def claims(text: str, names: Sequence[Name], comma: bool = False) -> Iterator[Claim]:
    """What a sentence says of the names in it."""
    if not names or text.rstrip().endswith("?"):
        return
    if CUES["plan"].search(text) or CUES["doubt"].search(text):
        return
    numbers = list(read(text, comma))
    cuts = [match.start() for match in _CLAUSE.finditer(text)]
    for index, one in enumerate(numbers):
        first = max((cut for cut in cuts if cut < one.start), default=0)
        last = min((cut for cut in cuts if cut >= one.end), default=len(text))
        ahead = _ahead(text, numbers, index)
        before = max(first, numbers[ahead].end if ahead >= 0 else 0)
        after = min(last, numbers[index + 1].start if index + 1 < len(numbers) else len(text))
        if _NOT_SAID.search(text, first, last) or _no_claim(text, one, names):
            continue
        listed = _in_list(text, numbers, index)
        made = _claim(text, one, names, before, after, (first, last), listed)
        if made is not None:
            yield made


def _ahead(text: str, numbers: Sequence[Written], index: int) -> int:
    """The number behind which the words of this one begin; in "fell from 1.2 to 0.8" they are
    those of both."""
    if not index or not _TO.fullmatch(text, numbers[index - 1].end, numbers[index].start):
        return index - 1
    first = numbers[index - 1].start
    return index - 2 if _FROM.search(text[max(0, first - _AHEAD) : first]) else index - 1


def _no_claim(text: str, one: Written, names: Sequence[Name]) -> bool:
    if one.sign in ("+", "±") or _MORE.match(text, one.end):
        return True
    ahead = text[max(0, one.start - _AHEAD) : one.start]
    end = one.start - len(ahead) + len(ahead.rstrip())
    if _AWAY.search(ahead) is not None and not any(name.end == end for name in names):
        return True
    unit = one.unit.lower()
    return (
        unit in UNITS
        and unit not in _SCORE_UNITS
        and not any(name.start >= one.end and name.start - one.end <= 2 for name in names)
    )


def _in_list(text: str, numbers: Sequence[Written], index: int) -> bool:
    """Whether numbers stand side by side ("0.4, 0.5 and 0.6"): nobody knows whose is whose."""
    one = numbers[index]
    if index + 1 < len(numbers):
        between = text[one.end : numbers[index + 1].start]
        if _LISTED.fullmatch(between) and not _SPREAD.match(between):
            return True
    if index:
        between = text[numbers[index - 1].end : one.start]
        # "from 0.4 to 0.5": the second is where it ended
        first = numbers[index - 1].start
        ahead = text[max(0, first - _AHEAD) : first]
        return bool(_LISTED.fullmatch(between)) and not _FROM.search(ahead)
    return False


def _claim(
    text: str,
    one: Written,
    names: Sequence[Name],
    before: int,
    after: int,
    clause: tuple[int, int],
    listed: bool,
) -> Claim | None:
    runs = tuple(n.key for n in names if n.kind == "run" and clause[0] <= n.start < clause[1])
    blank = _blanked(text, [n for n in names if n.kind == "run"])
    said = [n for n in names if n.kind != "run"]
    # what follows a number at once is said of that one: "0.60 acc, 0.58 acc_norm"
    left = [
        n
        for n in said
        if before <= n.start
        and n.end <= one.start
        and (before == clause[0] or text[before : n.start].strip(" %"))
    ]
    if before < one.start and (way := _FROM_TO.search(blank, before, one.start)) is not None:
        blank = blank[: way.start()] + " " * (way.end() - way.start()) + blank[way.end() :]
    chain = _chain_left(blank, one, left)
    right = _chain_right(blank, one, said, after)
    if listed and (not chain or _several(left)):
        return None
    found = [*chain, *right] if chain or right else []
    if chain and right and any(a.kind == b.kind for a in chain for b in right):
        found = chain  # "GSM8K 0.45, MMLU 0.32": the right one has a number of its own
    made = Claim(_bounded(text, one), runs=runs, tight=bool(found))
    made = replace(
        made,
        task=_one_of(found, chain, "task", one),
        metric=_one_of(found, chain, "metric", one),
        param=_one_of(found, chain, "param", one),
    )
    if not (made.task or made.metric or made.param):
        return None
    if not made.tight:
        return None  # too far apart to be sure
    if made.param and _another(text, found):
        return None
    other = [n for n in said if n.kind == "task" and clause[0] <= n.start < clause[1]]
    if made.metric and not made.task and len({n.key for n in other}) == 1:
        made = replace(made, task=other[0].key)
    return replace(made, generic=bool(found) and all(n.generic for n in found))


def _another(text: str, names: Sequence[Name]) -> bool:
    """Whether a parameter is one of several that were tried: "a batch size of 256 was noisy"."""
    param = next(n for n in names if n.kind == "param")
    changed = re.match(r"\W*(?:from\b.*)?\bto\b", text[param.end :])
    any_one = _ANY.search(text[: param.start]) and not _USED.search(text)
    return bool(changed or any_one)


def _several(names: Sequence[Name]) -> bool:
    """Whether names of one kind stand side by side: "A and B are at 0.6 and 0.3"."""
    return any(len({n.start for n in names if n.kind == kind}) > 1 for kind in ("task", "metric"))


def _one_of(found: Sequence[Name], chain: Sequence[Name], kind: Kind, one: Written) -> str:
    """The key of the name of a kind that the number is said of; the nearest of several."""
    same = [n for n in found if n.kind == kind]
    if len({n.key for n in same}) > 1:
        same = [n for n in chain if n.kind == kind] or same
    return min(
        same,
        key=lambda n: min(abs(n.end - one.start), abs(n.start - one.end)),
        default=Name(kind, "", 0, 0),
    ).key


def _blanked(text: str, runs: Sequence[Name]) -> str:
    for name in runs:
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    return text


def _chain_left(text: str, one: Written, left: Sequence[Name]) -> list[Name]:
    """Names before the number with nothing but connecting words between: `GSM8K accuracy of`."""
    chain: list[Name] = []
    at = one.start
    for name in sorted(left, key=lambda n: -n.end):
        if name.end > at and not any(name.start == n.start for n in chain):
            continue
        if not _BETWEEN.fullmatch(text, name.end, max(at, name.end)):
            break
        chain.append(name)
        at = min(at, name.start)
    return chain


def _chain_right(text: str, one: Written, names: Sequence[Name], after: int) -> list[Name]:
    """Names right after the number: `45 % accuracy on GSM8K`."""
    chain: list[Name] = []
    spread = re.compile(r"\s*(?:±|\+/-)\s*[\d.]+\s*%?").match(text, one.end)
    at = spread.end() if spread else one.end
    pattern = _AFTER
    for name in sorted(names, key=lambda n: n.start):
        if name.start < one.end or (name.start >= after and not spread):
            continue
        same = any(name.start == n.start for n in chain)
        gap = pattern.match(text, at)
        if not same and (gap is None or gap.end() != name.start):
            break
        chain.append(name)
        at, pattern = name.end, _THEN
    if chain and _followed(text, chain[-1].end):
        return []
    return chain


def _followed(text: str, end: int) -> bool:
    """Whether a number of its own follows a name: `0.45, GSM8K: 0.32`."""
    return re.compile(r"\s*(?:[:=]|is|was|of|at)\s*[~≈]?\d").match(text, end) is not None


def _bounded(text: str, one: Written) -> Written:
    ahead = text[max(0, one.start - 24) : one.start]
    if one.bound:
        return one
    for pattern, bound in ((_ABOUT, "~"), (_OVER, ">"), (_UNDER, "<")):
        if pattern.search(ahead):
            return replace(one, bound=bound)
    return one
