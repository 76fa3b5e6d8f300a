"""The REST API of a WordPress site: where it is, who we are there, one request at a time.

Source: developer.wordpress.org/rest-api (discovery, posts, media, tags) and wp-includes/rest-api
of WordPress 6.1.
"""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from journal_app.domain.targets import AccessDenied, Config, TryLater
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.html import TAG
from journal_app.runtime.http import Reply, Web

_LINK = re.compile(r'<([^>]+)>\s*;[^,]*rel="?https://api\.w\.org/"?')
_RIGHTS = ("edit_posts", "publish_posts", "upload_files")


class Rest:
    """Use as a context manager. `user` is the name of the account, `may` what it can do there."""

    def __init__(self, config: Config) -> None:
        # WordPress shows the password in groups of four; it takes it with and without the spaces.
        self._account = posting.setting(config, "user"), posting.secret(config, "password")
        self._patience = posting.patience(config)
        url = posting.setting(config, "url").rstrip("/")
        self.web = self._web(re.sub(r"/(?:wp-admin|wp-json|wp-login\.php)(?:/.*)?$", "", url))
        self.user = ""
        self.may: frozenset[str] = frozenset()
        self.skew_ms = 0  # how far the site's clock is ahead of ours
        self._root = f"{self.web.base}/wp-json/"
        self._fixed: dict[str, str] = {}

    def __enter__(self) -> Rest:
        try:
            self._find()
        except BaseException:
            self.web.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.web.__exit__()

    def _web(self, base: str) -> Web:
        return Web(base, basic=self._account, timeout=self._patience)

    def another(self) -> Rest:
        """The same site over a connection of its own, for another thread. `web` is to be closed."""
        made = copy.copy(self)
        made.web = self._web(self.web.base)
        return made

    def now(self) -> int:
        """Ms UTC by the site's own clock, to the second."""
        return time.time_ns() // 1_000_000 + self.skew_ms

    # ------------------------------------------------------------------ requests

    def get(
        self, route: str, params: Mapping[str, str] | None = None, missing: tuple[int, ...] = (404,)
    ) -> Any:
        """JSON of a GET, or None. `route` is `posts/5`. Raises JournalError."""
        path, params = self._at(f"wp/v2/{route}", params)
        reply = self.web.read(path, params=params, missing=missing)
        return None if reply is None else _json(reply)

    def post(
        self,
        route: str,
        values: Mapping[str, Any] | None = None,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        harmless: bool = False,
        accept: tuple[int, ...] = (),
        method: str = "POST",
    ) -> Reply:
        """A request that changes something; its errors are those of `Web.send`."""
        path, params = self._at(f"wp/v2/{route}", params)
        return self.web.send(
            method,
            path,
            json=values,
            content=content,
            params=params or None,
            headers=headers,
            harmless=harmless,
            accept=accept,
        )

    def _at(self, route: str, params: Mapping[str, str] | None) -> tuple[str, dict[str, str]]:
        given = dict(params or {})
        if "rest_route" in self._fixed:
            base = self._fixed["rest_route"].rstrip("/")
            return self._root, {**self._fixed, "rest_route": f"{base}/{route}", **given}
        return f"{self._root}{route}", given

    # ------------------------------------------------------------------ where and who

    def _find(self) -> None:
        """The address of the API and our account. Raises JournalError for another site."""
        if self._me():
            return
        start = self.web.read("/")
        found = _announced(start) if start is not None else ""
        if not found:
            raise JournalError(
                f"{self.web.base} does not look like a WordPress site with the REST API.",
                "Give the address of the blog itself; a plugin for security may have switched "
                "the API off.",
            )
        parts = urlsplit(found)
        fixed = dict(parse_qsl(parts.query))
        self._fixed = fixed if "rest_route" in fixed else {}
        self._root = parts._replace(query="", fragment="").geturl()
        if not self._fixed:
            self._root = self._root.rstrip("/") + "/"
        if not self._me():
            raise JournalError(
                f"{self.web.site} names its REST API at {found}, and nothing answers there.",
                "Does a plugin for security block it?",
            )

    def _me(self) -> bool:
        """Whether WordPress answers here; 401 and 403 are told as they are."""
        path, params = self._at("wp/v2/users/me", {"context": "edit"})
        params["_fields"] = "id,name,capabilities"
        try:
            reply = self.web.read(path, params=params, missing=(404, 405, 410))
        except AccessDenied as error:
            raise _denied(self.web, error) from error
        if reply is None:
            return False
        try:
            found = reply.json()
        except ValueError:
            return False
        if not isinstance(found, dict) or "id" not in found:
            return False
        self.user = str(found.get("name") or "")
        rights = found.get("capabilities")
        given = rights if isinstance(rights, dict) else {}
        self.may = frozenset(name for name in _RIGHTS if given.get(name))
        self.skew_ms = posting.ahead(reply)
        return True


def _denied(web: Web, error: AccessDenied) -> AccessDenied:
    if "logged in" in error.message:
        return AccessDenied(
            f"{web.site} does not know the user name and password that it was given.",
            "It wants an application password (Users → Profile → Application Passwords), not the "
            "one you sign in with. Make one and give it with `journal target secret NAME password`."
            " Where that does not help, the web server drops the Authorization header or a plugin "
            "forbids such passwords: ask who runs the site.",
        )
    return AccessDenied(
        error.message,
        "It wants your user name and an application password (Users → Profile → Application "
        "Passwords), not the one you sign in with. Give it with `journal target secret NAME "
        "password`, then `journal target test NAME`.",
    )


def _announced(reply: Reply) -> str:
    """The address of the API that a page names, in its Link header or its head."""
    found = _LINK.search(reply.headers.get("link", ""))
    if found:
        return found[1]
    for tag in TAG.findall(reply.text[:200_000].replace("'", '"')):
        if tag.startswith("<link") and "https://api.w.org/" in tag:
            address = re.search(r'href="([^"]+)"', tag)
            return unescape(address[1]) if address else ""
    return ""


def _json(reply: Reply) -> Any:
    try:
        return reply.json()
    except ValueError as error:
        # Plugins and hosts put warnings or a login page in place of an answer.
        raise TryLater(
            f"WordPress answered {reply.status} with something that is not JSON.",
            "Look at the site in a browser: it may be in maintenance.",
        ) from error


def fields_of(reply: Reply) -> dict[str, Any]:
    """The object that an answer holds, empty where it holds none."""
    try:
        found = reply.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
