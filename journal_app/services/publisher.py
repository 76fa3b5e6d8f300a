"""Who publishes: one agent or window of a journal holds the lease, the others watch.

The lease keeps two from doing the same work; that nothing is sent twice does not hang on it: that
is the claim of each publication. Invariant: the lease of a process that has ended is free at once,
that of another computer after it was not seen for UNSEEN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.runtime import clock
from journal_app.store import publisher
from journal_app.store.publisher import Publisher

if TYPE_CHECKING:
    from journal_app.store.database import Store

SEEN = 60_000  # ms between two notes that the holder lives: few writes, for disks and batteries
UNSEEN = 5 * 60_000  # ms after which a holder on another computer counts as gone


class PublisherService:
    """The lease of one journal, as seen by this process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, role: str) -> bool:
        """Whether this process publishes from now on; False while another one does."""
        if self._store.read_only:
            return False
        now = self._store.now()
        found = publisher.get(self._store.read())
        if found is not None and not self._free(found, now):
            if found.holder != clock.identity():
                return False
            if 0 <= now - found.beat_at < SEEN:
                return True
        with self._store.write() as w:
            found = publisher.get(w.db)
            if found is not None and not self._free(found, now):
                if found.holder != clock.identity():
                    return False
                publisher.put(w, Publisher(found.role, found.holder, found.since, now))
                return True
            publisher.put(w, Publisher(role, clock.identity(), now, now))
            return True

    def release(self) -> None:
        """Let another process publish."""
        found = publisher.get(self._store.read())
        if found is not None and found.holder == clock.identity():
            with self._store.write() as w:
                publisher.drop(w, clock.identity())

    def status(self) -> Publisher | None:
        """Who publishes now; None for nobody."""
        found = publisher.get(self._store.read())
        return None if found is None or self._free(found, self._store.now()) else found

    @staticmethod
    def _free(found: Publisher, now: int) -> bool:
        living = clock.alive(found.holder)
        if living is None:  # of another computer: only what it wrote can tell
            return abs(now - found.beat_at) > UNSEEN
        return not living
