"""The words and numbers of a sentence in order, with the part of it that each stands in."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from journal_app.domain.trust.polarity import IRREGULAR, LIGHT, is_negation, stem
from journal_app.domain.trust.quantities import quantities

_WORD = re.compile(r"[^\W\d_](?:[\w'’]|-(?=\w))*")
_MARK = re.compile(r"[,;:.!?…](?=[\s\"”’)]|$)|[()—|→]|\s[-–]\s|=>")
_JOINS = frozenset(
    "and but or while whereas although though because since so which who whose where then yet "
    "however".split()
)
AUXILIARY = frozenset(
    "is are was were be been has have had does do did will would can could may might should must "
    "isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't cannot".split()
)
SAME = 5  # letters: words that begin with as many alike are forms of one word ("accept…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number. `key`: its stem, `#value` of a number, empty where it says nothing alone.
    `part` counts the pieces between marks, `clause` those between marks and joining words; `tight`:
    nothing but a space or `=` stands before it."""

    word: str
    key: str
    part: int
    clause: int
    start: int
    tight: bool
    aside: bool = False  # between parentheses

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.key.startswith("#")


def read(text: str) -> list[Token]:
    """The tokens of `text`."""
    spots: dict[int, tuple[str, str, int]] = {}
    for one in quantities(text):
        word = re.split(r"[\s–—→]", text[one.start :], maxsplit=1)[0].lower()
        end = one.start + max(1, len(word.rstrip(".,;:!?)")))
        key = "" if word.strip(".,;:") in ("one", "once") else f"#{one.value}"
        spots[one.start] = (word, key, end)
    for match in _WORD.finditer(text):
        if not any(start <= match.start() < end for start, (_, _, end) in spots.items()):
            word = match.group().lower().replace("’", "'")
            key = "" if word in LIGHT or is_negation(word) else stem(word)
            spots[match.start()] = (word, key, match.end())
    found: list[Token] = []
    part = clause = taken = 0
    for start in sorted(spots):
        word, key, end = spots[start]
        between = text[taken:start] if taken <= start else ""
        if found and _MARK.search(between + (" " if between[-1:] in ",;:.!?…" else "")):
            part += 1
            clause += 1
        elif word in _JOINS:
            clause += 1
        tight = not between.strip(" =~≈<>≤≥+-−$€£`")
        depth = text.count("(", 0, start) - text.count(")", 0, start)
        found.append(Token(word, key, part, clause, start, tight, depth > 0))
        taken = end
    return found


def has(key: str, keys: Collection[str]) -> bool:
    """Whether `keys` hold `key`, or a word of another form of it."""
    if key in keys:
        return True
    if key.startswith("#"):
        return False
    for other in keys:
        if other.startswith("#"):
            continue
        short, long = sorted((key, other), key=len)
        if (len(short) >= 4 and long.startswith(short)) or (
            len(short) >= SAME and short[:SAME] == long[:SAME]
        ):
            return True
        if "-" in long and short in long.split("-"):
            return True
    return False


def is_verb(word: str) -> bool:
    """Whether a word may be a verb; plurals are taken for one too."""
    return (
        word in AUXILIARY
        or word in IRREGULAR
        or word.endswith("ed")
        or (word.endswith("s") and not word.endswith("ss"))
    )
