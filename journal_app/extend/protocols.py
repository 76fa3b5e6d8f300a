"""What an extension must offer. Built-ins keep to the same contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from journal_app.domain.experiments import Problem, RunBundle
from journal_app.domain.targets import PublishTarget

__all__ = ["ImportContext", "PublishTarget", "RunImporter"]


def _never() -> None:
    """The check of a job that nobody can cancel."""


def _silent(_done: int, _total: int) -> None:
    """The progress of a job that nobody watches."""


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What a reader is handed.

    `check` raises Cancelled when the user gave up: call it between records and every few thousand
    lines. `progress` takes bytes (or files) done and in all.
    """

    check: Callable[[], None] = _never
    progress: Callable[[int, int], None] = _silent


@runtime_checkable
class RunImporter(Protocol):
    """A reader of one record format. It never writes to what it reads and never executes it."""

    title: str
    """What the format is called in lists and messages."""

    version: str
    """Of the reader; a new one makes every record count as changed."""

    def sniff(self, path: Path) -> int:
        """How surely `path` is this format: 0 no, 50 plausible, 90 sure. Reads little, never
        raises for a file's content."""
        ...

    def read(self, path: Path, context: ImportContext) -> Iterator[RunBundle | Problem]:
        """The runs in `path`, one at a time; a file that cannot be read is a Problem, and the
        rest goes on. Raises JournalError where nothing can be read at all."""
        ...
