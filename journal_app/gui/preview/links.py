"""Where a click in the preview leads: inside the journal at once, outside only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from journal_app.domain.markdown_links import attachment_path, link_target
from journal_app.gui.language import tr
from journal_app.gui.links import ask_to_open, shown
from journal_app.gui.preview.pages import REST
from journal_app.gui.preview.style import COPY

if TYPE_CHECKING:
    from journal_app.gui.preview.view import Preview


class Follower(QObject):
    """Follows the links of one preview."""

    def __init__(self, view: Preview) -> None:
        super().__init__(view)
        self._view = view

    @Slot(QUrl)
    def go(self, url: QUrl) -> None:
        """Follow a link that was clicked, or chosen with the keyboard."""
        view = self._view
        kind, rest = url.scheme().lower(), url.path(QUrl.ComponentFormattingOption.FullyEncoded)
        inside = link_target(f"{kind}:{rest}", inside=True) is not None
        if kind == COPY and self._code(url) is not None:
            QGuiApplication.clipboard().setText(self._code(url) or "")
            view.message.emit(tr("The code is on the clipboard."), "info")
        elif kind == REST and rest.isascii() and rest.isdecimal():
            view.turn(int(rest[:6]))
        elif kind == "run" and inside:
            view.run_requested.emit(rest.upper())
        elif kind == "entry" and inside:
            view.entry_requested.emit(rest.upper())
        elif kind == "new" and inside:
            view.page_requested.emit(unquote(rest))
        elif kind == "task" and inside:
            view.task_toggled.emit(int(rest))
        elif url.isRelative() and url.hasFragment() and not url.path():
            view.go_to(url.fragment())
        elif attachment_path(url.toString()) is not None:
            view.message.emit(tr("Attached file: {path}", path=view.folder / url.path()), "info")
        elif ask_to_open(view, url) is None:
            view.message.emit(tr("This address is not opened from the journal."), "info")

    def described(self, url: QUrl) -> str:
        """What a link does, for the tool tip."""
        kind = url.scheme().lower()
        if kind == "new":
            name = unquote(url.path(QUrl.ComponentFormattingOption.FullyEncoded))
            return tr("Not written yet: {name}", name=name)
        words = {
            "entry": tr("Open this entry"),
            "run": tr("Open this run"),
            "task": tr("Tick or untick"),
            COPY: tr("Copy the code"),
            REST: tr("Turn the page"),
        }.get(kind)
        if words is not None or url.isEmpty():
            return words or ""
        return url.fragment() if not kind and not url.path() else shown(url)

    def menu(self, url: QUrl) -> QMenu:
        """The context menu above a link, or above none."""
        view = self._view
        menu = QMenu(view)
        copy = menu.addAction(tr("Copy"), view.copy)
        copy.setEnabled(view.textCursor().hasSelection())
        menu.addAction(tr("Select all"), view.selectAll)
        code = self._code(url)
        if url.scheme().lower() in ("http", "https", "mailto"):
            menu.addSeparator()
            menu.addAction(tr("Open link"), lambda: self.go(url))
            menu.addAction(
                tr("Copy address"), lambda: QGuiApplication.clipboard().setText(shown(url))
            )
        elif code is not None:
            menu.addSeparator()
            menu.addAction(tr("Copy the code"), lambda: self.go(url))
        return menu

    def _code(self, url: QUrl) -> str | None:
        rest = url.path()
        if url.scheme() != COPY or not (rest.isascii() and rest.isdecimal() and len(rest) < 6):
            return None
        codes = self._view.codes
        return codes[int(rest)] if int(rest) < len(codes) else None
