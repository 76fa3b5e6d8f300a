"""Names and what they are: in two columns, or below each other where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from journal_app.gui.widgets import label

NARROW, NAMES, LEAST = 480, 196, 240  # px


class FactGrid(QWidget):
    """Texts can be chosen and copied; each says its name to a screen reader."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._parts: list[tuple[QLabel, QLabel]] = []
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(7)
        for name, value in lines:
            text = label(value, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{name}: {value}")
            self._parts.append((label(name, "muted"), text))
        self._arrange(False)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to stand below one another."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want another order."""
        super().resizeEvent(event)
        self._arrange(self.width() < NARROW)

    def _arrange(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        for number, (name, value) in enumerate(self._parts):
            if narrow:
                grid.addWidget(name, 2 * number, 0, 1, 2, top)
                grid.addWidget(value, 2 * number + 1, 0, 1, 2, top)
            else:
                grid.addWidget(name, number, 0, top)
                grid.addWidget(value, number, 1, top)
        grid.setColumnMinimumWidth(0, 0 if narrow else NAMES)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(2 if narrow else 7)
