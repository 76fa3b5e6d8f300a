"""What of a post is seen on its public page, and what that says: seen, changed, gone, waiting.

Only the post's own sentences count; dates, counters and whatever else a page adds are no change.
Sentences are compared by their letters and digits: sites set other quotation marks and dashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from journal_app.domain import sentences

SeenVerdict = Literal["seen", "changed", "gone", "waiting", "unreachable"]

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PATIENCE = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY)  # ms between looks that wait
WEEK = 7 * DAY
LEAST = 24  # letters of a sentence that a page does not hold by chance
MOST = 60  # sentences that are looked for, spread over the text


@dataclass(frozen=True, slots=True)
class Check:
    """One look at a public page. `seen` are marks of the post's sentences that were found there, of
    `total`; `next_at` (ms UTC) is when it is looked at again."""

    publication_id: str
    at: int
    verdict: SeenVerdict
    status: int | None
    sha256: str
    message: str
    seen: tuple[str, ...] = ()
    total: int = 0
    next_at: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a look at an address brought: `status` None where nothing answered; `text` is what
    readers see; `onward` where it sends them on to another address."""

    status: int | None
    sha256: str = ""
    text: str = ""
    onward: str = ""
    why: str = ""


def bare(text: str) -> str:
    """A text as it is compared."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def marks(paragraphs: Iterable[str]) -> dict[str, str]:
    """The sentences that are looked for: a short mark of each → its bare letters."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        for start, end in sentences.split(paragraph):
            letters = bare(paragraph[start:end])
            if len(letters) >= LEAST:
                found[hashlib.sha256(letters.encode()).hexdigest()[:12]] = letters
    if len(found) <= MOST:
        return found
    every = len(found) / MOST
    items = list(found.items())
    return dict(items[int(index * every)] for index in range(MOST))


def judge(
    page: Page, wanted: dict[str, str], before: Collection[str], waits: int
) -> tuple[SeenVerdict, tuple[str, ...], str]:
    """Verdict, marks seen, and a plain message.

    `before` are the marks that the last good look saw (empty: none was good yet); `waits` counts
    the looks that found it not there yet.
    """
    if page.status is None:
        return "unreachable", (), page.why or "The site could not be reached."
    if page.status in (401, 403, 407, 408, 425, 429) or page.status >= 500:
        return "unreachable", (), f"The site does not let us look ({page.status})."
    was_there = bool(before)
    if page.onward:
        if was_there:
            return "changed", (), f"The page sends its readers on to {page.onward}."
        return _not_yet(waits, f"The page sends its readers on to {page.onward}")
    if page.status >= 400:
        if was_there:
            return "gone", (), f"The page is not there any more ({page.status})."
        return _not_yet(waits, f"The page is not there yet ({page.status})")
    letters = bare(page.text)
    seen = tuple(mark for mark, words in wanted.items() if words in letters)
    if was_there:
        lost = [mark for mark in before if mark in wanted and mark not in seen]
        if not lost:
            return "seen", seen, f"{_count(seen, wanted)} are there."
        if not seen:
            return "changed", (), "None of the post's sentences is on the page any more."
        return "changed", seen, f"{len(lost)} of the post's sentences left the page."
    if seen and 2 * len(seen) >= len(wanted):
        return "seen", seen, f"{_count(seen, wanted)} are there."
    if not wanted:  # hardly any text: that a page answers is all that can be known
        return "seen", (), "The page is there."
    return _not_yet(waits, f"The page is there, the post is not ({_count(seen, wanted)})")


def _count(seen: Collection[str], wanted: Collection[str]) -> str:
    if len(seen) == len(wanted):
        return f"All {len(wanted)} sentences" if len(wanted) != 1 else "The words"
    return f"{len(seen)} of {len(wanted)} sentences"


def _not_yet(waits: int, what: str) -> tuple[SeenVerdict, tuple[str, ...], str]:
    if waits < len(PATIENCE):
        return "waiting", (), f"{what}: the site may still be at work."
    return "gone", (), f"{what}, a day and more after it was sent: look at the site."


def next_look(verdict: SeenVerdict, now: int, waits: int, unreached: int) -> int:
    """When to look again (ms UTC). `waits` and `unreached` count earlier looks of these kinds."""
    if verdict == "waiting":
        return now + PATIENCE[min(waits, len(PATIENCE) - 1)]
    if verdict == "unreachable":
        return now + min(DAY, 15 * MINUTE * int(2 ** min(unreached, 10)))
    return now + (DAY if verdict == "gone" else WEEK)
