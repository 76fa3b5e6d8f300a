"""What readers see of a post beside its text, and what of it sites take."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from journal_app.domain.publishing import slug
from journal_app.errors import JournalError

# Keys of the front matter that `describe` changes.
DESCRIBED = ("description", "canonical_url", "language", "slug")
LONGEST = 500  # characters of a description
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def checked_front(name: str, value: str) -> str:
    """The value as it is kept; empty stays empty. Raises JournalError that names the way out."""
    value = " ".join(value.split())
    if name not in DESCRIBED:
        raise JournalError(f"{name!r} is not kept with a post.", "Known: " + ", ".join(DESCRIBED))
    if not value:
        return ""
    if name == "description" and len(value) > LONGEST:
        raise JournalError(
            f"The description has {len(value)} characters.", f"Keep it below {LONGEST}."
        )
    if name == "canonical_url" and not _is_address(value):
        raise JournalError(
            f"{value!r} is not the address of a page.", "Write it as https://example.org/post/"
        )
    if name == "language" and not _LANGUAGE.fullmatch(value):
        raise JournalError(f"{value!r} is not a language.", "Write it as en, de or pt-BR.")
    if name == "slug" and slug(value) != value:
        raise JournalError(f"{value!r} is not a name for addresses.", f"For example: {slug(value)}")
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in value
