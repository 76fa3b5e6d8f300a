"""WordPress, REST API v2 with an application password.

Invariants: a post is made as a draft, its id is remembered, that very id is made public, so that a
repeat changes what is there and makes no second one; what does not carry our marker is never
touched; what is written in the text is text: no shortcode, no embed, no tag of it runs.

A post that WordPress holds (`future`) goes out by wp-cron, which runs when somebody visits the
site; the journal looks after its time, and publishes what was missed.
"""

from __future__ import annotations

import html as markup
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    Abilities,
    AccessDenied,
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
from journal_app.publish.wordpress_media import uploaded
from journal_app.publish.wordpress_rest import Rest, fields_of

SOON = 90_000  # ms: what is to go out within a minute WordPress puts out at once
OUT, HELD, WAITING = "publish", "future", ("draft", "pending", "auto-draft")
_SHOWN = "id,status,slug,link,content.raw,date_gmt"


class WordPressTarget:
    """Config: `url`, `user`, `password` (an application password)."""

    title = "WordPress"
    abilities = Abilities(schedules=True, lead_ms=180_000)
    fields: tuple[Field, ...] = (
        Field("url", "Address", "Of the blog, as https://example.org or "
              "https://example.org/blog.", required=True, type="url"),
        Field("user", "User name", "Who the posts are from; at least an Author.", required=True),
        Field("password", "Application password", "Users → Profile → Application Passwords in "
              "WordPress (not the one you sign in with).", required=True, secret=True),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """Sign in, and see what the account may do."""
        posting.complete(config, self.fields)
        with Rest(config) as rest:
            facts = [f"WordPress at {rest.web.base}", f"signed in as {rest.user}"]
            _allowed(rest)
            if "upload_files" not in rest.may:
                facts.append("this account may not upload: posts with pictures will be refused")
            if abs(rest.skew_ms) > 60_000:
                facts.append(f"the site's clock differs by {abs(rest.skew_ms) // 1000} s")
            return tuple(facts)

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug."""
        return posting.plain_slug(post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of everything that readers get to see."""
        posting.complete(config, self.fields)
        carried(post)
        if not post.title.strip():
            raise JournalError("The post has no title.", "Give it one.")
        return posting.digest({**_words(post, key), "content": html.page(post, {}),
                               "tags": _tags(post)})  # fmt: skip

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, upload, make it public (or hold it) with its whole text in one step."""
        sha = self.preflight(config, post, key)
        with Rest(config) as rest:
            _allowed(rest)
            found = _look(rest, post, key, delivery)
            status = str(found.get("status")) if found else ""
            _timely(rest, delivery, status)
            fresh = found is None
            if found is None:
                found = _draft(rest, post, key, sha)
            id = str(found["id"])
            if post.remote.get("id") != id:
                delivery.remember({"id": id})
            files = uploaded(rest, post, id, delivery, fresh=fresh)
            wanted: dict[str, Any] = {
                **_words(post, key),
                "content": _content(post, files, sha),
                "tags": [_tag(rest, name) for name in _tags(post)],
            }
            if status != OUT:
                wanted |= _when(rest, post, delivery)
            delivery.check()
            delivery.remember({"id": id})
            reply = rest.post(f"posts/{id}", wanted, params={"_fields": _SHOWN}, accept=(404, 410))
            if reply.status in (404, 410):
                return _vanished(rest, delivery)
            return _proof(rest, rest.web.answered(reply), id, sha, len(wanted["content"].encode()))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it by its id, else by its slug and our marker."""
        sha = self.preflight(config, post, key)
        with Rest(config) as rest:
            found = _by_id(rest, post)
            if found is None or found.get("status") == "trash":
                found = _by_slug(rest, key)
            if found is None or found.get("status") not in (OUT, HELD):
                return None
            mark = html.marked(_raw(found))
            if mark is None or mark[0] != post.id or mark[1] not in (sha, post.expected_sha256):
                return None
            return _proof(rest, found, str(found["id"]), mark[1], len(_raw(found).encode()))

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Make a draft of it again: readers do not see it, and it keeps its id and address."""
        with Rest(config) as rest:
            found = _by_id(rest, post) or _by_slug(rest, key)
            if found is not None and _ours(found, post, key):
                delivery.remember({})
                if found.get("status") not in (*WAITING, "trash"):
                    rest.post(
                        f"posts/{found['id']}", {"status": "draft"}, harmless=True,
                        params={"_fields": "id,status"}, accept=(404, 410),
                    )  # fmt: skip
            delivery.remember({"live": ""})


# ---------------------------------------------------------------------- what is sent


def _words(post: Post, key: str) -> dict[str, Any]:
    """Title and excerpt stand in pages as they are, so that tags in them must be words."""
    return {
        "title": markup.escape(" ".join(post.title.split()), quote=False),
        "excerpt": markup.escape(" ".join(post.description.split()), quote=False),
        "slug": key,
    }


def _content(post: Post, files: Mapping[str, str], sha: str) -> str:
    """The text in a block of HTML, which WordPress shows as it is.

    Shortcodes are looked for everywhere, also in attributes and code; addresses that stand alone in
    a line are replaced by what they lead to. Both are written in a way that only readers see.
    """
    made = html.page(post, files).replace("[", "&#091;").replace("]", "&#093;")
    made = html.inside_text(made, lambda text: text.replace("://", "&#058;//"))
    return f"<!-- wp:html -->\n{html.marker(post, sha)}\n{made}<!-- /wp:html -->"


def _tags(post: Post) -> list[str]:
    names = (" ".join(tag.replace(",", " ").split())[:200] for tag in post.tags)
    return [name for name in dict.fromkeys(names) if name]


def _when(rest: Rest, post: Post, delivery: Delivery) -> dict[str, str]:
    """Status and date. A date ahead of the site's clock would make WordPress hold the post."""
    at = delivery.at if delivery.at is not None else min(post.dated.at, rest.now() - 1000)
    there = datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None)
    return {
        "status": OUT if delivery.at is None else HELD,
        "date_gmt": there.isoformat(timespec="seconds"),
    }


def _timely(rest: Rest, delivery: Delivery, status: str) -> None:
    """Raises JournalError for what the site cannot hold until its time."""
    if delivery.at is None:
        return
    if status == OUT:
        raise JournalError(
            "Readers see this post already, and WordPress cannot hold a change to it.",
            "The change is made from here at its time.",
        )
    if delivery.at - rest.now() < SOON:
        raise JournalError(
            f"By the clock of {rest.web.site} it is too near to be held there.",
            "It is sent from here at its time.",
        )


# ---------------------------------------------------------------------- what is there


def _by_id(rest: Rest, post: Post) -> dict[str, Any] | None:
    id = post.remote.get("id")
    if not id:
        return None
    found = rest.get(f"posts/{id}", {"context": "edit", "_fields": _SHOWN}, (404, 410))
    return found if isinstance(found, dict) else None


def _by_slug(rest: Rest, key: str) -> dict[str, Any] | None:
    params = {"slug": key, "status": "any", "context": "edit", "_fields": _SHOWN}
    found = rest.get("posts", params)
    if not isinstance(found, list):
        raise JournalError(f"{rest.web.site} does not list its posts.", "Is it a WordPress site?")
    return found[0] if found and isinstance(found[0], dict) else None


def _look(rest: Rest, post: Post, key: str, delivery: Delivery) -> dict[str, Any] | None:
    """Our post, or None. Raises JournalError for what is there and is not ours."""
    found = _by_id(rest, post)
    gone = found is None or found.get("status") == "trash"
    if post.remote.get("id") and gone:
        if post.remote.get("live"):
            raise JournalError(
                f"The post that {rest.web.site} had of this text was deleted there.",
                "If that was on purpose, cancel or unpublish it here too; then it can go out anew.",
            )
        delivery.remember({"id": ""})
    if gone:
        found = _by_slug(rest, key)
    if found is not None and not _ours(found, post, key):
        raise _foreign(rest, key, found)
    if found is not None and found.get("slug") != key:  # renamed since
        there = _by_slug(rest, key)
        if there is not None and there.get("id") != found.get("id"):
            raise _foreign(rest, key, there)
    return found


def _ours(found: Mapping[str, Any], post: Post, key: str) -> bool:
    """By our marker; where somebody took it out, by the id that we remember and the slug."""
    mark = html.marked(_raw(found))
    if mark is not None:
        return mark[0] == post.id
    known = str(found.get("id")) == post.remote.get("id")
    return known and str(found.get("slug")) in (key, *post.former)


def _foreign(rest: Rest, key: str, found: Mapping[str, Any] | None) -> JournalError:
    where = f": {found.get('link')}" if found else ""
    return JournalError(
        f"{rest.web.site} has another post at {key!r}{where}. It was left alone.",
        "Choose another name with --slug NAME, or delete that post there.",
    )


def _raw(found: Mapping[str, Any]) -> str:
    content = found.get("content")
    return str(content.get("raw") or "") if isinstance(content, Mapping) else ""


# ---------------------------------------------------------------------- steps


def _allowed(rest: Rest) -> None:
    if "publish_posts" not in rest.may:
        raise AccessDenied(
            f"{rest.user} may not publish posts at {rest.web.site}.",
            "Give this account the role Author, Editor or Administrator there, or use another.",
        )


def _draft(rest: Rest, post: Post, key: str, sha: str) -> dict[str, Any]:
    """A draft with our marker and no text yet."""
    draft = {**_words(post, key), "content": html.marker(post, sha), "status": "draft"}
    reply = rest.post("posts", draft, params={"_fields": _SHOWN}, harmless=True)
    made = fields_of(reply)
    if not made.get("id"):
        raise TryLater(
            f"{rest.web.site} made a draft and did not say which.",
            "It will be looked for there; nothing is public.",
        )
    if made.get("slug") == key:
        return made
    # Somebody has this slug: perhaps a draft of ours that an old answer did not show.
    rest.post(f"posts/{made['id']}", method="DELETE", params={"force": "true"}, harmless=True,
              accept=(404, 410))  # fmt: skip
    there = _by_slug(rest, key)
    if there is not None and _ours(there, post, key):
        return there
    raise _foreign(rest, key, there)


def _tag(rest: Rest, name: str) -> int:
    """The id of a tag, which is made where it is not there."""
    reply = rest.post(
        "tags", {"name": name}, params={"_fields": "id"}, harmless=True, accept=(400,)
    )
    found = fields_of(reply)
    data = found.get("data")
    id = found.get("id") or (data.get("term_id") if isinstance(data, Mapping) else None)
    if id:
        return int(id)
    raise JournalError(
        f"{rest.web.site} did not take the tag {name!r}{rest.web.words(reply)}.", "Change the tag."
    )


def _vanished(rest: Rest, delivery: Delivery) -> Receipt:
    delivery.remember({"id": ""})
    raise TryLater(f"The draft at {rest.web.site} was deleted there.", "A new one will be made.")


def _proof(rest: Rest, found: Any, id: str, sha: str, size: int) -> Receipt:
    status = str(found.get("status")) if isinstance(found, Mapping) else ""
    if status in WAITING or status == "private":
        raise JournalError(
            f"{rest.web.site} took the post and keeps it as {status}: readers do not see it.",
            "A plugin may ask for a review there. Publish it in WordPress, or allow this account "
            "to publish.",
        )
    if str(found.get("id") if isinstance(found, Mapping) else "") != id or not status:
        raise Unsure(
            f"{rest.web.site} answered with something else than the post that it was given.",
            "It will be looked up there before anything is sent.",
        )
    made = posting.receipt(
        f"posts/{id}", str(found.get("link") or ""), sha, size, live=status == OUT
    )
    return replace(made, remote={"id": id, "live": "yes"})
