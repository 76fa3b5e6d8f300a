"""What a generator is to us: where its pages lie, what they look like, where they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath
from typing import Any, ClassVar
from urllib.parse import quote

from journal_app.domain.due import Due, rfc3339
from journal_app.domain.targets import Post
from journal_app.publish import frontmatter
from journal_app.publish.body import Carried
from journal_app.publish.frontmatter import Plain
from journal_app.publish.sites.tree import Tree

P = PurePosixPath


@dataclass(frozen=True, slots=True)
class Site:
    """A site as its settings and ours describe it.

    `content` is the folder of posts; `base` the address of the site's root without the slash at its
    end, empty where it is not known; `facts` what the flavor read from the site's own settings.
    """

    content: PurePosixPath
    base: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What decides where a post stands and is read: the file of its page, its slug, its date."""

    key: PurePosixPath
    slug: str
    dated: Due


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page is made of. `old` are the addresses (paths below the base) that lead to it."""

    post: Post
    place: Place
    text: str
    files: Sequence[Carried]
    old: tuple[str, ...] = ()


class Flavor:
    """A kind of site. Only a `Tree` is read, and nothing of the site is ever run."""

    name: ClassVar[str]
    title: ClassVar[str]
    content: ClassVar[str]
    """The folder of posts where nobody says another one."""

    bundle: ClassVar[bool] = False
    """Whether a post is a folder of its own, with its pictures beside the page."""

    def found(self, tree: Tree) -> bool:
        """Whether this is such a site."""
        raise NotImplementedError

    def home(self, tree: Tree) -> str:
        """The folder of posts that this site uses."""
        return self.content

    def facts(self, tree: Tree) -> dict[str, Any]:
        """What matters of the site's settings; `url` is the address of its root, if it says so."""
        return {}

    def check(self, site: Site, tree: Tree) -> tuple[str, ...]:
        """What the user should know of this site; raises JournalError where nothing can go out."""
        return ()

    def key(self, content: PurePosixPath, post: Post) -> PurePosixPath:
        """The file of the page."""
        return content / post.slug / "index.md" if self.bundle else content / f"{post.slug}.md"

    def pictures(self, site: Site, place: Place) -> PurePosixPath:
        """The folder of the post's pictures."""
        return place.key.parent

    def page(self, site: Site, draft: Draft) -> str:
        """The page. Raises JournalError where the site as it is set up could not show it."""
        raise NotImplementedError

    def address(self, site: Site, place: Place) -> str:
        """Where it is read, relative to the base, without the slash in front."""
        raise NotImplementedError

    def names_old(self, site: Site) -> bool:
        """Whether the page itself names its old addresses (`Draft.old`)."""
        return False

    def static(self, site: Site) -> PurePosixPath:
        """The folder whose files are copied to the site as they are."""
        return P()

    def redirect(self, site: Site, old: Place, to: str, post: Post) -> tuple[PurePosixPath, str]:
        """A small page of ours that leads from an old place to the link `to`, and its file."""
        address = self.address(site, old)
        file = address + "index.html" if address.endswith("/") or not address else address
        return self.static(site) / file, moved(to, post.id)

    def derived(self, site: Site, tree: Tree) -> Mapping[PurePosixPath, bytes]:
        """What follows from all pages that stand in `tree`: an index, feeds."""
        return {}


def moved(to: str, key: str) -> str:
    """The HTML of a redirect: for browsers, for search engines, for people."""
    link = escape(to)
    return (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>Moved</title>\n'
        f'<meta name="{frontmatter.KEY}" content="{escape(key)}">\n'
        '<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{link}">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n</head>\n'
        f'<body><p><a href="{link}">This page has moved.</a></p></body>\n</html>\n'
    )


def relative(old: str, new: str) -> str:
    """The link from one address of a site to another one, wherever the site stands."""
    start = posixpath.dirname("/" + old)
    link = posixpath.relpath("/" + new, start)
    return quoted(link + "/" if new.endswith("/") and not link.endswith("/") else link)


def quoted(address: str) -> str:
    """A path as it is written in an address: letters of other scripts in percent signs."""
    return quote(address, safe="/-._~!$&()*+,;=:@")


def moment(due: Due) -> Plain:
    """RFC 3339 with a numeric offset."""
    return Plain(rfc3339(due.at, due.tz))


def below(content: PurePosixPath, root: str) -> str:
    """`content` without the folder `root` at its beginning, with a slash at its end; or nothing."""
    top = P(root)
    rest = content.relative_to(top) if content.is_relative_to(top) else content
    return "" if rest == P() else f"{rest}/"
