"""The history of an entry: its revisions, what changed between two, and names.

journal.history.heads(ref, limit=…)      a page of revisions without their texts
journal.history.compare(ref, 3, 7)       blocks of words that stayed, went and came
journal.history.restore(ref, 3)          revision 3 becomes the newest; nothing is lost
journal.history.name(ref, 3, "…")        a name keeps a revision for good
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.domain import capture, diff
from journal_app.domain.entry import Entry, Revision, shorten
from journal_app.errors import JournalError
from journal_app.store import entries
from journal_app.store import revisions as kept

if TYPE_CHECKING:
    from journal_app.domain.diff import Block, Size
    from journal_app.domain.revisions import Head
    from journal_app.services.entries import EntryService
    from journal_app.store.database import Store

NAME = 80  # characters of a name


class HistoryService:
    """Revisions of one journal's entries; `writing` is what saves entries."""

    def __init__(self, store: Store, writing: EntryService) -> None:
        self._store = store
        self._writing = writing

    def heads(self, ref: str, *, limit: int = -1, offset: int = 0) -> list[Head]:
        """A page of the kept revisions, newest first."""
        db = self._store.read()
        return kept.heads(db, entries.resolve(db, ref), limit, offset)

    def count(self, ref: str) -> int:
        """How many revisions are kept."""
        db = self._store.read()
        return kept.count(db, entries.resolve(db, ref))

    def revision(self, ref: str, rev: int) -> Revision:
        """One revision with its text. Raises NotFound."""
        db = self._store.read()
        return entries.revision(db, entries.resolve(db, ref), rev)

    def find(self, ref: str, which: str) -> int:
        """The number of the revision that a number or a name means; `now` is the newest.

        Raises JournalError where there is none.
        """
        db = self._store.read()
        id = entries.resolve(db, ref)
        if which == "now":
            return entries.get(db, id).rev
        if which.isascii() and which.isdigit():
            return entries.revision(db, id, int(which)).rev
        found = kept.named(db, id, which)
        if found is None:
            raise JournalError(
                f"This entry has no version {which!r}.", f"`journal history {id}` lists them."
            )
        return found

    def before(self, ref: str, rev: int) -> int | None:
        """The kept revision before `rev`; None for the first."""
        db = self._store.read()
        return kept.before(db, entries.resolve(db, ref), rev)

    def compare(self, ref: str, old: int | None, new: int) -> list[Block]:
        """What changed from one revision to another; `old` None compares with an empty page."""
        db = self._store.read()
        id = entries.resolve(db, ref)
        text = entries.revision(db, id, old).body if old is not None else ""
        return diff.compare(text, entries.revision(db, id, new).body)

    def size(self, ref: str, rev: int) -> Size:
        """How many words a revision added and removed against the one before it."""
        return diff.size(self.compare(ref, self.before(ref, rev), rev))

    def restore(self, ref: str, rev: int) -> Entry:
        """Make a revision the newest one; what stands now stays as a revision."""
        return self._writing.restore_revision(ref, rev)

    def name(self, ref: str, rev: int | None, name: str) -> Head:
        """Name a revision (None: the newest), so that it is kept for good; "" takes the name away.

        Raises JournalError when the entry has another revision of that name.
        """
        wanted = shorten(capture.clean_text(name), NAME)
        with self._store.write() as w:
            id = entries.resolve(w.db, ref)
            number = entries.get(w.db, id).rev if rev is None else rev
            entries.revision(w.db, id, number)
            other = kept.named(w.db, id, wanted) if wanted else None
            if other not in (None, number):
                raise JournalError(
                    f"Revision {other} of this entry is called {wanted!r} already.",
                    "Choose another name.",
                )
            if wanted.isdigit() or wanted == "now":
                raise JournalError(
                    f"{wanted!r} would be taken for a revision's number.", "Choose another name."
                )
            kept.name(w, id, number, wanted)
            return next(head for head in kept.heads(w.db, id) if head.rev == number)
