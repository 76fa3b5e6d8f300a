"""A site folder as a target: a Hugo page bundle, or a Jekyll post with its assets.

Invariants: a page appears whole; a page whose `field_journal_key` is not this post's is never
touched; a page of ours that was changed at the site since is not written over.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from journal_app.domain.due import local
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, Unsure
from journal_app.errors import JournalError
from journal_app.publish import body, files, frontmatter, site

_RIGHTS = "Mend the permissions of the site folder"
_WAYS_OUT = {
    errno.ENOSPC: "Free some space",
    errno.EDQUOT: "Free some space",
    errno.EFBIG: "Free some space or allow larger files there",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}
_CARRIED_NAME = re.compile(r".+-([0-9a-f]{12})\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class _Page:
    """A rendered post: the page's bytes and the files that go with it."""

    data: bytes
    files: list[body.Carried]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class FolderTarget:
    """Config: `path` (the site's folder), `flavor` (hugo, jekyll), `content` (a folder inside,
    default content/posts or _posts), `url` (where the site is read; optional)."""

    title = "site folder (Hugo, Jekyll)"
    abilities = Abilities(unpublishes=False, remote=False)
    fields = (
        Field("path", "Folder", "The site's folder.", required=True, type="folder"),
        Field("flavor", "Kind of site", type="choice", choices=("hugo", "jekyll"), default="hugo"),
        Field("content", "Folder of posts", "Inside it: content/posts, _posts."),
        Field("url", "Address", "Where the site is read, for links in receipts.", type="url"),
    )

    def check(self, config: Config) -> tuple[str, ...]:
        """The folder is there and can be written, the settings make sense."""
        root = site.root_of(config)
        site.content_of(config)
        url = config.get("url") or ""
        if not isinstance(url, str) or (url and not re.match(r"https?://\S+$", url)):
            raise JournalError(f"{url!r} is not an address.", "Write --url https://example.org/")
        if not root.is_dir():
            if root.exists():
                raise JournalError(
                    f"{root} is a file, not the folder of a site.", "Name a folder with --path."
                )
            raise JournalError(
                f"The site folder {root} does not exist.",
                f"Make it first (mkdir -p {root}), or name another one with --path.",
            )
        content = root / site.content_of(config)
        site.check_inside(root, content)
        # Asking by writing is the only answer that holds for every file system and user.
        place = site.nearest_existing(content)
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            raise JournalError(
                f"The site folder {place} cannot be written: {error.strerror or error}.",
                "Give yourself write permission there, or name another folder with --path.",
            ) from error
        return (f"{content} can be written",)

    def natural_key(self, config: Config, post: Post) -> str:
        """The path of the page inside the site folder."""
        content = site.content_of(config)
        if site.flavor_of(config) == "hugo":
            return str(content / post.slug / "index.md")
        day = local(post.dated.at, post.dated.tz).strftime("%Y-%m-%d")
        return str(content / f"{day}-{post.slug}.md")

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """Render it, and look whether the place is free or ours."""
        self.check(config)
        page = _render(config, post)
        with _plain_errors(site.root_of(config)):
            _present(config, post, key, page.sha256)
        return page.sha256

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Write the page and its files, read them back. A repeat changes nothing."""
        self.check(config)
        page = _render(config, post)
        path = site.path_of(config, key)
        try:
            with _plain_errors(site.root_of(config)):
                there = _present(config, post, key, page.sha256)
                if there != page.data:
                    if site.flavor_of(config) == "hugo":
                        _write_bundle(path, page, new=there is None)
                    else:
                        _write_jekyll(site.root_of(config), path, post, page, new=there is None)
                receipt = _read_back(config, post, path, page)
        except JournalError as error:
            if _stands(path, page):  # the page is out; only what came after it failed
                raise Unsure(error.message, error.hint) from error
            raise
        if receipt is None:
            raise Unsure(
                f"{path} does not hold what was written to it.",
                "Something else writes into this folder (a sync program?). Look, then try again.",
            )
        return receipt

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read the page: exactly this post, certainly not, or an error that says what is there."""
        self.check(config)
        # What was about to be sent counts, not what would be today: a newer program may write the
        # page differently, and an attachment may be gone since.
        expected = post.expected_sha256 or _render(config, post).sha256
        path = site.path_of(config, key)
        with _plain_errors(site.root_of(config)):
            data = _present(config, post, key, expected)
            # Also beside a whole page: the kill may have come after it got its name.
            files.clear_partials(path.parent, path.name)
            files.clear_partials(path.parent.parent, path.parent.name)
            if data is not None and hashlib.sha256(data).hexdigest() == expected:
                return _proof(config, post, path, data)
        return None


def _read_back(config: Config, post: Post, path: Path, page: _Page) -> Receipt | None:
    """The proof, if page and pictures lie there as they were written."""
    if path.read_bytes() != page.data:
        return None
    place = site.place_of_files(config, path, post)
    for file in page.files:
        copy = place / file.name
        if not copy.is_file() or _sha(copy) != file.sha256:
            return None
    return _proof(config, post, path, page.data)


def _proof(config: Config, post: Post, path: Path, data: bytes) -> Receipt:
    at = time.time_ns() // 1_000_000
    sha = hashlib.sha256(data).hexdigest()
    return Receipt(str(path), site.url_of(config, post), sha, len(data), at)


def _render(config: Config, post: Post) -> _Page:
    carried = body.carried(post)
    text = body.public_text(post)
    if site.flavor_of(config) == "hugo":
        whole = frontmatter.hugo(post) + body.for_hugo(text, carried)
    else:
        whole = frontmatter.jekyll(post) + body.for_jekyll(text, carried, f"assets/{post.slug}")
    return _Page(whole.encode("utf-8"), carried)


def _present(config: Config, post: Post, key: str, expected: str) -> bytes | None:
    """What stands there now: nothing, or a page of ours that may be replaced."""
    path = site.path_of(config, key)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        if site.flavor_of(config) == "hugo" and folder.exists():
            _foreign(folder)
        return None
    if frontmatter.key_of(data) != post.id:
        _foreign(path)
    known = {expected, post.previous_sha256, post.expected_sha256}
    if hashlib.sha256(data).hexdigest() not in known:
        raise JournalError(
            f"{path} was changed at the site since it was published.",
            "Take over what you want to keep, remove the file, then publish again.",
        )
    return data


def _stands(path: Path, page: _Page) -> bool:
    try:
        return path.read_bytes() == page.data
    except FileNotFoundError:
        return False
    except OSError:
        return True  # perhaps: only a later look can tell


def _foreign(path: Path) -> NoReturn:
    raise JournalError(
        f"{path} is already there and is not from this post, so it was left alone.",
        "Choose another name with --slug NAME, or move it away.",
    )


def _write_bundle(path: Path, page: _Page, *, new: bool) -> None:
    bundle = path.parent
    bundle.parent.mkdir(parents=True, exist_ok=True)
    files.clear_partials(bundle.parent, bundle.name)
    if new:
        contents = [(file.name, file.source.read_bytes()) for file in page.files]
        try:
            files.place_folder(bundle, [*contents, (path.name, page.data)])
        except FileExistsError:
            _foreign(bundle)
        return
    _add_files(bundle, page)
    files.replace(path, page.data)
    _drop_unused(bundle, page)


def _write_jekyll(root: Path, path: Path, post: Post, page: _Page, *, new: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    files.clear_partials(path.parent, path.name)
    assets = root / "assets" / post.slug
    site.check_inside(root, assets)
    if page.files:
        assets.mkdir(parents=True, exist_ok=True)
        _add_files(assets, page)
    if not new:
        files.replace(path, page.data)
        if assets.is_dir():
            _drop_unused(assets, page)
        return
    try:
        files.place_new(path, page.data)
    except FileExistsError:
        _foreign(path)


def _add_files(place: Path, page: _Page) -> None:
    for file in page.files:
        copy = place / file.name
        files.clear_partials(place, file.name)
        if copy.exists():
            if _sha(copy) != file.sha256:
                _foreign(copy)
            continue
        files.place_new(copy, file.source.read_bytes())


def _drop_unused(place: Path, page: _Page) -> None:
    """Remove pictures of the former revision: only ours, told by the hash in their name."""
    used = {file.name for file in page.files}
    for old in place.iterdir():
        match = _CARRIED_NAME.fullmatch(old.name)
        if match and old.name not in used and old.is_file() and _sha(old)[:12] == match.group(1):
            old.unlink()


def _sha(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextlib.contextmanager
def _plain_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or root
        raise JournalError(
            f"{where} could not be written: {os.strerror(error.errno) if error.errno else error}.",
            f"{_WAYS_OUT.get(error.errno or 0, 'Look at what stands there')}, then publish again: "
            "the post is kept.",
        ) from error
