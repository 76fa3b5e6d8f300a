"""What the campaign counts, and what it knows of posts that readers see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Tally:
    """What became of the schedules of one target."""

    scheduled: int = 0
    published: int = 0
    late: int = 0
    missed: int = 0
    failed: int = 0
    taken_off: int = 0
    doubled: int = 0
    taken_back: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Live:
    """A post that readers see: where, its mark, and its words."""

    post: str
    target: str
    mark: str
    body: str
