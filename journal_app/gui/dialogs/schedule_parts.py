"""Small parts of the schedule dialog."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QWidget

from journal_app.domain.due import local
from journal_app.errors import JournalError
from journal_app.gui.plain import breakable
from journal_app.gui.widgets import IconLabel, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder


class Line(QWidget):
    """A sentence with an icon; hidden while it has nothing to say."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.icon = IconLabel("info", holder, "muted", 14)
        self.words = label("", "small", wrap=True)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, text: str, icon: str = "info", token: str = "muted") -> None:
        """Say it, or nothing."""
        self.icon.set(icon, token)
        self.words.setText(breakable(text))
        self.words.setAccessibleName(text)
        self.setVisible(bool(text))


def form(*lines: tuple[str, QWidget]) -> QFormLayout:
    """Controls with their labels before them."""
    made = QFormLayout()
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(10)
    for words, field in lines:
        name = label(words, "muted")
        name.setMinimumHeight(32)
        name.setMinimumWidth(72)
        name.setBuddy(field)
        made.addRow(name, field)
    return made


def narrow(box: QComboBox) -> QComboBox:
    """A choice that is as wide as its place, however long its words are."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box


def tomorrow(now: int, zone: str) -> str:
    """Nine o'clock of the next day in `zone`, as a wall time."""
    try:
        today = local(now, zone)
    except JournalError:
        today = datetime.fromtimestamp(now / 1000)
    return f"{today.date() + timedelta(days=1):%Y-%m-%d} 09:00"
