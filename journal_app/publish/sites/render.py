"""What has to be written and removed so that a site holds a post: nothing is written here.

Invariants: a page whose `field_journal_key` is not this post's is never touched; a page of ours
that was changed at the site since is neither written over nor removed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from typing import NoReturn

from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError
from journal_app.publish import body, frontmatter
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site, quoted, relative
from journal_app.publish.sites.flavors import content_of, flavor_of, site_of
from journal_app.publish.sites.tree import After, Tree

_CARRIED_NAME = re.compile(r".+-([0-9a-f]{12})\.[a-z0-9]{1,8}")
_LEADS_TO = re.compile(rb'http-equiv="refresh" content="0; url=([^"]*)"')


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post as this site's generator wants it. Paths are relative to the site's root.

    `pictures` are the files that go with the page, by the path that they get.
    """

    key: PurePosixPath
    data: bytes
    pictures: Mapping[PurePosixPath, body.Carried]
    url: str

    @property
    def sha256(self) -> str:
        """Of the page."""
        return hashlib.sha256(self.data).hexdigest()

    def contents(self) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Every file with its bytes, the page last. OSError goes through."""
        for path, file in self.pictures.items():
            yield path, file.source.read_bytes()
        yield self.key, self.data


@dataclass(frozen=True, slots=True)
class Change:
    """What is still to be done, in this order: pictures, the page, what follows from it, removals.

    `present` is the page that stands there now; `then` holds redirects, an index, feeds.
    """

    page: Rendered
    present: bytes | None
    pictures: Mapping[PurePosixPath, body.Carried]
    then: Mapping[PurePosixPath, bytes]
    remove: tuple[PurePosixPath, ...]

    @property
    def done(self) -> bool:
        """Whether the site holds the post and everything that goes with it."""
        return self.present == self.page.data and not (self.pictures or self.then or self.remove)


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to be removed, the page first, and what to be written afterwards."""

    remove: tuple[PurePosixPath, ...]
    then: Mapping[PurePosixPath, bytes]


def natural_key(config: Config, post: Post) -> str:
    """The path of the page inside the site."""
    flavor = flavor_of(config)
    return str(flavor.key(content_of(config, flavor), post))


def place_of(key: str) -> PurePosixPath:
    """A natural key as a path; never outside the site. Raises JournalError."""
    path = P(key)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise JournalError(f"{key!r} is not a place inside the site.", "Schedule the post again.")
    return path


def rendered(config: Config, post: Post, key: str, tree: Tree) -> Rendered:
    """The page and its files. Raises JournalError for what cannot go out."""
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    return _rendered(flavor, site, post, place_of(key))


def url_of(config: Config, post: Post, key: str, tree: Tree) -> str:
    """Where readers find the post; empty where the site's address is not known."""
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    return _url(site, flavor.address(site, Place(place_of(key), post.slug, post.dated)))


def change(config: Config, post: Post, key: str, tree: Tree) -> Change:
    """What must be done so that exactly this post stands there.

    Raises JournalError where something stands there that is not ours, or was changed since.
    """
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    page = _rendered(flavor, site, post, place_of(key))
    stands = _present(flavor, site, post, page.key, page.sha256, tree)
    missing = {path: file for path, file in page.pictures.items() if not _same(tree, path, file)}
    then: dict[PurePosixPath, bytes] = {}
    remove: list[PurePosixPath] = []
    place = Place(page.key, post.slug, post.dated)
    remove += _unused(tree, flavor.pictures(site, place), set(page.pictures))
    _rename(flavor, site, post, page, tree, then, remove)
    after = After(tree, {page.key: page.data, **then}, remove)
    then.update(flavor.derived(site, after))
    then = {path: data for path, data in then.items() if tree.read(path) != data}
    return Change(page, stands, missing, then, tuple(dict.fromkeys(remove)))


def standing(config: Config, post: Post, key: str, tree: Tree) -> bytes | None:
    """The page if it is exactly what was about to be sent; None where nothing stands there, or an
    earlier revision of ours. Raises JournalError for what is not ours or was changed since."""
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    path = place_of(key)
    # What was about to be sent counts, not what would be today: a newer program may write the
    # page differently, and an attachment may be gone since.
    expected = post.expected_sha256 or _rendered(flavor, site, post, path).sha256
    data = _present(flavor, site, post, path, expected, tree)
    return data if data is not None and _sha(data) == expected else None


def removal(config: Config, post: Post, key: str, tree: Tree) -> Removal:
    """What must go so that nothing of this post is left: page, pictures, redirects.

    What is not ours stays. Raises JournalError for a page of ours that was changed since.
    """
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    path = place_of(key)
    place = Place(path, post.slug, post.dated)
    remove: list[PurePosixPath] = []
    data = tree.read(path)
    if data is not None and frontmatter.key_of(data) == post.id:
        if _sha(data) not in (post.previous_sha256, post.expected_sha256):
            _changed(path, "then unpublish again to clear up")
        remove.append(path)
    if data is None or remove:
        remove += _unused(tree, flavor.pictures(site, place), set())
    for old in _former(post, path):
        file, _ = flavor.redirect(site, old, "", post)
        if _is_redirect(flavor, site, old, post, tree.read(file)):
            remove.append(file)
    then = flavor.derived(site, After(tree, {}, remove))
    then = {file: text for file, text in then.items() if tree.read(file) != text}
    return Removal(tuple(dict.fromkeys(remove)), then)


def touched(
    config: Config, post: Post, key: str, tree: Tree
) -> tuple[set[PurePosixPath], set[PurePosixPath]]:
    """The folders that are this post's alone, and the files that it may write elsewhere."""
    flavor = flavor_of(config, tree)
    site = site_of(config, flavor, tree)
    path = place_of(key)
    places = [Place(path, post.slug, post.dated), *_former(post, path)]
    folders = {flavor.pictures(site, place) for place in places}
    paths = {place.key for place in places}
    paths |= {flavor.redirect(site, place, "", post)[0] for place in places}
    return folders, paths | folders


def _rendered(flavor: Flavor, site: Site, post: Post, key: PurePosixPath) -> Rendered:
    files = body.carried(post)
    place = Place(key, post.slug, post.dated)
    old: tuple[str, ...] = ()
    if flavor.names_old(site):
        old = tuple(flavor.address(site, one) for one in _former(post, key))
    text = flavor.page(site, Draft(post, place, body.public_text(post), files, old))
    folder = flavor.pictures(site, place)
    pictures = {folder / file.name: file for file in files}
    return Rendered(key, text.encode("utf-8"), pictures, _url(site, flavor.address(site, place)))


def _url(site: Site, address: str) -> str:
    if not site.base:
        return ""
    return f"{site.base}/{quoted(address)}"


def _former(post: Post, key: PurePosixPath) -> list[Place]:
    """Where readers knew the post before, without where it stands now."""
    found = [
        Place(place_of(old), slug, post.dated)
        for old, slug in zip(post.former, post.former_slugs, strict=False)
    ]
    return [one for one in dict.fromkeys(found) if one.key != key]


def _rename(
    flavor: Flavor,
    site: Site,
    post: Post,
    page: Rendered,
    tree: Tree,
    then: dict[PurePosixPath, bytes],
    remove: list[PurePosixPath],
) -> None:
    """Old pages of ours go; where the page cannot name its old addresses, a redirect takes over."""
    new = Place(page.key, post.slug, post.dated)
    address = flavor.address(site, new)
    shadow, _ = flavor.redirect(site, new, "", post)
    if shadow != page.key and _is_redirect(flavor, site, new, post, tree.read(shadow)):
        remove.append(shadow)  # of an earlier rename away from here
    for old in _former(post, page.key):
        data = tree.read(old.key)
        redirected = _is_redirect(flavor, site, old, post, data)
        ours = data is not None and frontmatter.key_of(data) == post.id
        if data is not None and ours and not redirected:
            if _sha(data) not in (post.previous_sha256, post.expected_sha256):
                _changed(old.key)
            remove.append(old.key)
        if data is None or ours:  # also after a kill that came behind the page
            remove += _unused(tree, flavor.pictures(site, old), set(page.pictures))
        if flavor.names_old(site):
            continue
        was = flavor.address(site, old)
        file, text = flavor.redirect(site, old, relative(was, address), post)
        there = tree.read(file)
        free = there is None or file in remove or _is_redirect(flavor, site, old, post, there)
        if was != address and free:  # what others put there meanwhile stays
            then[file] = text.encode("utf-8")
            if file in remove:
                remove.remove(file)


def _is_redirect(flavor: Flavor, site: Site, old: Place, post: Post, data: bytes | None) -> bool:
    """Whether these bytes are a redirect of ours as we wrote it."""
    found = _LEADS_TO.search(data) if data is not None else None
    if found is None:
        return False
    _, text = flavor.redirect(site, old, unescape(found[1].decode("utf-8", "replace")), post)
    return data == text.encode("utf-8")


def _present(
    flavor: Flavor, site: Site, post: Post, path: PurePosixPath, expected: str, tree: Tree
) -> bytes | None:
    """What stands there now: nothing, or a page of ours that may be replaced."""
    data = tree.read(path)
    if data is None:
        if flavor.bundle and any(not n.startswith(".") for n in tree.names(path.parent)):
            foreign(path.parent)
        return None
    if frontmatter.key_of(data) != post.id:
        foreign(path)
    if _is_redirect(flavor, site, Place(path, post.slug, post.dated), post, data):
        return data
    if _sha(data) not in {expected, post.previous_sha256, post.expected_sha256}:
        _changed(path)
    return data


def _unused(tree: Tree, folder: PurePosixPath, used: set[PurePosixPath]) -> Iterator[PurePosixPath]:
    """Pictures of a former revision: only ours, told by the hash in their name."""
    for name in tree.names(folder):
        match = _CARRIED_NAME.fullmatch(name)
        path = folder / name
        if match and path not in used and (tree.sha256(path) or "").startswith(match[1]):
            yield path


def _same(tree: Tree, path: PurePosixPath, file: body.Carried) -> bool:
    """Whether a picture lies there already. Raises JournalError where another file does."""
    there = tree.sha256(path)
    if there is not None and there != file.sha256:
        foreign(path)
    return there is not None


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def foreign(path: PurePosixPath) -> NoReturn:
    """Raise JournalError: what stands there is somebody else's."""
    raise JournalError(
        f"{path} is already there and is not from this post, so it was left alone.",
        "Choose another name with --slug NAME, or move it away.",
    )


def _changed(path: PurePosixPath, then: str = "then publish again") -> NoReturn:
    raise JournalError(
        f"{path} was changed at the site since it was published.",
        f"Take over what you want to keep, remove the file, {then}.",
    )
