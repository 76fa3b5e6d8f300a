"""Numbers of a post that name a metric, a task or a parameter of its runs and evals: still true?

A claim that no linked result bears out is an error where the text names clearly what it is about,
else a warning; a claim about what is not linked is nobody's business here. Numbers hold to the
digits that are written: 0.81 and 81 % both say 0.8119.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from journal_app.domain import sentences
from journal_app.domain.preflight import Finding, Level, mark
from journal_app.domain.preflight.numbers_claims import Claim, claims
from journal_app.domain.preflight.numbers_names import (
    Kind,
    canonical,
    find,
    mentioned,
    param_key,
    strangers,
)
from journal_app.domain.preflight.numbers_read import Written, read
from journal_app.domain.preflight.subject import Subject, plain_words
from journal_app.domain.runcards import number

LONGEST = 1500  # characters of a sentence: what is longer is data
ROUGH = 0.05  # of the value: "about"
_CELL = re.compile(r"[~≈*]*[-−]?\d[\d.,]*\s?%?(?:\s*(?:±|\+/-)\s*[\d.]+\s?%?)?\**")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that a linked run or eval holds.

    `value` None: not a number. `unit` is that of EvalRow. `told` says where it comes from, in
    words. `others` are values that the same curve had on its way: as true, only not the last.
    """

    kind: Kind
    name: str
    value: float | None
    task: str = ""
    unit: str | None = None
    run: str = ""
    model: str = ""
    told: str = ""
    others: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An entry that the post was drafted from: its text then and now."""

    title: str
    before: str
    now: str


def check(subject: Subject, facts: Sequence[Fact], sources: Sequence[Source] = ()) -> list[Finding]:
    """What does not match, in the order of the text."""
    found = []
    if facts:
        text = f"{subject.title}\n{subject.body}"
        low = text.lower()
        wanted = [one for one in _wanted(facts) if mentioned(text, low, *one)]
        own = [name for fact in facts for name in (fact.run, fact.model, fact.task, fact.name)]
        comma = subject.speaks == "de"
        asked = False
        runs = {fact.run for fact in facts if fact.run}
        spoken = [(subject.title, "title")]
        spoken += [(words, f"line {line}") for words, line in _sentences(subject, runs)]
        for sentence, where in spoken:
            answer, asked = asked, sentence.rstrip().endswith("?")  # "What did I expect? 0.85."
            names = [] if answer else find(sentence, wanted)
            if not names or any(strangers(sentence, names, own)):
                continue
            for claim in claims(sentence, names, comma):
                finding = _judge(claim, facts, sentence, where)
                if finding is not None:
                    found.append(finding)
    return [*found, *_changed(subject, sources)]


def _wanted(facts: Iterable[Fact]) -> list[tuple[Kind, str]]:
    wanted: dict[tuple[Kind, str], None] = {}
    for fact in facts:
        if fact.kind == "task":
            wanted[("task", fact.task)] = None
            wanted[("metric", fact.name)] = None
        else:
            wanted[(fact.kind, fact.name)] = None
        if fact.run:
            wanted[("run", fact.run)] = None
    return list(wanted)


# ---------------------------------------------------------------------- the text


def _sentences(subject: Subject, runs: Collection[str]) -> Iterator[tuple[str, int]]:
    """Sentences outside code and quotations with their line; each cell of a table as one."""
    quoted = 0
    table: list[tuple[list[str], int]] = []
    in_table = False
    for index, token in enumerate(subject.tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "blockquote_open":
            quoted += 1
        elif token.type == "blockquote_close":
            quoted -= 1
        elif token.type == "table_open":
            in_table, table = True, []
        elif token.type == "table_close":
            in_table = False
            if not quoted:
                yield from _cells(table, runs)
        elif token.type == "tr_open":
            table.append((_row(subject.tokens, index), line))
        elif token.type == "inline" and not quoted and not in_table:
            words = plain_words(token.children or [])
            for start, end in sentences.split(words):
                if end - start <= LONGEST:
                    yield words[start:end], line


def _row(tokens: Sequence[Token], index: int) -> list[str]:
    cells = []
    for token in tokens[index:]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(plain_words(token.children or []).strip())
    return cells


def _cells(
    table: Sequence[tuple[list[str], int]], runs: Collection[str]
) -> Iterator[tuple[str, int]]:
    """`task column: 0.45` for each cell of numbers, so that both names stand before it. Where a
    row or a column names a run of ours, the others are of somebody else."""
    if not table:
        return
    head = table[0][0]
    named_rows = {row[0] for row, _ in table[1:] if row and _names(row[0], runs)}
    named_columns = {cell for cell in head[1:] if _names(cell, runs)}
    for row, line in table[1:]:
        if not row or (named_rows and row[0] not in named_rows):
            continue
        for top, cell in zip(head[1:], row[1:], strict=False):
            if named_columns and top not in named_columns:
                continue
            if _CELL.fullmatch(cell):
                percent = "%" if "%" in top and "%" not in cell else ""
                yield f"{row[0]} {top.replace('%', '')}: {cell.strip('*')}{percent}", line


def _names(cell: str, runs: Collection[str]) -> bool:
    return any(run.casefold() in cell.casefold() for run in runs)


# ---------------------------------------------------------------------- claims against facts


def _judge(claim: Claim, facts: Sequence[Fact], sentence: str, where: str) -> Finding | None:
    fitting = [fact for fact in facts if _about(claim, fact)]
    if not fitting:
        return None
    named = [fact for fact in fitting if not claim.runs or canonical(fact.run) in _runs(claim)]
    pool = named or fitting
    written = sentence[claim.number.start : claim.number.end].strip()
    if any(_fits(claim.number, fact) for fact in pool):
        return None
    strict = any(_fits(claim.number, fact) for fact in fitting)
    real = [fact for fact in pool if fact.value is not None]
    if claim.task and not claim.metric and not _score(claim.number):
        return None
    if not real:
        return Finding(
            "number",
            "warning",
            f"Claimed {written}; {pool[0].told} says: not a number.",
            where,
            "Look at the result before you publish it.",
        )
    near = min(real, key=lambda fact: _distance(claim.number, fact))
    level: Level = "error" if _clear(claim, pool) and not strict else "warning"
    return Finding(
        "number",
        level,
        f"Claimed {written} ({_subject_of(claim, near)}), {near.told} says {_shown(near)}.",
        where,
        "Correct the text, or link the result that says so.",
        mark("number", written, near.name, near.task, sentence),
    )


def _runs(claim: Claim) -> set[str]:
    return {canonical(run) for run in claim.runs}


def _about(claim: Claim, fact: Fact) -> bool:
    if claim.param:
        return fact.kind == "param" and param_key(fact.name) == claim.param
    if fact.kind == "param":
        return False
    if claim.task and fact.kind == "task":
        return canonical(fact.task) == claim.task and (
            not claim.metric or canonical(fact.name) == claim.metric
        )
    if claim.task and not claim.metric:
        return fact.kind == "metric" and claim.task in canonical(fact.name)
    return canonical(fact.name) == claim.metric and (not claim.task or fact.kind == "metric")


def _score(one: Written) -> bool:
    """Whether a number beside a task alone can be its score: a whole number may count anything."""
    return one.percent or one.last < 1


def _clear(claim: Claim, pool: Sequence[Fact]) -> bool:
    if not claim.tight:
        return bool(claim.task and claim.metric)
    if claim.task:
        return True
    if claim.param:
        return not claim.generic
    return not claim.generic or len({(fact.task, fact.run) for fact in pool}) == 1


def _fits(one: Written, fact: Fact) -> bool:
    values = [value for value in (fact.value, *fact.others) if value is not None]
    return any(_holds(one, value, fact) for value in values)


def _readings(one: Written, fact: Fact) -> Iterator[tuple[float, float]]:
    """What the number can say in the fact's unit, and the worth of its last digit there."""
    last = one.last
    if one.value == int(one.value) and abs(one.value) >= 1000 and one.last == 1:
        text = str(int(abs(one.value)))
        last = min(10.0 ** (len(text) - len(text.rstrip("0"))), abs(one.value) / 100)
    share = fact.kind != "param" and fact.value is not None and abs(fact.value) <= 1.5
    if one.percent:
        if fact.unit == "percent" or not share:
            yield one.value, last
        if fact.unit != "percent":
            yield one.value / 100, last / 100
        return
    yield one.value, last
    if one.kilo:
        yield one.value * 1.024, last * 1.024
    if fact.unit == "percent":
        yield one.value * 100, last * 100
    elif share and 1 < one.value <= 100 and fact.kind == "task":
        yield one.value / 100, last / 100


def _holds(one: Written, value: float, fact: Fact) -> bool:
    for said, last in _readings(one, fact):
        slack = abs(value) * 1e-9 + last * 1e-6
        if one.bound == ">" and value >= said - slack:
            return True
        if one.bound == "<" and value <= said + slack:
            return True
        if one.bound in ("<", ">"):
            continue
        near = max(last, ROUGH * abs(value)) if one.bound == "~" else last / 2
        if abs(value - said) <= near + slack:
            return True
        cut = not one.bound and math.copysign(1, said) * (value - said) >= 0
        if cut and abs(value - said) < last - slack:  # cut off, not rounded
            return True
    return False


def _distance(one: Written, fact: Fact) -> float:
    value = fact.value or 0.0
    return min(abs(said - value) for said, _ in _readings(one, fact))


def _subject_of(claim: Claim, fact: Fact) -> str:
    return claim.param or " ".join(filter(None, (fact.task, fact.name)))


def _shown(fact: Fact) -> str:
    if fact.value is None:
        return "not a number"
    if fact.unit == "percent":
        return f"{fact.value:.2f} %"
    if fact.kind == "param":
        return f"{fact.value:g}"
    return number(fact.value)


# ---------------------------------------------------------------------- sources of a draft


def _changed(subject: Subject, sources: Sequence[Source]) -> Iterator[Finding]:
    """Numbers that came from an entry which says another one by now."""
    comma = subject.speaks == "de"
    own = {_key(one): one for one in read(subject.body, comma)}
    for source in sources:
        if source.before == source.now:
            continue
        still = {_key(one) for one in read(source.now, comma)}
        for one in read(source.before, comma):
            held = own.get(_key(one))
            if held is None or _key(one) in still or (one.last >= 1 and abs(one.value) < 10):
                continue
            written = subject.body[held.start : held.end].strip()
            yield Finding(
                "number-source",
                "warning",
                f"{written} came from the entry “{source.title}”, which no longer says so.",
                subject.where(held.start),
                "Look at that entry, then correct the text.",
                mark("number-source", source.title, written),
            )


def _key(one: Written) -> tuple[float, float, bool]:
    return one.value, one.last, one.percent
