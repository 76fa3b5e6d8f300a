"""One account of a Mastodon server: requests and answers (docs.joinmastodon.org/methods).

Invariant: a status is sent with an Idempotency-Key, which the server keeps for one hour.
"""

from __future__ import annotations

import email.utils
import hashlib
import html
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from journal_app.domain.due import rfc3339
from journal_app.domain.targets import Secret, TryLater
from journal_app.errors import JournalError
from journal_app.runtime.http import TIMEOUT, Reply, Web

PAGE = 40  # statuses of one request, the most that Mastodon gives
PAGES = 10
WAITS = 60  # looks at a picture that is being processed
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p>", re.IGNORECASE)


def text_print(text: str) -> str:
    """Whether two texts are the same: letters and digits count, spaces and line ends do not."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:20]


class Account:
    """Use as a context manager; not shared between threads."""

    def __init__(self, url: str, token: Secret, timeout: float = TIMEOUT) -> None:
        self._web = Web(
            url,
            {"Authorization": Secret(f"Bearer {token.shown_to_target()}")},
            timeout=timeout,
        )
        self.site = self._web.site
        self.base = self._web.base
        self.pause = min(1.0, timeout / 20)  # s between looks at a picture
        self.now = time.time_ns() // 1_000_000  # ms by the server's clock, of its last answer
        self._id = ""

    def __enter__(self) -> Account:
        return self

    def __exit__(self, *error: object) -> None:
        self._web.__exit__(*error)

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        """The JSON of a read; None for 404. Raises JournalError."""
        reply = self._web.read(path, params=params)
        if reply is None:
            return None
        self._timed(reply)
        try:
            return reply.json()
        except ValueError as error:
            raise JournalError(
                f"{self.site} answered {reply.status} with something that is not JSON.",
                "Is it the address of a Mastodon server?",
            ) from error

    def _timed(self, reply: Reply) -> None:
        try:
            moment = email.utils.parsedate_to_datetime(reply.headers.get("date", ""))
        except ValueError:
            self.now = time.time_ns() // 1_000_000
        else:
            self.now = int(moment.timestamp() * 1000)

    # ------------------------------------------------------------------ facts

    def me(self) -> dict[str, Any]:
        """The account that the token belongs to."""
        found = self._get("/api/v1/accounts/verify_credentials")
        if not isinstance(found, dict) or "id" not in found:
            raise JournalError(
                f"{self.site} is not a Mastodon server: it knows no accounts.",
                "Give the address of your own server, as in https://mastodon.social",
            )
        self._id = str(found["id"])
        return found

    def instance(self) -> dict[str, Any]:
        """What the server says of itself; empty where it does not (Mastodon before 4.0)."""
        found = self._get("/api/v2/instance")
        return found if isinstance(found, dict) else {}

    # ------------------------------------------------------------------ statuses

    def status(self, id: str) -> dict[str, Any] | None:
        """A status; None where there is none."""
        found = self._get(f"/api/v1/statuses/{id}")
        return found if isinstance(found, dict) else None

    def text_of(self, status: Mapping[str, Any]) -> str:
        """What its author typed; of a server that does not tell, what readers see."""
        found = self._get(f"/api/v1/statuses/{status['id']}/source")
        if isinstance(found, dict) and isinstance(found.get("text"), str):
            return str(found["text"])
        shown = _BREAK.sub("\n", str(status.get("content") or ""))
        return html.unescape(re.sub(r"<[^>]*>", "", shown))

    def recent(self, since: int) -> Iterator[dict[str, Any]]:
        """The account's own statuses since `since` (ms UTC), the latest first."""
        if not self._id:
            self.me()
        params = {"exclude_reblogs": "true", "limit": str(PAGE)}
        for _page in range(PAGES):
            found = self._get(f"/api/v1/accounts/{self._id}/statuses", params)
            for status in found or []:
                if moment(status.get("created_at")) < since:
                    return
                yield status
            if not found:
                return
            params["max_id"] = str(found[-1]["id"])
        raise JournalError(
            f"{self.site} has too many newer messages to be sure what is among them.",
            "Look there, then say what you found: `journal queue`.",
        )

    def post(self, values: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Make a status. Raises Unsure where it may be out."""
        reply = self._web.send(
            "POST",
            "/api/v1/statuses",
            json=dict(values),
            headers={"Idempotency-Key": key},
            accept=(404,),
        )
        if reply.status == 404:  # the key belongs to a deleted one, or what it answers is gone
            raise JournalError(
                f"A part of the thread was deleted at {self.site} since it was sent.",
                "Publish the post again, then it is sent anew.",
            )
        return dict(self._web.answered(reply))

    def edit(self, id: str, values: Mapping[str, Any]) -> None:
        """Change a status; once more is harmless."""
        self._web.send("PUT", f"/api/v1/statuses/{id}", json=dict(values), harmless=True)

    def delete(self, id: str) -> None:
        """Take a status away; that there is none is success."""
        self._web.send("DELETE", f"/api/v1/statuses/{id}", harmless=True, accept=(404, 410))

    # ------------------------------------------------------------------ held by the server

    def held(self, id: str) -> dict[str, Any] | None:
        """A scheduled status; None where there is none any more."""
        found = self._get(f"/api/v1/scheduled_statuses/{id}")
        return found if isinstance(found, dict) else None

    def all_held(self) -> list[dict[str, Any]]:
        """Every scheduled status of the account (it may have 300)."""
        made: list[dict[str, Any]] = []
        params = {"limit": str(PAGE)}
        for _page in range(PAGES):
            found = self._get("/api/v1/scheduled_statuses", params)
            new = [one for one in found or [] if one not in made]
            if not new:
                break
            made += new
            params["max_id"] = str(new[-1]["id"])
        return made

    def hold_until(self, id: str, at: int) -> bool:
        """Move a scheduled status to `at` (ms UTC); False where it is gone."""
        reply = self._web.send(
            "PUT",
            f"/api/v1/scheduled_statuses/{id}",
            json={"scheduled_at": rfc3339(at, "UTC")},
            harmless=True,
            accept=(404,),
        )
        return reply.status != 404

    def drop(self, id: str) -> bool:
        """Take a scheduled status away; False where it was gone already."""
        reply = self._web.send(
            "DELETE", f"/api/v1/scheduled_statuses/{id}", harmless=True, accept=(404,)
        )
        return reply.status != 404

    # ------------------------------------------------------------------ pictures

    def upload(self, name: str, data: bytes, kind: str, alt: str, check: Callable[[], None]) -> str:
        """Upload a picture and wait until the server has processed it; its id."""
        reply = self._web.send(
            "POST",
            "/api/v2/media",
            data={"description": alt},
            files={"file": (name, data, kind)},
            harmless=True,
        )
        try:
            id = str(reply.json()["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise TryLater(
                f"{self.site} took the picture {name} and did not say its id.",
                "It will be tried again by itself.",
            ) from error
        looks = 0
        while reply.status in (202, 206):
            if looks == WAITS:
                raise TryLater(
                    f"{self.site} is still processing the picture {name}.",
                    "It will be tried again by itself.",
                )
            check()
            time.sleep(self.pause)
            looks += 1
            again = self._web.read(f"/api/v1/media/{id}")
            if again is None:
                raise TryLater(
                    f"{self.site} lost the picture {name}.", "It will be tried again by itself."
                )
            reply = again
        return id


def moment(text: object) -> int:
    """A time of the API as ms UTC; 0 for none."""
    try:
        found = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return 0
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return int(found.timestamp() * 1000)
