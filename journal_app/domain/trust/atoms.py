"""Chunks between spaces without the punctuation around them, and their parts: `lr=3e-4` is two."""

from __future__ import annotations

import re

OPENERS = "([{（【«‹\"“„‘'`「『—–"
CLOSERS = ".,;:!?…)]}）】»›\"”’'`」』，。、；：！？—–"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Between parts of one chunk: "lr=3e-4" holds "lr" and "3e-4", "12:30" is one part.
_SEPARATOR = re.compile(
    r"=>|->|[=→⇒|;]|:(?![\d/\\])|,(?!\d)|…|(?<=\w)—(?=\w)|(?<=[^\W\d_])–(?=[^\W\d_])"
)
_WHOLE = re.compile(r"://|^[.~]{0,2}[/\\]|^--?[A-Za-z]|`")


def core_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of `text[start:end]` (no space inside) without punctuation around it."""
    while start < end and text[start] in OPENERS:
        start += 1
    while end > start and text[end - 1] in CLOSERS:
        last = text[end - 1]
        if last in _PAIRS and _PAIRS[last] in text[start : end - 1]:
            break
        if last == '"' and end - start > 1 and text[end - 2].isdigit():
            break  # inches
        end -= 1
    return start, end


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span of a core, and where it is joined by `=`, `→`, `:` …, the spans of its parts."""
    core = text[start:end]
    found = [(start, end)]
    if _WHOLE.search(core):
        return found
    at = 0
    pieces = []
    for match in _SEPARATOR.finditer(core):
        pieces.append((at, match.start()))
        at = match.end()
    if at:
        pieces.append((at, len(core)))
    spread = core.find("±")
    if not pieces and spread > 0:
        pieces.append((0, spread))
    found += [core_of(text, start + first, start + last) for first, last in pieces if last > first]
    return [span for span in found if span[1] > span[0]]
