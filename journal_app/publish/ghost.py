"""Ghost, Admin API: posts on the site, never an e-mail to its members.

Invariants: a post is made as a draft, its id is remembered, that very id is published, so that a
repeat changes what is there and makes no second one; what does not carry our marker is never
touched; no request names a newsletter, and without one Ghost sends nothing to anybody.

The text travels in an HTML card, which Ghost keeps as it is. Every change says which state it
starts from (`updated_at`); where somebody was faster it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    Abilities,
    Config,
    Delivery,
    Field,
    Post,
    TryLater,
    Unsure,
)
from journal_app.errors import JournalError
from journal_app.publish import html, posting
from journal_app.publish.body import carried
from journal_app.publish.ghost_admin import PICTURES, Admin, first, instant

TITLE, EXCERPT, TAG = 255, 300, 191  # characters
SOON = 150_000  # ms: Ghost takes nothing that is to go out within two minutes
OUT = ("published", "sent")
COLLISIONS = 4  # times that a post is read again because somebody was faster


class GhostTarget:
    """Config: `url`, `key` (an Admin API key)."""

    title = "Ghost"
    abilities = Abilities(schedules=True, lead_ms=240_000)
    fields: tuple[Field, ...] = (
        Field("url", "Address", "Where Ghost's admin is, without /ghost: https://example.org or "
              "https://name.ghost.io.", required=True, type="url"),
        Field("key", "Admin API key", "Settings → Integrations → Add custom integration in Ghost.",
              required=True, secret=True),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """A Ghost answers, and takes the key."""
        posting.complete(config, self.fields)
        with Admin(config) as admin:
            admin.post_at("posts/slug/field-journal-asks-whether-this-key-is-good/")
            facts = [
                f"Ghost {admin.version} at {admin.site}: {admin.title}",
                "the key is good",
                "posts appear on the site only: no newsletter is sent",
            ]
            if abs(admin.skew_ms) > 60_000:
                facts.append(f"the site's clock differs by {abs(admin.skew_ms) // 1000} s")
            return tuple(facts)

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug."""
        return posting.plain_slug(post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of everything that readers get to see."""
        posting.complete(config, self.fields)
        words = _words(post, key)
        for name, limit in (("title", TITLE), ("custom_excerpt", EXCERPT)):
            what = {"title": "title", "custom_excerpt": "description"}[name]
            if len(words[name] or "") > limit:
                raise JournalError(
                    f"The {what} has {len(words[name])} characters; Ghost takes {limit}.",
                    "Shorten it.",
                )
        for file in carried(post):
            if file.source.suffix.lower() not in PICTURES:
                raise JournalError(
                    f"Ghost takes PNG, JPG, GIF, WebP and SVG pictures; {file.name} is none.",
                    "Convert it, or put it on a site of yours and link to it.",
                )
        return posting.digest({**words, "html": html.page(post, {})})

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, upload, publish or schedule with the whole text in one step."""
        sha = self.preflight(config, post, key)
        with Admin(config) as admin:
            found = _look(admin, post, key, delivery)
            _timely(admin, delivery, str(found.get("status")) if found else "")
            if found is None:
                found = _draft(admin, post, key, sha)
            id = str(found["id"])
            if post.remote.get("id") != id:
                delivery.remember({"id": id})
            files = posting.uploaded(post, delivery, admin.upload)
            text = _card(f"{html.marker(post, sha)}\n{html.page(post, files)}")
            delivery.check()
            delivery.remember({"id": id})
            wanted = {**_words(post, key), "html": text}
            made = _change(
                admin,
                found,
                post,
                key,
                lambda now: {**wanted, **_when(admin, post, delivery, str(now.get("status")))},
            )
            if made is None:
                delivery.remember({"id": ""})
                raise TryLater(
                    f"The draft at {admin.web.site} was deleted there.", "A new one will be made."
                )
            return _proof(admin, made, id, sha, len(text.encode()))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it by its id, else by its slug and our marker."""
        sha = self.preflight(config, post, key)
        with Admin(config) as admin:
            found = _read(admin, post, key)
            mark = html.marked(str((found or {}).get("html") or ""))
            if found is None or mark is None or found.get("status") not in (*OUT, "scheduled"):
                return None
            if mark[0] != post.id or mark[1] not in (sha, post.expected_sha256):
                return None
            return _proof(admin, found, str(found["id"]), mark[1], len(str(found["html"]).encode()))

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Make a draft of it again: readers do not see it, and it keeps its id and address."""
        with Admin(config) as admin:
            found = _read(admin, post, key)
            if found is not None and _ours(found, post, key):
                delivery.remember({})
                if found.get("status") != "draft":
                    _change(admin, found, post, key, lambda _now: {"status": "draft"}, quiet=True)
            delivery.remember({"live": ""})


# ---------------------------------------------------------------------- what is sent


def _words(post: Post, key: str) -> dict[str, Any]:
    tags = (" ".join(tag.strip("#,").split())[:TAG] for tag in post.tags)
    return {
        "title": " ".join(post.title.split()),
        "slug": key,
        "custom_excerpt": " ".join(post.description.split()) or None,
        "canonical_url": post.canonical_url or None,
        "tags": [{"name": tag} for tag in dict.fromkeys(tags) if tag],
    }


def _card(text: str) -> str:
    return f"<!--kg-card-begin: html-->\n{text.rstrip()}\n<!--kg-card-end: html-->"


def _when(admin: Admin, post: Post, delivery: Delivery, status: str) -> dict[str, str]:
    """Status and date. What is out already keeps both."""
    if status in OUT:
        return {}
    if delivery.at is not None:
        return {"status": "scheduled", "published_at": instant(delivery.at)}
    return {"status": "published", "published_at": instant(min(post.dated.at, admin.now() - 1000))}


def _timely(admin: Admin, delivery: Delivery, status: str) -> None:
    """Raises JournalError for what the site cannot hold until its time."""
    if delivery.at is None:
        return
    if status in OUT:
        raise JournalError(
            "Readers see this post already, and Ghost cannot hold a change to it.",
            "The change is made from here at its time.",
        )
    if delivery.at - admin.now() < SOON:
        raise JournalError(
            f"By the clock of {admin.web.site} it is too near to be held there.",
            "It is sent from here at its time.",
        )


# ---------------------------------------------------------------------- what is there


def _by_id(admin: Admin, post: Post) -> dict[str, Any] | None:
    id = post.remote.get("id")
    return admin.post_at(f"posts/{id}/") if id else None


def _read(admin: Admin, post: Post, key: str) -> dict[str, Any] | None:
    return _by_id(admin, post) or admin.post_at(f"posts/slug/{key}/")


def _look(admin: Admin, post: Post, key: str, delivery: Delivery) -> dict[str, Any] | None:
    """Our post, or None. Raises JournalError for what is there and is not ours."""
    found = _by_id(admin, post)
    if found is None and post.remote.get("id"):
        if post.remote.get("live"):
            raise JournalError(
                f"The post that {admin.web.site} had of this text was deleted there.",
                "If that was on purpose, cancel or unpublish it here too; then it can go out anew.",
            )
        delivery.remember({"id": ""})
    if found is None or found.get("slug") != key:  # new, or renamed since
        there = admin.post_at(f"posts/slug/{key}/")
        if there is not None and found is not None and there.get("id") != found.get("id"):
            raise _foreign(admin, key, there)
        found = found or there
    if found is not None and not _ours(found, post, key):
        raise _foreign(admin, key, found)
    return found


def _ours(found: Mapping[str, Any], post: Post, key: str) -> bool:
    """By our marker; where somebody took it out, by the id that we remember and the slug."""
    mark = html.marked(str(found.get("html") or ""))
    if mark is not None:
        return mark[0] == post.id
    known = str(found.get("id")) == post.remote.get("id")
    return known and str(found.get("slug")) in (key, *post.former)


def _foreign(admin: Admin, key: str, found: Mapping[str, Any] | None) -> JournalError:
    where = f": {found.get('url')}" if found else ""
    return JournalError(
        f"{admin.web.site} has another post or page at {key!r}{where}. It was left alone.",
        "Choose another name with --slug NAME, or delete that one there.",
    )


# ---------------------------------------------------------------------- steps


def _draft(admin: Admin, post: Post, key: str, sha: str) -> dict[str, Any]:
    """A draft with our marker and no text yet."""
    draft = {**_words(post, key), "html": _card(html.marker(post, sha)), "status": "draft"}
    made = first(admin.send("POST", "posts/", draft, harmless=True), "posts")
    if made is None or not made.get("id"):
        raise TryLater(
            f"{admin.web.site} made a draft and did not say which.",
            "It will be looked for there; nothing is public.",
        )
    if made.get("slug") == key:
        return made
    # Somebody has this slug: perhaps a draft of ours that an old answer did not show.
    admin.send("DELETE", f"posts/{made['id']}/", harmless=True, accept=(404,))
    there = admin.post_at(f"posts/slug/{key}/")
    if there is not None and _ours(there, post, key):
        return there
    raise _foreign(admin, key, there)


def _change(
    admin: Admin,
    found: Mapping[str, Any],
    post: Post,
    key: str,
    wanted: Callable[[Mapping[str, Any]], dict[str, Any]],
    *,
    quiet: bool = False,
) -> dict[str, Any] | None:
    """Change our post, starting from what it is now; None where it is gone. `quiet`: what it
    changes shows nothing to anybody."""
    id = str(found["id"])
    now = found
    for _again in range(COLLISIONS):
        values = {**wanted(now), "updated_at": now["updated_at"]}
        reply = admin.send("PUT", f"posts/{id}/", values, harmless=quiet, accept=(404, 409))
        if reply.status == 404:
            return None
        if reply.status != 409:
            made = first(reply, "posts")
            if made is None:
                raise Unsure(
                    f"{admin.web.site} did not say what became of the post.",
                    "It will be looked up there before anything is sent.",
                )
            return made
        there = admin.post_at(f"posts/{id}/")
        if there is None:
            return None
        if not _ours(there, post, key):
            raise _foreign(admin, key, there)
        now = there
    raise TryLater(
        f"Somebody is changing this post at {admin.web.site} right now.",
        "Close it in Ghost's editor. It will be tried again by itself.",
    )


def _proof(admin: Admin, found: Mapping[str, Any], id: str, sha: str, size: int) -> Receipt:
    status = str(found.get("status"))
    if status == "draft":
        raise JournalError(
            f"{admin.web.site} took the post and keeps it as a draft: readers do not see it.",
            "Look at it in Ghost: may this key publish?",
        )
    if str(found.get("id")) != id or status not in (*OUT, "scheduled"):
        raise Unsure(
            f"{admin.web.site} answered with something else than the post that it was given.",
            "It will be looked up there before anything is sent.",
        )
    url = str(found.get("url") or "")
    if url.rstrip("/").endswith("/404") or not url:  # Ghost had no time to find its address
        url = f"{admin.site}/{found.get('slug')}/"
    made = posting.receipt(f"posts/{id}", url, sha, size, live=status in OUT)
    return replace(made, remote={"id": id, "live": "yes"})
