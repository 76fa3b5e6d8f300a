"""The quick-capture window: type, Ctrl+Enter keeps, Esc puts it aside.

Invariants: an empty text creates nothing; a text is dropped only after it was saved, so a failed
save, a closed window and Esc all leave it here.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.entry import KINDS, Entry
from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.actions import native
from journal_app.gui.theme import PROSE, ThemeHolder, ui_font
from journal_app.gui.widgets import button, label
from journal_app.journal import Journal
from journal_app.runtime.jobs import Jobs


class QuickCapture(QDialog):
    """A small window above everything else of the journal."""

    kept = Signal(str)  # the id of the new entry

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._saving = False
        self.setWindowTitle("Capture")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.resize(560, 240)
        sheet = QFrame()
        sheet.setObjectName("sheet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sheet)
        self.text = QPlainTextEdit()
        self.text.setFont(ui_font(PROSE))
        self.text.setStyleSheet(f"font-size: {PROSE}px;")
        self.text.setPlaceholderText("What did you just learn?  #tag  ->run:ID")
        self.text.setAccessibleName("Text of the note")
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind")
        self.kind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for kind in KINDS:
            if kind != "post":
                icon = icons.icon(icons.kind_icon(kind), holder.theme.color("muted"))
                self.kind.addItem(icon, kind, kind)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.keep_button = button(f"Keep  {native('Ctrl+Return')}", self.keep, "primary")
        self.keep_button.setAccessibleName("Keep")
        later = button("Esc", self.reject, "quiet", tip="Close; the text stays here for later")
        later.setAccessibleName("Close")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.kind)
        foot.addStretch(1)
        foot.addWidget(later)
        foot.addWidget(self.keep_button)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self.text, 1)
        inside.addWidget(self.error)
        inside.addLayout(foot)

    def ask(self) -> None:
        """Show it over its window, ready to type."""
        parent = self.parentWidget()
        if parent is not None:
            area = parent.window().frameGeometry()
            self.move(
                area.left() + (area.width() - self.width()) // 2, area.top() + area.height() // 6
            )
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def keep(self) -> None:
        """Save the note; the window closes when it is saved."""
        text = self.text.toPlainText()
        if self._saving:
            return
        if not text.strip():
            self.reject()
            return
        kind = str(self.kind.currentData())
        self._set_saving(True)
        self._jobs.submit(
            "store",
            lambda _context: self._journal.entries.add(text, kind=kind, origin="window"),
            on_done=lambda entry: self._kept(entry, text),
            on_error=self._failed,
        )

    def _kept(self, entry: Entry, text: str) -> None:
        self._set_saving(False)
        if self.text.toPlainText() == text:
            self.text.clear()
            self.kind.setCurrentIndex(0)
            self.accept()
        self.kept.emit(entry.id)

    def _failed(self, error: Exception) -> None:
        self._set_saving(False)
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            self.error.setText("This could not be kept. The text is still here.")
            self.error.show()
            raise error
        self.error.setText(f"{plain.message} {plain.hint}".strip())
        self.error.show()

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.keep_button.setEnabled(not saving)
        if saving:
            self.error.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter keeps."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.keep()
            return True
        return super().eventFilter(watched, event)
