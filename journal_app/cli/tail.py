"""`journal tail`: a run's output passes through, is kept, and its marked lines become notes.

Invariants: bytes are in the log before they are passed on; nothing but the end of the input (or a
second Ctrl+C, or SIGTERM) ends the command, because a pipe that closes would end the run that
writes into it: not a reader that went away, not a full disk, not a journal that is locked.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import sys
import threading
import time
from types import FrameType

import click

from journal_app.cli.common import Context
from journal_app.domain.entry import KINDS, Link
from journal_app.domain.marks import Mark, Marker, as_note
from journal_app.domain.naming import counted
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.runtime.surroundings import surroundings
from journal_app.store.streams import StreamLog, write_all

CHUNK = 65536
BATCH_SECONDS = 5.0  # marked lines this close together share a note
BATCH_LINES = 200
WAITING_LINES = 20_000  # marks kept in memory while the journal cannot be written


def pattern(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    """The compiled `--mark`."""
    try:
        return None if text is None else re.compile(text)
    except re.error as error:
        raise click.BadParameter(f"{text!r} is not a regular expression: {error}.") from error


class Notes:
    """Marked lines on their way into the journal, and the seconds' `sync` of the log."""

    def __init__(self, journal: Journal, log: StreamLog, run: str, kind: str) -> None:
        self.ids: list[str] = []
        self.unkept = 0
        self.problem: JournalError | None = None  # why marks wait
        self.unsynced: JournalError | None = None
        self._journal, self._log, self._run, self._kind = journal, log, run, kind
        self._context = surroundings()  # as it was when the run began
        self._marks: list[Mark] = []
        self._since = 0.0
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="journal-tail", daemon=True)
        self._thread.start()

    def put(self, marks: list[Mark]) -> None:
        """Take marked lines; they become notes within seconds."""
        if not marks:
            return
        with self._lock:
            if not self._marks:
                self._since = time.monotonic()
            room = WAITING_LINES - len(self._marks)
            self._marks += marks[:room]
            self.unkept += len(marks[room:])

    def end(self) -> None:
        """Keep what waits."""
        self._ended.set()
        self._thread.join()
        self._keep()
        self.unkept += len(self._marks)

    def _work(self) -> None:
        while not self._ended.wait(1.0):
            try:
                self._log.sync()
            except OSError as error:
                self.unsynced = unsafe(self._log, error)
            late = time.monotonic() - self._since >= BATCH_SECONDS
            if self._marks and (late or len(self._marks) >= BATCH_LINES):
                self._keep()

    def _keep(self) -> None:
        while self._marks:
            with self._lock:
                batch = self._marks[:BATCH_LINES]
            title, body = as_note(batch, self._run, self._log.path.name)
            try:
                entry = self._journal.entries.create(
                    body,
                    kind=self._kind,
                    title=title,
                    links=[Link("run", self._run)],
                    origin="tail",
                    context={**self._context, "run": self._run},
                )
            except JournalError as error:  # locked or full: the marks wait for the next time
                self.problem = error
                return
            self.ids.append(entry.id)
            with self._lock:
                del self._marks[: len(batch)]


def unsafe(log: StreamLog, error: OSError) -> JournalError:
    """The message for a log that cannot be written."""
    return JournalError(
        f"{log.path} cannot be written: {error.strerror or error}. The stream passes through; "
        "what comes from now on is not kept.",
        "Free some space, then start a new `journal tail`.",
    )


class Ending:
    """Ctrl+C once: the run ends by itself and its last words are kept. Twice, or SIGTERM: now."""

    def __init__(self) -> None:
        self.interrupts = 0
        self.now = False
        signal.signal(signal.SIGINT, self._interrupt)
        signal.signal(signal.SIGTERM, self._stop)
        self._woken = -1
        if sys.platform != "win32":  # there, `select` knows sockets only: the next bytes wake it
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the run may outlive its terminal
            self._woken, wake = os.pipe()
            os.set_blocking(wake, False)
            signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.interrupts += 1
        if self.interrupts > 1:
            self._stop(number, frame)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.now = True

    def read(self) -> bytes:
        """The next bytes of standard input; none at its end, or when told to end now.

        A signal is a byte in a pipe, waited for beside the input: one that comes in the moment
        before the wait is not missed, and no bytes are lost to an exception.
        """
        while self._woken >= 0 and not self.now:
            ready, _, _ = select.select([0, self._woken], [], [])
            if self._woken in ready:
                os.read(self._woken, CHUNK)
            if 0 in ready:
                break
        return b"" if self.now else os.read(0, CHUNK)


@click.command()
@click.option("--run", required=True, help="Name or id of the run; it may be imported later.")
@click.option("--mark", callback=pattern, metavar="REGEX", help="Lines that become notes.")
@click.option("--kind", type=click.Choice(KINDS), default="note", show_default=True)
@click.pass_obj
def tail(ctx: Context, run: str, mark: re.Pattern[str] | None, kind: str) -> None:
    """Pass standard input on and keep it: `python train.py 2>&1 | journal tail --run d12`.

    The stream is kept in the journal's folder as it comes. Lines that fit --mark become notes with
    their numbers, linked to the run. Where it lies, and the ids of the notes, go to standard error.
    """
    if not run.strip():
        raise JournalError("A stream needs the name of its run.", "Give it with --run.")
    ending = Ending()
    journal = ctx.journal
    try:
        log = StreamLog(journal.folder, run, journal.store.new_id())
    except OSError as error:
        raise JournalError(
            f"The stream cannot be kept in {journal.folder}: {error.strerror or error}.",
            "Choose another folder with --journal, or mend its permissions.",
        ) from error
    notes = Notes(journal, log, run.strip(), kind)
    marker = Marker(mark)
    problem = _flow(ending, log, notes, marker)
    notes.put(marker.end())
    notes.end()
    try:
        log.close()
    except OSError as error:
        problem = problem or unsafe(log, error)
    _tell(f"{counted(marker.lines, 'line')} in {log.path}")
    for id in notes.ids:
        _tell(id)
    if notes.unkept:
        _tell(f"{counted(notes.unkept, 'marked line')} stayed in the log and became no note.")
        raise notes.problem or JournalError("There were too many marked lines at once.")
    if problem := problem or notes.unsynced:
        raise problem
    if ending.now:
        sys.exit(130)


def _tell(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        click.echo(line, err=True)


def _flow(ending: Ending, log: StreamLog, notes: Notes, marker: Marker) -> JournalError | None:
    """Read to the end; the problem with the log when there was one."""
    problem: JournalError | None = None
    echo = True
    while True:
        try:
            data = ending.read()
        except OSError:  # a terminal that went away
            return problem
        if not data:
            return problem
        if problem is None:
            try:
                log.write(data)
            except OSError as error:
                problem = unsafe(log, error)
                _tell(f"warning: {problem}")
        if echo:
            try:
                write_all(1, data)
            except OSError:  # the reader has had enough; the stream is kept on
                echo = False
        notes.put(marker.feed(data))
