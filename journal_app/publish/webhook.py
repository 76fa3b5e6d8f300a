"""A signed webhook: any program of the user's own takes the post as JSON.

Signed as Standard Webhooks 1.0.0 says (`webhook-id`, `webhook-timestamp`, `webhook-signature: v1,…`
over `id.timestamp.body`, secret `whsec_…`). `webhook-id` is the id of the publication and the same
for each of its attempts: a receiver must drop one that it has handled, as the standard asks it to.
That makes a repeat harmless, so a lost answer is followed by the same message once more.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import quote, urlsplit

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    Abilities,
    AccessDenied,
    Config,
    Delivery,
    Field,
    Post,
    Secret,
)
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.body import Carried, carried, public_text
from journal_app.publish.html import page
from journal_app.runtime.http import Reply, Web, address, loopback

LARGEST = 20_000_000  # bytes of files that are put into one message
_SECRET_WAY = (
    "Make one: python3 -c \"import base64,os; print('whsec_' + "
    'base64.b64encode(os.urandom(32)).decode())"; then give it with `journal target secret NAME '
    "secret`, and to the receiver."
)


class WebhookTarget:
    """Config: `url`, `secret` (whsec_…), `files` (inline, none), `status_url` (optional; {id},
    {slug} and {publication} in it are filled in)."""

    title = "Webhook (signed)"
    abilities = Abilities(repeats="always", reads=False)
    fields = (
        Field("url", "Address", "Where the message is sent (POST).", required=True, type="url"),
        Field("secret", "Secret", "Signs the messages: whsec_ and base64.", required=True,
              secret=True),
        Field("files", "Pictures", "In the message, or left out.", type="choice",
              choices=("inline", "none"), default="inline"),
        Field("status_url", "Address to read back", "Optional; {id}, {slug} and {publication} "
              "are filled in.", type="url"),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """The secret is whole, and somebody answers at the address."""
        posting.complete(config, self.fields)
        self._place(config)
        with self._web(config) as web:
            reply = web.read(
                self._place(config),
                headers=_signed(config, "check", b""),
                missing=(400, 404, 405, 410, 415, 422, 501),
            )
        found = [f"{web.site} answers"]
        if reply is None:
            found.append("it takes messages only; the first post will show whether it accepts them")
        place = posting.setting(config, "status_url")
        if place:
            _asked(config, place, "check", "check", "check")
            found.append(f"{urlsplit(place).netloc} tells what was done")
        else:
            found.append("without status_url a post that may be out is sent once more")
        return tuple(found)

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug."""
        return post.slug

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the message without the bytes of its files."""
        posting.complete(config, self.fields)
        _key(config)
        files = carried(post)
        if self._inline(config) and sum(file.size for file in files) > LARGEST:
            raise JournalError(
                f"The pictures have more than {LARGEST // 1_000_000} MB together.",
                "Make them smaller, or leave them out: --set files=none.",
            )
        return posting.digest(_message(post, key, "publish", files, inline=False))

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Send the message; a repeat has the same id."""
        done = self._done(config, post, key)
        if done is not None:
            return done
        event = "update" if post.updated is not None else "publish"
        sha = self.preflight(config, post, key)
        message = _message(post, key, event, carried(post), inline=self._inline(config))
        reply = self._deliver(config, _id(post), message, delivery)
        url = str(_object(reply).get("url") or "")
        if not url.startswith(("https://", "http://")):
            url = post.canonical_url
        return posting.receipt(_id(post), url, sha, len(json.dumps(message)))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Ask at `status_url`: 404 for one that is not out, else {"id": the last webhook-id that
        was handled, "url", "live"}."""
        sha = self.preflight(config, post, key)
        place = posting.setting(config, "status_url")
        if not place:
            raise JournalError(
                "Whether it is out cannot be known: the webhook has no status_url.",
                "Look at the receiver, or give one: --set status_url=https://…/{id}",
            )
        reply = _asked(config, place, post.id, key, post.publication)
        if reply is None:
            return None
        found = _object(reply)
        if "id" not in found:
            raise JournalError(
                f"{urlsplit(place).netloc} does not say which message it handled.",
                'It must answer {"id": the last webhook-id, "url": …, "live": true}.',
            )
        if found["id"] != _id(post) or found.get("live") is False:
            return None
        return posting.receipt(_id(post), str(found.get("url") or post.canonical_url), sha, 0)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Send the message that takes it back."""
        message = _message(post, key, "unpublish", [], inline=False)
        self._deliver(config, f"{_id(post)}_unpublish", message, delivery)

    # ------------------------------------------------------------------ steps

    def _done(self, config: Config, post: Post, key: str) -> Receipt | None:
        """What the receiver says that it did, where it can be asked and answers."""
        if not posting.setting(config, "status_url"):
            return None
        try:
            return self.find(config, post, key)
        except AccessDenied:
            raise
        except JournalError:
            return None  # the message is sent, and a receiver that had it drops it

    def _deliver(self, config: Config, id: str, message: Any, delivery: Delivery) -> Reply:
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        with self._web(config) as web:
            delivery.check()
            delivery.remember({})
            headers = _signed(config, id, body)
            return web.send("POST", self._place(config), content=body, headers=headers)

    @staticmethod
    def _place(config: Config) -> str:
        place = posting.setting(config, "url")
        parts = urlsplit(address(place))
        if parts.scheme != "https" and not loopback(parts.hostname or ""):
            raise JournalError(
                f"{place} is http: others could read and repeat the message.",
                "Write the address with https://.",
            )
        return place

    @classmethod
    def _web(cls, config: Config) -> Web:
        return Web(cls._place(config), timeout=posting.patience(config))

    @staticmethod
    def _inline(config: Config) -> bool:
        return posting.setting(config, "files", "inline") != "none"


def _id(post: Post) -> str:
    return post.publication or f"{post.id}-{post.rev}"


def _key(config: Config) -> bytes:
    """The bytes of the secret. Raises JournalError for one that is not whole."""
    value = posting.secret(config, "secret")
    plain = value.shown_to_target() if isinstance(value, Secret) else str(value)
    try:
        key = base64.b64decode(plain.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if not plain.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise JournalError(
            "The secret is not one of a webhook: whsec_ and 24 to 64 bytes in base64.", _SECRET_WAY
        )
    return key


def _signed(config: Config, id: str, body: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    whole = b".".join((id.encode(), now.encode(), body))
    signature = base64.b64encode(hmac.new(_key(config), whole, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{signature}",
    }


def _asked(config: Config, place: str, id: str, slug: str, publication: str) -> Reply | None:
    """The answer of `status_url`, None for 404."""
    for name, value in (("id", id), ("slug", slug), ("publication", publication)):
        place = place.replace("{" + name + "}", quote(value, safe=""))
    with Web(place, timeout=posting.patience(config)) as web:
        return web.read(place, headers=_signed(config, "status", b""))


def _message(
    post: Post, key: str, event: str, files: list[Carried], *, inline: bool
) -> dict[str, Any]:
    """What a receiver gets; the same for the same post, whatever the time."""
    names = {file.reference: file.name for file in files}
    changed = post.updated or post.dated
    message: dict[str, Any] = {
        "type": f"post.{event}",
        "timestamp": posting.moment(changed.at),
        "event": event,
        "id": post.id,
        "publication": post.publication,
        "slug": key,
        "title": post.title,
    }
    if event == "unpublish":
        return message
    return {
        **message,
        "markdown": posting.placed(public_text(post), names),
        "html": page(post, names),
        "tags": list(post.tags),
        "description": post.description,
        "language": post.language,
        "canonical_url": post.canonical_url,
        "published": posting.moment(post.dated.at),
        "time_zone": post.dated.tz,
        "updated": posting.moment(post.updated.at) if post.updated else None,
        "attachments": [_file(file, inline=inline) for file in files],
    }


def _file(file: Carried, *, inline: bool) -> dict[str, Any]:
    facts = {"name": file.name, "sha256": file.sha256, "size": file.size}
    if not inline:
        return facts
    return {**facts, "base64": base64.b64encode(file.source.read_bytes()).decode()}


def _object(reply: Reply) -> dict[str, Any]:
    try:
        found = reply.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
