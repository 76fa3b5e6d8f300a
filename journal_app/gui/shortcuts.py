"""The sheet of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from journal_app.gui.actions import ACTIONS, native
from journal_app.gui.widgets import button, label

MORE = (
    ("/", "Find, from the list; commands, in the text"),
    ("Ctrl+1 … 9", "Sections of the sidebar"),
    ("Ctrl+Return", "Keep, in the capture window"),
    ("Esc", "Back"),
    ("?", "This sheet"),
)


class ShortcutSheet(QDialog):
    """Every action that has a key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(label("Keyboard shortcuts", "subtitle"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        lines = [(native(a.shortcut), a.text.rstrip("…")) for a in ACTIONS if a.shortcut]
        every = [*lines, *MORE]
        half = (len(every) + 1) // 2
        for n, (keys, text) in enumerate(every):
            row, column = n % half, 2 * (n // half)
            grid.addWidget(label(keys, "kbd"), row, column)
            grid.addWidget(label(text), row, column + 1)
        rows.addLayout(grid)
        close = button("Close", self.accept)
        rows.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
