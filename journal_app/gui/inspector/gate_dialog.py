"""A new gate: a result that is linked to the post, and the threshold that it has to reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.gates import OPERATORS, Gate, Result, judge, parse_rule
from journal_app.domain.runcards import score_text
from journal_app.errors import JournalError
from journal_app.gui.announce import announce
from journal_app.gui.dialogs.schedule_parts import narrow
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.publish.preflight_rows import GateRow
from journal_app.gui.widgets import button, clear_layout, dialog_foot, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class GateDialog(QDialog):
    """What the results say to the gate is shown while it is written."""

    added = Signal(str)

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, post: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Add a gate"))
        self.setMinimumWidth(460)
        self._journal, self._jobs, self._holder, self._post = journal, jobs, holder, post
        self._results: Sequence[Result] = ()
        self._closed = False
        self.result_box = narrow(QComboBox())
        self.result_box.setAccessibleName(tr("Result"))
        self.task, self.measure, self.filter = QLineEdit(), QLineEdit(), QLineEdit()
        self.name = QLineEdit()
        self.compare = QComboBox()
        self.compare.addItems(list(OPERATORS))
        self.threshold = QLineEdit()
        self.threshold.setPlaceholderText("0.45")
        for one, words in (
            (self.task, tr("Task")),
            (self.measure, tr("Metric")),
            (self.filter, tr("Filter")),
            (self.name, tr("Name")),
            (self.compare, tr("Comparison")),
            (self.threshold, tr("Threshold")),
        ):
            one.setAccessibleName(words)
        self.filter.setPlaceholderText(tr("any"))
        rule = QHBoxLayout()
        rule.setSpacing(8)
        self.compare.setFixedWidth(72)
        rule.addWidget(self.compare)
        rule.addWidget(self.threshold, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        has_to_be = QWidget()
        rule.setContentsMargins(0, 0, 0, 0)
        has_to_be.setLayout(rule)
        has_to_be.setFocusProxy(self.compare)
        lines: tuple[tuple[str, QWidget], ...] = (
            (tr("Result"), self.result_box),
            (tr("Task"), self.task),
            (tr("Metric"), self.measure),
            (tr("Filter"), self.filter),
            (tr("Has to be"), has_to_be),
            (tr("Name"), self.name),
        )
        for words, field in lines:
            title = label(words, "muted")
            title.setMinimumHeight(32)
            title.setBuddy(field)
            form.addRow(title, field)
        self._verdict = QVBoxLayout()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.take = button(tr("Add"), self._take, "primary")
        self.take.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(tr("Add a gate"), "subtitle"))
        rows.addWidget(
            label(
                tr("The post goes out only while a linked result keeps to this rule."),
                "muted",
                wrap=True,
            )
        )
        rows.addLayout(form)
        rows.addLayout(self._verdict)
        rows.addWidget(self.error)
        rows.addStretch(1)
        rows.addLayout(dialog_foot(self, self.take))
        self.result_box.currentIndexChanged.connect(self._chosen)
        for line in (self.task, self.measure, self.filter, self.threshold, self.name):
            line.textChanged.connect(lambda _text: self._look())
        self.compare.currentIndexChanged.connect(lambda _line: self._look())
        self._look()
        service = journal.preflight
        jobs.submit("io", lambda _context: service.results(post), on_done=self._show)

    def _show(self, found: Sequence[Result]) -> None:
        if self._closed:
            return
        self._results = found
        self.result_box.clear()
        for one in found:
            row = one.row
            mark = f" ({row.filter})" if row.filter else ""
            shown = f"{row.task} {row.metric}{mark}: {score_text(row)}"
            self.result_box.addItem(shown)
        self.result_box.addItem(tr("Another one, linked later") if found else tr("None is linked"))
        self.result_box.setCurrentIndex(0)
        self._chosen(0)

    def _chosen(self, line: int) -> None:
        """Take task, metric and a threshold from a result."""
        if not 0 <= line < len(self._results):
            return
        row = self._results[line].row
        metric, _, filter = row.metric.partition(",")
        self.task.setText(row.task)
        self.measure.setText(metric)
        several = sum(1 for one in self._results if one.row.task == row.task) > 1
        self.filter.setText((row.filter or filter) if several else "")
        self.compare.setCurrentText("<=" if row.lower_is_better else ">=")
        if row.score is not None and not row.is_nan:
            self.threshold.setText(f"{row.score:g}")
        self.name.setText(f"{row.task} {metric}")
        self._look()

    def gate(self) -> Gate | None:
        """The gate as it is written; None while it is not one."""
        if not (self.task.text().strip() and self.measure.text().strip()):
            return None
        try:
            op, threshold = parse_rule(f"{self.compare.currentText()}{self.threshold.text()}")
        except JournalError:
            return None
        name = self.name.text().strip()
        if not name:
            return None
        return Gate(
            "",
            self._post,
            name,
            self.task.text().strip(),
            self.measure.text().strip(),
            op,
            threshold,
            self.filter.text().strip(),
        )

    def _look(self) -> None:
        gate = self.gate()
        self.take.setEnabled(gate is not None)
        clear_layout(self._verdict)
        if gate is not None:
            self._verdict.addWidget(GateRow(judge(gate, self._results), self._holder))

    def _take(self) -> None:
        gate = self.gate()
        if gate is None:
            return
        self.take.setEnabled(False)
        service = self._journal.preflight
        rule = f"{gate.op}{gate.threshold!r}"
        self._jobs.submit(
            "store",
            lambda _context: service.add_gate(
                self._post, gate.name, gate.task, gate.metric, rule, filter=gate.filter
            ),
            on_done=self._added,
            on_error=self._failed,
        )

    def _added(self, gate: Gate) -> None:
        if not self._closed:
            self.added.emit(gate.name)
            self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        if not self._closed:
            self.error.setText(spoken(f"{error.message} {error.hint}".strip()))
            self.error.show()
            announce(self, self.error.text(), urgent=True)
            self.take.setEnabled(True)

    def done(self, result: int) -> None:
        """What comes after the end is not shown."""
        self._closed = True
        super().done(result)
