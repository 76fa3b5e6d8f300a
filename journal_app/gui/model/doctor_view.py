"""What the doctor says of this machine: a sentence each, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import IconLabel, clear_layout, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.models.devices.doctor import Finding, Level

ICONS = {"pass": "circle-check", "stale": "triangle-alert", "fail": "circle-x", "info": "info"}


class DoctorView(QWidget):
    """The sentences below each other; the icon says with the colour how good it is."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self.wait()

    def wait(self) -> None:
        """Nothing is known yet."""
        clear_layout(self._lines)
        self._lines.addWidget(label(tr("Looking at this machine …"), "muted"))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found."""
        clear_layout(self._lines)
        if not findings:
            self._lines.addWidget(label(tr("Nothing to tell."), "muted"))
        for one in findings:
            row = QHBoxLayout()
            row.setSpacing(10)
            icon = IconLabel(ICONS[one.level], self._holder, one.level)
            icon.setAccessibleName(_word(one.level))
            icon.setToolTip(_word(one.level))
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            texts = QVBoxLayout()
            texts.setSpacing(2)
            text = label(spoken(one.text), wrap=True)
            text.setAccessibleName(f"{_word(one.level)}: {text.text()}")
            for part in (text, label(spoken(one.way), "small", wrap=True)) if one.way else (text,):
                part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                texts.addWidget(part)
            row.addLayout(texts, 1)
            self._lines.addLayout(row)


def _word(level: Level) -> str:
    words = {
        "pass": tr("Good"),
        "stale": tr("Could be better"),
        "fail": tr("Does not work"),
        "info": tr("To know"),
    }
    return words[level]
