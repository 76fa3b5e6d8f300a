"""What a list shows: the sections of the sidebar; what a search finds is in `query`."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = (
    "inbox",  # notes that nobody has filed yet: no tag, no link
    "today",  # written since local midnight
    "all",
    "lesson",
    "failure",
    "decision",
    "draft",  # posts that wait for a date
    "scheduled",
    "published",
    "starred",  # favourites
    "trash",
)

ORDERS = ("updated", "created", "title")  # the newest first, and titles from A to Z
OPEN, CLOSE = "\x02", "\x03"  # around found words in the passage of a hit


@dataclass(frozen=True, slots=True)
class View:
    """A filter over entries; every field narrows. `since` is in milliseconds UTC. `order` is one of
    ORDERS; the trash always shows first what went last. A tag
    that ends in / is that tag with every tag below it."""

    section: str = "all"
    kind: str | None = None
    tag: str | None = None
    run: str | None = None
    since: int | None = None
    order: str = "updated"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name."""

    id: str
    name: str
    query: str
