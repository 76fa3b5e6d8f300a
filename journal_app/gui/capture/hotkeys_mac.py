"""A global key on macOS: RegisterEventHotKey of the Carbon framework, through ctypes.

Qt's Ctrl is the Command key here and its Meta the Control key. Sources: CarbonEvents.h, Events.h.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from journal_app.errors import JournalError
from journal_app.gui.capture.hotkeys import Combo, taken
from journal_app.gui.language import tr

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
KEYBOARD, PRESSED = 0x6B657962, 5  # 'keyb', kEventHotKeyPressed
SIGNATURE = 0x464A4E4C  # 'FJNL'
COMMAND, SHIFT, OPTION, CONTROL = 0x100, 0x200, 0x800, 0x1000
_LETTERS = dict(
    zip(
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        (
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            31,
            32,
            34,
            35,
            37,
            38,
            40,
            45,
            46,
        ),
        strict=True,
    )
)
_DIGITS = dict(zip("1234567890", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29), strict=True))
_FUNCTION = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)
_CODES: dict[int, int] = {
    **{ord(letter): code for letter, code in (_LETTERS | _DIGITS).items()},
    **{Qt.Key.Key_F1.value + n: code for n, code in enumerate(_FUNCTION)},
    Qt.Key.Key_Space.value: 49,
    Qt.Key.Key_Return.value: 36,
    Qt.Key.Key_Tab.value: 48,
    Qt.Key.Key_Escape.value: 53,
}


class _Kind(ctypes.Structure):
    _fields_ = (("group", ctypes.c_uint32), ("kind", ctypes.c_uint32))


class _Id(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


def code_of(key: int) -> int | None:
    """The code of a Qt key on a Mac keyboard (by its place, ANSI); None for one it lacks."""
    return _CODES.get(key)


def masks(modifiers: Qt.KeyboardModifier) -> int:
    """Qt's modifiers as Carbon's."""
    pairs = (
        (Qt.KeyboardModifier.ShiftModifier, SHIFT),
        (Qt.KeyboardModifier.ControlModifier, COMMAND),
        (Qt.KeyboardModifier.AltModifier, OPTION),
        (Qt.KeyboardModifier.MetaModifier, CONTROL),
    )
    return sum(mask for modifier, mask in pairs if modifiers & modifier)


class MacDoor:
    """One registered key and the handler that hears it."""

    may_lack = False

    def __init__(self) -> None:
        self._carbon: Any = None
        self._handler: Any = None
        self._key = ctypes.c_void_p()

    def grab(
        self, combo: Combo, pressed: Callable[[], None], _failed: Callable[[JournalError], None]
    ) -> None:
        """Take a key; raises JournalError when another program has it."""
        code = code_of(combo.key)
        if code is None:
            raise JournalError(
                tr("{keys} is not on this keyboard.", keys=combo.text),
                tr("Choose another key in the settings."),
            )
        if self._carbon is None:
            self._open(pressed)
        status = self._carbon.RegisterEventHotKey(
            ctypes.c_uint32(code),
            ctypes.c_uint32(masks(combo.modifiers)),
            _Id(SIGNATURE, 1),
            ctypes.c_void_p(self._carbon.GetApplicationEventTarget()),
            ctypes.c_uint32(0),
            ctypes.byref(self._key),
        )
        if status:
            raise taken(combo)

    def _open(self, pressed: Callable[[], None]) -> None:
        self._carbon = ctypes.CDLL(CARBON)
        self._carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        shape = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)

        def heard(_call: int, _event: int, _data: int) -> int:
            pressed()
            return 0

        self._handler = shape(heard)  # kept: Carbon calls it as long as we live
        self._carbon.InstallEventHandler(
            ctypes.c_void_p(self._carbon.GetApplicationEventTarget()),
            self._handler,
            ctypes.c_ulong(1),
            ctypes.byref(_Kind(KEYBOARD, PRESSED)),
            None,
            None,
        )

    def release(self) -> None:
        """Give the key back."""
        if self._key:
            self._carbon.UnregisterEventHotKey(self._key)
            self._key = ctypes.c_void_p()
