"""Runs one command at a time in the model's lane, and tells how it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from journal_app.domain.commands import Answer, Command, Request
from journal_app.errors import JournalError
from journal_app.gui.assist.cites import Cite, cites
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.generate import Message
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with what made it and where its sentences stand."""

    command: Command
    request: Request
    answer: Answer
    cites: tuple[Cite, ...]


Work = Callable[["JobContext"], Outcome]


class Runner(QObject):
    """One command under way. A new one takes the place of the last, which is cancelled."""

    began = Signal()
    read = Signal(int, int)  # tokens that the model has read, of how many
    wrote = Signal(str)  # a piece of the model's text
    done = Signal(object)  # Outcome
    failed = Signal(str, str)  # what went wrong, the way out
    stopped = Signal()

    def __init__(self, journal: Journal, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._journal, self._jobs = journal, jobs
        self._job: Job[Outcome] | None = None

    @property
    def busy(self) -> bool:
        """Whether a command waits or runs."""
        return self._job is not None

    def run(
        self,
        name: str,
        request: Request,
        *,
        base: int = 0,
        pack: str = "",
        messages: Sequence[Message] | None = None,
    ) -> None:
        """Run a command. `base` is where the text of the request begins in its entry."""
        journal = self._journal

        def work(context: JobContext) -> Outcome:
            service = journal.commands
            answer = service.run(
                name,
                request,
                pack=pack,
                messages=messages,
                progress=context.progress,
                check=context.check,
                emit=context.emit,
            )
            found = cites(journal, answer.sentences, request.entry_id, base)
            return Outcome(service.get(name), request, answer, found)

        self._start(work)

    def again(self, id: str, *, pack: str = "", messages: Sequence[Message] | None = None) -> None:
        """Run a kept command again, on the journal as it is now."""
        journal = self._journal

        def work(context: JobContext) -> Outcome:
            from journal_app.gui.model.transcript_read import request_of

            service = journal.commands
            answer = service.again(
                id,
                pack=pack,
                messages=messages,
                progress=context.progress,
                check=context.check,
                emit=context.emit,
            )
            request = request_of(service.kept(answer.id))
            found = cites(journal, answer.sentences, request.entry_id)
            return Outcome(service.get(answer.command), request, answer, found)

        self._start(work)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.cancel()

    def drop(self) -> None:
        """Give it up and hear nothing more of it."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _start(self, work: Work) -> None:
        self.drop()
        mine: list[Job[Outcome]] = []

        def current() -> bool:
            return bool(mine) and self._job is mine[0]

        def chunks(pieces: list[object]) -> None:
            if current():
                self.wrote.emit("".join(str(piece) for piece in pieces))

        def progress(made: int, total: int) -> None:
            if current():
                self.read.emit(made, total)

        def ended(tell: Callable[[], object]) -> None:
            if current():
                self._job = None
                tell()

        def bad(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else self._journal.explain(error)
            if plain is None:
                ended(lambda: self.failed.emit(tr("Something went wrong in the program."), ""))
                raise error
            ended(lambda: self.failed.emit(plain.message, plain.hint))

        job = self._jobs.submit(
            "model",
            work,
            on_done=lambda found: ended(lambda: self.done.emit(found)),
            on_error=bad,
            on_cancelled=lambda: ended(self.stopped.emit),
            on_chunks=chunks,
            on_progress=progress,
        )
        mine.append(job)
        self._job = job
        self.began.emit()
