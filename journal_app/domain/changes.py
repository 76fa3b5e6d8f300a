"""What changed: the one message between a commit and everything that shows data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Noun = Literal[
    "entry",
    "run",
    "eval",
    "publication",
    "target",
    "generation",
    "model_eval",
    "preference",
    "index",
    "search",
    "cadence",
]
Op = Literal["created", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change log. `seq` grows by commit order within one journal."""

    seq: int
    noun: str
    id: str
    op: str
