"""Mataroa as main/views/api.py and main/text_processing.py of mataroablog/mataroa have it.

A new post's slug is made of its title; a slug that is taken gets a suffix; titles and slugs have at
most 300 characters, slugs are plain; dates have no time; a key that is not good is answered 403.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from tests.helpers.servers.base import FakeSite, Reply, Request, json_reply


class MataroaSite(FakeSite):
    """`state["posts"]` is a list of posts."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.state = {"posts": [], "suffix": 0}

    def denied(self, request: Request) -> Reply:
        return json_reply(403, {"ok": False, "error": "Not authorized."})

    def add(self, slug: str, **fields: Any) -> dict[str, Any]:
        """A post that somebody wrote there."""
        made = {"slug": slug, "title": "", "body": "", "published_at": None, **fields}
        self.state["posts"].append(made)
        return made

    def public(self) -> list[str]:
        """The texts of what readers see."""
        return [post["body"] for post in self.state["posts"] if self._seen(post)]

    @staticmethod
    def _seen(post: dict[str, Any]) -> bool:
        today = datetime.now(UTC).date().isoformat()
        return post["published_at"] is not None and post["published_at"] <= today

    def handle(self, request: Request) -> Reply:
        if not re.fullmatch(r"/api/posts/(?:[\w-]+/)?", request.path):
            return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return self.denied(request)
        data: dict[str, Any] = {}
        if request.method in ("POST", "PATCH"):
            try:
                data = request.json()
            except ValueError:
                return json_reply(400, {"ok": False, "message": "Input data invalid."})
            if not self._valid(data):
                return json_reply(400, {"ok": False, "message": "Input data invalid."})
        if request.path == "/api/posts/":
            return self._all(request, data)
        return self._one(request, data, request.path.split("/")[3])

    @staticmethod
    def _valid(data: dict[str, Any]) -> bool:
        if len(data.get("title") or "") > 300:
            return False
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,300}", data.get("slug") or ""):
            return False
        try:
            return not data.get("published_at") or bool(date.fromisoformat(data["published_at"]))
        except ValueError:
            return False

    def _all(self, request: Request, data: dict[str, Any]) -> Reply:
        if request.method == "GET":
            listed = [{**post, "url": self._url(post)} for post in self.state["posts"]]
            return json_reply(200, {"ok": True, "post_list": listed})
        if "title" not in data:
            return json_reply(400, {"ok": False, "message": "Title field is required."})
        post = self.add(
            self._slug(data["title"], None),
            title=data["title"],
            body=data.get("body", ""),
            published_at=data.get("published_at"),
        )
        self.deliveries += self._seen(post)
        return json_reply(200, {"ok": True, "slug": post["slug"], "url": self._url(post)})

    def _one(self, request: Request, data: dict[str, Any], slug: str) -> Reply:
        post = next((post for post in self.state["posts"] if post["slug"] == slug), None)
        if post is None:
            return json_reply(404, {"ok": False, "error": "Not found."})
        if request.method == "DELETE":
            self.state["posts"].remove(post)
            return json_reply(200, {"ok": True})
        if request.method == "GET":
            return json_reply(200, {"ok": True, **post, "url": self._url(post)})
        before = self._seen(post)
        if "slug" in data:
            post["slug"] = self._slug(data["slug"], post)
        for name in ("title", "body"):
            if name in data:
                post[name] = data[name].strip()  # a CharField strips
        if "published_at" in data:
            post["published_at"] = data["published_at"]
        self.deliveries += self._seen(post) and not before
        return json_reply(200, {"ok": True, "slug": post["slug"], "url": self._url(post)})

    def _slug(self, text: str, post: dict[str, Any] | None) -> str:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-_") or "abc-de-fgh"
        if any(one["slug"] == slug and one is not post for one in self.state["posts"]):
            self.state["suffix"] += 1
            slug += f"-{self.state['suffix']:08x}"
        return slug

    def _url(self, post: dict[str, Any]) -> str:
        return f"{self.url}/blog/{post['slug']}/"
