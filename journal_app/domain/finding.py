"""Find and replace in one text, with patterns that cannot run away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from regex import Pattern

MOST = 10_000  # hits that are told apart
SECONDS = 1.0  # a pattern may take so long for one text


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    words: str
    regex: bool = False
    case: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where it stands, in characters; `more`: there is more than MOST."""

    spans: tuple[tuple[int, int], ...]
    more: bool = False

    def at(self, offset: int) -> int:
        """The number of the first hit that does not begin before `offset`; 0 where none is."""
        for number, (start, _) in enumerate(self.spans):
            if start >= offset:
                return number
        return 0


def _compiled(query: Query) -> Pattern[str]:
    import regex

    words = query.words if query.regex else re.escape(query.words)
    if query.whole:
        words = rf"(?<!\w)(?:{words})(?!\w)"
    flags = regex.MULTILINE | (0 if query.case else regex.IGNORECASE)
    try:
        return regex.compile(words, flags)
    except regex.error as error:
        raise JournalError(
            f"This is no pattern: {error}.", "Switch “.*” off to find it as it stands."
        ) from error
    except RecursionError as error:
        raise JournalError("This pattern is nested too deep.", "Write it simpler.") from error


def _slow() -> JournalError:
    return JournalError("The pattern takes too long on this text.", "Make it more exact.")


def find(query: Query, text: str) -> Found:
    """Every place, in order; a hit without any character is none.

    Raises JournalError for a pattern that is not one, or that takes more than SECONDS.
    """
    if not query.words:
        return Found(())
    spans: list[tuple[int, int]] = []
    try:
        for match in _compiled(query).finditer(text, timeout=SECONDS):
            if match.end() == match.start():
                continue
            if len(spans) == MOST:
                return Found(tuple(spans), more=True)
            spans.append(match.span())
    except TimeoutError as error:
        raise _slow() from error
    return Found(tuple(spans))


def replaced(
    query: Query, text: str, new: str, span: tuple[int, int] | None = None
) -> list[tuple[int, int, str]]:
    r"""What to put where: for every hit, or for the one at `span`.

    In a pattern's replacement `\1` and `\g<name>` stand for groups. Raises
    JournalError like `find`.
    """
    import regex

    pieces: list[tuple[int, int, str]] = []
    try:
        for match in _compiled(query).finditer(text, timeout=SECONDS):
            if match.end() == match.start() or (span is not None and match.span() != span):
                continue
            words = match.expand(new) if query.regex else new
            pieces.append((match.start(), match.end(), words))
    except TimeoutError as error:
        raise _slow() from error
    except (regex.error, IndexError) as error:
        raise JournalError(
            f"The replacement does not fit the pattern: {error}.",
            r"Groups are written \1 or \g<name>.",
        ) from error
    return pieces
