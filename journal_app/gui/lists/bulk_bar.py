"""What can be done to several chosen entries; stands under the list while there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from journal_app.gui.language import tr, trn
from journal_app.gui.widgets import ElidedLabel, IconButton

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder


class BulkBar(QFrame):
    """`3 selected` and the ways on. `asked` carries the name of a way; `more` is the menu."""

    asked = Signal(str)

    def __init__(self, holder: ThemeHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.setAccessibleName(tr("Selected entries"))
        self.label = ElidedLabel("", "heading")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(2)
        row.addWidget(self.label, 1)
        self.buttons: dict[str, IconButton] = {}
        for way, icon, name in (
            ("tag", "tag", tr("Add a tag to all")),
            ("star", "star", tr("Give all a star")),
            ("link", "link", tr("Link all to a run")),
            ("trash", "trash-2", tr("Move all to the trash")),
            ("more", "ellipsis", tr("More for all of them")),
            ("clear", "x", tr("Select only one")),
        ):
            made = IconButton(icon, name, holder)
            made.clicked.connect(lambda _checked=False, way=way: self.asked.emit(way))
            row.addWidget(made)
            self.buttons[way] = made
        self.hide()

    def show_count(self, n: int) -> None:
        """How many are chosen; one alone needs no bar."""
        self.label.set_text(trn("{n} selected|{n} selected", n))
        self.setVisible(n > 1)
