"""The sheet of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from journal_app.gui.actions import ACTIONS, MENUS, keys_of, native
from journal_app.gui.language import later, tr
from journal_app.gui.widgets import button, label

MORE = (
    ("/", later("Find, from the list; commands, in the text")),
    ("Ctrl+1", later("Sections of the sidebar, up to Ctrl+9")),
    ("Ctrl+Return", later("Keep, in the capture window")),
    ("Esc", later("Back")),
    ("?", later("This sheet")),
)
COLUMNS = 2
LOWEST, AIR = 320, 80  # pixels: of the sheet, and what stays free of the window around it


class ShortcutSheet(QDialog):
    """Every action that has a key, menu by menu. Arrows and Page Down scroll where it is long."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        groups = [
            (tr(menu), [(keys_of(parent, a.id), tr(a.text)) for a in ACTIONS if a.menu == menu])
            for menu in MENUS
        ]
        groups.append((tr("Everywhere"), [(native(keys), tr(text)) for keys, text in MORE]))
        sheet = QWidget()
        sheet.setProperty("role", "clear")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        half = sum(len(_keyed(lines)) + 2 for _, lines in groups) // COLUMNS
        row = column = 0
        for title, lines in groups:
            keyed = _keyed(lines)
            if not keyed:
                continue
            if column + 1 < COLUMNS and row + len(keyed) // 2 > half:
                row, column = 0, column + 1
            elif row:
                grid.setRowMinimumHeight(row, 8)
                row += 1
            grid.addWidget(label(title, "small"), row, 2 * column, 1, 2)
            for keys, text in keyed:
                row += 1
                grid.addWidget(label(keys, "kbd"), row, 2 * column)
                grid.addWidget(label(text), row, 2 * column + 1)
            row += 1
        grid.setRowStretch(grid.rowCount(), 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Keyboard shortcuts"))
        self.area.setWidget(sheet)
        wanted = sheet.sizeHint()
        self.area.setMinimumWidth(wanted.width() + 16)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.setSpacing(12)
        rows.addWidget(label(tr("Keyboard shortcuts"), "subtitle"))
        rows.addWidget(self.area, 1)
        close = button(tr("Close"), self.accept)
        rows.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        most = max(LOWEST, parent.window().height() - AIR)
        self.resize(self.sizeHint().width(), min(wanted.height() + 120, most))


def _keyed(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(keys, text.rstrip("…")) for keys, text in lines if keys]
