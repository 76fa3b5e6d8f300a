"""The rows of the entry list: a view's rows in pages, or the hits of a search.

Invariants: at most PAGE rows are read at a time; the number of rows is known at once, so that the
scroll bar is honest; no body is ever read; a page is read from the nearest known row before it, so
that it costs the same at the end of a long list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)

from journal_app.domain.views import View
from journal_app.gui.language import tr
from journal_app.gui.lists.row_words import spoken

if TYPE_CHECKING:
    from journal_app.domain.entry import Row
    from journal_app.journal import Journal
    from journal_app.store.search import Found

PAGE = 100
KEPT_PAGES = 20
ROW = Qt.ItemDataRole.UserRole + 1
SNIPPET = Qt.ItemDataRole.UserRole + 2
TERMS = Qt.ItemDataRole.UserRole + 3

AnyIndex = QModelIndex | QPersistentModelIndex


class EntryModel(QStringListModel):
    """Rows of one view or one search.

    The base knows how many rows there are, and nothing else: a list view asks for their number
    twice for each row, and a million such questions are quick only where no Python answers.
    """

    def __init__(self, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._view = View("all")
        self._query = ""
        self._count = 0
        self._pages: dict[int, list[Row]] = {}
        self._ends: dict[int, Row] = {}  # the last row of every page that was read
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

    def show(self, view: View) -> None:
        """Show a view from its top."""
        self._view = view
        self._forget()
        self._hold(self._journal.entries.count(view))

    def show_found(self, query: str, found: Found) -> None:
        """Show what a search found in all entries."""
        self._forget()
        self._query = query
        self._pages[0] = [hit.row for hit in found]
        self._snippets = [
            tr("Similar title") + " · " + hit.snippet if hit.similar else hit.snippet
            for hit in found
        ]
        self._terms = found.texts
        self._hold(len(found))

    def refresh(self) -> None:
        """Read the shown view again; what a search found is asked for by the list.

        While their number is the same, no view is told: any signal makes it lay out all of its
        rows again (160 ms for a million), and a saved text changes no number. The list, which asks
        for this, paints the rows that are seen.
        """
        if self._query:
            return
        self._forget()
        count = self._journal.entries.count(self._view)
        if count != self._count:
            self._hold(count)

    def _forget(self) -> None:
        self._query = ""
        self._pages.clear()
        self._ends.clear()
        self._snippets = []
        self._terms = ()

    def _hold(self, count: int) -> None:
        """Have so many rows; every view begins anew."""
        self._count = count
        self.setStringList([""] * count)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen, not edited."""
        return QAbstractListModel.flags(self, index)

    def row(self, number: int) -> Row | None:
        """The entry in line `number`; None where it went away since the count."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            if self._query:
                return None
            if len(self._pages) >= KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._read(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def _read(self, page: int) -> list[Row]:
        before = max((known for known in self._ends if known < page), default=-1)
        rows = self._journal.entries.rows(
            self._view,
            limit=PAGE,
            offset=(page - before - 1) * PAGE,
            after=self._ends.get(before),
        )
        if len(rows) == PAGE:
            self._ends[page] = rows[-1]
        return rows

    def line_of(self, entry_id: str, near: Sequence[int] = (0,)) -> int | None:
        """The line that shows an entry, looked for in the pages that are known, then in those of
        the lines `near`, which are read."""
        known = list(self._pages)
        for page in dict.fromkeys([*known, *(line // PAGE for line in near)]):
            if page not in known and page * PAGE < self._count:
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
            return row.title or tr("Untitled")
        if role == ROW:
            return row
        if role == SNIPPET:
            return self._snippets[index.row()] if self._snippets else row.excerpt
        if role == TERMS:
            return self._terms
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self._journal.store.now())
        return None
