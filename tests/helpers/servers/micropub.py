"""A Micropub server as w3.org/TR/micropub and Micro.blog's help describe it.

Create by form, update by JSON only, delete by either; 201 or 202 with Location; errors as
{"error", "error_description"}; a slug that is taken gets another ending; a media endpoint of its
own; `post-status` and `q=source` without an address only where the server has these extensions.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from tests.helpers.servers.base import FakeSite, Reply, Request, html_reply, json_reply

BLOGS = [
    {"uid": "https://ada.example/", "name": "ada.example", "microblog-default": True},
    {"uid": "https://lab.example/", "name": "lab.example"},
]


class MicropubSite(FakeSite):
    """`state["posts"]` maps an address to properties. `link`: how the site names its endpoint."""

    def __init__(
        self, token: str, *, drafts: bool = True, lists: bool = True, link: str = "html"
    ) -> None:
        super().__init__()
        self.token = token
        self.drafts = drafts
        self.lists = lists
        self.link = link
        self.state = {"posts": {}, "files": {}}

    def denied(self, request: Request) -> Reply:
        if not request.path.startswith("/micropub"):
            return self._site(request)  # readers need no token
        return json_reply(401, {"error": "unauthorized"})

    def public(self) -> list[str]:
        """The texts of what readers see."""
        return [p["content"][0] for p in self.state["posts"].values() if self._seen(p)]

    @staticmethod
    def _seen(post: dict[str, Any]) -> bool:
        shown = post.get("published", ["1970-01-01T00:00:00+00:00"])[0]
        hidden = post.get("post-status") == ["draft"]
        return not hidden and datetime.fromisoformat(shown).timestamp() <= time.time()

    def handle(self, request: Request) -> Reply:
        if not request.path.startswith("/micropub"):
            return self._site(request)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return self.denied(request)
        if request.path == "/micropub/media":
            return self._media(request)
        if request.method == "GET":
            return self._query(request)
        if request.type == "application/json":
            asked = request.json()
            return self._act(asked) if "action" in asked else self._made(asked)
        if request.type != "application/x-www-form-urlencoded":
            return self._error("the content type is not known")
        form = request.form()
        if "action" in form:
            return self._act({name: values[0] for name, values in form.items()})
        return self._create(form)

    def _site(self, request: Request) -> Reply:
        post = self.state["posts"].get(f"{self.url}{request.path}")
        if post is not None:
            if not self._seen(post):
                return html_reply(404, "<h1>Not found</h1>")
            return html_reply(200, f"<h1>{post['name'][0]}</h1><p>{post['content'][0]}</p>")
        if request.path != "/":
            return html_reply(404, "<h1>Not found</h1>")
        if self.link == "header":
            return html_reply(200, "Ada", {"Link": '</auth>; rel="x", </micropub>; rel="micropub"'})
        link = '<link href="/micropub" rel="micropub">' if self.link == "html" else ""
        return html_reply(200, f"<html><head>{link}</head>Ada</html>")

    def _query(self, request: Request) -> Reply:
        q = request.asked("q")
        if q == "config":
            types = [{"type": "note", "properties": ["content", "published"]}]
            if self.drafts:
                types[0]["properties"].append("post-status")  # type: ignore[attr-defined]
            config = {"media-endpoint": f"{self.url}/micropub/media", "destination": BLOGS}
            return json_reply(200, {**config, "post-types": types, "syndicate-to": []})
        if q != "source":
            return self._error("no such query")
        if request.asked("url"):
            post = self.state["posts"].get(request.asked("url"))
            if post is None:
                return self._error("the post was not found")
            return json_reply(200, {"type": ["h-entry"], "properties": post})
        if not self.lists:
            return self._error("url is missing")
        items = [
            {"type": ["h-entry"], "properties": {**post, "url": [url]}}
            for url, post in reversed(self.state["posts"].items())
        ]
        return json_reply(200, {"items": items[: int(request.asked("limit", "20"))]})

    def _made(self, asked: dict[str, Any]) -> Reply:
        if asked.get("type") != ["h-entry"]:
            return self._error("type is missing")
        content = [one["html"] for one in asked["properties"]["content"]]
        return self._create({**asked["properties"], "h": ["entry"], "content": content})

    def _create(self, form: dict[str, list[str]]) -> Reply:
        if form.pop("h", None) != ["entry"] or not form.get("content", [""])[0]:
            return self._error("content is missing")
        if "{{<" in form["content"][0]:
            return self._error("the blog cannot be built")
        blog = form.pop("mp-destination", None)
        if blog and blog[0] not in [one["uid"] for one in BLOGS]:
            return self._error("no such blog")
        slug = form.pop("mp-slug", ["post"])[0]
        post = {name.removesuffix("[]"): values for name, values in form.items()}
        if not self.drafts:
            post.pop("post-status", None)
        url, n = f"{self.url}/2026/{slug}.html", 2
        while url in self.state["posts"]:
            url, n = f"{self.url}/2026/{slug}-{n}.html", n + 1
        self.state["posts"][url] = post
        self.deliveries += self._seen(post)
        answer = {"url": url, "preview": f"{self.url}/preview/1"}
        status, headers, body = json_reply(202, answer)
        return status, {**headers, "Location": url}, body

    def _act(self, asked: dict[str, Any]) -> Reply:
        post = self.state["posts"].get(asked.get("url"))
        if post is None:
            return self._error("the post was not found")
        if asked["action"] == "delete":
            del self.state["posts"][asked["url"]]
            return 204, {}, b""
        if asked["action"] != "update" or not isinstance(asked.get("replace"), dict):
            return self._error("no such action")
        if not all(isinstance(values, list) for values in asked["replace"].values()):
            return self._error("values must be arrays")
        before = self._seen(post)
        given = dict(asked["replace"])
        given["content"] = [c["html"] if isinstance(c, dict) else c for c in given["content"]]
        post.update(given)
        self.deliveries += self._seen(post) and not before
        return 204, {}, b""

    def _media(self, request: Request) -> Reply:
        (part,) = [one for one in request.parts() if one.name == "file"]
        url = f"{self.url}/uploads/{part.filename}"
        self.state["files"][url] = part.data
        return 202, {"Location": url}, b""

    @staticmethod
    def _error(words: str) -> Reply:
        return json_reply(400, {"error": "invalid_request", "error_description": words})
