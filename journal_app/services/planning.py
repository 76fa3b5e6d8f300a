"""What a publication fixes when it is made, and the post that it later sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.digest import NETWORK_KINDS
from journal_app.domain.drafting import public_excerpt, public_line, without_links
from journal_app.domain.publishing import Plan, Publication, Target, slug
from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError
from journal_app.store import entries, publications, targets

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
    Another slug renames it; its former places stay known, for redirects.
    """
    id = store.new_id()
    before = last_done(store, entry.id, target.name)
    if before is not None and before.state == "published":
        return _update(store, entry, target, natural_key, due, wanted_slug, before, id)
    known = before.plan.slug if before is not None else ""
    base = slug(
        str(wanted_slug or known or entry.front.get("slug") or _public_title(entry.title)),
        f"post-{entry.id[-6:]}",
    )
    n = 1
    while True:
        name = base if n == 1 else f"{base}-{n}"
        kept = _kept(entry, name, due)
        key = natural_key(target.config, _post(entry, kept, id))
        if not publications.key_taken(store.read(), target.name, key, entry.id):
            remote = before.remote if before is not None else {}
            made = _made(id, entry, target, due, key, kept)
            return replace(made, remote=remote)
        if wanted_slug:
            raise _taken(key, target)
        n += 1


def _update(
    store: Store,
    entry: Entry,
    target: Target,
    natural_key: Callable[[Config, Post], str],
    due: Due,
    wanted_slug: str | None,
    before: Publication,
    id: str,
) -> Publication:
    old = before.plan
    name = slug(wanted_slug) if wanted_slug else old.slug
    kept = replace(
        _kept(entry, name, old.dated), updated=due, former=old.former, former_slugs=old.former_slugs
    )
    key = before.natural_key
    if name != old.slug:
        # With the identity of the first publication: a key made of it must not change.
        key = natural_key(target.config, _post(entry, kept, before.id))
        if publications.key_taken(store.read(), target.name, key, entry.id):
            raise _taken(key, target)
        if key != before.natural_key:
            kept = replace(
                kept,
                former=(*(k for k in old.former if k != key), before.natural_key),
                former_slugs=(*(s for s in old.former_slugs if s != name), old.slug),
            )
    made = _made(id, entry, target, due, key, kept)
    return replace(made, act="update", remote=before.remote)


def withdrawal(store: Store, before: Publication, due: Due) -> Publication:
    """A publication that takes `before` back from its readers."""
    return Publication(
        store.new_id(),
        before.post_id,
        before.rev,
        before.target,
        "scheduled",
        due,
        before.natural_key,
        before.plan,
        act="unpublish",
        remote=before.remote,
        late_limit=-1,
    )


def refrozen(entry: Entry, p: Publication) -> Plan:
    """The plan of `p` with the words of the entry's present revision."""
    fresh = _kept(entry, p.plan.slug, p.plan.dated)
    return replace(
        p.plan,
        tags=fresh.tags,
        description=fresh.description,
        canonical_url=fresh.canonical_url,
        sha256="",
    )


def in_trash(store: Store, post_id: str) -> bool:
    """Whether a post was thrown away."""
    return entries.get(store.read(), post_id).trashed_at is not None


def _taken(key: str, target: Target) -> JournalError:
    return JournalError(f"Another post holds {key} at {target.name}.", "Choose another --slug.")


def _kept(entry: Entry, name: str, dated: Due) -> Plan:
    title = _public_title(entry.title)
    given = public_line(str(entry.front.get("description") or ""))
    return Plan(
        name,
        entry.tags,
        given or public_excerpt(title, entry.body),
        dated,
        canonical_url=str(entry.front.get("canonical_url") or "").strip(),
    )


def _made(id: str, entry: Entry, target: Target, due: Due, key: str, kept: Plan) -> Publication:
    return Publication(id, entry.id, entry.rev, target.name, "scheduled", due, key, kept)


def last_done(store: Store, post_id: str, target: str) -> Publication | None:
    """The last publication of a post at a target that went out or was taken back."""
    all = publications.of_post(store.read(), post_id, target)  # the latest first
    return next((p for p in all if p.state in ("published", "removed")), None)


def _public_title(title: str) -> str:
    return without_links(title).strip() or title


def _post(entry: Entry, kept: Plan, publication: str) -> Post:
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
        publication=publication,
        canonical_url=kept.canonical_url,
    )


def as_post(store: Store, p: Publication) -> Post:
    """The post that `p` sends: its frozen text and plan, never the present ones."""
    text = publications.frozen(store.read(), p.post_id, p.rev)
    before = last_done(store, p.post_id, p.target)
    out = before is not None and before.state == "published" and before.receipt is not None
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
        before.receipt.sha256 if before is not None and out and before.receipt else None,
        p.plan.updated,
        p.plan.sha256 or None,
        publication=p.id,
        canonical_url=p.plan.canonical_url,
        language=str(text.front.get("language") or text.front.get("lang") or ""),
        remote=p.remote,
        former=p.plan.former,
        former_slugs=p.plan.former_slugs,
        page=page_of(store, p.post_id),
        since=p.first_sent or 0,
    )


def page_of(store: Store, post_id: str) -> str:
    """The address of a post at the first site that it went to and still stands at, if any."""
    db = store.read()
    found: dict[str, Publication] = {}
    for p in publications.of_post(db, post_id):
        if p.state in ("published", "removed") and (
            p.target not in found or p.updated_at > found[p.target].updated_at
        ):
            found[p.target] = p
    out = [p for p in found.values() if p.state == "published" and p.receipt is not None]
    for p in sorted(out, key=lambda p: (p.receipt.at if p.receipt else 0, p.id)):
        url = p.receipt.url if p.receipt else ""
        kind = targets.get(db, p.target, retired=True).kind
        if kind not in NETWORK_KINDS and url.startswith(("https://", "http://")):
            return url
    return ""
