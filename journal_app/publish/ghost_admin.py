"""The Admin API of a Ghost site: one request at a time, each with a token of five minutes.

Source: docs.ghost.org/admin-api (overview, posts, images) and TryGhost/Ghost,
services/auth/api-key/admin.js (tokens).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from journal_app.domain.targets import AccessDenied, Config, Secret, TryLater
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.body import Carried
from journal_app.runtime.http import Reply, Web

VERSION = "v5.0"
LASTS = 300  # s that a token is good for, at most
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
            ".webp": "image/webp", ".svg": "image/svg+xml"}  # fmt: skip
_KEY = re.compile(r"([0-9a-f]{24}):((?:[0-9a-f]{2}){16,64})")


class Admin:
    """Use as a context manager; being entered, it has seen that a Ghost answers."""

    def __init__(self, config: Config) -> None:
        key = posting.secret(config, "key").shown_to_target()
        found = _KEY.fullmatch(key)
        if found is None:
            raise JournalError(
                "The Admin API key is not one: it has two parts with a colon between.",
                "Copy the Admin API key (not the Content API key) whole: Settings → Integrations "
                "→ your integration in Ghost.",
            )
        self._id, self._secret = found.groups()
        self.skew_ms = 0  # how far the site's clock is ahead of ours
        self.version = self.title = ""
        site = re.sub(r"/ghost(?:/.*)?$", "", posting.setting(config, "url").rstrip("/"))
        headers = {"Authorization": self._token(), "Accept-Version": VERSION}
        self.web = Web(f"{site}/ghost/api/admin", headers, timeout=posting.patience(config))
        self.site = site

    def __enter__(self) -> Admin:
        try:
            self._greet()
        except BaseException:
            self.web.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.web.__exit__()

    def now(self) -> int:
        """Ms UTC by the site's own clock, to the second."""
        return time.time_ns() // 1_000_000 + self.skew_ms

    # ------------------------------------------------------------------ requests

    def post_at(self, path: str) -> dict[str, Any] | None:
        """The post at `posts/…/`, or None. Raises JournalError."""
        reply = self._told(
            lambda: self.web.read(path, params={"formats": "html"}, headers=self._signed())
        )
        return None if reply is None else first(reply, "posts")

    def send(
        self,
        method: str,
        path: str,
        post: Mapping[str, Any] | None = None,
        *,
        harmless: bool = False,
        accept: tuple[int, ...] = (),
    ) -> Reply:
        """A request that changes a post; its errors are those of `Web.send`. Never says
        `newsletter`, without which Ghost sends no e-mail."""
        params = {"source": "html", "formats": "html"} if post is not None else None
        reply = self._told(
            lambda: self.web.send(
                method,
                path,
                json=None if post is None else {"posts": [dict(post)]},
                params=params,
                headers=self._signed(),
                harmless=harmless,
                accept=accept,
            )
        )
        assert reply is not None
        return reply

    def upload(self, file: Carried) -> str:
        """Send a picture and return its address."""
        kind = PICTURES[file.source.suffix.lower()]
        reply = self._told(
            lambda: self.web.send(
                "POST",
                "images/upload/",
                files={"file": (file.name, file.source.read_bytes(), kind)},
                data={"purpose": "image", "ref": file.reference},
                headers=self._signed(),
                harmless=True,
            )
        )
        found = first(reply, "images") if reply is not None else None
        url = str((found or {}).get("url") or "")
        if not url.startswith(("https://", "http://")):
            raise TryLater(
                f"{self.web.site} did not say where {file.name} is.", "It will be sent again."
            )
        return url

    # ------------------------------------------------------------------ who and where

    def _greet(self) -> None:
        reply = self.web.read("site/")
        try:
            site = None if reply is None else reply.json()["site"]
        except (ValueError, KeyError, TypeError):
            site = None
        if reply is None or not isinstance(site, dict) or "version" not in site:
            raise JournalError(
                f"{self.site} does not answer like a Ghost site.",
                "Give the address that Ghost's admin has, without /ghost.",
            )
        self.version = str(site["version"])
        self.title = str(site.get("title") or "")
        self.skew_ms = posting.ahead(reply)

    def _token(self) -> Secret:
        import jwt

        now = self.now() // 1000
        claims = {"iat": now, "exp": now + LASTS, "aud": "/admin/"}
        made = jwt.encode(
            claims, bytes.fromhex(self._secret), algorithm="HS256", headers={"kid": self._id}
        )
        return Secret(f"Ghost {made}")

    def _signed(self) -> dict[str, str]:
        return {"Authorization": self._token().shown_to_target()}

    def _told(self, ask: Callable[[], Reply | None]) -> Reply | None:
        try:
            return ask()
        except AccessDenied as error:
            raise AccessDenied(
                error.message,
                "Copy the Admin API key of a custom integration (Settings → Integrations in "
                "Ghost), give it with `journal target secret NAME key`, then `journal target "
                "test NAME`.",
            ) from error


def first(reply: Reply, name: str) -> dict[str, Any] | None:
    """The one thing in {"posts": [{…}]}; None where the answer is something else."""
    try:
        found = reply.json()[name][0]
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    return found if isinstance(found, dict) else None


def instant(at: int) -> str:
    """A time (ms UTC) as Ghost writes it."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
