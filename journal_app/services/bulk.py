"""One change to many entries: one transaction, one way back.

    done = journal.bulk.tag(ids, add=["warmup"])
    journal.bulk.undo(done)

Every call gives what it did (`Done`): how many entries it changed, which ones it had to leave
alone and why, and how they were before, so that `undo` puts back exactly what the call changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from journal_app.domain import capture, retag
from journal_app.errors import JournalError
from journal_app.store import entries, favourites, links

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry, Link
    from journal_app.services.entries import EntryService
    from journal_app.store.database import Store, Writer


@dataclass(frozen=True, slots=True)
class Before:
    """An entry as it was, and the revision that the change left."""

    id: str
    rev: int
    rev_after: int
    tags: tuple[str, ...]
    trashed: bool
    starred: bool
    linked: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did. `skipped` are (title, reason)."""

    changed: tuple[Before, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()


class BulkService:
    """Changes to many entries of one journal; `writing` is what changes one."""

    def __init__(self, store: Store, writing: EntryService) -> None:
        self._store = store
        self._writing = writing

    def found(self, query: str) -> list[str]:
        """The ids of every entry that a search finds. Raises JournalError for one that is not
        understood."""
        from journal_app.store import search  # 8 ms that other commands do not need

        today = datetime.fromtimestamp(self._store.now() / 1000).date()
        return search.every(self._store.read(), query, today)

    def tag(self, ids: Sequence[str], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Done:
        """Add and remove tags. An entry whose text holds a tag that shall go is left alone."""
        more, less = list(add), list(remove)
        return self._each(ids, lambda _w, entry: self._writing.tag(entry.id, more, less))

    def set_kind(self, ids: Sequence[str], kind: str) -> Done:
        """Make the entries one kind; each gets a revision."""
        capture.clean_kind(kind)

        def change(_w: Writer, entry: Entry) -> None:
            self._writing.save(
                entry.id,
                entry.body,
                base_rev=entry.rev,
                title=entry.title,
                kind=kind,
                origin="bulk",
            )

        return self._each(ids, change)

    def link(self, ids: Sequence[str], target: str, relation: str = "about") -> Done:
        """Link the entries to a run, an eval result or an entry."""
        return self._each(ids, lambda _w, entry: self._writing.link(entry.id, target, relation))

    def star(self, ids: Sequence[str], on: bool = True) -> Done:
        """Give the entries a star, or take it away."""
        return self._each(ids, lambda w, entry: favourites.put(w, entry.id, on))

    def trash(self, ids: Sequence[str]) -> Done:
        """Put the entries into the trash; a scheduled post is left alone."""
        return self._each(ids, lambda _w, entry: self._writing.trash(entry.id))

    def restore(self, ids: Sequence[str]) -> Done:
        """Take the entries out of the trash."""
        return self._each(ids, lambda _w, entry: self._writing.restore(entry.id))

    def rename_tag(self, old: str, new: str) -> Done:
        """Call a tag something else, wherever it is and in every text that holds it (each such
        text gets a revision). Tags below it (`old/…`) move along; a tag that is there is joined.

        Raises JournalError for a tag that no entry has.
        """
        old, new = capture.clean_tag(old), capture.clean_tag(new)
        ids = [
            str(row["entry_id"])
            for row in self._store.read().execute(
                "SELECT DISTINCT entry_id FROM tags WHERE tag = ? OR (tag > ? AND tag < ?)",
                (old, old + "/", old + "0"),  # "0" follows "/"
            )
        ]
        if not ids:
            raise JournalError(f"No entry has the tag #{old}.", "`journal tags` lists them.")
        if old == new:
            return Done()

        def change(w: Writer, entry: Entry) -> None:
            body = retag.in_text(entry.body, old, new)
            if body != entry.body:
                title = retag.in_text(entry.title, old, new)
                entry = self._writing.save(
                    entry.id, body, base_rev=entry.rev, title=title, origin="rename-tag"
                ).entry
            tags = dict.fromkeys(retag.renamed(tag, old, new) for tag in entry.tags)
            if tuple(tags) != entry.tags:
                entries.set_tags(w, entry.id, list(tags))
                w.changed("entry", entry.id)

        return self._each(ids, change)

    def undo(self, done: Done) -> None:
        """Put back what a call changed. A text that was written on since keeps its text."""
        with self._store.write() as w:
            for before in reversed(done.changed):
                self._put_back(w, before)

    def _put_back(self, w: Writer, before: Before) -> None:
        if not entries.exists(w.db, before.id):
            return
        now = entries.get(w.db, before.id)
        if now.rev == before.rev_after != before.rev:
            self._writing.restore_revision(before.id, before.rev)
        if (now.trashed_at is not None) != before.trashed:
            entries.set_trashed(w, before.id, w.now if before.trashed else None)
        if favourites.has(w.db, before.id) != before.starred:
            favourites.put(w, before.id, before.starred)
        if set(entries.get(w.db, before.id).tags) != set(before.tags):
            entries.set_tags(w, before.id, before.tags)
            w.changed("entry", before.id)
        had = {(x.target_kind, x.target_id, x.relation) for x in before.linked}
        for link in now.links:
            if (link.target_kind, link.target_id, link.relation) not in had:
                links.remove(w, before.id, link.target_kind, link.target_id)
                w.changed("entry", before.id)

    def _each(self, ids: Sequence[str], change: Callable[[Writer, Entry], object]) -> Done:
        changed: list[Before] = []
        skipped: list[tuple[str, str]] = []
        with self._store.write() as w:
            for id in dict.fromkeys(ids):
                entry = entries.get(w.db, id)
                starred = favourites.has(w.db, id)
                try:
                    change(w, entry)
                except JournalError as error:  # refused before anything was written
                    skipped.append((entry.title, error.message))
                    continue
                after = entries.get(w.db, id)
                same = after == entry and favourites.has(w.db, id) == starred
                if not same:
                    changed.append(
                        Before(
                            id,
                            entry.rev,
                            after.rev,
                            entry.tags,
                            entry.trashed_at is not None,
                            starred,
                            entry.links,
                        )
                    )
        return Done(tuple(changed), tuple(skipped))
