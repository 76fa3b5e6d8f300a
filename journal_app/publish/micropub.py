"""Micropub (W3C) sites, Micro.blog among them.

Where the server knows drafts (`post-status`): a draft is made, its address is remembered, that very
post is published. Where it does not, one request makes the post public; before it, and after a
lost answer, the list of posts (`q=source`) is looked at. Nothing in the protocol makes a repeat
harmless there, so `repeats` is "never": a lost answer is settled by reading alone.
Sources: w3.org/TR/micropub, indieweb.org/Micropub-extensions, help.micro.blog/t/posting-api/96.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.publish import micropub_server as server
from journal_app.publish import posting
from journal_app.publish.body import carried, public_text
from journal_app.publish.html import page
from journal_app.publish.micropub_server import Server

_SHORTCODE = re.compile(r"\{(?=\{[<%])")  # Micro.blog builds with Hugo, which runs these


class MicropubTarget:
    """Config: `url` (the site), `token`, `endpoint`, `destination`, `drafts` (auto, yes,
    no), `format` (markdown, html)."""

    title = "Micropub (Micro.blog, IndieWeb)"
    abilities = Abilities(repeats="never")
    fields = (
        Field("url", "Address", "Of your site; of Micro.blog: https://micro.blog.", required=True,
              type="url"),
        Field("token", "Token", "An app token (Micro.blog: Account → App tokens) with the scopes "
              "create, update, delete, media.", required=True, secret=True),
        Field("endpoint", "Micropub address", "Where the site does not say it itself.", type="url"),
        Field("destination", "Blog", "Its uid or address, where the account has several."),
        Field("drafts", "Drafts", "Whether the server keeps drafts; auto asks it.", type="choice",
              choices=("auto", "yes", "no"), default="auto"),
        Field("format", "Text as", "Markdown (Micro.blog), or HTML for servers that show Markdown "
              "as it is written.", type="choice", choices=("markdown", "html"),
              default="markdown"),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """The address, the token, the blog and what the server can do."""
        posting.complete(config, self.fields)
        with Server.of(config) as site:
            drafts = site.drafts
            found = [f"Micropub at {site.endpoint}", f"posts go to {site.destined()}"]
            found.append(
                "it keeps drafts: a post goes out exactly once"
                if drafts
                else "it keeps no drafts: after a lost answer the list of posts is looked at"
            )
            if not site.media:
                found.append("it takes no pictures")
        return tuple(found)

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug that is asked for."""
        return posting.plain_slug(post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the post's properties."""
        posting.complete(config, self.fields)
        return posting.digest(_properties(config, post, key, {}))

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, publish; or, without drafts, look and create."""
        with Server.of(config) as site:
            files = posting.uploaded(post, delivery, site.upload)
            wanted = _properties(config, post, key, files)
            url = post.remote.get("url") or self._look(site, key, wanted)
            dated = {"published": [posting.moment(min(post.dated.at, _now()))]}
            if not url and site.drafts:
                url = site.create({**wanted, **dated, "post-status": ["draft"]}, harmless=True)
                delivery.remember({"url": url})
            delivery.check()
            if not url:
                delivery.remember({})
                url = site.create({**wanted, **dated}, harmless=False)
                delivery.remember({"url": url, "live": "yes"})
                return self._proof(config, url, post, key)
            delivery.remember({"url": url, "live": "yes"})
            status = {"post-status": ["published"]} if site.drafts else {}
            body = {name: wanted[name] for name in wanted if name != "mp-slug"}
            moved = site.update(url, {**body, **status})
            if moved is None:
                self._vanished(site, url, post, delivery)
            elif moved != url:
                url = moved
                delivery.remember({"url": url})
            if site.drafts and server.draft(site.source(url)):
                raise Unsure(
                    f"{site.name} took the post and still calls it a draft.",
                    "If it does so every time: --set drafts=no, delete the draft there, and "
                    "publish again.",
                )
            return self._proof(config, url, post, key)

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it by its address; without one, in the list of posts."""
        with Server.of(config) as site:
            url = post.remote.get("url", "")
            wanted = _properties(config, post, key, _remembered(post))
            if url and site.reads:
                found = site.source(url)
                if found is None or server.draft(found) or not server.same(found, wanted):
                    return None
                return self._proof(config, url, post, key)
            if url:
                return self._proof(config, url, post, key) if site.shows(url, post.title) else None
            listed = site.listing()
            if listed is None:
                raise JournalError(
                    f"Whether it is out cannot be known: {site.name} lists no posts.",
                    "Look at your site.",
                )
            for found in listed:
                if server.draft(found):
                    continue
                if server.same(found, wanted):
                    return self._proof(config, server.url_of(found), post, key)
                if server.first(found, "name") == post.title and server.slug_of(found) == key:
                    raise JournalError(
                        f"{server.url_of(found)} has the name of this post, and other words.",
                        "Look whether it is this post.",
                    )
        return None

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Delete it there."""
        with Server.of(config) as site:
            url = post.remote.get("url", "")
            if not url:
                wanted = _properties(config, post, key, _remembered(post))
                same = [one for one in site.listing() or () if server.same(one, wanted)]
                url = server.url_of(same[0]) if same else ""
            if not url:
                return
            delivery.remember({})
            site.delete(url)
            delivery.remember({"url": "", "live": ""})

    # ------------------------------------------------------------------ steps

    @staticmethod
    def _look(site: Server, key: str, wanted: Mapping[str, list[Any]]) -> str:
        """The address of what an earlier attempt made, "" for none. Raises JournalError for
        another post with this slug."""
        listed = site.listing() or []
        for found in listed:
            if server.same(found, wanted):
                return server.url_of(found)
        taken = next((one for one in listed if server.slug_of(one) == key), None)
        if taken is not None:
            raise JournalError(
                f"{site.name} has another post at {server.url_of(taken)}. It was left alone.",
                "Choose another name with --slug NAME.",
            )
        return ""

    @staticmethod
    def _vanished(site: Server, url: str, post: Post, delivery: Delivery) -> None:
        if post.remote.get("live"):
            raise JournalError(
                f"{site.name} has nothing at {url} any more.",
                "If it was deleted on purpose, unpublish it here too; then it can be published "
                "anew.",
            )
        delivery.remember({"url": "", "live": ""})
        raise TryLater(f"The draft at {site.name} is gone.", "A new one will be made.")

    def _proof(self, config: Config, url: str, post: Post, key: str) -> Receipt:
        wanted = _properties(config, post, key, {})
        size = len(server.words(wanted).encode())
        path, remote = urlsplit(url).path or url, {"url": url, "live": "yes"}
        return posting.receipt(path, url, posting.digest(wanted), size, remote=remote)


def _properties(
    config: Config, post: Post, key: str, files: Mapping[str, str]
) -> dict[str, list[Any]]:
    content: str | dict[str, str]
    if posting.setting(config, "format") == "html":
        content = {"html": _SHORTCODE.sub("&#123;", page(post, files))}
    else:
        text = posting.no_template(posting.no_front_matter(public_text(post)), _SHORTCODE)
        content = posting.placed(text, files)
    found: dict[str, list[Any]] = {
        "name": [post.title.strip()],
        "content": [content],
        "category": list(post.tags),
        "summary": [post.description.strip()],
        "mp-slug": [key],
    }
    return {name: values for name, values in found.items() if any(values)}


def _remembered(post: Post) -> dict[str, str]:
    """The addresses of files that were uploaded before."""
    return {
        file.reference: url
        for file in carried(post)
        if (url := post.remote.get(posting.FILE + file.sha256[:16]))
    }


def _now() -> int:
    return time.time_ns() // 1_000_000
