"""What every command shares: the open journal, tables, times, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.journal import Journal


MIRRORED = 200  # entries that a command writes to the mirror; the window or the next one goes on


@dataclass
class Context:
    """The object that commands get: `journal` opens on first use."""

    folder: Path | None = None
    _journal: Journal | None = field(default=None, repr=False)

    @property
    def journal(self) -> Journal:
        """The journal that `--journal`, `JOURNAL_DIR` or the default names."""
        if self._journal is None:
            from journal_app.journal import Journal

            self._journal = Journal(self.folder)
        return self._journal

    @property
    def existing(self) -> Journal:
        """The same, for commands that only look: a folder named by mistake is not made."""
        if self._journal is None and self.folder is not None:
            from journal_app.journal import Journal

            self._journal = Journal(self.folder, create=False)
        return self.journal

    def explain(self, error: BaseException) -> JournalError | None:
        """The plain message for an error of the storage; None for an error that is a bug."""
        return self._journal.explain(error) if self._journal is not None else None

    def close(self) -> None:
        """Close the journal if it was opened, after the daily backup, the mirror, the calendar."""
        if self._journal is not None:
            try:
                if self._journal.store.wrote:
                    self._journal.upkeep.start_backup()
                    if self._journal.settings.get("mirror.folder"):
                        self._journal.mirror.catch_up(most=MIRRORED)
                    self._tell_agent(self._journal)
                    wrote = self._journal.store.wrote_about
                    if self._journal.settings.get("calendar.file") and (
                        wrote("publication") or wrote("preference")
                    ):
                        self._journal.calendar_file.write_if_changed()
            except JournalError as error:  # what the command did stands all the same
                click.echo(f"warning: {error}", err=True)
            finally:
                self._journal.close()
                self._journal = None

    @staticmethod
    def _tell_agent(journal: Journal) -> None:
        """What was changed here may be due before the agent would look by itself."""
        if not journal.store.wrote_about("publication"):
            return
        holder = journal.publisher.status()
        if holder is not None and holder.role == "agent":
            from journal_app.runtime.agent.waker import knock

            knock(journal.folder)

    @staticmethod
    def echo_json(value: Any) -> None:
        """One JSON document, indented, in UTF-8."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def settled(journal: Journal) -> Journal:
    """The journal with links that have the titles of now, also after a window that was killed."""
    if not journal.store.read_only:
        journal.links.catch_up()
    return journal


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def echo_table(rows: Sequence[Sequence[object]], headers: Sequence[str]) -> None:
    """Aligned columns; numbers to the right; the last column is cut to the terminal."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [
        max([_width(headers[i]), *(_width(row[i]) for row in texts)]) for i in range(len(headers))
    ]
    room = _columns() - sum(widths[:-1]) - 2 * (len(widths) - 1)
    for index, row in enumerate([list(headers), *texts]):
        cells = []
        for i, cell in enumerate(row):
            numeric = index > 0 and isinstance(rows[index - 1][i], (int, float))
            if i == len(row) - 1 and not numeric:
                cells.append(_cut(cell, max(room, 12)))
            else:
                pad = " " * (widths[i] - _width(cell))
                cells.append(pad + cell if numeric else cell + pad)
        line = "  ".join(cells).rstrip()
        click.secho(line, bold=True) if index == 0 else click.echo(line)


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 10_000


def _width(text: str) -> int:
    from unicodedata import combining, east_asian_width

    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept = ""
    for letter in text:
        if _width(kept + letter) >= width:
            break
        kept += letter
    return kept.rstrip() + "…"


def when(ms: int | None) -> str:
    """A moment on this computer's wall clock, to the minute; empty for none."""
    if ms is None:
        return ""
    return datetime.fromtimestamp(ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")


def iso(ms: int | None) -> str | None:
    """A moment as RFC 3339 in UTC, for JSON."""
    if ms is None:
        return None
    from datetime import UTC

    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def in_editor(text: str) -> str | None:
    """The text as the user's editor left it; None where nothing was saved."""
    try:
        return click.edit(text, extension=".md")
    except click.ClickException as error:
        raise JournalError(
            f"The editor did not run: {error.message}.",
            "Nothing was changed. Name one in EDITOR, or use `journal edit ENTRY --text -`.",
        ) from error


def read_stdin() -> str:
    """Standard input as text; a byte order mark goes, undecodable bytes are an error."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JournalError(
            f"Standard input is not UTF-8 text (byte {error.start}).",
            "Keep other files with `journal add … --attach FILE`.",
        ) from error
