"""Revisions of an entry: what a list of them shows, and which old autosaves may go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

HOUR = 3600 * 1000
DAY = 24 * HOUR
MANY = 100  # revisions of one entry: fewer are never thinned

# Older than the first value, one autosave is kept for each stretch of the second (milliseconds).
THINNING = ((365 * DAY, 7 * DAY), (30 * DAY, DAY), (7 * DAY, HOUR))


@dataclass(frozen=True, slots=True)
class Head:
    """A revision without its text. `named` is the name that the user gave it; `published` says
    that a publication is frozen on it."""

    rev: int
    created_at: int
    origin: str
    title: str
    kind: str
    named: str = ""
    published: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a revision came from: `word` is one of the keys that a user interface has words for,
    `rev` the revision that it refers to, if any."""

    word: str
    rev: int | None = None


def origin_of(origin: str) -> Origin:
    """`restore-7`, `conflict-3`, `import:joplin` … taken apart."""
    if match := re.fullmatch(r"(restore|conflict)-(\d+)", origin):
        return Origin(match.group(1), int(match.group(2)))
    return Origin(re.split(r"[:-]", origin, maxsplit=1)[0])


def to_thin(heads: Iterable[Head], now: int) -> list[int]:
    """The revisions that may go, oldest first.

    Kept for good: the first, the newest, everything that is not an autosave, what has a name and
    what was published. Autosaves of the last seven days stay; older ones stay one an hour, after
    thirty days one a day, after a year one a week: the last of each stretch.
    """
    known = sorted(heads, key=lambda head: head.rev)
    if len(known) <= MANY:
        return []
    gone = []
    for head, following in pairwise(known[1:]):
        if head.origin != "autosave" or head.named or head.published:
            continue
        age = now - head.created_at
        stretch = next((every for older, every in THINNING if age > older), 0)
        if stretch and head.created_at // stretch == following.created_at // stretch:
            gone.append(head.rev)
    return gone
