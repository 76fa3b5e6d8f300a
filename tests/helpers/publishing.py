"""A target that counts what it delivers, and can die or lose its reply."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    Abilities,
    Config,
    Delivery,
    Field,
    Post,
    PublishTarget,
    Unsure,
)
from journal_app.errors import JournalError

MODES = ("die-before", "die-during", "die-after", "lose-reply", "refuse", "bug", "")


class CountingTarget:
    """Delivers by adding the post's id as a line to `<path>/delivered`. What it does instead the
    next time stands in `<path>/mode`."""

    title = "counting"
    abilities = Abilities(unpublishes=False, remote=False)
    fields = (Field("path", "Folder", required=True),)

    def check(self, config: Config) -> tuple[str, ...]:
        if not Path(config["path"]).is_dir():
            raise JournalError("The counting folder is away.", "Bring it back.")
        return ("It counts.",)

    def natural_key(self, config: Config, post: Post) -> str:
        return post.slug

    def preflight(self, config: Config, post: Post, key: str) -> str:
        self.check(config)
        return hashlib.sha256(post.body.encode()).hexdigest()

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        folder = Path(config["path"])
        mode_file = folder / "mode"
        mode = mode_file.read_text() if mode_file.exists() else ""
        mode_file.unlink(missing_ok=True)
        if mode == "refuse":
            raise JournalError("The target said no.", "Ask it nicely.")
        if mode == "bug":
            raise TypeError("a bug in the target")
        if mode == "die-before":
            os._exit(9)
        line = f"{post.id} {post.rev}\n".encode()
        with (folder / "delivered").open("ab") as handle:
            handle.write(line)
            handle.flush()
            os.fsync(handle.fileno())
        if mode == "die-during":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if mode == "lose-reply":
            raise Unsure("The connection broke before the reply came.", "It will be looked up.")
        if mode == "die-after":
            os._exit(9)
        return self._receipt(folder, post)

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        self.check(config)
        folder = Path(config["path"])
        return self._receipt(folder, post) if f"{post.id} {post.rev}" in delivered(folder) else None

    def _receipt(self, folder: Path, post: Post) -> Receipt:
        digest = hashlib.sha256(post.body.encode()).hexdigest()
        return Receipt(str(folder / "delivered"), "", digest, len(post.body), 1)


class CountingKinds:
    """A registry that knows the counting target."""

    def get(self, name: str) -> PublishTarget:
        return CountingTarget()

    def names(self) -> list[str]:
        return ["counting"]


def delivered(folder: Path) -> list[str]:
    """What was delivered, in order."""
    file = folder / "delivered"
    return file.read_text().splitlines() if file.exists() else []
