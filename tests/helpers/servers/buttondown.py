"""Buttondown as docs.buttondown.com describes it (API version 2026-04-01).

`Authorization: Token …`; errors as {"code", "detail"} with 400; an e-mail is a draft unless it says
otherwise; sending by POST wants a header of its own, by PATCH it does not; moves of the status as
drawn in api-emails-status; slugs are unique; pictures are PNG, JPG, GIF, WebP, and the same bytes
get the same address.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from tests.helpers.servers.base import FakeSite, Reply, Request, json_reply

FIELDS = {"subject", "body", "status", "slug", "description", "canonical_url", "metadata",
          "publish_date", "email_type", "image"}  # fmt: skip
MOVES = {
    "draft": {"draft", "scheduled", "about_to_send"},
    "scheduled": {"draft", "scheduled"},
    "sent": set(),
}


class ButtondownSite(FakeSite):
    """`state["emails"]` maps an id to an e-mail; `mailed` counts what went to subscribers."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.state = {"emails": {}, "images": {}, "next": 1}

    @property
    def base(self) -> str:
        return f"{self.url}/v1"

    def denied(self, request: Request) -> Reply:
        return json_reply(401, {"detail": "Invalid token."})

    def add(self, **fields: Any) -> dict[str, Any]:
        """An e-mail that somebody wrote there."""
        id = f"em_{self.state['next']:06d}"
        self.state["next"] += 1
        slug = fields.get("slug") or id
        made = {"id": id, "subject": "", "body": "", "status": "draft", "metadata": {},
                "publish_date": None, "absolute_url": f"{self.url}/ada/archive/{slug}/",
                **fields, "slug": slug}  # fmt: skip
        self.state["emails"][id] = made
        return made

    def public(self, mark: str) -> list[str]:
        """The texts of what was sent for one post."""
        return [
            email["body"]
            for email in self.state["emails"].values()
            if email["status"] not in ("draft", "scheduled")
            and email["metadata"].get("field_journal_post") == mark
        ]

    def waiting(self, mark: str) -> int:
        """How many are held for one post."""
        return sum(
            email["status"] == "scheduled" and email["metadata"]["field_journal_post"] == mark
            for email in self.state["emails"].values()
        )

    def handle(self, request: Request) -> Reply:
        if not request.path.startswith("/v1/"):
            return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"
        if request.headers.get("authorization") != f"Token {self.key}":
            return self.denied(request)
        path = request.path.removeprefix("/v1")
        if path == "/images" and request.method == "POST":
            return self._image(request)
        if request.method != "GET" and request.type != "application/json":
            return json_reply(415, {"detail": "Unsupported media type."})
        if path == "/emails":
            return self._list(request) if request.method == "GET" else self._create(request)
        found = re.fullmatch(r"/emails/(\w+)", path)
        email = self.state["emails"].get(found[1]) if found else None
        if email is None:
            return json_reply(404, {"detail": "Not found."})
        if request.method == "GET":
            return json_reply(200, email)
        if request.method == "PATCH":
            return self._patch(email, request.json())
        return json_reply(405, {"detail": "Method not allowed."})

    def _list(self, request: Request) -> Reply:
        wanted = request.query.get("status")
        emails = [e for e in self.state["emails"].values() if not wanted or e["status"] in wanted]
        page = int(request.asked("page", "1"))
        shown = emails[(page - 1) * 100 : page * 100]
        following = f"{self.base}/emails?page={page + 1}" if page * 100 < len(emails) else None
        return json_reply(
            200, {"count": len(emails), "next": following, "previous": None, "results": shown}
        )

    def _create(self, request: Request) -> Reply:
        given = request.json()
        if given.get("status", "draft") == "about_to_send" and not request.headers.get(
            "x-buttondown-live-dangerously"
        ):
            return self._error("sending_requires_confirmation", "Are you sure?")
        refused = self._refused(given, None)
        if refused:
            return refused
        email = self.add(**{**given, "status": given.get("status", "draft")})
        return json_reply(201, email)

    def _patch(self, email: dict[str, Any], given: dict[str, Any]) -> Reply:
        refused = self._refused(given, email)
        if refused:
            return refused
        status = given.get("status", email["status"])
        if "status" in given and status not in MOVES[email["status"]]:
            return self._error("status_invalid", f"{email['status']} cannot become {status}.")
        if given.get("publish_date") == "none":
            given["publish_date"] = None
        email.update(given)
        if status == "about_to_send":
            email["status"] = "sent"
            self.deliveries += 1
        return json_reply(200, email)

    def _refused(self, given: dict[str, Any], email: dict[str, Any] | None) -> Reply | None:
        others = [e for e in self.state["emails"].values() if e is not email]
        if set(given) - FIELDS:
            return json_reply(422, {"detail": f"Unknown: {set(given) - FIELDS}"})
        if email is None and not given.get("subject"):
            return self._error("subject_invalid", "A subject is required.")
        if len(given.get("subject", "")) > 2000 or "\n" in given.get("subject", ""):
            return self._error("subject_invalid", "The subject is not valid.")
        if given.get("slug") and not re.fullmatch(r"[\w-]+", given["slug"], re.ASCII):
            return self._error("slug_invalid", "The slug is not valid.")
        same = {(e["subject"], e["body"], e["slug"]) for e in others}  # undocumented: a guess
        if email is None and (given["subject"], given.get("body"), given.get("slug")) in same:
            return self._error("email_duplicate", "An email with the same identifiers exists.")
        if given.get("slug") in {e["slug"] for e in others}:
            return self._error("slug_invalid", "The slug is already in use.")
        if re.search(r"\{\{|\{%", given.get("body", "") + given.get("subject", "")):
            return self._error("body_invalid", "The template cannot be rendered.")
        if given.get("status") == "scheduled":
            when = datetime.fromisoformat(given.get("publish_date") or "1970-01-01T00:00:00+00:00")
            if when <= datetime.now(UTC):
                return self._error("publish_date_invalid", "The date is not in the future.")
        return None

    def _image(self, request: Request) -> Reply:
        (part,) = request.parts()
        if part.name != "image" or part.type not in ("image/png", "image/jpeg", "image/gif",
                                                     "image/webp"):  # fmt: skip
            return json_reply(422, {"detail": [{"msg": "Unsupported image type."}]})
        name = hashlib.sha256(part.data).hexdigest()[:12]
        self.state["images"][name] = self.state["images"].get(name, 0) + 1
        return json_reply(201, {"id": f"im_{name}", "image": f"https://assets.example/{name}.png"})

    @staticmethod
    def _error(code: str, detail: str) -> Reply:
        return json_reply(400, {"code": code, "detail": detail, "metadata": {}})
