"""A Mastodon server for tests, as strict as its documentation (docs.joinmastodon.org/methods) and
`status_length_validator.rb`: lengths, keys that live one hour, `scheduled_at` under 5 minutes goes
out at once, 300 scheduled, pictures that take time.

Keys do not cover scheduled statuses here: whether they do is not documented.
"""

from __future__ import annotations

import html
import re
import time
from datetime import UTC, datetime
from typing import Any

import regex

from tests.helpers.servers.base import FakeSite, Reply, Request, _Handler, html_reply, json_reply

TOKEN = "t0ken-of-the-conformance-kit-0123456789"
POSTED = {
    "status",
    "media_ids",
    "in_reply_to_id",
    "sensitive",
    "spoiler_text",
    "visibility",
    "language",
    "scheduled_at",
}
EDITED = {"status", "media_ids", "media_attributes", "sensitive", "spoiler_text", "language"}
KEY_LIVES = 3600  # s


class _Dated(_Handler):
    """Its Date is that of the server's clock."""

    server: FakeMastodon

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(self.server.now() if timestamp is None else timestamp)


class FakeMastodon(FakeSite):
    """`state`: statuses, held, media, keys. `ahead`: seconds that its clock is before ours."""

    def __init__(self, token: str = TOKEN, characters: int = 500) -> None:
        super().__init__()
        self.RequestHandlerClass = _Dated
        self.token = token
        self.characters = characters
        self.ahead = 0.0
        self.processing = 0  # looks at a picture until it is ready
        self.fires_late = False  # what was held is taken off and comes out at the next request
        self.state = {
            "statuses": {},
            "held": {},
            "media": {},
            "keys": {},
            "last": 1000,
            "firing": [],
            "posted": [],
        }

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead

    def statuses(self) -> list[dict[str, Any]]:
        """What readers see, the oldest first."""
        with self.lock:
            self._fire()
            return list(self.state["statuses"].values())

    # ------------------------------------------------------------------ requests

    def denied(self, request: Request) -> Reply:
        return json_reply(401, {"error": "The access token was revoked"})

    def handle(self, request: Request) -> Reply:
        self._fire()
        if request.path.startswith("/@me/"):
            status = self.state["statuses"].get(request.path.removeprefix("/@me/"))
            return html_reply(200, status["content"]) if status else html_reply(404, "gone")
        if request.path == "/api/v2/instance":
            return json_reply(200, self._instance())
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return json_reply(401, {"error": "The access token is invalid"})
        path = request.path.removeprefix("/api/").split("/")
        match (request.method, *path):
            case "GET", "v1", "accounts", "verify_credentials":
                return json_reply(200, {"id": "7", "username": "me", "acct": "me"})
            case "GET", "v1", "accounts", "7", "statuses":
                return self._listed(request)
            case "POST", "v1", "statuses":
                return self._post(request)
            case method, "v1", "statuses", id, *rest:
                return self._one(request, method, id, rest)
            case "GET", "v1", "scheduled_statuses":
                return json_reply(200, self._page(request, list(self.state["held"].values())))
            case method, "v1", "scheduled_statuses", id:
                return self._held(request, method, id)
            case "POST", "v2", "media":
                return self._upload(request)
            case "GET", "v1", "media", id:
                return self._media(id)
        return json_reply(404, {"error": "Record not found"})

    def _instance(self) -> dict[str, Any]:
        return {
            "domain": "127.0.0.1",
            "version": "4.5.3",
            "configuration": {
                "statuses": {
                    "max_characters": self.characters,
                    "max_media_attachments": 4,
                    "characters_reserved_per_url": 23,
                },
                "media_attachments": {"description_limit": 1500, "image_size_limit": 16777216},
            },
        }

    def _page(self, request: Request, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        limit = min(int(request.asked("limit", "20")), 40)
        below = request.asked("max_id")
        newest = sorted(found, key=lambda one: -int(one["id"]))
        return [one for one in newest if not below or int(one["id"]) < int(below)][:limit]

    def _listed(self, request: Request) -> Reply:
        return json_reply(200, self._page(request, list(self.state["statuses"].values())))

    def _id(self) -> str:
        self.state["last"] += 1
        return str(self.state["last"])

    # ------------------------------------------------------------------ statuses

    def _post(self, request: Request) -> Reply:
        values = request.json() if request.type == "application/json" else None
        if not isinstance(values, dict) or set(values) - POSTED:
            self.problems.append(f"a status with {values!r}")
            return _invalid("unknown parameters")
        key = request.headers.get("idempotency-key", "")
        at, known = self.state["keys"].get(key, (0, ""))
        if key and known and self.now() - at < KEY_LIVES:
            status = self.state["statuses"].get(known)
            if status is None:
                return json_reply(404, {"error": "Record not found"})
            return json_reply(200, status)
        parent = values.get("in_reply_to_id")
        if parent is not None and parent not in self.state["statuses"]:
            return json_reply(404, {"error": "The post you are trying to reply to is gone"})
        refused = self._refused(values, None)
        if refused:
            return _invalid(refused)
        if values.get("scheduled_at"):
            at = _read(values["scheduled_at"])
            if at - self.now() >= 300:
                return self._hold(values, at)
        status = self._make(values)
        if key:
            self.state["keys"][key] = (self.now(), status["id"])
        return json_reply(200, status)

    def _refused(self, values: dict[str, Any], old: dict[str, Any] | None) -> str:
        text = values.get("status") or ""
        media = values.get("media_ids") or []
        if not text.strip() and not media:
            return "Text can't be blank"
        if counted(text) + counted(values.get("spoiler_text") or "") > self.characters:
            return f"Text character limit of {self.characters} exceeded"
        if values.get("visibility", "public") not in ("public", "unlisted", "private", "direct"):
            return "Visibility is not included in the list"
        if not re.fullmatch(r"[a-z]{2,3}", values.get("language", "en")):
            return "Language is invalid"
        if len(media) > 4 or len(set(media)) != len(media):
            return "Cannot attach more than 4 files"
        for id in media:
            found = self.state["media"].get(id)
            if found is None or found["status"] not in (None, old and old["id"]):
                return "Media not found"
            if found["looks"] > 0:
                return "Cannot attach files that have not finished processing. Try again later!"
        return ""

    def _make(self, values: dict[str, Any]) -> dict[str, Any]:
        id = self._id()
        status = {
            "id": id,
            "created_at": _written(self.now()),
            "in_reply_to_id": values.get("in_reply_to_id"),
            "sensitive": bool(values.get("sensitive")),
            "spoiler_text": values.get("spoiler_text") or "",
            "visibility": values.get("visibility", "public"),
            "language": values.get("language"),
            "url": f"{self.url}/@me/{id}",
            "content": _shown(values.get("status") or ""),
            "reblog": None,
            "media_attachments": self._attach(id, values.get("media_ids") or []),
            "edited_at": None,
        }
        self.state["statuses"][id] = status
        self.state.setdefault("texts", {})[id] = values.get("status") or ""
        self.state["posted"].append(id)
        self.deliveries += 1
        return status

    def _attach(self, id: str, media: list[str]) -> list[dict[str, Any]]:
        for one in media:
            self.state["media"][one]["status"] = id
        return [
            {"id": one, "type": "image", "description": self.state["media"][one]["description"]}
            for one in media
        ]

    def _one(self, request: Request, method: str, id: str, rest: list[str]) -> Reply:
        status = self.state["statuses"].get(id)
        if status is None:
            return json_reply(404, {"error": "Record not found"})
        if (method, rest) == ("GET", ["source"]):
            text = self.state["texts"][id]
            return json_reply(200, {"id": id, "text": text, "spoiler_text": ""})
        if rest:
            return json_reply(404, {"error": "Record not found"})
        if method == "DELETE":
            del self.state["statuses"][id]
        elif method == "PUT":
            values = request.json()
            if set(values) - EDITED:
                self.problems.append(f"an edit with {sorted(values)}")
                return _invalid("unknown parameters")
            refused = self._refused(values, status)
            if refused:
                return _invalid(refused)
            status["content"] = _shown(values["status"])
            status["spoiler_text"] = values.get("spoiler_text", "")
            status["media_attachments"] = self._attach(id, values.get("media_ids") or [])
            status["edited_at"] = _written(self.now())
            self.state["texts"][id] = values["status"]
        return json_reply(200, status)

    # ------------------------------------------------------------------ held until their time

    def _hold(self, values: dict[str, Any], at: float) -> Reply:
        day = datetime.fromtimestamp(at, UTC).date()
        same = [h for h in self.state["held"].values() if _day(h) == day]
        if len(self.state["held"]) >= 300 or len(same) >= 50:
            return _invalid("You have exceeded the limit of scheduled posts")
        id = self._id()
        params = {"text": values.get("status"), **values, "scheduled_at": None}
        held = {"id": id, "scheduled_at": _written(at), "params": params, "media_attachments": []}
        self.state["held"][id] = held
        return json_reply(200, held)

    def _held(self, request: Request, method: str, id: str) -> Reply:
        held = self.state["held"].get(id)
        if held is None:
            return json_reply(404, {"error": "Record not found"})
        if method == "DELETE":
            del self.state["held"][id]
            return json_reply(200, {})
        if method == "PUT":
            at = _read(request.json()["scheduled_at"])
            if at - self.now() < 300:
                return _invalid("The scheduled date must be in the future")
            held["scheduled_at"] = _written(at)
        return json_reply(200, held)

    def _fire(self) -> None:
        """As Sidekiq does: take it off the list, then post it."""
        for values in self.state["firing"]:
            self._make(values)
        self.state["firing"] = []
        for id, held in list(self.state["held"].items()):
            if _read(held["scheduled_at"]) <= self.now():
                del self.state["held"][id]
                values = {k: v for k, v in held["params"].items() if k != "scheduled_at"}
                if self.fires_late:
                    self.state["firing"].append(values)
                else:
                    self._make(values)

    # ------------------------------------------------------------------ pictures

    def _upload(self, request: Request) -> Reply:
        parts = {part.name: part for part in request.parts()}
        file = parts.get("file")
        if request.type != "multipart/form-data" or file is None:
            return _invalid("File can't be blank")
        if not re.fullmatch(r"image/(?:png|jpeg|gif|webp)", file.type) or not file.filename:
            return _invalid("File content type is invalid, File is invalid")
        words = parts["description"].data.decode() if "description" in parts else ""
        if len(words) > 1500 or len(file.data) > 16_777_216:
            return _invalid("Description is too long")
        id = self._id()
        self.state["media"][id] = {
            "description": words,
            "status": None,
            "looks": self.processing,
            "bytes": len(file.data),
        }
        return json_reply(202 if self.processing else 200, {"id": id, "url": None})

    def _media(self, id: str) -> Reply:
        media = self.state["media"].get(id)
        if media is None:
            return json_reply(404, {"error": "Record not found"})
        media["looks"] = max(0, media["looks"] - 1)
        if media["looks"]:
            return json_reply(206, {"id": id, "url": None})
        return json_reply(200, {"id": id, "url": f"{self.url}/files/{id}.png"})


def counted(text: str) -> int:
    """Characters as the server counts them, written apart from the code that is tested."""
    text = re.sub(r"https?://[\w.-]+\.\w{2,}[!-~]*", "u" * 23, text)
    text = re.sub(r"(^|[^\w/@])@(\w+)@[\w.-]+\w", r"\1@\2", text)
    return len(regex.findall(r"\X", text))


def _invalid(why: str) -> Reply:
    return json_reply(422, {"error": f"Validation failed: {why}"})


def _shown(text: str) -> str:
    text = re.sub(r"@(\w+)@[\w.-]+\w", r"@\1", text)
    lines = html.escape(text, quote=False).replace("\n\n", "</p><p>").replace("\n", "<br />")
    return f"<p>{lines}</p>"


def _written(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _day(held: dict[str, Any]) -> Any:
    return datetime.fromtimestamp(_read(held["scheduled_at"]), UTC).date()
