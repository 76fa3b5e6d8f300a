"""What the settings of a site folder mean: where pages and pictures lie, where they are read."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from journal_app.domain.due import local
from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError

FLAVORS = ("hugo", "jekyll")
CONTENT = {"hugo": "content/posts", "jekyll": "_posts"}


def root_of(config: Config) -> Path:
    """The site's folder. Raises JournalError."""
    path = config.get("path")
    if not isinstance(path, str) or not path:
        raise JournalError("The target has no folder.", "Name it with --path DIR.")
    return Path(path).expanduser().absolute()


def flavor_of(config: Config) -> str:
    """hugo or jekyll."""
    flavor = config.get("flavor", "hugo")
    if flavor not in FLAVORS:
        raise JournalError(f"{flavor!r} is not a flavor of site.", "Known: hugo, jekyll.")
    return str(flavor)


def content_of(config: Config) -> PurePosixPath:
    """The folder of posts, relative to the site; never outside it."""
    text = str(config.get("content") or CONTENT[flavor_of(config)]).replace("\\", "/")
    content = PurePosixPath(text)
    bad = content.is_absolute() or ".." in content.parts or ":" in text or not content.parts
    if bad:
        raise JournalError(
            f"--content {text} is not a folder inside the site.",
            f"Write it relative to --path, for example {CONTENT[flavor_of(config)]}.",
        )
    return content


def path_of(config: Config, key: str) -> Path:
    """The file that `key` names; never outside the site folder."""
    root = root_of(config)
    path = root / key
    if ".." in PurePosixPath(key).parts or root not in path.parents:
        raise JournalError(f"{key!r} is not a place inside {root}.", "Schedule the post again.")
    check_inside(root, path)
    return path


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


def nearest_existing(path: Path) -> Path:
    """The nearest folder above that exists."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def place_of_files(config: Config, path: Path, post: Post) -> Path:
    """The folder that pictures of a post lie in."""
    return path.parent if flavor_of(config) == "hugo" else root_of(config) / "assets" / post.slug


def url_of(config: Config, post: Post) -> str:
    """Where readers find the post; empty where the site's address is not known."""
    base = str(config.get("url") or "").rstrip("/")
    if not base:
        return ""
    if flavor_of(config) == "hugo":
        section = "/".join(part for part in content_of(config).parts if part != "content")
        return "/".join(part for part in (base, section, post.slug) if part) + "/"
    return f"{base}/{local(post.dated.at, post.dated.tz):%Y/%m/%d}/{post.slug}.html"
