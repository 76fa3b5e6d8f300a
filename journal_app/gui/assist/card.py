"""The card at the foot of the editor: a command that runs on the open entry, and its answer.

It never writes into the text by itself: Insert, Replace and Apply are the user's acts, and each is
one step of undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.actions import native
from journal_app.gui.assist.answer_view import AnswerView
from journal_app.gui.assist.words import heading
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import ElidedLabel, IconButton, IconLabel, button, set_role

if TYPE_CHECKING:
    from journal_app.domain.commands import Command
    from journal_app.gui.assist.runner import Outcome
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

COLUMN = 664  # as wide as the text above it
SIDE = 48
SHARE = 0.46  # of the pane's height
LEAST, RUNNING = 96, 72


class CommandCard(QFrame):
    """Hidden until a command runs. The buttons say what the user wants; the owner does it."""

    insert_asked = Signal()
    replace_asked = Signal()
    apply_asked = Signal()
    again_asked = Signal()
    cancel_asked = Signal()
    closed = Signal()
    transcript_asked = Signal(str)  # the id of the generation

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("CommandCard")
        self.setAccessibleName(tr("Answer of a command"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._holder = holder
        self._covered = 0
        self._running = False
        self.view = AnswerView(journal, jobs, holder)
        self.name = ElidedLabel("", "heading")
        self.close_button = IconButton("x", tr("Close (Esc)"), holder)
        self.close_button.clicked.connect(lambda _checked=False: self.leave())
        self.insert = button(
            tr("Insert"), self.insert_asked.emit, "primary", tip=tr("Put it in at the caret")
        )
        self.replace = button(
            tr("Replace selection"),
            self.replace_asked.emit,
            tip=tr("Put it in place of the text that you selected"),
        )
        self.apply = button(tr("Apply"), self.apply_asked.emit)
        self.copy = button(tr("Copy"), self._copy)
        self.again = button(tr("Again"), self.again_asked.emit)
        self.details = button(
            tr("Details"), self._details, tip=tr("Prompt, checks and device, in the transcript")
        )
        self.cancel = button(f"{tr('Cancel')}  {native('Esc')}", self.cancel_asked.emit)
        self.cancel.setAccessibleName(tr("Cancel"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("sparkles", holder, "accent"))
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        foot = FlowBox()
        foot.set_widgets(
            [
                self.apply,
                self.insert,
                self.replace,
                self.copy,
                self.again,
                self.details,
                self.cancel,
            ]
        )
        self._column = QWidget()
        self._column.setMaximumWidth(COLUMN)
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 8, 0, 12)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(self.view)
        rows.addSpacing(4)
        rows.addWidget(foot)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._column, 1)
        self._row.addStretch(0)
        self.view.grown.connect(self._fit)
        holder.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    # ------------------------------------------------------------------ what is shown

    @property
    def running(self) -> bool:
        """Whether the command is under way."""
        return self._running

    @property
    def outcome(self) -> Outcome | None:
        """The answer that is shown."""
        return self.view.outcome

    def begin(self, command: Command, argument: str) -> None:
        """A command runs."""
        self._running = True
        name = f"/{command.name}" + (f" {argument}" if argument else "")
        self.name.set_text(f"{heading(command)} · {name}")
        self.view.begin()
        self._buttons()
        self.show()
        self._fit()

    def show_outcome(self, outcome: Outcome, *, selected: bool) -> None:
        """The answer is there; `selected`: it was asked about a part of the text."""
        self._running = False
        self.view.show_outcome(outcome, entry_id=outcome.request.entry_id)
        self._buttons(outcome, selected=selected)

    def tell(self, words: str, *, bad: bool = False) -> None:
        """There is no answer, and why."""
        self._running = False
        self.view.tell(words, bad=bad)
        self._buttons()

    def tell_error(self, message: str, hint: str) -> None:
        """What went wrong, with the way out."""
        self._running = False
        self.view.tell_error(message, hint)
        self._buttons()

    def _buttons(self, outcome: Outcome | None = None, *, selected: bool = False) -> None:
        answer = outcome.answer if outcome is not None else None
        useful = answer is not None and answer.known and bool(answer.text)
        output = outcome.command.output if outcome is not None else ""
        titles = outcome is not None and outcome.command.tool == "title"
        applies = useful and (titles or output == "tags")
        self.apply.setText(tr("Use as title") if titles else tr("Add these tags"))
        self.apply.setAccessibleName(self.apply.text())
        set_role(self.apply, "primary" if applies else "")
        set_role(self.insert, "" if applies else "primary")
        self.insert.setVisible(useful)
        self.replace.setVisible(useful and selected)
        self.apply.setVisible(applies)
        self.copy.setVisible(useful)
        self.again.setVisible(not self._running)
        self.details.setVisible(answer is not None)
        self.cancel.setVisible(self._running)

    # ------------------------------------------------------------------ keys and buttons

    def leave(self) -> None:
        """Give up what runs; else close."""
        if self._running:
            self.cancel_asked.emit()
            self.view.stopping()
        else:
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the first button."""
        for one in (self.apply, self.insert, self.cancel, self.again, self.close_button):
            if one.isVisible():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _copy(self) -> None:
        outcome = self.outcome
        if outcome is not None:
            QGuiApplication.clipboard().setText(outcome.answer.text)
            self.view.message.emit(tr("The answer is on the clipboard."), "info")

    def _details(self) -> None:
        outcome = self.outcome
        if outcome is not None:
            self.transcript_asked.emit(outcome.answer.id)

    # ------------------------------------------------------------------ size

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self._covered = pixels
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column stands below that of the text."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.width() - self._covered
        side = max(20, min(SIDE, width // 12))
        left = side if width < COLUMN + 4 * SIDE else (width - COLUMN) // 2
        self._row.setContentsMargins(left, 0, side + self._covered, 0)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        pane = self.parentWidget()
        room = int(pane.height() * SHARE) - 96 if pane is not None else 300
        least = RUNNING if self._running else 24  # words that come move nothing
        self.view.setFixedHeight(max(least, min(self.view.wanted(), max(LEAST, room))))

    @Slot()
    def _restyle(self) -> None:
        self.setStyleSheet(
            self._holder.theme.fill(
                "#CommandCard { background: @surface; border: 0; border-top: 1px solid @line; }"
            )
        )
        self.again.setToolTip(tip(tr("Run it again on the text as it is now")))
