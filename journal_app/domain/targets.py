"""The contract of a kind of target: what it is told, what it answers, how it may fail.

Invariants that every kind keeps, built in or not (`extend/conformance.py` proves them):

* what it sends twice under one key is there once; a repeat after a lost reply is harmless within
  the limits that `Abilities` states;
* an error says the truth about what happened: `Unsure` where the post may be out, any other
  JournalError only where it certainly is not;
* a secret is used and never shown: not in a message, a receipt, or what it remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from journal_app.domain.due import Due
from journal_app.domain.entry import Attachment
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.publishing import Receipt

Config = Mapping[str, Any]
FieldType = Literal["text", "url", "folder", "choice", "switch"]


class Unsure(JournalError):
    """The target may have taken the post: the reply was lost. Any other JournalError of
    `PublishTarget.publish` means that it certainly did not."""


class TryLater(JournalError):
    """It is certainly not out, and the same may work later: no network, 429, 503.

    `after_ms` is how long the target asked to be left alone, where it did.
    """

    def __init__(self, message: str, hint: str = "", *, after_ms: int | None = None) -> None:
        super().__init__(message, hint)
        self.after_ms = after_ms


class AccessDenied(JournalError):
    """It is certainly not out: the target does not accept who we are. Trying again only makes it
    worse, so the target is paused until somebody has looked."""


class Superseded(JournalError):
    """Another attempt took this publication over meanwhile: stop, and touch nothing more."""


class Secret(str):
    """A password or token: a plain string to whoever sends it, nothing to whoever prints it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, spec: str) -> str:
        raise TypeError("a secret is not put into words; use .shown_to_target()")

    def __str__(self) -> str:
        return "(secret)"

    def shown_to_target(self) -> str:
        """The value itself, for the header or body of a request."""
        return str.__str__(self)


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a kind of target. The dialog, `target add --set NAME=VALUE`, the help and
    the check of what is missing all derive from it. A `secret` never enters the database: the
    config keeps a reference, and the kind is handed a `Secret`."""

    name: str
    label: str
    help: str = ""
    required: bool = False
    secret: bool = False
    type: FieldType = "text"
    choices: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a kind can do.

    `schedules`: it holds a post and puts it out by itself at `Delivery.at`, which must lie at least
    `lead_ms` ahead. `repeats`: how a second send under the same key ends when the answer to the
    first was lost: "always" harmless; harmless for `repeat_ms` after the first ("window"); or
    "never" (then only a person can say whether it went out). `reads`: `find` can know. `remote`:
    it leaves this computer. `limit`: characters that it takes, 0 for no limit. `page`: a public
    page can be looked at after `publish`.
    """

    schedules: bool = False
    lead_ms: int = 0
    updates: bool = True
    unpublishes: bool = True
    repeats: Literal["always", "window", "never"] = "always"
    repeat_ms: int = 0
    reads: bool = True
    remote: bool = True
    images: bool = True
    limit: int = 0
    page: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it goes out: one frozen revision and nothing private.

    `dated` is the date that readers see. `root` is the folder that `attachments` lie under.
    `previous_sha256` is what the last receipt of this post at this target says, if there is one;
    `expected_sha256` what an earlier attempt of this very publication was about to send. `remote`
    is what was remembered of this post at this target (see `Delivery.remember`); `former` are the
    natural keys under which readers found it before it was renamed, the oldest first, and
    `former_slugs` the slugs of these. `publication` is the id of the publication: the same for all
    of its attempts, another one for an update. `page` is where readers find the post already, by
    the receipts of other targets that are sites; it may come between two attempts. `since` (ms
    UTC) is when it may have been sent first, also where nothing of that is remembered (the journal
    is a restored copy); 0: it was never sent.
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
    publication: str = ""
    canonical_url: str = ""
    language: str = ""
    remote: Mapping[str, str] = field(default_factory=dict)
    former: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()
    page: str = ""
    since: int = 0


def _nothing(*_args: object) -> None:
    """The default of what nobody listens to."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a target is given beside the post, and what it may tell while it works.

    `at`: ms UTC at which the target itself shall put the post out (only where
    `Abilities.schedules`); None: now. `remember(values)` keeps strings about this post (a remote
    id) before the step that makes it public, so that a later attempt finds it; it raises
    `Superseded` where this attempt is no longer the one that may send, which makes it the fence
    before anything that cannot be repeated: call it there even with nothing new. `progress` takes
    files (or steps) done and in all; `check` raises Cancelled when the user gave up.
    """

    at: int | None = None
    remember: Callable[[Mapping[str, str]], None] = _nothing
    progress: Callable[[int, int], None] = _nothing
    check: Callable[[], None] = _nothing


@runtime_checkable
class PublishTarget(Protocol):
    """A kind of target. It knows no database; `config` is what `target add` was given, with a
    `Secret` in place of each reference to one.

    Every method raises JournalError with a way out (what was wrong, and the next step in words).
    `publish` and `unpublish` raise `Unsure` where it may have happened, `TryLater` and
    `AccessDenied` where they fit, and another JournalError only where it certainly did not happen.
    """

    title: str
    """What the kind is called in lists."""

    abilities: Abilities
    """What it can do."""

    fields: tuple[Field, ...]
    """Its settings, in the order of the dialog."""

    def check(self, config: Config) -> tuple[str, ...]:
        """Whether posts can go there now; reads only. What it found, a fact a line ("Ghost 5.96 at
        https://…", "signed in as …"). Raises JournalError with a hint."""
        ...

    def natural_key(self, config: Config, post: Post) -> str:
        """Where the post will stand (a path, a slug, an id of our choice). Pure: no I/O."""
        ...

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The SHA-256 of what `publish` would send: the same for the same post, whatever the time.
        Reads only, and nothing over the network. Raises JournalError for what cannot go out."""
        ...

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Send it, read it back, and return the proof; `Receipt.live` is False for one that the
        target holds until `delivery.at`. A post that is out already is updated; one that it holds
        goes out now where `delivery.at` is None."""
        ...

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """The receipt if exactly this post stands there (`live` False: it is held there), None if
        it certainly does not: a draft of ours that waits for its second step is not out. Raises
        JournalError where that cannot be known."""
        ...

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Take it back, live or held; that nothing stands there is success. Only what is ours.
        Called only where `abilities.unpublishes`."""
        ...


@runtime_checkable
class Completes(Protocol):
    """A kind that finds out settings by itself when a target is added."""

    def completed(self, config: Config) -> dict[str, Any]:
        """The settings with what the target tells in place of what was left out. Reads only.
        Raises JournalError."""
        ...
