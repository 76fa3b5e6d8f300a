"""An answer while it comes and when it is there: text, badge, why, and what it rests on.

What a model wrote is never shown as the journal's own words, and never put anywhere from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from journal_app.gui.announce import announce
from journal_app.gui.assist.answer_text import AnswerText
from journal_app.gui.assist.gate_line import models_action, open_models
from journal_app.gui.assist.source_row import SourceRow, rows_in
from journal_app.gui.assist.words import (
    by_words,
    device_words,
    failures,
    made_words,
    told,
    trial_words,
    why_words,
)
from journal_app.gui.language import number, tr, trn
from journal_app.gui.plain import tip
from journal_app.gui.widgets import Chip, ElidedLabel, button, clear_layout, label, set_role

if TYPE_CHECKING:
    from journal_app.domain.commands import Answer
    from journal_app.gui.assist.cites import Cite
    from journal_app.gui.assist.runner import Outcome
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

SOURCES = 6  # that are shown at first
WHOLE = 3  # so few are shown with all their words


class AnswerView(QScrollArea):
    """Empty until something is asked."""

    cited = Signal(object)  # Cite
    entry_requested = Signal(str)
    run_requested = Signal(str)
    page_requested = Signal(str)
    message = Signal(str, str)
    grown = Signal()  # it would like another height

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Answer"))
        self.outcome: Outcome | None = None
        self._entry = ""
        self._left: Sequence[Cite] = ()
        self.by = Chip("")
        self.trial = Chip(tr("trial"), "stale")
        self.trial.setToolTip(tip(trial_words()))
        self.meta = ElidedLabel("", "meta")
        self.meta.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.state = label("", "muted", wrap=True)
        self.way = button(tr("Models…"), lambda: open_models(self))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self.stream = label("", wrap=True)
        self.stream.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = AnswerText(journal, jobs, holder)
        self.why = label("", "small", wrap=True)
        self.sources = label(tr("Sources"), "small")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.more = button("", self._show_all, "link")
        column = QWidget()
        column.setProperty("role", "clear")
        self._head = head = QHBoxLayout()
        head.setSpacing(6)
        for chip in (self.by, self.trial):
            head.addWidget(chip)
        head.addWidget(self.meta, 1)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(self.progress)
        rows.addWidget(self.state)
        rows.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.stream, self.text, self.why, self.sources):
            rows.addWidget(part)
        rows.addLayout(self._rows)
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self._column = column
        self.setWidget(column)
        self._grow = QTimer(self, singleShot=True, interval=0)
        self._grow.timeout.connect(self.grown)
        self.text.fitted.connect(self._grow.start)
        self.text.entry_requested.connect(self.entry_requested)
        self.text.run_requested.connect(self.run_requested)
        self.text.page_requested.connect(self.page_requested)
        self.text.message.connect(self.message)
        self.clear()

    # ------------------------------------------------------------------ while it comes

    def clear(self) -> None:
        """Show nothing."""
        self.outcome = None
        clear_layout(self._rows)
        self.stream.clear()
        for part in (
            self.by,
            self.trial,
            self.meta,
            self.state,
            self.way,
            self.progress,
            self.stream,
            self.text,
            self.why,
            self.sources,
            self.more,
        ):
            part.hide()
        self._grow.start()

    def begin(self, words: str = "") -> None:
        """Something was asked."""
        self.clear()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._say(words or tr("Looking through your notes …"))

    def reading(self, done: int, total: int) -> None:
        """The model has read so many tokens."""
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        words = tr("Reading … {done} of {total} tokens", done=number(done), total=number(total))
        self._say(words if done < total else tr("Writing …"))

    def wrote(self, piece: str) -> None:
        """The model wrote more."""
        self.progress.setRange(0, 0)
        self._say(tr("Writing …"))
        self.stream.setText(self.stream.text() + piece)
        self.stream.show()
        self._grow.start()

    def stopping(self) -> None:
        """It was given up, and has not ended yet."""
        self._say(tr("Cancelling …"))

    # ------------------------------------------------------------------ how it ended

    def tell(self, words: str, *, bad: bool = False) -> None:
        """There is no answer, and why."""
        self.clear()
        self._say(words, bad=bad)
        announce(self, words, urgent=bad)

    def tell_error(self, message: str, hint: str) -> None:
        """What went wrong, with the way out: a button where a model is missing."""
        words, missing = told(message, hint)
        self.tell(words, bad=not missing)
        self.way.setVisible(missing and models_action(self) is not None)

    def show_outcome(self, outcome: Outcome, *, entry_id: str = "", aloud: bool = True) -> None:
        """Show an answer; sentences of `entry_id` are named by their line alone."""
        answer = outcome.answer
        self.clear()
        self.outcome, self._entry = outcome, entry_id
        words, tone = by_words(answer) if answer.known else (tr("not in your notes"), "")
        self.by.set(words, tone)
        self.by.setToolTip(tip(failures(answer.checks)))
        self.by.show()
        self.trial.setVisible(answer.trial)
        self.meta.set_text(
            f"{device_words(answer.device)} · {made_words(answer.seconds, answer.tokens)}"
        )
        self.meta.setToolTip(
            tip(tr("{model} on {device}", model=answer.model, device=answer.device))
        )
        self.meta.show()
        listed = listed_as_rows(answer, outcome.cites)
        if not listed:
            self.text.show()
            self.text.show_text(answer.text, at_once=True)
        why = why_words(answer)
        self.why.setText(why)
        self.why.setToolTip(tip(failures(answer.checks)))
        self.why.setVisible(bool(why))
        self._show_sources(outcome.cites, listed)
        if aloud:
            announce(self, f"{words}: {answer.text}")
        self._grow.start()

    def _show_sources(self, cites: Sequence[Cite], listed: bool) -> None:
        self.sources.setVisible(bool(cites) and not listed)
        shown = len(cites) if listed else SOURCES
        self._left = cites[shown:]
        for cite in cites[:shown]:
            self._add(cite, listed or len(cites) <= WHOLE)
        self.more.setText(trn("Show {n} more|Show {n} more", len(self._left)))
        self.more.setVisible(bool(self._left))

    def _add(self, cite: Cite, whole: bool) -> None:
        row = SourceRow(cite, whole=whole, titled=cite.entry_id != self._entry)
        row.clicked.connect(self.cited)
        self._rows.addWidget(row)

    def _show_all(self) -> None:
        for cite in self._left:
            self._add(cite, False)
        self._left = ()
        self.more.hide()
        self._grow.start()

    @property
    def rows(self) -> list[SourceRow]:
        """The sources that are shown."""
        return rows_in(self._rows)

    def _say(self, words: str, *, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        set_role(self.state, "error" if bad else "muted")
        self._grow.start()

    # ------------------------------------------------------------------ size

    def wanted(self) -> int:
        """The height that shows everything."""
        layout = self._column.layout()
        assert layout is not None
        width = max(120, self.viewport().width())
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the words anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow.start()


def listed_as_rows(answer: Answer, cites: Sequence[Cite]) -> bool:
    """Whether the text is nothing but its sentences, one a line: then they are shown once."""
    lines = [line for line in answer.text.splitlines() if line.strip()]
    if not cites or len(lines) != len(cites):
        return False
    return all(
        line.removeprefix("- ").startswith(cite.text)
        for line, cite in zip(lines, cites, strict=True)
    )
