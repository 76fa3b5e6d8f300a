"""Our own bare copy of a remote: looked at, built on, pushed from. Nobody's clone is touched.

Invariants: a push never forces; the copy can be thrown away at any time (it holds nothing that the
remote, or the next attempt, does not); one process at a time works in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from journal_app import paths
from journal_app.domain.targets import TryLater, Unsure
from journal_app.errors import Cancelled, JournalError
from journal_app.publish.git import words
from journal_app.publish.git.address import Remote
from journal_app.publish.git.program import Done, Git
from journal_app.runtime import single_instance, whole_files

_STATUS = re.compile(r"^!\t[^\t]*\t\[([a-z ]+)\](?: \((.*)\))?\s*$", re.MULTILINE)
_MOVED = re.compile(
    r"fetch first|non-fast-forward|stale info|already exists|cannot lock ref|failed to lock"
    r"|failed to update ref|incorrect old value|but expected",
    re.IGNORECASE,
)


class Moved(Exception):
    """Somebody else pushed meanwhile: build anew on what is there now."""


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a branch stands. `commit` is None in an empty repository; `made` is False where the
    branch is not there yet and `commit` is what it will grow from."""

    branch: str
    commit: str | None
    made: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What `ls-remote` said: the default branch, and the commits of the refs asked for."""

    default: str | None
    refs: Mapping[str, str]


class Repository:
    """The copy, while it is held."""

    def __init__(self, git: Git, remote: Remote, folder: Path) -> None:
        self.git = git
        self.remote = remote
        self.folder = folder

    def plumb(self, *command: str, data: bytes = b"", index: Path | None = None) -> Done:
        """A command inside the copy that reaches no network."""
        extra = {"GIT_DIR": str(self.folder)}
        if index is not None:
            extra["GIT_INDEX_FILE"] = str(index)
        return self.git.run(self.folder, *command, data=data, extra=extra)

    def must(self, *command: str, data: bytes = b"", index: Path | None = None) -> bytes:
        """The same, where a failure means that the copy is broken or the disk full."""
        done = self.plumb(*command, data=data, index=index)
        if done.code:
            if not done.ended:
                raise TryLater("git took too long.", "It will be tried again by itself.")
            if "no space left" in done.err.lower() or "quota exceeded" in done.err.lower():
                raise words.full(Remote("", "https"), "")
            raise words.Broken(done.err)
        return done.out

    def fetch(self, found: Found, branch: str) -> str:
        """Bring the tip of a branch here, as little as is needed; its commit."""
        ref = f"refs/tips/{_hashed(branch)}"
        known = self.plumb("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").text
        wanted = found.refs.get(f"refs/heads/{branch}", "")
        if known and known == wanted:
            return known
        if wanted and self.plumb("cat-file", "-e", f"{wanted}^{{commit}}").code == 0:
            self.must("update-ref", ref, wanted)  # one of ours
            return wanted
        depth = () if known else ("--depth=1",)
        done = self.plumb(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            *depth,
            "--",
            self.remote.url,
            f"+refs/heads/{branch}:{ref}",
        )
        if done.code:
            if "find remote ref" in done.err:  # it was there when we looked
                raise Moved
            raise _reading(done, self.remote)
        return self.must("rev-parse", "--verify", f"{ref}^{{commit}}").decode().strip()

    def keep(self, branch: str, commit: str) -> None:
        """Note what was seen, for looks without a network."""
        self.must("update-ref", _seen(branch), commit)

    def contains(self, tip: str, commit: str) -> bool:
        """Whether `commit` is in the history of `tip`, as far as it is known here."""
        if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
            return False
        return self.plumb("merge-base", "--is-ancestor", commit, tip).code == 0

    def push(self, commit: str, branch: str, *, dry: bool = False) -> None:
        """Put a commit on a branch. Raises Moved, Unsure, JournalError (certainly not there)."""
        try:
            done = self.plumb(
                "push",
                "--porcelain",
                "--no-verify",
                *(("--dry-run",) if dry else ()),
                "--",
                self.remote.url,
                f"{commit}:refs/heads/{branch}",
            )
        except Cancelled as error:
            if dry:
                raise
            raise Unsure(
                "You gave up while the commit was being sent.",
                "It will be looked up there before anything is sent.",
            ) from error
        if done.code == 0 and done.ended:
            return
        raise self._unpushed(done, branch, dry)

    def _unpushed(self, done: Done, branch: str, dry: bool) -> Exception:
        status = _STATUS.search(done.out.decode("utf-8", "replace"))
        if status is not None and status[1] != "remote failure":
            reason = status[2] or ""
            if "shallow update" in reason:
                return words.Broken(reason)
            if _MOVED.search(reason) and not words.blocked(done.err):
                return Moved()
            return words.refused(reason, done.err, self.remote, branch)
        why = words.trouble(done, self.remote)
        if why is not None and (dry or not words.midway(done, why)):
            return why
        site = self.remote.host or self.remote.shown
        return Unsure(
            f"The connection to {site} broke while the commit was being sent.",
            "It will be looked up there before anything is sent.",
        )


def _reading(done: Done, remote: Remote) -> JournalError:
    why = words.trouble(done, remote)
    if why is not None:
        return why
    own, theirs = words.sorted_lines(done.err)
    return JournalError(
        f"{remote.shown} could not be read: {words.clean(theirs or own, remote)}.",
        "Check the address with `git ls-remote`; then `journal target test NAME`.",
    )


def home() -> Path:
    """The folder of the copies, for this user alone."""
    folder = paths.user_cache() / "git"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def ask(git: Git, remote: Remote, *branches: str) -> Found:
    """What the remote has: its default branch, HEAD, and these branches."""
    refs = [f"refs/heads/{branch}" for branch in branches]
    done = git.run(home(), "ls-remote", "--symref", "--", remote.url, "HEAD", *refs)
    if done.code:
        raise _reading(done, remote)
    default: str | None = None
    known: dict[str, str] = {}
    for line in done.out.decode("utf-8", "replace").splitlines():
        value, _, name = line.partition("\t")
        if value.startswith("ref: refs/heads/") and name == "HEAD":
            default = value.removeprefix("ref: refs/heads/")
        elif re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", value):
            known[name] = value
    if default is not None and "HEAD" in known:
        known.setdefault(f"refs/heads/{default}", known["HEAD"])
    return Found(default, known)


def unborn(git: Git, remote: Remote) -> str:
    """The branch that an empty repository will begin with, as it says itself; else main."""
    with tempfile.TemporaryDirectory(dir=home(), prefix="unborn-") as place:
        done = git.run(
            Path(place), "clone", "--quiet", "--bare", "--template=", "--", remote.url, "copy"
        )
        head = git.run(Path(place), "--git-dir=copy", "symbolic-ref", "HEAD").text
    if done.code == 0 and head.startswith("refs/heads/"):
        return head.removeprefix("refs/heads/")
    return "main"


@contextlib.contextmanager
def held(git: Git, remote: Remote, found: Found) -> Iterator[Repository]:
    """The copy of a remote for this process alone. Raises TryLater, JournalError."""
    wide = any(len(value) == 64 for value in found.refs.values())
    name = _name(remote)
    claim = _claimed(git, f"git-{name[:32]}")
    try:
        folder = home() / name
        try:
            _made(git, folder, "sha256" if wide else "sha1")
            if found.default is not None:
                _remember_default(folder, found.default)
            yield Repository(git, remote, folder)
        except words.Broken:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    finally:
        claim.release()


def last_seen(git: Git, remote: Remote, branch: str) -> tuple[Repository, str] | None:
    """The copy and the commit that the site was seen at last; None where it never was.

    Read without holding it: what is asked of it may fail with Broken.
    """
    repository = Repository(git, remote, home() / _name(remote))
    default = repository.folder / "default-branch"
    if not branch:
        try:
            branch = default.read_text("utf-8")
        except OSError:
            return None
    if not (repository.folder / "HEAD").is_file():
        return None
    commit = repository.plumb("rev-parse", "--verify", "--quiet", f"{_seen(branch)}^{{commit}}")
    return (repository, commit.text) if commit.code == 0 else None


def _name(remote: Remote) -> str:
    return f"{_hashed(remote.url)}.git"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _seen(branch: str) -> str:
    """The ref of what a branch was seen at; its name as a hash, so that no two names collide."""
    return f"refs/seen/{_hashed(branch)}"


def _remember_default(folder: Path, branch: str) -> None:
    file = folder / "default-branch"
    if not file.is_file() or file.read_text("utf-8") != branch:
        whole_files.place(file, branch.encode())


def _claimed(git: Git, name: str) -> single_instance.Claim:
    until = time.monotonic() + git.limit
    while True:
        claim = single_instance.claim(name)
        if claim is not None:
            return claim
        git.check()
        if time.monotonic() > until:
            raise TryLater(
                "Another process is publishing to this repository.",
                "It will be tried again by itself.",
            )
        time.sleep(0.05)


def _made(git: Git, folder: Path, form: str) -> None:
    for left in folder.glob("field-journal-*"):  # of a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    whole = all((folder / part).is_dir() for part in ("objects", "refs"))
    head = folder / "HEAD"
    if whole and head.is_file() and head.read_bytes().startswith(b"ref: refs/"):
        settings = (folder / "config").read_text("utf-8", "replace").lower()
        if ("objectformat = sha256" in settings) == (form == "sha256"):
            return
    shutil.rmtree(folder, ignore_errors=True)
    partial = folder.with_suffix(".new")
    shutil.rmtree(partial, ignore_errors=True)
    done = git.run(
        home(), "init", "--quiet", "--bare", "--template=", f"--object-format={form}", str(partial)
    )
    if done.code:
        raise JournalError(
            f"{folder} cannot be made: {' '.join(done.err.split())[:200]}.",
            "Is the disk full, or the folder not yours?",
        )
    partial.rename(folder)
