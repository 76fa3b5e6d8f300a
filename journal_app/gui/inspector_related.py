"""Related panel: entries that this one links, and entries that link it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from journal_app.domain.entry import Entry
from journal_app.gui.icons import kind_icon
from journal_app.gui.theme import ThemeHolder
from journal_app.gui.widgets import IconLabel, PanelFrame, button, clear_layout, label
from journal_app.journal import Journal
from journal_app.runtime.jobs import Jobs

MOST = 12
WIDE = 212  # pixels of a title
WORDS = {
    "about": "about this",
    "supports": "supports this",
    "contradicts": "contradicts this",
    "derived-from": "made out of this",
}


@dataclass(frozen=True, slots=True)
class Near:
    """An entry beside the open one, and how they hang together."""

    id: str
    kind: str
    title: str
    how: str


def near(journal: Journal, entry: Entry) -> list[Near]:
    """What an entry links, then what links it."""
    return [
        Near(row.id, row.kind, row.title, WORDS[relation] if incoming else relation)
        for row, relation, incoming in journal.entries.near(entry.id, MOST)
    ]


class RelatedPanel(PanelFrame):
    """A line per entry: its kind as an icon, its title; a click opens it."""

    open_requested = Signal(str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__("Related")
        self._journal = journal
        self._jobs = jobs
        self._holder = holder
        self._id = ""
        self.body.setSpacing(2)

    def show_entry(self, entry: Entry | None) -> None:
        """Show what is near an entry."""
        if entry is None:
            self._id = ""
            clear_layout(self.body)
            return
        if entry.id != self._id:
            clear_layout(self.body)
        self._id = entry.id
        self._jobs.submit(
            "io",
            lambda _context: near(self._journal, entry),
            on_done=lambda found: self._show(entry.id, found),
        )

    def _show(self, id: str, found: list[Near]) -> None:
        if id != self._id:
            return
        clear_layout(self.body)
        if not found:
            self.body.addWidget(
                label("Nothing yet. A note with ->entry:ID shows here.", "muted", wrap=True)
            )
        for row in found:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(IconLabel(kind_icon(row.kind), self._holder))
            tip = f"{row.title}\n{row.how}"
            link = button("", partial(self.open_requested.emit, row.id), "link", tip=tip)
            link.setAccessibleName(f"{row.kind}: {row.title}, {row.how}")
            title = row.title or "Untitled"
            link.setText(link.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, WIDE))
            line.addWidget(link, 1)
            self.body.addLayout(line)
