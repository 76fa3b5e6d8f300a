"""A static site in a git repository: each publication is one commit, pushed without force.

Invariants: no clone of the user's is changed; a page that is not ours, or that was changed there
since, stays as it is; the same post again makes no commit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    Abilities,
    Config,
    Delivery,
    Field,
    Post,
)
from journal_app.errors import JournalError
from journal_app.publish import frontmatter
from journal_app.publish.body import Carried
from journal_app.publish.git import cache, settings, tree, words
from journal_app.publish.git.cache import Repository, Tip
from journal_app.publish.git.program import found
from journal_app.publish.git.tree import SiteTree, Snapshot
from journal_app.publish.git.work import read_back, taken, working
from journal_app.publish.sites import flavors, render

_EMPTY_TREE_MESSAGE = "Field Journal looks whether it may push\n"
P = PurePosixPath


class GitTarget:
    """Config: see `fields`; `timeout` (seconds for one command) is for tests."""

    title = "git repository (static site)"
    abilities = Abilities(schedules=False, repeats="always", unpublishes=True)
    fields = (
        Field(
            "repository",
            "Repository",
            "Its https or SSH address, or the folder of a clone (which is only read).",
            required=True,
        ),
        Field("branch", "Branch", "Empty: the default one. A new one is made from that."),
        Field("folder", "Folder of the site", "Inside the repository; empty: its top."),
        Field(
            "flavor",
            "Kind of site",
            "Empty: as the files show.",
            type="choice",
            choices=("", *flavors.FLAVORS),
        ),
        Field("content", "Folder of posts", "Inside the site; empty: the one that it uses."),
        Field("url", "Address", "Where the site is read; empty: as its settings say.", type="url"),
        Field("token", "Token", "For https: one that may write contents.", secret=True),
        Field("author", "Author", "NAME <ADDRESS>; empty: as git is set up."),
        Field("remote", "Remote", "Of a clone: which one to push to.", default="origin"),
    )

    def check(self, config: Config) -> tuple[str, ...]:
        """Look at the branch, and ask whether a push would be allowed; sends nothing."""
        settings.folder_of(config)
        settings.check_url(config)
        git, remote = settings.way(config)
        objects = remote.path / "objects"
        if remote.kind == "file" and objects.is_dir() and not os.access(objects, os.W_OK):
            raise words.unwritable(remote)

        def look(repository: Repository, tip: Tip) -> tuple[str, ...]:
            snapshot = Snapshot(repository, tip.commit)
            commit = tip.commit or snapshot.next({}, _EMPTY_TREE_MESSAGE)
            with contextlib.suppress(cache.Moved):
                repository.push(commit, tip.branch, dry=True)
            who = repository.plumb("var", "GIT_AUTHOR_IDENT")
            if who.code:
                tree.no_identity()
            site = SiteTree(snapshot, settings.folder_of(config))
            flavor = flavors.flavor_of(config, site)
            state = f"at {tip.commit[:10]}" if tip.commit else "empty so far"
            if tip.commit and not tip.made:
                state = "not there yet, it will be made"
            place = settings.folder_of(config) / flavors.content_of(config, flavor)
            described = flavors.site_of(config, flavor, site)
            return (
                f"git {found()[1]} reaches {remote.shown}",
                f"branch {tip.branch}: {state}",
                "a push would be allowed",
                f"commits as {who.text.rpartition('>')[0]}>",
                f"{flavor.title} site: posts in {place}",
                *((f"read at {described.base}",) if described.base else ()),
                *flavor.check(described, site),
            )

        return working(config, git, remote, look)

    def completed(self, config: Config) -> dict[str, Any]:
        """The settings with what the site itself tells (flavor, folder of posts, address)."""
        git, remote = settings.way(config)
        return working(
            config,
            git,
            remote,
            lambda repository, tip: flavors.completed(
                config, SiteTree(Snapshot(repository, tip.commit), settings.folder_of(config))
            ),
        )

    def natural_key(self, config: Config, post: Post) -> str:
        """The path of the page inside the site."""
        return render.natural_key(config, post)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """Render it as the site was when it was looked at last; no network."""
        settings.folder_of(config)
        git, remote = settings.way(config)
        known = cache.last_seen(git, remote, settings.text(config, "branch"))
        snapshot = Snapshot(*known) if known is not None else None
        try:
            site = SiteTree(snapshot, settings.folder_of(config))
            return render.rendered(config, post, key, site).sha256
        except words.Broken:
            return render.rendered(config, post, key, SiteTree(None, P())).sha256

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Commit on top of the remote's tip, push, read it back."""
        git, remote = settings.way(config, delivery.check)
        return working(
            config, git, remote, lambda repo, tip: _publish(repo, tip, config, post, key, delivery)
        )

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Fetch the branch and read the page at its tip."""
        git, remote = settings.way(config)
        return working(config, git, remote, lambda repo, tip: _find(repo, tip, config, post, key))

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Commit the removal of the page and its pictures."""
        git, remote = settings.way(config, delivery.check)
        working(
            config,
            git,
            remote,
            lambda repo, tip: _unpublish(repo, tip, config, post, key, delivery),
        )


def _publish(
    repository: Repository, tip: Tip, config: Config, post: Post, key: str, delivery: Delivery
) -> Receipt:
    delivery.progress(1, 4)
    post = _remembering(post)
    site = _Site(repository, tip, config)
    try:
        change = render.change(config, post, key, site.tree)
    except JournalError as error:
        raise site.named(error, post, key) from error
    if change.done:
        return site.receipt(key, change.page.data, change.page.url)
    files: dict[PurePosixPath, bytes | None] = dict.fromkeys(change.remove)
    for path, file in change.pictures.items():
        files[path] = _picture(file)
    files |= {change.page.key: change.page.data, **change.then}
    verb = "Publish" if change.present is None else "Update"
    commit = site.commit(files, tree.message(verb, post))
    delivery.progress(2, 4)
    delivery.remember(_note(post, commit, "publish", change.page.sha256))
    repository.push(commit, tip.branch)
    delivery.progress(3, 4)
    with taken(repository, commit):
        after = read_back(repository, tip, commit)
        delivery.progress(4, 4)
        there = _Site(repository, after, config)
        if there.tree.read(change.page.key) != change.page.data:  # changed by a later commit
            there = _Site(repository, replace(after, commit=commit), config)
        return there.receipt(key, change.page.data, change.page.url)


def _find(repository: Repository, tip: Tip, config: Config, post: Post, key: str) -> Receipt | None:
    site = _Site(repository, tip, config)
    mine = post.remote.get("publication") == post.publication and post.remote.get("act")
    sent = post.remote.get("commit", "") if mine == "publish" else ""
    post = _remembering(post)
    went = bool(sent and tip.commit and repository.contains(tip.commit, sent))
    try:
        data = render.standing(config, post, key, site.tree)
    except JournalError as error:
        if went and site.ours(post, key):  # changed since by somebody, and still our page
            return _as_sent(repository, tip, sent, config, post, key)
        raise site.named(error, post, key) from error
    if data is not None:
        return site.receipt(key, data, render.url_of(config, post, key, site.tree))
    if went and site.tree.read(P(key)) is None:
        raise JournalError(
            f"{key} went out with commit {sent[:10]} and was removed there since{site.since(key)}.",
            "If that is right: journal settle PUBLICATION --out; to send it again: --not-out.",
        )
    return None


def _as_sent(
    repository: Repository, tip: Tip, sent: str, config: Config, post: Post, key: str
) -> Receipt | None:
    then = _Site(repository, replace(tip, commit=sent), config)
    data = then.tree.read(P(key))
    if data is None:
        return None
    return then.receipt(key, data, render.url_of(config, post, key, then.tree))


def _unpublish(
    repository: Repository, tip: Tip, config: Config, post: Post, key: str, delivery: Delivery
) -> None:
    site = _Site(repository, tip, config)
    mine = _remembering(post)
    try:
        removal = render.removal(config, mine, key, site.tree)
    except JournalError as error:
        raise site.named(error, mine, key) from error
    if not removal.remove:
        return
    files: dict[PurePosixPath, bytes | None] = {**dict.fromkeys(removal.remove), **removal.then}
    commit = site.commit(files, tree.message("Unpublish", post))
    delivery.remember(_note(post, commit, "unpublish", ""))
    repository.push(commit, tip.branch)
    with taken(repository, commit):
        read_back(repository, tip, commit)


class _Site:
    """The site inside a commit."""

    def __init__(self, repository: Repository, tip: Tip, config: Config) -> None:
        self.tip = tip
        self.config = config
        self.folder = settings.folder_of(config)
        self.snapshot = Snapshot(repository, tip.commit)
        self.tree = SiteTree(self.snapshot, self.folder)

    def commit(self, files: Mapping[PurePosixPath, bytes | None], message: str) -> str:
        """The next commit, with these files of the site written or taken away."""
        changes = {str(self.folder / path): data for path, data in files.items()}
        for path in changes:
            self.snapshot.check_free(path)
        return self.snapshot.next(changes, message)

    def receipt(self, key: str, data: bytes, url: str) -> Receipt:
        """The proof, from what the commit holds."""
        path = f"{self.tip.branch}:{self.folder / key}@{(self.tip.commit or '')[:10]}"
        sha = hashlib.sha256(data).hexdigest()
        return Receipt(path, url, sha, len(data), time.time_ns() // 1_000_000)

    def ours(self, post: Post, key: str) -> bool:
        """Whether the page that stands there is from this post."""
        data = self.tree.read(P(key))
        return data is not None and frontmatter.key_of(data) == post.id

    def since(self, key: str) -> str:
        """By which commit the page was changed last, in words."""
        told = self.snapshot.last_change(str(self.folder / key))
        return f" by commit {told}" if told else ""

    def named(self, error: JournalError, post: Post, key: str) -> JournalError:
        """The same error; where our page was changed there, with the commit that did it."""
        known = {post.expected_sha256, post.previous_sha256}
        for place in (key, *post.former):
            data = self.tree.read(P(place))
            ours = data is not None and frontmatter.key_of(data) == post.id
            if ours and hashlib.sha256(data or b"").hexdigest() not in known:
                break
        else:
            return error
        return JournalError(
            f"Merge conflict: {self.folder / place} on branch {self.tip.branch} was changed since "
            f"it was published{self.since(place)}.",
            "Take what you want to keep into the post, remove the file there (or put the published "
            "text back), then publish again: nothing was overwritten.",
        )


def _remembering(post: Post) -> Post:
    """What was really sent counts, where the site was another one at the preflight."""
    sha = post.remote.get("sha256")
    if sha and post.remote.get("publication") == post.publication:
        return replace(post, expected_sha256=sha)
    return post


def _note(post: Post, commit: str, act: str, sha: str) -> dict[str, str]:
    return {"commit": commit, "act": act, "publication": post.publication, "sha256": sha}


def _picture(file: Carried) -> bytes:
    try:
        return file.source.read_bytes()
    except OSError as error:
        raise JournalError(
            f"The attachment {file.source} cannot be read: {error.strerror}.", "Attach it again."
        ) from error
