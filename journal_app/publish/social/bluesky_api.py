"""A repository of the AT protocol: sign in, read and write records (docs.bsky.app, lexicons
com.atproto.*).

Invariant: signing in is rare (30 times in 5 minutes, 100 to 300 a day are allowed): sessions are
kept in memory and refreshed, for as long as the program runs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from journal_app.domain.secrets import hide_text
from journal_app.domain.targets import AccessDenied, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.runtime.http import TIMEOUT, Reply, Web, address, left_alone

POSTS = "app.bsky.feed.post"
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_EXPIRED = ("ExpiredToken",)
_SAID = 200


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are, and the two tokens of it."""

    did: str
    handle: str
    access: Secret
    refresh: Secret


_SESSIONS: dict[tuple[str, str, str], Session] = {}
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands: its address, the hash of its content, the content."""

    uri: str
    cid: str
    value: Mapping[str, Any]


class Repo:
    """The repository of one account. Use as a context manager; not shared between threads."""

    def __init__(
        self, service: str, identifier: str, password: Secret, timeout: float = TIMEOUT
    ) -> None:
        self._timeout = timeout
        self._identifier = identifier
        self._password = password
        self.base = address(service)
        self.site = urlsplit(self.base).netloc
        digest = hashlib.sha256(password.shown_to_target().encode()).hexdigest()
        self._name = (self.base, identifier, digest)
        self._signed: Web | None = None
        self._session: Session | None = None

    def __enter__(self) -> Repo:
        return self

    def __exit__(self, *error: object) -> None:
        if self._signed is not None:
            self._signed.__exit__(*error)

    # ------------------------------------------------------------------ session

    @property
    def session(self) -> Session:
        """The session, made where there is none yet. Raises JournalError."""
        if self._session is None:
            with _LOCK:
                kept = _SESSIONS.get(self._name)
                self._use(kept or self._sign_in())
        assert self._session is not None
        return self._session

    def _use(self, session: Session) -> None:
        if self._signed is not None:
            self._signed.__exit__(None)
        self._session = session
        _SESSIONS[self._name] = session
        token = Secret(f"Bearer {session.access.shown_to_target()}")
        self._signed = Web(self.base, {"Authorization": token}, timeout=self._timeout)

    def _sign_in(self) -> Session:
        given = {
            "identifier": self._identifier,
            "password": self._password.shown_to_target(),
        }
        # A header that is a Secret makes `Web` keep to https and to this site.
        private = {"Accept": Secret("application/json")}
        with Web(self.base, private, timeout=self._timeout) as web:
            return _session(
                self._asked(web, "POST", "com.atproto.server.createSession", json=given)
            )

    def _renew(self) -> None:
        """The access token lives for hours only. Signs in anew where refreshing fails."""
        with _LOCK:
            used = self._session
            kept = _SESSIONS.get(self._name)
            if kept is not None and used is not None and kept.access != used.access:
                self._use(kept)  # another thread did
                return
            if used is not None:
                token = Secret(f"Bearer {used.refresh.shown_to_target()}")
                with Web(self.base, {"Authorization": token}, timeout=self._timeout) as web:
                    try:
                        self._use(
                            _session(self._asked(web, "POST", "com.atproto.server.refreshSession"))
                        )
                        return
                    except (AccessDenied, _Expired):
                        _SESSIONS.pop(self._name, None)
            self._use(self._sign_in())

    # ------------------------------------------------------------------ requests

    def _call(self, method: str, name: str, *, fresh: bool = False, **how: Any) -> Any:
        _ = self.session
        assert self._signed is not None
        try:
            return self._asked(self._signed, method, name, **how)
        except _Expired as error:
            if fresh:
                raise AccessDenied(error.message, error.hint) from error
            self._renew()
            return self._call(method, name, fresh=True, **how)

    def _asked(
        self,
        web: Web,
        method: str,
        name: str,
        *,
        missing: bool = False,
        unsure: bool = False,
        **how: Any,
    ) -> Any:
        """The JSON of an answer; None for what is not there, where that may be (`missing`).
        `unsure`: a lost answer leaves open whether readers see something."""
        reply = web.send(
            method, f"/xrpc/{name}", harmless=not unsure, accept=(400, 401, 403, 429), **how
        )
        if reply.status == 200:
            try:
                return reply.json()
            except ValueError as error:
                kind = Unsure if unsure else TryLater
                raise kind(
                    f"{self.site} answered with something that is not JSON.",
                    "Is it the address of a Bluesky server?",
                ) from error
        code, words = _error(reply)
        if missing and _names_nothing(code, words):
            return None
        raise self._failure(reply, code, words)

    def _failure(self, reply: Reply, code: str, words: str) -> JournalError:
        said = f"{code}: {words}" if words and words != code else code or str(reply.status)
        if reply.status == 429:
            return TryLater(
                f"{self.site} wants to be left alone for a while ({said}).",
                "It will be tried again by itself.",
                after_ms=left_alone(reply.headers),
            )
        hint = (
            "Make a new app password (Settings › Privacy and security › App passwords) and give it "
            "with `journal target secret NAME password`."
        )
        if code in _EXPIRED:
            return _Expired(f"{self.site} says that the session is over.", hint)
        if reply.status in (401, 403) or code in ("InvalidToken", "AccountTakedown"):
            return AccessDenied(
                f"{self.site} does not accept the handle or the app password ({said}).", hint
            )
        return JournalError(
            f"{self.site} refused it ({said}).",
            "Change what it names, then publish again: the post is kept.",
        )

    # ------------------------------------------------------------------ records

    def get(self, key: str) -> Record | None:
        """The post `key`; None where there is none."""
        params = {"repo": self.session.did, "collection": POSTS, "rkey": key}
        found = self._call("GET", "com.atproto.repo.getRecord", params=params, missing=True)
        return Record(found["uri"], found["cid"], found["value"]) if found else None

    def put(self, key: str, value: Mapping[str, Any]) -> Record:
        """Make or change the post `key`. Raises Unsure where that may have happened."""
        given = {
            "repo": self.session.did,
            "collection": POSTS,
            "rkey": key,
            "record": dict(value),
        }
        found = self._call("POST", "com.atproto.repo.putRecord", json=given, unsure=True)
        return Record(found["uri"], found["cid"], value)

    def delete(self, key: str) -> None:
        """Take the post `key` away; that there is none is success."""
        given = {"repo": self.session.did, "collection": POSTS, "rkey": key}
        self._call("POST", "com.atproto.repo.deleteRecord", json=given)

    def upload(self, data: bytes, kind: str) -> Mapping[str, Any]:
        """Upload a picture; what a record names it by."""
        found = self._call(
            "POST", "com.atproto.repo.uploadBlob", content=data, headers={"Content-Type": kind}
        )
        blob: Mapping[str, Any] = found["blob"]
        return blob

    def me(self) -> Session:
        """Who we are, asked of the server now."""
        self._call("GET", "com.atproto.server.getSession")
        return self.session

    def did_of(self, handle: str) -> str:
        """Whose handle it is; empty where nobody's."""
        found = self._call(
            "GET",
            "com.atproto.identity.resolveHandle",
            params={"handle": handle},
            missing=True,
        )
        return str(found["did"]) if found else ""


class _Expired(JournalError):
    """The token is too old: refresh and ask again."""


def _session(found: Mapping[str, Any]) -> Session:
    return Session(
        str(found["did"]),
        str(found["handle"]),
        Secret(found["accessJwt"]),
        Secret(found["refreshJwt"]),
    )


def _error(reply: Reply) -> tuple[str, str]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    words = "".join(c for c in str(found.get("message") or "") if c.isprintable())
    return str(found.get("error") or "")[:60], hide_text(words)[:_SAID].rstrip(". ")


def _names_nothing(code: str, words: str) -> bool:
    """What is asked for does not exist; servers say it in more than one way."""
    if code == "InvalidRequest":
        return "locate record" in words or "resolve handle" in words
    return code in ("RecordNotFound", "HandleNotFound")


# ---------------------------------------------------------------------- names


def tid(microseconds: int, clock: int) -> str:
    """A timestamp identifier (atproto.com/specs/tid): 53 bits of time, 10 of a clock's number."""
    value = (microseconds & (1 << 53) - 1) << 10 | clock & 1023
    return "".join(_SORTABLE[value >> shift & 31] for shift in range(60, -1, -5))


def later(name: str, microseconds: int) -> str:
    """The identifier that lies `microseconds` after another one, with the same clock."""
    value = 0
    for letter in name:
        value = value << 5 | _SORTABLE.index(letter)
    return tid((value >> 10) + microseconds, value & 1023)


def blob_cid(sha256: str) -> str:
    """The name of a file by its content: CIDv1, raw, SHA-256, base32."""
    data = b"\x01\x55\x12\x20" + bytes.fromhex(sha256)
    return "b" + base64.b32encode(data).decode().lower().rstrip("=")
