"""Drafts: a post made out of entries, without a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.drafting import compose, description_of
from journal_app.domain.entry import TITLE, Entry, Link, shorten
from journal_app.domain.post_facts import checked_front
from journal_app.domain.publishing import slug
from journal_app.errors import JournalError
from journal_app.store import entries

if TYPE_CHECKING:
    from journal_app.store.database import Store


class WritingService:
    """Makes posts out of entries of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def draft(self, refs: Sequence[str], title: str) -> Entry:
        """A post out of entries, in the order given; the same entries give the same text.

        Carried over: text, tags, links to runs and evals, files; a `derived-from` link leads to
        each source. Raises JournalError for no entry, an empty title, or an entry in the trash.
        """
        name = shorten(title, TITLE)
        if not name:
            raise JournalError("A post needs a title.", "Give it with --title.")
        post_id = self._store.new_id()
        with self._store.write() as w:
            ids = dict.fromkeys(entries.resolve(w.db, ref) for ref in refs)
            sources = [entries.get(w.db, id) for id in ids]
            if not sources:
                raise JournalError(
                    "A draft needs at least one entry.", "`journal list` shows them."
                )
            for source in sources:
                if source.trashed_at is not None:
                    raise JournalError(
                        f"{source.title!r} is in the trash.",
                        f"`journal restore {source.id}` first.",
                    )
            body = compose(sources)
            entries.insert(
                w,
                post_id,
                body,
                kind="post",
                title=name,
                tags=dict.fromkeys(tag for source in sources for tag in source.tags),
                ties=[(self._store.new_id(), link) for link in _links(sources)],
                front={
                    "slug": slug(name, f"post-{post_id[-6:]}"),
                    "description": description_of(name, sources),
                },
                origin="draft",
            )
            for source in sources:
                for file in source.attachments:
                    entries.attach(w, post_id, file, Path(file.path).suffix)
            return entries.get(w.db, post_id)

    def describe(self, ref: str, changes: Mapping[str, str]) -> Entry:
        """Change what readers see of a post beside its text: DESCRIBED; an empty value takes one
        away. It is a new revision, so what was approved before stays as it was.

        Raises JournalError for an entry that is no post, and for a value that sites do not take.
        """
        with self._store.write() as w:
            post = entries.get(w.db, entries.resolve(w.db, ref))
            if post.kind != "post":
                raise JournalError(
                    f"{post.title!r} is a {post.kind}, not a post.",
                    f"Make one: `journal draft {post.id} --title …`.",
                )
            front = dict(post.front)
            for name, value in changes.items():
                front[name] = checked_front(name, value)
            front = {name: value for name, value in front.items() if value != ""}
            if front != dict(post.front):
                entries.update(
                    w,
                    post,
                    body=post.body,
                    kind=post.kind,
                    title=post.title,
                    tags=post.tags,
                    front=front,
                    origin="described",
                )
                w.changed("entry", post.id)
            return entries.get(w.db, post.id)


def _links(sources: Sequence[Entry]) -> list[Link]:
    evidence = [
        Link(link.target_kind, link.target_id, link.relation)
        for source in sources
        for link in source.links
        if link.target_kind in ("run", "eval")
    ]
    origins = [Link("entry", source.id, "derived-from") for source in sources]
    return list(dict.fromkeys([*evidence, *origins]))
