"""The desktop portal of Linux, over D-Bus: what Wayland lets no program do by itself.

A request is a call that is answered later by a `Response` signal; `Request` and `expected` hold
that pattern. Source: flatpak/xdg-desktop-portal, GlobalShortcuts and Screenshot.
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtGui import QImage

from journal_app.errors import JournalError
from journal_app.gui.language import tr

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
ASKED = 300  # seconds that a user may take over the portal's question


def connect() -> DBusConnection:
    """The session bus. Raises JournalError where there is none."""
    try:
        return open_dbus_connection(bus="SESSION")
    except (OSError, KeyError, ValueError) as error:
        raise JournalError(
            tr("This desktop has no session bus, so its portal cannot be asked."),
            tr("Use `journal capture --window` on a key of your desktop."),
        ) from error


def call(
    link: DBusConnection, interface: str, method: str, signature: str, *body: Any
) -> tuple[int, str]:
    """Send a request whose last argument is its options; serial and path of its answer.

    The signal is asked for before the call, so an answer that comes at once is not missed.
    """
    token = "journal" + secrets.token_hex(6)
    sender = str(link.unique_name).lstrip(":").replace(".", "_")
    path = f"{PATH}/request/{sender}/{token}"
    watch(link, "org.freedesktop.portal.Request", "Response", path)
    *rest, options = body
    address = DBusAddress(PATH, NAME, f"org.freedesktop.portal.{interface}")
    message = new_method_call(
        address, method, signature, (*rest, {**options, "handle_token": ("s", token)})
    )
    serial = next(link.outgoing_serial)
    link.send(message, serial=serial)
    return serial, path


def watch(link: DBusConnection, interface: str, member: str, path: str) -> None:
    """Ask for a signal of an object."""
    rule = MatchRule(type="signal", interface=interface, member=member, path=path)
    link.send(message_bus.AddMatch(rule))


def is_signal(message: Message, member: str, path: str = "") -> bool:
    """Whether a message is this signal (of this object)."""
    fields = message.header.fields
    return (
        message.header.message_type == MessageType.signal
        and fields.get(HeaderFields.member) == member
        and (not path or fields.get(HeaderFields.path) == path)
    )


def refused(message: Message, serial: int) -> JournalError | None:
    """The error that answers a call, in words; None for any other message."""
    if message.header.message_type != MessageType.error:
        return None
    if message.header.fields.get(HeaderFields.reply_serial) != serial:
        return None
    return JournalError(
        tr("This desktop's portal does not do that."),
        tr("Bind `journal capture --window` to a key in your desktop's settings."),
    )


def screenshot() -> QImage | None:
    """Let the user take a picture through the portal; None when they gave up. Call in a worker."""
    link = connect()
    try:
        options = {"interactive": ("b", True), "modal": ("b", False)}
        serial, path = call(link, "Screenshot", "Screenshot", "sa{sv}", "", options)
        until = time.monotonic() + ASKED
        while True:
            try:
                message = link.receive(timeout=max(0.0, until - time.monotonic()))
            except TimeoutError:
                return None
            error = refused(message, serial)
            if error is not None:
                raise JournalError(error.message, tr("Save a screenshot, then paste it here."))
            if is_signal(message, "Response", path):
                code, results = message.body
                return _picture(results["uri"][1]) if code == 0 else None
    finally:
        link.close()


def _picture(uri: str) -> QImage:
    parts = urlsplit(uri)
    image = QImage(unquote(parts.path)) if parts.scheme == "file" else QImage()
    if image.isNull():
        raise JournalError(
            tr("The portal's picture cannot be read."), tr("Save a screenshot, then paste it here.")
        )
    Path(unquote(parts.path)).unlink(missing_ok=True)  # the portal's copy was made for us
    return image
