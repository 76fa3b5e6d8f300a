"""What a screen reader says of its own accord: something was kept, found, done, or went wrong."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(place: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have `text` spoken after what is being spoken, or at once where it is `urgent`."""
    event = QAccessibleAnnouncementEvent(place, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    send(event)


def send(event: QAccessibleAnnouncementEvent) -> None:
    """Hand an announcement to the system; without a screen reader this does nothing."""
    QAccessible.updateAccessibility(event)
