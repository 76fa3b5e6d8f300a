"""Settings in the running window: what the settings dialog, a menu or another process changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from journal_app.errors import JournalError
from journal_app.gui.theme import Choice

if TYPE_CHECKING:
    from journal_app.gui.dialogs.settings import SettingsDialog
    from journal_app.gui.dialogs.tour_guide import Guide
    from journal_app.gui.window import MainWindow
    from journal_app.settings import SettingName


class PreferenceActs:
    """Keeps settings, and makes the window follow those that were changed."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._dialog: SettingsDialog | None = None
        # A setting that takes effect at once, and what makes it so. Others are read when used.
        self._effects: dict[str, Callable[[str], object]] = {
            "theme": lambda value: window.holder.set_choice(cast(Choice, value)),
            "window.inspector": lambda value: window.panes.want_inspector(value == "on"),
            "editor.preview": self._preview,
            "editor.keys": lambda value: self._writing("editor.keys", value),
            "editor.spelling": lambda value: self._writing("editor.spelling", value),
            "shortcuts": self._keys,
        }
        self._effects |= dict.fromkeys(("device", "device.strict", "model.memory"), self._models)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The actions about settings."""
        return {
            "settings": self.show,
            "theme.system": lambda: self.theme("system"),
            "theme.light": lambda: self.theme("light"),
            "theme.dark": lambda: self.theme("dark"),
            "theme.contrast": lambda: self.theme("contrast"),
            "tour": self.tour,
        }

    @property
    def dialog(self) -> SettingsDialog:
        """The settings, made when they are first asked for."""
        if self._dialog is None:
            from journal_app.gui.dialogs.settings import SettingsDialog

            self._dialog = SettingsDialog(self._window)
        return self._dialog

    def show(self, section: str | None = None) -> None:
        """Open the settings, at a section."""
        if section is not None:
            self.dialog.show_section(section)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def theme(self, choice: Choice) -> None:
        """Use a theme from now on."""
        self._window.holder.set_choice(choice)
        self.keep("theme", choice)

    def keep(self, name: SettingName, value: str) -> None:
        """Store a setting; `apply` follows when it is stored."""
        window = self._window
        settings = window.journal.settings

        def failed(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else window.journal.explain(error)
            if plain is None:
                raise error
            window.tell_error(plain)

        window.jobs.submit("store", lambda _context: settings.set(name, value), on_error=failed)

    def apply(self, names: set[str]) -> None:
        """Follow the settings that were changed, here or in another process."""
        for name in sorted(names & set(self._effects)):
            self._effects[name](self._window.journal.settings.get(name))
        if self._dialog is not None:
            self._dialog.stale(names)

    def _writing(self, name: str, value: str) -> None:
        if self._window.editor is not None:
            self._window.editor.writing.use(name, value)

    def tour(self) -> None:
        """Show the tour from its beginning."""
        from journal_app.gui.dialogs.tour_guide import start

        start(self._window)

    def finish(self) -> None:
        """The window closes for good: what stands in a field is taken now or never."""
        if self._dialog is not None:
            self._dialog.close()

    def first_tour(self) -> None:
        """Show the tour by itself, once, without taking the keyboard."""
        if self._window.journal.settings.get("window.tour"):
            return
        from journal_app.gui.dialogs.tour_guide import start

        start(self._window, focus=False)

    def end_tour(self) -> bool:
        """Take the tour away; False where none is shown."""
        guide = cast("Guide | None", self._window.findChild(QObject, "tour-guide"))
        if guide is not None:
            guide.end()
        return guide is not None

    def _preview(self, value: str) -> None:
        if self._window.editor is not None:
            self._window.editor.set_preview(value == "on")

    def _models(self, _value: str) -> None:
        window = self._window

        def renewed(_none: None) -> None:
            window.read_facts()

        window.jobs.submit("io", lambda _context: window.journal.renew_models(), on_done=renewed)

    def _keys(self, value: str) -> None:
        from journal_app.gui import actions, frame, keymap

        actions.bind(self._window.actions_by_id, keymap.effective(value))
        frame.show_keys(self._window)
