"""What differs between two kept answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.dialogs.diff_view import DiffView
from journal_app.gui.language import tr
from journal_app.gui.widgets import button

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class DiffDialog(QDialog):
    """The older one at the left."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        ids: tuple[str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What differs"))
        self.resize(860, 480)
        self.view = DiffView(holder)
        self.view.set_whole(True)
        self.beside = QCheckBox(tr("Side by side"))
        self.beside.toggled.connect(self.view.set_beside)
        self.beside.setChecked(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(self.beside)
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.reject))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.view, 1)
        rows.addLayout(foot)
        jobs.submit(
            "io",
            lambda _context: journal.commands.difference(*ids),
            on_done=self.view.show_blocks,
        )
