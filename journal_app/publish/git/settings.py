"""What the settings of a git target mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from journal_app.domain.targets import Config
from journal_app.errors import JournalError
from journal_app.publish.git.address import Remote, remote_of
from journal_app.publish.git.program import LIMIT, Git

_AUTHOR = re.compile(r"\s*([^<>\n]*[^<>\s])\s*<([^<>\s@]+@[^<>\s@]+)>\s*")


def way(config: Config, check: Callable[[], None] | None = None) -> tuple[Git, Remote]:
    """How to run git for a config, and where to. Raises JournalError."""
    limit = float(config.get("timeout") or LIMIT)
    plain = Git(limit=limit)
    remote = remote_of(config, plain.run)
    git = Git(remote, _identity(config), limit=limit)
    if check is not None:
        git.check = check
    return git, remote


def _identity(config: Config) -> dict[str, str]:
    given = text(config, "author")
    if not given:
        return {}
    match = _AUTHOR.fullmatch(given)
    if match is None or not given.isprintable():
        raise JournalError(f"{given!r} is not an author.", "Write NAME <ADDRESS>.")
    roles = ("AUTHOR", "COMMITTER")
    names = {f"GIT_{role}_NAME": match[1] for role in roles}
    return names | {f"GIT_{role}_EMAIL": match[2] for role in roles}


def branch(config: Config) -> tuple[str, ...]:
    """The branch that was set, or none. Raises JournalError for what git would not take."""
    name = text(config, "branch").removeprefix("refs/heads/")
    if not name:
        return ()
    wrong = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)", name)
    if wrong or name[0] in "-./" or name[-1] in "./" or name in ("@", "HEAD"):
        raise JournalError(f"{name!r} is not the name of a branch.", "Usual: main, field-journal.")
    return (name,)


def folder_of(config: Config) -> PurePosixPath:
    """The site inside the repository."""
    given = text(config, "folder").replace("\\", "/")
    folder = PurePosixPath(given)
    git_own = any(part.lower().rstrip(". ") in (".git", "git~1") for part in folder.parts)
    if folder.is_absolute() or ".." in folder.parts or ":" in given or git_own:
        raise JournalError(
            f"folder {given} is not a folder inside the repository.",
            "Write it relative to the top, for example docs.",
        )
    return folder


def check_url(config: Config) -> None:
    """Raise JournalError where the address of the site is none."""
    url = config.get("url") or ""
    if not isinstance(url, str) or (url and not re.match(r"https?://\S+$", url)):
        raise JournalError(f"{url!r} is not an address.", "Write url as https://example.org/")


def text(config: Config, name: str) -> str:
    """A setting without blanks around it; empty where it is not set."""
    value = config.get(name) or ""
    return value.strip() if isinstance(value, str) else ""
