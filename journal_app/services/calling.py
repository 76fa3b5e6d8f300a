"""Calling a target: what it may raise becomes what the journal knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from journal_app.domain.targets import Unsure
from journal_app.errors import Cancelled, JournalError

T = TypeVar("T")


def ask(call: Callable[[], T]) -> T:
    """Call a target; what it raises beside JournalError leaves open what it did."""
    try:
        return call()
    except (JournalError, Cancelled):
        raise
    except Exception as error:  # a target may be anyone's code
        raise Unsure(
            f"The target stopped with {type(error).__name__}: {error}.",
            "This is an error in the target itself: update it, or tell its author.",
        ) from error
