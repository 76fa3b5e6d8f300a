"""What belongs to the journal alone: its syntax, remarks, private facts, entries tagged private."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from journal_app.domain import sentences
from journal_app.domain.capture import LINK
from journal_app.domain.preflight import Finding, Level, mark
from journal_app.domain.preflight.subject import Subject

TAG = "private"  # entries with this tag, or `private/…`, are never quoted
SHORTEST = 4  # characters of a private fact: shorter ones are plain words
_QUOTED = 30  # characters of a sentence that two texts do not share by chance

_TO_DO = re.compile(r"\b(?:TODO|FIXME|XXX|TKTK|TK)\b(?![-/_])")
_NO_LETTER = re.compile(r"[\W_]+")
_TELLING = re.compile(r"[/\\@]")  # a path or an address is surely meant, a word may be chance
_UNDECIDED = re.compile(r"\?\?\?+|\[(?:citation needed|add |insert )[^\]\n]{0,40}\](?!\()", re.I)


@dataclass(frozen=True, slots=True)
class PrivateFact:
    """Something that the journal keeps for its owner: a path, host or user, and whose it is."""

    value: str
    what: str  # "the host", "the working folder"
    whose: str  # "the run d12", "where the note “…” was made"


def check(
    subject: Subject,
    facts: Iterable[PrivateFact] = (),
    private_texts: Sequence[tuple[str, str]] = (),
) -> Iterator[Finding]:
    """`private_texts` are titles and bodies of entries that are tagged private."""
    yield from _remarks(subject)
    yield from _marks(subject)
    yield from _facts(subject, facts)
    yield from _quotes(subject, private_texts)


def _remarks(subject: Subject) -> Iterator[Finding]:
    for start, end, shown in (*_between(subject, "%%", "%%"), *_between(subject, "<!--", "-->")):
        yield Finding(
            "remark",
            "warning",
            f"A remark for yourself would be read by everybody: {shown}.",
            subject.where(start),
            "Take it out; sites show it as it is written.",
            mark("remark", subject.body[start:end]),
        )
    for pattern in (_TO_DO, _UNDECIDED):
        for match in pattern.finditer(subject.body):
            if not subject.in_code(match.start()):
                yield Finding(
                    "to-do",
                    "warning",
                    f"“{match.group()}” marks something that is not done.",
                    subject.where(match.start()),
                    "Do it or take it out.",
                    mark("to-do", _line(subject.body, match.start())),
                )


def _between(subject: Subject, opening: str, closing: str) -> Iterator[tuple[int, int, str]]:
    """Where remarks between two marks stand, outside code."""
    text, at = subject.body, 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            return
        at = end + len(closing)
        if text[start + len(opening) : end].strip() and not subject.in_code(start):
            yield start, at, f"{opening} … {closing}"


def _line(text: str, at: int) -> str:
    """What stands around a place, in its own line."""
    start, end = max(text.rfind("\n", 0, at) + 1, at - 80), text.find("\n", at, at + 80)
    return text[start : end if end >= 0 else at + 80]


def _marks(subject: Subject) -> Iterator[Finding]:
    gone = 0
    for match in LINK.finditer(subject.body):
        if subject.in_code(match.start()):
            yield Finding(
                "journal-mark",
                "info",
                f"{match.group().strip()} stands in code and stays there as it is written.",
                subject.where(match.start()),
            )
        else:
            gone += 1
    if gone:
        yield Finding(
            "journal-marks",
            "info",
            f"{gone} link mark{'s' if gone > 1 else ''} of the journal (->…) "
            f"{'are' if gone > 1 else 'is'} left out when the post goes out.",
            "",
            "",
            mark("journal-marks"),
        )


def _facts(subject: Subject, facts: Iterable[PrivateFact]) -> Iterator[Finding]:
    places = (("title", subject.title), ("description", subject.description))
    seen: set[str] = set()
    for fact in facts:
        value = fact.value.strip()
        low = value.casefold()
        if len(value) < SHORTEST or low in seen or value.isdigit():
            continue
        seen.add(low)
        found = _place(subject.body, value)
        if found is not None:
            where = subject.where(found)
        else:
            where = next((name for name, text in places if _place(text, value) is not None), "")
        if not where:
            continue
        level: Level = "error" if _TELLING.search(value) else "warning"
        yield Finding(
            "private",
            level,
            f"The post says “{value}”: {fact.what} of {fact.whose}, which stays private.",
            where,
            "Write it in a way that tells nobody, or allow it if everybody may know.",
            mark("private", low),
        )


def _place(text: str, value: str) -> int | None:
    if value.casefold() not in text.casefold():
        return None
    match = re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", text, re.IGNORECASE)
    return match.start() if match else None


def _quotes(subject: Subject, private_texts: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    if not private_texts:
        return
    bare = [(title, _bare(body)) for title, body in private_texts]
    whole = "\n".join(body for _, body in bare)
    for words, at in dict(_units(subject.body)).items():
        if words not in whole:
            continue
        title = next(title for title, body in bare if words in body)
        yield Finding(
            "private-text",
            "error",
            f"A sentence of “{title}”, which is tagged {TAG}, stands in the post.",
            subject.where(at),
            "Take it out, say it in other words, or take the tag off that entry.",
            mark("private-text", words),
        )


def _units(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text as their bare letters, and where each begins."""
    at = 0
    for line in text.splitlines(keepends=True):
        # runs of backticks cost the splitter time in their square
        for start, end in sentences.split(line.replace("`", "'")):
            bare = _bare(line[start:end])
            if len(bare) >= _QUOTED:
                yield bare, at + start
        at += len(line)


def _bare(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
