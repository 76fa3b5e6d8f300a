"""A key that reaches the journal from any program, where the system lets a program have one.

Qt has none, so each system has a door of its own: hotkeys_windows, hotkeys_mac, hotkeys_x11 and
hotkeys_portal (Wayland). A door that is not there, or a key that is taken, is told in words with
the way out: the command line that does the same from a key of the desktop.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from journal_app.errors import JournalError
from journal_app.gui.language import tr

COMMAND = "journal capture --window"
_FUNCTION = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)


@dataclass(frozen=True, slots=True)
class Combo:
    """One key with its modifiers."""

    key: int  # a Qt.Key
    modifiers: Qt.KeyboardModifier
    text: str  # in Qt's portable words


class Door(Protocol):
    """How one system gives a key away. `grab` raises JournalError when it does not, or calls
    `failed` later where the system answers later. `may_lack`: many desktops have no such door, so
    its absence is told only to someone who asked for a key."""

    may_lack: bool

    def grab(
        self, combo: Combo, pressed: Callable[[], None], failed: Callable[[JournalError], None]
    ) -> None: ...

    def release(self) -> None: ...


def parse(text: str) -> Combo:
    """The key in words such as `Ctrl+Alt+J`. Raises JournalError for what cannot be one."""
    keys = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if keys.count() != 1:
        raise _bad(text)
    found = keys[0]  # type: ignore[index]
    key, modifiers = found.key().value, found.keyboardModifiers()
    strong = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    if key in (0, Qt.Key.Key_unknown.value) or not (strong.value or key in _FUNCTION):
        raise _bad(text)
    return Combo(key, modifiers, keys.toString(QKeySequence.SequenceFormat.PortableText))


def _bad(text: str) -> JournalError:
    return JournalError(
        tr("{keys} cannot be the key for capture.", keys=text or "—"),
        tr("Take a key with Ctrl, Alt or Meta, such as Ctrl+Alt+J, or a function key."),
    )


def taken(combo: Combo) -> JournalError:
    """Another program has the key."""
    return JournalError(
        tr(
            "{keys} belongs to another program, so it does not open the capture window.",
            keys=combo.text,
        ),
        tr(
            "Choose another key in the settings, or bind `{command}` to one in your desktop.",
            command=COMMAND,
        ),
    )


def by_hand() -> str:
    """How to have a key where no program may take one: for the settings page."""
    return tr("Bind this command to a key in your desktop's settings: {command}", command=COMMAND)


def door() -> Door | None:
    """The door of this system; None where there is none (by_hand then says what to do)."""
    platform = QGuiApplication.platformName()
    if platform == "windows" and sys.platform == "win32":
        from journal_app.gui.capture.hotkeys_windows import WindowsDoor

        return WindowsDoor()
    if platform == "cocoa" and sys.platform == "darwin":
        from journal_app.gui.capture.hotkeys_mac import MacDoor

        return MacDoor()
    if platform in ("wayland", "xcb") and os.environ.get("WAYLAND_DISPLAY"):
        from journal_app.gui.capture.hotkeys_portal import PortalDoor

        return PortalDoor()
    if platform == "xcb":
        from journal_app.gui.capture.hotkeys_x11 import X11Door

        return X11Door()
    return None


class Hotkey(QObject):
    """The one global key of the program."""

    pressed = Signal()
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door: Door | None = None
        self._text = ""
        self._asked = False  # whether the user chose this key

    @property
    def available(self) -> bool:
        """Whether this system lets a program have a key."""
        if self._door is None:
            self._door = door()
        return self._door is not None

    def bind(self, text: str, *, asked: bool = True) -> None:
        """Take this key in place of the one before; "" takes none. Trouble is told by signal."""
        if text == self._text:
            return
        self.release()
        self._asked = asked
        self._text = text
        if not text or not self.available or self._door is None:
            return
        try:
            self._door.grab(parse(text), self.pressed.emit, self._failed)
        except JournalError as error:
            self._failed(error)

    def release(self) -> None:
        """Give the key back."""
        if self._door is not None and self._text:
            self._door.release()
        self._text = ""

    def _failed(self, error: JournalError) -> None:
        if not self._asked and self._door is not None and self._door.may_lack:
            return
        self.trouble.emit(f"{error.message} {error.hint}".strip())
