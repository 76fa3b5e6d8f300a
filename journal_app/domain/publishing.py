"""Publications: states and legal moves, plans, receipts, slugs.

Promise: at most one live post; never silently lost; late is visible. Invariants: a state changes
only along `MOVES`; `published`, `removed` and `cancelled` are final; what has perhaps been sent
(`unknown`) is settled by reading the target, never by sending again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from journal_app.domain.due import Due
from journal_app.domain.targets import Config

STATES = (
    "scheduled",
    "claimed",
    "sending",
    "pushed",
    "unknown",
    "published",
    "removed",
    "failed",
    "missed",
    "blocked",
    "cancelled",
)
IN_FLIGHT = ("scheduled", "claimed", "sending", "pushed", "unknown")
STALLED = ("failed", "missed", "blocked")  # wait for the user alone
WAITING = ("scheduled", "pushed", "unknown", *STALLED)  # the user may take these off
DONE = ("published", "removed", "cancelled")

# `pushed`: the target holds it and will put it out by itself; at its time that is verified.
# `blocked`: the preflight or a gate refused, with reasons. `removed`: taken back from readers.
MOVES: Mapping[str, frozenset[str]] = {
    "scheduled": frozenset({"claimed", "missed", "blocked", "cancelled"}),
    "claimed": frozenset({"sending", "failed", "blocked", "scheduled", "pushed"}),
    "sending": frozenset(
        {"published", "pushed", "removed", "failed", "unknown", "scheduled", "cancelled"}
    ),
    "pushed": frozenset({"claimed", "published", "scheduled", "unknown"}),
    "unknown": frozenset({"published", "pushed", "removed", "scheduled", "failed", "cancelled"}),
    "failed": frozenset({"scheduled", "cancelled"}),
    "missed": frozenset({"scheduled", "cancelled"}),
    "blocked": frozenset({"scheduled", "cancelled"}),
    "published": frozenset(),
    "removed": frozenset(),
    "cancelled": frozenset(),
}

Act = Literal["publish", "update", "unpublish"]

LATE_LIMIT = 24 * 3600 * 1000  # ms: later than this is not sent without being asked again
LEASE = 10 * 60 * 1000  # ms: how long a claim of another computer counts as alive
MAX_ATTEMPTS = 5  # sends of one publication that ended without an answer
SLUG = 80  # characters, and 150 bytes: leaves room for a date and an ending in any file system


def may(state: str, to: str) -> bool:
    """Whether a publication may go from `state` to `to`."""
    return to in MOVES[state]


@dataclass(frozen=True, slots=True)
class Target:
    """A place where posts go. `config` holds no secret, only names of secrets."""

    name: str
    kind: str
    config: Config
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a post that is out: where it lies and what was read back. `at` is ms UTC.

    `live` is False for a post that the target holds until its time. `remote` is what was learnt by
    reading and is to be remembered: `PublishTarget.find` has no `Delivery` to say it to.
    """

    path: str
    url: str
    sha256: str
    bytes: int
    at: int
    late_ms: int = 0
    live: bool = True
    remote: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fixed when a publication is scheduled, beside the revision of the text."""

    slug: str
    tags: tuple[str, ...]
    description: str
    dated: Due
    updated: Due | None = None
    sha256: str = ""  # of what is to be sent; set before it is sent
    canonical_url: str = ""
    former: tuple[str, ...] = ()  # natural keys that readers know it by, the oldest first
    former_slugs: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # findings of the preflight that the user took upon themselves


@dataclass(frozen=True, slots=True)
class Publication:
    """One post × one target × one due time, with a frozen revision and a receipt.

    `wake_at` (ms UTC) is when the row wants to be looked at next: to be pushed, sent, tried again,
    verified; None: only the user moves it. `late_limit` (ms) is how late it may go out unasked:
    None as the setting says, 0 never late, -1 however late. `remote` is what the target asked to
    remember. `slot` is the place in the queue of a cadence; None: its time was set by hand.
    """

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
    act: Act = "publish"
    wake_at: int | None = None
    late_limit: int | None = None
    first_sent: int | None = None  # ms UTC: when the first attempt began to send
    remote: Mapping[str, str] = field(default_factory=dict)
    slot: float | None = None

    @property
    def needs_somebody(self) -> bool:
        """Whether it goes no further by itself."""
        waits = self.state in ("scheduled", "unknown") and self.wake_at is None
        return self.state in STALLED or waits


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue. `edited`: the post was changed after this revision was approved.
    `paused`: why its target takes nothing now; empty where it does. `held_by_target`: the target
    has it and puts it out by itself, this computer may be off. `by_hand`: it is posted there by a
    person, and waits for one."""

    publication: Publication
    title: str
    edited: bool
    late_ms: int
    paused: str = ""
    held_by_target: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One move of a publication, or (`note`) why it stays where it is."""

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
        """Whether it is done: the post is out, held by its target, or taken back."""
        return self.publication.state in ("published", "pushed", "removed")


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
