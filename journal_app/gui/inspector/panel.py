"""The inspector: what does the open entry say, what does it stand on, can it go out, what is near.

Four panels in a column. Each reads through a job and shows its own errors where they arose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journal_app.errors import NotFound
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.inspector.attachments_view import AttachmentsPanel
from journal_app.gui.inspector.context import ContextPanel
from journal_app.gui.inspector.evidence import EvidencePanel
from journal_app.gui.inspector.publish import PublishPanel
from journal_app.gui.inspector.related import RelatedPanel
from journal_app.gui.inspector.summary import Flush, SummaryPanel
from journal_app.gui.language import tr
from journal_app.gui.widgets import EmptyState

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.domain.entry import Entry
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class Inspector(QScrollArea):
    """Everything about one entry but its text."""

    source_clicked = Signal(int, int)
    insert_requested = Signal(str)
    open_requested = Signal(str)
    run_requested = Signal(str)
    message = Signal(str, str)
    target_requested = Signal()

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Inspector"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._journal = journal
        self._entry: Entry | None = None
        self.summary = SummaryPanel(journal, jobs, holder)
        self.evidence = EvidencePanel(journal, jobs, holder)
        self.publish = PublishPanel(journal, jobs, holder)
        self.related = RelatedPanel(journal, jobs, holder)
        self.files = AttachmentsPanel(journal, jobs, holder)
        self.context = ContextPanel(journal, jobs)
        self.empty = EmptyState(
            "panel-right",
            tr("Nothing to inspect"),
            tr(
                "Open an entry to see its summary, its evidence, where it goes, and what is near "
                "it."
            ),
            None,
            holder,
        )
        column = QWidget()
        column.setProperty("role", "clear")
        rows = QVBoxLayout(column)
        rows.setContentsMargins(14, 14, 14, 14)
        rows.setSpacing(14)
        rows.addWidget(self.empty)
        for panel in (
            self.summary,
            self.evidence,
            self.files,
            self.publish,
            self.related,
            self.context,
        ):
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            rows.addWidget(panel)
        rows.addStretch(1)
        self.setWidget(column)
        self.summary.source_clicked.connect(self.source_clicked)
        self.summary.insert_requested.connect(self.insert_requested)
        self.evidence.run_requested.connect(self.run_requested)
        self.related.open_requested.connect(self.open_requested)
        self.related.run_requested.connect(self.run_requested)
        self.related.message.connect(self.message)
        for telling in (self.publish, self.files, self.context):
            telling.message.connect(self.message)
        self.publish.target_requested.connect(self.target_requested)
        holder.changed.connect(self._restyle)
        self._holder = holder
        self._restyle()
        self.show_entry(None)

    def set_flush(self, flush: Flush) -> None:
        """How the text is stored before it is summarized, scheduled or sent."""
        self.summary.flush = flush
        self.publish.flush = flush

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._holder.theme))

    def show_entry(self, id: str | None) -> None:
        """Inspect an entry, or nothing."""
        entry: Entry | None = None
        if id is not None:
            try:
                entry = self._journal.entries.get(id)
            except NotFound:
                entry = None
        self._entry = entry
        self.empty.setVisible(entry is None)
        for panel in (self.summary, self.evidence, self.related):
            panel.setVisible(entry is not None)
        self.publish.setVisible(entry is not None and entry.kind == "post")
        self.summary.show_entry(entry)
        self.evidence.show_entry(entry)
        self.publish.show_entry(entry)
        self.related.show_entry(entry)
        self.files.show_entry(entry)
        self.context.show_entry(entry)

    def stale(self, changes: Sequence[Change]) -> None:
        """Something changed: read again what it touches."""
        if self._entry is None:
            return
        id = self._entry.id
        nouns = {change.noun for change in changes}
        touched = any(change.noun == "entry" and change.id == id for change in changes)
        if touched:
            try:
                entry = self._journal.entries.get(id)
            except NotFound:
                self.show_entry(None)
                return
            self._entry = entry
            self.publish.setVisible(entry.kind == "post")
            self.summary.refresh(entry)
            self.files.show_entry(entry)
            self.context.show_entry(entry)
        if touched or nouns & {"run", "eval"}:
            self.evidence.show_entry(self._entry)
        if touched or nouns & {"publication", "target"}:
            self.publish.show_entry(self._entry)
        if "generation" in nouns:
            self.summary.refresh(self._entry)
        if "entry" in nouns:
            self.related.show_entry(self._entry)
