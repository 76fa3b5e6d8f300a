"""Mataroa (mataroa.blog or a server of one's own).

Two steps: a post without a date is a draft; its slug is remembered; that very post gets a date.
The server knows days only, in UTC: a post dated tomorrow there is hidden until then, so the date
that is sent is never after today in UTC, and posts are not held by it but sent at their time.
Source: mataroablog/mataroa, main/views/api.py and main/forms.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from journal_app.domain.due import local
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.body import public_text
from journal_app.runtime.http import Reply, Web

TITLE = 300  # characters


class MataroaTarget:
    """Config: `url` (https://mataroa.blog), `key` (the API key), `images`."""

    title = "Mataroa"
    abilities = Abilities()
    fields = (
        Field("url", "Address", "The server.", type="url", default="https://mataroa.blog"),
        Field("key", "API key", "Dashboard → Settings → API.", required=True, secret=True),
        Field("images", "Address of pictures", "Where your own site shows them, as "
              "https://example.org/posts/{slug}/: Mataroa takes none from programs.", type="url"),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """The key is good, and the server is a Mataroa."""
        posting.complete(config, self.fields)
        with self._web(config) as web:
            posts = _listing(web)
        return (f"Mataroa at {web.base}", f"the key is good; {len(posts)} posts are there")

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug there: plain letters, digits, hyphens."""
        return posting.plain_slug(post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of title and text."""
        posting.complete(config, self.fields)
        if len(post.title) > TITLE:
            raise JournalError(
                f"The title has {len(post.title)} characters; Mataroa takes {TITLE}.", "Shorten it."
            )
        return posting.digest({**self._words(config, post), "slug": key})

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, date; a post that is out already is changed."""
        words = self._words(config, post)
        with self._web(config) as web:
            there = self._ours(web, post, words, key)
            if there is None:
                there = self._draft(web, words)
            slug = str(there["slug"])
            delivery.remember({"slug": slug})
            hidden = not _public(there)
            if hidden and slug != key:
                before = _post(web.read(_at(key)))
                if before is not None and _is(before, words):
                    slug, hidden = key, not _public(before)  # an older draft of ours
                else:
                    slug = self._rename(web, slug, key)
                delivery.remember({"slug": slug})
            delivery.check()
            delivery.remember({"live": "yes"})
            dated = {"published_at": _day(post).isoformat()} if hidden else {}
            reply = web.send("PATCH", _at(slug), json={**words, **dated})
            if slug != key:
                slug = self._rename(web, slug, key)
                delivery.remember({"slug": slug})
            found = _post(web.read(_at(slug))) or _post(reply)
            if found is None:
                raise Unsure(
                    f"{web.site} did not say what became of the post.",
                    "It will be looked up there before anything is sent.",
                )
            return self._proof(words, key, {**found, "slug": slug})

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it at the slug that was remembered, or at the one it should have."""
        words = self._words(config, post)
        with self._web(config) as web:
            for slug in dict.fromkeys((key, post.remote.get("slug") or key)):
                found = _post(web.read(_at(slug)))
                if found is not None and _public(found) and _is(found, words):
                    return self._proof(words, key, {**found, "slug": slug})
        return None

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Take its date away: a draft again."""
        words = self._words(config, post)
        with self._web(config) as web:
            slug = post.remote.get("slug")
            if not slug:
                found = _post(web.read(_at(key)))
                if found is None or not _is(found, words):
                    return
                slug = key
            delivery.remember({})
            web.send("PATCH", _at(slug), json={"published_at": None}, accept=(404,), harmless=True)
            delivery.remember({"live": ""})

    # ------------------------------------------------------------------ steps

    def _web(self, config: Config) -> Web:
        headers = {"Authorization": posting.secret(config, "key", "Bearer {}")}
        url = posting.setting(config, "url", "https://mataroa.blog")
        return Web(url, headers, timeout=posting.patience(config), largest=50_000_000)

    @staticmethod
    def _words(config: Config, post: Post) -> dict[str, str]:
        files = posting.elsewhere(config, post, "Mataroa")
        return {"title": post.title.strip(), "body": posting.placed(public_text(post), files)}

    @staticmethod
    def _ours(web: Web, post: Post, words: Mapping[str, str], key: str) -> Mapping[str, Any] | None:
        """What an earlier attempt made, None for nothing. Raises JournalError for what stands at
        our place and is not ours."""
        slug = post.remote.get("slug")
        if slug:
            found = _post(web.read(_at(slug)))
            if found is not None:
                return {**found, "slug": slug}
        # A draft whose name was lost with an answer, or a rename that was.
        listed = _listing(web)
        same = [one for one in listed if _is(one, words)]
        found = next((one for one in same if one.get("slug") == key), None)
        found = found or next((one for one in same if slug or not _public(one)), None)
        if found is not None:
            return found
        if any(one.get("slug") == key for one in listed):
            raise _taken(web, key)
        if post.remote.get("live"):
            raise JournalError(
                f"{web.site} has nothing at {slug} any more.",
                "If it was deleted on purpose, unpublish it here too; then it can be published "
                "anew.",
            )
        return None

    @staticmethod
    def _draft(web: Web, words: Mapping[str, str]) -> Mapping[str, Any]:
        reply = web.send("POST", "api/posts/", json=dict(words), harmless=True)
        found = _post(reply)
        if found is None or not found.get("slug"):
            raise TryLater(
                f"{web.site} made a draft and did not say where.",
                "It will be looked for there; nothing is public.",
            )
        return found

    @staticmethod
    def _rename(web: Web, slug: str, key: str) -> str:
        reply = web.send("PATCH", _at(slug), json={"slug": key}, harmless=True)
        found = _post(reply) or {}
        given = str(found.get("slug") or key)
        if given != key:  # the server makes it unique by itself
            web.send("PATCH", _at(given), json={"slug": slug}, harmless=True)
            raise _taken(web, key)
        return key

    @staticmethod
    def _proof(words: Mapping[str, str], key: str, found: Mapping[str, Any]) -> Receipt:
        sha = posting.digest({**words, "slug": key})
        url = str(found.get("url") or "")
        slug, size = str(found["slug"]), len(words["body"].encode())
        return posting.receipt(slug, url, sha, size, remote={"slug": slug, "live": "yes"})


def _taken(web: Web, key: str) -> JournalError:
    return JournalError(
        f"{web.site} has another post at {key}. It was left alone.",
        "Choose another name with --slug NAME, or rename that post there.",
    )


def _at(slug: str) -> str:
    return f"api/posts/{quote(slug, safe='')}/"


def _today() -> date:
    return datetime.now(UTC).date()


def _day(post: Post) -> date:
    return min(local(post.dated.at, post.dated.tz).date(), _today())


def _public(found: Mapping[str, Any]) -> bool:
    """Whether readers see it: it has a date, and that has come."""
    try:
        return date.fromisoformat(str(found.get("published_at"))[:10]) <= _today()
    except ValueError:
        return False


def _is(found: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    return posting.same(found.get("title"), words["title"]) and posting.same(
        found.get("body"), words["body"]
    )


def _post(reply: Reply | None) -> dict[str, Any] | None:
    try:
        found = None if reply is None else reply.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("ok") else None


def _listing(web: Web) -> list[dict[str, Any]]:
    found = _post(web.read("api/posts/"))
    posts = None if found is None else found.get("post_list")
    if not isinstance(posts, list):
        raise JournalError(
            f"{web.base} does not answer like a Mataroa server.",
            "Write the server's address (https://mataroa.blog), not that of your blog.",
        )
    return [one for one in posts if isinstance(one, dict)]
