"""A folder with a static site as a target: a page, its pictures and what follows from them.

Invariants: a page appears whole and vanishes whole; what is not ours, and what was changed at the
site since, is left alone (`sites.render` judges, this module acts).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, Unsure
from journal_app.errors import JournalError
from journal_app.publish import files
from journal_app.publish.sites import flavors, render
from journal_app.publish.sites.tree import Disk, check_inside

_RIGHTS = "Mend the permissions of the site folder"
_WAYS_OUT = {
    errno.ENOSPC: "Free some space",
    errno.EDQUOT: "Free some space",
    errno.EFBIG: "Free some space or allow larger files there",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}
_ROUNDS = 20  # another process may publish at the same time: what follows is made again

_ABANDONED = 3600  # seconds after which nobody is still writing a file


class FolderTarget:
    """Config: `path` (the site's folder), `flavor` (empty: as the folder shows), `content` (a
    folder inside), `url` (where the site is read). The last three are completed when it is added.
    """

    title = "static site (folder)"
    abilities = Abilities(remote=False)
    fields = (
        Field("path", "Folder", "The site's folder.", required=True, type="folder"),
        Field(
            "flavor",
            "Kind of site",
            "Empty: as the folder shows.",
            type="choice",
            choices=("", *flavors.FLAVORS),
        ),
        Field("content", "Folder of posts", "Inside it; empty: the one that the site uses."),
        Field("url", "Address", "Where the site is read; empty: as its settings say.", type="url"),
    )

    def completed(self, config: Config) -> dict[str, Any]:
        """The settings with what the folder tells in place of what was left out."""
        root = root_of(config)
        if not root.is_dir():
            return dict(config)  # `check` says so
        with _plain_errors(root):
            return flavors.completed(config, Disk(root))

    def check(self, config: Config) -> tuple[str, ...]:
        """The folder is there and can be written, the settings make sense."""
        root = root_of(config)
        flavor = flavors.flavor_of(config, Disk(root))
        content = root / flavors.content_of(config, flavor)
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
        check_inside(root, content)
        # Asking by writing is the only answer that holds for every file system and user.
        place = _nearest_existing(content)
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            raise JournalError(
                f"The site folder {place} cannot be written: {error.strerror or error}.",
                "Give yourself write permission there, or name another folder with --path.",
            ) from error
        with _plain_errors(root):
            site = flavors.site_of(config, flavor, Disk(root))
            notes = flavor.check(site, Disk(root))
        read = (f"read at {site.base}",) if site.base else ()
        return (f"{flavor.title} site: {content} can be written", *read, *notes)

    def natural_key(self, config: Config, post: Post) -> str:
        """The path of the page inside the site folder."""
        return render.natural_key(config, post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """Render it, and look whether the place is free or ours."""
        self.check(config)
        root = root_of(config)
        with _plain_errors(root):
            return render.change(config, post, key, Disk(root)).page.sha256

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Write the page and its files, read them back. A repeat changes nothing."""
        self.check(config)
        root = root_of(config)
        with _plain_errors(root):
            page = render.rendered(config, post, key, Disk(root))
        path = root / page.key
        try:
            with _plain_errors(root):
                done = self._settle(config, post, key, delivery)
        except JournalError as error:
            if _stands(path, page.data):  # the page is out; only what came after it failed
                raise Unsure(error.message, error.hint) from error
            raise
        if not done:
            raise Unsure(
                f"{path} does not hold what was written to it.",
                "Something else writes into this folder (a sync program?). Look, then try again.",
            )
        return _receipt(path, page.url, page.data)

    def _settle(self, config: Config, post: Post, key: str, delivery: Delivery) -> bool:
        """Do what is to be done until nothing is left."""
        root = root_of(config)
        for _round in range(_ROUNDS):
            change = render.change(config, post, key, Disk(root))
            if change.done:
                _clear(config, post, key)
                return True
            delivery.check()
            delivery.remember({})
            _apply(root, change, delivery)
        return render.change(config, post, key, Disk(root)).done

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Read the page: exactly this post, certainly not, or an error that says what is there.

        What a kill cut short after the page stood (a redirect, a feed) is done now.
        """
        self.check(config)
        root = root_of(config)
        with _plain_errors(root):
            data = render.standing(config, post, key, Disk(root))
            path = root / render.place_of(key)
            _clear(config, post, key)  # also beside a whole page: the kill may have come later
            if data is None:
                return None
            url = render.url_of(config, post, key, Disk(root))
            with contextlib.suppress(JournalError):  # the page is out, whatever else is amiss
                self._finish(config, post, key, data)
            return _receipt(path, url, data)

    def _finish(self, config: Config, post: Post, key: str, data: bytes) -> None:
        change = render.change(config, post, key, Disk(root_of(config)))
        if change.page.data == data and not change.done:
            _apply(root_of(config), change, Delivery())

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Take the page, its pictures and its redirects away; what is not ours stays."""
        self.check(config)
        root = root_of(config)
        path = root / render.place_of(key)
        with _plain_errors(root, "removed"):
            removal = render.removal(config, post, key, Disk(root))
            delivery.check()
            delivery.remember({})
            try:
                _remove(root, removal.remove)
                _follow(root, removal.then)
            except OSError as error:
                if not path.exists():
                    raise Unsure(
                        f"{path} is gone; what came after it failed: {error.strerror or error}.",
                        "Unpublish it again to clear up.",
                    ) from error
                raise
            _clear(config, post, key)


def root_of(config: Config) -> Path:
    """The site's folder. Raises JournalError."""
    path = config.get("path")
    if not isinstance(path, str) or not path:
        raise JournalError("The target has no folder.", "Name it with --path DIR.")
    return Path(path).expanduser().absolute()


def _clear(config: Config, post: Post, key: str) -> None:
    """Remove what killed attempts of this post left unfinished."""
    root = root_of(config)
    folders, paths = render.touched(config, post, key, Disk(root))
    for folder in folders:
        check_inside(root, root / folder)
        files.clear_partials(root / folder)
    for path in paths:
        check_inside(root, root / path)
        files.clear_partials((root / path).parent, path.name)


def _apply(root: Path, change: render.Change, delivery: Delivery) -> None:
    page = change.page
    path = root / page.key
    folder = path.parent
    everything = len(change.pictures) + 1
    bundle = {place.parent for place in page.pictures} == {page.key.parent}
    if change.present is None and bundle and not folder.exists():
        _whole_folder(folder, page, delivery)
    else:
        for done, (place, file) in enumerate(change.pictures.items()):
            delivery.check()
            _put(root, place, file.source.read_bytes(), new=True)
            delivery.progress(done + 1, everything)
        if change.present != page.data:
            _put(root, page.key, page.data, new=change.present is None)
    delivery.progress(everything, everything)
    _follow(root, change.then)
    _remove(root, change.remove)


def _whole_folder(folder: Path, page: render.Rendered, delivery: Delivery) -> None:
    """A page with its pictures appears at once."""

    def contents() -> Iterator[tuple[str, bytes]]:
        for done, (place, data) in enumerate(page.contents()):
            delivery.check()
            delivery.progress(done, len(page.pictures) + 1)
            yield place.name, data

    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        files.place_folder(folder, contents())
    except FileExistsError:
        render.foreign(PurePosixPath(folder))


def _put(root: Path, place: PurePosixPath, data: bytes, *, new: bool) -> None:
    path = root / place
    check_inside(root, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not new:
        files.replace(path, data)
        return
    try:
        files.place_new(path, data)
    except FileExistsError:
        render.foreign(PurePosixPath(path))


def _follow(root: Path, then: Mapping[PurePosixPath, bytes]) -> None:
    """Redirects, an index, feeds: files that another process may be writing at this moment."""
    for place, data in then.items():
        path = root / place
        check_inside(root, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        files.clear_partials(path.parent, path.name, older_s=_ABANDONED)
        files.replace(path, data)


def _remove(root: Path, places: tuple[PurePosixPath, ...]) -> None:
    """Files go, and folders that were made for them and are empty now."""
    for folder in dict.fromkeys(place.parent for place in places):
        ours = {place.name for place in places if place.parent == folder}
        path = root / folder
        check_inside(root, path)
        if len(ours) > 1 and path.is_dir() and {one.name for one in path.iterdir()} == ours:
            files.take_away(path)  # a bundle vanishes at once
            continue
        for place in places:
            if place.parent == folder:
                (root / place).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            files.sync_folder(path)
            if len(folder.parts) > 1:
                path.rmdir()


def _receipt(path: Path, url: str, data: bytes) -> Receipt:
    at = time.time_ns() // 1_000_000
    return Receipt(str(path), url, hashlib.sha256(data).hexdigest(), len(data), at)


def _stands(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False
    except OSError:
        return True  # perhaps: only a later look can tell


def _nearest_existing(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


@contextlib.contextmanager
def _plain_errors(root: Path, act: str = "written") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or root
        raise JournalError(
            f"{where} could not be {act}: {os.strerror(error.errno) if error.errno else error}.",
            f"{_WAYS_OUT.get(error.errno or 0, 'Look at what stands there')}, then publish again: "
            "the post is kept.",
        ) from error
