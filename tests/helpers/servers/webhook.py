"""A receiver of Standard Webhooks: it checks the signature and drops what it has handled."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from tests.helpers.servers.base import FakeSite, Reply, Request, json_reply

SHAPES = {"post.publish", "post.update", "post.unpublish"}


class WebhookSite(FakeSite):
    """POST /hook takes messages, GET /status/ID tells what was done."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.key = base64.b64decode(secret.removeprefix("whsec_"))
        self.state = {"posts": {}, "handled": [], "repeats": 0}

    def public(self) -> list[str]:
        """The texts of what readers see."""
        return [post["markdown"] for post in self.state["posts"].values()]

    def denied(self, request: Request) -> Reply:
        return json_reply(401, {"error": "the signature is not good"})

    def _genuine(self, request: Request) -> bool:
        id, sent = request.headers.get("webhook-id"), request.headers.get("webhook-timestamp", "")
        if not id or "." in id or not sent.isdigit() or abs(time.time() - int(sent)) > 300:
            return False
        whole = f"{id}.{sent}.".encode() + request.body
        good = base64.b64encode(hmac.new(self.key, whole, hashlib.sha256).digest()).decode()
        given = request.headers.get("webhook-signature", "").split(" ")
        return any(hmac.compare_digest(f"v1,{good}", one) for one in given)

    def handle(self, request: Request) -> Reply:
        if not self._genuine(request):
            return self.denied(request)
        if request.method == "GET":
            return self._status(request)
        if request.path != "/hook" or request.type != "application/json":
            return json_reply(404, {"error": "not here"})
        message, id = request.json(), request.headers["webhook-id"]
        if message["type"] not in SHAPES:
            return json_reply(422, {"error": "no such type"})
        url = f"{self.url}/posts/{message['slug']}"
        if id in self.state["handled"]:
            self.state["repeats"] += 1
            return json_reply(200, {"url": url})
        self.state["handled"].append(id)
        if message["event"] == "unpublish":
            self.state["posts"].pop(message["id"], None)
        else:
            self.deliveries += message["event"] == "publish"
            self.state["posts"][message["id"]] = {**message, "handled": id}
        return json_reply(200, {"url": url})

    def _status(self, request: Request) -> Reply:
        if not request.path.startswith("/status/"):
            return json_reply(405, {"error": "POST"})
        post = self.state["posts"].get(request.path.removeprefix("/status/"))
        if post is None:
            return json_reply(404, {"error": "not here"})
        url = f"{self.url}/posts/{post['slug']}"
        return json_reply(200, {"id": post["handled"], "url": url, "live": True})
