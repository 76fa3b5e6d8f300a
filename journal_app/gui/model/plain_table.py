"""A read-only table of plain words, as the devices and the evals are listed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from journal_app.gui.plain import tip

ROW, LEAST = 30, 104  # px


class PlainTable(QTableWidget):
    """Whole rows are chosen; arrows move, Tab leaves. `right` names the columns of figures."""

    def __init__(
        self, name: str, heads: Sequence[str], *, stretch: int, right: Sequence[int] = ()
    ) -> None:
        super().__init__(0, len(heads))
        self.setObjectName("plainTable")
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self._right = set(right)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(LEAST)
        for column in self._right:
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the chosen line stays where it was."""
        chosen = self.currentRow()
        self.setRowCount(len(rows))
        for line, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                if column in self._right:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.setItem(line, column, item)
        if rows and 0 <= chosen < len(rows):
            self.setCurrentCell(chosen, 0)

    def fit_height(self, most: int = 12) -> None:
        """As high as its rows, at most so many."""
        rows = max(1, min(self.rowCount(), most))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * ROW + 2)
