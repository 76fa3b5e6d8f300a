"""A server of the AT protocol for tests, as strict as its lexicons: app.bsky.feed.post,
app.bsky.richtext.facet, app.bsky.embed.*, com.atproto.repo.*, and its limits on signing in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from datetime import datetime
from typing import Any

import regex

from tests.helpers.servers.base import FakeSite, Reply, Request, json_reply

PASSWORD = "abcd-efgh-ijkl-mnop"
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
POST = {"$type", "text", "createdAt", "facets", "embed", "langs", "reply"}
SIGN_INS = 30  # in 5 minutes


class FakeBluesky(FakeSite):
    """`state`: records by key, blobs by cid. `token`: the access token that is good now."""

    def __init__(self, password: str = PASSWORD) -> None:
        super().__init__()
        self.password = password
        self.sign_ins: list[float] = []
        self.refreshes = 0
        self.token = ""
        self.handles = {"friend.example.org": "did:plc:friend"}
        self.picture_limit = 2_000_000
        self.state = {"records": {}, "blobs": {}}

    def posts(self) -> list[dict[str, Any]]:
        """The records, in the order of their keys."""
        with self.lock:
            return [self.state["records"][key] for key in sorted(self.state["records"])]

    def expire(self) -> None:
        """The access token becomes too old."""
        self.token = "expired"

    # ------------------------------------------------------------------ requests

    def changes(self, request: Request) -> bool:
        return request.method == "POST" and "server." not in request.path

    def denied(self, request: Request) -> Reply:
        return _error("InvalidToken", "Token has been revoked", 401)

    def handle(self, request: Request) -> Reply:
        name = request.path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            return self._sign_in(request)
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if name == "com.atproto.server.refreshSession":
            if given != "refresh-token":
                return _error("ExpiredToken", "Token has expired")
            self.refreshes += 1
            return json_reply(200, self._session())
        if not given:
            return _error("AuthMissing", "Authentication Required", 401)
        if given != self.token:
            return _error("ExpiredToken", "Token has expired")
        match request.method, name:
            case "GET", "com.atproto.server.getSession":
                return json_reply(200, {"did": DID, "handle": "me.bsky.social"})
            case "GET", "com.atproto.repo.getRecord":
                return self._get(request)
            case "POST", "com.atproto.repo.putRecord":
                return self._put(request)
            case "POST", "com.atproto.repo.deleteRecord":
                given_json = request.json()
                self.state["records"].pop(given_json["rkey"], None)
                return json_reply(200, {})
            case "POST", "com.atproto.repo.uploadBlob":
                return self._upload(request)
            case "GET", "com.atproto.identity.resolveHandle":
                did = self.handles.get(request.asked("handle"))
                if did is None:
                    return _error("InvalidRequest", "Unable to resolve handle")
                return json_reply(200, {"did": did})
        return _error("MethodNotImplemented", "Method Not Implemented", 501)

    def _session(self) -> dict[str, str]:
        self.token = f"access-{len(self.sign_ins)}-{self.refreshes}"
        return {
            "did": DID,
            "handle": "me.bsky.social",
            "accessJwt": self.token,
            "refreshJwt": "refresh-token",
        }

    def _sign_in(self, request: Request) -> Reply:
        now = time.time()
        self.sign_ins.append(now)
        if len([at for at in self.sign_ins if now - at < 300]) > SIGN_INS:
            reset = {"ratelimit-reset": str(int(now) + 120)}
            return json_reply(429, {"error": "RateLimitExceeded"}, reset)
        given = request.json()
        if self.revoked or given != {"identifier": "me.bsky.social", "password": self.password}:
            return _error("AuthenticationRequired", "Invalid identifier or password", 401)
        return json_reply(200, self._session())

    def _get(self, request: Request) -> Reply:
        if request.asked("repo") != DID or request.asked("collection") != "app.bsky.feed.post":
            return _error("InvalidRequest", "repo or collection")
        key = request.asked("rkey")
        found = self.state["records"].get(key)
        if found is None:
            return _error("RecordNotFound", f"Could not locate record: at://{DID}/{key}")
        return json_reply(200, found)

    def _put(self, request: Request) -> Reply:
        given = request.json()
        key, record = given["rkey"], given["record"]
        if given["repo"] != DID or given["collection"] != "app.bsky.feed.post":
            return _error("InvalidRequest", "repo or collection")
        if not TID.fullmatch(key):
            return _error("InvalidRequest", f"{key} is not a TID")
        wrong = self._wrong(record)
        if wrong:
            return _error("InvalidRequest", f"Invalid app.bsky.feed.post record: {wrong}")
        if key not in self.state["records"]:
            self.deliveries += 1
        cid = _cid(json.dumps(record, sort_keys=True).encode())
        uri = f"at://{DID}/app.bsky.feed.post/{key}"
        self.state["records"][key] = {"uri": uri, "cid": cid, "value": record}
        return json_reply(200, {"uri": uri, "cid": cid, "validationStatus": "valid"})

    def _upload(self, request: Request) -> Reply:
        if not request.type.startswith("image/"):
            return _error("InvalidRequest", "not an image")
        if len(request.body) > self.picture_limit:
            return _error("BlobTooLarge", "This file is too large", 413)
        cid = _cid(request.body)
        blob = {
            "$type": "blob",
            "ref": {"$link": cid},
            "mimeType": request.type,
            "size": len(request.body),
        }
        self.state["blobs"][cid] = blob
        return json_reply(200, {"blob": blob})

    # ------------------------------------------------------------------ the lexicons

    def _wrong(self, record: dict[str, Any]) -> str:
        if set(record) - POST or record.get("$type") != "app.bsky.feed.post":
            return "properties"
        text = record["text"].encode()
        if len(text) > 3000 or len(regex.findall(r"\X", record["text"])) > 300:
            return "text is too long"
        datetime.fromisoformat(record["createdAt"].replace("Z", "+00:00"))
        if len(record.get("langs", [])) > 3:
            return "langs"
        for facet in record.get("facets", []):
            wrong = self._wrong_facet(text, facet)
            if wrong:
                return wrong
        reply = record.get("reply")
        if reply is not None:
            known = {(r["uri"], r["cid"]) for r in self.state["records"].values()}
            for ref in (reply["root"], reply["parent"]):
                if set(ref) != {"uri", "cid"} or (ref["uri"], ref["cid"]) not in known:
                    return "reply"
        return self._wrong_embed(record.get("embed"))

    @staticmethod
    def _wrong_facet(text: bytes, facet: dict[str, Any]) -> str:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if not 0 <= start < end <= len(text):
            return "facet index"
        shown = text[start:end].decode()  # raises where it cuts a character
        for feature in facet["features"]:
            match feature["$type"].partition("#")[2]:
                case "link":
                    if not re.match(r"https?://\S+$", feature["uri"]):
                        return "facet link"
                case "tag":
                    tag = feature["tag"]
                    if len(tag.encode()) > 640 or shown.lstrip("#＃") != tag:
                        return "facet tag"
                case "mention":
                    if not feature["did"].startswith("did:"):
                        return "facet mention"
                case other:
                    return other
        return ""

    def _wrong_embed(self, embed: dict[str, Any] | None) -> str:
        if embed is None:
            return ""
        if embed["$type"] == "app.bsky.embed.external":
            given = embed["external"]
            fine = set(given) == {"uri", "title", "description"} and given["uri"].startswith("http")
            return "" if fine else "external"
        if embed["$type"] != "app.bsky.embed.images" or not 1 <= len(embed["images"]) <= 4:
            return "images"
        for one in embed["images"]:
            if self.state["blobs"].get(one["image"]["ref"]["$link"]) != one["image"]:
                return "image is not an uploaded blob"
            if not isinstance(one["alt"], str):
                return "alt"
            ratio = one.get("aspectRatio", {"width": 1, "height": 1})
            if not all(isinstance(v, int) and v > 0 for v in ratio.values()):
                return "aspectRatio"
        return ""


def _cid(data: bytes) -> str:
    raw = b"\x01\x55\x12\x20" + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(raw).decode().lower().rstrip("=")


def _error(code: str, words: str, status: int = 400) -> Reply:
    return json_reply(status, {"error": code, "message": words})
