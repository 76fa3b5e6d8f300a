"""What makes the journal reachable while another program is in front: other processes' messages,
a global key, an icon in the tray. All of it starts after the first paint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from journal_app.gui.capture.hotkeys import Hotkey
from journal_app.gui.capture.instance import Ear
from journal_app.gui.capture.system_tray import SystemTray
from journal_app.settings import declared

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.window import MainWindow
    from journal_app.runtime.single_instance import Claim, Message

WARM_UP = 700  # ms after the start until the capture window is made, to be there at once when asked


class Presence(QObject):
    """Belongs to the one window that holds its journal's name."""

    def __init__(self, window: MainWindow, claim: Claim) -> None:
        super().__init__(window)
        self._window = window
        self._claim = claim
        self.ear = Ear(claim, self._heard, self)
        self.hotkey = Hotkey(self)
        self.hotkey.pressed.connect(self._capture)
        self.hotkey.trouble.connect(lambda text: window.tell(text, "stale"))
        self.tray: SystemTray | None = None
        self._warm = QTimer(self, singleShot=True, interval=WARM_UP)
        self._warm.timeout.connect(lambda: window.acts.quick)
        window.refresher.changed.connect(self._stale)

    def start(self) -> None:
        """Listen, take the key, show the icon."""
        self.ear.start()
        self._warm.start()
        self._follow_settings()

    def stop(self) -> None:
        """Let everything go, the journal's name last."""
        self._warm.stop()
        self._window.stays = None
        if self.tray is not None:
            self.tray.hide()
        self.hotkey.release()
        self.ear.stop()
        self._claim.release()

    @Slot(list)
    def _stale(self, changes: Sequence[Change]) -> None:
        nouns = {change.noun for change in changes}
        if "preference" in nouns:
            self._follow_settings()
        if self.tray is not None and "publication" in nouns:
            self.tray.refresh()

    def _follow_settings(self) -> None:
        settings = self._window.journal.settings
        keys = settings.get("capture.hotkey")
        self.hotkey.bind(keys, asked=keys != declared("capture.hotkey").default)
        wanted = settings.get("window.tray") == "on" and QSystemTrayIcon.isSystemTrayAvailable()
        if wanted and self.tray is None:
            self.tray = SystemTray(self._window)
        if self.tray is not None:
            self.tray.set_shown(wanted)
        stays = wanted and settings.get("window.close") == "tray"
        self._window.stays = (lambda: True) if stays else None

    @Slot()
    def _capture(self) -> None:
        self._window.acts.capture()

    def _heard(self, message: Message) -> None:
        if message.verb == "capture":
            self._capture()
            return
        self._window.come_forward()
        if message.verb == "open":
            self._window.open_entry(message.entry.upper())
