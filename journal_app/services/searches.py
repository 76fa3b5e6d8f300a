"""Saved searches: a query under a name, listed in the sidebar and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.errors import JournalError
from journal_app.store import saved_searches

if TYPE_CHECKING:
    from journal_app.domain.views import SavedSearch
    from journal_app.store.database import Store

NAME = 80  # characters


class SearchService:
    """The saved searches of one journal. `ref` is an id or a name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[SavedSearch]:
        """Every saved search, in its place."""
        return saved_searches.listing(self._store.read())

    def get(self, ref: str) -> SavedSearch:
        """One saved search. Raises NotFound."""
        return saved_searches.get(self._store.read(), ref.removeprefix("@"))

    def save(self, name: str, query: str) -> SavedSearch:
        """Keep `query` under `name`; a search of that name gets the new query.

        Raises JournalError for an empty name or query.
        """
        query = query.strip()
        if not query:
            raise JournalError("There is nothing to save: the search is empty.", "Type words.")
        with self._store.write() as w:
            return saved_searches.save(w, self._store.new_id(), _name(name), query)

    def rename(self, ref: str, name: str) -> SavedSearch:
        """Give a saved search another name. Raises JournalError when another one has it."""
        with self._store.write() as w:
            found = saved_searches.get(w.db, ref)
            saved_searches.rename(w, found.id, _name(name))
            return saved_searches.get(w.db, found.id)

    def remove(self, ref: str) -> SavedSearch:
        """Forget a saved search; what it was, so that `save` can bring it back."""
        with self._store.write() as w:
            found = saved_searches.get(w.db, ref)
            saved_searches.remove(w, found.id)
            return found

    def move(self, ref: str, position: int) -> None:
        """Move a saved search to a place of the list, counted from 0."""
        with self._store.write() as w:
            saved_searches.place(w, saved_searches.get(w.db, ref).id, position)


def _name(name: str) -> str:
    cleaned = " ".join(name.split()).removeprefix("@")[:NAME]
    if not cleaned:
        raise JournalError("A saved search needs a name.", "`journal search WORDS --save NAME`.")
    return cleaned
