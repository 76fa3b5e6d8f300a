"""Ask the same with another prompt. What comes back is a trial: it is kept and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.generate import Message
from journal_app.gui.actions import native
from journal_app.gui.assist.answer_view import AnswerView
from journal_app.gui.assist.gate_line import writers
from journal_app.gui.assist.runner import Outcome, Runner
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.language import tr
from journal_app.gui.model import transcript_read
from journal_app.gui.widgets import Chip, button, label, scrolled

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.store.generations import Generation

LINE = 19  # pixels


class PromptDialog(QDialog):
    """The messages as they were sent, to be changed; the answer below."""

    made = Signal(str)  # the id of a new generation

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, row: Generation, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Edit the prompt of /{name}", name=row.task))
        self.resize(720, 640)
        self._row = row
        self.setStyleSheet(style_sheet(holder.theme))
        self.runner = Runner(journal, jobs, self)
        self.fields: list[tuple[Message, QPlainTextEdit]] = []
        column = QWidget()
        column.setProperty("role", "clear")
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(6)
        for message in (transcript_read.conversations(row) or [[]])[0]:
            field = QPlainTextEdit(message.content)
            field.setProperty("role", "field")
            field.setTabChangesFocus(True)
            field.setAccessibleName(tr("Message of {role}", role=message.role))
            lines = message.content.count("\n") + len(message.content) // 80 + 1
            field.setFixedHeight(min(8, max(2, lines)) * LINE + 18)
            inside.addWidget(Chip(message.role, "info" if message.role == "system" else ""))
            inside.addWidget(field)
            self.fields.append((message, field))
        inside.addStretch(1)
        area = scrolled(column)
        self.pack = QComboBox()
        self.pack.setAccessibleName(tr("Pack"))
        self.pack.addItem(row.pack, row.pack)
        self.go = button(tr("Run as a trial"), self.start, "primary")
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.runner.stop)
        self.cancel.setAccessibleName(tr("Cancel"))
        self.cancel.hide()
        self.view = AnswerView(journal, jobs, holder)
        self.view.setMinimumHeight(150)
        self.view.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.pack)
        foot.addWidget(self.go)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.reject))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(12)
        hint = tr("The answer is checked as always, kept beside this one, and marked as a trial.")
        rows.addWidget(label(hint, "muted", wrap=True))
        rows.addWidget(area, 3)
        rows.addWidget(self.view, 2)
        rows.addLayout(foot)
        runner = self.runner
        runner.read.connect(self.view.reading)
        runner.wrote.connect(self.view.wrote)
        runner.done.connect(self._done)
        runner.failed.connect(lambda words, way: self._told(f"{words} {way}".strip(), bad=True))
        runner.stopped.connect(lambda: self._told(tr("Cancelled.")))
        jobs.submit("io", lambda _context: writers(), on_done=self._arrived)

    def _arrived(self, packs: tuple[str, ...]) -> None:
        for pack in packs:
            if self.pack.findData(pack) < 0:
                self.pack.addItem(pack, pack)

    def start(self) -> None:
        """Ask with the messages as they stand now."""
        if self.runner.busy:
            return
        messages = [Message(one.role, field.toPlainText()) for one, field in self.fields]
        self.view.show()
        self.view.begin()
        self.go.setEnabled(False)
        self.cancel.show()
        self.runner.again(self._row.id, pack=str(self.pack.currentData()), messages=messages)

    def _done(self, outcome: Outcome) -> None:
        self._ended()
        self.view.show_outcome(outcome)
        self.made.emit(outcome.answer.id)

    def _told(self, words: str, *, bad: bool = False) -> None:
        self._ended()
        self.view.tell(words, bad=bad)

    def _ended(self) -> None:
        self.go.setEnabled(True)
        self.cancel.hide()

    def reject(self) -> None:
        """Esc gives up what runs, then closes."""
        if self.runner.busy:
            self.runner.stop()
            self.view.stopping()
        else:
            super().reject()
