"""What a week's entries say: their best sentences, each with the entry it is of."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.links import Goal, written
from journal_app.domain.summarize import Summary, SummarySentence
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.gui.actions import native
from journal_app.gui.announce import announce
from journal_app.gui.assist.cites import Cite, cites
from journal_app.gui.assist.gate_line import GateLine, open_models
from journal_app.gui.assist.source_row import SourceRow, rows_in
from journal_app.gui.assist.words import device_words, made_words, told
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.vocabulary import entries as so_many
from journal_app.gui.widgets import (
    ElidedLabel,
    EmptyState,
    button,
    clear_layout,
    label,
    scrolled,
    set_role,
)

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs

SENTENCES, MOST = 9, 200  # of the summary; entries that are read


def since(period: str, now: int) -> int:
    """When a period began, in milliseconds: `monday` at midnight, or 7 days of 24 hours ago."""
    moment = datetime.fromtimestamp(now / 1000).astimezone()
    if period == "monday":
        day = moment.date() - timedelta(days=moment.weekday())
        moment = datetime.combine(day, time.min).astimezone()
    else:
        moment -= timedelta(days=7)
    return int(moment.timestamp() * 1000)


class WeekDialog(QDialog):
    """Begins as it opens. Sentences show as they are chosen; in a model's words they come last."""

    cite_requested = Signal(str, int, int)
    insert_requested = Signal(str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._job: Job[tuple[Summary, tuple[Cite, ...]] | None] | None = None
        self._shown: list[Cite] = []
        self._count = 0
        self.setWindowTitle(tr("This week"))
        self.resize(680, 600)
        self.heading = label(tr("This week"), "subtitle")
        self.period = QComboBox()
        self.period.setAccessibleName(tr("Period"))
        self.period.addItem(tr("Since Monday"), "monday")
        self.period.addItem(tr("The last 7 days"), "7d")
        self.meta = ElidedLabel("", "meta")
        self.state = label("", "muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self.way = button(tr("Models…"), lambda: open_models(self))
        self.way.hide()
        self.gate = GateLine(journal, jobs)
        self.empty = EmptyState(
            "calendar-range",
            tr("Nothing was written yet"),
            tr("What you write in this time is summed up here, each sentence with its entry."),
            None,
            holder,
        )
        self.empty.hide()
        self.insert = button(
            tr("Insert"), self._insert, tip=tr("Put it into the open entry at the caret")
        )
        self.copy = button(tr("Copy"), self._copy)
        self.again = button(tr("Again"), self.start)
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.stop)
        self.cancel.setAccessibleName(tr("Cancel"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._lay_out()
        holder.changed.connect(self._restyle)
        self._restyle()
        self.period.currentIndexChanged.connect(lambda _index: self.start())
        self.start()
        self.cancel.setFocus()

    def _lay_out(self) -> None:
        column = QWidget()
        column.setProperty("role", "clear")
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(10)
        inside.addLayout(self._rows)
        inside.addWidget(self.empty, 1)
        inside.addWidget(self.state)
        inside.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.gate)
        inside.addStretch(1)
        area = scrolled(column)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.meta, 1)
        self.meta.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.period)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for one in (self.insert, self.copy, self.again, self.cancel):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.reject))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(12)
        rows.addLayout(head)
        rows.addWidget(self.progress)
        rows.addWidget(area, 1)
        rows.addLayout(foot)

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._holder.theme))

    # ------------------------------------------------------------------ summing up

    @property
    def rows(self) -> list[SourceRow]:
        """The sentences that are shown."""
        return rows_in(self._rows)

    def start(self) -> None:
        """Sum up the chosen period."""
        self._drop()
        self._clear()
        journal, period = self._journal, str(self.period.currentData())
        self._say(tr("Reading …"))
        self.progress.setRange(0, 0)

        def work(context: JobContext) -> tuple[Summary, tuple[Cite, ...]] | None:
            view = View("all", since=since(period, journal.store.now()), order="created")
            rows = journal.entries.rows(view, limit=MOST)
            if not rows:
                return None
            summary = journal.assist.summarize_entries(
                [(row.id, row.title) for row in reversed(rows)],
                sentences=SENTENCES,
                progress=context.progress,
                check=context.check,
                emit=lambda one: context.emit(cites(journal, [one])[0]),
            )
            return summary, cites(journal, summary.sentences)

        mine: list[object] = []

        def current() -> bool:
            return bool(mine) and self._job is mine[0]

        def chunks(pieces: list[object]) -> None:
            if current():
                for piece in pieces:
                    if isinstance(piece, Cite):
                        self._add(piece)

        def progress(done: int, total: int) -> None:
            if current():
                self._count = total
                self.progress.setRange(0, max(1, total))
                self.progress.setValue(done)
                words = tr("Reading … {done} of {all}", done=done, all=so_many(total))
                self._say(words if done < total else tr("Wording …"))

        def done(found: tuple[Summary, tuple[Cite, ...]] | None) -> None:
            if current():
                self._job = None
                self._show(found)

        def ended(words: str, *, bad: bool = False) -> None:
            if current():
                self._job = None
                self._say(words, bad=bad)
                self._buttons()

        def failed(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else journal.explain(error)
            if plain is None:
                ended("")
                raise error
            words, missing = told(plain.message, plain.hint)
            ended(words, bad=not missing)
            self.way.setVisible(missing)

        self._job = self._jobs.submit(
            "model",
            work,
            on_done=done,
            on_error=failed,
            on_cancelled=lambda: ended(tr("Cancelled.")),
            on_chunks=chunks,
            on_progress=progress,
        )
        mine.append(self._job)
        self._buttons()

    def _show(self, found: tuple[Summary, tuple[Cite, ...]] | None) -> None:
        self._clear()
        self._say("")
        self.empty.setVisible(found is None)
        if found is not None:
            summary, places = found
            for cite in places:
                self._add(cite)
            parts = [so_many(self._count), device_words(summary.device)]
            self.meta.set_text(" · ".join([*parts, made_words(summary.seconds, 0)]))
            self.meta.setToolTip(
                tip(tr("{model} on {device}", model=summary.model, device=summary.device))
            )
            if any(_plain(one) for one in summary.sentences):
                self.gate.read()
            announce(self, "\n".join(one.text for one in summary.sentences))
        self._buttons()

    def _add(self, cite: Cite) -> None:
        row = SourceRow(cite, whole=True, titled=True)
        row.clicked.connect(lambda one: self.cite_requested.emit(one.entry_id, one.start, one.end))
        self._rows.addWidget(row)
        self._shown.append(cite)

    def _clear(self) -> None:
        clear_layout(self._rows)
        self._shown = []
        self.meta.set_text("")
        self.gate.drop()
        self.way.hide()
        self.empty.hide()

    def _say(self, words: str, *, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        set_role(self.state, "error" if bad else "muted")

    def _buttons(self) -> None:
        busy = self._job is not None
        self.insert.setVisible(not busy and bool(self._shown))
        self.copy.setVisible(not busy and bool(self._shown))
        self.again.setVisible(not busy)
        self.cancel.setVisible(busy)
        self.progress.setVisible(busy)

    # ------------------------------------------------------------------ buttons

    def text(self) -> str:
        """The summary as Markdown: each sentence with a link to its entry."""
        return "\n".join(
            f"- {one.text} ({written(Goal(one.title, one.entry_id))})" for one in self._shown
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._say(tr("The summary is on the clipboard."))

    def _insert(self) -> None:
        self.insert_requested.emit(self.text())

    def stop(self) -> None:
        """Give up what runs."""
        if self._job is not None:
            self._job.cancel()
            self._say(tr("Cancelling …"))

    def _drop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def reject(self) -> None:
        """Esc gives up what runs, then closes."""
        if self._job is not None and not self._job.cancelled:
            self.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Nobody waits for it any more."""
        self._drop()
        super().done(result)


def _plain(one: SummarySentence) -> bool:
    return one.origin == "extracted"
