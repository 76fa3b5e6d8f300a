"""Two versions of an entry made one: the entry as it stands, and the copy that a clash kept.

journal.merging.look(copy)        both sides, their base, and the merged parts
journal.merging.accept(clash, text)   one new revision of the entry; the copy goes to the trash
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain import merge
from journal_app.domain.entry import Entry, title_of
from journal_app.domain.revisions import origin_of
from journal_app.errors import JournalError
from journal_app.store import entries, links
from journal_app.store import revisions as kept

if TYPE_CHECKING:
    from journal_app.domain.merge import Part
    from journal_app.services.entries import EntryService
    from journal_app.store.database import Store, Writer

SUFFIX = " (other version)"


@dataclass(frozen=True, slots=True)
class Clash:
    """An entry and its other version. `base_rev` None: no common ancestor is known, and the lines
    that both hold stand in for it."""

    entry: Entry
    copy: Entry
    base_rev: int | None
    base: str
    parts: tuple[Part, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing has to be decided."""
        return not merge.conflicts(self.parts)


class MergeService:
    """Merges in one journal; `writing` is what saves entries."""

    def __init__(self, store: Store, writing: EntryService) -> None:
        self._store = store
        self._writing = writing

    def original(self, ref: str) -> str | None:
        """The id of the entry that a copy was made of; None for an entry that is no such copy."""
        db = self._store.read()
        id = entries.resolve(db, ref)
        if origin_of(kept.first_origin(db, id)).word != "conflict":
            return None
        found = entries.get(db, id).links
        return next(
            (
                x.target_id
                for x in found
                if (x.target_kind, x.relation) == ("entry", "derived-from")
            ),
            None,
        )

    def look(self, copy_ref: str, entry_ref: str | None = None) -> Clash:
        """Both sides and what a merge makes of them. `mine` is the copy, `theirs` the entry.

        Raises JournalError when the first is no copy and no entry is named.
        """
        db = self._store.read()
        copy = entries.get(db, entries.resolve(db, copy_ref))
        known = self.original(copy.id)
        if entry_ref is None and known is None:
            raise JournalError(
                f"{copy.title!r} is not another version of an entry.",
                "Name both: `journal merge ENTRY COPY`.",
            )
        entry = entries.get(db, entries.resolve(db, entry_ref) if entry_ref else str(known))
        if entry.id == copy.id:
            raise JournalError("An entry cannot be merged with itself.", "Name two entries.")
        base_rev = self._base(entry.id, copy.id) if entry.id == known else None
        if base_rev is None:
            base = merge.common(copy.body, entry.body)
        else:
            base = entries.revision(db, entry.id, base_rev).body
        parts = merge.merge(base, copy.body, entry.body)
        return Clash(entry, copy, base_rev, base, tuple(parts))

    def look_from(self, ref: str) -> Clash:
        """Like `look`, from either side: the copy, or the entry that has one.

        Raises JournalError where there is no other version.
        """
        db = self._store.read()
        id = entries.resolve(db, ref)
        if self.original(id) is not None:
            return self.look(id)
        for other, relation, incoming in links.between(db, id, 100):
            if not (incoming and relation == "derived-from"):
                continue
            if entries.get(db, other).trashed_at is None and self.original(other) == id:
                return self.look(other)
        raise JournalError(
            "This entry has no other version.", "A merge is for texts that were changed twice."
        )

    def accept(self, clash: Clash, text: str, *, origin: str = "merge") -> Entry:
        """Write the merged text into the entry, bring over tags, links and files of the copy, and
        put the copy into the trash: one transaction.

        Raises JournalError when one of the two was changed since they were looked at.
        """
        with self._store.write() as w:
            entry = entries.get(w.db, clash.entry.id)
            copy = entries.get(w.db, clash.copy.id)
            if entry.rev != clash.entry.rev or copy.rev != clash.copy.rev:
                raise JournalError(
                    "One of the versions was changed meanwhile; nothing was written.",
                    "Open the merge again.",
                )
            # Trash first: it refuses what must not go, before anything is written.
            self._writing.trash(copy.id)
            title, kind = self._head(w, clash)
            self._writing.save(
                entry.id, text, base_rev=entry.rev, title=title, kind=kind, origin=origin
            )
            self._bring_over(w, copy, entry)
            return entries.get(w.db, entry.id)

    def _base(self, entry_id: str, copy_id: str) -> int | None:
        """The kept revision that both versions began with: the one that the copy names, or the
        nearest before it, which is an ancestor of both as well."""
        db = self._store.read()
        rev = origin_of(kept.first_origin(db, copy_id)).rev
        return kept.at_or_before(db, entry_id, rev) if rev is not None else None

    def _head(self, w: Writer, clash: Clash) -> tuple[str | None, str]:
        """Title (None: it follows the text) and kind: the side that changed them wins, the entry
        where both did."""
        entry, copy = clash.entry, clash.copy
        theirs = None if entry.title == title_of(entry.body) else entry.title
        if clash.base_rev is None:
            return theirs, entry.kind
        base = entries.revision(w.db, entry.id, clash.base_rev)
        kind = copy.kind if entry.kind == base.kind else entry.kind
        mine = copy.title.removesuffix(SUFFIX)
        own = mine not in (title_of(copy.body), base.title) and not mine.endswith("…")
        return (mine if own and entry.title == base.title else theirs), kind

    def _bring_over(self, w: Writer, copy: Entry, entry: Entry) -> None:
        tags = [tag for tag in copy.tags if tag != "conflict" and tag not in entry.tags]
        if tags:
            self._writing.tag(entry.id, tags)
        for link in copy.links:
            if (link.target_kind, link.target_id) != ("entry", entry.id):
                links.add(w, self._store.new_id(), entry.id, link)
        w.db.execute(
            "INSERT OR IGNORE INTO entry_attachments (entry_id, sha256, name)"
            " SELECT ?, sha256, name FROM entry_attachments WHERE entry_id = ?",
            (entry.id, copy.id),
        )
