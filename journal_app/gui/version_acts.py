"""Versions of the open entry: their history, a name for one, and merging two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from journal_app.gui.dialogs.ask import AskLine
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.domain.revisions import Head
    from journal_app.gui.lists.bulk_acts import BulkActs
    from journal_app.gui.window import MainWindow
    from journal_app.services.merging import Clash


class VersionActs:
    """The handlers of one window; `bulk` is what stores and tells."""

    def __init__(self, window: MainWindow, bulk: BulkActs) -> None:
        self._window = window
        self._bulk = bulk

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """A handler for each of these actions."""
        return {
            "entry.history": self.history,
            "entry.version": self.name_version,
            "entry.merge": self.merge,
        }

    def history(self) -> None:
        """Show the versions of the open entry."""
        entry = self._open_entry()
        if entry is None:
            return
        from journal_app.gui.dialogs.history import HistoryDialog

        window = self._window

        def show() -> None:
            dialog = HistoryDialog(window.journal, window.jobs, window.holder, entry, window)
            dialog.restored.connect(self._restored)
            dialog.open()

        self._bulk.flushed(show)

    def _restored(self, id: str, before: int, rev: int) -> None:
        history = self._window.journal.history

        def undo() -> None:
            self._bulk.store(lambda: history.restore(id, before), lambda _entry: None)

        self._window.toast.tell(tr("Version {rev} is back.", rev=rev), (tr("Undo"), undo))

    def name_version(self) -> None:
        """Ask for a name for the text as it is now: it is kept for good."""
        entry = self._open_entry()
        if entry is None:
            return
        window, id = self._window, entry.id

        def keep(name: str) -> None:
            def told(head: Head) -> None:
                window.tell(tr("This version is “{name}” now.", name=head.named))

            self._bulk.flushed(
                lambda: self._bulk.store(lambda: window.journal.history.name(id, None, name), told)
            )

        AskLine(
            window, tr("Name this version"), tr("Such as: sent to the team"), tr("Name"), keep
        ).open()

    def merge(self) -> None:
        """Merge the two versions that a clash kept; the open entry is one of them."""
        entry = self._open_entry()
        if entry is None:
            return
        window, id = self._window, entry.id

        def look() -> Clash:
            return window.journal.merging.look_from(id)

        self._bulk.flushed(lambda: self._bulk.store(look, self._ask_merge, lane="io"))

    def _ask_merge(self, clash: Clash) -> None:
        window = self._window
        if clash.clean:  # one click: nothing to decide, and it can be taken back
            from journal_app.domain.merge import text_of

            text = text_of(clash.parts)
            self._bulk.store(
                lambda: window.journal.merging.accept(clash, text),
                lambda entry: self._merged(entry.id, clash.copy.id, clash.entry.rev),
            )
            return
        from journal_app.gui.dialogs.merge import MergeDialog

        dialog = MergeDialog(window.journal, window.jobs, window.holder, clash, window)
        dialog.merged.connect(lambda id, copy: self._merged(id, copy, clash.entry.rev))
        dialog.open()

    def _merged(self, id: str, copy: str, before: int) -> None:
        window = self._window
        window.open_entry(id)

        def undo() -> None:
            def back() -> None:
                window.journal.history.restore(id, before)
                window.journal.entries.restore(copy)

            self._bulk.store(back, lambda _none: window.open_entry(copy))

        window.toast.tell(
            tr("Both versions are one now; the copy is in the trash."), (tr("Undo"), undo)
        )

    def _open_entry(self) -> Entry | None:
        editor = self._window.editor
        if editor is None or editor.entry is None:
            self._window.tell(tr("Open an entry first."))
            return None
        return editor.entry
