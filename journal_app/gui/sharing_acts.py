"""Actions about likeness, export and the mirror; what they open is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.standing import Standing
    from journal_app.gui.window import MainWindow


class SharingActs:
    """The handlers of one window, and its standing work."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._standing: Standing | None = None

    @property
    def standing(self) -> Standing:
        """The index and the mirror, kept up behind the window."""
        if self._standing is None:
            from journal_app.gui.standing import Standing

            self._standing = Standing(self._window)
        return self._standing

    def stop(self) -> None:
        """Begin no more standing work."""
        if self._standing is not None:
            self._standing.stop()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each of its actions."""
        return {
            "entry.similar": self.similar,
            "entry.export": self.export_entry,
            "export": lambda: self.export(()),
            "index.build": lambda: self.standing.index(asked=True),
        }

    def similar(self) -> None:
        """Show the entries that are like the chosen one."""
        entry_id = self._window.entries.current
        if entry_id is None:
            self._window.tell(tr("Open an entry first."))
            return
        from journal_app.gui.dialogs.similar import SimilarSheet

        sheet = SimilarSheet(self._window, entry_id)
        sheet.chosen.connect(self._window.open_entry)
        sheet.open()

    def export_entry(self) -> None:
        """Export the chosen entry."""
        entry_id = self._window.entries.current
        if entry_id is None:
            self._window.tell(tr("Open an entry first."))
            return
        self.export((entry_id,))

    def export(self, ids: Sequence[str]) -> None:
        """Ask how and where to export `ids`; none means what the list shows, or all."""
        window = self._window
        if window.editor is None:
            return
        from journal_app.gui.dialogs.export import ExportDialog

        dialog = ExportDialog(window, tuple(ids))
        window.editor.flush(lambda _saved: dialog.open())
