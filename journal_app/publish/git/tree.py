"""Reading a commit of the copy, and building the next one with an index of its own."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish.git.cache import Repository

FILE = "100644"
FOLDER = "040000"
MANY = 8  # files of one kind that are read one by one
AHEAD = 64_000_000  # bytes that are read ahead
_KINDS = {"120000": "a link", "160000": "a submodule", FOLDER: "a folder"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tree has under a name: a mode of git's and the object."""

    mode: str
    sha: str

    @property
    def file(self) -> bool:
        """Whether it is a plain file."""
        return self.mode.startswith("100")


class Snapshot:
    """The files of a commit; no commit: no files."""

    def __init__(self, repository: Repository, commit: str | None) -> None:
        self.repository = repository
        self.commit = commit
        self._folders: dict[str, dict[str, Entry]] | None = None
        self._blobs: dict[str, bytes] = {}
        self._reads: Counter[str] = Counter()

    def entries(self, folder: str) -> Mapping[str, Entry]:
        """What a folder has, by name; nothing where it is not there. "" is the top."""
        if self._folders is None:
            self._folders = self._listed()
        return self._folders.get(folder, {})

    def _listed(self) -> dict[str, dict[str, Entry]]:
        found: dict[str, dict[str, Entry]] = {}
        if self.commit is None:
            return found
        out = self.repository.must("ls-tree", "-r", "-t", "-z", "--full-tree", self.commit)
        for line in out.decode("utf-8", "surrogateescape").split("\0"):
            facts, tab, path = line.partition("\t")
            if tab:
                mode, _kind, sha = facts.split()
                above, name = _split(path)
                found.setdefault(above, {})[name] = Entry(mode, sha)
        return found

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; nothing behind a link or a submodule."""
        above, name = _split(path)
        return self.entries(above).get(name)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where no plain file stands."""
        entry = self.entry(path)
        if entry is None or not entry.file:
            return None
        if entry.sha not in self._blobs:
            ending = PurePosixPath(path).suffix
            self._reads[ending] += 1
            if self._reads[ending] == MANY:
                self._read_ahead(ending)
        found = self._blobs.get(entry.sha)
        return found if found is not None else self._blob(entry.sha)

    def _blob(self, sha: str) -> bytes:
        return self.repository.must("cat-file", "blob", sha)

    def _read_ahead(self, ending: str) -> None:
        """Read every file with this ending at once: somebody goes through them one by one."""
        wanted = {
            entry.sha
            for names in (self._folders or {}).values()
            for name, entry in names.items()
            if entry.file and name.endswith(ending)
        }
        asked = "".join(f"{sha}\n" for sha in sorted(wanted)).encode()
        room = AHEAD
        small: list[str] = []
        for line in self.repository.must("cat-file", "--batch-check", data=asked).splitlines():
            sha, _kind, size = line.decode("ascii", "replace").split()
            if int(size) <= AHEAD // 64 and int(size) <= room:
                room -= int(size)
                small.append(sha)
        asked = "".join(f"{sha}\n" for sha in small).encode()
        out = self.repository.must("cat-file", "--batch", data=asked)
        at = 0
        for sha in small:
            end = out.index(b"\n", at)
            length = int(out[at:end].split()[2])
            self._blobs[sha] = out[end + 1 : end + 1 + length]
            at = end + 1 + length + 1

    def check_free(self, path: str) -> None:
        """Raise JournalError where no plain file can stand: a link or a submodule is on the way."""
        above = ""
        *folders, name = PurePosixPath(path).parts
        for part in folders:
            found = self.entries(above).get(part)
            above = f"{above}/{part}" if above else part
            if found is None:
                return
            if found.mode != FOLDER:
                raise JournalError(
                    f"{above} is {_KINDS.get(found.mode, 'a file')} in the repository, so nothing "
                    "is published through it.",
                    "Set folder or content to a real folder of the repository.",
                )
        entry = self.entries(above).get(name)
        if entry is not None and not entry.file:
            raise JournalError(
                f"{path} is {_KINDS.get(entry.mode, 'no file')} in the repository, so it was left "
                "alone.",
                "Choose another name with --slug NAME, or move it away.",
            )

    def last_change(self, path: str) -> str:
        """The commit that changed a path last, in words; empty where it is not known here."""
        if self.commit is None:
            return ""
        form = "%h of %an, %ad%x00%H"
        done = self.repository.plumb(
            "log", "-1", "--date=short", f"--format={form}", self.commit, "--", path
        )
        told, _, whole = done.text.partition("\0")
        shallow = self.repository.folder / "shallow"
        if done.code or (shallow.is_file() and whole in shallow.read_text("ascii")):
            return ""
        return "".join(c for c in told if c.isprintable())[:100]

    def next(self, changes: Mapping[str, bytes | None], message: str) -> str:
        """A commit on top with files written and (None) taken away. Its id."""
        folder = self.repository.folder
        with tempfile.TemporaryDirectory(dir=folder, prefix="field-journal-") as place:
            index = Path(place) / "index"
            repository = self.repository
            if self.commit is not None:
                repository.must("read-tree", self.commit, index=index)
            repository.must(
                "update-index", "-z", "--index-info", data=self._info(changes), index=index
            )
            tree = repository.must("write-tree", index=index).decode().strip()
        parent = ("-p", self.commit) if self.commit is not None else ()
        done = repository.plumb("commit-tree", *parent, tree, data=message.encode())
        if done.code:
            low = done.err.lower()
            if "tell me who you are" in low or "ident name" in low or "no email" in low:
                no_identity()
            raise JournalError(
                f"git could not make the commit: {' '.join(done.err.split())[:200]}.",
                "Is the disk full?",
            )
        return done.text

    def _info(self, changes: Mapping[str, bytes | None]) -> bytes:
        zero = "0" * (len(self.commit) if self.commit else 40)
        lines: list[bytes] = []
        for path, data in changes.items():
            name = path.encode("utf-8", "surrogateescape")
            if data is None:
                lines.append(f"0 {zero}\t".encode() + name)
                continue
            before = self.entry(path)
            mode = before.mode if before is not None and before.file else FILE
            sha = self.repository.must("hash-object", "-w", "--stdin", data=data).decode().strip()
            lines.append(f"{mode} {sha}\t".encode() + name)
        return b"".join(line + b"\0" for line in lines)


def no_identity() -> NoReturn:
    """Raise JournalError: nobody to sign a commit."""
    raise JournalError(
        "git does not know who you are, and each commit needs a name.",
        "Set author to `NAME <ADDRESS>`, or use: git config --global user.name NAME; "
        "git config --global user.email ADDRESS",
    )


class SiteTree:
    """A site inside a commit, as `sites` reads it: paths are relative to the site's folder."""

    def __init__(self, snapshot: Snapshot | None, folder: PurePosixPath) -> None:
        self._snapshot = snapshot
        self._folder = folder

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where no file is."""
        return None if self._snapshot is None else self._snapshot.read(str(self._folder / path))

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """What lies in a folder, in order."""
        if self._snapshot is None:
            return ()
        place = str(self._folder / folder)
        return tuple(sorted(self._snapshot.entries("" if place == "." else place)))

    def sha256(self, path: PurePosixPath) -> str | None:
        """The SHA-256 of a file in hex."""
        data = self.read(path)
        return None if data is None else hashlib.sha256(data).hexdigest()


def _split(path: str) -> tuple[str, str]:
    above, _, name = path.rpartition("/")
    return above, name


def message(verb: str, post: Post) -> str:
    """The words of a commit: what was done, and whose it is as trailers."""
    title = " ".join("".join(c if c.isprintable() else " " for c in post.title).split())
    trailers = [f"Field-Journal-Post: {post.id}"]
    if post.publication:
        trailers.append(f"Field-Journal-Publication: {post.publication}")
    return f"{verb}: {title}\n\n" + "\n".join(trailers) + "\n"
