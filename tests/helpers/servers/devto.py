"""dev.to as its API v1 and the source of Forem describe it.

Written from forem/forem-docs api_v1.json and forem/forem (controllers/concerns/api/
articles_controller.rb, models/article.rb): key in the header `api-key`, errors as
{"error", "status"}, tags as a list, unique canonical addresses, unique (title, text) of an author,
front matter and Liquid in the text are run, `GET /articles/{id}` shows published ones only.
"""

from __future__ import annotations

import re
from typing import Any

from tests.helpers.servers.base import FakeSite, Reply, Request, json_reply

ALLOWED = {"title", "body_markdown", "published", "series", "main_image", "canonical_url",
           "description", "tags", "organization_id", "published_at", "language"}  # fmt: skip


class DevtoSite(FakeSite):
    """`state["articles"]` maps an id to an article."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.state = {"articles": {}, "next": 100}

    def denied(self, request: Request) -> Reply:
        return json_reply(401, {"error": "unauthorized", "status": 401})

    def add(self, published: bool = True, **fields: Any) -> dict[str, Any]:
        """An article that somebody wrote there."""
        id = self.state["next"]
        self.state["next"] += 1
        made = {"id": id, "title": "", "body_markdown": "", "canonical_url": None, "tags": [],
                "description": "", "published": published, **fields}  # fmt: skip
        self.state["articles"][id] = made
        return made

    def public(self) -> list[str]:
        """The texts of what readers see."""
        return [a["body_markdown"] for a in self.state["articles"].values() if a["published"]]

    def handle(self, request: Request) -> Reply:
        if not request.path.startswith("/api/"):
            return 404, {"Content-Type": "text/html"}, b"<h1>404</h1>"
        if request.headers.get("api-key") != self.key:
            return self.denied(request)
        if "v1" not in request.headers.get("accept", ""):
            return json_reply(406, {"error": "this is API v0", "status": 406})
        path = request.path.removeprefix("/api")
        if request.method == "GET":
            return self._read(request, path)
        if request.type != "application/json":
            return json_reply(422, {"error": "article param must be a JSON object", "status": 422})
        given = request.json().get("article")
        if not isinstance(given, dict):
            return json_reply(422, {"error": "article param must be a JSON object", "status": 422})
        given = {name: value for name, value in given.items() if name in ALLOWED}
        if request.method == "POST" and path == "/articles":
            return self._create(given)
        found = re.fullmatch(r"/articles/(\d+)", path)
        article = self.state["articles"].get(int(found[1])) if found else None
        if request.method == "PUT" and article is not None:
            return self._update(article, given)
        return json_reply(404, {"error": "not found", "status": 404})

    def _read(self, request: Request, path: str) -> Reply:
        articles = self.state["articles"]
        if path == "/users/me":
            return json_reply(200, {"type_of": "user", "id": 1, "username": "ada", "name": "Ada"})
        if path == "/articles/me/all":
            size = int(request.asked("per_page", "30"))
            start = (int(request.asked("page", "1")) - 1) * size
            listed = sorted(articles.values(), key=lambda a: -a["id"])[start : start + size]
            return json_reply(200, [self._shown(a) | {"published": a["published"]} for a in listed])
        found = re.fullmatch(r"/articles/(\d+)", path)
        article = articles.get(int(found[1])) if found else None
        if article is not None and article["published"]:
            return json_reply(200, self._shown(article))
        return json_reply(404, {"error": "not found", "status": 404})

    def _shown(self, article: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.url}/ada/article-{article['id']}"
        shown = {name: value for name, value in article.items() if name != "published"}
        return {
            **shown,
            "type_of": "article",
            "url": url,
            "canonical_url": article["canonical_url"] or url,
            "published_at": "2026-12-01T09:00:00Z" if article["published"] else None,
        }

    def _create(self, given: dict[str, Any]) -> Reply:
        blank = {"title": "", "body_markdown": "", "canonical_url": None, "tags": []}
        article = self._with({**blank, "id": 0, "description": "", "published": False}, given)
        error = self._error(article)
        if error:
            return json_reply(422, {"error": error, "status": 422})
        article = self.add(**{name: v for name, v in article.items() if name != "id"})
        self.deliveries += article["published"]
        return json_reply(201, self._shown(article))

    def _update(self, article: dict[str, Any], given: dict[str, Any]) -> Reply:
        changed = self._with(article, given)
        error = self._error(changed)
        if error:
            return json_reply(422, {"error": error, "status": 422})
        self.deliveries += changed["published"] and not article["published"]
        self.state["articles"][article["id"]] = changed
        return json_reply(200, self._shown(changed))

    @staticmethod
    def _with(article: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        changed = {**article, **given}
        if not isinstance(changed["tags"], list):  # a string is dropped by `permit(tags: [])`
            changed["tags"] = article["tags"]
        front = re.match(r"\s*---\s*\n(.*?)\n---\s*\n", changed["body_markdown"], re.DOTALL)
        for line in front[1].splitlines() if front else ():
            name, _, value = line.partition(":")
            changed[name.strip()] = value.strip()  # what stands in the text wins
        return changed

    def _error(self, article: dict[str, Any]) -> str:
        others = [a for a in self.state["articles"].values() if a["id"] != article["id"]]
        text = article["body_markdown"]
        if not article["title"].strip():
            return "Title can't be blank"
        if len(article["title"]) > 128:
            return "Title is too long (maximum is 128 characters)"
        if len(article["tags"]) > 4:
            return "Tag list exceed the maximum of 4 tags"
        if not all(tag.isalnum() for tag in article["tags"]):
            return "Tag is not valid: only letters and numbers"
        if article["canonical_url"] and any(
            a["canonical_url"] == article["canonical_url"] for a in others
        ):
            return "Canonical url has already been taken"
        if any((a["title"], a["body_markdown"]) == (article["title"], text) for a in others):
            return "Body markdown has already been taken"
        code = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
        if re.search(r"\{%", code):
            return "Liquid syntax error: Unknown tag"
        return ""
