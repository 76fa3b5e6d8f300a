"""How the files of a site are read, wherever they lie: a folder, a commit, a folder to be.

Invariant: nothing is read through a link that leads out of the site.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from journal_app.errors import JournalError


class Tree(Protocol):
    """A site's files by their path relative to its root."""

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where no file is."""
        ...

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """What lies in a folder, in order; nothing where there is none."""
        ...

    def sha256(self, path: PurePosixPath) -> str | None:
        """The SHA-256 of a file in hex; None where no file is."""
        ...


class Disk:
    """The files of a folder, for one look at it. OSError goes through."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inside: set[Path] = set()  # folders that were found to lie in the site

    def read(self, path: PurePosixPath) -> bytes | None:
        """Raises JournalError for a link that leads out."""
        file = self._file(path)
        return None if file is None else file.read_bytes()

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """Hidden partial files of ours included."""
        place = self.root / folder
        check_inside(self.root, place)
        try:
            return tuple(sorted(one.name for one in place.iterdir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def sha256(self, path: PurePosixPath) -> str | None:
        """Read in pieces: a film need not fit into memory."""
        file = self._file(path)
        if file is None:
            return None
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()

    def _file(self, path: PurePosixPath) -> Path | None:
        file = self.root / path
        if file.parent not in self._inside or file.is_symlink():
            check_inside(self.root, file)
            self._inside.add(file.parent)
        return file if file.is_file() else None


class After:
    """A tree as it will be when `written` stands and `removed` is gone."""

    def __init__(
        self,
        tree: Tree,
        written: Mapping[PurePosixPath, bytes],
        removed: Collection[PurePosixPath] = (),
    ) -> None:
        self._tree = tree
        self._written = dict(written)
        self._removed = frozenset(removed) - self._written.keys()

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes that will stand there."""
        if path in self._written:
            return self._written[path]
        return None if path in self._removed else self._tree.read(path)

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """A folder whose last file goes is still named."""
        depth = len(folder.parts)
        new = {
            path.parts[depth]
            for path in self._written
            if path.parts[:depth] == folder.parts and len(path.parts) > depth
        }
        old = {name for name in self._tree.names(folder) if folder / name not in self._removed}
        return tuple(sorted(new | old))

    def sha256(self, path: PurePosixPath) -> str | None:
        """Of what will stand there."""
        if path in self._written:
            return hashlib.sha256(self._written[path]).hexdigest()
        return None if path in self._removed else self._tree.sha256(path)


def check_inside(root: Path, path: Path) -> None:
    """Raise JournalError where a link on the way from `root` to `path` leads out or nowhere.

    `root` itself may be a link: the user named it.
    """
    real = Path(os.path.realpath(root))
    step = root
    for part in path.relative_to(root).parts:
        step = step / part
        leads = Path(os.path.realpath(step))
        if os.path.lexists(step) and not leads.exists():
            raise JournalError(
                f"{step} is a link that leads nowhere ({leads} does not exist).",
                "Remove the link, or make the folder that it names.",
            )
        if leads != real and real not in leads.parents:
            raise JournalError(
                f"{step} is a link that leads out of the site folder, to {leads}.",
                "Nothing is published through it. Name the real site with --path, or move the "
                "folder into the site.",
            )
