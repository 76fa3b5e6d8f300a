"""`%load_ext journal_app` in a notebook: `%%note` keeps the cell's text, `%note_figure` the figure.

IPython and matplotlib are not imported: the shell hands itself over, and a figure exists only where
the notebook has imported matplotlib. Mistakes are told in a line, not as a trace.
"""

from __future__ import annotations

import argparse
import io
import shlex
import sys
from collections.abc import Callable
from typing import NoReturn, Protocol

from journal_app import training
from journal_app.domain import capture
from journal_app.domain.entry import Link
from journal_app.domain.publishing import slug
from journal_app.errors import JournalError


class Shell(Protocol):
    """What is needed of IPython's shell."""

    def register_magic_function(
        self, func: Callable[..., None], magic_kind: str = ..., magic_name: str | None = ...
    ) -> None:
        """Make `func` a magic called `magic_name`."""


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise JournalError(f"{self.prog}: {message}.", self.format_usage().strip())


def load_ipython_extension(shell: Shell) -> None:
    """Called by `%load_ext journal_app`."""
    shell.register_magic_function(note_cell, magic_kind="cell", magic_name="note")
    shell.register_magic_function(note_figure, magic_kind="line", magic_name="note_figure")


def note_cell(line: str, cell: str) -> None:
    """`%%note [--kind K] [--tag T]… [--run R] [--title T]`: the text of the cell is a note."""
    words = _Words(prog="%%note", add_help=False, allow_abbrev=False)
    words.add_argument("--kind", default="note")
    words.add_argument("--tag", action="append", default=[])
    words.add_argument("--run")
    words.add_argument("--title")
    try:
        chosen = words.parse_args(_split("%%note", line))
        capture.clean_kind(chosen.kind)
        capture.parse(cell)
        tags = [capture.clean_tag(tag) for tag in chosen.tag]
    except JournalError as error:
        _tell(error)
        return
    id = training.note(
        cell.strip(), kind=chosen.kind, tags=tags, run=chosen.run, title=chosen.title
    )
    print(id)


def note_figure(line: str) -> None:
    """`%note_figure [title #tag ->run:ID]`: keep matplotlib's current figure as a PNG."""
    from journal_app.journal import open_journal
    from journal_app.runtime.surroundings import surroundings
    from journal_app.store import attachments

    try:
        parsed = capture.parse(line.strip() or "Figure")
        picture = _figure()
        run = training.active_run()
        with open_journal() as journal:
            file = attachments.put(journal.folder, picture, f"{slug(parsed.text, 'figure')}.png")
            entry = journal.entries.create(
                parsed.text,
                tags=parsed.tags,
                links=[*parsed.links, *([Link("run", run)] if run else [])],
                attach=[file],
                origin="notebook",
                context={**surroundings(), "run": run} if run else surroundings(),
            )
    except JournalError as error:
        _tell(error)
        return
    print(entry.id)


def _figure() -> bytes:
    """The current figure as PNG. Raises JournalError where there is none."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or not pyplot.get_fignums():
        raise JournalError(
            "There is no current figure.",
            "Notebooks close a cell's figures when it ends: call %note_figure in the same cell.",
        )
    data = io.BytesIO()
    pyplot.gcf().savefig(data, format="png", bbox_inches="tight")
    return data.getvalue()


def _split(name: str, line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise JournalError(f"{name}: {str(error).lower()}.", "Close the quotation marks.") from None


def _tell(error: JournalError) -> None:
    print(f"error: {error.message}\n{error.hint}".rstrip(), file=sys.stderr)
