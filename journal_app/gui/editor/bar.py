"""The line above the text: where one is, whether it is saved, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from journal_app.gui.language import later, tr
from journal_app.gui.widgets import ElidedLabel, button, label, set_role

HEIGHT = 48
SECTIONS = {
    "note": later("Notes"),
    "lesson": later("Lessons"),
    "failure": later("Failures"),
    "decision": later("Decisions"),
    "hypothesis": later("Hypotheses"),
    "contract": later("Contracts"),
    "dataset": later("Datasets"),
    "review": later("Reviews"),
    "post": later("Posts"),
}


class EditorBar(QFrame):
    """Breadcrumb, saved state, Preview, Command, and the accent button."""

    preview_toggled = Signal(bool)
    command_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self._section = label("", "muted")
        self._arrow = label("›", "muted")
        self._title = ElidedLabel()
        self._mode = label("", "muted")
        self._state = label("", "muted")
        self.preview = QPushButton(tr("Preview"), self)
        self.preview.setCheckable(True)
        self.preview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.preview.setCursor(Qt.CursorShape.PointingHandCursor)
        self.preview.setToolTip(tr("Show the rendered text (Ctrl+E)"))
        self.preview.setAccessibleName(tr("Preview"))
        self.preview.toggled.connect(self.preview_toggled)
        self.command = button(
            tr("/ Command"),
            self.command_asked.emit,
            tip=tr("Insert a heading, list, table … (or type / at the start of a line)"),
        )
        self.next = button(tr("Draft"), self.next_asked.emit, "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._section)
        row.addWidget(self._arrow)
        row.addWidget(self._title, 1)
        row.addWidget(self._mode)
        row.addWidget(self._state)
        row.addWidget(self.preview)
        row.addWidget(self.command)
        row.addWidget(self.next)
        self.show_entry(None, "")

    def show_entry(self, kind: str | None, title: str) -> None:
        """Show where one is; None: no entry is open."""
        has = kind is not None
        for widget in (
            self._section, self._arrow, self._title, self._state, self.preview, self.command,
            self.next,
        ):  # fmt: skip
            widget.setVisible(has)
        self._section.setText(tr(SECTIONS.get(kind or "", later("Entries"))))
        self._title.set_text(title or tr("Untitled"))
        post = kind == "post"
        self.next.setText(tr("Schedule") if post else tr("Draft"))
        self.next.setAccessibleName(
            tr("Schedule this post") if post else tr("Make a draft of this entry")
        )
        self.next.setToolTip(
            tr("Say where and when this post goes out")
            if post
            else tr("Make a post out of this entry; the entry stays as it is")
        )

    def show_state(self, text: str, level: str = "") -> None:
        """Whether the text is saved, in words; `level` "fail" colours it."""
        self._state.setText(text)
        self._state.setAccessibleName(tr("State: {text}", text=text))
        set_role(self._state, "error" if level == "fail" else "muted")

    def show_mode(self, text: str) -> None:
        """The mode of the keys, where they have modes."""
        self._mode.setText(text)
        self._mode.setAccessibleName(text)

    @property
    def state_text(self) -> str:
        """What is shown of the saved state."""
        return self._state.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow pane gives up the command button, then the section."""
        super().resizeEvent(event)
        shown = not self._title.isHidden()
        self.command.setVisible(shown and self.width() >= 520)
        self._section.setVisible(shown and self.width() >= 420)
        self._arrow.setVisible(shown and self.width() >= 420)
