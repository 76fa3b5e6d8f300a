"""The gates of a post in the inspector: open or shut, with the way to remove one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.publish.preflight_rows import GateRow
from journal_app.gui.widgets import IconButton, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.gates import Verdict
    from journal_app.gui.theme import ThemeHolder


class GatesPart(QWidget):
    """`remove` takes the gate of a name away. Hidden where there is none."""

    def __init__(self, holder: ThemeHolder, remove: Callable[[str], object]) -> None:
        super().__init__()
        self._holder, self._remove = holder, remove
        self.names: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.heading = label(tr("Gates"), "heading")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.heading)
        whole.addLayout(self._rows)
        self.hide()

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show these."""
        clear_layout(self._rows)
        self.names = [verdict.gate.name for verdict in verdicts]
        self.setVisible(bool(verdicts))
        for verdict in verdicts:
            name = verdict.gate.name
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(GateRow(verdict, self._holder), 1)
            away = IconButton("x", tr("Remove the gate {name}", name=name), self._holder, size=12)
            away.clicked.connect(lambda _checked=False, name=name: self._remove(name))
            column = QVBoxLayout()
            column.addWidget(away)
            column.addStretch(1)
            row.addLayout(column)
            self._rows.addLayout(row)
