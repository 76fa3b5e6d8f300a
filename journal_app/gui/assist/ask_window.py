"""Ask the journal from anywhere: a question, the answer with its sources, what was asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.commands import Request
from journal_app.gui.actions import native
from journal_app.gui.assist.answer_view import AnswerView
from journal_app.gui.assist.cites import cites
from journal_app.gui.assist.runner import Outcome, Runner
from journal_app.gui.assist.words import budget_words
from journal_app.gui.dates import short_when
from journal_app.gui.dialogs.palette import CHOICE, Choice
from journal_app.gui.editor.completion_row import CompletionDelegate
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import EmptyState, button, label, set_role

if TYPE_CHECKING:
    from journal_app.gui.assist.cites import Cite
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.services.commands import CommandService
    from journal_app.store.generations import Generation

ASK = "ask"
KEPT = 100  # questions that are listed
SIZE = (860, 560)
HISTORY = 250


class AskWindow(QDialog):
    """Stays beside the main window, so that a source can be looked at and the answer kept."""

    cite_requested = Signal(str, int, int)
    entry_requested = Signal(str)
    run_requested = Signal(str)
    insert_requested = Signal(str)
    transcript_asked = Signal(str)
    message = Signal(str, str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._service: CommandService | None = None
        self._rows: dict[str, Generation] = {}
        self._looked = 0
        self.setWindowTitle(tr("Ask the journal"))
        self.resize(*SIZE)
        self.runner = Runner(journal, jobs, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Why did the short warmup fail?"))
        self.field.setAccessibleName(tr("Question"))
        self.go = button(tr("Ask"), self.ask, "primary")
        self.go.setDefault(True)
        self.budget = label("", "meta")
        self.history = QListWidget()
        self.history.setObjectName("RunList")
        self.history.setAccessibleName(tr("Asked before"))
        self.history.setItemDelegate(CompletionDelegate(holder, self.history))
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view = AnswerView(journal, jobs, holder)
        self.empty = EmptyState(
            "message-circle-question-mark",
            tr("Ask what your notes say"),
            tr(
                "The answer is made of your own sentences, each with its entry. Where the notes "
                "do not say, it says so. Nothing leaves this computer."
            ),
            None,
            holder,
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.view)
        self.copy = button(tr("Copy"), self._copy)
        self.insert = button(
            tr("Insert"), self._insert, tip=tr("Put it into the open entry at the caret")
        )
        self.again = button(tr("Again"), self.ask)
        self.details = button(
            tr("Details"), self._details, tip=tr("Prompt, checks and device, in the transcript")
        )
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.runner.stop)
        self.cancel.setAccessibleName(tr("Cancel"))
        self._lay_out()
        self._connect()
        self._restyle()
        self._buttons()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        top.addWidget(self.go)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for one in (self.insert, self.copy, self.again, self.details, self.cancel):
            one.setAutoDefault(False)
            foot.addWidget(one)
        foot.addStretch(1)
        close = button(tr("Close"), self.reject)
        close.setAutoDefault(False)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(top)
        right.addWidget(self.budget)
        right.addWidget(self.pages, 1)
        right.addLayout(foot)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(label(tr("Asked before"), "small"))
        left.addWidget(self.history, 1)
        self.side = QWidget()
        self.side.setFixedWidth(HISTORY)
        self.side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        runner, view = self.runner, self.view
        runner.read.connect(view.reading)
        runner.wrote.connect(view.wrote)
        runner.done.connect(self._done)
        runner.failed.connect(self._failed)
        runner.stopped.connect(lambda: self._told(tr("Cancelled.")))
        view.cited.connect(self._cite)
        view.entry_requested.connect(self.entry_requested)
        view.run_requested.connect(self.run_requested)
        view.message.connect(self.message)
        self.field.textChanged.connect(self._typed)
        self.history.currentItemChanged.connect(lambda now, _before: self._look(now))
        self._holder.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._holder.theme))

    # ------------------------------------------------------------------ coming and asking

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type, with what was asked before."""
        super().showEvent(event)
        self.field.setFocus()
        self.field.selectAll()
        self.read()

    def read(self) -> None:
        """Read what was asked before."""
        journal = self._journal

        def work(_context: object) -> tuple[CommandService, list[Generation]]:
            service = journal.commands
            service.get(ASK)
            return service, service.transcript(KEPT, task=ASK)

        self._jobs.submit("io", work, on_done=lambda found: self._arrived(*found))

    def _arrived(self, service: CommandService, rows: list[Generation]) -> None:
        from journal_app.gui.model.transcript_read import request_of

        self._service = service
        self._rows = {row.id: row for row in rows}
        self.history.blockSignals(True)
        self.history.clear()
        now = self._journal.store.now()
        seen: set[str] = set()
        for row in rows:
            words = request_of(row).argument
            if words.casefold() in seen:
                continue  # what was asked again shows its newest answer
            seen.add(words.casefold())
            item = QListWidgetItem(words)
            note = short_when(row.created_at, now)
            item.setData(CHOICE, Choice(row.id, words, "history", note))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {note}")
            item.setToolTip(tip(words))
            self.history.addItem(item)
        self.history.setCurrentRow(-1)
        self.history.blockSignals(False)
        self.side.setVisible(bool(rows))
        self._typed(self.field.text())

    def _typed(self, words: str) -> None:
        words = words.strip()
        self.go.setEnabled(bool(words))
        self.budget.setVisible(bool(words) and self._service is not None)
        if words and self._service is not None:
            used = self._service.budget(ASK, words)
            self.budget.setText(budget_words(used))
            set_role(self.budget, "meta")
            stale = self._holder.theme.css("stale")
            self.budget.setStyleSheet(f"color: {stale};" if used.cut else "")

    def ask(self) -> None:
        """Ask what stands in the field."""
        words = self.field.text().strip()
        if not words:
            self.field.setFocus()
            return
        self._looked += 1
        self.pages.setCurrentWidget(self.view)
        self.view.begin()
        self.runner.run(ASK, Request(argument=words))
        self._buttons()

    def _done(self, outcome: Outcome) -> None:
        self._show(outcome)
        self.read()

    def _show(self, outcome: Outcome, *, aloud: bool = True) -> None:
        self.pages.setCurrentWidget(self.view)
        self.view.show_outcome(outcome, aloud=aloud)
        self._buttons()

    def _told(self, words: str, *, bad: bool = False) -> None:
        self.view.tell(words, bad=bad)
        self._buttons()

    def _failed(self, message: str, hint: str) -> None:
        self.view.tell_error(message, hint)
        self._buttons()

    def _look(self, item: QListWidgetItem | None) -> None:
        """Show what was answered then."""
        row = self._rows.get(item.data(CHOICE).key) if item is not None else None
        if row is None or self.runner.busy:
            return
        self._looked += 1
        ticket, journal = self._looked, self._journal

        def work(_context: object) -> Outcome:
            from journal_app.gui.model.transcript_read import answer_of, request_of

            answer, request = answer_of(row), request_of(row)
            found = cites(journal, answer.sentences, request.entry_id)
            return Outcome(journal.commands.get(ASK), request, answer, found)

        def arrived(outcome: Outcome) -> None:
            if ticket == self._looked:
                self.field.setText(outcome.request.argument)
                self._show(outcome, aloud=False)

        self._jobs.submit("io", work, on_done=arrived)

    # ------------------------------------------------------------------ buttons

    def _buttons(self) -> None:
        outcome, busy = self.view.outcome, self.runner.busy
        known = outcome is not None and outcome.answer.known
        self.insert.setVisible(known)
        self.copy.setVisible(known)
        self.again.setVisible(outcome is not None and not busy)
        self.details.setVisible(outcome is not None)
        self.cancel.setVisible(busy)

    def _copy(self) -> None:
        if self.view.outcome is not None:
            QGuiApplication.clipboard().setText(self.view.outcome.answer.text)
            self.message.emit(tr("The answer is on the clipboard."), "info")

    def _insert(self) -> None:
        if self.view.outcome is not None:
            self.insert_requested.emit(self.view.outcome.answer.text)

    def _details(self) -> None:
        if self.view.outcome is not None:
            self.transcript_asked.emit(self.view.outcome.answer.id)

    def _cite(self, cite: Cite) -> None:
        self.cite_requested.emit(cite.entry_id, cite.start, cite.end)

    def reject(self) -> None:
        """Esc gives up what runs, then closes."""
        if self.runner.busy:
            self.runner.stop()
            self.view.stopping()
        else:
            super().reject()
