"""Global keys: on a real X server, on a session bus with a portal that we play, and in tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from journal_app.errors import JournalError
from journal_app.gui.capture import hotkeys, hotkeys_mac, hotkeys_windows, hotkeys_x11
from journal_app.gui.capture.hotkeys import Hotkey, parse

needs_x = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="needs an X server"
)
needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")


def test_a_key_needs_a_modifier_or_is_a_function_key() -> None:
    assert parse("Ctrl+Alt+J").text == "Ctrl+Alt+J"
    assert parse("F9").key == Qt.Key.Key_F9.value
    for text in ("J", "Shift+J", "Ctrl", "", "Ctrl+K, Ctrl+J", "nonsense"):
        with pytest.raises(JournalError, match="cannot be the key"):
            parse(text)


def test_every_letter_digit_and_function_key_has_a_code_on_every_system() -> None:
    names = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *(f"F{n}" for n in range(1, 13)), "Space"]
    for name in names:
        combo = parse(f"Ctrl+Alt+{name}")
        assert hotkeys_x11.symbol(combo.key)
        assert hotkeys_windows.code_of(combo.key, lambda _letter: 0)
        assert hotkeys_mac.code_of(combo.key) is not None
    both = parse("Ctrl+Alt+J").modifiers
    assert hotkeys_x11.masks(both) == 4 | 8
    assert hotkeys_windows.masks(both) == 0x4000 | 1 | 2
    assert hotkeys_mac.masks(both) == 0x100 | 0x800
    assert len({hotkeys_mac.code_of(parse(f"Ctrl+{n}").key) for n in names}) == len(names)


def test_without_a_door_there_is_the_line_to_bind(qtbot: QtBot) -> None:
    hotkey = Hotkey()  # the offscreen platform has no keys
    assert not hotkey.available
    hotkey.bind("Ctrl+Alt+J")
    assert "journal capture --window" in hotkeys.by_hand()


# ---------------------------------------------------------------------- X11


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An X server of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        # -noreset: the server must not begin anew when the only client of a moment leaves.
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "640x480x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        name = f":{told.readline().strip()}"
    monkeypatch.setenv("DISPLAY", name)
    yield name
    server.terminate()
    server.wait(10)


@needs_x
def test_a_key_of_the_x_server_reaches_us_whatever_locks_are_on(display: str, qtbot: QtBot) -> None:
    presses: list[int] = []
    door = hotkeys_x11.X11Door()
    door.grab(parse("Ctrl+Alt+J"), lambda: presses.append(1), lambda _error: None)

    def press(*keys: str) -> None:
        subprocess.run(["xdotool", "key", *keys], check=True)

    press("ctrl+alt+j")
    qtbot.waitUntil(lambda: len(presses) == 1)
    press("Num_Lock", "ctrl+alt+j")
    qtbot.waitUntil(lambda: len(presses) == 2)
    press("Caps_Lock", "ctrl+alt+j")
    qtbot.waitUntil(lambda: len(presses) == 3)
    press("ctrl+j", "ctrl+alt+k", "ctrl+alt+j")
    qtbot.waitUntil(lambda: len(presses) == 4)
    door.release()
    again = hotkeys_x11.X11Door()  # free for others now
    again.grab(parse("Ctrl+Alt+J"), lambda: None, lambda _error: None)
    again.release()


@needs_x
def test_a_key_that_is_taken_is_told_with_the_way_out(display: str) -> None:
    first, second = hotkeys_x11.X11Door(), hotkeys_x11.X11Door()
    first.grab(parse("Ctrl+Alt+J"), lambda: None, lambda _error: None)
    with pytest.raises(JournalError, match="belongs to another program") as told:
        second.grab(parse("Ctrl+Alt+J"), lambda: None, lambda _error: None)
    assert "journal capture --window" in told.value.hint
    second.grab(parse("Ctrl+Alt+K"), lambda: None, lambda _error: None)
    first.release()
    second.release()


def test_without_an_x_server_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4242")
    door = hotkeys_x11.X11Door()
    with pytest.raises(JournalError):
        door.grab(parse("Ctrl+Alt+J"), lambda: None, lambda _error: None)


# ---------------------------------------------------------------------- Wayland


class Portal(threading.Thread):
    """A desktop portal that gives the key, or refuses, and presses it when told to."""

    def __init__(self, *, refuses: bool = False) -> None:
        from jeepney import DBusAddress
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        super().__init__()
        self.refuses = refuses
        self.wanted: list[object] = []
        self.session = "/org/freedesktop/portal/desktop/session/1_2/journal"
        self.link = open_dbus_connection(bus="SESSION")
        self.link.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._at = DBusAddress("/org/freedesktop/portal/desktop")

    def run(self) -> None:
        from jeepney import HeaderFields, MessageType, new_method_return

        while True:
            message = self.link.receive()
            if message.header.message_type != MessageType.method_call:
                continue
            fields = message.header.fields
            member = fields[HeaderFields.member]
            if member == "Stop":
                return
            sender = fields[HeaderFields.sender].lstrip(":").replace(".", "_")
            token = message.body[-1]["handle_token"][1]
            path = f"/org/freedesktop/portal/desktop/request/{sender}/{token}"
            self.link.send(new_method_return(message, "o", (path,)))
            results: dict[str, object] = {}
            if member == "CreateSession":
                results = {"session_handle": ("s", self.session)}
            else:
                self.wanted.append(message.body[1])
            self._signal(path, "Request", "Response", "ua{sv}", (int(self.refuses), results))
            if member == "BindShortcuts":
                self.press()

    def press(self) -> None:
        self._signal(
            "/org/freedesktop/portal/desktop", "GlobalShortcuts", "Activated", "osta{sv}",
            (self.session, "capture", 7, {}),
        )  # fmt: skip

    def _signal(self, path: str, face: str, name: str, kind: str, body: tuple[object, ...]) -> None:
        from jeepney import DBusAddress, new_signal

        address = DBusAddress(path, interface=f"org.freedesktop.portal.{face}")
        self.link.send(new_signal(address, name, kind, body))

    def stop(self) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        with open_dbus_connection(bus="SESSION") as link:
            here = DBusAddress("/x", "org.freedesktop.portal.Desktop", "org.example.Test")
            link.send(new_method_call(here, "Stop"))
            self.join(10)
        self.link.close()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of its own."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE
    )
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().decode().strip())
    yield
    daemon.terminate()
    daemon.communicate()


@needs_bus
def test_the_portal_gives_a_key_and_tells_when_it_is_pressed(bus: None, qtbot: QtBot) -> None:
    from journal_app.gui.capture.hotkeys_portal import PortalDoor

    portal = Portal()
    portal.start()
    presses: list[int] = []
    door = PortalDoor()
    door.grab(parse("Ctrl+Alt+J"), lambda: presses.append(1), pytest.fail)
    qtbot.waitUntil(lambda: len(presses) == 1)
    ((name, options),) = portal.wanted[0]  # type: ignore[misc]
    assert name == "capture" and options["preferred_trigger"] == ("s", "CTRL+ALT+j")
    portal.press()
    qtbot.waitUntil(lambda: len(presses) == 2)
    door.release()
    portal.stop()


@needs_bus
def test_a_portal_that_refuses_and_one_that_is_not_there_are_told(bus: None, qtbot: QtBot) -> None:
    from journal_app.gui.capture.hotkeys_portal import PortalDoor

    told: list[JournalError] = []
    absent = PortalDoor()
    absent.grab(parse("Ctrl+Alt+J"), lambda: None, told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    portal = Portal(refuses=True)
    portal.start()
    door = PortalDoor()
    door.grab(parse("Ctrl+Alt+J"), lambda: None, told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    portal.stop()
    assert all("journal capture --window" in error.hint for error in told)


def test_without_a_session_bus_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_app.gui.capture.hotkeys_portal import PortalDoor

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(JournalError, match="no session bus"):
        PortalDoor().grab(parse("Ctrl+Alt+J"), lambda: None, lambda _error: None)
