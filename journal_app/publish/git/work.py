"""Working on the newest tip of a branch, however often it moves."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator
from typing import TypeVar

from journal_app.domain.targets import Config, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.publish.git import cache, settings, words
from journal_app.publish.git.address import Remote
from journal_app.publish.git.cache import Repository, Tip
from journal_app.publish.git.program import Git, nobody

TRIES = 6  # builds on a remote that keeps moving
T = TypeVar("T")


def working(config: Config, git: Git, remote: Remote, work: Callable[[Repository, Tip], T]) -> T:
    """Do `work` on the newest tip; again where the remote moved, or our copy was broken."""
    broken = 0
    for _try in range(TRIES):
        git.check()
        try:
            looked = cache.ask(git, remote, *settings.branch(config))
            with cache.held(git, remote, looked) as repository:
                return work(repository, tip_of(repository, config, looked))
        except cache.Moved:
            continue
        except words.Broken as error:
            broken += 1
            if broken > 1:
                raise JournalError(
                    f"git failed in our copy of {remote.shown}: {words.clean(str(error), remote)}.",
                    f"Is the disk full or failing? The copy lies in {cache.home()}.",
                ) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise words.full(Remote("", "https"), "") from error
            raise JournalError(
                f"{error.filename or cache.home()} could not be written: {error.strerror}.",
                "Mend its permissions, then publish again: the post is kept.",
            ) from error
    raise TryLater(
        f"{remote.shown} keeps moving: others push to it all the time.",
        "It will be tried again by itself.",
    )


def tip_of(repository: Repository, config: Config, looked: cache.Found) -> Tip:
    """Where the branch of a config stands, fetched. Raises JournalError."""
    branch = next(iter(settings.branch(config)), "")
    if not looked.refs:
        looked = cache.ask(repository.git, repository.remote, "*")
    if not looked.refs:
        name = branch or looked.default or cache.unborn(repository.git, repository.remote)
        return Tip(name, None, False)
    grown = branch if f"refs/heads/{branch}" in looked.refs else looked.default
    if grown is None or f"refs/heads/{grown}" not in looked.refs:
        raise JournalError(
            f"{repository.remote.shown} names no default branch.",
            "Set branch to the one that the site is built from.",
        )
    commit = repository.fetch(looked, grown)
    repository.keep(branch or grown, commit)
    return Tip(branch or grown, commit, grown == (branch or grown))


@contextlib.contextmanager
def taken(repository: Repository, commit: str) -> Iterator[None]:
    """After a push that was taken: what fails now is no reason to say that it did not go out."""
    repository.git.check = nobody  # giving up comes too late
    try:
        yield
    except Unsure:
        raise
    except (JournalError, OSError) as error:
        raise Unsure(
            f"The commit {commit[:10]} was taken, and reading it back failed.",
            "It will be looked up there before anything is sent.",
        ) from error


def read_back(repository: Repository, tip: Tip, commit: str) -> Tip:
    """The tip after a push. Raises Unsure where ours is not there any more."""
    looked = cache.ask(repository.git, repository.remote, tip.branch)
    now = repository.fetch(looked, tip.branch)
    if now != commit and not repository.contains(now, commit):
        raise Unsure(
            f"The commit {commit[:10]} was taken, and is not on branch {tip.branch} any more.",
            "Somebody rewrote the branch. Look there; it will be looked up before it is sent.",
        )
    repository.keep(tip.branch, now)
    return Tip(tip.branch, now, True)
