"""Capture and write: what happens to entries.

Invariants: a capture is one transaction; a save names the revision it started from, and when the
entry was changed elsewhere since, both texts are kept: the later one as a copy linked to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain import capture
from journal_app.domain.entry import (
    TITLE,
    Attachment,
    Entry,
    Link,
    Revision,
    Row,
    reference,
    shorten,
    title_of,
)
from journal_app.domain.links import renames, rewritten
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.runtime.surroundings import surroundings
from journal_app.store import attachments, entries, linking, rows
from journal_app.store import context as kept_context
from journal_app.store import links as ties

if TYPE_CHECKING:
    from journal_app.store.database import Store, Writer
    from journal_app.store.search import Found

AUTOSAVE_SPAN = 5 * 60 * 1000  # autosaves within five minutes become one revision


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry after a save. `copy` holds the text of this save when the entry itself had been
    changed elsewhere: the entry then keeps the other text."""

    entry: Entry
    copy: Entry | None = None


class EntryService:
    """Entries of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------------ capture

    def add(
        self,
        text: str,
        *,
        kind: str = "note",
        title: str | None = None,
        tags: Iterable[str] = (),
        runs: Iterable[str] = (),
        attach: Iterable[Path] = (),
        origin: str = "cli",
        id: str | None = None,
        created_at: int | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Entry:
        """Keep a capture line: `text #tag ->run:ID`. A second call with the same `id` adds nothing.

        `context` None: where this process works; it is kept while `capture.context` is on.
        Raises JournalError for empty text, an unknown kind, or a file that cannot be attached.
        """
        parsed = capture.parse(text)
        links = [*parsed.links, *(Link("run", run) for run in runs if run.strip())]
        all_tags = [*parsed.tags, *(capture.clean_tag(tag) for tag in tags)]
        return self.create(
            parsed.text,
            kind=kind,
            title=title,
            tags=all_tags,
            links=links,
            attach=[attachments.put_file(self._store.folder, path) for path in attach],
            origin=origin,
            id=id,
            created_at=created_at,
            context=surroundings() if context is None and self._looks_around() else context,
        )

    def _looks_around(self) -> bool:
        return kept_context.wanted(self._store.read())

    def create(
        self,
        body: str,
        *,
        kind: str = "note",
        title: str | None = None,
        tags: Iterable[str] = (),
        links: Iterable[Link] = (),
        front: Mapping[str, Any] | None = None,
        attach: Sequence[Attachment] = (),
        origin: str = "window",
        id: str | None = None,
        created_at: int | None = None,
        context: Mapping[str, str] | None = None,
    ) -> Entry:
        """A new entry with exactly this body (an empty one is allowed: a page to write on)."""
        capture.clean_kind(kind)
        body = capture.clean_text(body)
        title = capture.clean_text(title) if title else title
        if attach:
            shown = "\n".join(reference(file) for file in attach)
            body = f"{body}\n\n{shown}" if body.strip() else shown
        entry_id = id or self._store.new_id()
        with self._store.write() as w:
            if (
                id is not None
                and w.db.execute("SELECT 1 FROM entries WHERE id = ?", (id,)).fetchone()
            ):
                return entries.get(w.db, id)
            entries.insert(
                w,
                entry_id,
                body,
                kind=kind,
                title=shorten(title, TITLE) if title else title_of(body),
                tags=list(dict.fromkeys(tags)),
                ties=[(self._store.new_id(), linking.resolved(w.db, link)) for link in links],
                front=front,
                origin=origin,
                created_at=created_at,
            )
            for file in attach:
                entries.attach(w, entry_id, file, Path(file.path).suffix)
            kept_context.keep(w, entry_id, context)
            return entries.get(w.db, entry_id)

    # ------------------------------------------------------------------ reading

    def get(self, ref: str) -> Entry:
        """The entry that an id, a beginning of one, or an exact title names. Raises NotFound."""
        db = self._store.read()
        return entries.get(db, entries.resolve(db, ref))

    def rows(
        self,
        view: View | None = None,
        *,
        limit: int = 200,
        offset: int = 0,
        after: Row | None = None,
    ) -> list[Row]:
        """A page of a view, newest change first, from `offset` rows behind the row `after`."""
        return rows.rows(self._store.read(), self._dated(view or View()), limit, offset, after)

    def count(self, view: View) -> int:
        """How many entries a view holds."""
        return rows.count(self._store.read(), self._dated(view))

    def tags(self, limit: int = 100) -> list[tuple[str, int]]:
        """Tags with the number of their entries, the most used first."""
        return rows.tag_counts(self._store.read(), limit)

    def search(
        self,
        text: str,
        *,
        limit: int = 100,
        patience: float | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Found:
        """Entries that a search finds (see `domain.query` and `store.search.find`); the last word
        matches as a prefix while it is typed. Raises Cancelled when `stop` says so."""
        from journal_app.store import search  # 8 ms that `journal add` does not need

        today = datetime.fromtimestamp(self._store.now() / 1000).date()
        return search.find(self._store.read(), text, today, limit, patience=patience, stop=stop)

    def near(self, id: str, limit: int = 12) -> list[tuple[Row, str, bool]]:
        """Entries that this one links, then those that link it: row, relation, and whether the
        other one links. What lies in the trash is left out."""
        db = self._store.read()
        ways = ties.between(db, id, 2 * limit)
        known = {row.id: row for row in rows.rows_of(db, [way[0] for way in ways])}
        found: dict[str, tuple[Row, str, bool]] = {}
        for other, relation, incoming in ways:
            row = known.get(other)
            if row is not None and row.trashed_at is None and other != id:
                found.setdefault(other, (row, relation, incoming))
        return list(found.values())[:limit]

    def revisions(self, ref: str) -> list[Revision]:
        """The kept revisions of an entry, newest first."""
        db = self._store.read()
        return entries.revisions(db, entries.resolve(db, ref))

    def _dated(self, view: View) -> View:
        if view.section != "today" or view.since is not None:
            return view
        now = datetime.fromtimestamp(self._store.now() / 1000).astimezone()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        since = int(midnight.timestamp() * 1000)
        return View("all", view.kind, view.tag, view.run, since, view.order)

    # ------------------------------------------------------------------ writing

    def save(
        self,
        id: str,
        body: str,
        *,
        base_rev: int,
        title: str | None = None,
        kind: str | None = None,
        origin: str = "window",
    ) -> Saved:
        """Save a text that was edited from revision `base_rev`.

        `title` None keeps a title of its own and follows the first line otherwise. Tags written in
        the text come and go with it; tags added by hand stay.
        """
        with self._store.write() as w:
            entry = entries.get(w.db, id)
            same = (
                body == entry.body and title in (None, entry.title) and kind in (None, entry.kind)
            )
            if same:
                return Saved(entry)
            if entry.rev != base_rev:
                carried = self._carried(w, entry, body, base_rev)
                if carried is None:
                    return Saved(entry, self._conflict_copy(w, entry, body, title, kind, base_rev))
                if title == title_of(body):
                    title = title_of(carried)
                body = carried
            if title is None:
                follows = entry.title == title_of(entry.body)
                title = title_of(body) if follows else entry.title
            self._write(w, entry, body=body, title=title, kind=kind or entry.kind, origin=origin)
            return Saved(entries.get(w.db, id))

    @staticmethod
    def _carried(w: Writer, entry: Entry, body: str, base_rev: int) -> str | None:
        """The text with the names of its links as they are now, where nothing else was changed
        since it was opened; else None."""
        base = entries.only_renamed(w.db, entry.id, base_rev, entry.rev)
        goals = None if base is None else renames(base.body, entry.body)
        return None if goals is None else rewritten(body, goals)

    def _conflict_copy(
        self,
        w: Writer,
        entry: Entry,
        body: str,
        title: str | None,
        kind: str | None,
        base_rev: int,
    ) -> Entry:
        copy_id = self._store.new_id()
        entries.insert(
            w,
            copy_id,
            body,
            kind=kind or entry.kind,
            title=shorten(f"{title or title_of(body) or entry.title} (other version)", TITLE + 20),
            tags=[*entry.tags, "conflict"],
            ties=[(self._store.new_id(), Link("entry", entry.id, "derived-from"))],
            front=entry.front,
            origin=f"conflict-{base_rev}",  # what both sides began with: a merge needs it
            like=entry.id,
        )
        return entries.get(w.db, copy_id)

    def _write(
        self, w: Writer, entry: Entry, *, body: str, title: str, kind: str, origin: str
    ) -> None:
        capture.clean_kind(kind)
        before = set(_inline_tags(entry.body))
        now_inline = _inline_tags(body)
        tags = [t for t in entry.tags if t not in before] + list(now_inline)
        previous = entries.revision(w.db, entry.id, entry.rev)
        entries.update(
            w,
            entry,
            body=body,
            kind=kind,
            title=shorten(title, TITLE) if title else title_of(body),
            tags=list(dict.fromkeys(tags)),
            front=entry.front,
            origin=origin,
            drop_previous=origin == "autosave"
            and previous.origin == "autosave"
            and w.now - previous.created_at < AUTOSAVE_SPAN,
        )

    def restore_revision(self, ref: str, rev: int) -> Entry:
        """Make an earlier revision the newest one; what stands now stays as a revision."""
        with self._store.write() as w:
            entry = entries.get(w.db, entries.resolve(w.db, ref))
            old = entries.revision(w.db, entry.id, rev)
            self._write(
                w, entry, body=old.body, title=old.title, kind=old.kind, origin=f"restore-{rev}"
            )
            return entries.get(w.db, entry.id)

    def tag(self, ref: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Entry:
        """Add and remove tags; removing a tag that the text itself holds is an error."""
        with self._store.write() as w:
            entry = entries.get(w.db, entries.resolve(w.db, ref))
            gone = {capture.clean_tag(tag) for tag in remove}
            written = gone & set(_inline_tags(entry.body))
            if written:
                raise JournalError(
                    f"#{sorted(written)[0]} is written in the text of this entry.",
                    "Remove it from the text: `journal edit`.",
                )
            kept = [t for t in entry.tags if t not in gone]
            tags = dict.fromkeys([*kept, *(capture.clean_tag(tag) for tag in add)])
            entries.set_tags(w, entry.id, list(tags))
            w.changed("entry", entry.id)
            return entries.get(w.db, entry.id)

    def link(self, ref: str, target: str, relation: str = "about") -> tuple[Entry, bool]:
        """Link an entry to `run:ID`, `eval:ID` or `entry:ID`; a bare word is taken for a run.

        The second value is False for a run that is not imported yet: the link waits for it.
        """
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            link, known = linking.meant(w.db, target, relation)
            if ties.add(w, self._store.new_id(), entry_id, link):
                w.changed("entry", entry_id)
            return entries.get(w.db, entry_id), known

    def unlink(self, ref: str, target_kind: str, target_id: str) -> Entry:
        """Remove the links of an entry to a target."""
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            if ties.remove(w, entry_id, target_kind, target_id):
                w.changed("entry", entry_id)
            return entries.get(w.db, entry_id)

    def attach(self, ref: str, data: bytes, name: str) -> Attachment:
        """Keep a file with an entry; the text is not changed (see `domain.entry.reference`)."""
        file = attachments.put(self._store.folder, data, name)
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            entries.attach(w, entry_id, file, Path(file.path).suffix)
            w.changed("entry", entry_id)
        return file

    def waiting_links(self, entry: Entry) -> list[str]:
        """Why links of the entry lead nowhere yet: one line each."""
        return linking.waiting(self._store.read(), entry)

    def trash(self, ref: str) -> Entry:
        """Put an entry into the trash. A post that is scheduled must be taken off first."""
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            waiting = w.db.execute(
                f"SELECT id FROM publications WHERE post_id = ? AND state IN {rows.IN_FLIGHT}",
                (entry_id,),
            ).fetchone()
            if waiting:
                raise JournalError(
                    "This post is scheduled, so it cannot go to the trash.",
                    f"Take it off first: `journal unschedule {waiting['id']}`.",
                )
            entries.set_trashed(w, entry_id, w.now)
            return entries.get(w.db, entry_id)

    def restore(self, ref: str) -> Entry:
        """Take an entry out of the trash."""
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            entries.set_trashed(w, entry_id, None)
            return entries.get(w.db, entry_id)


def _inline_tags(body: str) -> tuple[str, ...]:
    try:
        return capture.parse(body).tags
    except JournalError:  # an empty page has no tags
        return ()
