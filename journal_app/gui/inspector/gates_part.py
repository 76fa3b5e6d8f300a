"""The gates of a post in the inspector: open or shut, with the way to add and remove one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.publish.preflight_rows import GateRow
from journal_app.gui.widgets import IconButton, button, clear_layout, flush, label

if TYPE_CHECKING:
    from journal_app.domain.gates import Verdict
    from journal_app.gui.theme import ThemeHolder


class GatesPart(QWidget):
    """`add` asks for a gate, `remove` takes the one of a name away."""

    def __init__(
        self, holder: ThemeHolder, add: Callable[[], object], remove: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._holder, self._remove = holder, remove
        self.names: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add = button(tr("Add a gate …"), add, "link")
        self.add.setToolTip(tr("It goes out only with a result that is good enough"))
        self.heading = label(tr("Gates"), "heading")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.heading)
        whole.addLayout(self._rows)
        whole.addWidget(flush(self.add))

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show these."""
        clear_layout(self._rows)
        self.names = [verdict.gate.name for verdict in verdicts]
        self.heading.setVisible(bool(verdicts))
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
