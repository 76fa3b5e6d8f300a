"""What the transcript shows of a generation, read in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.errors import NotFound
from journal_app.gui.assist.cites import Cite, cites
from journal_app.gui.language import tr
from journal_app.gui.model import transcript_read

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.store.generations import Generation

MOST = 300  # generations that are listed


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: what it was about, who worded it, whether a check failed."""

    row: Generation
    subject: str
    by: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything about one generation."""

    line: Line
    cites: tuple[Cite, ...]
    parent: Line | None
    repeats: bool  # whether a command can run it again


def lines(journal: Journal, *, entry_id: str = "", task: str = "") -> list[Line]:
    """The newest generations, of an entry or a command where one is given."""
    titles: dict[str, str] = {}
    rows = journal.commands.transcript(MOST, entry_id=entry_id, task=task)
    return [_line(journal, row, titles) for row in rows]


def detail(journal: Journal, line: Line) -> Detail:
    """What the panel shows of a line."""
    row = line.row
    found = cites(journal, transcript_read.sentences_of(row), row.entry_id)
    parent = None
    if row.parent:
        try:
            parent = _line(journal, journal.commands.kept(row.parent), {})
        except NotFound:
            parent = None
    known = {command.name for command in journal.commands.commands()}
    repeats = row.task in known and not transcript_read.several(row)
    return Detail(line, found, parent, repeats)


def _line(journal: Journal, row: Generation, titles: dict[str, str]) -> Line:
    def title(id: str) -> str:
        if id not in titles:
            try:
                titles[id] = journal.entries.get(id).title or tr("Untitled")
            except NotFound:
                titles[id] = ""
        return titles[id]

    several = len(transcript_read.several(row))
    about = transcript_read.subject(row, title)
    subject = tr("{n} entries", n=several) if several else about
    checks = transcript_read.checks_of(row)
    by_model = checks.get("by") == "model" or (not checks and bool(row.pack))
    by = row.pack if by_model else tr("from your notes")
    return Line(row, subject, by, bool(transcript_read.failed_of(row)))
