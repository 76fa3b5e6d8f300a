"""Asks for the address of a post that a person has seen at its target; it may stay empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.widgets import button, dialog_foot, label


class AskAddress(QDialog):
    """One line for an address. `answer` gets it, or ""."""

    def __init__(self, parent: QWidget, answer: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("It is out"))
        self.setMinimumWidth(420)
        self._answer = answer
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("https://…"))
        self.field.setAccessibleName(tr("Address"))
        self.take = button(tr("It is out"), self._take, "primary")
        self.take.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(tr("Where do readers find it?"), "heading"))
        rows.addWidget(
            label(
                tr("With its address the page is looked at now and then. It may stay empty."),
                "muted",
                wrap=True,
            )
        )
        rows.addWidget(self.field)
        rows.addLayout(dialog_foot(self, self.take))

    def _take(self) -> None:
        text = self.field.text().strip()
        self.accept()
        self._answer(text)
