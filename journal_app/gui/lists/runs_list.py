"""The list of runs: name, status, source, main metric, a small curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QStyleOptionViewItem,
    QWidget,
)

from journal_app.domain.experiments import SOURCE_NAMES, RunRow
from journal_app.domain.runcards import label as metric_label
from journal_app.gui import vocabulary
from journal_app.gui.dates import short_when
from journal_app.gui.inspector.run_card import status_tone
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import RowDelegate, row_list, search_above, search_field
from journal_app.gui.lists.runs_model import CURVE, RUN, RunModel
from journal_app.gui.theme import META, SMALL, ThemeHolder, ui_font
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import EmptyState

if TYPE_CHECKING:
    from journal_app.journal import Journal

HEIGHT, SPARK = 80, 72


class RunDelegate(RowDelegate):
    """Paints a run."""

    def __init__(self, holder: ThemeHolder, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._holder, self._now = holder, now
        self._base, self._bold = ui_font(), ui_font(bold=True, tabular=True)
        self._small, self._meta = ui_font(SMALL, tabular=True), ui_font(META)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height."""
        return QSize(200, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the run."""
        run: RunRow = index.data(RUN)
        theme = self._holder.theme
        area: QRect = option.rect
        painter.save()
        self.ground(painter, option, theme)
        inner = area.adjusted(14, 10, -14, -10)
        middle = Qt.AlignmentFlag.AlignVCenter
        date = short_when(run.when, self._now()) if run.when is not None else ""
        small = QFontMetrics(self._small)
        width = small.horizontalAdvance(date)
        painter.setFont(self._small)
        painter.setPen(theme.color("faint"))
        painter.drawText(QRect(inner.right() - width, inner.top(), width + 1, 20), middle, date)
        name = QFontMetrics(self._bold).elidedText(
            run.name, Qt.TextElideMode.ElideMiddle, inner.width() - width - 12
        )
        painter.setFont(self._bold)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), 20), middle, name)
        curve = index.data(CURVE)
        room = inner.width() - (SPARK + 12 if run.n_points > 1 else 0)
        line = f"{metric_label(run.main_metric)} {run.main_value}" if run.main_metric else ""
        source = SOURCE_NAMES.get(run.source_kind, run.source_kind)
        text = f"{source} · {line}" if line else source
        painter.setFont(self._base)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRect(inner.left(), inner.top() + 20, room, 18),
            middle,
            QFontMetrics(self._base).elidedText(text, Qt.TextElideMode.ElideRight, room),
        )
        self._state(painter, run, QRectF(inner.left(), inner.top() + 42, room, 18))
        if curve:
            spark = QRectF(inner.right() - SPARK, inner.top() + 26, SPARK, 30)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawPolyline(polyline(curve, spark))
        painter.restore()

    def _state(self, painter: QPainter, run: RunRow, line: QRectF) -> None:
        theme = self._holder.theme
        metrics = QFontMetrics(self._meta)
        tone = status_tone(run.status)
        painter.setFont(self._meta)
        box = QRectF(line.left(), line.top(), metrics.horizontalAdvance(said(run.status)) + 16, 18)
        painter.setPen(theme.color("line" if tone == "muted" else f"{tone}-soft"))
        painter.setBrush(theme.color("surface" if tone == "muted" else f"{tone}-soft"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5)
        painter.setPen(theme.color(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said(run.status))
        parts = []
        if run.n_entries:
            parts.append(vocabulary.entries(run.n_entries))
        if run.n_evals:
            parts.append(vocabulary.evals(run.n_evals))
        painter.setPen(theme.color("faint"))
        rest = QRectF(box.right() + 8, line.top(), line.right() - box.right() - 8, 18)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, " · ".join(parts))


def polyline(values: tuple[float, ...], area: QRectF) -> QPolygonF:
    """The values as a line that fills `area`."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    last = max(1, len(values) - 1)
    return QPolygonF(
        [
            QPointF(
                area.left() + area.width() * n / last,
                area.bottom() - area.height() * (value - low) / span,
            )
            for n, value in enumerate(values)
        ]
    )


class RunsList(QWidget):
    """Search field and runs. `opened` carries the id of the chosen run."""

    opened = Signal(str)
    import_requested = Signal()

    def __init__(
        self,
        journal: Journal,
        holder: ThemeHolder,
        now: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.search = search_field(tr("Search runs"), holder)
        self.model = RunModel(journal, self)
        self.list = row_list(tr("Runs"), self.model)
        self.list.setItemDelegate(RunDelegate(holder, now, self.list))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.empty = EmptyState(
            "activity",
            tr("No runs yet"),
            tr("Import the records of nanochat, lm-evaluation-harness or MLflow."),
            (tr("Import…"), self.import_requested.emit),
            holder,
        )
        self._stack = search_above(self, self.search, self.list, self.empty)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._timer.start())

    @property
    def current(self) -> str | None:
        """The chosen run."""
        index = self.list.currentIndex()
        return self.model.runs[index.row()].id if index.isValid() else None

    @Slot()
    def refresh(self) -> None:
        """Read again; the chosen run stays."""
        kept = self.current
        self.model.show(self.search.text())
        shown: QWidget = self.list if self.model.runs or self.search.text() else self.empty
        self._stack.setCurrentWidget(shown)
        if kept is not None:
            self.select(kept)

    def select(self, run_id: str) -> None:
        """Choose a run if it is shown; else the first."""
        for line, run in enumerate(self.model.runs):
            if run.id == run_id:
                self.list.setCurrentIndex(self.model.index(line))
                return

    def select_first(self) -> None:
        """Choose the first run where none is chosen."""
        if self.model.runs and self.current is None:
            self.list.setCurrentIndex(self.model.index(0))

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(self.model.runs[current.row()].id)
