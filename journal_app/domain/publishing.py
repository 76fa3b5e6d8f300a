"""Publications: states and legal moves, posts as they go out, receipts, the contract of a target.

Promise: at most one live post; never silently lost; late is visible. Invariants: a state changes
only along `MOVES`; `published` and `cancelled` are final; what has perhaps been sent (`unknown`) is
settled by reading the target, never by sending again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from journal_app.domain.due import Due
from journal_app.domain.entry import Attachment
from journal_app.errors import JournalError

STATES = (
    "scheduled",
    "claimed",
    "sending",
    "unknown",
    "published",
    "failed",
    "missed",
    "cancelled",
)
IN_FLIGHT = ("scheduled", "claimed", "sending", "unknown")
STALLED = ("failed", "missed")  # wait for the user alone
WAITING = ("scheduled", "unknown", *STALLED)  # the user may take these off

MOVES: Mapping[str, frozenset[str]] = {
    "scheduled": frozenset({"claimed", "missed", "cancelled"}),
    "claimed": frozenset({"sending", "failed", "scheduled"}),
    "sending": frozenset({"published", "failed", "unknown"}),
    "unknown": frozenset({"published", "scheduled", "failed", "cancelled"}),
    "failed": frozenset({"scheduled", "cancelled"}),
    "missed": frozenset({"scheduled", "cancelled"}),
    "published": frozenset(),
    "cancelled": frozenset(),
}

LATE_LIMIT = 24 * 3600 * 1000  # ms: later than this is not sent without being asked again
LEASE = 10 * 60 * 1000  # ms: how long a claim of another computer counts as alive
MAX_ATTEMPTS = 5  # sends of one publication that ended without an answer
SLUG = 80  # characters, and 150 bytes: leaves room for a date and an ending in any file system

Config = Mapping[str, Any]


def may(state: str, to: str) -> bool:
    """Whether a publication may go from `state` to `to`."""
    return to in MOVES[state]


class Unsure(JournalError):
    """The target may have taken the post: the reply was lost. Any other JournalError of
    `PublishTarget.publish` means that it certainly did not."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place where posts go. `config` holds no secret, only names of secrets."""

    name: str
    kind: str
    config: Config
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it goes out: one frozen revision and nothing private.

    `dated` is the date that readers see. `root` is the folder that `attachments` lie under.
    `previous_sha256` is what the last receipt of this post at this target says, if there is one;
    `expected_sha256` what an earlier attempt of this very publication was about to send.
    """

    id: str
    rev: int
    title: str
    body: str
    slug: str
    tags: tuple[str, ...]
    description: str
    dated: Due
    root: Path
    attachments: tuple[Attachment, ...] = ()
    previous_sha256: str | None = None
    updated: Due | None = None
    expected_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a post that is out: where it lies and what was read back. `at` is ms UTC."""

    path: str
    url: str
    sha256: str
    bytes: int
    at: int
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fixed when a publication is scheduled, beside the revision of the text."""

    slug: str
    tags: tuple[str, ...]
    description: str
    dated: Due
    updated: Due | None = None
    sha256: str = ""  # of what is to be sent; set before it is sent


@dataclass(frozen=True, slots=True)
class Publication:
    """One post × one target × one due time, with a frozen revision and a receipt."""

    id: str
    post_id: str
    rev: int
    target: str
    state: str
    due: Due
    natural_key: str
    plan: Plan
    attempt: int = 0
    claimed_by: str | None = None
    lease_until: int | None = None
    receipt: Receipt | None = None
    last_error: str | None = None
    created_at: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue. `edited`: the post was changed after this revision was approved."""

    publication: Publication
    title: str
    edited: bool
    late_ms: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """One move of a publication."""

    at: int
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did with one publication."""

    publication: Publication
    title: str
    message: str = ""
    hint: str = field(default="")

    @property
    def ok(self) -> bool:
        """Whether the post is out."""
        return self.publication.state == "published"


@runtime_checkable
class PublishTarget(Protocol):
    """A kind of target. It knows no database; `config` is what `target add` was given.

    Every method raises JournalError with a way out. `publish` raises `Unsure` where the post may
    have gone out, and JournalError only where it certainly did not.
    """

    title: str
    """What the kind is called in lists."""

    def check(self, config: Config) -> None:
        """Whether posts can go there now; reads only. Raises JournalError with a hint."""
        ...

    def natural_key(self, config: Config, post: Post) -> str:
        """Where the post will stand (a path, a slug, an id of our choice). Pure."""
        ...

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The SHA-256 of what `publish` would send. Raises JournalError for what cannot go out."""
        ...

    def publish(self, config: Config, post: Post, key: str) -> Receipt:
        """Send it, read it back, and return the proof. The key makes a repeat harmless."""
        ...

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """The receipt if exactly this post stands there, None if it certainly does not.

        Raises JournalError where that cannot be known.
        """
        ...


_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def slug(text: str, fallback: str = "post") -> str:
    """A name for addresses and files: lower case, letters and digits of any script, hyphens.

    Latin letters lose their accents. Never empty, never a path, never a reserved Windows name.
    """
    kept: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).lower():
        base = unicodedata.normalize("NFKD", letter)
        if letter in _LETTERS:
            kept.append(_LETTERS[letter])
        elif base[0].isascii() and base[0].isalnum():
            kept.append("".join(c for c in base if c.isascii() and c.isalnum()))
        elif letter in "'’":
            continue
        elif unicodedata.category(letter)[0] in "LNM":
            kept.append(letter)
        else:
            kept.append("-")
    name = unicodedata.normalize("NFC", re.sub(r"-{2,}", "-", "".join(kept)))
    while name and (name[0] == "-" or unicodedata.category(name[0])[0] == "M"):
        name = name[1:]  # a mark needs a letter before it
    name = _cut(name.strip("-"))
    if not any(unicodedata.category(c)[0] in "LN" for c in name):
        return slug(fallback, "post") if fallback != "post" else "post"
    return f"{name}-post" if _RESERVED.fullmatch(name) else name


def _cut(name: str) -> str:
    if len(name) <= SLUG and len(name.encode()) <= 150:
        return name
    kept = name[:SLUG].encode()[:150].decode(errors="ignore")
    head, hyphen, _ = kept.rpartition("-")
    return (head if hyphen and len(head) >= len(kept) // 2 else kept).strip("-")
