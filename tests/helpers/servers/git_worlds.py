"""Worlds for the conformance kit and the tests of the git target."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Delivery, Post, Secret
from journal_app.extend.conformance import SECRET, Fault, Memory, TargetConformance, post_of
from journal_app.publish.git.target import GitTarget
from tests.helpers.servers.git import GitHttp, bare, files, hook

AUTHOR = "A. Writer <writer@example.org>"


class FolderWorld:
    def __init__(self, place: Path) -> None:
        self.kind = GitTarget()
        self.folder = place / "journal"
        self.folder.mkdir()
        self.bare = bare(place / "site.git")
        self.config = {
            "repository": str(self.bare),
            "url": "https://example.org",
            "author": AUTHOR,
        }

    def live(self, post: Post) -> list[str]:
        found = files(self.bare)
        return [
            text.decode("utf-8", "replace")
            for name, text in found.items()
            if name.endswith(".md") and post.id.encode() in text
        ]

    def held(self, post: Post) -> int:
        return 0

    def fault(self, fault: Fault) -> bool:
        if fault == "lost-reply":  # the server dies between the ref and its report
            hook(self.bare, "post-receive", 'rm "$0"; kill -9 $PPID')
            return True
        if fault == "drop":
            hook(self.bare, "pre-receive", 'rm "$0"; kill -9 $PPID')
            return True
        return False


class HttpWorld(FolderWorld):
    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.server = GitHttp(place, SECRET)
        self.config |= {"repository": f"{self.server.url}/site.git", "token": Secret(SECRET)}

    def fault(self, fault: Fault) -> bool:
        if fault == "denied":
            self.server.token = "another one"
        elif fault == "away":
            self.server.stop()
        elif fault == "busy":
            return False  # git does not tell for how long
        else:
            name = {"lost-reply": "accept-then-drop"}.get(fault, fault)
            self.server.faults += [name, name]  # curl sends again by itself, once
        return True


def send(world: FolderWorld, memory: Memory | None = None, **changes: Any) -> Receipt:
    """Publish the kit's post, with other fields where they are given."""
    return TargetConformance().send(world, post_of(world, **changes), memory)


def look(world: FolderWorld, memory: Memory | None = None, **changes: Any) -> Receipt | None:
    """Read it back, as the journal does after an attempt."""
    return TargetConformance().look(world, post_of(world, **changes), memory)


def take_back(world: FolderWorld, memory: Memory, **changes: Any) -> None:
    """Unpublish it."""
    post = replace(post_of(world, **changes), remote=memory.values)
    post = replace(post, previous_sha256=memory.values.get("sha256"))
    key = world.kind.natural_key(world.config, post)
    world.kind.unpublish(world.config, post, key, Delivery(remember=memory.remember))


def everything(folder: Path) -> dict[str, object]:
    """Each file below a folder with its bytes, its mode and its time."""
    found: dict[str, object] = {}
    for place, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = Path(place) / name
            facts = path.lstat()
            data = path.read_bytes() if name in names and not path.is_symlink() else b""
            found[str(path)] = (data, facts.st_mode, facts.st_mtime_ns, facts.st_ino)
    return found
