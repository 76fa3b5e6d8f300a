"""A global key on Wayland: the GlobalShortcuts portal, which asks the user once.

The portal has the last word on which key it is; we only say which one we would like.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from jeepney import Message
from jeepney.io.blocking import DBusConnection
from PySide6.QtCore import QSocketNotifier, Qt

from journal_app.errors import JournalError
from journal_app.gui.capture import portal
from journal_app.gui.capture.hotkeys import COMMAND, Combo
from journal_app.gui.language import tr

INTERFACE = "GlobalShortcuts"
ID = "capture"
_NAMES = {
    Qt.Key.Key_Space.value: "space",
    Qt.Key.Key_Return.value: "Return",
    Qt.Key.Key_Tab.value: "Tab",
    Qt.Key.Key_Print.value: "Print",
    Qt.Key.Key_Pause.value: "Pause",
    Qt.Key.Key_Insert.value: "Insert",
}


def trigger(combo: Combo) -> str:
    """The key as the portal writes it: `CTRL+ALT+j` (freedesktop shortcuts specification)."""
    pairs = (
        (Qt.KeyboardModifier.ControlModifier, "CTRL"),
        (Qt.KeyboardModifier.AltModifier, "ALT"),
        (Qt.KeyboardModifier.ShiftModifier, "SHIFT"),
        (Qt.KeyboardModifier.MetaModifier, "LOGO"),
    )
    words = [word for modifier, word in pairs if combo.modifiers & modifier]
    last = combo.text.rpartition("+")[2]
    words.append(_NAMES.get(combo.key, last.lower() if len(last) == 1 else last))
    return "+".join(words)


class PortalDoor:
    """One session of the portal. Its messages come through a notifier on the bus's socket."""

    may_lack = True

    def __init__(self) -> None:
        self._link: DBusConnection | None = None
        self._ear: QSocketNotifier | None = None
        self._session = ""
        self._waits: tuple[int, str] = (0, "")
        self._combo: Combo | None = None
        self._pressed: Callable[[], None] | None = None
        self._failed: Callable[[JournalError], None] | None = None

    def grab(
        self, combo: Combo, pressed: Callable[[], None], failed: Callable[[JournalError], None]
    ) -> None:
        """Ask for the key; what becomes of it is told later."""
        self._combo, self._pressed, self._failed = combo, pressed, failed
        link = self._link = portal.connect()
        self._ear = QSocketNotifier(link.sock.fileno(), QSocketNotifier.Type.Read)
        self._ear.activated.connect(self._hear)
        portal.watch(link, f"org.freedesktop.portal.{INTERFACE}", "Activated", portal.PATH)
        options = {"session_handle_token": ("s", "journal" + secrets.token_hex(6))}
        self._waits = portal.call(link, INTERFACE, "CreateSession", "a{sv}", options)

    def release(self) -> None:
        """Close the session with its connection."""
        if self._ear is not None:
            self._ear.setEnabled(False)
            self._ear.deleteLater()
            self._ear = None
        if self._link is not None:
            self._link.close()
            self._link = None
        self._session, self._waits = "", (0, "")

    def _hear(self) -> None:
        while self._link is not None:
            try:
                message = self._link.receive(timeout=0)
            except TimeoutError:
                return
            except (OSError, EOFError):  # the bus went away
                self.release()
                return
            self._take(message)

    def _take(self, message: Message) -> None:
        serial, path = self._waits
        error = portal.refused(message, serial)
        if error is not None:
            self._give_up(error)
        elif portal.is_signal(message, "Activated"):
            session, name = message.body[0], message.body[1]
            if session == self._session and name == ID and self._pressed is not None:
                self._pressed()
        elif path and portal.is_signal(message, "Response", path):
            code, results = message.body
            if code:
                self._give_up(
                    JournalError(
                        tr("The desktop did not give a key for capture."),
                        tr("Bind `{command}` to a key in its settings.", command=COMMAND),
                    )
                )
            elif not self._session:
                self._session = str(results["session_handle"][1])
                self._bind()

    def _bind(self) -> None:
        if self._link is None or self._combo is None:
            return
        wanted = {
            "description": ("s", tr("Capture a note")),
            "preferred_trigger": ("s", trigger(self._combo)),
        }
        self._waits = portal.call(
            self._link, INTERFACE, "BindShortcuts", "oa(sa{sv})sa{sv}",
            self._session, [(ID, wanted)], "", {},
        )  # fmt: skip

    def _give_up(self, error: JournalError) -> None:
        failed = self._failed
        self.release()
        if failed is not None:
            failed(error)
