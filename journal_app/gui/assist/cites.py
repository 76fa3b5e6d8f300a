"""Where the sentences of an answer stand in the journal. Read in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.errors import NotFound

if TYPE_CHECKING:
    from journal_app.domain.summarize import Origin, SummarySentence
    from journal_app.journal import Journal


@dataclass(frozen=True, slots=True)
class Cite:
    """A sentence and its place: characters `start` to `end` of the stored text of an entry, in its
    `line`. `line` is 0 where the place is not known (any more)."""

    text: str
    entry_id: str
    title: str
    start: int = 0
    end: int = 0
    line: int = 0
    origin: Origin = "extracted"
    failed: tuple[str, ...] = ()
    source: str = ""


def cites(
    journal: Journal, sentences: Sequence[SummarySentence], entry_id: str = "", base: int = 0
) -> tuple[Cite, ...]:
    """The places of the sentences; those that name no entry are of `entry_id`. `base` is where
    the text that was asked about begins in it."""
    bodies: dict[str, tuple[str, str]] = {}
    found = []
    for one in sentences:
        id = one.entry_id or entry_id
        if id and id not in bodies:
            try:
                entry = journal.entries.get(id)
                bodies[id] = entry.body, entry.title
            except NotFound:
                bodies[id] = "", one.title
        body, title = bodies.get(id, ("", ""))
        source = one.sources[0] if one.sources else None
        words = source.text if source is not None else one.text
        start = _place(body, words, source.start if source is not None else 0, base)
        line = body.count("\n", 0, start) + 1 if start >= 0 else 0
        end = start + len(words)
        place = (start, end) if start >= 0 else (0, 0)
        found.append(
            Cite(one.text, id, one.title or title, *place, line, one.origin, one.failed, words)
        )
    return tuple(found)


def _place(body: str, words: str, start: int, base: int) -> int:
    """Where words stand in a text that may have changed since; -1 for nowhere."""
    for at in (base + start, start):
        if words and body.startswith(words, at):
            return at
    at = body.find(words, base) if words else -1
    return at if at >= 0 else body.find(words) if words else -1
