"""The sheet of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from journal_app.gui.actions import ACTIONS, keys_of, native
from journal_app.gui.language import later, tr
from journal_app.gui.widgets import button, label

MORE = (
    ("/", later("Find, from the list; commands, in the text")),
    ("Ctrl+1", later("Sections of the sidebar, up to Ctrl+9")),
    ("Ctrl+Return", later("Keep, in the capture window")),
    ("Esc", later("Back")),
    ("?", later("This sheet")),
)


class ShortcutSheet(QDialog):
    """Every action that has a key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(label(tr("Keyboard shortcuts"), "subtitle"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        keyed = [(keys_of(parent, a.id), tr(a.text).rstrip("…")) for a in ACTIONS]
        every = [line for line in keyed if line[0]] + [(native(k), tr(text)) for k, text in MORE]
        half = (len(every) + 1) // 2
        for n, (keys, text) in enumerate(every):
            row, column = n % half, 2 * (n // half)
            grid.addWidget(label(keys, "kbd"), row, column)
            grid.addWidget(label(text), row, column + 1)
        rows.addLayout(grid)
        close = button(tr("Close"), self.accept)
        rows.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
