"""How long a site folder takes to get a post: the figure of `journal bench`."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from journal_app.domain.due import due_at
from journal_app.domain.entry import Attachment
from journal_app.domain.targets import Delivery, Post
from journal_app.publish.folder import FolderTarget

PICTURES = 20
SIZE = 300_000  # bytes of a picture
LIMIT = 1.0  # seconds


def to_hugo(place: Path, pictures: int = PICTURES, size: int = SIZE) -> float:
    """Seconds from approval to receipt for one new post with pictures into an empty Hugo folder.

    In them: preflight, publish with every file synced to the disk, reading it back. `place` is an
    empty folder on the disk in question; what was made in it stays.
    """
    site, root = place / "site", place / "journal"
    for folder in (site, root):
        folder.mkdir(parents=True)
    files = tuple(_picture(root, size) for _ in range(pictures))
    shown = "\n\n".join(f"![picture {n}]({file.path})" for n, file in enumerate(files))
    post = Post(
        "01JE0000000000000000000BEN",
        1,
        "A post with pictures",
        f"{'Words. ' * 500}\n\n{shown}\n",
        "pictures",
        ("bench",),
        "",
        due_at(1_796_115_600_000, "UTC"),
        root,
        files,
    )
    target = FolderTarget()
    config = {"path": str(site), "flavor": "hugo", "url": "https://blog.example"}
    start = time.perf_counter()
    key = target.natural_key(config, post)
    target.preflight(config, post, key)
    target.publish(config, post, key, Delivery())
    return time.perf_counter() - start


def _picture(root: Path, size: int) -> Attachment:
    data = os.urandom(size)
    sha = hashlib.sha256(data).hexdigest()
    path = f"attachments/{sha[:2]}/{sha}.png"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)
    return Attachment(sha, "picture.png", path, "image/png", size)
