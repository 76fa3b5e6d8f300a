"""Ghost's Admin API as docs.ghost.org and the source of TryGhost/Ghost describe it.

Written from admin-api (overview, posts/*, images/*), services/auth/api-key/admin.js (tokens),
models/post.js (states, dates, newsletters), models/base/plugins/{collision,generate-slug}.js.
Everything comes in arrays; errors as {"errors": [{"message", "context", "type", "code"}]}; slugs
are unique among posts and pages; HTML outside of an HTML card is converted and loses what Ghost
does not know (comments, here).
"""

from __future__ import annotations

import re
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt

from journal_app.domain.targets import Post, Secret
from journal_app.publish.ghost import GhostTarget
from tests.helpers.servers.base import FakeSite, Reply, Request, html_reply, json_reply
from tests.helpers.servers.worlds import SiteWorld

API = "/ghost/api/admin/"
WRITABLE = {"title", "slug", "status", "html", "lexical", "tags", "custom_excerpt", "canonical_url",
            "published_at", "updated_at", "featured", "visibility"}  # fmt: skip
LONGEST = {"title": 255, "slug": 191, "custom_excerpt": 300, "canonical_url": 2000}
PROTECTED = {"ghost", "rss", "amp", "tag", "author", "page"}
IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"}
_CARD = re.compile(r"<!--kg-card-begin: html-->\n(.*?)\n<!--kg-card-end: html-->", re.DOTALL)


def error(
    status: int, message: str, context: str = "", kind: str = "Error", code: str = ""
) -> Reply:
    """An error as Ghost writes it."""
    one = {"message": message, "context": context or None, "type": kind, "code": code or None}
    return json_reply(status, {"errors": [one]})


def invalid(context: str) -> Reply:
    """422 with what is wrong."""
    return error(422, "Validation error, cannot save post.", context, "ValidationError")


class GhostSite(FakeSite):
    """`state["posts"]` maps an id to a post or page; `clock` (s) is ahead of ours; `mailed` counts
    e-mails to members, of which there must be none."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.id, self.secret = "5f0a1b2c3d4e5f6071829304", secret
        self.mailed = 0
        self.state = {"posts": {}, "images": {}, "tick": 0}

    @property
    def key(self) -> str:
        return f"{self.id}:{self.secret}"

    def now(self) -> float:
        return time.time() + self.clock

    def denied(self, request: Request) -> Reply:
        if request.path == f"{API}site/":
            return self.handle(request)
        return error(401, "Unknown Admin API Key", "", "UnauthorizedError", "UNKNOWN_ADMIN_API_KEY")

    # ------------------------------------------------------------------ what tests ask

    def add(self, kind: str = "post", **fields: Any) -> dict[str, Any]:
        """A post or page that somebody wrote there."""
        made = {"id": secrets.token_hex(12), "uuid": secrets.token_hex(16), "title": "", "html": "",
                "status": "draft", "tags": [], "custom_excerpt": None, "canonical_url": None,
                "published_at": None, "type": kind, "updated_at": self._stamp(),
                **fields}  # fmt: skip
        made["slug"] = self._slug(fields.get("slug") or made["title"] or "untitled", made["id"])
        self.state["posts"][made["id"]] = made
        return made

    def public(self, mark: str = "") -> list[str]:
        """The texts of what readers see."""
        return [
            p["html"] for p in self._posts() if p["status"] == "published" and mark in p["html"]
        ]

    def held(self) -> int:
        """Posts that wait for their time."""
        return sum(p["status"] == "scheduled" for p in self._posts())

    def come(self, seconds: int) -> None:
        """Time passes there: what is due goes out by itself."""
        self.clock += seconds
        for post in self._posts():
            if post["status"] == "scheduled" and _seconds(post["published_at"]) <= self.now():
                post["status"] = "published"
                post["updated_at"] = self._stamp()
                self.deliveries += 1

    def _posts(self) -> list[dict[str, Any]]:
        return list(self.state["posts"].values())

    # ------------------------------------------------------------------ answers

    def handle(self, request: Request) -> Reply:
        if not request.path.startswith(API):
            return html_reply(404, "<h1>404</h1>")
        if not request.path.endswith("/"):
            return 301, {"Location": request.path + "/"}, b""
        if not re.fullmatch(r"v\d+\.\d+", request.headers.get("accept-version", "")):
            self.problems.append("a request without Accept-Version")
        path = request.path.removeprefix(API)
        if path == "site/":
            site = {"title": "Ada's notes", "url": f"{self.url}/", "version": "5.96"}
            return json_reply(200, {"site": site})
        refused = self._refused(request)
        if refused is not None:
            return refused
        if request.query.get("newsletter") or request.query.get("email_segment"):
            self.mailed += 1
        if path == "images/upload/" and request.method == "POST":
            return self._upload(request)
        if request.method == "GET":
            return self._read(path, request)
        if path == "posts/" and request.method == "POST":
            return self._create(request)
        found = re.fullmatch(r"posts/([0-9a-f]{24})/", path)
        post = self.state["posts"].get(found[1]) if found else None
        if post is None or post["type"] != "post":
            return self._missing()
        if request.method == "DELETE":
            del self.state["posts"][post["id"]]
            return 204, {}, b""
        return self._update(post, request)

    def _refused(self, request: Request) -> Reply | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "ghost":
            return error(403, "Authorization failed", "", "NoPermissionError")
        try:
            head = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            return error(400, "Invalid token", "", "BadRequestError", "INVALID_JWT")
        if head.get("kid") != self.id:
            return error(401, "Unknown Admin API Key", "", "UnauthorizedError")
        try:
            claims = jwt.decode(
                token, bytes.fromhex(self.secret), algorithms=["HS256"], audience="/admin/",
                options={"require": ["iat", "exp", "aud"], "verify_exp": False,
                         "verify_iat": False},
            )  # fmt: skip
        except jwt.InvalidTokenError as problem:
            return error(401, f"Invalid token: {problem}", "", "UnauthorizedError", "INVALID_JWT")
        if claims["exp"] - claims["iat"] > 300 or self.now() > claims["exp"]:
            return error(401, "Invalid token: jwt expired", "", "UnauthorizedError", "INVALID_JWT")
        if self.now() - claims["iat"] > 300:
            return error(401, "Invalid token: maxAge exceeded", "", "UnauthorizedError")
        return None

    @staticmethod
    def _missing() -> Reply:
        return error(404, "Resource not found error, cannot read post.", "Post not found.",
                     "NotFoundError")  # fmt: skip

    def _read(self, path: str, request: Request) -> Reply:
        found = re.fullmatch(r"posts/(?:slug/([^/]+)|([0-9a-f]{24}))/", path)
        for post in self._posts() if found else ():
            if (
                post["type"] == "post"
                and found
                and found[0]
                in (
                    f"posts/slug/{post['slug']}/",
                    f"posts/{post['id']}/",
                )
            ):
                return json_reply(200, {"posts": [self._shown(post, request)]})
        return self._missing()

    def _shown(self, post: dict[str, Any], request: Request) -> dict[str, Any]:
        shown = {name: value for name, value in post.items() if name != "type"}
        if "html" not in request.asked("formats"):
            del shown["html"]
        out = post["status"] == "published"
        shown["url"] = f"{self.url}/{post['slug']}/" if out else f"{self.url}/p/{post['uuid']}/"
        return shown

    def _given(self, request: Request) -> dict[str, Any] | Reply:
        if request.type != "application/json":
            return error(415, "The body must be JSON", "", "UnsupportedMediaTypeError")
        body = request.json()
        posts = body.get("posts") if isinstance(body, dict) else None
        if not isinstance(posts, list) or len(posts) != 1:
            return error(400, "No root key ('posts') provided.", "", "BadRequestError")
        given = dict(posts[0])
        if set(given) - WRITABLE:
            self.problems.append(f"fields that Ghost has not: {sorted(set(given) - WRITABLE)}")
        if request.asked("source") != "html":
            given.pop("html", None)
        if "html" in given:
            cards = _CARD.findall(given["html"])
            rest = re.sub(r"<!--.*?-->", "", _CARD.sub("", given["html"]), flags=re.DOTALL)
            kept = [f"<!--kg-card-begin: html-->\n{c}\n<!--kg-card-end: html-->" for c in cards]
            given["html"] = "".join([*kept, rest.strip()])
        for name, most in LONGEST.items():
            if len(str(given.get(name) or "")) > most:
                return invalid(f"Value in [posts.{name}] exceeds maximum length of {most}.")
        for tag in given.get("tags", []):
            if not tag.get("name") or tag["name"].startswith(",") or len(tag["name"]) > 191:
                return invalid("Value in [tags.name] is not allowed.")
        return given

    def _create(self, request: Request) -> Reply:
        given = self._given(request)
        if isinstance(given, tuple):
            return given
        if not given.get("title"):
            return invalid("Value in [posts.title] cannot be blank.")
        wrong = self._wrong_date({}, given)
        if wrong:
            return invalid(wrong)
        made = self.add(**{n: v for n, v in given.items() if n != "updated_at"})
        self.deliveries += made["status"] == "published"
        return json_reply(201, {"posts": [self._shown(made, request)]})

    def _update(self, post: dict[str, Any], request: Request) -> Reply:
        given = self._given(request)
        if isinstance(given, tuple):
            return given
        stamp = given.pop("updated_at", None)
        if not stamp:
            return invalid("Value in [posts.updated_at] is required.")
        changed = {n: v for n, v in given.items() if post.get(n) != v}
        if changed and stamp != post["updated_at"]:
            return error(409, "Saving failed! Someone else is editing this post.", "",
                         "UpdateCollisionError", "UPDATE_COLLISION")  # fmt: skip
        wrong = self._wrong_date(post, given)
        if wrong:
            return invalid(wrong)
        if "slug" in changed:
            given["slug"] = self._slug(given["slug"], post["id"])
        was = post["status"]
        post.update(given)
        if post["status"] == "published":
            post["published_at"] = post["published_at"] or _written(self.now())
            self.deliveries += was != "published"
        post["updated_at"] = self._stamp() if changed else post["updated_at"]
        return json_reply(200, {"posts": [self._shown(post, request)]})

    def _wrong_date(self, post: dict[str, Any], given: dict[str, Any]) -> str:
        after = {**post, **given}
        if after.get("status") not in (None, "draft", "published", "scheduled"):
            return "Value in [posts.status] is not allowed."
        if given.get("status") == "scheduled":
            if post.get("status") == "published":
                return "Your post is already published, please reload your page."
            if not after.get("published_at"):
                return "Value in published_at cannot be blank."
            moved = post.get("published_at") != after["published_at"]
            if moved and _seconds(after["published_at"]) < self.now() + 120:
                return "Date must be at least 2 minutes in the future."
        return ""

    def _slug(self, wanted: str, id: str) -> str:
        slug = re.sub(r"[^a-z0-9-]+", "-", wanted.lower()).strip("-")[:185] or "post"
        slug = f"post-{slug}" if len(slug) == 1 else f"{slug}-post" if slug in PROTECTED else slug
        taken = {p["slug"] for p in self._posts() if p["id"] != id}
        number, found = 1, slug
        while found in taken:
            number += 1
            found = f"{slug}-{number}"
        return found

    def _stamp(self) -> str:
        self.state["tick"] += 1
        return _written(1_790_000_000 + self.state["tick"])

    def _upload(self, request: Request) -> Reply:
        parts = {part.name: part for part in request.parts()}
        file = parts.get("file")
        if request.type != "multipart/form-data" or file is None or not file.filename:
            return invalid("Please select an image.")
        if file.type not in IMAGES:
            return error(415, "Please select a valid image.", "", "UnsupportedMediaTypeError")
        url = f"{self.url}/content/images/2026/11/{len(self.state['images'])}-{file.filename}"
        self.state["images"][url] = file.data
        ref = parts["ref"].data.decode() if "ref" in parts else None
        return json_reply(201, {"images": [{"url": url, "ref": ref}]})


class GhostWorld(SiteWorld):
    """The site as the conformance kit wants it."""

    def __init__(self, site: GhostSite, folder: Path) -> None:
        config = {"url": site.url, "key": Secret(site.key), "timeout": 0.5}
        super().__init__(GhostTarget(), site, folder, config, site.public, site.held)

    def live(self, post: Post) -> list[str]:
        return [text for text in super().live(post) if post.id in text]


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _written(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
