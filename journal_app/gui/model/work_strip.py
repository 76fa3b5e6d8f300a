"""Work on a pack where it is looked at: what is done, how far it is, and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.tray import fill
from journal_app.gui.widgets import ElidedLabel, IconButton, label

if TYPE_CHECKING:
    from journal_app.gui.model.pack_work import Work
    from journal_app.gui.theme import ThemeHolder


class WorkStrip(QWidget):
    """Hidden while nothing is under way."""

    cancelled = Signal()

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self.doing = ElidedLabel("", "small")
        self.far = label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = IconButton("x", tr("Cancel"), holder)
        self.cancel.clicked.connect(lambda _checked=False: self.cancelled.emit())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.doing, 1)
        head.addWidget(self.far)
        head.addWidget(self.cancel)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(head)
        lines.addWidget(self.bar)
        self.hide()

    def show_work(self, work: Work | None) -> None:
        """Show how far it is, or nothing."""
        self.setVisible(work is not None)
        if work is None:
            return
        self.doing.set_text(work.title)
        self.far.setText(work.said)
        self.bar.setAccessibleName(work.title)
        name = tr("Cancel: {title}", title=work.title)
        self.cancel.setAccessibleName(name)
        self.cancel.setToolTip(name)
        fill(self.bar, work.made, work.total)
