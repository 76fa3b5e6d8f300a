"""Two packs are asked the same, one after the other; their answers stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journal_app.gui.actions import native
from journal_app.gui.assist.gate_line import open_models, writers
from journal_app.gui.assist.runner import Outcome, Runner
from journal_app.gui.assist.words import by_words, device_words, made_words, told, trial_words
from journal_app.gui.dialogs.diff_view import DiffView
from journal_app.gui.language import tr
from journal_app.gui.model import transcript_read
from journal_app.gui.plain import tip
from journal_app.gui.widgets import Chip, ElidedLabel, EmptyState, button, label, set_role

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.store.generations import Generation


class Side(QWidget):
    """One pack: its choice, what it writes, and how long it took."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self.pack = QComboBox()
        self.pack.setAccessibleName(tr("Pack {name}", name=name))
        self.by = Chip("")
        self.by.hide()
        self.trial = Chip(tr("trial"), "stale")
        self.trial.setToolTip(tip(trial_words()))
        self.trial.hide()
        self.meta = ElidedLabel("", "meta")
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Chip(name, "accent"))
        head.addWidget(self.pack, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.meta)
        badges = QHBoxLayout()
        badges.setSpacing(6)
        badges.addWidget(self.by)
        badges.addWidget(self.trial)
        badges.addStretch(1)
        rows.addLayout(badges)
        rows.addStretch(1)

    def begin(self) -> None:
        """It is asked."""
        self.outcome = None
        self.by.hide()
        self.trial.hide()
        self.text.clear()
        self.meta.set_text(tr("Waiting …"))

    def show_outcome(self, outcome: Outcome) -> None:
        """It answered."""
        self.outcome = outcome
        answer = outcome.answer
        words, tone = by_words(answer)
        self.by.set(words, tone)
        self.by.setToolTip(tip(answer.why))
        self.by.show()
        self.trial.setVisible(answer.trial)
        parts = [device_words(answer.device), made_words(answer.seconds, answer.tokens)]
        if answer.tokens and answer.seconds > 0:
            parts.append(tr("{n} tokens/s in all", n=f"{answer.tokens / answer.seconds:.0f}"))
        self.meta.set_text(" · ".join(parts))
        self.text.setText(answer.text)


class PacksDialog(QDialog):
    """Both answers are kept, as trials of the chosen generation."""

    made = Signal(str)  # the id of a new generation

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, row: Generation, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare two packs"))
        self.resize(880, 560)
        self._row = row
        self._turn = 0
        self.runner = Runner(journal, jobs, self)
        self.sides = (Side("A"), Side("B"))
        self.diff = DiffView(holder)
        self.diff.set_beside(True)
        self.diff.set_whole(True)
        writing = QWidget()
        columns = QHBoxLayout(writing)
        columns.setContentsMargins(16, 16, 16, 16)
        columns.setSpacing(24)
        for side in self.sides:
            columns.addWidget(side.text, 1, Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(
            "layers",
            tr("Two writers are needed"),
            tr("Install another pack that writes, then both can answer the same."),
            (tr("Models…"), self._models),
            holder,
        )
        self.pages = QStackedWidget()
        for page in (writing, self.diff, self.empty):
            self.pages.addWidget(page)
        self.state = label("", "muted", wrap=True)
        self.go = button(tr("Ask both"), self.start, "primary")
        self.go.setEnabled(False)
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.runner.stop)
        self.cancel.setAccessibleName(tr("Cancel"))
        self.cancel.hide()
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 4)
        head.setSpacing(24)
        for side in self.sides:
            head.addWidget(side, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.go)
        foot.addWidget(self.cancel)
        foot.addWidget(self.state, 1)
        foot.addWidget(button(tr("Close"), self.reject))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        asked = transcript_read.request_of(row).argument
        name = label(f"/{row.task} {asked}".strip(), "heading", wrap=True)
        name.setContentsMargins(16, 14, 16, 0)
        rows.addWidget(name)
        rows.addLayout(head)
        rows.addWidget(self.pages, 1)
        rows.addLayout(foot)
        self.runner.read.connect(self._read)
        self.runner.wrote.connect(self._wrote)
        self.runner.done.connect(self._done)
        self.runner.failed.connect(lambda words, way: self._end(told(words, way)[0], True))
        self.runner.stopped.connect(lambda: self._end(tr("Cancelled.")))
        jobs.submit("io", lambda _context: writers(), on_done=self._arrived)

    def _arrived(self, packs: tuple[str, ...]) -> None:
        for number, side in enumerate(self.sides):
            for pack in packs:
                side.pack.addItem(pack, pack)
            side.pack.setCurrentIndex(min(number, len(packs) - 1))
        self.go.setEnabled(len(packs) >= 2)
        self.state.setText(
            tr("Both get the same prompt, one after the other; both answers are kept.")
        )
        if len(packs) < 2:
            self.pages.setCurrentWidget(self.empty)

    def start(self) -> None:
        """Ask A, then B."""
        if self.runner.busy:
            return
        for side in self.sides:
            side.begin()
            side.pack.setEnabled(False)
        self.pages.setCurrentIndex(0)
        self.state.clear()
        self._turn = 0
        self.go.setEnabled(False)
        self.cancel.show()
        self._ask()

    def _ask(self) -> None:
        side = self.sides[self._turn]
        side.meta.set_text(tr("Looking through your notes …"))
        self.runner.again(self._row.id, pack=str(side.pack.currentData()))

    def _read(self, done: int, total: int) -> None:
        words = tr("Reading … {done} of {total} tokens", done=done, total=total)
        self.sides[self._turn].meta.set_text(words)

    def _wrote(self, piece: str) -> None:
        side = self.sides[self._turn]
        side.meta.set_text(tr("Writing …"))
        side.text.setText(side.text.text() + piece)

    def _done(self, outcome: Outcome) -> None:
        self.sides[self._turn].show_outcome(outcome)
        self.made.emit(outcome.answer.id)
        if self._turn == 0:
            self._turn = 1
            self._ask()
            return
        from journal_app.domain.diff import compare

        first, second = (side.outcome for side in self.sides)
        assert first is not None and second is not None
        if first.answer.text == second.answer.text:
            self._end(tr("Both gave the same text."))
        else:
            self.diff.show_blocks(compare(first.answer.text, second.answer.text))
            self.pages.setCurrentWidget(self.diff)
            self._end("")

    def _end(self, words: str, bad: bool = False) -> None:
        self.state.setText(words)
        set_role(self.state, "error" if bad else "muted")
        for side in self.sides:
            side.pack.setEnabled(True)
            if side.outcome is None:
                side.meta.set_text("")
        self.go.setEnabled(True)
        self.cancel.hide()

    def _models(self) -> None:
        self.reject()
        open_models(self)

    def reject(self) -> None:
        """Esc gives up what runs, then closes."""
        if self.runner.busy:
            self.runner.stop()
        else:
            super().reject()
