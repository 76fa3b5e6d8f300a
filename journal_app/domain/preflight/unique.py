"""One place for one post: slug, canonical address and title that no other post has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_app.domain.preflight import Finding
from journal_app.domain.preflight.subject import Subject


@dataclass(frozen=True, slots=True)
class Other:
    """Another post of the journal that is out or on its way: where, and under which names."""

    post_id: str
    title: str
    target: str
    slug: str = ""
    canonical_url: str = ""


def same_address(url: str) -> str:
    """An address as it is compared: case of the host and a slash at the end do not count."""
    scheme, _, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash}{path}".rstrip("/")


def check(subject: Subject, target: str | None, others: Sequence[Other]) -> Iterator[Finding]:
    """`others` are the other posts, at any target; slugs clash at one target only."""
    own = same_address(subject.canonical_url) if subject.canonical_url else ""
    title = " ".join(subject.title.casefold().split())
    for other in others:
        if target == other.target and subject.slug and subject.slug == other.slug:
            yield Finding(
                "slug-taken",
                "error",
                f"The post “{other.title}” holds the slug {subject.slug} at {target}.",
                "slug",
                "Choose another: `journal schedule POST --slug NAME`.",
            )
        if own and other.canonical_url and own == same_address(other.canonical_url):
            yield Finding(
                "canonical-taken",
                "error",
                f"The post “{other.title}” has this canonical address too.",
                "canonical_url",
                "One of the two is wrong.",
            )
        if title and title == " ".join(other.title.casefold().split()):
            yield Finding(
                "title-taken",
                "warning",
                f"Another post has the title “{other.title}” too ({other.target}).",
                "title",
                "Readers cannot tell them apart: change one.",
            )
