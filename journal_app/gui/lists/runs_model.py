"""The rows of the list of runs, and their curves once they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Slot,
)

from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.domain.experiments import RunRow
    from journal_app.journal import Journal

SHOWN = 500
BATCH = 8  # curves read between two paints
RUN = Qt.ItemDataRole.UserRole + 1
CURVE = Qt.ItemDataRole.UserRole + 2


class RunModel(QAbstractListModel):
    """Runs, and their curves once they were read."""

    def __init__(self, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self.runs: list[RunRow] = []
        self._curves: dict[str, tuple[float, ...]] = {}
        self._wanted: list[str] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_curves)

    def show(self, query: str) -> None:
        """The runs that fit `query`."""
        self.beginResetModel()
        self.runs = self._journal.experiments.runs(query, limit=SHOWN)
        self._curves.clear()
        self._wanted.clear()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many runs are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.runs)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name, accessible text, the run and its curve for the delegate."""
        run = self.runs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return run.name
        if role == RUN:
            return run
        if role == CURVE:
            if run.n_points > 1 and run.id not in self._curves:
                self._wanted.append(run.id)
                if not self._timer.isActive():
                    self._timer.start(0)
            return self._curves.get(run.id, ())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(
                "Run {name}, {status}, {value}",
                name=run.name,
                status=said(run.status),
                value=f"{run.main_metric or ''} {run.main_value}".strip(),
            )
        return None

    @Slot()
    def _read_curves(self) -> None:
        for run_id in [self._wanted.pop() for _ in range(min(BATCH, len(self._wanted)))]:
            if run_id not in self._curves:
                card = self._journal.experiments.card(run_id)
                values = tuple(p.value for p in card.curve if p.value is not None)
                self._curves[run_id] = values
        if self._wanted:
            self._timer.start(0)
        if self.runs:
            self.dataChanged.emit(self.index(0), self.index(len(self.runs) - 1))
