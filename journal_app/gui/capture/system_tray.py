"""The icon in the system's tray: capture, open, what goes out next, where the model runs, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from journal_app.gui import icons
from journal_app.gui.actions import native
from journal_app.gui.facts import next_publication
from journal_app.gui.language import tr
from journal_app.gui.theme import Theme

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

ICON = "notebook-pen"


class SystemTray(QObject):
    """Hidden where the system has no tray; the window then works as without it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.menu = QMenu(window)
        self.capture = QAction(tr("Capture a note"), self.menu)
        self.capture.triggered.connect(window.acts.capture)
        self.open = QAction(tr("Open Field Journal"), self.menu)
        self.open.triggered.connect(window.come_forward)
        self.upcoming = QAction(tr("Nothing scheduled"), self.menu)
        self.upcoming.triggered.connect(self._show_schedule)
        self.device = QAction("", self.menu)
        self.device.setEnabled(False)
        leave = QAction(tr("Quit"), self.menu)
        leave.triggered.connect(window.quit)
        for action in (self.capture, self.open, None, self.upcoming, self.device, None, leave):
            self.menu.addSeparator() if action is None else self.menu.addAction(action)
        self.menu.aboutToShow.connect(self.refresh)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._redraw)
        self._redraw()

    def set_shown(self, shown: bool) -> None:
        """Show the icon, or take it away."""
        if shown != self._icon.isVisible():
            self._icon.setVisible(shown)
        if shown:
            self.refresh()

    def hide(self) -> None:
        """Take the icon away: some trays keep one whose program is gone."""
        self._icon.hide()

    @Slot()
    def refresh(self) -> None:
        """Read again what goes out next, off this thread."""
        window = self._window
        journal, now = window.journal, window.now()
        keys = journal.settings.get("capture.hotkey")
        self.capture.setText(tr("Capture a note") + (f"\t{native(keys)}" if keys else ""))
        window.jobs.submit(
            "io", lambda _context: next_publication(journal, now), on_done=self._show_next
        )

    def _show_next(self, text: str) -> None:
        self.upcoming.setText(tr("Next: {text}", text=text) if text else tr("Nothing scheduled"))
        self.upcoming.setEnabled(bool(text))
        model = self._window.status.model.text()
        self.device.setText(model)
        line = self.upcoming.text()
        self._icon.setToolTip(f"Field Journal\n{line}\n{model}")

    @Slot()
    def _show_schedule(self) -> None:
        self._window.come_forward()
        self._window.go("scheduled")

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._window.come_forward()
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._window.acts.capture()

    @Slot()
    def _redraw(self) -> None:
        """The tray follows the desktop's colours, not the window's theme."""
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        color = Theme.load("dark" if dark else "light").color("accent")
        self._icon.setIcon(icons.icon(ICON, color, 22))
