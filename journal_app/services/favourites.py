"""Entries with a star, as the sidebar lists them. Giving and taking stars is in `bulk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.store import favourites, rows

if TYPE_CHECKING:
    from journal_app.domain.entry import Row
    from journal_app.store.database import Store


class FavouriteService:
    """The starred entries of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ids(self) -> list[str]:
        """Starred entries that are not in the trash, the oldest star first."""
        return favourites.ids(self._store.read())

    def rows(self, limit: int) -> list[Row]:
        """Rows of the first of them."""
        return rows.rows_of(self._store.read(), self.ids()[:limit])

    def has(self, id: str) -> bool:
        """Whether an entry has a star."""
        return favourites.has(self._store.read(), id)
