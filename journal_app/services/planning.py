"""What a publication fixes when it is made, and the post that it later sends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.drafting import public_excerpt, public_line, without_links
from journal_app.domain.publishing import Plan, Publication, Target, slug
from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError
from journal_app.store import entries, publications

if TYPE_CHECKING:
    from journal_app.domain.due import Due
    from journal_app.domain.entry import Entry
    from journal_app.store.database import Store


def plan(
    store: Store,
    entry: Entry,
    target: Target,
    natural_key: Callable[[Config, Post], str],
    due: Due,
    wanted_slug: str | None,
) -> Publication:
    """A publication of the entry's present revision, with a place that no other post holds.

    A post that is already out at the target keeps its place and date: an update, not a second page.
    """
    id = store.new_id()
    tags = entry.tags
    title = _public_title(entry.title)
    given = public_line(str(entry.front.get("description") or ""))
    description = given or public_excerpt(title, entry.body)
    before = _last_out(store, entry.id, target.name)
    if before is not None:
        if wanted_slug and slug(wanted_slug) != before.plan.slug:
            raise JournalError(
                f"This post is already out as {before.plan.slug!r} at {target.name}.",
                "Leave --slug away to update it; a second page of one post is not made.",
            )
        kept = Plan(before.plan.slug, tags, description, before.plan.dated, updated=due)
        return _made(id, entry, target, due, before.natural_key, kept)
    base = slug(str(wanted_slug or entry.front.get("slug") or title), f"post-{entry.id[-6:]}")
    n = 1
    while True:
        name = base if n == 1 else f"{base}-{n}"
        kept = Plan(name, tags, description, due)
        key = natural_key(target.config, _post(entry, kept))
        if not publications.key_taken(store.read(), target.name, key, entry.id):
            return _made(id, entry, target, due, key, kept)
        if wanted_slug:
            raise JournalError(
                f"Another post holds {key} at {target.name}.", "Choose another --slug."
            )
        n += 1


def _made(id: str, entry: Entry, target: Target, due: Due, key: str, kept: Plan) -> Publication:
    return Publication(id, entry.id, entry.rev, target.name, "scheduled", due, key, kept)


def _last_out(store: Store, post_id: str, target: str) -> Publication | None:
    out = [p for p in publications.of_post(store.read(), post_id, target) if p.state == "published"]
    return max(out, key=lambda p: (p.receipt.at if p.receipt else 0, p.id), default=None)


def _public_title(title: str) -> str:
    return without_links(title).strip() or title


def _post(entry: Entry, kept: Plan) -> Post:
    return Post(
        entry.id,
        entry.rev,
        _public_title(entry.title),
        entry.body,
        kept.slug,
        kept.tags,
        kept.description,
        kept.dated,
        Path(),
    )


def as_post(store: Store, p: Publication) -> Post:
    """The post that `p` sends: its frozen text and plan, never the present ones."""
    text = publications.frozen(store.read(), p.post_id, p.rev)
    before = _last_out(store, p.post_id, p.target)
    return Post(
        p.post_id,
        p.rev,
        _public_title(text.title),
        text.body,
        p.plan.slug,
        p.plan.tags,
        p.plan.description,
        p.plan.dated,
        store.folder,
        tuple(entries.attachments_of(store.read(), p.post_id)),
        before.receipt.sha256 if before and before.receipt else None,
        p.plan.updated,
        p.plan.sha256 or None,
    )
