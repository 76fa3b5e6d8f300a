"""A global key on Windows: RegisterHotKey, whose message reaches us through Qt's event filter.

Source: Microsoft, RegisterHotKey and WM_HOTKEY.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, Qt

from journal_app.errors import JournalError
from journal_app.gui.capture.hotkeys import Combo, taken
from journal_app.gui.language import tr

WM_HOTKEY, ID = 0x0312, 0x464A
ALT, CONTROL, SHIFT, WIN, NO_REPEAT = 1, 2, 4, 8, 0x4000
_SPECIAL = {
    Qt.Key.Key_Space: 0x20,
    Qt.Key.Key_Tab: 0x09,
    Qt.Key.Key_Return: 0x0D,
    Qt.Key.Key_Escape: 0x1B,
    Qt.Key.Key_Backspace: 0x08,
    Qt.Key.Key_PageUp: 0x21,
    Qt.Key.Key_PageDown: 0x22,
    Qt.Key.Key_End: 0x23,
    Qt.Key.Key_Home: 0x24,
    Qt.Key.Key_Left: 0x25,
    Qt.Key.Key_Up: 0x26,
    Qt.Key.Key_Right: 0x27,
    Qt.Key.Key_Down: 0x28,
    Qt.Key.Key_Print: 0x2C,
    Qt.Key.Key_Insert: 0x2D,
    Qt.Key.Key_Delete: 0x2E,
    Qt.Key.Key_Pause: 0x13,
}
_SPECIALS = {key.value: code for key, code in _SPECIAL.items()}


def code_of(key: int, of_letter: Callable[[int], int]) -> int:
    """The virtual key of a Qt key, 0 for none; `of_letter` asks the keyboard's layout."""
    if key in _SPECIALS:
        return _SPECIALS[key]
    if Qt.Key.Key_F1.value <= key <= Qt.Key.Key_F24.value:
        return 0x70 + key - Qt.Key.Key_F1.value
    if 0x30 <= key <= 0x39 or 0x41 <= key <= 0x5A:
        return key
    return of_letter(key) & 0xFF if 0x20 < key < 0xFF else 0


def masks(modifiers: Qt.KeyboardModifier) -> int:
    """Qt's modifiers as Windows'."""
    pairs = (
        (Qt.KeyboardModifier.ShiftModifier, SHIFT),
        (Qt.KeyboardModifier.ControlModifier, CONTROL),
        (Qt.KeyboardModifier.AltModifier, ALT),
        (Qt.KeyboardModifier.MetaModifier, WIN),
    )
    return NO_REPEAT | sum(mask for modifier, mask in pairs if modifiers & modifier)


if sys.platform == "win32":
    from ctypes import wintypes

    class WindowsDoor(QAbstractNativeEventFilter):
        """One registered key."""

        may_lack = False

        def __init__(self) -> None:
            super().__init__()
            self._user = ctypes.WinDLL("user32", use_last_error=True)
            self._pressed: Callable[[], None] | None = None

        def grab(
            self,
            combo: Combo,
            pressed: Callable[[], None],
            _failed: Callable[[JournalError], None],
        ) -> None:
            """Take a key; raises JournalError when another program has it."""
            code = code_of(combo.key, lambda letter: int(self._user.VkKeyScanW(letter)))
            if not code:
                raise JournalError(
                    tr("{keys} is not on this keyboard.", keys=combo.text),
                    tr("Choose another key in the settings."),
                )
            if not self._user.RegisterHotKey(None, ID, masks(combo.modifiers), code):
                raise taken(combo)
            self._pressed = pressed
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self)

        def release(self) -> None:
            """Give the key back."""
            if self._pressed is not None:
                self._user.UnregisterHotKey(None, ID)
                self._pressed = None
                application = QCoreApplication.instance()
                if application is not None:
                    application.removeNativeEventFilter(self)

        def nativeEventFilter(
            self, kind: QByteArray | bytes | bytearray | memoryview, message: int
        ) -> object:
            """Hear WM_HOTKEY; everything goes on to Qt."""
            if bytes(kind) == b"windows_generic_MSG" and self._pressed is not None:
                told = wintypes.MSG.from_address(int(message))
                if told.message == WM_HOTKEY and told.wParam == ID:
                    self._pressed()
            return False, 0
