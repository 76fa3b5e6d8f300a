"""A proxy before the real WordPress that loses answers, and the world of the conformance kit."""

from __future__ import annotations

import base64
import http.client
import re
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from journal_app.domain.targets import Config, Post, PublishTarget, Secret
from journal_app.extend.conformance import SECRET, Fault
from journal_app.publish.wordpress import WordPressTarget
from tests.helpers.servers.base import FakeSite, Reply, Request
from tests.helpers.servers.worlds import SiteWorld
from tests.helpers.wordpress import WordPress

_HOPS = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class Proxy(FakeSite):
    """Passes everything on. The password SECRET becomes the account's real one; a revoked key is
    refused by WordPress itself. `hidden` lists answer that nothing is there."""

    def __init__(self, wordpress: WordPress, user: str = "admin") -> None:
        super().__init__()
        self.wordpress = wordpress
        self.user = user
        self.hidden = 0
        self.lost = threading.Event()
        self._losing: list[str] = []

    def lose(self, step: int, fault: str) -> None:
        """The request number `step` (from 0) of those that change something meets a fault."""
        self._losing = [""] * step + [fault]

    def answer(self, request: Request) -> tuple[str, Reply]:
        with self.lock:
            if self.changes(request) and self._losing:
                fault = self._losing.pop(0)
                self.faults = [fault] if fault else []
                if fault:
                    answer = super().answer(request)
                    self.lost.set()
                    return answer
            return super().answer(request)

    def denied(self, request: Request) -> Reply:
        return self._pass(request, "not the password")

    def changes(self, request: Request) -> bool:
        return super().changes(request) and not request.path.endswith("wp-cron.php")

    def handle(self, request: Request) -> Reply:
        if self.hidden and request.method == "GET" and "slug" in request.query:
            self.hidden -= 1
            return 200, {"Content-Type": "application/json"}, b"[]"
        reply = self._pass(request, self.wordpress.passwords[self.user])
        if self.changes(request):
            live = len(self.wordpress.posts())
            self.deliveries += live > self.state.get("live", 0)
            self.state["live"] = live
        return reply

    def _pass(self, request: Request, password: str) -> Reply:
        headers = {name: value for name, value in request.headers.items() if name not in _HOPS}
        headers["host"] = urlsplit(self.url).netloc
        given = base64.b64decode(headers.get("authorization", "")[6:]).decode()
        if given.endswith(f":{SECRET}"):
            name = given.partition(":")[0]
            real = base64.b64encode(f"{name}:{password}".encode()).decode()
            headers["authorization"] = f"Basic {real}"
        headers["accept-encoding"] = "identity"
        there = http.client.HTTPConnection(urlsplit(self.wordpress.url).netloc, timeout=30)
        try:
            there.request(request.method, request.target, request.body or None, headers)
            answer = there.getresponse()
            body = answer.read()
        finally:
            there.close()
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in _HOPS}
        kept.pop("Date", None)  # the proxy has its own
        return answer.status, kept, body


class WordPressWorld(SiteWorld):
    """WordPress behind a proxy, as the kit wants it."""

    def __init__(
        self, wordpress: WordPress, proxy: Proxy, folder: Path, user: str = "admin", **more: Any
    ) -> None:
        self.proxy = proxy
        config = {"url": proxy.url, "user": user, "password": Secret(SECRET), "timeout": 30}
        config |= more
        super().__init__(WordPressTarget(), proxy, folder, config, wordpress.posts, wordpress.held)

    def live(self, post: Post) -> list[str]:
        return [text for text in super().live(post) if post.id in text]


class Direct:
    """The same without a proxy between."""

    def __init__(self, wordpress: WordPress, folder: Path, user: str = "admin") -> None:
        self.kind: PublishTarget = WordPressTarget()
        self.folder = folder
        self.wordpress = wordpress
        self.config: Config = {
            "url": wordpress.url,
            "user": user,
            "password": Secret(wordpress.passwords[user]),
        }

    def live(self, post: Post) -> list[str]:
        return [text for text in self.wordpress.posts() if post.id in text]

    def held(self, post: Post) -> int:
        return self.wordpress.held()

    def fault(self, fault: Fault) -> bool:
        return False


def read(url: str) -> tuple[int, str, str]:
    """What a reader gets: status, the address in the end, and what the theme shows of a post."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            found = re.search(
                r"<article>(.*)</article>", answer.read().decode(errors="replace"), re.DOTALL
            )
            return answer.status, answer.url, found[1] if found else ""
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, url, ""
