"""A line where the work is: what went wrong or needs to be known, with the way out as a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from journal_app.gui.announce import announce
from journal_app.gui.language import tr
from journal_app.gui.widgets import button, set_role

Way = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """Hidden until something is to be said. `level`: info, stale (a warning), fail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.kind = ""
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def tell(self, kind: str, level: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Say something; `kind` names it so that `drop` takes away only what it is about."""
        self.kind = kind
        self._label.setText(text)
        self.setAccessibleName(text)
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for name, act in (*ways, (tr("Close"), self.hide)):
            way = button(name, act)
            self._row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
            self._buttons.append(way)
        set_role(self, "notice", level)
        self.show()
        announce(self, text, urgent=level == "fail")

    def drop(self, kind: str) -> None:
        """Hide it if it is about `kind`."""
        if self.kind == kind:
            self.hide()
