"""The page "Evals": every run of the gate as a chart and as a table, and one of them in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.domain import model_gate
from journal_app.gui import dates
from journal_app.gui.language import tr
from journal_app.gui.model import facts, words
from journal_app.gui.model.eval_chart import EvalChart
from journal_app.gui.model.eval_detail import EvalDetail
from journal_app.gui.model.plain_table import PlainTable
from journal_app.gui.model.work_strip import WorkStrip
from journal_app.gui.notice import Notice
from journal_app.gui.widgets import EmptyState, button, label

if TYPE_CHECKING:
    from journal_app.gui.model.facts import Run
    from journal_app.gui.model.pack_work import PackWork
    from journal_app.gui.window import MainWindow

EMPTY = 560  # px of its words
COLUMNS = ("fact_recall", "fact_recall_extractive", "unsupported", "number_errors")


class EvalsPage(QWidget):
    """Chart above, table below it, the chosen run at the right; both choose the same run."""

    def __init__(
        self, window: MainWindow, pack_work: PackWork, evaluate: Callable[[], object]
    ) -> None:
        super().__init__()
        self._window, self._pack_work = window, pack_work
        self._all: list[Run] = []
        self._runs: list[Run] = []
        self.pack = QComboBox()
        self.pack.setAccessibleName(tr("Pack"))
        self.pack.activated.connect(lambda _n: self._filter())
        self.again = button(tr("Evaluate …"), evaluate)
        self.notice = Notice()
        self.work = WorkStrip(window.holder)
        self.work.cancelled.connect(pack_work.cancel_evals)
        pack_work.moved.connect(lambda _id: self.show_work())
        self.chart = EvalChart(window.holder)
        heads = [tr("When"), tr("Pack"), tr("Verdict")]
        heads += [
            tr("Facts carried"),
            tr("Without it"),
            tr("Unsupported"),
            tr("Wrong numbers"),
        ]
        self.table = PlainTable(tr("Runs of the gate"), heads, stretch=2, right=range(3, 7))
        self.detail = EvalDetail()
        self.empty = EmptyState(
            "chart-line",
            tr("No pack was evaluated yet"),
            tr(
                "An eval summarizes held-out notes with and without a writing pack on this device "
                "and counts what is lost or wrong. A pack may word summaries only after it passed."
            ),
            (tr("Evaluate …"), evaluate),
            window.holder,
        )
        self.empty.setMaximumWidth(EMPTY)
        self.body = QWidget()
        self._lay_out()
        self.chart.chosen.connect(self._from_chart)
        self.table.currentCellChanged.connect(self._from_table)
        self.body.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Evals over time"), "subtitle"))
        head.addStretch(1)
        head.addWidget(self.pack)
        head.addWidget(self.again)
        head.setContentsMargins(0, 0, 12, 0)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.chart)
        left.addWidget(self.table, 1)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addLayout(left, 1)
        both.addWidget(self.detail)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(24, 8, 12, 20)
        column.setSpacing(12)
        column.addLayout(head)
        told = QVBoxLayout()
        told.setContentsMargins(0, 0, 12, 0)
        told.addWidget(self.notice)
        column.addLayout(told)
        column.addLayout(both, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 24, 0)
        top.addWidget(self.work)
        whole.addLayout(top)
        whole.addWidget(self.body)
        middle = QHBoxLayout()
        middle.addWidget(self.empty)
        whole.addLayout(middle)

    # ------------------------------------------------------------------ what it shows

    def refresh(self) -> None:
        """Read the runs again."""
        self.show_work()
        journal = self._window.journal
        self._window.jobs.submit(
            "io",
            lambda _context: facts.read_runs(journal),
            on_done=self.show_runs,
            on_error=self._window.failed,
        )

    def show_runs(self, runs: list[Run]) -> None:
        """Show these runs, the oldest first."""
        self._all = runs
        self.body.setVisible(bool(runs))
        self.empty.setVisible(not runs)
        if not runs:
            return
        chosen = self.pack.currentData()
        packs = list(dict.fromkeys(run.record.identity.pack for run in reversed(runs)))
        self.pack.clear()
        if len(packs) > 1:
            self.pack.addItem(tr("All packs"), "")
        for pack in packs:
            self.pack.addItem(pack, pack)
        self.pack.setCurrentIndex(max(0, self.pack.findData(chosen)))
        self.pack.setVisible(len(packs) > 1)
        self._filter()

    def _filter(self) -> None:
        wanted = self.pack.currentData() or ""
        self._runs = [r for r in self._all if wanted in ("", r.record.identity.pack)]
        now = self._window.now()
        self.chart.show_runs(self._runs, now)
        self.table.show_rows([_row(run, now) for run in reversed(self._runs)])
        self.table.setColumnHidden(1, len({r.record.identity.pack for r in self._runs}) < 2)
        self.table.setCurrentCell(0, 0)
        self._show(len(self._runs) - 1)
        newest = self._runs[-1] if self._runs else None
        if newest is not None and newest.drift:
            told = tr("The newest run drifted: {what}.", what="; ".join(newest.drift))
            self.notice.tell("drift", "stale", told)
        else:
            self.notice.drop("drift")

    def show_work(self) -> None:
        """Show the eval that runs, if one does."""
        running = self._pack_work.evaluating()
        self.work.show_work(running)
        self.again.setEnabled(running is None)
        if self.empty.action is not None:
            self.empty.action.setEnabled(running is None)

    @property
    def chosen(self) -> Run | None:
        """The run that is shown in full."""
        line = self.table.currentRow()
        return self._runs[len(self._runs) - 1 - line] if 0 <= line < len(self._runs) else None

    def _show(self, place: int) -> None:
        if 0 <= place < len(self._runs):
            self.detail.show_run(self._runs[place], self._window.now())

    @Slot(int)
    def _from_chart(self, place: int) -> None:
        self.table.setCurrentCell(len(self._runs) - 1 - place, 0)

    @Slot(int, int, int, int)
    def _from_table(self, line: int, _column: int, _before: int, _other: int) -> None:
        place = len(self._runs) - 1 - line
        if 0 <= place < len(self._runs):
            self.chart.choose(place)
            self._show(place)


def _row(run: Run, now: int) -> list[str]:
    record = run.record
    verdict = tr("Passed") if record.passed else tr("Did not pass")
    if run.drift:
        verdict = tr("Drifted")
    figures = [words.figure(model_gate.BY_NAME[name], record.results.get(name)) for name in COLUMNS]
    return [dates.due_when(record.at, now), record.identity.pack, verdict, *figures]
