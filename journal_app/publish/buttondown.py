"""Buttondown: a post as an e-mail to the subscribers of a newsletter, and its page in the archive.

Invariant: nothing is sent twice. An e-mail is always made as a draft first and marked as ours in
its metadata; its id is remembered; that very draft is sent or scheduled, and one that is neither a
draft nor scheduled is never told to send. Source: docs.buttondown.com (api-emails-*,
api-images-create, api-rate-limits), API version 2026-04-01.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.body import Carried, carried, public_text
from journal_app.runtime.http import Reply, Web

VERSION = "2026-04-01"
SUBJECT = 2000  # characters
WAITING = ("draft", "scheduled")  # with any other status it is out, or on its way
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
            ".webp": "image/webp"}  # fmt: skip
PAGES = 40
PATIENCE = 900  # s that a scheduled e-mail is left to be sent by itself
OURS, SHA = "field_journal_post", "field_journal_sha256"
_TEMPLATE = re.compile(r"\{(?=[{%#])")  # filled in everywhere, in code too
_MARKDOWN = "<!-- buttondown-editor-mode: plaintext -->\n"


class ButtondownTarget:
    """Config: `key` (an API key that may write e-mails and send), `newsletter`, `url`."""

    title = "Buttondown (newsletter)"
    abilities = Abilities(schedules=True, lead_ms=300_000, unpublishes=False)
    fields = (
        Field("key", "API key", "buttondown.com/keys; it needs write access to e-mails and to "
              "sending.", required=True, secret=True),
        Field("newsletter", "Newsletter", "Its user name, where a key serves several."),
        Field("url", "Address", "Of the API.", type="url",
              default="https://api.buttondown.com/v1"),
    )  # fmt: skip

    def check(self, config: Config) -> tuple[str, ...]:
        """The key may read e-mails."""
        posting.complete(config, self.fields)
        with self._web(config) as web:
            count = _page(web, 1).get("count")
        return (
            f"Buttondown at {web.base}; {count} e-mails are there",
            "a post goes to every subscriber, and what was sent cannot be taken back",
        )

    def natural_key(self, config: Config, post: Post) -> str:
        """The slug in the archive."""
        return posting.plain_slug(post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the e-mail."""
        posting.complete(config, self.fields)
        if len(post.title) > SUBJECT:
            raise JournalError(f"Buttondown takes subjects of {SUBJECT} characters.", "Shorten it.")
        for file in carried(post):
            if file.source.suffix.lower() not in PICTURES:
                raise JournalError(
                    f"Buttondown takes PNG, JPG, GIF and WebP pictures; {file.name} is none.",
                    "Convert it, or link to it on a site of yours.",
                )
        return posting.digest(self._email(post, key, {}))

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Draft, remember, send or schedule; one that was sent keeps its page up to date."""
        with self._web(config) as web:
            files = posting.uploaded(post, delivery, lambda file: _upload(web, file))
            email = self._email(post, key, files)
            email["metadata"] = {OURS: post.id, SHA: self.preflight(config, post, key)}
            found = self._ours(web, post)
            if found is None:
                found = self._draft(web, post, email)
            id, status = str(found["id"]), str(found.get("status"))
            delivery.remember({"id": id})
            if status == "scheduled" and delivery.at is None:
                _let_it_go(web, found)
                calm = {"status": "draft", "publish_date": "none"}
                self._change(web, id, calm, harmless=True)
            delivery.check()
            delivery.remember({"sending": post.publication or post.id})
            if status not in WAITING:
                wanted = {}
            elif delivery.at is not None:
                wanted = {"status": "scheduled", "publish_date": posting.moment(delivery.at)}
            else:
                wanted = {"status": "about_to_send"}
            return self._proof(web, email, self._change(web, id, {**email, **wanted}))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read it by its id, or by its mark among all e-mails."""
        sha = self.preflight(config, post, key)
        with self._web(config) as web:
            found = self._read(web, post)
            status = str((found or {}).get("status"))
            if found is None or status == "draft":
                return None
            if _meta(found).get(SHA) not in (sha, post.expected_sha256):
                return None
            return self._proof(web, self._email(post, key, {}), found)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """A scheduled one becomes a draft again. Raises JournalError for one that was sent."""
        with self._web(config) as web:
            found = self._read(web, post)
            if found is None or found.get("status") == "draft":
                return
            if found.get("status") == "scheduled":
                delivery.remember({})
                calm = {"status": "draft", "publish_date": "none"}
                found = self._change(web, str(found["id"]), calm, harmless=True)
            if found.get("status") != "draft":
                raise JournalError(
                    "This e-mail was sent: it cannot be taken back.",
                    "Its page in the archive can be deleted at buttondown.com.",
                )
            delivery.remember({"sending": ""})

    # ------------------------------------------------------------------ steps

    def _web(self, config: Config) -> Web:
        headers = {
            "Authorization": posting.secret(config, "key", "Token {}"),
            "X-API-Version": VERSION,
        }
        if posting.setting(config, "newsletter"):
            headers["Buttondown-Context"] = posting.setting(config, "newsletter")
        url = posting.setting(config, "url", "https://api.buttondown.com/v1")
        return Web(url, headers, timeout=posting.patience(config), largest=20_000_000)

    @staticmethod
    def _email(post: Post, key: str, files: Mapping[str, str]) -> dict[str, Any]:
        email = {
            "subject": _TEMPLATE.sub("{ ", " ".join(post.title.split())),
            "body": _MARKDOWN
            + posting.placed(posting.no_template(public_text(post), _TEMPLATE), files),
            "slug": key,
            "description": _TEMPLATE.sub("{ ", " ".join(post.description.split())),
        }
        return {**email, "canonical_url": post.canonical_url} if post.canonical_url else email

    @staticmethod
    def _read(web: Web, post: Post) -> dict[str, Any] | None:
        id = post.remote.get("id")
        if id:
            found = _object(web.read(f"emails/{id}"))
            if found is not None:
                return found
        marked = [one for one in _emails(web) if _meta(one).get(OURS) == post.id]
        marked.sort(key=lambda one: one.get("status") in WAITING)  # one that was sent comes first
        return marked[0] if marked else None

    def _ours(self, web: Web, post: Post) -> dict[str, Any] | None:
        found = self._read(web, post)
        if found is None and post.remote.get("sending"):
            raise JournalError(
                f"{web.site} has this e-mail no more, and it may have been sent.",
                "Look into the archive there. To send the text again, make a new post of it.",
            )
        if found is not None and found.get("status") == "suppressed":
            raise JournalError(
                f"{web.site} holds this e-mail back (suppressed).", "It says there why."
            )
        return found

    def _draft(self, web: Web, post: Post, email: Mapping[str, Any]) -> dict[str, Any]:
        reply = web.send(
            "POST", "emails", json={**email, "status": "draft"}, harmless=True, accept=(400,)
        )
        found = _object(reply)
        if reply.status == 400:
            code = str((found or {}).get("code"))
            if code == "email_duplicate":
                ours = self._ours(web, post)
                if ours is not None:
                    return ours
            raise _refusal(web, reply, code)
        if found is None or not found.get("id"):
            raise TryLater(
                f"{web.site} made a draft and did not say which.",
                "It will be looked for there; nothing was sent.",
            )
        return found

    @staticmethod
    def _change(
        web: Web, id: str, values: Mapping[str, Any], *, harmless: bool = False
    ) -> dict[str, Any]:
        reply = web.send("PATCH", f"emails/{id}", json=values, harmless=harmless, accept=(400,))
        found = _object(reply)
        if reply.status == 400:
            now = _object(web.read(f"emails/{id}"))
            if now is not None and now.get("status") not in WAITING:  # it was sent meanwhile
                if "metadata" not in values or _meta(now).get(SHA) == values["metadata"][SHA]:
                    return now
                if "status" in values:  # what was read before was old: only its page changes
                    words = {k: v for k, v in values.items() if k not in ("status", "publish_date")}
                    return ButtondownTarget._change(web, id, words, harmless=harmless)
            raise _refusal(web, reply, str((found or {}).get("code")))
        if found is None:
            raise Unsure(
                f"{web.site} did not say what became of the e-mail.",
                "It will be looked up there before anything is sent.",
            )
        return found

    @staticmethod
    def _proof(web: Web, email: Mapping[str, Any], found: Mapping[str, Any]) -> Receipt:
        status = str(found.get("status"))
        if status == "draft":
            raise Unsure(
                f"{web.site} took the e-mail and still calls it a draft.",
                "It will be looked up there before anything is sent.",
            )
        url = str(found.get("absolute_url") or "")
        size = len(str(email["body"]).encode())
        sha = str(_meta(found).get(SHA) or "")
        id, live = str(found["id"]), status != "scheduled"
        return posting.receipt(f"emails/{id}", url, sha, size, live=live, remote={"id": id})


def _let_it_go(web: Web, found: Mapping[str, Any]) -> None:
    """Raises TryLater for one whose time has just come: to touch it now is to risk two."""
    try:
        late = time.time() - datetime.fromisoformat(str(found.get("publish_date"))).timestamp()
    except ValueError:
        return
    if 0 <= late < PATIENCE:
        raise TryLater(
            f"{web.site} is about to send it by itself.", "It will be looked at again.",
            after_ms=60_000,
        )  # fmt: skip


def _refusal(web: Web, reply: Reply, code: str) -> JournalError:
    hint = {
        "slug_invalid": "Another e-mail has this address: choose another name with --slug NAME.",
        "email_duplicate": "An e-mail like this is there: delete its draft, or change the text.",
        "publish_date_invalid": "It will be sent from here at its time.",
    }.get(code, "Change what it names, then publish again: the post is kept.")
    return JournalError(f"{web.site} refused it ({code}{web.words(reply)}).", hint)


def _upload(web: Web, file: Carried) -> str:
    kind = PICTURES[file.source.suffix.lower()]
    files = {"image": (file.name, file.source.read_bytes(), kind)}
    found = _object(web.send("POST", "images", files=files, harmless=True)) or {}
    url = str(found.get("image") or "")
    if not url.startswith(("https://", "http://")):
        raise TryLater(f"{web.site} did not say where {file.name} is.", "It will be sent again.")
    return url


def _meta(found: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = found.get("metadata")
    return meta if isinstance(meta, Mapping) else {}


def _object(reply: Reply | None) -> dict[str, Any] | None:
    try:
        found = None if reply is None else reply.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _page(web: Web, number: int) -> dict[str, Any]:
    found = _object(web.read("emails", params={"page": str(number)}))
    if found is None or not isinstance(found.get("results"), list):
        raise JournalError(f"{web.base} does not answer like Buttondown.", "Is the address right?")
    return found


def _emails(web: Web) -> Iterator[dict[str, Any]]:
    for number in range(1, PAGES + 1):
        page = _page(web, number)
        yield from (one for one in page["results"] if isinstance(one, dict) and one.get("id"))
        if not page.get("next"):
            return
