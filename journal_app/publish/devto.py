"""dev.to and other Forem sites, API v1.

Two steps: an article is made as a draft, its id is remembered, that very id is published. A draft
that was made while its answer was lost is found again by its text (Forem itself refuses a second
one with the same canonical address, or the same title and text). Source: forem/forem,
app/controllers/concerns/api/articles_controller.rb and rack_attack.rb (a write a second).
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
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
from journal_app.publish import posting
from journal_app.publish.body import public_text
from journal_app.publish.sites.literal import outside_code
from journal_app.runtime.http import Reply, Web

TITLE = 128  # characters
BODY = 800_000  # bytes; the server's 800 kilobytes are a little more
TAGS = 4
PAGE = 50  # articles, with their text
PAGES = 40
PAUSE = 1.1  # s between two writes
_LIQUID = re.compile(r"\{(?=[{%])")  # Forem itself leaves code alone


class DevtoTarget:
    """Config: `url` (https://dev.to), `key` (an API key), `organization`, `series`, `images`."""

    title = "dev.to (Forem)"
    abilities = Abilities(limit=BODY)
    fields = (
        Field("url", "Address", "The Forem site.", type="url", default="https://dev.to"),
        Field("key", "API key", "Settings → Extensions → DEV API Keys.", required=True,
              secret=True),
        Field("organization", "Organization", "The number of one to publish under."),
        Field("series", "Series", "Posts of one series are linked to each other."),
        Field("images", "Address of pictures", "Where your own site shows them, as "
              "https://example.org/posts/{slug}/: dev.to takes no files.", type="url"),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """Who the key belongs to."""
        posting.complete(config, self.fields)
        with self._web(config) as web:
            me = _json(web.read("api/users/me"))
        if not isinstance(me, dict) or not me.get("username"):
            raise JournalError(
                f"{web.base} does not answer like a Forem site.", "Is the address right?"
            )
        return (f"Forem at {web.base}", f"signed in as {me['username']}")

    def natural_key(self, config: Config, post: Post) -> str:
        """The canonical address, which is unique at Forem; else the slug."""
        return post.canonical_url or post.slug

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the article."""
        posting.complete(config, self.fields)
        article = self._article(config, post)
        if len(post.title) > TITLE:
            raise JournalError(
                f"The title has {len(post.title)} characters; dev.to takes {TITLE}.",
                "Shorten it.",
            )
        if len(article["body_markdown"].encode()) > BODY:
            raise JournalError("The text is longer than dev.to takes.", "Make two posts of it.")
        return posting.digest(article)

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, publish; an article that is out already is changed."""
        article = self._article(config, post)
        with self._web(config) as web:
            id = post.remote.get("id") or self._look(web, post, article)
            if not id:
                id = self._draft(web, post, article)
                delivery.remember({"id": id})
                self._pause(config)
            delivery.check()
            delivery.remember({"id": id, "live": "yes"})
            reply = web.send(
                "PUT",
                f"api/articles/{id}",
                json={"article": {**article, "published": True}},
                accept=(404, 422),
            )
            if reply.status == 404:
                return self._vanished(web, post, delivery)
            if reply.status == 422:
                self._refused(web, reply)
            return self._proof(web, post, article, web.answered(reply))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it by its id; without one, among the account's articles by its text."""
        article = self._article(config, post)
        with self._web(config) as web:
            id = post.remote.get("id")
            if id:
                found = _json(web.read(f"api/articles/{id}"))  # shows published ones only
                known = found if isinstance(found, dict) else None
            else:
                known = next(
                    (one for one in _mine(web) if one.get("published") and _is(one, article)), None
                )
            if known is None or not _is(known, article):
                return None
            return self._proof(web, post, article, known)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Make a draft of it again."""
        id = post.remote.get("id")
        article = self._article(config, post)
        with self._web(config) as web:
            if not id:
                id = next((str(one["id"]) for one in _mine(web) if _is(one, article)), None)
            if not id:
                return
            delivery.remember({})
            web.send(
                "PUT",
                f"api/articles/{id}",
                json={"article": {"published": False}},
                accept=(404,),
                harmless=True,
            )
            delivery.remember({"live": ""})

    # ------------------------------------------------------------------ steps

    def _web(self, config: Config) -> Web:
        headers = {
            "api-key": posting.secret(config, "key"),
            "Accept": "application/vnd.forem.api-v1+json",
        }
        url = posting.setting(config, "url", "https://dev.to")
        return Web(url, headers, timeout=posting.patience(config), largest=PAGE * BODY)

    @staticmethod
    def _pause(config: Config) -> None:
        time.sleep(float(config.get("pause", PAUSE)))

    @staticmethod
    def _article(config: Config, post: Post) -> dict[str, Any]:
        text = public_text(post)
        files = posting.elsewhere(config, post, "dev.to")
        text = outside_code(posting.no_front_matter(text), lambda part: _LIQUID.sub("&#123;", part))
        article: dict[str, Any] = {
            "title": post.title.strip(),
            "body_markdown": posting.placed(text, files),
            "tags": _tags(post.tags),
            "description": " ".join(post.description.split()),
        }
        if post.canonical_url:
            article["canonical_url"] = post.canonical_url
        if posting.setting(config, "series"):
            article["series"] = posting.setting(config, "series")
        if posting.setting(config, "organization"):
            article["organization_id"] = posting.setting(config, "organization")
        return article

    def _look(self, web: Web, post: Post, article: Mapping[str, Any]) -> str:
        """The id of what an earlier attempt made, "" for none. Raises JournalError for what is
        there and is not ours."""
        for one in _mine(web):
            if _is(one, article):
                return str(one["id"])
            if post.canonical_url and one.get("canonical_url") == post.canonical_url:
                raise JournalError(
                    f"{web.site} has another article with the canonical address "
                    f"{post.canonical_url}: {one.get('url') or one['id']}. It was left alone.",
                    "Delete it there if it is not needed, or give this post another address.",
                )
        return ""

    def _draft(self, web: Web, post: Post, article: Mapping[str, Any]) -> str:
        reply = web.send(
            "POST",
            "api/articles",
            json={"article": {**article, "published": False}},
            harmless=True,
            accept=(422,),
        )
        if reply.status == 422:
            # It may be our own draft, which an old answer of the list did not show.
            id = self._look(web, post, article)
            if id:
                return id
            self._refused(web, reply)
        try:
            return str(reply.json()["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise TryLater(
                f"{web.site} made a draft and did not say which.",
                "It will be looked for there; nothing is public.",
            ) from error

    @staticmethod
    def _refused(web: Web, reply: Reply) -> None:
        words = web.words(reply)
        if "taken" in words:
            raise JournalError(
                f"{web.site} has an article like this already{words}.",
                "Look among your drafts and articles there, delete the one that is not needed, "
                "then publish again.",
            )
        raise JournalError(
            f"{web.site} refused the article{words}.",
            "Change what it names, then publish again: the post is kept.",
        )

    @staticmethod
    def _vanished(web: Web, post: Post, delivery: Delivery) -> Receipt:
        if post.remote.get("live"):
            raise JournalError(
                f"The article that {web.site} had of this post is not there any more.",
                "If it was deleted on purpose, unpublish it here too; then it can be published "
                "anew.",
            )
        delivery.remember({"id": "", "live": ""})
        raise TryLater(f"The draft at {web.site} was deleted there.", "A new one will be made.")

    @staticmethod
    def _proof(web: Web, post: Post, article: Mapping[str, Any], found: Any) -> Receipt:
        if not isinstance(found, dict) or not _is(found, article) or not found.get("url"):
            raise Unsure(
                f"{web.site} answered with something else than the article that it was given.",
                "It will be looked up there before anything is sent.",
            )
        size = len(article["body_markdown"].encode())
        id, sha = str(found.get("id")), posting.digest(article)
        remote = {"id": id, "live": "yes"}
        return posting.receipt(f"articles/{id}", str(found["url"]), sha, size, remote=remote)


def _tags(tags: tuple[str, ...]) -> list[str]:
    """At most four, of letters and digits, as Forem writes them."""
    made = []
    for tag in tags:
        plain = unicodedata.normalize("NFKD", tag.lower())
        made.append("".join(c for c in plain if c.isascii() and c.isalnum())[:30])
    return [tag for tag in dict.fromkeys(made) if tag][:TAGS]


def _is(found: Mapping[str, Any], article: Mapping[str, Any]) -> bool:
    return posting.same(found.get("title"), article["title"]) and posting.same(
        found.get("body_markdown"), article["body_markdown"]
    )


def _mine(web: Web) -> Iterator[dict[str, Any]]:
    """The account's articles and drafts with their text, newest first."""
    for page in range(1, PAGES + 1):
        params = {"page": str(page), "per_page": str(PAGE)}
        found = _json(web.read("api/articles/me/all", params=params))
        if not isinstance(found, list):
            raise JournalError(
                f"{web.site} does not list your articles.", "Is it a Forem site (dev.to)?"
            )
        yield from (one for one in found if isinstance(one, dict) and "id" in one)
        if len(found) < PAGE:
            return


def _json(reply: Reply | None) -> Any:
    if reply is None:
        return None
    try:
        return reply.json()
    except ValueError:
        return None
