"""A global key on X11: XGrabKey over a connection of our own, with libxcb through ctypes.

libxcb and libxcb-keysyms are there wherever Qt draws on X11, for it needs them itself. Locks
(Caps, Num) are part of a key's state, so the key is grabbed with each of their mixtures.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSocketNotifier, Qt

from journal_app.errors import JournalError
from journal_app.gui.capture.hotkeys import Combo, taken
from journal_app.gui.language import tr

KEY_PRESS, MAPPING_NOTIFY = 2, 34
SHIFT, LOCK, CONTROL, ALT, NUM, SUPER = 1, 2, 4, 8, 16, 64
ASYNC = 1
_SPECIAL = {
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Enter: 0xFF8D,
    Qt.Key.Key_Escape: 0xFF1B,
    Qt.Key.Key_Backspace: 0xFF08,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Delete: 0xFFFF,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_Left: 0xFF51,
    Qt.Key.Key_Up: 0xFF52,
    Qt.Key.Key_Right: 0xFF53,
    Qt.Key.Key_Down: 0xFF54,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_End: 0xFF57,
    Qt.Key.Key_Print: 0xFF61,
    Qt.Key.Key_Pause: 0xFF13,
}
_SPECIALS = {key.value: symbol for key, symbol in _SPECIAL.items()}


class _Screen(ctypes.Structure):
    _fields_ = (("root", ctypes.c_uint32),)


class _Screens(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.POINTER(_Screen)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Event(ctypes.Structure):
    _fields_ = (("type", ctypes.c_uint8), ("detail", ctypes.c_uint8))


def symbol(key: int) -> int:
    """The X keysym of a Qt key; 0 for none."""
    if key in _SPECIALS:
        return _SPECIALS[key]
    if Qt.Key.Key_F1.value <= key <= Qt.Key.Key_F35.value:
        return 0xFFBE + key - Qt.Key.Key_F1.value
    if Qt.Key.Key_A.value <= key <= Qt.Key.Key_Z.value:
        return key + 32  # keysyms of unshifted letters are lower case
    return key if 0x20 <= key <= 0xFF else 0


def masks(modifiers: Qt.KeyboardModifier) -> int:
    """Qt's modifiers as X's."""
    pairs = (
        (Qt.KeyboardModifier.ShiftModifier, SHIFT),
        (Qt.KeyboardModifier.ControlModifier, CONTROL),
        (Qt.KeyboardModifier.AltModifier, ALT),
        (Qt.KeyboardModifier.MetaModifier, SUPER),
    )
    return sum(mask for modifier, mask in pairs if modifiers & modifier)


class X11Door:
    """One grabbed key and the connection that hears it."""

    may_lack = False

    def __init__(self) -> None:
        self._xcb: Any = None
        self._keys: Any = None
        self._link: Any = None
        self._symbols: Any = None
        self._root = 0
        self._ear: QSocketNotifier | None = None
        self._combo: Combo | None = None
        self._pressed: Callable[[], None] = _nothing

    def grab(
        self, combo: Combo, pressed: Callable[[], None], _failed: Callable[[JournalError], None]
    ) -> None:
        """Take a key; raises JournalError when another client has it or it is not on the board."""
        self._open()
        self._combo, self._pressed = combo, pressed
        try:
            self._take(combo)
        except JournalError:
            self.release()
            raise

    def release(self) -> None:
        """Give the key back and close the connection (which alone frees every grab of it)."""
        if self._ear is not None:
            self._ear.setEnabled(False)
            self._ear.deleteLater()
            self._ear = None
        if self._link is not None:
            self._keys.xcb_key_symbols_free(self._symbols)
            self._xcb.xcb_disconnect(self._link)
            self._link = self._symbols = None

    def _open(self) -> None:
        if self._xcb is None:
            self._xcb, self._keys = _libraries()
        self._link = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._link):
            self._xcb.xcb_disconnect(self._link)
            self._link = None
            raise JournalError(
                tr("The X server does not let us have a key."), tr("Bind one in your desktop.")
            )
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._link))
        self._root = screens.data.contents.root
        self._symbols = self._keys.xcb_key_symbols_alloc(self._link)
        self._ear = QSocketNotifier(
            self._xcb.xcb_get_file_descriptor(self._link), QSocketNotifier.Type.Read
        )
        self._ear.activated.connect(self._hear)

    def _take(self, combo: Combo) -> None:
        codes = self._codes(combo)
        if not codes:
            raise JournalError(
                tr("{keys} is not on this keyboard.", keys=combo.text),
                tr("Choose another key in the settings."),
            )
        wanted = masks(combo.modifiers)
        for code in codes:
            for locks in (0, LOCK, NUM, LOCK | NUM):
                cookie = self._xcb.xcb_grab_key_checked(
                    self._link, 0, self._root, wanted | locks, code, ASYNC, ASYNC
                )
                error = self._xcb.xcb_request_check(self._link, cookie)
                if error:
                    _free(error)
                    raise taken(combo)

    def _codes(self, combo: Combo) -> list[int]:
        found = self._keys.xcb_key_symbols_get_keycode(self._symbols, symbol(combo.key))
        if not found:
            return []
        codes: list[int] = []
        while found[len(codes)]:
            codes.append(int(found[len(codes)]))
        _free(found)
        return codes[:8]

    def _hear(self) -> None:
        while self._link is not None and (event := self._xcb.xcb_poll_for_event(self._link)):
            kind = event.contents.type & 0x7F
            _free(event)
            if kind == KEY_PRESS:
                self._pressed()
            elif kind == MAPPING_NOTIFY:
                self._remap()
        if self._link is not None and self._xcb.xcb_connection_has_error(self._link):
            self.release()

    def _remap(self) -> None:
        """Another keyboard layout: the key may have another code."""
        combo = self._combo
        if combo is None:
            return
        self._keys.xcb_key_symbols_free(self._symbols)
        self._symbols = self._keys.xcb_key_symbols_alloc(self._link)
        self._xcb.xcb_ungrab_key(self._link, 0, self._root, 0x8000)  # any key, any modifier
        codes = self._codes(combo)
        for code in codes:
            for locks in (0, LOCK, NUM, LOCK | NUM):
                wanted = masks(combo.modifiers) | locks
                self._xcb.xcb_grab_key(self._link, 0, self._root, wanted, code, ASYNC, ASYNC)
        self._xcb.xcb_flush(self._link)


def _nothing() -> None:
    """What a key does before there is one."""


def _free(pointer: Any) -> None:
    ctypes.CDLL(None).free(ctypes.cast(pointer, ctypes.c_void_p))


def _libraries() -> tuple[Any, Any]:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        keys = ctypes.CDLL("libxcb-keysyms.so.1")
    except OSError as error:
        raise JournalError(
            tr("libxcb is missing, so no key can be taken."), tr("Bind one in your desktop.")
        ) from error
    pointer, word, byte, number = (
        ctypes.c_void_p,
        ctypes.c_uint16,
        ctypes.c_uint8,
        ctypes.c_uint32,
    )
    grab = [pointer, byte, number, word, byte, byte, byte]
    for library, name, result, arguments in (
        (xcb, "xcb_connect", pointer, [ctypes.c_char_p, pointer]),
        (xcb, "xcb_connection_has_error", ctypes.c_int, [pointer]),
        (xcb, "xcb_disconnect", None, [pointer]),
        (xcb, "xcb_get_setup", pointer, [pointer]),
        (xcb, "xcb_setup_roots_iterator", _Screens, [pointer]),
        (xcb, "xcb_get_file_descriptor", ctypes.c_int, [pointer]),
        (xcb, "xcb_grab_key_checked", _Cookie, grab),
        (xcb, "xcb_grab_key", _Cookie, grab),
        (xcb, "xcb_ungrab_key", _Cookie, [pointer, byte, number, word]),
        (xcb, "xcb_request_check", pointer, [pointer, _Cookie]),
        (xcb, "xcb_poll_for_event", ctypes.POINTER(_Event), [pointer]),
        (xcb, "xcb_flush", ctypes.c_int, [pointer]),
        (keys, "xcb_key_symbols_alloc", pointer, [pointer]),
        (keys, "xcb_key_symbols_free", None, [pointer]),
        (keys, "xcb_key_symbols_get_keycode", ctypes.POINTER(byte), [pointer, number]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return xcb, keys
