"""Where a link in a text may lead: shown in full first, opened only when the user says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from journal_app.gui.language import tr

SCHEMES = ("http", "https", "mailto")


def shown(url: QUrl) -> str:
    """The address as it really is: a look-alike host name appears in its ASCII form."""
    return bytes(url.toEncoded().data()).decode("ascii", "replace")


def ask_to_open(
    parent: QWidget, url: QUrl, opener: Callable[[QUrl], bool] = QDesktopServices.openUrl
) -> QMessageBox | None:
    """Ask before an address leaves the journal; None for an address that is never opened."""
    if url.scheme().lower() not in SCHEMES or not url.isValid():
        return None
    box = QMessageBox(parent)
    box.setWindowTitle(tr("Open link"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Open this address outside the journal?"))
    box.setInformativeText(shown(url))
    go = box.addButton(tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    copy = box.addButton(tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
    stay = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go)
    box.setEscapeButton(stay)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(button: object) -> None:
        if button is go:
            opener(url)
        elif button is copy:
            QGuiApplication.clipboard().setText(shown(url))

    box.buttonClicked.connect(chosen)
    box.open()
    return box
