"""What a reader of a collection of notes must offer. Built-ins keep to the same contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteRecord
from journal_app.extend.protocols import ImportContext


@runtime_checkable
class NoteImporter(Protocol):
    """A reader of one kind of collection. It never writes to what it reads, never executes it, and
    follows no link out of it."""

    title: str
    """What the format is called in lists and messages."""

    version: str
    """Of the reader, for reports."""

    def sniff(self, path: Path) -> int:
        """How surely `path` is this format: 0 no, 50 plausible, 90 sure. Reads little, never
        raises for a file's content."""
        ...

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The notes in `path`, one at a time; what cannot be read or carried is a Problem, and the
        rest goes on. Raises JournalError where nothing can be read at all."""
        ...
