"""Actions about models: the window "Models" and what leads to it; loaded when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from journal_app.gui.dialogs.help import HelpDialog
    from journal_app.gui.model.notices import GateNotices
    from journal_app.gui.model.pack_work import PackWork
    from journal_app.gui.model.window import ModelsWindow, Page
    from journal_app.gui.window import MainWindow


class ModelActs:
    """The handlers of one window's actions about models, and its help pages."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._dialog: ModelsWindow | None = None
        self._work: PackWork | None = None
        self._notices: GateNotices | None = None
        self._help: HelpDialog | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each of its actions."""
        return {
            "models": lambda: self.show("packs"),
            "models.devices": lambda: self.show("devices"),
            "models.evals": lambda: self.show("evals"),
            "help": lambda: self.help("start"),
            "help.offline": lambda: self.help("offline"),
        }

    @property
    def work(self) -> PackWork:
        """Long work on packs; it lives as long as the window."""
        if self._work is None:
            from journal_app.gui.model.pack_work import PackWork

            self._work = PackWork(self._window)
            self._work.evaluated.connect(lambda _record: self.notices.look())
        return self._work

    @property
    def dialog(self) -> ModelsWindow:
        """The window "Models", made when it is first asked for."""
        if self._dialog is None:
            from journal_app.gui.model.window import ModelsWindow

            self._dialog = ModelsWindow(self._window, self.work)
        return self._dialog

    @property
    def notices(self) -> GateNotices:
        """What the gate has to tell; `start` begins to look."""
        if self._notices is None:
            from journal_app.gui.model.notices import GateNotices

            self._notices = GateNotices(self._window)
        return self._notices

    def show(self, page: Page = "packs") -> None:
        """Open the window at a page."""
        self.dialog.show_page(page)

    def evaluate(self, pack: str) -> None:
        """Evaluate a pack, with its progress in view."""
        self.show("evals")
        self.work.evaluate(pack, pack)

    @property
    def help_dialog(self) -> HelpDialog:
        """The help pages, made when they are first asked for."""
        if self._help is None:
            from journal_app.gui.dialogs.help import HelpDialog

            self._help = HelpDialog(self._window)
        return self._help

    def help(self, page: str) -> None:
        """Show a help page."""
        self.help_dialog.show_page(page)

    def finish(self) -> None:
        """The window closes for good."""
        if self._notices is not None:
            self._notices.stop()
        shown: tuple[QDialog | None, ...] = (self._dialog, self._help)
        for one in shown:
            if one is not None:
                one.close()
