"""One run at full width: its card, what is written about it, its evals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journal_app.domain.runcards import eval_label, final_evals, score_note, score_text
from journal_app.domain.views import View
from journal_app.errors import NotFound
from journal_app.gui import icons, vocabulary
from journal_app.gui.inspector.run_card import RunCardView
from journal_app.gui.language import number, tr
from journal_app.gui.widgets import (
    ElidedLabel,
    EmptyState,
    IconLabel,
    PanelFrame,
    button,
    clear_layout,
    label,
)

if TYPE_CHECKING:
    from journal_app.domain.experiments import EvalRow
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal

ENTRIES, EVALS = 50, 60


class RunDetail(QScrollArea):
    """Shows a run; `entry_requested` carries an entry's id, `write_requested` a run's."""

    entry_requested = Signal(str)
    write_requested = Signal(str)

    def __init__(
        self, journal: Journal, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._journal, self._holder = journal, holder
        self._run: str | None = None
        self.setObjectName("runsPane")
        self.setAccessibleName(tr("Run"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("runsPane")
        row = QHBoxLayout(column)
        row.setContentsMargins(24, 26, 24, 26)
        self._inside = QWidget()
        self._inside.setMaximumWidth(760)
        row.addWidget(self._inside, 1)
        row.addStretch(0)
        self._body = QVBoxLayout(self._inside)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(16)
        self.setWidget(column)
        self.show_run(None)

    def show_run(self, run_id: str | None) -> None:
        """Show a run, or what belongs here."""
        self._run = run_id
        clear_layout(self._body)
        try:
            self._fill(run_id)
        except NotFound:
            self._fill(None)
        self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Read again."""
        place = self.verticalScrollBar().value()
        self.show_run(self._run)
        self.verticalScrollBar().setValue(place)

    def _fill(self, run_id: str | None) -> None:
        if run_id is None:
            text = tr("Its numbers, its curve and what was written about it show here.")
            empty = EmptyState("activity", tr("Choose a run"), text, None, self._holder)
            self._body.addWidget(empty, 1)
            return
        card = self._journal.experiments.card(run_id)
        title = label(card.name, "title", wrap=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body.addWidget(title)
        self._body.addWidget(RunCardView(card, self._holder))
        for warning in card.warnings[:3]:
            self._body.addWidget(label(warning, "small", wrap=True))
        self._body.addWidget(self._entries(run_id))
        evals = final_evals(self._journal.experiments.evals(run_id))
        if evals:
            self._body.addWidget(self._evals(evals))
        self._body.addStretch(1)

    def _entries(self, run_id: str) -> PanelFrame:
        rows = self._journal.entries.rows(View("all", run=run_id), limit=ENTRIES)
        count = vocabulary.entries(len(rows)) if rows else ""
        panel = PanelFrame(tr("Written about it"), count)
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(IconLabel(icons.kind_icon(row.kind), self._holder))
            open_it = button(
                row.title or tr("Untitled"),
                partial(self.entry_requested.emit, row.id),
                "link",
            )
            open_it.setMaximumWidth(640)
            line.addWidget(open_it, 0)
            line.addStretch(1)
            panel.body.addLayout(line)
        if not rows:
            panel.body.addWidget(label(tr("Nothing yet. What did this run teach you?"), "muted"))
            write = button(tr("Write a note on it"), partial(self.write_requested.emit, run_id))
            panel.body.addWidget(write, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _evals(self, evals: list[EvalRow]) -> PanelFrame:
        panel = PanelFrame(tr("Evals"), number(len(evals)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for n, row in enumerate(evals[:EVALS]):
            score = label(score_text(row))
            score.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(ElidedLabel(eval_label(row)), n, 0)
            grid.addWidget(score, n, 1)
            grid.addWidget(label(score_note(row), "meta"), n, 2)
        panel.body.addLayout(grid)
        if len(evals) > EVALS:
            panel.body.addWidget(label(tr("and {n} more", n=number(len(evals) - EVALS)), "meta"))
        return panel
