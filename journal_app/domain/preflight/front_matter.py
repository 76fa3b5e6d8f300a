"""Front matter and what readers see of it in lists: title, description, tags, slug, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from journal_app.domain.preflight import Finding, mark
from journal_app.domain.preflight.subject import Subject
from journal_app.domain.publishing import slug

TITLE, DESCRIPTION, TAGS, TAG = 70, 160, 10, 40
# Keys that the journal reads of a post's front matter, and what must stand there.
_TEXTS = ("title", "description", "slug", "canonical_url", "language", "lang", "author", "series")
_READ = frozenset(("description", "slug", "canonical_url", "language", "lang"))
_DATES = ("date", "updated", "lastmod", "created", "modified")
_LISTS = ("tags", "categories", "aliases", "keywords")
_SWITCHES = ("draft", "private", "published")
_KNOWN = frozenset((*_TEXTS, *_DATES, *_LISTS, *_SWITCHES))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\+\+\+)[ \t]*(?:\r?\n|$)")


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with it: errors have the code `front-matter` and cannot be allowed."""
    yield from _types(subject.front)
    yield from _address(subject)
    yield from _lists(subject)
    if _FENCE.match(subject.body):
        yield Finding(
            "front-matter-in-text",
            "warning",
            "The text begins with a block of front matter: readers would see it.",
            "line 1",
            "Take it out of the text; the journal writes the site's front matter itself.",
        )
    if not subject.title.strip():
        yield _wrong("title", "The post has no title.", "Give it one: `journal rename POST TITLE`.")
    elif len(subject.title) > TITLE:
        yield Finding(
            "title-long",
            "info",
            f"The title has {len(subject.title)} characters: lists and search engines cut it "
            f"after about {TITLE}.",
            "title",
        )
    if not subject.description.strip():
        yield Finding(
            "description",
            "warning",
            "The post has no description for lists and search engines.",
            "description",
            "Begin the text with a sentence that says what it is about.",
        )
    elif len(subject.description) > DESCRIPTION:
        yield Finding(
            "description-long",
            "info",
            f"The description has {len(subject.description)} characters: search engines cut it "
            f"after about {DESCRIPTION}.",
            "description",
        )


def _odd(key: str, what: str, hint: str = "") -> Finding:
    """What the journal reads must be right; the rest of the front matter stays in the journal."""
    if key in _READ:
        return _wrong(key, what, hint)
    return Finding("front-matter-type", "warning", what, key, hint, mark("front-matter-type", key))


def _wrong(key: str, what: str, hint: str = "") -> Finding:
    return Finding("front-matter", "error", what, key, hint, mark("front-matter", key))


def _types(front: Mapping[str, Any]) -> Iterator[Finding]:
    for key, value in front.items():
        if value is None:
            continue
        if key in _TEXTS and not isinstance(value, str):
            yield _odd(key, f"{key} in the front matter must be text, not {_kind(value)}.")
        elif key in _DATES and not _is_date(value):
            yield _odd(
                key, f"{key} in the front matter is no date: {value!r}.", "Write 2026-11-28."
            )
        elif key in _LISTS and not (
            isinstance(value, str)
            or (isinstance(value, list) and all(isinstance(one, str | int) for one in value))
        ):
            yield _odd(key, f"{key} in the front matter must be a list of words.")
        elif key in _SWITCHES and not isinstance(value, bool):
            yield _odd(key, f"{key} in the front matter must be true or false.")
    if front.get("private") is True or front.get("draft") is True:
        word = "private" if front.get("private") is True else "draft"
        yield Finding(
            f"marked-{word}",
            "error",
            f"The front matter says {word}: true.",
            word,
            "Take that out if the post shall go out.",
            mark("marked", word),
        )
    unknown = [key for key in front if key not in _KNOWN]
    if unknown:
        yield Finding(
            "front-matter-kept",
            "info",
            f"These keys of the front matter stay in the journal: {', '.join(unknown[:8])}"
            + (" …" if len(unknown) > 8 else "."),
            "front matter",
            "",
            mark("front-matter-kept", *unknown),
        )


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "a group of values"


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    return True


def _address(subject: Subject) -> Iterator[Finding]:
    if subject.slug and subject.slug != slug(subject.slug):
        yield _wrong(
            "slug",
            f"The slug {subject.slug!r} cannot be an address.",
            f"Write {slug(subject.slug)}: small letters, digits and hyphens.",
        )
    if subject.language and not _LANGUAGE.fullmatch(subject.language):
        yield _wrong(
            "language", f"{subject.language!r} is no language.", "Write en, de-CH or the like."
        )
    url = subject.canonical_url.strip()
    if not url:
        return
    try:
        parts = urlsplit(url)
        fine = parts.scheme == "https" and bool(parts.hostname) and not parts.username
        fine = fine and not re.search(r"\s", url) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        yield _wrong(
            "canonical_url",
            f"The canonical address {url!r} is no https address.",
            "Write the whole address of the first place: https://example.org/post/.",
        )
    elif parts.fragment:
        yield _wrong("canonical_url", "The canonical address has a part behind #.", "Take it out.")


def _lists(subject: Subject) -> Iterator[Finding]:
    long = [tag for tag in subject.tags if len(tag) > TAG]
    if long:
        yield Finding(
            "tags",
            "warning",
            f"The tag {long[0]!r} is very long.",
            "tags",
            "Use a word or two.",
        )
    if len(subject.tags) > TAGS:
        yield Finding(
            "tags-many",
            "info",
            f"The post has {len(subject.tags)} tags; some sites take four.",
            "tags",
            "",
            mark("tags-many"),
        )
    folded: dict[str, str] = {}
    for tag in subject.tags:
        other = folded.setdefault(tag.casefold().replace("_", "-"), tag)
        if other != tag:
            yield Finding(
                "tags-twins",
                "info",
                f"The tags {other} and {tag} may be one.",
                "tags",
                "`journal tags rename OLD NEW`",
            )
