"""The end of the window: the text is stored first; a text that cannot be is offered elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from journal_app.gui import frame

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow


class Closing:
    """Whether a window may close yet."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.allowed = False
        self._asking = False

    def ask(self) -> None:
        """Store what is pending, then close."""
        editor = self._window.editor
        if editor is None:
            self._go()
        elif not self._asking:
            self._asking = True
            editor.flush(self._flushed)

    def _flushed(self, saved: bool) -> None:
        self._asking = False
        if saved:
            self.allowed = True
            QTimer.singleShot(0, self._window.close)
            return
        from journal_app.gui.editor.unsaved_dialog import UnsavedDialog

        window = self._window
        editor = window.editor
        if editor is None:
            return
        why = editor.autosave.trouble()
        dialog = UnsavedDialog(editor.autosave.unsaved(), why, window.close, self._go, window)
        dialog.open()

    def _go(self) -> None:
        self.allowed = True
        self._window.close()

    def finish(self) -> None:
        """Keep how the window stood, and let go of everything."""
        window = self._window
        window.refresher.stop()
        if window.editor is not None:
            window.editor.writing.stop()
            window.acts.set_preference("window.state", frame.state_of(window))
            shown = "on" if window.panes.inspector_wanted else "off"
            window.acts.set_preference("window.inspector", shown)
        # What is being sent ends first: nobody waits before a window that does not answer.
        for one in (*window.findChildren(QDialog), window):
            one.hide()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if window.before_close is not None:
            window.before_close()
