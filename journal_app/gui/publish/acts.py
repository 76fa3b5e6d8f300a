"""Actions about publishing: the window "Publishing", loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.gui.publish.window import PublishingWindow
    from journal_app.gui.window import MainWindow


class PublishingActs:
    """The handlers of one window's actions about publishing."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._dialog: PublishingWindow | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each of its actions."""
        return {
            "publishing": lambda: self.show("calendar"),
            "places": lambda: self.show("places"),
        }

    @property
    def dialog(self) -> PublishingWindow:
        """The window "Publishing", made when it is first asked for."""
        if self._dialog is None:
            from journal_app.gui.publish.window import PublishingWindow

            self._dialog = PublishingWindow(self._window)
        return self._dialog

    def show(self, page: str = "calendar") -> None:
        """Open the window at a page."""
        self.dialog.show_page(page)

    def finish(self) -> None:
        """The window closes for good."""
        if self._dialog is not None:
            self._dialog.close()
