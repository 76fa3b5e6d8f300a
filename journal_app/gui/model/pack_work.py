"""Long work on packs: install, import, verify, remove, evaluate. One piece per pack at a time.

It runs in a lane and stands in the tray too, so that it goes on when the window "Models" is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.gui.language import tr, trn
from journal_app.gui.model import words

if TYPE_CHECKING:
    from journal_app.domain.model_gate import EvalRecord
    from journal_app.gui.model.facts import PackFacts
    from journal_app.gui.window import MainWindow
    from journal_app.models.packs import Installed
    from journal_app.runtime.jobs import Job, JobContext, Lane

Unit = Literal["bytes", "steps"]


@dataclass(slots=True)
class Work:
    """What is under way for a pack."""

    title: str
    unit: Unit
    made: int = 0
    total: int = 0
    job: Job[Any] | None = None

    @property
    def said(self) -> str:
        """How far it is, in words; "" before the first step."""
        if self.total <= 0:
            return ""
        if self.unit == "bytes":
            return tr("{made} of {total}", made=words.size(self.made), total=words.size(self.total))
        return trn("{made} of {n} text|{made} of {n} texts", self.total, made=self.made)


class PackWork(QObject):
    """Starts work and tells how it ends. `moved` carries the pack's id, `told` id, level, text."""

    moved = Signal(str)
    told = Signal(str, str, str)
    ended = Signal(str)  # what is on the disk, or the evals, may have changed
    evaluated = Signal(object)  # an EvalRecord

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work: dict[str, Work] = {}

    def of(self, id: str) -> Work | None:
        """What is under way for a pack."""
        return self._work.get(id)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._work)

    def unlisted(self, listed: Callable[[str], bool]) -> str:
        """What is under way for no pack of the list: an import; "" for nothing."""
        return next((id for id in self._work if not listed(id)), "")

    def cancel(self, id: str) -> None:
        """Give up; what has come of a download stays for the next time."""
        work = self._work.get(id)
        if work is not None and work.job is not None:
            work.job.cancel()

    def evaluating(self) -> Work | None:
        """The eval that runs or waits, if there is one."""
        return next((work for work in self._work.values() if work.unit == "steps"), None)

    def cancel_evals(self) -> None:
        """Give up every eval."""
        for id, work in list(self._work.items()):
            if work.unit == "steps":
                self.cancel(id)

    # ------------------------------------------------------------------ the pieces

    def install(self, id: str, title: str) -> None:
        """Fetch a pack of the catalogue, or `hf:owner/name`; goes on where it broke off."""

        def work(context: JobContext) -> Installed:
            from journal_app.models.packs import fetch

            return fetch.install(
                paths.model_packs(), id, progress=context.progress, check=context.check
            )

        def done(made: Installed) -> None:
            self._tell(made.id, "pass", tr("{name} is installed and verified.", name=made.title))

        self._start(id, tr("Install {name}", name=title), "io", "bytes", work, done)

    def take_in(self, path: Path) -> None:
        """Import a model of the user's own: a file or a folder."""

        def work(context: JobContext) -> Installed:
            from journal_app.models.packs import pack_import

            return pack_import.import_pack(
                paths.model_packs(), path, progress=context.progress, check=context.check
            )

        def done(made: Installed) -> None:
            left = made.manifest.get("left_out") or []
            text = tr("{name} was taken in as {id}.", name=path.name, id=made.id)
            if left:
                names = ", ".join(str(one) for one in left[:3])
                text += " " + trn(
                    "{n} file was left out and never opened: {names}.|{n} files were left out and "
                    "never opened: {names}.",
                    len(left),
                    names=names,
                )
            self._tell(made.id, "pass", text)

        self._start(str(path), tr("Import {name}", name=path.name), "io", "bytes", work, done)

    def verify(self, pack: PackFacts) -> None:
        """Compare every file with its SHA-256."""

        def work(_context: JobContext) -> list[str]:
            from journal_app.models import packs

            return packs.verify(packs.find(paths.model_packs(), pack.id))

        def done(problems: list[str]) -> None:
            if problems:
                told = tr("{name} is damaged: {what}.", name=pack.title, what="; ".join(problems))
                self._tell(pack.id, "fail", told)
            else:
                told = tr("Every file of {name} matches its SHA-256.", name=pack.title)
                self._tell(pack.id, "pass", told)

        self._start(pack.id, tr("Verify {name}", name=pack.title), "io", "bytes", work, done)

    def remove(self, pack: PackFacts) -> None:
        """Take a pack off the disk; a loaded one is unloaded first."""
        host = self._window.journal.model_host

        def work(_context: JobContext) -> int:
            from journal_app.models import packs

            if any(one.model == pack.id for one in host.loaded()):
                host.close()
            return packs.remove(paths.model_packs(), pack.id)

        def done(freed: int) -> None:
            told = tr(
                "{name} is gone; {size} are free again.", name=pack.title, size=words.size(freed)
            )
            self._tell(pack.id, "info", told)

        self._start(pack.id, tr("Remove {name}", name=pack.title), "model", "bytes", work, done)

    def evaluate(self, id: str, title: str) -> None:
        """Run the gate's eval set; it takes minutes."""
        gate = self._window.journal.gate

        def work(context: JobContext) -> EvalRecord:
            return gate.evaluate(id, progress=context.progress, check=context.check)

        def done(record: EvalRecord) -> None:
            if record.passed:
                self._tell(id, "pass", tr("{name} passed every threshold here.", name=title))
            else:
                why = "; ".join(record.reasons)
                self._tell(id, "stale", tr("{name} did not pass: {why}.", name=title, why=why))
            self.evaluated.emit(record)

        self._start(id, tr("Evaluate {name}", name=title), "model", "steps", work, done)

    # ------------------------------------------------------------------ inside

    def _start(
        self,
        id: str,
        title: str,
        lane: Lane,
        unit: Unit,
        work: Callable[[JobContext], Any],
        done: Callable[[Any], None],
    ) -> None:
        if id in self._work:
            return
        line = self._work[id] = Work(title, unit)

        def ended() -> None:
            self._work.pop(id, None)
            self._window.read_facts()
            self.moved.emit(id)
            self.ended.emit(id)

        def stopped() -> None:
            ended()
            self._tell(id, "info", tr("{title}: cancelled.", title=title))

        def finished(result: Any) -> None:
            ended()
            done(result)

        def failed(error: JournalError) -> None:
            ended()
            self._tell(id, "fail", f"{error.message} {error.hint}".strip())

        def progress(made: int, total: int) -> None:
            if lane == "model" and not line.total:
                self._window.read_facts()  # a model is loaded now: the status bar says where
            line.made, line.total = made, total
            self.moved.emit(id)

        line.job = self._window.tray.start(
            title,
            lane,
            work,
            finished,
            on_progress=progress,
            on_failed=failed,
            on_cancelled=stopped,
        )
        self.moved.emit(id)

    def _tell(self, id: str, level: str, text: str) -> None:
        self.told.emit(id, level, text)
