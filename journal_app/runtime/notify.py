"""A notice of the desktop: what went wrong while no window was open.

It stays on this computer: the notification service of the session, as each system has it. Where
there is none, nothing is shown and nothing fails; the queue tells all the same.
"""

from __future__ import annotations

import subprocess
import sys

APP = "Field Journal"
LONGEST = 300  # characters of the text
# PowerShell reads the words from its environment: nothing of a post becomes a command.
_TOAST = (
    "[Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,"
    "ContentType=WindowsRuntime] | Out-Null;"
    "$t=[Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent(1);"
    "$w=$t.GetElementsByTagName('text');"
    "$w.Item(0).InnerText=$env:JOURNAL_NOTICE_TITLE;$w.Item(1).InnerText=$env:JOURNAL_NOTICE_TEXT;"
    "[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('Field Journal')"
    ".Show([Windows.UI.Notifications.ToastNotification]::new($t))"
)
_SCRIPT = (
    "on run words\ndisplay notification (item 2 of words) with title (item 1 of words)\nend run"
)


def tell(title: str, text: str) -> bool:
    """Show a notice; whether the desktop took it. Never raises."""
    title, text = _plain(title), _plain(text)[:LONGEST]
    try:
        if sys.platform == "linux":
            return _linux(title, text)
        if sys.platform == "darwin":
            return _ran(["osascript", "-e", _SCRIPT, title, text])
        if sys.platform == "win32":
            return _windows(title, text)
    except Exception:  # noqa: BLE001 (a notice is an extra: whatever a desktop does, we go on)
        return False
    return False


def _plain(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _linux(title: str, text: str) -> bool:
    """org.freedesktop.Notifications, Desktop Notifications Specification 1.3."""
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    # Services may read a little markup in the body.
    body = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    address = DBusAddress(
        "/org/freedesktop/Notifications",
        "org.freedesktop.Notifications",
        "org.freedesktop.Notifications",
    )
    message = new_method_call(
        address, "Notify", "susssasa{sv}i", (APP, 0, "", title, body, [], {}, -1)
    )
    with open_dbus_connection(bus="SESSION") as link:
        answer = link.send_and_get_reply(message, timeout=3)
    return bool(answer.header.message_type == MessageType.method_return)


def _windows(title: str, text: str) -> bool:
    import os

    words = {"JOURNAL_NOTICE_TITLE": title, "JOURNAL_NOTICE_TEXT": text}
    return _ran(["powershell", "-NoProfile", "-Command", _TOAST], {**os.environ, **words})


def _ran(command: list[str], environment: dict[str, str] | None = None) -> bool:
    done = subprocess.run(command, capture_output=True, timeout=10, check=False, env=environment)
    return done.returncode == 0
