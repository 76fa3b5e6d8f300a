"""A notice of the desktop: a real session bus with a service that writes down what it gets."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from jeepney import MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from journal_app.runtime import notify


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


def test_without_a_desktop_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert notify.tell("Late", "A post") is False


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
def test_the_desktop_gets_plain_words(bus: str) -> None:
    got: list[tuple[object, ...]] = []
    link = open_dbus_connection(bus=bus)
    link.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))

    def serve() -> None:
        while not got:
            message = link.receive()
            if message.header.message_type == MessageType.method_call:
                got.append(message.body)
                link.send(new_method_return(message, "u", (1,)))

    service = threading.Thread(target=serve)
    service.start()
    try:
        assert notify.tell("Not out: A <b>post</b>\n$(id)", "Ghost said & more " + "x" * 500)
    finally:
        service.join(10)
        link.close()
    app, _id, _icon, title, body, *_rest = got[0]
    assert app == "Field Journal"
    assert title == "Not out: A <b>post</b> $(id)"
    assert str(body).startswith("Ghost said &amp; more x")
    assert len(str(body)) < 400


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
def test_a_bus_without_the_service_is_no_error(bus: str) -> None:
    assert notify.tell("Late", "A post") is False
