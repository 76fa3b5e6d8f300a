"""Choose a run to link: type a part of its name, take it with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.entry import RELATIONS
from journal_app.domain.experiments import SOURCE_NAMES, RunRow
from journal_app.domain.runcards import label as metric_label
from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

SHOWN = 50


class LinkDialog(QDialog):
    """Runs by name, the last changed first."""

    chosen = Signal(str, str)  # run id, relation

    def __init__(self, journal: Journal, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Link a run"))
        self.resize(420, 380)
        self._journal = journal
        self._jobs = jobs
        self._asked = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Name, project or tag of the run"))
        self.search.setAccessibleName(tr("Find a run"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Runs"))
        self.list.setObjectName("RunList")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = label(
            tr("No run matches. Import records first: Ctrl+Shift+I."), "muted", wrap=True
        )
        self.empty.hide()
        self.relation = QComboBox()
        self.relation.setAccessibleName(tr("Relation"))
        for relation in RELATIONS:
            if relation != "derived-from":
                self.relation.addItem(said(relation), relation)
        self.take = button(tr("Link"), self._take, "primary")
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("The run"), "muted"))
        foot.addWidget(self.relation)
        foot.addWidget(label(tr("this entry"), "muted"))
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.empty)
        rows.addLayout(foot)
        self._timer = QTimer(self, singleShot=True, interval=80)
        self._timer.timeout.connect(self._find)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.list.itemActivated.connect(lambda _item: self._take())
        self._find()

    def _find(self) -> None:
        self._asked += 1
        ticket, words = self._asked, self.search.text()
        self._jobs.submit(
            "io",
            lambda _context: self._journal.experiments.runs(words, SHOWN),
            on_done=lambda found: self._show(ticket, found),
        )

    def _show(self, ticket: int, found: list[RunRow]) -> None:
        if ticket != self._asked:
            return
        self.list.clear()
        for row in found:
            parts = [SOURCE_NAMES.get(row.source_kind, row.source_kind), said(row.status)]
            if row.main_value:
                parts.append(f"{metric_label(row.main_metric or '')} {row.main_value}".strip())
            item = QListWidgetItem(f"{row.name}\n{' · '.join(parts)}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.empty.setVisible(not found)
        self.take.setEnabled(bool(found))

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), str(self.relation.currentData()))
            self.accept()

    def done(self, result: int) -> None:
        """An answer that comes after the dialog was closed is not shown."""
        self._asked += 1
        self._timer.stop()
        super().done(result)
