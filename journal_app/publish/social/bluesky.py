"""Bluesky: a post as a thread of records whose keys we choose.

Invariants: the key of each part is made of the post and its date, so that whatever is sent twice
is there once; a record that is not ours is never written over.

Bluesky holds nothing until a time: this computer must be on. Its apps go on showing the first text
of a changed record (bridgy-fed #947): a change is refused unless the target's `edits` is on.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NoReturn

from journal_app.domain.digest import Part, Thread
from journal_app.domain.preflight.picture_files import look
from journal_app.domain.publishing import Receipt
from journal_app.domain.social_text import NETWORKS, Span
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post, Secret
from journal_app.errors import JournalError
from journal_app.publish.social.bluesky_api import POSTS, Record, Repo, blob_cid, later, tid
from journal_app.publish.social.threads import (
    FIELDS,
    TYPES,
    fingerprint,
    language_of,
    switch,
    thread_of,
)
from journal_app.runtime.http import TIMEOUT, address

SERVICE = "https://bsky.social"
APP = "https://bsky.app"
_FACET = "app.bsky.richtext.facet"


class BlueskyTarget:
    """Posts as records of an account on Bluesky, or on another server of the AT protocol."""

    title = "Bluesky"
    abilities = Abilities(updates=False, repeats="always", limit=0, page=False)
    fields = (
        Field("identifier", "Handle", "As in you.bsky.social, without @.", required=True),
        Field(
            "password",
            "App password",
            "Settings › Privacy and security › App passwords; never the password of the account.",
            required=True,
            secret=True,
        ),
        Field("service", "Server", "Where the account is.", type="url", default=SERVICE),
        *FIELDS,
        Field(
            "edits",
            "Change what is out",
            "Bluesky's apps go on showing the first text; other readers see the new one.",
            type="switch",
            default="off",
        ),
    )

    def check(self, config: Config) -> tuple[str, ...]:
        """Sign in."""
        with _repo(config) as repo:
            session = repo.me()
            return (
                f"{repo.site} answers",
                f"signed in as @{session.handle}",
                "a part has 300 characters at most",
                "Bluesky holds nothing until a time: this computer must be on then",
            )

    def natural_key(self, config: Config, post: Post) -> str:
        """The key of the first record: a time within the second of the post's date."""
        digest = int(hashlib.sha256(post.id.encode()).hexdigest(), 16)
        return tid(post.dated.at * 1000 + digest % 1_000_000, digest >> 64)

    def thread(self, config: Config, post: Post) -> Thread:
        """Exactly the records that `publish` makes."""
        return thread_of(config, post, NETWORKS["bluesky"])

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the thread and its language."""
        address(str(config.get("service") or SERVICE))
        return _whole(config, post, self.thread(config, post))

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Write record after record; each answers the one before."""
        thread = self.thread(config, post)
        whole = _whole(config, post, thread)
        done = post.remote.get("done", "")
        if done and done != whole and not switch(config, "edits", False):
            raise JournalError(
                "Bluesky's apps go on showing the first text of a message that is changed.",
                f"`journal unpublish {post.id}` takes it back, then publish it again; or set "
                "edits=on for the target to change it all the same.",
            )
        makers = [_Maker(config, post, thread, n) for n in range(len(thread.parts))]
        prints = " ".join(one.print for one in makers)
        before = int(post.remote.get("parts") or 0)
        count = max(len(makers), before)
        with _repo(config) as repo:
            out: list[Record] = []
            for n, maker in enumerate(makers):
                delivery.check()
                name = later(key, n)
                found = repo.get(name)
                if found is None or record_print(found.value) != maker.print:
                    _refuse_foreign(post, found, n)
                    value = maker.value(repo, out, found)
                    delivery.remember(
                        {
                            "parts": str(count),
                            "whole": whole,
                            "prints": prints,
                            f"part{n + 1}": name,
                        }
                    )
                    out.append(repo.put(name, value))
                else:
                    out.append(found)
                delivery.progress(n + 1, len(makers))
            for n in reversed(range(len(makers), count)):
                delivery.remember({})
                repo.delete(later(key, n))
            delivery.remember({"parts": str(len(makers)), "done": whole})
            return _receipt(repo, key, whole, sum(len(p.text.encode()) for p in thread.parts))

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Every record by its key."""
        whole = post.remote.get("whole", "")
        if whole and whole == post.expected_sha256:
            prints = post.remote.get("prints", "").split()  # what was about to be sent
        else:
            thread = self.thread(config, post)
            whole = _whole(config, post, thread)
            prints = [_Maker(config, post, thread, n).print for n in range(len(thread.parts))]
        with _repo(config) as repo:
            size = 0
            for n, wanted in enumerate(prints):
                found = repo.get(later(key, n))
                if found is None or record_print(found.value) != wanted:
                    return None
                size += len(str(found.value.get("text", "")).encode())
            parts = max(len(prints), int(post.remote.get("parts") or 0))
            remote = {"parts": str(parts), "done": whole}
            return replace(_receipt(repo, key, whole, size), remote=remote)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Delete the records, the last first."""
        with _repo(config) as repo:
            for n in reversed(range(int(post.remote.get("parts") or 1))):
                delivery.remember({})
                repo.delete(later(key, n))
            delivery.remember({"parts": "", "done": "", "whole": ""})


class _Maker:
    """Makes the record of one part. `print` tells whether a record says the same."""

    def __init__(self, config: Config, post: Post, thread: Thread, n: int) -> None:
        self._post = post
        self._part: Part = thread.parts[n]
        self._language = language_of(config, post)
        self._link = thread.link if not self._part.pictures and self._has(thread.link) else ""
        blobs = [_blob(one.sha256) for one in self._part.pictures]
        self.print = record_print(self._value([], {}, blobs))

    def _has(self, link: str) -> bool:
        return bool(link) and any(one.value == link for one in self._part.spans)

    def value(self, repo: Repo, out: list[Record], old: Record | None) -> dict[str, Any]:
        """The record, its pictures uploaded. One that is changed keeps its time."""
        blobs = []
        for picture in self._part.pictures:
            source = self._post.root / picture.file
            blobs.append(repo.upload(source.read_bytes(), TYPES[source.suffix.lower()]))
        people = {
            one.value: repo.did_of(one.value)
            for one in self._part.spans
            if one.kind == "mention" and "." in one.value
        }
        made = self._value(out, people, blobs)
        written = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        for n, picture in enumerate(self._part.pictures):
            size = look(self._post.root / picture.file)
            if size is not None and size.width and size.height:
                ratio = {"width": size.width, "height": size.height}
                made["embed"]["images"][n]["aspectRatio"] = ratio
        made["createdAt"] = old.value.get("createdAt") if old is not None else written
        return made

    def _value(
        self, out: list[Record], people: Mapping[str, str], blobs: list[Any]
    ) -> dict[str, Any]:
        made: dict[str, Any] = {"$type": POSTS, "text": self._part.text}
        facets = [_facet(self._part.text, one, people) for one in self._part.spans]
        if any(facets):
            made["facets"] = [facet for facet in facets if facet]
        if blobs:
            made["embed"] = {
                "$type": "app.bsky.embed.images",
                "images": [self._image(n, blob) for n, blob in enumerate(blobs)],
            }
        elif self._link:
            made["embed"] = {
                "$type": "app.bsky.embed.external",
                "external": {
                    "uri": self._link,
                    "title": self._post.title,
                    "description": self._post.description,
                },
            }
        if self._language:
            made["langs"] = [self._language]
        if out:
            made["reply"] = {"root": _reference(out[0]), "parent": _reference(out[-1])}
        return made

    def _image(self, n: int, blob: Any) -> dict[str, Any]:
        return {"image": blob, "alt": self._part.pictures[n].alt}


def _blob(sha256: str) -> dict[str, Any]:
    return {"$type": "blob", "ref": {"$link": blob_cid(sha256)}}


def _reference(record: Record) -> dict[str, str]:
    return {"uri": record.uri, "cid": record.cid}


def _facet(text: str, span: Span, people: Mapping[str, str]) -> dict[str, Any] | None:
    """Offsets are of bytes of UTF-8. A mention of nobody stays text."""
    if span.kind == "link":
        feature = {"$type": f"{_FACET}#link", "uri": span.value}
    elif span.kind == "tag":
        feature = {"$type": f"{_FACET}#tag", "tag": span.value}
    elif people.get(span.value):
        feature = {"$type": f"{_FACET}#mention", "did": people[span.value]}
    else:
        return None
    start = len(text[: span.start].encode())
    end = start + len(text[span.start : span.end].encode())
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def record_print(value: Mapping[str, Any]) -> str:
    """Whether two records say the same: text, links, tags, pictures, card, language; not the time,
    the people that a name was found to be, nor what they answer."""
    facets = []
    for facet in value.get("facets") or []:
        index = facet.get("index") or {}
        for feature in facet.get("features") or []:
            if not str(feature.get("$type", "")).endswith("#mention"):
                shown = feature.get("uri") or feature.get("tag")
                facets.append([index.get("byteStart"), index.get("byteEnd"), shown])
    embed = value.get("embed") or {}
    images = [
        [((one.get("image") or {}).get("ref") or {}).get("$link"), one.get("alt")]
        for one in embed.get("images") or []
    ]
    card = embed.get("external") or {}
    said = [
        value.get("text"),
        facets,
        images,
        [card.get("uri"), card.get("title"), card.get("description")],
        value.get("langs") or [],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:20]


def _refuse_foreign(post: Post, found: Record | None, n: int) -> None:
    if found is not None and not post.remote.get(f"part{n + 1}"):
        raise JournalError(
            f"Another message stands at {found.uri}, so it was left alone.",
            "Schedule the post for another time: its place is made of that.",
        )


def _whole(config: Config, post: Post, thread: Thread) -> str:
    return fingerprint(thread, language=language_of(config, post))


def _receipt(repo: Repo, key: str, whole: str, size: int) -> Receipt:
    url = f"{APP}/profile/{repo.session.handle}/post/{key}"
    path = f"at://{repo.session.did}/{POSTS}/{key}"
    return Receipt(path, url, whole, size, time.time_ns() // 1_000_000)


def _repo(config: Config) -> Repo:
    identifier = str(config.get("identifier") or "").strip().removeprefix("@")
    password = config.get("password")
    if not identifier:
        _missing("identifier", "your handle", "identifier=you.bsky.social")
    if not isinstance(password, Secret) or not password.shown_to_target():
        _missing("password", "an app password", "`journal target secret NAME password`")
    service = str(config.get("service") or SERVICE)
    return Repo(service, identifier, password, float(config.get("timeout") or TIMEOUT))


def _missing(name: str, what: str, way: str) -> NoReturn:
    raise JournalError(f"The target lacks {what} ({name}).", f"Give it: {way}")
