"""The rows of the entry list: a view's rows in pages, or the hits of a search.

Invariants: at most PAGE rows are read at a time; the number of rows is known at once, so that the
scroll bar is honest; no body is ever read.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from journal_app.domain.entry import Row
from journal_app.domain.views import View, parse_words
from journal_app.journal import Journal

PAGE = 100
KEPT_PAGES = 20
ROW = Qt.ItemDataRole.UserRole + 1
SNIPPET = Qt.ItemDataRole.UserRole + 2
TERMS = Qt.ItemDataRole.UserRole + 3

AnyIndex = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Rows of one view or one search."""

    def __init__(self, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._view = View("all")
        self._query = ""
        self._count = 0
        self._pages: dict[int, list[Row]] = {}
        self._snippets: list[str] = []
        self._terms: tuple[str, ...] = ()

    @property
    def view(self) -> View:
        """The view that is shown when nothing is searched for."""
        return self._view

    @property
    def query(self) -> str:
        """The words that are searched for; '' shows the view."""
        return self._query

    def show(self, view: View, query: str = "") -> None:
        """Show a view, or what a search finds in all entries."""
        self.beginResetModel()
        self._view, self._query = view, query.strip()
        self._pages.clear()
        self._snippets = []
        self._terms = ()
        words = parse_words(query)
        if self._query and not words.empty:
            hits = self._journal.entries.search(query, limit=PAGE)
            self._pages[0] = [hit.row for hit in hits]
            self._snippets = [hit.snippet for hit in hits]
            self._terms = (*words.terms, *words.phrases)
            self._count = len(hits)
        else:
            self._query = ""
            self._count = self._journal.entries.count(view)
        self.endResetModel()

    def refresh(self) -> None:
        """Read again what is shown."""
        self.show(self._view, self._query)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many entries the view or the search holds."""
        return 0 if parent is not None and parent.isValid() else self._count

    def row(self, number: int) -> Row | None:
        """The entry in line `number`; None where it went away since the count."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            if len(self._pages) >= KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._journal.entries.rows(
                self._view, limit=PAGE, offset=page * PAGE
            )
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def line_of(self, entry_id: str, near: Sequence[int] = (0,)) -> int | None:
        """The line that shows an entry, looked for in the pages of the lines `near`."""
        for page in dict.fromkeys([*(line // PAGE for line in near), *self._pages]):
            if page * PAGE < self._count:
                self.row(page * PAGE)
            for place, row in enumerate(self._pages.get(page, ())):
                if row.id == entry_id:
                    return page * PAGE + place
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, accessible text, and the row for the delegate."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or "Untitled"
        if role == ROW:
            return row
        if role == SNIPPET:
            return self._snippets[index.row()] if self._snippets else row.excerpt
        if role == TERMS:
            return self._terms
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.kind}: {row.title or 'Untitled'}. {row.excerpt}"
        return None
