"""Context panel: where the open entry was made, each fact with a way to take it away.

It is private: no post and no export of a post holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from journal_app.errors import JournalError
from journal_app.gui.capture.context_chips import ContextChips
from journal_app.gui.language import tr
from journal_app.gui.widgets import PanelFrame, button

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class ContextPanel(PanelFrame):
    """Shown while something is known of where the entry was made, or was just taken away."""

    message = Signal(str, str)

    def __init__(self, journal: Journal, jobs: Jobs) -> None:
        super().__init__(tr("Made at"), tr("private"))
        self._journal, self._jobs = journal, jobs
        self._entry_id: str | None = None
        self._gone: dict[str, str] = {}
        self.chips = ContextChips()
        self.chips.removed.connect(self._remove)
        self.undo = button(tr("Undo"), self._restore, "link", tip=tr("Bring back what was removed"))
        self.undo.hide()
        self.body.addWidget(self.chips)
        self.body.addWidget(self.undo)
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Show what is known of an entry."""
        id = entry.id if entry is not None else None
        if id != self._entry_id:
            self._gone = {}
        self._entry_id = id
        facts: Mapping[str, str] = entry.context if entry is not None else {}
        if dict(facts) != self.chips.facts or not facts:
            self.chips.show_facts(facts)
        self.undo.setVisible(bool(self._gone))
        self.setVisible(bool(facts) or bool(self._gone))

    def _remove(self, keys: list[str]) -> None:
        from journal_app.services.context import forget_context

        id, store = self._entry_id, self._journal.store
        if id is None:
            return
        self._gone.update({key: self.chips.facts[key] for key in keys})
        self._jobs.submit(
            "store", lambda _context: forget_context(store, id, keys), on_error=self._failed
        )

    def _restore(self) -> None:
        from journal_app.services.context import restore_context

        id, store, facts = self._entry_id, self._journal.store, dict(self._gone)
        if id is None:
            return
        self._gone = {}
        self._jobs.submit(
            "store", lambda _context: restore_context(store, id, facts), on_error=self._failed
        )

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        self._gone = {}
        self.message.emit(f"{plain.message} {plain.hint}".strip(), "fail")
