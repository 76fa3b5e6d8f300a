"""Where entries were captured: more of it added later, and forgotten on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from journal_app.errors import JournalError
from journal_app.store import context, entries

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.store.database import Store


def add_context(store: Store, id: str, facts: Mapping[str, str]) -> None:
    """Keep more of where an entry was captured. An entry that is not there is passed over; so is
    everything while `capture.context` is off."""
    if facts and context.wanted(store.read()):
        with store.write() as w:
            if entries.exists(w.db, id):
                context.keep(w, id, facts)
                w.changed("entry", id)


def forget_context(store: Store, ref: str, keys: Iterable[str] | None = None) -> Entry:
    """Remove facts about where an entry was captured; None removes all of them.

    Raises JournalError for a key that the entry does not have.
    """
    with store.write() as w:
        entry = entries.get(w.db, entries.resolve(w.db, ref))
        gone = list(entry.context if keys is None else keys)
        for key in gone:
            if key not in entry.context:
                raise JournalError(
                    f"This entry has no {key!r} in its context.",
                    f"It has: {', '.join(entry.context) or 'nothing'}.",
                )
        if gone:
            context.forget(w, entry.id, gone)
        return entries.get(w.db, entry.id)


def restore_context(store: Store, id: str, facts: Mapping[str, str]) -> None:
    """Bring back facts that were removed by mistake, whatever the setting says by now."""
    with store.write() as w:
        if entries.exists(w.db, id):
            context.put(w, id, facts)
            w.changed("entry", id)
