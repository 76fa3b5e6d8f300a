"""Posts for sites, and sites that lie in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from journal_app.domain.due import due_time
from journal_app.domain.entry import Attachment
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Config, Delivery, Post
from journal_app.publish import files, frontmatter
from journal_app.publish.folder import FolderTarget

PICTURE = b"\x89PNG\r\n\x1a\n" + b"loss" * 100
ID = "01M82BW127N890WD9AP24WYMB4"
target = FolderTarget()


class Held:
    """A tree of texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.files = {PurePosixPath(path): text.encode() for path, text in texts.items()}

    def read(self, path: PurePosixPath) -> bytes | None:
        return self.files.get(path)

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        depth = len(folder.parts)
        found = {p.parts[depth] for p in self.files if p.parts[:depth] == folder.parts}
        return tuple(sorted(found))

    def sha256(self, path: PurePosixPath) -> str | None:
        data = self.files.get(path)
        return None if data is None else hashlib.sha256(data).hexdigest()


def picture(root: Path, data: bytes = PICTURE, name: str = "Loss Curve.png") -> Attachment:
    """An attachment that lies in the journal at `root`."""
    sha = hashlib.sha256(data).hexdigest()
    path = f"attachments/{sha[:2]}/{sha}{Path(name).suffix}"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)
    return Attachment(sha, name, path, "image/png", len(data))


def post_of(root: Path, **changes: Any) -> Post:
    """A post with a picture."""
    shown = picture(root)
    given = Post(
        ID,
        3,
        "What I learned",
        f"Words.\n\n![loss curve]({shown.path})\n",
        "learned",
        ("lr",),
        "First words",
        due_time("2026-11-02 09:00", "Europe/Berlin"),
        root,
        (shown,),
    )
    return replace(given, **changes)


def send(config: Config, post: Post) -> Receipt:
    """Preflight and publish, as the journal does."""
    key = target.natural_key(config, post)
    sha = target.preflight(config, post, key)
    receipt = target.publish(config, replace(post, expected_sha256=sha), key, Delivery())
    assert receipt.sha256 == sha
    return receipt


def renamed(config: Config, post: Post, slug: str, receipt: Receipt) -> Post:
    """The post under another name, as the journal hands it on."""
    return replace(
        post,
        slug=slug,
        former=(*post.former, target.natural_key(config, post)),
        former_slugs=(*post.former_slugs, post.slug),
        previous_sha256=receipt.sha256,
        publication="another",
    )


def unpublish(config: Config, post: Post, receipt: Receipt) -> None:
    """Take it back, as the journal does."""
    told = replace(post, previous_sha256=receipt.sha256)
    target.unpublish(config, told, target.natural_key(config, post), Delivery())


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def pages(site: Path, key: str) -> dict[str, bytes]:
    """The pages of a post that are no redirects and no unfinished files."""
    return {
        path: data
        for path, data in tree(site).items()
        if frontmatter.key_of(data) == key
        and b'http-equiv="refresh"' not in data
        and files.PARTIAL not in path
    }
