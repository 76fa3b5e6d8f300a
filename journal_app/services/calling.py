"""Calling a target: what it may raise becomes what the journal knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from journal_app.domain.secrets import hide_text
from journal_app.domain.targets import Unsure
from journal_app.errors import Cancelled, JournalError

T = TypeVar("T")

# What this process is sending right now. A row that names this process and is not among these was
# left behind by a step that failed after the send (a full disk under the journal, say).
SENDING: set[str] = set()


@contextmanager
def under_way(id: str) -> Iterator[None]:
    """While something is done at a target about the publication `id`, which this process claimed:
    no other thread takes it for left behind."""
    outer = id in SENDING
    SENDING.add(id)
    try:
        yield
    finally:
        if not outer:
            SENDING.discard(id)


def ask(call: Callable[[], T]) -> T:
    """Call a target; what it raises beside JournalError leaves open what it did."""
    try:
        return call()
    except (JournalError, Cancelled):
        raise
    except Exception as error:  # a target may be anyone's code
        raise Unsure(
            f"The target stopped with {type(error).__name__}: {hide_text(str(error))}.",
            "This is an error in the target itself: update it, or tell its author.",
        ) from error
