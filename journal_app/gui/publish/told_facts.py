"""What a target said when it was asked: facts with check marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from journal_app.gui.announce import announce
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import IconLabel, label, set_role

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder


class ToldFacts(QFrame):
    """Hidden until a target has answered."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self.lines: list[str] = []
        self.setProperty("role", "notice")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 10)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        set_role(self, "notice", "pass")
        self.hide()

    def tell(self, facts: Sequence[str]) -> None:
        """Show what it said, a fact a line."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = [spoken(one) for one in facts] or [tr("Posts can go there.")]
        for line, fact in enumerate(self.lines):
            mark = IconLabel("circle-check", self._holder, "pass", 14)
            self._grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
            said = label(fact, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(said, line, 1)
        self.setAccessibleName("; ".join(self.lines))
        self.show()
        announce(self, self.accessibleName())
