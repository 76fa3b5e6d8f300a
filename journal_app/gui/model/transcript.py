"""The transcript: everything that models and commands gave, with what made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.actions import native
from journal_app.gui.assist.runner import Outcome, Runner
from journal_app.gui.assist.words import told
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import row_list
from journal_app.gui.model import transcript_lines, transcript_read
from journal_app.gui.model.transcript_detail import TranscriptDetail
from journal_app.gui.model.transcript_list import TranscriptDelegate, TranscriptModel
from journal_app.gui.widgets import EmptyState, button, label, set_role

if TYPE_CHECKING:
    from journal_app.gui.assist.cites import Cite
    from journal_app.gui.model.transcript_lines import Detail, Line
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

LIST = 320
SIZE = (1060, 720)


class TranscriptWindow(QDialog):
    """A list, and everything about what is chosen in it."""

    cite_requested = Signal(str, int, int)
    entry_requested = Signal(str)

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        entry: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder, self._entry = journal, jobs, holder, entry
        self._asked = 0
        self._wanted = ""
        self.setWindowTitle(tr("Transcript"))
        self.resize(min(SIZE[0], parent.width() - 60), min(SIZE[1], parent.height() - 60))
        self.runner = Runner(journal, jobs, self)
        self.task = QComboBox()
        self.task.setAccessibleName(tr("Command"))
        self.task.addItem(tr("All commands"), "")
        self.here = QCheckBox(tr("This entry"))
        self.here.setToolTip(tr("Only what was made from the open entry"))
        self.model = TranscriptModel(self)
        self.list = row_list(tr("What models and commands gave"), self.model)
        self.list.setItemDelegate(TranscriptDelegate(holder, self.list))
        self.list.setFixedWidth(LIST)
        self.detail = TranscriptDetail(holder)
        self.empty = EmptyState(
            "scroll-text",
            tr("Nothing was made yet"),
            tr(
                "Summaries and answers of / commands are kept here: what was sent, what came "
                "back, which checks it passed, and on which device."
            ),
            None,
            holder,
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.detail)
        self.pages.addWidget(self.empty)
        self.state = label("", "muted", wrap=True)
        self.state.hide()
        self.again = button(
            tr("Run again"), self.run_again, tip=tr("On the journal as it is now; both are kept")
        )
        self.edit = button(tr("Edit prompt…"), self.edit_prompt)
        self.compare = button(tr("Compare two packs…"), self.compare_packs)
        self.diff = button(tr("Compare with what it repeats"), self.show_diff)
        self.copy = button(tr("Copy"), self._copy)
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.runner.stop)
        self.cancel.setAccessibleName(tr("Cancel"))
        self._lay_out()
        self.task.currentIndexChanged.connect(lambda _index: self.read())
        self.here.toggled.connect(lambda _on: self.read())
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.detail.cited.connect(self._cite)
        self.detail.parent_asked.connect(self.choose)
        self.detail.entry_asked.connect(self.entry_requested)
        self.runner.done.connect(self._done)
        self.runner.failed.connect(lambda words, way: self._say(told(words, way)[0], True))
        self.runner.stopped.connect(lambda: self._say(tr("Cancelled.")))
        self.runner.read.connect(
            lambda done, all: self._say(
                tr("Reading … {done} of {total} tokens", done=done, total=all)
            )
        )
        self._buttons()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(12, 10, 12, 10)
        filters.setSpacing(8)
        filters.addWidget(self.task, 1)
        filters.addWidget(self.here)
        left = QWidget()
        left.setObjectName("listPane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        acts = [self.again, self.edit, self.compare, self.diff, self.copy, self.cancel]
        close = button(tr("Close"), self.reject)
        for one in (*acts, close):
            one.setAutoDefault(False)
        flow = FlowBox()
        flow.setMinimumWidth(240)
        flow.set_widgets([*acts])
        foot.addWidget(flow, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        notes = QHBoxLayout()
        notes.setContentsMargins(16, 0, 16, 0)
        notes.addWidget(self.state)
        right.addLayout(notes)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)

    # ------------------------------------------------------------------ reading

    def ask(self, id: str = "") -> None:
        """Show it, with one generation chosen."""
        self._wanted = id or self._wanted
        if id:
            self.here.setChecked(False)
            self.task.setCurrentIndex(0)
        self.here.setVisible(bool(self._entry()))
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()
        self.read()

    def read(self) -> None:
        """Read the list again."""
        self._asked += 1
        ticket, journal = self._asked, self._journal
        task = str(self.task.currentData() or "")
        entry = self._entry() if self.here.isChecked() else ""

        def work(_context: object) -> tuple[list[Line], list[str]]:
            names = sorted({one.name for one in journal.commands.commands()})
            return transcript_lines.lines(journal, entry_id=entry, task=task), names

        def arrived(found: tuple[list[Line], list[str]]) -> None:
            if ticket == self._asked:
                self._arrived(*found)

        self._jobs.submit("io", work, on_done=arrived)

    def _arrived(self, lines: list[Line], names: list[str]) -> None:
        if self.task.count() == 1:
            for name in names:
                self.task.addItem(f"/{name}", name)
        chosen = self._wanted or self._id()
        self.model.set_lines(lines, self._journal.store.now())
        self.pages.setCurrentWidget(self.detail if lines else self.empty)
        self.choose(chosen)
        if not lines:
            self._show(None)

    def choose(self, id: str) -> None:
        """Choose a generation of the list; the newest where it is not there."""
        line = max(0, self.model.line_of(id))
        self._wanted = ""
        self.list.setCurrentIndex(self.model.index(line))

    def _line(self) -> Line | None:
        index = self.list.currentIndex()
        good = index.isValid() and index.row() < len(self.model.lines)
        return self.model.lines[index.row()] if good else None

    def _id(self) -> str:
        return self.detail.detail.line.row.id if self.detail.detail is not None else ""

    def _chosen(self, _on: QItemSelection, _off: QItemSelection) -> None:
        line = self._line()
        if line is None:
            return
        self._asked += 1
        ticket, journal = self._asked, self._journal

        def arrived(found: Detail) -> None:
            if ticket == self._asked:
                self._show(found)

        self._jobs.submit(
            "io", lambda _context: transcript_lines.detail(journal, line), on_done=arrived
        )

    def _show(self, detail: Detail | None) -> None:
        self.detail.show_detail(detail, self._journal.store.now())
        self._buttons()

    # ------------------------------------------------------------------ buttons

    def _buttons(self) -> None:
        detail, busy = self.detail.detail, self.runner.busy
        row = detail.line.row if detail is not None else None
        repeats = detail is not None and detail.repeats and not busy
        worded = row is not None and bool(transcript_read.conversations(row))
        one = worded and row is not None and len(transcript_read.conversations(row)) == 1
        self.again.setEnabled(repeats)
        again = tr("On the journal as it is now; both are kept")
        many = tr("“This week” and the summary panel make this one again.")
        self.again.setToolTip(many if detail is not None and not detail.repeats else again)
        self.edit.setEnabled(repeats and one)
        self.edit.setToolTip(
            "" if one else tr("Only an answer with one prompt can be asked with another.")
        )
        self.compare.setEnabled(repeats)
        self.diff.setVisible(detail is not None and detail.parent is not None)
        self.copy.setEnabled(detail is not None)
        self.cancel.setVisible(busy)

    def run_again(self) -> None:
        """Run the chosen one again."""
        detail = self.detail.detail
        if detail is not None and detail.repeats and not self.runner.busy:
            self._say(tr("Looking through your notes …"))
            self.runner.again(detail.line.row.id)
            self._buttons()

    def _done(self, outcome: Outcome) -> None:
        self._say("")
        self._wanted = outcome.answer.id
        self.read()

    def edit_prompt(self) -> None:
        """Ask with another prompt, as a trial."""
        from journal_app.gui.model.transcript_prompt import PromptDialog

        detail = self.detail.detail
        if detail is None:
            return
        dialog = PromptDialog(self._journal, self._jobs, self._holder, detail.line.row, self)
        dialog.made.connect(self._made)
        dialog.open()

    def compare_packs(self) -> None:
        """Ask two packs the same."""
        from journal_app.gui.model.transcript_packs import PacksDialog

        detail = self.detail.detail
        if detail is None:
            return
        dialog = PacksDialog(self._journal, self._jobs, self._holder, detail.line.row, self)
        dialog.made.connect(self._made)
        dialog.open()

    def show_diff(self) -> None:
        """Show what differs from what the chosen one repeats."""
        from journal_app.gui.model.transcript_diff import DiffDialog

        detail = self.detail.detail
        if detail is None or detail.parent is None:
            return
        ids = detail.parent.row.id, detail.line.row.id
        DiffDialog(self._journal, self._jobs, self._holder, ids, self).open()

    def _made(self, id: str) -> None:
        self._wanted = id
        self.read()

    def _copy(self) -> None:
        detail = self.detail.detail
        if detail is not None:
            text = transcript_read.output_text(detail.line.row)
            QGuiApplication.clipboard().setText(text)
            self._say(tr("The answer is on the clipboard."))

    def _cite(self, cite: Cite) -> None:
        self.cite_requested.emit(cite.entry_id, cite.start, cite.end)

    def _say(self, words: str, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        set_role(self.state, "error" if bad else "muted")
        self._buttons()

    def reject(self) -> None:
        """Esc gives up what runs, then closes."""
        if self.runner.busy:
            self.runner.stop()
            self._say(tr("Cancelling …"))
        else:
            super().reject()
