"""Terms of a text and what the journal says they are; nothing is explained that nobody wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 20
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]{0,20}[A-Z][a-z]{0,2}\d{0,4}\b")
_CODE = re.compile(r"`([A-Za-z][\w./-]{2,40})`")
_SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_LONG = r"(?<![\w-])((?:[A-Za-z][\w-]*[ \t]+){1,6}[A-Za-z][\w-]*)"
_COMMON = frozenset("OK TODO PR README FAQ AM PM USA EU UK".split())


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, and the passage of `text[start:end]` that says what it is."""

    term: str
    words: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Acronyms, identifiers and names in code of a text, the most used first."""
    found = Counter(_ACRONYM.findall(text))
    found.update(_CODE.findall(text))
    found.update(_SNAKE.findall(text))
    listed = [term for term, _ in found.most_common() if term not in _COMMON and len(term) > 1]
    return list(dict.fromkeys(listed))[:MOST]


def define(term: str, text: str) -> Definition | None:
    """Where a text says what a term is: `long form (TERM)`, `TERM (long form)`, `TERM: …`,
    `TERM is/means/stands for …`; None where it does not."""
    name = re.escape(term)
    patterns: Iterable[tuple[str, int]] = (
        (rf"{_LONG}[ \t]*\(`?{name}`?\)", 1),
        (rf"\b{name}`?[ \t]*\(([^()\n]{{4,80}})\)", 1),
        (rf"(?m)^[ \t>*-]*(?:\*\*)?`?{name}`?(?:\*\*)?[ \t]*[:=–—][ \t]*([^\n]{{4,200}})$", 1),
        (rf"\b{name}`?[ \t]+(?:is|are|means|stands for|refers to)[ \t]+([^.\n]{{4,200}})", 1),
    )
    for pattern, group in patterns:
        for match in re.finditer(pattern, text):
            words = match.group(group).strip(" *`")
            if pattern.startswith(_LONG) and not _spells(term, words):
                long = _spelling_part(term, words)
                if long is None:
                    continue
                words = long
            if re.search(r"[^\W\d_]{3}", words):
                return Definition(term, words, match.start(), match.end())
    return None


def _spells(term: str, words: str) -> bool:
    """Whether the first letters of the words spell the acronym."""
    letters = [word[0].lower() for word in re.findall(r"[A-Za-z]\w*", words)]
    wanted = [letter.lower() for letter in term if letter.isalpha()]
    return letters == wanted


def _spelling_part(term: str, words: str) -> str | None:
    """The end of `words` whose first letters spell the acronym."""
    parts = re.findall(r"[A-Za-z]\w*", words.replace("-", " "))
    wanted = sum(letter.isalpha() for letter in term)
    for count in range(min(wanted, len(parts)), 0, -1):
        tail = parts[-count:]
        if _spells(term, " ".join(tail)):
            return " ".join(tail)
    return None
