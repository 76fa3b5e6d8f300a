"""HTTP for targets, link checks and receipts: one client whose errors say what happened.

Invariants: no redirect is followed with credentials; credentials go over https only (loopback
apart); an answer is read up to a limit; nothing that a server says can put a secret into a message.

What an error means for a request that changes something (`send`): refused before it was written →
`TryLater`; 401 and 403 → `AccessDenied`; 429 → `TryLater` with the server's Retry-After; other 4xx
→ JournalError with the server's words; written and no clear answer (timeout, broken connection,
5xx, an answer that cannot be read) → `Unsure`, or `TryLater` where a repeat is `harmless`.
"""

from __future__ import annotations

import email.utils
import ipaddress
import json
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from journal_app.domain.secrets import hide_text
from journal_app.domain.targets import AccessDenied, Secret, TryLater, Unsure
from journal_app.errors import JournalError

TIMEOUT = 20.0  # s for each step of a request: connect, write, read
STEPS = 6  # times TIMEOUT that an answer may take from its first byte to its last
LARGEST = 5_000_000  # bytes of an answer
SAID = 200  # characters of an error that are shown
AGENT = "FieldJournal/0.1"
_RETRY = (408, 425, 429)
_ERRNO = re.compile(r"^\[Errno -?\d+\] ")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, headers (lower-case names), body (at most LARGEST bytes)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that this computer trusts; those of certifi where it names none."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _fit(secret: str) -> str:
    """A secret that a header can carry. Raises AccessDenied: what would tell of it later might
    show it."""
    if not secret.isascii() or not secret.isprintable():
        raise AccessDenied(
            "The key or password has a line break, or letters that none has.",
            "Copy it anew, and give it with `journal target secret NAME`.",
        )
    return secret


def loopback(host: str) -> bool:
    """Whether a host name is this computer itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Web:
    """Requests to one site. Use as a context manager; not shared between threads."""

    def __init__(
        self,
        base: str,
        headers: Mapping[str, str | Secret] | None = None,
        *,
        basic: tuple[str, Secret] | None = None,
        timeout: float = TIMEOUT,
        largest: int = LARGEST,
    ) -> None:
        """`base` is an http(s) address that paths are added to. Raises JournalError for another,
        and for http where credentials would go over the network in the clear."""
        self.base = address(base)
        parts = urlsplit(self.base)
        self.site = parts.netloc.rpartition("@")[2]
        secret = basic is not None or any(isinstance(v, Secret) for v in (headers or {}).values())
        if secret and parts.scheme != "https" and not loopback(parts.hostname or ""):
            raise JournalError(
                f"{self.base} is http: a password sent there could be read on the way.",
                "Write the address with https://.",
            )
        self._private = secret
        self._largest = largest
        plain = {
            name: _fit(value.shown_to_target()) if isinstance(value, Secret) else value
            for name, value in (headers or {}).items()
        }
        self._end = STEPS * timeout
        self._client = httpx.Client(
            headers={"User-Agent": AGENT, **plain},
            auth=(basic[0], basic[1].shown_to_target()) if basic else None,
            timeout=timeout,
            verify=_trust(),  # also for http: httpx would read the certificates anew each time
            follow_redirects=False,
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def read(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        missing: tuple[int, ...] = (404, 410),
    ) -> Reply | None:
        """GET; None where the answer is one of `missing`. Never raises `Unsure`: it changes
        nothing."""
        try:
            reply = self._ask("GET", path, params=params, headers=headers)
        except httpx.HTTPError as error:
            raise TryLater(*self._unreachable(error)) from error
        if reply.status in missing:
            return None
        if reply.status >= 500 or reply.status in _RETRY:
            raise self._later(reply)
        return self._checked(reply)

    def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        harmless: bool = False,
        accept: tuple[int, ...] = (),
    ) -> Reply:
        """A request that changes something; see the module for what its errors mean.

        `harmless`: a repeat makes nothing twice that readers see (an upload, a draft, a change of
        what is named by its id). `accept`: error statuses that the caller wants to see itself.
        """
        try:
            reply = self._ask(
                method,
                path,
                json=json,
                data=data,
                files=files,
                content=content,
                params=params,
                headers=headers,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise TryLater(*self._unreachable(error)) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise JournalError(f"{self.base} is not an address.", "Check it.") from error
        except httpx.HTTPError as error:
            message, hint = self._unreachable(error)
            if harmless:
                raise TryLater(message, hint) from error
            raise Unsure(message, "It will be looked up there before anything is sent.") from error
        if reply.status in accept:
            return reply
        if reply.status == 429:
            raise self._later(reply)
        if reply.status >= 500 or reply.status == 408:
            if harmless:
                raise self._later(reply)
            raise Unsure(
                f"{self.site} answered {reply.status}{self.words(reply)}.",
                "It will be looked up there before anything is sent.",
            )
        return self._checked(reply)

    def answered(self, reply: Reply) -> Any:
        """The JSON of an answer to `send`. Raises Unsure: it said yes and what it said is lost."""
        try:
            return reply.json()
        except ValueError as error:
            raise Unsure(
                f"{self.site} answered {reply.status} with something that is not JSON.",
                "Is the address right? It will be looked up there before anything is sent.",
            ) from error

    def _ask(self, method: str, path: str, **how: Any) -> Reply:
        url = path if re.match(r"https?://", path) else f"{self.base}/{path.lstrip('/')}"
        if self._private and urlsplit(url).netloc.rpartition("@")[2] != self.site:
            raise JournalError(
                f"{self.site} sent us to {urlsplit(url).netloc}, another site.",
                "Passwords go nowhere else. If the site moved, give its new address.",
            )
        given = {name: value for name, value in how.items() if value is not None}
        with self._streamed(method, url, given) as response:
            body = b""
            end = time.monotonic() + self._end
            for part in response.iter_bytes():
                body += part
                if len(body) > self._largest:
                    body = body[: self._largest]
                    break
                if time.monotonic() > end:  # a byte now and then would hold the lane for ever
                    raise httpx.ReadTimeout("the answer did not end")
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, body, str(response.url))

    @contextmanager
    def _streamed(self, method: str, url: str, how: dict[str, Any]) -> Iterator[httpx.Response]:
        with self._client.stream(method, url, **how) as response:
            yield response

    def _checked(self, reply: Reply) -> Reply:
        status = reply.status
        if 200 <= status < 300:
            return reply
        if 300 <= status < 400:
            where = reply.headers.get("location", "")
            raise JournalError(
                f"{self.site} sends us on to {where[:SAID] or 'another address'}.",
                "Give that address as the target's own, if it is yours.",
            )
        if status in (401, 403):
            raise AccessDenied(
                f"{self.site} does not accept the key or password ({status}{self.words(reply)}).",
                "Make a new one there and give it with `journal target secret NAME`; then "
                "`journal target test NAME`.",
            )
        if status in (404, 410, 405):
            raise JournalError(
                f"{self.site} has nothing at {urlsplit(reply.url).path or '/'} ({status}).",
                "Is it the right site, and the right kind of target?",
            )
        raise JournalError(
            f"{self.site} refused it ({status}{self.words(reply)}).",
            "Change what it names, then publish again: the post is kept.",
        )

    def _later(self, reply: Reply) -> TryLater:
        return TryLater(
            f"{self.site} answered {reply.status}{self.words(reply)}.",
            "It will be tried again by itself.",
            after_ms=left_alone(reply.headers),
        )

    def _unreachable(self, error: Exception) -> tuple[str, str]:
        why = _ERRNO.sub("", hide_text(str(error)).rstrip(" .")) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            why = "no answer in time"
        return (
            f"{self.site} could not be reached: {why[:SAID]}.",
            "Is this computer online? It will be tried again by itself.",
        )

    @staticmethod
    def words(reply: Reply) -> str:
        """What the server says about an error: plain, short, without anything like a secret."""
        text = reply.text[:20_000]
        try:
            found = _message(json.loads(text))
        except ValueError:
            found = "" if "<" in text[:200] else text
        found = " ".join(re.sub(r"<[^>]*>", " ", found).split())
        found = hide_text("".join(c for c in found if c.isprintable()))[:SAID].rstrip(". ")
        return f": {found}" if found else ""


def _message(value: Any) -> str:
    """The words in an error of JSON: {"message"}, {"error"}, {"errors": [{"message"}]} …"""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, (_message(one) for one in value[:3])))
    if isinstance(value, dict):
        for name in ("message", "error_description", "detail", "errors", "error", "context"):
            if value.get(name):
                found = _message(value[name])
                more = _message(value.get("context")) if name == "message" else ""
                return f"{found} ({more})" if more else found
        if all(isinstance(one, str | list) for one in value.values()):
            return "; ".join(f"{name}: {_message(one)}" for name, one in list(value.items())[:3])
    return ""


def retry_after(text: str) -> int | None:
    """Milliseconds of a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3)."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(int(text), 86_400) * 1000
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0, min(int(moment.timestamp() - time.time()), 86_400)) * 1000


def left_alone(headers: Mapping[str, str]) -> int | None:
    """For how long (ms) a server wants no requests: Retry-After, else the end of its limit, which
    Mastodon tells as a date (ISO 8601) and Bluesky in seconds since 1970. None: it does not say."""
    asked = retry_after(headers.get("retry-after", ""))
    if asked is not None:
        return asked
    end = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
    try:
        seconds = int(end) if end.isdigit() else datetime.fromisoformat(end).timestamp()
    except ValueError:
        return None
    # A small number is a span, as the drafts of the IETF say it.
    wait = seconds - time.time() if seconds > 86_400 else seconds
    return max(0, min(int(wait), 86_400)) * 1000


def address(text: str) -> str:
    """An http(s) address without the slash at its end. Raises JournalError for another."""
    found = text.strip().rstrip("/")
    try:
        parts = urlsplit(found)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.username or re.search(r"\s", found):
        raise JournalError(
            f"{hide_text(text)!r} is not an address of a site.", "Write it as https://example.org"
        )
    return found
